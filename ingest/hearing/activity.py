"""When somebody speaks at all: spans given from outside, or a plain energy gate.

Role: turns speech spans into frame masks and back. A real voice detector (Silero's) lives in models/ and hands in
its spans; the energy gate serves where there is none, and for separated streams.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ingest.hearing.stft import RATE_HZ, ComplexArray, Stft

Span = tuple[float, float]

SILENT_DB = -110.0  # mean power of a bin; a 16-bit recording's own rounding noise is louder
STEADY_DB = 4.0  # sound that varies less than this from frame to frame is a fan or room tone, not speech


def frames_of_spans(spans_s: Sequence[Span], stft: Stft, n_frames: int) -> NDArray[np.bool_]:
    """Frames whose middle lies in one of the spans, bool (frames,)."""
    middle = (np.arange(n_frames) * stft.hop - (stft.frame - stft.hop) + stft.frame / 2) / RATE_HZ
    active = np.zeros(n_frames, dtype=bool)
    for start_s, end_s in spans_s:
        active |= (middle >= start_s) & (middle < end_s)
    return active


def energetic_frames(spectra: ComplexArray, *, range_db: float = 20.0, over_noise_db: float = 6.0) -> NDArray[np.bool_]:
    """Frames that are loud in the band of speech.

    No frame counts where all is silent or all is steady. Otherwise a frame counts that is within ``range_db`` of the
    loud ones (95th percentile) and ``over_noise_db`` above the quiet ones (5th percentile).

    Args:
        spectra: complex64 (channels, bins, frames).
        range_db: How far below the loud frames speech may fall.
        over_noise_db: How far above the quiet frames it must stand; keeps steady noise from counting as speech. Where
            speech never pauses there are no quiet frames, and the first rule alone decides.

    Returns:
        bool (frames,).
    """
    n_bins = spectra.shape[1]
    low, high = (int(hz / (RATE_HZ / 2) * (n_bins - 1)) for hz in (200.0, 4000.0))
    level_db = 10 * np.log10(np.mean(np.abs(spectra[:, low:high]) ** 2, axis=(0, 1)) + 1e-14)
    loud, quiet = np.percentile(level_db, [95, 5])
    if loud < SILENT_DB or loud - quiet < STEADY_DB:
        return np.zeros(len(level_db), dtype=bool)
    threshold = max(loud - range_db, min(quiet + over_noise_db, loud - 3.0))
    return np.asarray(level_db >= threshold)


def spans_of_frames(
    active: NDArray[np.bool_], stft: Stft, *, min_gap_s: float = 0.5, min_span_s: float = 0.2
) -> tuple[Span, ...]:
    """Join active frames to spans: short gaps are bridged, short spans dropped; seconds from the start."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], active.astype(np.int8), [0]])))
    offset = stft.frame / 2 - (stft.frame - stft.hop)
    spans: list[Span] = []
    for start, end in edges.reshape(-1, 2):
        start_s = max(0.0, float(start * stft.hop + offset - stft.hop / 2) / RATE_HZ)
        end_s = float((end - 1) * stft.hop + offset + stft.hop / 2) / RATE_HZ
        if spans and start_s - spans[-1][1] < min_gap_s:
            spans[-1] = (spans[-1][0], end_s)
        else:
            spans.append((start_s, end_s))
    return tuple(span for span in spans if span[1] - span[0] >= min_span_s)
