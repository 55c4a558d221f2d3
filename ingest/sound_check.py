"""A test of a microphone or an array before anything is recorded: levels, silent microphones, a direction.

Role: opens the device and listens. Nothing of it is written anywhere; the sound lives in a ring of seconds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ingest.arrays import Array
from ingest.bearing import LOOK_S, BearingFinder
from ingest.devices import Microphones, Wanted
from ingest.levels import Levels, Pcm, measure
from ingest.ring import LateSink, Ring

_RING_S = 3.0


@dataclass(frozen=True, slots=True)
class SoundLook:
    """What is heard now.

    Attributes:
        levels: Of the sound of the last look that had any.
        silent: Microphones (from 0) that gave nothing but zeros so far, while others gave sound.
        has_compass: Whether it is known where the microphones are.
        bearing_rad: The direction that stands out in the last 0.4 s, or None.
        heard_s: Seconds of sound that came so far.
    """

    levels: Levels
    silent: tuple[int, ...] = ()
    has_compass: bool = False
    bearing_rad: float | None = None
    heard_s: float = 0.0


class SoundCheck:
    """Listens to one device, from ``open`` to ``close``; all from one thread.

    Args:
        microphones: The microphones of this computer.
        wanted: Which one.
        array: Where its microphones are.
    """

    def __init__(self, microphones: Microphones, wanted: Wanted, array: Array | None) -> None:
        self._microphones, self._wanted = microphones, wanted
        has_places = array is not None and len(array.positions_m) > 1
        self._compass = BearingFinder(array) if has_places and array is not None else None
        self._recent = np.zeros((0, 1), np.int16)
        self._sounding = np.zeros(1, dtype=bool)
        self._levels = Levels()
        self._heard_s = 0.0

    def open(self) -> None:
        """Begin to listen.

        Raises:
            NoMicrophone: none fits, or it cannot be opened.
        """
        sink = LateSink()
        self._stream = self._microphones.open(self._wanted, sink)
        n_channels, rate_hz = self._stream.n_channels, self._stream.rate_hz
        self._ring = Ring(int(_RING_S * rate_hz) * n_channels * 2)
        sink.open(self._ring)
        self._recent = np.zeros((0, n_channels), np.int16)
        self._sounding = np.zeros(n_channels, dtype=bool)
        self._levels = Levels((0.0,) * n_channels, (0.0,) * n_channels)

    def look(self) -> SoundLook:
        """Listen to what came since the last look."""
        pcm, rate_hz = self._take(), self._stream.rate_hz
        if len(pcm):
            self._levels = measure(pcm)
            self._sounding |= pcm.any(axis=0)
            self._heard_s += len(pcm) / rate_hz
            self._recent = np.concatenate([self._recent, pcm])[-round(LOOK_S * rate_hz) :]
        found = self._compass.find(self._recent, rate_hz) if self._compass is not None else None
        silent = () if not self._sounding.any() else tuple(int(n) for n in np.flatnonzero(~self._sounding))
        return SoundLook(
            levels=self._levels,
            silent=silent,
            has_compass=self._compass is not None and self._sounding.shape[0] == self._compass.n_channels,
            bearing_rad=None if found is None else found.azimuth_rad,
            heard_s=self._heard_s,
        )

    def close(self) -> None:
        """Let go of the device."""
        self._stream.close()

    def _take(self) -> Pcm:
        frame_bytes = 2 * self._stream.n_channels
        data = self._ring.read(self._ring.n_waiting // frame_bytes * frame_bytes)
        return np.frombuffer(data, "<i2").reshape(-1, self._stream.n_channels)
