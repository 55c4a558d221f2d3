"""Short-time Fourier transform with perfect reconstruction.

Role: the only place that cuts audio into frames and puts frames together again.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]
ComplexArray = NDArray[np.complex64]

RATE_HZ = 16_000


@dataclass(frozen=True, slots=True)
class Stft:
    """A Hann-windowed STFT and its least-squares inverse.

    Source: Griffin and Lim 1984, "Signal estimation from modified short-time Fourier transform", eq. 6 (the inverse).

    Attributes:
        frame: Samples a frame, even.
        hop: Samples between frames; at most half a frame.
    """

    frame: int = 1024
    hop: int = 256

    def __post_init__(self) -> None:
        if self.frame < 4 or self.frame % 2 or not 0 < self.hop <= self.frame // 2:
            raise ValueError(f"Frame {self.frame} and hop {self.hop} do not make an invertible transform.")

    @property
    def n_bins(self) -> int:
        """Frequencies from 0 to half the rate, both included."""
        return self.frame // 2 + 1

    def freqs_hz(self, rate_hz: int = RATE_HZ) -> FloatArray:
        """Centre of each bin in hertz, float32 (bins,)."""
        return (np.arange(self.n_bins) * (rate_hz / self.frame)).astype(np.float32)

    def n_frames(self, n_samples: int) -> int:
        """Frames that ``forward`` makes of so many samples."""
        return -(-(n_samples + self.frame - self.hop) // self.hop)

    def forward(self, audio: FloatArray) -> ComplexArray:
        """Transform audio.

        Args:
            audio: float32 (channels, samples).

        Returns:
            complex64 (channels, bins, frames). Frame t is centred on sample ``t * hop - frame / 2 + hop``.
        """
        audio = np.atleast_2d(np.asarray(audio, dtype=np.float32))
        n_frames = self.n_frames(audio.shape[1])
        lead = self.frame - self.hop
        total = (n_frames - 1) * self.hop + self.frame
        padded = np.zeros((audio.shape[0], total), dtype=np.float32)
        padded[:, lead : lead + audio.shape[1]] = audio
        frames = np.lib.stride_tricks.sliding_window_view(padded, self.frame, axis=1)[:, :: self.hop]
        spectra = np.fft.rfft(frames * self._window(), axis=2)
        return np.ascontiguousarray(spectra.transpose(0, 2, 1)).astype(np.complex64, copy=False)

    def inverse(self, spectra: ComplexArray, n_samples: int) -> FloatArray:
        """Put frames together again.

        Args:
            spectra: complex64 (channels, bins, frames).
            n_samples: Length to return.

        Returns:
            float32 (channels, n_samples).
        """
        n_channels, _, n_frames = spectra.shape
        frames = np.fft.irfft(spectra.transpose(0, 2, 1), n=self.frame, axis=2).astype(np.float32, copy=False)
        window = self._window()
        total = (n_frames - 1) * self.hop + self.frame
        audio = np.zeros((n_channels, total), dtype=np.float32)
        weight = np.zeros(total, dtype=np.float32)
        for index in range(n_frames):
            span = slice(index * self.hop, index * self.hop + self.frame)
            audio[:, span] += frames[:, index] * window
            weight[span] += window * window
        audio /= np.maximum(weight, 1e-3)
        lead = self.frame - self.hop
        return np.ascontiguousarray(audio[:, lead : lead + n_samples])

    def _window(self) -> FloatArray:
        # The periodic Hann window (n + 1/2 keeps it from ever being zero).
        phase = (np.arange(self.frame) + 0.5) * (2 * np.pi / self.frame)
        return np.asarray(0.5 - 0.5 * np.cos(phase), dtype=np.float32)
