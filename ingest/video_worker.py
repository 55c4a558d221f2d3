"""The child process that looks through a video, so that a hostile one can hurt nobody but itself.

Role: a path and a second to begin at in, scenes with their key frames out: one JSON line each on standard output,
followed by the bytes of a JPEG. It decodes no more than it needs, holds three frames at most, has a ceiling on memory,
and says now and then how far it is. ``ingest.video_reader`` starts it: ``python -m ingest.video_worker PATH START N``.
"""

from __future__ import annotations

import contextlib
import io
import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.child import tell
from ingest.containers import open_container
from ingest.decode_worker import limit_memory, limit_processor
from ingest.scenes import SMALL_PX, Cut, SceneCutter

if TYPE_CHECKING:
    from PIL.Image import Image

LOOK_EVERY_S = 0.2
TELL_EVERY_S = 1.0
CPU_S = 60  # of processor time between two signs of life
KEY_PX = 1920  # longest side of a key frame: small print on a slide can still be read
_KEY_QUALITY = 88
_SHORT_S = 600.0  # up to this length every frame is decoded
_KEYS_EVERY_S = 2.5  # longer ones are looked at by their key frames alone where these come so often
_MAX_ERRORS = 100  # damaged packets in a row before the rest is given up
_MAX_PIXELS = 70_000_000  # of one frame: 8K has 33 million


class Refused(Exception):
    """This video is not opened; the message is for a person."""


def main(arguments: list[str]) -> None:
    """Look through one video and say what was found."""
    limit_memory()
    limit_processor(CPU_S)
    warnings.simplefilter("ignore")
    path, start_s, n_before = Path(arguments[0]), float(arguments[1]), int(arguments[2])
    try:
        look_through(path, start_s=start_s, n_before=n_before)
    except Refused as refusal:
        tell({"error": str(refusal)})
    except MemoryError:
        tell({"error": "needs more memory than a video may take"})
    except _damaged() as error:
        tell({"error": "is damaged: no picture could be read from it", "cause": type(error).__name__})


def look_through(path: Path, *, start_s: float, n_before: int) -> None:
    """Tell the scenes of a video from a second on; damage on the way costs what comes after it.

    Raises:
        Refused: not a single frame can be shown.
    """
    cutter = SceneCutter(n_before=n_before)
    reading = _Reading(path, start_s)
    try:
        _tell_scenes(reading, cutter)
    except _damaged():
        if reading.end_s <= start_s:
            raise
        reading.n_errors += 1
    cuts = cutter.finish(reading.end_s)
    if not cuts and n_before == 0:
        raise Refused("is damaged: no picture could be read from it")
    for cut in cuts:
        _tell_scene(cut, reading.stretch)
    notes = ["parts of the picture are damaged; what could be decoded was kept"] if reading.n_errors else []
    if cutter.least_s > 1.0:
        notes.append(f"the picture changes very often; towards the end scenes under {cutter.least_s:g} s were joined")
    tell({"end_s": reading.end_s, "notes": notes})


def _damaged() -> tuple[type[Exception], ...]:
    """What reading a damaged file raises."""
    import av

    return (av.error.FFmpegError, MemoryError, ValueError, OverflowError, OSError)


def _tell_scenes(reading: _Reading, cutter: SceneCutter) -> None:
    """Tell each scene when it is over, and how far it is now and then."""
    told_s = time.monotonic()
    for at_s, frame in reading:
        cut = cutter.tell(at_s, _make_small(frame), frame) if frame is not None else None
        if cut is not None:
            _tell_scene(cut, reading.stretch)
        if time.monotonic() - told_s >= TELL_EVERY_S:
            told_s = time.monotonic()
            limit_processor(CPU_S)
            tell({"at_s": at_s})


