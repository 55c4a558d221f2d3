"""What the meters show, and what tells a dead microphone and a quiet moment: sums over blocks of samples.

Role: pure arithmetic on int16 blocks; no files, no clock.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Pcm = NDArray[np.int16]
FULL_SCALE = 32768.0
_LEARN_S = 20.0  # time constant of what counts as usual loudness
_QUIET_SHARE = 0.3
_QUIET_LEVEL = 0.002  # -54 dB of full scale: the noise of a quiet room


@dataclass(frozen=True, slots=True)
class Levels:
    """Peak and root mean square of each channel, 0 to 1 of full scale."""

    peak: tuple[float, ...] = ()
    rms: tuple[float, ...] = ()


def measure(pcm: Pcm) -> Levels:
    """Measure a block.

    Args:
        pcm: int16 (frames, channels), at least one frame.
    """
    wide = pcm.astype(np.float64)
    peak = np.abs(wide).max(axis=0) / FULL_SCALE
    rms = np.sqrt((wide * wide).mean(axis=0)) / FULL_SCALE
    return Levels(tuple(map(float, peak)), tuple(map(float, rms)))


class ZeroWatch:
    """Counts how long every sample of every channel has been exactly zero."""

    def __init__(self) -> None:
        self.zero_s = 0.0

    def look(self, pcm: Pcm, rate_hz: int) -> None:
        """Look at the next block, int16 (frames, channels)."""
        sounding = np.flatnonzero(pcm.any(axis=1))
        if len(sounding) == 0:
            self.zero_s += len(pcm) / rate_hz
        else:
            self.zero_s = (len(pcm) - 1 - int(sounding[-1])) / rate_hz


class QuietWatch:
    """Tells blocks in which nobody speaks from the others, by the usual loudness of the last half minute."""

    def __init__(self) -> None:
        self._usual = 0.0

    def is_quiet(self, levels: Levels, duration_s: float) -> bool:
        """Whether this block is quiet.

        Args:
            levels: Of the block.
            duration_s: Its length.
        """
        loudest = max(levels.rms, default=0.0)
        quiet = loudest <= max(_QUIET_LEVEL, _QUIET_SHARE * self._usual)
        self._usual += (loudest - self._usual) * min(1.0, duration_s / _LEARN_S)
        return quiet
