"""Listening in on a recording that runs: its blocks go to a second taker as well, and no device is opened twice.

Role: the list of those who listen in, and the recording dressed as a microphone for them. What they do with the sound
never holds up the recording: a taker only copies.
"""

from __future__ import annotations

from dataclasses import dataclass

from ingest.devices import Device, NoMicrophone, Sink, Wanted

HOST = "a recording that runs"


class Taps:
    """Who listens in now. Added from any thread; the rest belongs to the recorder's."""

    def __init__(self) -> None:
        self._sinks: tuple[Sink, ...] = ()

    def __contains__(self, sink: Sink) -> bool:
        return sink in self._sinks

    def add(self, sink: Sink) -> None:
        """Give it what comes from now on."""
        self._sinks = (*self._sinks, sink)

    def remove(self, sink: Sink) -> None:
        """Give it nothing more; safe to call twice."""
        self._sinks = tuple(one for one in self._sinks if one is not sink)

    def write(self, data: bytes) -> None:
        """Give a block to all."""
        for sink in self._sinks:
            sink.write(data)

    def end(self) -> None:
        """The device is let go: what it gives next may have another form."""
        self._sinks = ()


@dataclass(frozen=True, slots=True)
class TappedSound:
    """The sound of a recording as one who listens in gets it; ends with its device."""

    device: Device
    n_channels: int
    rate_hz: int
    taps: Taps
    sink: Sink

    def is_active(self) -> bool:
        """Whether it still comes."""
        return self.sink in self.taps

    def close(self) -> None:
        """Listen no more; the recording goes on."""
        self.taps.remove(self.sink)


@dataclass(frozen=True, slots=True)
class RunningSound:
    """A running recording as a microphone that is always the wanted one."""

    name: str
    n_channels: int
    rate_hz: int
    taps: Taps

    def list_devices(self) -> list[Device]:
        """The one that is recorded from."""
        return [
            Device(
                number=0, name=self.name, host=HOST, max_channels=self.n_channels, rate_hz=self.rate_hz, is_default=True
            )
        ]

    def open(self, wanted: Wanted, sink: Sink) -> TappedSound:
        """Listen in.

        Raises:
            NoMicrophone: nothing is being recorded after all.
        """
        if self.n_channels == 0:
            raise NoMicrophone("Nothing is being recorded.")
        self.taps.add(sink)
        return TappedSound(self.list_devices()[0], self.n_channels, self.rate_hz, self.taps, sink)
