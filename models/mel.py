"""Mel spectra as voice encoders are trained on: sound in, energies in mel bands out.

Role: arrays only.

Source: the definition of Resemblyzer 0.1.4 (``hparams.py``, ``audio.wav_to_mel_spectrogram``), that is librosa's
``melspectrogram`` with a window of 25 ms every 10 ms, 40 bands from 0 to 8 kHz, powers, no logarithm; Slaney 1998,
Auditory Toolbox, for the scale (linear to 1 kHz, logarithmic above) and the bands of equal area.
"""

from __future__ import annotations

import functools

import numpy as np

from models.protocols import FloatArray

RATE_HZ = 16_000
N_BANDS = 40
N_WINDOW = 400
N_HOP = 160
_LINEAR_HZ = 200.0 / 3
_CORNER_HZ = 1000.0
_LOG_STEP = np.log(6.4) / 27.0
_N_AT_ONCE = 4096


def mel_spectrum(audio: FloatArray) -> FloatArray:
    """Energies in mel bands.

    Args:
        audio: float32 (samples,), mono, 16 kHz.

    Returns:
        float32 (1 + samples // 160, 40): frame n is centred on sample 160 n, with silence beyond both ends.
    """
    padded = np.pad(audio.astype(np.float32, copy=False), N_WINDOW // 2)
    frames = np.lib.stride_tricks.sliding_window_view(padded, N_WINDOW)[::N_HOP]
    spectrum = np.empty((len(frames), N_BANDS), np.float32)
    window = np.hanning(N_WINDOW + 1)[:-1].astype(np.float32)  # periodic
    for first in range(0, len(frames), _N_AT_ONCE):
        part = np.fft.rfft(frames[first : first + _N_AT_ONCE] * window)
        spectrum[first : first + _N_AT_ONCE] = (part.real**2 + part.imag**2).astype(np.float32) @ _bands()
    return spectrum


@functools.cache
def _bands() -> FloatArray:
    """Triangles of equal area on the mel scale: float32 (201 bins, 40 bands)."""
    top = _CORNER_HZ / _LINEAR_HZ + np.log(RATE_HZ / 2 / _CORNER_HZ) / _LOG_STEP
    mels = np.linspace(0.0, top, N_BANDS + 2)
    corner = _CORNER_HZ / _LINEAR_HZ
    edges_hz = np.where(mels < corner, mels * _LINEAR_HZ, _CORNER_HZ * np.exp(_LOG_STEP * (mels - corner)))
    bins_hz = np.fft.rfftfreq(N_WINDOW, 1 / RATE_HZ)
    rising = (bins_hz[:, None] - edges_hz[:-2]) / (edges_hz[1:-1] - edges_hz[:-2])
    falling = (edges_hz[2:] - bins_hz[:, None]) / (edges_hz[2:] - edges_hz[1:-1])
    triangles = np.maximum(0.0, np.minimum(rising, falling))
    bands: FloatArray = (triangles * (2.0 / (edges_hz[2:] - edges_hz[:-2]))).astype(np.float32)
    return bands