class _Reading:
    """The frames of a video that are looked at, with their seconds from the start of the file; None while it seeks."""

    def __init__(self, path: Path, start_s: float) -> None:
        self.n_errors = 0
        self.end_s = start_s
        self.stretch = 1.0  # pixels are so many times as wide as high
        self._path = path
        self._start_s = start_s
        self._how = _choose_how(path)

    def __iter__(self) -> Iterator[tuple[float, Any]]:
        with open_container(self._path) as container:
            stream = find_stream(container)
            if stream is None:
                raise Refused("holds no picture that can be decoded")
            context = stream.codec_context
            if context.width * context.height > _MAX_PIXELS:
                raise Refused(f"says its picture is {context.width:,} x {context.height:,} pixels, too large to open")
            context.thread_type, context.thread_count, context.skip_frame = "NONE", 1, self._how
            ratio = stream.sample_aspect_ratio
            self.stretch = float(ratio) if ratio and 0.2 < ratio < 5 else 1.0
            step_s = 1.0 / float(stream.average_rate) if stream.average_rate else 1 / 25
            next_s = self._start_s
            for at_s, frame in self._decode(container, stream, step_s):
                if at_s + 1e-3 < self._start_s or at_s > 1e7:
                    yield self._start_s, None
                    continue
                self.end_s = max(self.end_s, at_s + min(step_s, 1.0))
                if at_s + 1e-3 >= next_s:
                    next_s = at_s + LOOK_EVERY_S
                    yield at_s, frame
            claimed_s = float(stream.duration * stream.time_base) if stream.duration and stream.duration > 0 else 0.0
            if not self.n_errors and self.end_s < claimed_s < 1e7:  # the last picture stays to the end
                self.end_s = claimed_s

    def _decode(self, container: Any, stream: Any, step_s: float) -> Iterator[tuple[float, Any]]:
        import av

        first_s = container.start_time / 1e6 if container.start_time else 0.0
        if self._start_s > 0:
            with contextlib.suppress(av.error.FFmpegError):  # a file that cannot seek is read from its start
                container.seek(int((self._start_s + first_s) * 1e6))
        packets, n_in_row, at_s = container.demux(stream), 0, self._start_s - step_s
        while n_in_row < _MAX_ERRORS:
            try:
                packet = next(packets)
                if self._how == "NONKEY" and packet.size and not packet.is_keyframe:
                    continue
                frames = packet.decode()
                n_in_row = 0
            except (StopIteration, EOFError):
                return
            except (av.error.FFmpegError, ValueError, MemoryError):
                self.n_errors += 1
                n_in_row += 1
                continue
            for frame in frames:
                if frame.is_corrupt:
                    self.n_errors += 1
                    continue
                at_s = at_s + step_s if frame.time is None else frame.time - first_s
                yield max(0.0, at_s), frame


def find_stream(container: Any) -> Any:
    """The moving picture of a container: no cover of an album, and with a decoder; None where there is none."""
    import av

    for stream in container.streams.video:
        if stream.codec_context is not None and not stream.disposition & av.stream.Disposition.attached_pic:
            return stream
    return None


def _choose_how(path: Path) -> str:
    """Which frames to decode: all of a short video; of a long one those that stand alone, if they come often enough."""
    import av

    with open_container(path) as container:
        stream = find_stream(container)
        if stream is None or not container.duration or container.duration / 1e6 <= _SHORT_S:
            return "DEFAULT"
        first_s = container.start_time / 1e6 if container.start_time else 0.0
        last_s = longest_s = 0.0
        try:
            for packet in container.demux(stream):
                if packet.pts is None:
                    continue
                at_s = float(packet.pts * packet.time_base) - first_s
                if packet.is_keyframe:
                    longest_s, last_s = max(longest_s, at_s - last_s), at_s
                if at_s > 120.0 or at_s - last_s > _KEYS_EVERY_S:
                    break
        except (av.error.FFmpegError, ValueError):
            return "DEFAULT"
        return "NONKEY" if max(longest_s, at_s - last_s) <= _KEYS_EVERY_S else "NONREF"


def _make_small(frame: Any) -> Any:
    width, height = SMALL_PX
    return frame.reformat(width=width, height=height, format="yuv444p", interpolation="AREA").to_ndarray()


def _to_picture(frame: Any, stretch: float) -> Image:
    """The frame upright, its pixels square, not larger than ``KEY_PX``."""
    from PIL import Image

    width, height = frame.width * max(1.0, stretch), frame.height * max(1.0, 1 / stretch)
    shrink = min(1.0, KEY_PX / max(width, height))
    size = max(2, round(width * shrink)), max(2, round(height * shrink))
    pixels = frame.reformat(width=size[0], height=size[1], format="rgb24", interpolation="AREA").to_ndarray()
    picture = Image.fromarray(pixels)
    turn = round(frame.rotation / 90) % 4
    return picture.rotate(90 * turn, expand=True) if turn else picture


def _tell_scene(cut: Cut, stretch: float) -> None:
    picture = _to_picture(cut.key, stretch)
    packed = io.BytesIO()
    picture.save(packed, "JPEG", quality=_KEY_QUALITY)
    scene = {"start_s": cut.start_s, "end_s": cut.end_s, "key_s": cut.key_s, "size_px": list(picture.size)}
    tell({"scene": scene}, packed.getvalue())


if __name__ == "__main__":
    main([str(Path(sys.argv[1])), *sys.argv[2:]])
