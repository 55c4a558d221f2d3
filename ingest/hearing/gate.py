"""Quiet the leaks: while nobody speaks in a stream, what is left of the others is turned down.

Role: a slow gain a stream, the same for all frequencies, so that nothing of a voice is coloured. A recognizer writes
down a leaked voice in a pause, however faint; under the stream's own voice it does not hear it.
"""

from __future__ import annotations

import numpy as np

from ingest.hearing.stft import RATE_HZ, ComplexArray, FloatArray, Stft

SMOOTH_S = 0.4  # about two syllables: gaps between words stay open
OPEN_DB = -8.0  # a stream that holds this part of all streams' power is speaking itself; leaks lie below
FLOOR_DB = -15.0  # turned down, never off: what the gate gets wrong must stay audible


def smooth_level(spectra: ComplexArray, stft: Stft) -> FloatArray:
    """Power of each stream, smoothed over ``SMOOTH_S``; float32 (streams, frames)."""
    level = np.mean(spectra.real**2 + spectra.imag**2, axis=1)
    width = max(1, round(SMOOTH_S * RATE_HZ / stft.hop))
    kernel = np.hanning(width + 2)[1:-1]
    kernel = (kernel / kernel.sum()).astype(np.float32)
    padded = np.pad(level, ((0, 0), (width, width)))
    return np.stack([np.convolve(row, kernel, mode="same")[width:-width] for row in padded])


def gate_gains(spectra: ComplexArray, stft: Stft) -> FloatArray:
    """How far to open each stream at each frame.

    Args:
        spectra: complex64 (streams, bins, frames), all streams of one recording.
        stft: Of the spectra.

    Returns:
        float32 (streams, frames), amplitude, from ``FLOOR_DB`` to 1.
    """
    level = smooth_level(spectra, stft)
    part = level / (level.sum(axis=0, keepdims=True) + 1e-14)
    gains = np.clip(part / 10 ** (OPEN_DB / 10), 10 ** (FLOOR_DB / 10), 1)
    return np.asarray(np.sqrt(gains), dtype=np.float32)


def quiet_leaks(spectra: ComplexArray, stft: Stft) -> ComplexArray:
    """Apply ``gate_gains``; a single stream comes back as it is."""
    if len(spectra) < 2:
        return spectra
    return np.asarray(spectra * gate_gains(spectra, stft)[:, None, :], dtype=np.complex64)
