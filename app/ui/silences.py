"""Pauses in a sound, from its peaks.

Role: one pure function. A stretch counts as silent next to the speech around it, not by a fixed level: a noisy
recording has no silences then, and nothing that may be speech is left out.
"""

from __future__ import annotations

from collections.abc import Sequence

PEAK_S = 0.05  # a syllable lasts some 0.2 s: four peaks
_SILENT = 0.1  # of the level of speech: 20 dB below it
_SPEECH_SHARE = 0.9  # the level that nine peaks of ten stay under stands for speech
_LEAST_S = 0.5  # shorter pauses belong to speaking
_MARGIN_S = 0.1  # stays on both sides, so that no first or last sound is cut


def find_silences(peaks: Sequence[float], duration_s: float) -> tuple[tuple[float, float], ...]:
    """Find the pauses that can be left out.

    Args:
        peaks: Levels from 0 to 1 of equal parts.
        duration_s: Of all of them.

    Returns:
        (from, to) in seconds from the start, in order.
    """
    if not peaks or duration_s <= 0:
        return ()
    step_s = duration_s / len(peaks)
    limit = _SILENT * sorted(peaks)[int(_SPEECH_SHARE * (len(peaks) - 1))]
    found: list[tuple[float, float]] = []
    begin: int | None = None
    for n, peak in enumerate([*peaks, 2.0]):  # the end closes the last pause
        if peak < limit:
            begin = n if begin is None else begin
        elif begin is not None:
            start_s, end_s = begin * step_s + _MARGIN_S, n * step_s - _MARGIN_S
            if (n - begin) * step_s >= _LEAST_S:
                found.append((start_s, end_s))
            begin = None
    return tuple(found)
