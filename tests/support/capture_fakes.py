"""A microphone that replays what a test gives it, clocks set by hand, and a recorder on both."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.devices import Device, NoMicrophone, Sink, Wanted, choose_channels, choose_device
from ingest.recorder import Recorder
from ingest.recorder_clock import Instant
from ingest.spool import Spool
from ingest.spool_join import join_session
from memory.records import Gap

Pcm = NDArray[np.int16]
RATE_HZ = 16_000
BLOCK = RATE_HZ // 10

DESK = Device(number=0, name="Desk array", host="Replay", max_channels=4, rate_hz=RATE_HZ, is_default=True)
LAPTOP = Device(number=1, name="Laptop pair", host="Replay", max_channels=2, rate_hz=48_000, is_default=False)


def noise(duration_s: float, n_channels: int = 4, *, seed: int = 1, level: float = 3000.0) -> Pcm:
    """Reproducible noise, int16 (frames, channels), no sample of it zero."""
    drawn = np.random.default_rng(seed).normal(0, level, (round(duration_s * RATE_HZ), n_channels)).astype(np.int16)
    drawn[drawn == 0] = 1
    return drawn


class HandClock:
    """Clocks that stand until they are advanced."""

    def __init__(self) -> None:
        self._now = Instant(1000.0, 500.0, time.time_ns() // 1000)

    def now(self) -> Instant:
        return self._now

    def advance(self, seconds: float, *, asleep: bool = False) -> None:
        now = self._now
        self._now = Instant(
            now.elapsed_s + seconds, now.awake_s + (0 if asleep else seconds), now.wall_us + round(seconds * 1e6)
        )

    def set_wall(self, wall_us: int) -> None:
        """Set the wall clock, as a person or a time server does."""
        self._now = replace(self._now, wall_us=wall_us)


class ReplayedMicrophone:
    """One open device: gives what ``hear`` is given."""

    def __init__(self, device: Device, n_channels: int, rate_hz: int, sink: Sink) -> None:
        self.device, self.n_channels, self.rate_hz = device, n_channels, rate_hz
        self._sink = sink
        self._active = True

    def hear(self, pcm: Pcm) -> None:
        """Let int16 (frames, channels) arrive in blocks of 100 ms."""
        assert self._active
        assert pcm.shape[1] == self.n_channels
        for start in range(0, len(pcm), self.rate_hz // 10):
            self._sink.write(pcm[start : start + self.rate_hz // 10].tobytes())

    def lose(self) -> None:
        """Say that the system lost sound."""
        self._sink.note_overflow()

    def is_active(self) -> bool:
        return self._active

    def close(self) -> None:
        self._active = False


class ReplayedMicrophones:
    """The devices that are plugged in; ``live`` is the one that was opened last."""

    def __init__(self, *devices: Device) -> None:
        self.devices = list(devices)
        self.live: ReplayedMicrophone | None = None
        self.n_opened = 0

    def list_devices(self) -> list[Device]:
        return list(self.devices)

    def open(self, wanted: Wanted, sink: Sink) -> ReplayedMicrophone:
        device = choose_device(self.devices, wanted.device)
        if wanted.rate_hz not in (None, RATE_HZ, device.rate_hz):
            raise NoMicrophone("not that rate")
        n_channels = choose_channels(device, wanted.n_channels)
        self.live = ReplayedMicrophone(device, n_channels, wanted.rate_hz or device.rate_hz, sink)
        self.n_opened += 1
        return self.live

    def unplug(self, device: Device) -> None:
        self.devices.remove(device)
        if self.live is not None and self.live.device == device:
            self.live.close()

    def plug(self, device: Device) -> None:
        self.devices.append(device)


@dataclass
class Studio:
    """A recorder that is driven by hand: no thread, no waiting."""

    home: Path
    devices: tuple[Device, ...] = (DESK, LAPTOP)
    options: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.clock = HandClock()
        self.spool = Spool(self.home)
        self.microphones = ReplayedMicrophones(*self.devices)
        self.gaps: list[Gap] = []
        self.sessions: list[str] = []
        self.recorder = Recorder(
            self.spool,
            self.microphones,
            clock=self.clock,
            on_session=self.sessions.append,
            **{"wanted": Wanted(), "add_gap": self.gaps.append, **self.options},
        )

    @property
    def live(self) -> ReplayedMicrophone:
        assert self.microphones.live is not None
        return self.microphones.live

    def hear(self, pcm: Pcm, *, steps: bool = True) -> None:
        """Let sound arrive as time passes, 100 ms a step."""
        size = self.live.rate_hz // 10
        for start in range(0, len(pcm), size):
            block = pcm[start : start + size]
            self.clock.advance(len(block) / self.live.rate_hz)
            self.live.hear(block)
            if steps:
                self.recorder.step()

    def wait(self, seconds: float) -> None:
        """Let time pass without sound, 100 ms a step."""
        for _ in range(round(seconds * 10)):
            self.clock.advance(0.1)
            self.recorder.step()

    def read(self, key: str) -> Pcm:
        """The sound of a session."""
        return read_session(self.spool, key)


def read_session(spool: Spool, key: str) -> Pcm:
    """Join a session and read it back, int16 (frames, channels)."""
    import soundfile

    joined = join_session(spool.session_folder(key), zone="Europe/Berlin")
    assert joined is not None
    assert joined.path is not None
    return np.asarray(soundfile.read(joined.path, dtype="int16", always_2d=True)[0])
