"""Stretches in which a screen was not kept, each with its reason, until they are written down.

Role: one open gap for each source at most; what could not be written is kept and tried again. No screen, no clock.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection

from memory.errors import MemoryFault
from memory.records import Gap

SOURCE = "screen"
_LEAST_US = 200_000  # shorter ones are how screens are looked at, and no gap


class ScreenGaps:
    """Gaps of all monitors.

    Args:
        add_gap: Keeps one.
    """

    def __init__(self, add_gap: Callable[[Gap], None]) -> None:
        self._add_gap = add_gap
        self._open: dict[str, tuple[int, str]] = {}
        self._untold: list[Gap] = []

    def find_reason(self, source: str = SOURCE) -> str | None:
        """Why a source is not kept now, or None."""
        found = self._open.get(source)
        return found[1] if found else None

    def note(self, source: str, reason: str | None, *, now_us: int, since_us: int | None = None) -> None:
        """Say why a source is not kept from now on (or since), or that it is."""
        known = self._open.get(source)
        if known is not None and known[1] == reason:
            return
        if known is not None:
            self._end(source, now_us)
        if reason is not None:
            self._open[source] = (now_us if since_us is None else since_us, reason)

    def end_all(self, now_us: int) -> None:
        """Nothing is open any more."""
        for source in list(self._open):
            self._end(source, now_us)

    def keep_only(self, sources: Collection[str], now_us: int) -> None:
        """End the gaps of monitors that are not there any more."""
        for source in self._open.keys() - set(sources):
            self._end(source, now_us)

    def add(self, source: str, started_us: int, ended_us: int, reason: str) -> None:
        """A gap that is over."""
        if ended_us - started_us >= _LEAST_US:
            self._untold.append(Gap(source=source, started_us=started_us, ended_us=ended_us, reason=reason))
            self.tell()

    def tell(self) -> None:
        """Write down what is over; what cannot be written now is tried again."""
        with contextlib.suppress(MemoryFault, OSError):
            while self._untold:
                self._add_gap(self._untold[0])
                del self._untold[0]

    def _end(self, source: str, now_us: int) -> None:
        started_us, reason = self._open.pop(source)
        self.add(source, started_us, now_us, reason)
