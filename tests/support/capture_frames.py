"""Sound whose every frame carries its own number, so that each one can be looked for in a recording."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

LOW_BITS = 14


def build_frames(first: int, n_frames: int, n_channels: int) -> NDArray[np.int16]:
    """Frames number ``first`` and on, int16 (frames, channels)."""
    return build_frames_at(np.arange(first, first + n_frames, dtype=np.int64), n_channels)


def build_frames_at(number: NDArray[np.int64], n_channels: int) -> NDArray[np.int16]:
    """The frames of these numbers: low bits, high bits, and mixes of both, never zero; int16 (frames, channels)."""
    columns = [(number & ((1 << LOW_BITS) - 1)) + 1, (number >> LOW_BITS) + 1]
    columns += [(number * (2 * channel + 7919) % 32_749) + 1 for channel in range(2, n_channels)]
    return np.stack(columns, axis=1).astype(np.int16)


def read_numbers(sounding: NDArray[np.int16]) -> NDArray[np.int64]:
    """The numbers of frames, none of which is silence."""
    low, high = sounding[:, 0].astype(np.int64), sounding[:, 1].astype(np.int64)
    return ((high - 1) << LOW_BITS) + low - 1
