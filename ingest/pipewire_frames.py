"""Pictures of one monitor out of PipeWire, read by GStreamer in a process of its own; the newest one wins.

Role: starts ``gst-launch-1.0`` on one stream and reads what it writes on a thread. It holds two pictures at most,
whatever the speed of the stream, and notices when nothing comes any more. It asks no portal and knows no windows.

How old a picture is cannot be told from the stream, which is silent while nothing is painted. So the last picture is
sent again a few times a second, and of each picture it is noted since when it can only be newer: GStreamer keeps one
picture waiting while it writes another, hence what comes after a picture was waiting at the earliest when that one
had been read.

Source: the manuals of gst-launch-1.0, pipewiresrc, queue ("leaky") and fdsink; GStreamer's "Raw video formats": lines
of RGB are padded to four bytes.
"""

from __future__ import annotations

import contextlib
import os
import re
import select
import shutil
import subprocess
import threading
import time
from dataclasses import dataclass
from io import FileIO

import numpy as np

from ingest.screen import NoScreen
from models.protocols import ImageArray

TOOL = "gst-launch-1.0"
FRAMES_PER_S = 3  # the most that the desktop is asked to give
LATEST_S = 1.0 / FRAMES_PER_S  # so late the desktop may give a picture of what it has painted, to keep to that
_AGAIN_MS = 300
_PAUSE_S = 0.1
_SILENT_S = 5.0  # nothing for so long, though the last picture should be sent again all the time
_START_S = 5.0
_LOOK_S = 0.2
_N_BYTES = 1 << 16  # of a pipe; a larger one would hold pictures back
_TIED = ("setsid", "--ctty")  # its terminal is its own, so that it is told when that goes; util-linux, setsid(1)
_LONGEST_LINE = 1 << 16
_CAPS = re.compile(rb"GstFdSink:.*: caps = video/x-raw.*?width=\(int\)(\d+), height=\(int\)(\d+)")
_TROUBLE = re.compile(rb"(WARNING|ERROR): ")
_HINT = (
    "Install GStreamer with its PipeWire plugin; on Debian and Ubuntu: gstreamer1.0-tools gstreamer1.0-pipewire "
    "gstreamer1.0-plugins-base"
)


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture.

    Attributes:
        pixels: uint8 (height, width, 3), RGB.
        since_s: ``time.monotonic`` at which it was waiting in front of us or not there yet; the desktop may have
            painted it up to ``LATEST_S`` before.
    """

    pixels: ImageArray
    since_s: float


class PipeWireFrames:
    """The newest picture of one stream.

    Args:
        remote: A connection to PipeWire, an open file; it is closed here.
        node: The stream's number.

    Attributes:
        size: Its width and height in pixels.

    Raises:
        NoScreen: GStreamer is missing, or no picture can be had.
    """

    def __init__(self, remote: int, node: int) -> None:
        self.size = (0, 0)
        self._newest: Frame | None = None
        self._painted = 0
        self._line = bytearray()
        self._heard_s = time.monotonic()
        self._is_broken = False
        self._known = threading.Event()
        self._ending = threading.Event()
        self._changing = threading.Lock()
        try:
            self._child, self._words, self._pictures = _start(remote, node)
        finally:
            os.close(remote)
        self._thread = threading.Thread(target=self._run, name="pipewire-frames", daemon=True)
        self._thread.start()
        self._known.wait(_START_S)
        if self.size == (0, 0):
            self.close()
            raise NoScreen("PipeWire gives no pictures of the screen.", hint=_HINT)

    def find_newest(self) -> Frame | None:
        """The newest picture; None before the first, which comes when something is painted.

        Raises:
            NoScreen: nothing comes any more, or the monitor has another size now.
        """
        with self._changing:
            newest, heard_s, is_broken = self._newest, self._heard_s, self._is_broken
        if is_broken or (newest is not None and time.monotonic() - heard_s > _SILENT_S):
            raise NoScreen("PipeWire gives no more pictures of the screen.")
        return newest

    @property
    def n_painted(self) -> int:
        """Grows with each picture that is not the same as the one before."""
        return self._painted

    def close(self) -> None:
        """End the child."""
        self._ending.set()
        with contextlib.suppress(ProcessLookupError):
            self._child.kill()
        self._child.wait()
        self._thread.join()
        for end in (self._words, self._pictures):
            with contextlib.suppress(OSError):
                end.close()

    # on the thread ------------------------------------------------------------------------------------------------
    def _run(self) -> None:
        try:
            self._read_size()
            since_s = time.monotonic()
            while not self._ending.is_set():
                frame = Frame(self._read_frame(), since_s)
                since_s = time.monotonic()
                self._ending.wait(_PAUSE_S)
                self._wait_for_words()  # what was wrong with a picture is said right after it
                self._take(frame)
        except (OSError, EOFError):
            with self._changing:
                self._is_broken = True
        finally:
            self._known.set()

    def _take(self, frame: Frame) -> None:
        with self._changing:
            before = self._newest
            if before is None or not np.array_equal(before.pixels, frame.pixels):
                self._painted += 1
            self._newest, self._heard_s = frame, time.monotonic()

    def _read_size(self) -> None:
        """Wait until GStreamer says how large the pictures are; that can be long before the first of them."""
        while self.size == (0, 0) and not self._ending.is_set():
            self._wait_for_words(_LOOK_S)
        self._known.set()

    def _read_frame(self) -> ImageArray:
        """The next picture, when it is whole."""
        width, height = self.size
        n_line = (3 * width + 3) // 4 * 4
        data = bytearray(n_line * height)
        with memoryview(data) as view:
            n_read = 0
            while n_read < len(data):
                self._wait_for_pictures()
                n_new = self._pictures.readinto(view[n_read : n_read + _N_BYTES])
                if not n_new:
                    raise EOFError
                n_read += n_new
        return np.frombuffer(data, np.uint8).reshape(height, n_line)[:, : 3 * width].reshape(height, width, 3)

    def _wait_for_words(self, wait_s: float = 0.0) -> None:
        """Hear what GStreamer has to say."""
        words = self._words.fileno()
        while select.select([words], [], [], wait_s)[0]:
            self._hear(os.read(words, _N_BYTES))
            wait_s = 0.0

    def _wait_for_pictures(self) -> None:
        """Hear what GStreamer has to say until a part of a picture is there."""
        words, pictures = self._words.fileno(), self._pictures.fileno()
        while not self._ending.is_set():
            ready = select.select([words, pictures], [], [], _LOOK_S)[0]
            if words in ready:
                self._hear(os.read(words, _N_BYTES))
            elif pictures in ready:
                return
        raise EOFError

    def _hear(self, words: bytes) -> None:
        if not words:
            raise EOFError
        self._line += words
        *lines, rest = bytes(self._line).split(b"\n")
        self._line = bytearray(rest[-_LONGEST_LINE:])
        for line in lines:
            found = _CAPS.search(line)
            size = (int(found[1]), int(found[2])) if found else self.size
            if _TROUBLE.search(line) or self.size not in ((0, 0), size):
                raise EOFError  # what comes now may have another shape: whoever looks opens the screen anew
            self.size = size


def find_tool() -> str:
    """Where GStreamer's program lies.

    Raises:
        NoScreen: it is missing.
    """
    found = shutil.which(TOOL)
    if found is None:
        raise NoScreen(f"The program that reads the screen's pictures ({TOOL}) is missing.", hint=_HINT)
    return found


def _start(remote: int, node: int) -> tuple[subprocess.Popen[bytes], FileIO, FileIO]:
    """Start GStreamer: what it says comes through a terminal, for into a pipe it would be said much later.

    The pictures come through a pipe. GStreamer cannot outlive us: it ends when nobody reads that pipe any more, and,
    where nothing is to be written, when its terminal is gone.
    """
    tool = find_tool()
    reading, writing = os.pipe()
    hearing, saying = os.openpty()
    pictures, heard = FileIO(reading), FileIO(hearing)
    words = [
        *_TIED, tool, "-v", "--no-position",
        "pipewiresrc", f"fd={remote}", f"path={node}", f"keepalive-time={_AGAIN_MS}", "do-timestamp=true",
        "!", f"video/x-raw,max-framerate={FRAMES_PER_S}/1",
        "!", "queue", "leaky=downstream", "max-size-buffers=1", "max-size-bytes=0", "max-size-time=0",
        "!", "videoconvert", "!", "video/x-raw,format=RGB", "!", "fdsink", f"fd={writing}", "sync=false",
    ]  # fmt: skip
    try:
        child = subprocess.Popen(
            words,
            stdin=saying,
            stdout=saying,
            stderr=saying,
            env=os.environ | {"LC_ALL": "C", "LANGUAGE": "C"},
            pass_fds=(remote, writing),
        )
    except OSError as error:
        pictures.close()
        heard.close()
        raise NoScreen("GStreamer cannot be started.", hint=_HINT) from error
    finally:
        os.close(writing)
        os.close(saying)
    return child, heard, pictures
