"""The one door to PyAudio: lists input devices and opens one of them.

Role: turns PortAudio into ``ingest.devices``. The callback copies the bytes and returns; nothing is computed on the
device's thread. PortAudio sees devices that come and go only when it is started anew, so each call starts it.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ingest.devices import SPEECH_HZ, Device, NoMicrophone, Sink, Wanted, choose_channels, choose_device

# 200 ms a callback: short enough for meters. PortAudio asks ALSA for twice that, and who does not come for the sound in
# that time loses some (pa_linux_alsa.c, PaAlsa_GetFramesPerHostBuffer; PyAudio cannot ask for a longer latency).
_BLOCKS_A_SECOND = 5
_LOWEST_HZ, _HIGHEST_HZ = 8_000, 192_000


class PortAudioMicrophones:
    """The microphones that PortAudio finds."""

    def list_devices(self) -> list[Device]:
        """What can be recorded from at this moment.

        Raises:
            NoMicrophone: PyAudio is not installed or the sound system cannot be reached.
        """
        audio = _start()
        try:
            return _read_devices(audio)
        finally:
            audio.terminate()

    def open(self, wanted: Wanted, sink: Sink) -> _OpenStream:
        """Open a device; its sound flows at once.

        Raises:
            NoMicrophone: none fits, or it cannot be opened.
        """
        audio = _start()
        try:
            device = choose_device(_read_devices(audio), wanted.device)
            n_channels = choose_channels(device, wanted.n_channels)
            rate_hz = _choose_rate(audio, device, n_channels, wanted.rate_hz)
            with _hushed():
                stream = _open(audio, device, n_channels, rate_hz, sink)
        except BaseException:
            audio.terminate()
            raise
        return _OpenStream(audio, stream, device, n_channels, rate_hz)


class _OpenStream:
    def __init__(self, audio: Any, stream: Any, device: Device, n_channels: int, rate_hz: int) -> None:
        self._audio = audio
        self._stream = stream
        self.device = device
        self.n_channels = n_channels
        self.rate_hz = rate_hz

    def is_active(self) -> bool:
        """Whether PortAudio still counts it as running."""
        try:
            return bool(self._stream is not None and self._stream.is_active())
        except OSError:
            return False

    def close(self) -> None:
        """Stop it and let PortAudio go."""
        stream, self._stream = self._stream, None
        if stream is None:
            return
        with _hushed():
            with contextlib.suppress(OSError):
                stream.close()
            self._audio.terminate()


def _start() -> Any:
    try:
        import pyaudio
    except ImportError as error:
        raise NoMicrophone("PyAudio is not installed, so nothing can be recorded.", hint="Run: make setup") from error
    _require_alsa_settings()
    with _hushed():
        return pyaudio.PyAudio()


def _require_alsa_settings() -> None:
    """PortAudio ends the whole program where ALSA has no settings: it takes for granted that there is some device.

    Source: pa_linux_alsa.c, BuildDeviceList (an assertion); ALSA reads alsa.conf in its top folder, or what
    ALSA_CONFIG_PATH names.
    """
    if not sys.platform.startswith("linux"):
        return
    try:
        top_folder = ctypes.CDLL("libasound.so.2").snd_config_topdir
    except (OSError, AttributeError):
        return  # PortAudio brings another ALSA along, or none
    top_folder.restype = ctypes.c_char_p
    named = os.environ.get("ALSA_CONFIG_PATH") or f"{os.fsdecode(top_folder())}/alsa.conf"
    if not any(Path(each).is_file() for each in named.split(":")):
        raise NoMicrophone(
            "The sound system has no settings here (ALSA), so nothing can be recorded.",
            hint="Install the package libasound2-data.",
        )


def _read_devices(audio: Any) -> list[Device]:
    try:
        default = int(audio.get_default_input_device_info()["index"])
    except OSError:
        default = -1
    found = (audio.get_device_info_by_index(number) for number in range(audio.get_device_count()))
    return [
        Device(
            number=int(info["index"]),
            name=str(info["name"]),
            host=str(audio.get_host_api_info_by_index(info["hostApi"])["name"]),
            max_channels=int(info["maxInputChannels"]),
            rate_hz=round(info["defaultSampleRate"]),
            is_default=int(info["index"]) == default,
        )
        for info in found
        if info["maxInputChannels"] > 0
    ]


def _choose_rate(audio: Any, device: Device, n_channels: int, wanted: int | None) -> int:
    """The wanted rate; else what speech needs where the device can, else what the device prefers."""
    if wanted is not None and not _LOWEST_HZ <= wanted <= _HIGHEST_HZ:
        raise NoMicrophone(f"{wanted} Hz cannot be recorded.", hint=f"Choose {_LOWEST_HZ} to {_HIGHEST_HZ}.")
    for rate_hz in (wanted,) if wanted is not None else (SPEECH_HZ, device.rate_hz):
        if _can(audio, device, n_channels, rate_hz):
            return rate_hz
    raise NoMicrophone(
        f"“{device.name}” does not give {n_channels} channels at {wanted or device.rate_hz} Hz.",
        hint="Choose another --rate or --channels.",
    )


def _can(audio: Any, device: Device, n_channels: int, rate_hz: int) -> bool:
    import pyaudio

    try:
        with _hushed():
            return bool(
                audio.is_format_supported(
                    rate_hz, input_device=device.number, input_channels=n_channels, input_format=pyaudio.paInt16
                )
            )
    except ValueError:
        return False


def _open(audio: Any, device: Device, n_channels: int, rate_hz: int, sink: Sink) -> Any:
    import pyaudio

    keep, go_on, overflow = sink.write, pyaudio.paContinue, pyaudio.paInputOverflow

    def copy(data: bytes, _n_frames: int, _times: object, status: int) -> tuple[None, int]:
        if status & overflow:
            sink.note_overflow()
        keep(data)
        return None, go_on

    try:
        return audio.open(
            rate=rate_hz,
            channels=n_channels,
            format=pyaudio.paInt16,
            input=True,
            input_device_index=device.number,
            frames_per_buffer=rate_hz // _BLOCKS_A_SECOND,
            stream_callback=copy,
        )
    except (OSError, ValueError) as error:
        raise NoMicrophone(
            f"“{device.name}” cannot be opened.", hint="Check that no other program holds it, and its permissions."
        ) from error


_hush = threading.Lock()


@contextlib.contextmanager
def _hushed() -> Iterator[None]:
    """Keep the sound libraries from writing on standard error while they look for devices (ALSA and JACK do).

    Python's own messages of other threads go on meanwhile: they get a descriptor of their own.
    """
    with _hush:
        _part_stderr()
        sys.stderr.flush()
        kept = os.dup(2)
        quiet = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(quiet, 2)
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)
            os.close(quiet)


def _part_stderr() -> None:
    """Let ``sys.stderr`` write to a copy of descriptor 2, so that what is said while that is hushed is not lost."""
    try:
        is_shared = sys.stderr.fileno() == 2
    except (OSError, ValueError):  # no real file, as under a test's capture
        return
    if is_shared:
        sys.stderr.flush()
        sys.stderr = os.fdopen(os.dup(2), "w", buffering=1, encoding=sys.stderr.encoding, errors=sys.stderr.errors)
