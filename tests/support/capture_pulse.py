"""A real sound server with a virtual array: PulseAudio, a null sink, and its monitor as the microphone."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# The order in which ALSA counts channels; any other map of the sink would be remixed on the way (or be silent).
_MAP = ("front-left", "front-right", "rear-left", "rear-right", "front-center", "lfe", "side-left", "side-right")
_START_S = 10.0


class NoSoundServer(Exception):
    """PulseAudio cannot be started here."""


class VirtualArray:
    """A running server; ``environment`` leads programs to it."""

    def __init__(self, folder: Path, n_channels: int) -> None:
        self.n_channels = n_channels
        self._channel_map = ",".join(_MAP[:n_channels])
        self._folder = folder
        self.environment = {
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(folder),
            "PULSE_RUNTIME_PATH": str(folder),
            "PULSE_STATE_PATH": str(folder),
            "PULSE_SERVER": f"unix:{folder / 'native'}",
        }
        self._server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the server.

        Raises:
            NoSoundServer: it cannot be started here.
        """
        if not (shutil.which("pulseaudio") and shutil.which("paplay") and shutil.which("pactl")):
            raise NoSoundServer("PulseAudio and its tools are not installed")
        (self._folder / ".asoundrc").write_text(
            "pcm.array { type pulse\n device array.monitor\n hint { show on\n description array } }\n"
        )
        self._server = subprocess.Popen(
            [
                "pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--disable-shm=true",
                "-L", f"module-native-protocol-unix socket={self._folder / 'native'} auth-anonymous=1",
                "-L", f"module-null-sink sink_name=array channels={self.n_channels} rate=16000 format=s16le"
                f" channel_map={self._channel_map}",
            ],
            env={**os.environ, **self.environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        until_s = time.monotonic() + _START_S
        while "array.monitor" not in self._ask("list", "short", "sources"):
            if self._server.poll() is not None or time.monotonic() > until_s:
                self.stop()
                raise NoSoundServer("PulseAudio cannot be started here")
            time.sleep(0.1)

    def play(self, path: Path) -> None:
        """Play a file into the array, to its end."""
        subprocess.run(
            ["paplay", "--device=array", f"--channel-map={self._channel_map}", str(path)],
            env={**os.environ, **self.environment},
            check=True,
            timeout=120,
        )

    def player(self, *, latency_s: float = 0.5) -> subprocess.Popen[bytes]:
        """A program that plays raw int16 samples from its standard input; a longer latency outlives a busy moment."""
        return subprocess.Popen(
            [
                "pacat", "--playback", "--raw", "--format=s16le", "--rate=16000", f"--channels={self.n_channels}",
                f"--channel-map={self._channel_map}", "--device=array", f"--latency-msec={round(latency_s * 1000)}",
            ],
            env={**os.environ, **self.environment},
            stdin=subprocess.PIPE,
        )  # fmt: skip

    def witness(self, path: Path) -> subprocess.Popen[bytes]:
        """The server's own recorder, which writes what the array gives into a raw file until it is ended."""
        return subprocess.Popen(
            [
                "parec", "--raw", "--format=s16le", "--rate=16000", f"--channels={self.n_channels}",
                f"--channel-map={self._channel_map}", "--device=array.monitor", "--latency-msec=500", str(path),
            ],
            env={**os.environ, **self.environment},
        )  # fmt: skip

    def unplug(self) -> None:
        """Take the array away while the server goes on."""
        self._ask("unload-module", "module-null-sink")

    def plug(self) -> None:
        """Bring it back."""
        self._ask(
            "load-module", "module-null-sink", "sink_name=array", f"channels={self.n_channels}", "rate=16000",
            "format=s16le", f"channel_map={self._channel_map}",
        )  # fmt: skip

    def stop(self) -> None:
        """End the server that this object started."""
        server, self._server = self._server, None
        if server is not None:
            server.terminate()
            server.wait(10)

    def _ask(self, *words: str) -> str:
        done = subprocess.run(
            ["pactl", *words],
            env={**os.environ, **self.environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=20,
        )
        return done.stdout


@contextmanager
def virtual_array(folder: Path, n_channels: int) -> Iterator[VirtualArray]:
    """A running virtual array in a folder of its own (its path must be short: it holds a socket), or a skipped test."""
    import pytest

    array = VirtualArray(folder, n_channels)
    try:
        array.start()
    except NoSoundServer as error:
        pytest.skip(str(error))
    try:
        yield array
    finally:
        array.stop()
