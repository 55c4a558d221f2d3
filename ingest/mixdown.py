"""Many channels to one, so that speech survives a dead, clipped, broken or inverted microphone.

Role: arrays in, one array out, block by block with a little state; no files. It separates no directions.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]

_CLIPPED = 0.02  # share of samples at the rail from which a channel hurts the recognizer
_RAIL = 0.999
_DEAD_DB = -50.0  # below the loudest channel: not connected
_INVERTED = -0.5  # correlation with the loudest channel; neighbours in an array stay above it even in rooms
_MEMORY = 0.8  # per block of about a second: the verdict changes over five seconds, not with each word


@dataclass(slots=True)
class Mixer:
    """Mixes the channels of one recording down to one.

    Attributes:
        dropped: Channels that were left out at some time, with the reason, for a note.
    """

    dropped: dict[int, str] = field(default_factory=dict)
    n_bad_samples: int = 0
    _weights: NDArray[np.float64] | None = None
    _covariance: NDArray[np.float64] | None = None
    _clipped: NDArray[np.float64] | None = None
    _gain: float = 1.0

    def mix(self, block: FloatArray) -> FloatArray:
        """Mix one block.

        Args:
            block: float32 (channels, samples), nominally -1 to 1, any sample rate; about a second.

        Returns:
            float32 (samples,), -1 to 1, finite.
        """
        block = self._sanitize(block)
        if block.shape[1] == 0:
            return np.zeros(0, np.float32)
        if block.shape[0] == 1:
            return self._limit(block[0])
        weights = self._choose(block)
        before = weights if self._weights is None or len(self._weights) != len(weights) else self._weights
        self._weights = weights
        mixed = weights.astype(np.float32) @ block
        if not np.array_equal(before, weights):
            n_fade = min(block.shape[1], 512)
            ramp = np.linspace(0, 1, n_fade, dtype=np.float32)
            old = before.astype(np.float32) @ block[:, :n_fade]
            mixed[:n_fade] = old + ramp * (mixed[:n_fade] - old)
        return self._limit(mixed)

    def _sanitize(self, block: FloatArray) -> FloatArray:
        finite = np.isfinite(block)
        if finite.all():
            return block
        self.n_bad_samples += int(block.size - np.count_nonzero(finite))
        return np.where(finite, block, np.float32(0))

    def _choose(self, block: FloatArray) -> NDArray[np.float64]:
        """Weights of the channels: the mean of the sound ones, inverted ones turned back."""
        level, clipped = self._update(block)
        loudest_db = 10 * np.log10(max(level.diagonal().max(), 1e-20))
        level_db = 10 * np.log10(np.maximum(level.diagonal(), 1e-20))
        is_dead = level_db < loudest_db + _DEAD_DB
        is_clipped = clipped > _CLIPPED
        good = ~is_dead & ~is_clipped
        if not good.any():
            good = ~is_dead if (~is_dead).any() else np.ones(len(good), bool)
        elif loudest_db > -90:
            self._note(np.flatnonzero(is_dead), "silent")
            self._note(np.flatnonzero(is_clipped), "clipped")
        reference = int(np.argmax(np.where(good, level_db, -np.inf)))
        scale = np.sqrt(level[reference, reference] * np.maximum(level.diagonal(), 1e-20))
        likeness = level[reference] / np.maximum(scale, 1e-20)
        signs = np.where(likeness < _INVERTED, -1.0, 1.0)
        self._note(np.flatnonzero((signs < 0) & good), "inverted")
        weights: NDArray[np.float64] = signs * good / good.sum()
        return weights

    def _update(self, block: FloatArray) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        centred = block - block.mean(axis=1, keepdims=True)
        now = (centred @ centred.T).astype(np.float64) / block.shape[1]
        clipped = (np.abs(block) >= _RAIL).mean(axis=1)
        if self._covariance is None or self._clipped is None or self._covariance.shape != now.shape:
            self._covariance, self._clipped = now, clipped
        else:
            self._covariance = _MEMORY * self._covariance + (1 - _MEMORY) * now
            self._clipped = _MEMORY * self._clipped + (1 - _MEMORY) * clipped
        return self._covariance, self._clipped

    def _note(self, channels: NDArray[np.intp], reason: str) -> None:
        for channel in channels:
            self.dropped.setdefault(int(channel), reason)

    def _limit(self, mixed: FloatArray) -> FloatArray:
        """Bring float files beyond full scale back into range; the gain never rises again, so it cannot pump."""
        peak = float(np.abs(mixed).max())
        if peak * self._gain > 1:
            self._gain = 1 / peak
        return mixed if self._gain == 1 else mixed * np.float32(self._gain)
