"""Which separated output belongs to which direction: by the steered power of its picture at the microphones."""

from __future__ import annotations

from itertools import permutations

import numpy as np

from ingest.hearing.geometry import MicArray
from ingest.hearing.srp import steered_power
from ingest.hearing.stft import ComplexArray, FloatArray


def azimuth_profile(mixing: ComplexArray, array: MicArray, grid_rad: FloatArray) -> FloatArray:
    """Steered power of each source's transfer function.

    Args:
        mixing: complex64 (sources, bins, channels), how each source sounds at each microphone.
        array: The microphones.
        grid_rad: float32 (directions,).

    Returns:
        float32 (sources, directions).
    """
    # One "frame" per source: its transfer function is a spectrum seen by the array.
    return steered_power(np.ascontiguousarray(mixing.transpose(2, 1, 0)), array, grid_rad).T


def best_permutation(score: FloatArray) -> tuple[int, ...]:
    """Give each row a column of its own so that the sum of scores is greatest (rows <= columns <= 8)."""
    n_rows, n_columns = score.shape
    rows = np.arange(n_rows)
    return max(permutations(range(n_columns), n_rows), key=lambda choice: float(score[rows, list(choice)].sum()))
