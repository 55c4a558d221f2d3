"""Independent vector extraction: K talkers out of M microphones, without knowing directions or rooms.

Source: Scheibler and Ono 2019, "Independent vector analysis with more microphones than sources" (OverIVA), eqs. 7 to
18; with K = M it is AuxIVA with iterative projection (Ono 2011). Source model: time-varying Gaussian (their eq. 6).
"""

from __future__ import annotations

import numpy as np

from ingest.hearing.stft import ComplexArray, FloatArray


def extract(
    spectra: ComplexArray,
    n_sources: int,
    *,
    n_iterations: int = 40,
    initial: ComplexArray | None = None,
    reference: int = 0,
) -> ComplexArray:
    """Separate sources by independence of their whole spectra.

    Args:
        spectra: complex64 (channels, bins, frames); dereverberated ones separate better.
        n_sources: K, at least 1 and at most the channels.
        n_iterations: Rounds over all sources.
        initial: complex64 (sources, bins, channels), rows w^H to start from; by default the first K channels.
        reference: Channel at which each source is told as it is heard there (projection back).

    Returns:
        complex64 (sources, bins, frames).

    Raises:
        ValueError: ``n_sources`` is out of range.
    """
    n_channels = spectra.shape[0]
    if not 1 <= n_sources <= n_channels:
        raise ValueError(f"{n_sources} sources cannot be taken from {n_channels} microphones.")
    demixing, observed = demix(spectra, n_sources, n_iterations=n_iterations, initial=initial)
    # Projection back (Murata et al. 2001): column k of the inverse says how source k sounds at each microphone.
    mixing = np.linalg.inv(demixing)
    scale = mixing[:, reference, :n_sources]
    sources = (demixing[:, :n_sources] @ observed) * scale[:, :, None]
    return np.ascontiguousarray(sources.transpose(1, 0, 2)).astype(np.complex64, copy=False)


def demix(
    spectra: ComplexArray, n_sources: int, *, n_iterations: int = 40, initial: ComplexArray | None = None
) -> tuple[ComplexArray, ComplexArray]:
    """Find the demixing matrices.

    Returns:
        complex64 (bins, channels, channels), the first ``n_sources`` rows of each take a source, the others span the
        background; and the observation as complex64 (bins, channels, frames).
    """
    n_channels, n_bins, n_frames = spectra.shape
    observed = np.ascontiguousarray(spectra.transpose(1, 0, 2))
    scale = np.sqrt(np.mean(np.abs(observed) ** 2)) + 1e-12
    observed = observed / scale
    covariance = observed @ observed.conj().transpose(0, 2, 1) / n_frames
    loading = 1e-6 * np.trace(covariance, axis1=1, axis2=2).real / n_channels + 1e-10
    eye = np.eye(n_channels, dtype=np.complex64)
    covariance += loading[:, None, None] * eye
    demixing = np.tile(eye, (n_bins, 1, 1))
    if initial is not None:
        rows = initial.transpose(1, 0, 2)
        size = np.linalg.norm(rows, axis=2, keepdims=True)
        # Directions look alike at low frequencies; a little of the default keeps the rows independent there.
        demixing[:, :n_sources] = rows / (size + 1e-12) + np.float32(0.05) * eye[:n_sources]
    _fit_background(demixing, covariance, n_sources)
    observed_h = np.ascontiguousarray(observed.conj().transpose(0, 2, 1))
    for _ in range(n_iterations):
        _update_sources(demixing, observed, observed_h, loading, n_sources)
        _fit_background(demixing, covariance, n_sources)
    return demixing, observed * np.complex64(scale)


def _update_sources(
    demixing: ComplexArray, observed: ComplexArray, observed_h: ComplexArray, loading: FloatArray, n_sources: int
) -> None:
    n_bins, n_channels, n_frames = observed.shape
    eye = np.eye(n_channels, dtype=np.complex64)
    estimates = demixing[:, :n_sources] @ observed
    for source in range(n_sources):
        power = np.mean(estimates[:, source].real ** 2 + estimates[:, source].imag ** 2, axis=0)
        # Scale freedom: rescale so that the weights stay near one in float32.
        level = power.mean() + 1e-12
        demixing[:, source] /= np.sqrt(level)
        weights = (level / np.maximum(power, 1e-5 * level)).astype(np.float32)
        weighted = (observed * (weights / np.float32(n_frames))) @ observed_h
        weighted += (loading * weights.mean())[:, None, None] * eye
        # Iterative projection: w = (W V)^-1 e_k, then w^H V w = 1.
        unit = np.zeros((n_bins, n_channels, 1), dtype=np.complex64)
        unit[:, source] = 1
        w = np.linalg.solve(demixing @ weighted, unit)[:, :, 0]
        norm = np.einsum("fi,fij,fj->f", w.conj(), weighted, w, optimize=True).real
        w /= np.sqrt(np.maximum(norm, 1e-12))[:, None]
        demixing[:, source] = w.conj()


def _fit_background(demixing: ComplexArray, covariance: ComplexArray, n_sources: int) -> None:
    """Make the background rows [J, -I] orthogonal to all sources (OverIVA eq. 18)."""
    n_channels = demixing.shape[1]
    if n_sources == n_channels:
        return
    projected = demixing[:, :n_sources] @ covariance
    j = np.linalg.solve(projected[:, :, :n_sources], projected[:, :, n_sources:]).conj().transpose(0, 2, 1)
    demixing[:, n_sources:, :n_sources] = j
    demixing[:, n_sources:, n_sources:] = -np.eye(n_channels - n_sources, dtype=np.complex64)
