"""Beamformers: delay-and-sum, MVDR, LCMV, GSC from directions; MVDR from masks.

Role: weights only, and applying them. Weights are complex64 (bins, channels); the output is w^H x.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ingest.hearing.geometry import SPEED_OF_SOUND, MicArray
from ingest.hearing.stft import ComplexArray, FloatArray


def apply(weights: ComplexArray, spectra: ComplexArray) -> ComplexArray:
    """w^H x in each bin: complex64 (bins, channels) on (channels, bins, frames) gives (bins, frames)."""
    out = weights.conj()[:, None, :] @ spectra.transpose(1, 0, 2)
    return _single(out[:, 0])


def covariance(spectra: ComplexArray, mask: FloatArray | None = None) -> ComplexArray:
    """Spatial covariance, weighted by a mask.

    Args:
        spectra: complex64 (channels, bins, frames).
        mask: float32 (bins, frames), or None for all cells alike.

    Returns:
        complex64 (bins, channels, channels).
    """
    x = spectra.transpose(1, 0, 2)
    if mask is None:
        return _single(x @ x.conj().transpose(0, 2, 1) / np.float32(x.shape[2]))
    total = np.maximum(mask.sum(axis=1), 1e-6)[:, None, None]
    return _single((x * mask[:, None, :]) @ x.conj().transpose(0, 2, 1) / total)


def load(matrix: ComplexArray, relative: float = 1e-3) -> ComplexArray:
    """Diagonal loading: add ``relative`` times the mean diagonal (Cox, Zeskind and Owen 1987)."""
    n = matrix.shape[-1]
    trace = np.trace(matrix, axis1=-2, axis2=-1).real / n
    loaded: ComplexArray = matrix + (relative * trace + 1e-12)[..., None, None].astype(np.float32) * np.eye(
        n, dtype=np.complex64
    )
    return loaded


def diffuse_coherence(array: MicArray, freqs_hz: FloatArray) -> ComplexArray:
    """Coherence of spherically isotropic noise, sin(kd)/(kd), complex64 (bins, channels, channels).

    Source: Cook et al. 1955, "Measurement of correlation coefficients in reverberant sound fields".
    """
    gaps = np.linalg.norm(array.positions_m[:, None] - array.positions_m[None], axis=2)
    return _single(np.sinc(2 * freqs_hz[:, None, None] * gaps[None] / SPEED_OF_SOUND))


def delay_and_sum(steering: ComplexArray) -> ComplexArray:
    """Weights w = d / M for one steering vector complex64 (bins, channels)."""
    return _single(steering / np.float32(steering.shape[1]))


def mvdr(noise: ComplexArray, steering: ComplexArray) -> ComplexArray:
    """Least noise with the wanted direction undistorted: w = R^-1 d / (d^H R^-1 d).

    Source: Capon 1969, "High-resolution frequency-wavenumber spectrum analysis", eq. 15.

    Args:
        noise: complex64 (bins, channels, channels), of interference and noise, loaded.
        steering: complex64 (bins, channels).
    """
    solved = np.linalg.solve(noise, steering[:, :, None])[:, :, 0]
    gain = np.sum(steering.conj() * solved, axis=1, keepdims=True)
    return _single(solved / gain)


def lcmv(noise: ComplexArray, steering: ComplexArray, target: int) -> ComplexArray:
    """Least noise, gain 1 at one direction and 0 at the others: w = R^-1 C (C^H R^-1 C)^-1 f.

    Source: Frost 1972, "An algorithm for linearly constrained adaptive array processing", eq. 11.

    Args:
        noise: complex64 (bins, channels, channels), loaded.
        steering: complex64 (directions, bins, channels).
        target: Which direction is wanted.
    """
    constraints = steering.transpose(1, 2, 0)
    response = np.zeros((steering.shape[0], 1), dtype=np.complex64)
    response[target] = 1
    solved = np.linalg.solve(noise, constraints)
    gram = load(constraints.conj().transpose(0, 2, 1) @ solved, 1e-3)
    weights = solved @ np.linalg.solve(gram, np.broadcast_to(response, (len(gram), *response.shape)))
    return _single(weights[:, :, 0])


def gsc(observed: ComplexArray, steering: ComplexArray, target: int) -> ComplexArray:
    """Generalized sidelobe canceller: a fixed beam minus what the blocked channels predict of it.

    The blocking matrix spans what is orthogonal to the wanted steering vector; the canceller is the Wiener solution on
    the recording itself. Source: Griffiths and Jim 1982, "An alternative approach to linearly constrained adaptive
    beamforming", eqs. 9 to 14, solved in closed form per bin.

    Args:
        observed: complex64 (bins, channels, channels), covariance of the recording, loaded.
        steering: complex64 (directions, bins, channels).
        target: Which direction is wanted.
    """
    wanted = steering[target]
    fixed = delay_and_sum(wanted)
    basis = np.linalg.qr(np.concatenate([wanted[:, :, None], _noise_basis(wanted)], axis=2))[0]
    blocking = basis[:, :, 1:]
    blocked = load(blocking.conj().transpose(0, 2, 1) @ observed @ blocking, 1e-2)
    cross = blocking.conj().transpose(0, 2, 1) @ observed @ fixed[:, :, None]
    weights = fixed - (blocking @ np.linalg.solve(blocked, cross))[:, :, 0]
    return _single(weights)


def _noise_basis(steering: ComplexArray) -> ComplexArray:
    n_bins, n_channels = steering.shape
    return np.tile(np.eye(n_channels, dtype=np.complex64)[:, 1:], (n_bins, 1, 1))


def souden_mvdr(target: ComplexArray, noise: ComplexArray, reference: int = 0) -> ComplexArray:
    """MVDR from covariances, without a steering vector: w = R_n^-1 R_s u / tr(R_n^-1 R_s).

    Source: Souden, Benesty and Affes 2010, "On optimal frequency-domain multichannel linear filtering for noise
    reduction", eq. 24 with beta = 0.

    Args:
        target: complex64 (bins, channels, channels), covariance where the talker leads.
        noise: Same, where everything else leads, loaded.
        reference: Channel whose picture of the talker is kept.
    """
    ratio = np.linalg.solve(noise, target)
    trace = np.trace(ratio, axis1=1, axis2=2)[:, None]
    return _single(ratio[:, :, reference] / (trace + 1e-10))


def _single(array: ArrayLike) -> ComplexArray:
    return np.asarray(array, dtype=np.complex64)
