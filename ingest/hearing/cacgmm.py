"""Which time-frequency cell belongs to whom: a mixture of complex angular central Gaussians, guided by directions.

Source: Ito, Araki and Nakatani 2016, "Complex angular central Gaussian mixture model for directional statistics in
mask-based microphone array signal processing", eqs. 4 to 13; class priors that vary with time and are shared by all
frequencies after Ito, Araki and Nakatani 2013 ("Permutation-free convolutive blind source separation via full-band
clustering based on frequency-independent source presence priors"); guidance by activities as in Boeddeker et al. 2018
(guided source separation).
"""

from __future__ import annotations

import numpy as np

from ingest.hearing.stft import ComplexArray, FloatArray


def posteriors(
    spectra: ComplexArray,
    initial: FloatArray,
    *,
    n_iterations: int = 20,
    activity: FloatArray | None = None,
    tie: float = 1.0,
) -> FloatArray:
    """Fit the mixture and say how likely each cell is each class's.

    Args:
        spectra: complex64 (channels, bins, frames).
        initial: float32 (classes, bins, frames), sums to 1 over classes.
        n_iterations: Rounds of EM.
        activity: float32 (classes, frames), 0 where a class is known to be silent; or None.
        tie: 1 shares the prior of each frame among all frequencies, 0 keeps one prior a frequency.

    Returns:
        float32 (classes, bins, frames).
    """
    n_channels = spectra.shape[0]
    z = spectra.transpose(1, 0, 2)
    z = np.ascontiguousarray(z / np.maximum(np.sqrt(np.sum(np.abs(z) ** 2, axis=1, keepdims=True)), 1e-10))
    outer_t = np.ascontiguousarray(z.conj().transpose(0, 2, 1))
    gamma = np.ascontiguousarray(initial.transpose(1, 0, 2))
    quadratic = np.ones_like(gamma)
    for _ in range(n_iterations):
        shape, log_det = _update_shapes(z, outer_t, gamma, quadratic, n_channels)
        quadratic = _quadratic(z, shape)
        log_p = -n_channels * np.log(quadratic) - log_det[:, :, None]
        log_p += np.log(_priors(gamma, tie, activity))
        log_p -= log_p.max(axis=1, keepdims=True)
        gamma = np.exp(log_p)
        gamma /= gamma.sum(axis=1, keepdims=True)
    return np.ascontiguousarray(gamma.transpose(1, 0, 2))


def _update_shapes(
    z: ComplexArray, outer_t: ComplexArray, gamma: FloatArray, quadratic: FloatArray, n_channels: int
) -> tuple[ComplexArray, FloatArray]:
    """Inverse shape matrices (bins, classes, channels, channels) and log determinants (bins, classes)."""
    n_classes = gamma.shape[1]
    weight = gamma / quadratic
    shapes = np.empty((len(z), n_classes, n_channels, n_channels), dtype=np.complex64)
    for index in range(n_classes):
        shapes[:, index] = (z * weight[:, index, None, :]) @ outer_t
    shapes *= (n_channels / np.maximum(gamma.sum(axis=2), 1e-6))[:, :, None, None]
    trace = np.trace(shapes, axis1=2, axis2=3).real / n_channels
    shapes /= np.maximum(trace, 1e-10)[:, :, None, None]
    shapes += 1e-3 * np.eye(n_channels, dtype=np.complex64)
    _, log_det = np.linalg.slogdet(shapes)
    return np.linalg.inv(shapes), log_det.real.astype(np.float32)


def _quadratic(z: ComplexArray, inverse_shapes: ComplexArray) -> FloatArray:
    """z^H B^-1 z, float32 (bins, classes, frames)."""
    out = np.empty((z.shape[0], inverse_shapes.shape[1], z.shape[2]), dtype=np.float32)
    for index in range(inverse_shapes.shape[1]):
        projected = inverse_shapes[:, index] @ z
        out[:, index] = np.sum(projected.real * z.real + projected.imag * z.imag, axis=1)
    return np.asarray(np.maximum(out, 1e-6), dtype=np.float32)


def _priors(gamma: FloatArray, tie: float, activity: FloatArray | None) -> FloatArray:
    per_bin = gamma.mean(axis=2, keepdims=True)
    per_frame = gamma.mean(axis=0, keepdims=True)
    prior = per_frame if tie >= 1 else per_bin ** (1 - tie) * per_frame**tie
    if activity is not None:
        prior = prior * activity[None]
    prior = np.maximum(prior, 1e-6)
    normalised: FloatArray = prior / prior.sum(axis=1, keepdims=True)
    return normalised


def initial_from_directions(
    spectra: ComplexArray, steering: ComplexArray, *, noise: float = 0.1, sharpness: float = 10.0
) -> FloatArray:
    """Start masks from directions: cells that look like a steering vector belong to it; the last class is noise.

    Args:
        spectra: complex64 (channels, bins, frames).
        steering: complex64 (directions, bins, channels).
        noise: How much of each cell starts as noise.
        sharpness: Exponent that turns agreement with the direction (0 to 1) into likelihood.

    Returns:
        float32 (directions + 1, bins, frames).
    """
    z = spectra.transpose(1, 0, 2)
    z = z / np.maximum(np.sqrt(np.sum(np.abs(z) ** 2, axis=1, keepdims=True)), 1e-10)
    unit = steering.transpose(1, 0, 2).conj() / np.sqrt(np.float32(steering.shape[2]))
    agreement = np.abs(unit @ z) ** 2
    likelihood = np.exp(sharpness * (agreement - 1)).transpose(1, 0, 2)
    likelihood /= likelihood.sum(axis=0, keepdims=True) + 1e-10
    mask = np.concatenate([likelihood * (1 - noise), np.full_like(likelihood[:1], noise)])
    return np.asarray(mask / mask.sum(axis=0, keepdims=True), dtype=np.float32)
