"""Blind dereverberation: what earlier frames predict of a frame is late reverberation and is taken away.

Source: Nakatani et al. 2010, "Speech dereverberation based on variance-normalized delayed linear prediction", eqs. 13
to 16; in the multichannel form of Yoshioka and Nakatani 2012.
"""

from __future__ import annotations

import numpy as np

from ingest.hearing.stft import ComplexArray

BINS_AT_ONCE = 128  # bounds memory: taps x channels copies of the spectra exist for these bins only


def dereverberate(
    spectra: ComplexArray, *, n_taps: int = 5, delay: int = 2, n_iterations: int = 2, loading: float = 1e-5
) -> ComplexArray:
    """Weighted prediction error, all channels in and out.

    Args:
        spectra: complex64 (channels, bins, frames).
        n_taps: Frames of the prediction filter.
        delay: Frames between a frame and the newest one that may predict it; keeps early reflections and speech's own
            correlation.
        n_iterations: Rounds of variance and filter.
        loading: Added to the correlation matrix, relative to its mean diagonal.

    Returns:
        complex64 (channels, bins, frames).
    """
    n_channels, n_bins, n_frames = spectra.shape
    if n_frames <= delay + n_taps * n_channels:
        return spectra.copy()
    out = np.empty_like(spectra)
    for start in range(0, n_bins, BINS_AT_ONCE):
        part = slice(start, start + BINS_AT_ONCE)
        observed = np.ascontiguousarray(spectra[:, part].transpose(1, 0, 2))
        cleaned = _dereverberate_bins(observed, n_taps, delay, n_iterations, loading)
        out[:, part] = cleaned.transpose(1, 0, 2)
    return out


def _dereverberate_bins(
    observed: ComplexArray, n_taps: int, delay: int, n_iterations: int, loading: float
) -> ComplexArray:
    past = _stack_past(observed, n_taps, delay)
    eye = np.eye(past.shape[1], dtype=np.complex64)
    cleaned = observed
    for _ in range(n_iterations):
        power = np.mean(np.abs(cleaned) ** 2, axis=1)
        floor = 1e-6 * power.mean(axis=1, keepdims=True) + 1e-20
        weighted = past * (power.mean(axis=1, keepdims=True) / np.maximum(power, floor))[:, None]
        weighted_h = weighted.conj().transpose(0, 2, 1)
        correlation = past @ weighted_h
        trace = np.trace(correlation, axis1=1, axis2=2).real / past.shape[1]
        correlation += (loading * trace + 1e-20)[:, None, None] * eye
        cross = observed @ weighted_h
        # G = cross @ inv(correlation); correlation is Hermitian, so solve for the conjugate transpose.
        filters = np.linalg.solve(correlation, cross.conj().transpose(0, 2, 1)).conj().transpose(0, 2, 1)
        cleaned = np.asarray(observed - filters @ past, dtype=np.complex64)
    return cleaned


def _stack_past(observed: ComplexArray, n_taps: int, delay: int) -> ComplexArray:
    n_bins, n_channels, n_frames = observed.shape
    past = np.zeros((n_bins, n_taps, n_channels, n_frames), dtype=np.complex64)
    for tap in range(n_taps):
        shift = delay + tap
        past[:, tap, :, shift:] = observed[:, :, : n_frames - shift]
    return past.reshape(n_bins, n_taps * n_channels, n_frames)
