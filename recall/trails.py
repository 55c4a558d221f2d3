"""Trails: the pages that were on the screen one after the other, around one of them.

Role: from a page to "how I got there and where it led". Reads what screen capture noted: each page names its trail.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from memory.records import REMEMBERED, Kind, Moment
from memory.store import Memory, Scope

_REACH_US = 12 * 3600 * 1_000_000  # a trail ends after ten minutes without a new page; none was ever as long as this
_APART_US = 10 * 60 * 1_000_000  # as screen capture links its pages; here for pictures of screens that were imported


def find_trail(memory: Memory, page: Moment) -> tuple[Moment, ...]:
    """The pages of the trail that a page belongs to, in order of time.

    What was to be remembered together is a trail of its own: the screen and what was typed and said of it. Pages that
    were imported name no trail: those that follow each other without a pause of ten minutes are one.

    Args:
        memory: Where they are.
        page: One of them.
    """
    session = memory.find_session(page.session) if page.session is not None else None
    if session is not None and session.title == REMEMBERED:
        return tuple(memory.iter_moments(Scope(sessions=frozenset({session.id}))))
    if page.kind is not Kind.SCREENSHOT:
        return (page,)
    name = page.details.get("trail")
    around = Scope(
        since_us=page.started_us - _REACH_US,
        until_us=page.started_us + _REACH_US,
        kinds=frozenset({Kind.SCREENSHOT}),
    )
    alike = [m for m in memory.iter_moments(around) if m.kind is Kind.SCREENSHOT and m.details.get("trail") == name]
    return tuple(alike) if name is not None else _without_pause(alike, page)


def _without_pause(pages: Sequence[Moment], page: Moment) -> tuple[Moment, ...]:
    """The stretch around a page in which each page follows soon after the one before it."""
    stretch: list[Moment] = []
    for one in pages:
        if stretch and one.started_us - stretch[-1].ended_us > _APART_US:
            if any(each.id == page.id for each in stretch):
                break
            stretch = []
        stretch.append(one)
    return tuple(stretch) if any(each.id == page.id for each in stretch) else (page,)


def iter_steps(pages: Iterable[Moment]) -> Iterator[tuple[Moment, ...]]:
    """Pages of one application, window and address that follow each other are one step; an unnamed one is its own."""
    for _key, group in groupby(pages, key=_name):
        yield tuple(group)


def _name(page: Moment) -> tuple[object, ...]:
    named = (page.app, page.window, page.details.get("address"))
    return named if any(named) else (page.id,)
