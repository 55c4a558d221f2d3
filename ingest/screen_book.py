"""The pages of all monitors as they are being seen: what is the same is folded, what changed is kept once it rests.

Role: decides what becomes of a picture that may be kept. It looks at no screen; where pictures go it is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from ingest.screen import Monitor, View
from ingest.screen_change import is_blank, is_same
from ingest.screen_gaps import SOURCE, ScreenGaps
from models.protocols import ImageArray

RESTLESS_S, MOST_RESTLESS_S = 4.0, 30.0  # a picture that never comes to rest is kept so often, less and less
MOST_BLANK = 10
MOST_FROZEN = 20
_TELL_EVERY_US = 15_000_000

BLANK = "the screen gave only one colour"
FROZEN = "the screen gave the same picture though its windows changed"
FAULTS = (BLANK, FROZEN)


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture of one monitor that may be kept, uint8 (height, width, 3), and what was where when it was taken.

    Attributes:
        at_us: When, UTC microseconds; ``at_s`` the same on a clock that nobody sets.
    """

    pixels: ImageArray
    monitor: Monitor
    view: View
    at_us: int
    at_s: float


class ScreenKeeper(Protocol):
    """Where pictures go."""

    def keep(self, shot: Shot) -> tuple[str, int]:
        """Keep a picture durably; returns the moment's id and the bytes it took."""
        ...

    def extend(self, moment: str, until_us: int) -> None:
        """Note that a picture was still to be seen at that time."""
        ...


@dataclass(slots=True)
class _Page:
    """What is known of one monitor: the picture kept last, the one seen last, and since when it does not rest."""

    kept: Shot | None = None
    moment: str | None = None
    until_us: int = 0
    told_us: int = 0
    seen: ImageArray | None = None
    restless_since_s: float | None = None
    patience_s: float = RESTLESS_S
    n_blank: int = 0
    n_frozen: int = 0
    front: int | None = None  # the window with the keyboard at the last look


class PageBook:
    """What each monitor shows.

    Args:
        keeper: Where pictures go.
        gaps: Where faults are noted.
    """

    def __init__(self, keeper: ScreenKeeper, gaps: ScreenGaps) -> None:
        self._keeper = keeper
        self._gaps = gaps
        self._pages: dict[Monitor, _Page] = {}
        self.n_pictures = self.n_bytes = self.n_seen = 0
        self.last_us: int | None = None
        self.kept_s: float | None = None  # when the last picture was new, on the clock that nobody sets

    @property
    def monitors(self) -> tuple[Monitor, ...]:
        """Those that are looked at."""
        return tuple(self._pages)

    def set_monitors(self, monitors: tuple[Monitor, ...]) -> None:
        """Say which there are; the pages of those that went end."""
        for gone in self._pages.keys() - set(monitors):
            self.end(gone)
            del self._pages[gone]
        for monitor in monitors:
            self._pages.setdefault(monitor, _Page())

    def see(self, shot: Shot) -> None:
        """A picture that may be kept: fold it, wait until it rests, or keep it.

        Raises:
            MemoryFault: it could not be written.
        """
        page = self._pages[shot.monitor]
        if self._is_faulty(page, shot):
            return
        if page.moment is not None and page.kept is not None and is_same(page.kept.pixels, shot.pixels):
            page.restless_since_s, page.patience_s = None, RESTLESS_S
            self.n_seen += 1
            self._extend(page, shot.at_us)
        elif _is_ripe(page, shot):
            if page.moment is not None:
                page.until_us = max(page.until_us, shot.at_us)
            self.end(shot.monitor)
            self._keep(page, shot)
        page.seen = shot.pixels

    def stay(self, at_us: int) -> None:
        """Nothing was painted since the last look: what is kept is still to be seen.

        Raises:
            MemoryFault: it could not be written.
        """
        for page in self._pages.values():
            if page.moment is not None and page.restless_since_s is None:
                self.n_seen += 1
                self._extend(page, at_us)

    @property
    def is_at_rest(self) -> bool:
        """Whether every monitor shows what is kept of it."""
        return bool(self._pages) and all(
            page.moment is not None and page.restless_since_s is None for page in self._pages.values()
        )

    def end(self, monitor: Monitor) -> None:
        """Tell until when the page of a monitor was to be seen; what comes next is a page of its own."""
        page = self._pages[monitor]
        if page.moment is not None and page.until_us > page.told_us:
            self._keeper.extend(page.moment, page.until_us)
        page.moment = None

    def end_all(self) -> None:
        """End the pages of all monitors and forget the monitors."""
        for monitor in self.monitors:
            self.end(monitor)
        self._pages.clear()

    def _keep(self, page: _Page, shot: Shot) -> None:
        moment, n_bytes = self._keeper.keep(shot)
        page.kept, page.moment = shot, moment
        page.until_us = page.told_us = shot.at_us
        self.n_pictures += 1
        self.n_seen += 1
        self.n_bytes += n_bytes
        self.last_us, self.kept_s = shot.at_us, shot.at_s

    def _extend(self, page: _Page, until_us: int) -> None:
        page.until_us = max(page.until_us, until_us)
        self.last_us = page.until_us
        if page.moment is not None and page.until_us - page.told_us >= _TELL_EVERY_US:
            self._keeper.extend(page.moment, page.until_us)
            page.told_us = page.until_us

    def _is_faulty(self, page: _Page, shot: Shot) -> bool:
        """Whether a monitor gives pictures of nothing: a gap once that is sure, over with the next other picture."""
        blank = is_blank(shot.pixels)
        page.n_blank = page.n_blank + 1 if blank else 0
        main = shot.view.main_window(shot.monitor.box)
        front, page.front = page.front, main.id if main is not None and main.is_active else None
        if page.seen is not None and (page.n_frozen or front != page.front):
            is_frozen = np.array_equal(page.seen, shot.pixels)
            page.n_frozen = page.n_frozen + (front != page.front) if is_frozen else 0
        fault = BLANK if page.n_blank >= MOST_BLANK else FROZEN if page.n_frozen >= MOST_FROZEN else None
        source = name_source(shot.monitor)
        if fault is not None or self._gaps.find_reason(source) in FAULTS:
            self._gaps.note(source, fault, now_us=shot.at_us)
        return blank or fault is not None


def _is_ripe(page: _Page, shot: Shot) -> bool:
    """Whether a changed page is kept now: it is new, it has come to rest, or it will not rest."""
    if page.kept is None or page.moment is None:
        return True
    if name_front(page.kept.view) != name_front(shot.view) or is_same(page.seen, shot.pixels):
        page.restless_since_s, page.patience_s = None, RESTLESS_S
        return True
    if page.restless_since_s is None:
        page.restless_since_s = shot.at_s
    if shot.at_s - page.restless_since_s < page.patience_s:
        return False
    page.restless_since_s, page.patience_s = shot.at_s, min(MOST_RESTLESS_S, 2 * page.patience_s)
    return True


def name_front(view: View) -> tuple[str, str] | None:
    """Application and title of what is in front: tells pages apart before a pixel is compared."""
    front = view.active or next(iter(view.windows), None)
    return None if front is None else (front.app, front.title)


def name_source(monitor: Monitor) -> str:
    """What a monitor is called in gaps."""
    return f"{SOURCE} {monitor.name}" if monitor.name != SOURCE else f"{SOURCE} 1"
