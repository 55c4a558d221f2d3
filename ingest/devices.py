"""What recording needs of a microphone: records, protocols and the choice of a device. No sound library here.

Role: the seam between the recorder and whoever gives it sound (PortAudio, or a replayed file in a test).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

MAX_CHANNELS = 16
SPEECH_HZ = 16_000


class NoMicrophone(Exception):
    """There is no microphone that can give what is wanted.

    Attributes:
        hint: What the user can do, one sentence; may be empty.
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """An input device as the system lists it.

    Attributes:
        number: Its place in the list; changes whenever something is plugged in.
        host: The system's sound interface it belongs to ("ALSA", "Core Audio", ...).
        max_channels: Most channels it gives; virtual devices claim 32 or more.
        rate_hz: The rate it prefers.
    """

    number: int
    name: str
    host: str
    max_channels: int
    rate_hz: int
    is_default: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the user asked for; None leaves the choice to us.

    Attributes:
        device: Name, part of a name, or number in the list; None is the system's default.
        n_channels: 1 to 16.
        rate_hz: Samples a second.
    """

    device: str | None = None
    n_channels: int | None = None
    rate_hz: int | None = None


class Sink(Protocol):
    """Where a microphone puts its sound; called on the device's own thread, so it must only copy."""

    def write(self, data: bytes) -> None:
        """Take interleaved little-endian int16 samples."""
        ...

    def note_overflow(self) -> None:
        """Note that the system lost sound before this, of unknown length."""
        ...


class OpenMicrophone(Protocol):
    """A microphone that gives sound until it is closed."""

    @property
    def device(self) -> Device:
        """Which one it is."""
        ...

    @property
    def n_channels(self) -> int:
        """How many channels it gives."""
        ...

    @property
    def rate_hz(self) -> int:
        """Samples a second."""
        ...

    def is_active(self) -> bool:
        """Whether the system still counts it as running."""
        ...

    def close(self) -> None:
        """Stop it; safe to call twice."""
        ...


class Microphones(Protocol):
    """The microphones of this computer."""

    def list_devices(self) -> list[Device]:
        """What can be recorded from at this moment."""
        ...

    def open(self, wanted: Wanted, sink: Sink) -> OpenMicrophone:
        """Open one and let its sound flow into ``sink``.

        Raises:
            NoMicrophone: none fits, or it cannot be opened.
        """
        ...


def choose_device(devices: Sequence[Device], wanted: str | None) -> Device:
    """Find the device that a person means: a number, a whole name, else a part of one name.

    Raises:
        NoMicrophone: none or several fit.
    """
    if not devices:
        raise NoMicrophone("There is no microphone.", hint="Plug one in, or check that the sound server runs.")
    if wanted is None:
        return next((device for device in devices if device.is_default), devices[0])
    told = wanted.casefold()
    exact = [device for device in devices if told in (device.name.casefold(), str(device.number))]
    found = exact or [device for device in devices if told in device.name.casefold()]
    if exact or len(found) == 1:
        return found[0]
    words = "Several microphones fit" if found else "There is no microphone"
    names = ", ".join(device.name for device in (found or devices))
    raise NoMicrophone(f"{words} “{wanted}”.", hint=f"Choose one of: {names}.")


def choose_channels(device: Device, wanted: int | None) -> int:
    """How many channels to record: as asked; all of a real device; one of a virtual one that claims any number.

    Raises:
        NoMicrophone: it does not have that many.
    """
    if wanted is None:
        return device.max_channels if device.max_channels <= MAX_CHANNELS else 1
    if not 1 <= wanted <= MAX_CHANNELS:
        raise NoMicrophone(f"{wanted} channels cannot be recorded.", hint=f"Choose 1 to {MAX_CHANNELS}.")
    if wanted > device.max_channels:
        raise NoMicrophone(
            f"“{device.name}” has {device.max_channels} channels, not {wanted}.",
            hint="Choose fewer channels or another microphone.",
        )
    return wanted
