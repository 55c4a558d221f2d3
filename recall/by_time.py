"""Moments by time: which of many lie beside one, without comparing all with all.

Role: a sorted list and a search in it; hours of talk have thousands of utterances.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from memory.records import Moment


class ByTime:
    """Moments in order of their start."""

    def __init__(self, moments: Iterable[Moment]) -> None:
        self._rows = sorted(moments, key=lambda m: m.started_us)
        self._starts = [m.started_us for m in self._rows]
        self._longest_us = max((m.ended_us - m.started_us for m in self._rows), default=0)

    def beside(self, moment: Moment, *, pad_us: int = 0) -> Iterator[Moment]:
        """Those that last at a time at which a moment lasts, or less than ``pad_us`` before or after it."""
        first = bisect_left(self._starts, moment.started_us - pad_us - self._longest_us)
        for row in self._rows[first:]:
            if row.started_us >= moment.ended_us + pad_us:
                return
            if row.ended_us > moment.started_us - pad_us:
                yield row


def overlap_us(one: Moment, other: Moment) -> int:
    """How long two moments last at the same time."""
    return max(0, min(one.ended_us, other.ended_us) - max(one.started_us, other.started_us))
