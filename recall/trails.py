"""Trails: the pages that were on the screen one after the other, around one of them.

Role: from a page to "how I got there and where it led". Reads what screen capture noted: each page names its trail.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from memory.records import Kind, Moment
from memory.store import Memory, Scope

_REACH_US = 12 * 3600 * 1_000_000  # a trail ends after ten minutes without a new page; none was ever as long as this


def find_trail(memory: Memory, page: Moment) -> tuple[Moment, ...]:
    """The pages of the trail that a page belongs to, in order of time; of a page without one, the page alone.

    Args:
        memory: Where they are.
        page: One of them.
    """
    name = page.details.get("trail")
    if name is None:
        return (page,)
    around = Scope(
        since_us=page.started_us - _REACH_US,
        until_us=page.started_us + _REACH_US,
        kinds=frozenset({Kind.SCREENSHOT}),
    )
    return tuple(moment for moment in memory.iter_moments(around) if moment.details.get("trail") == name)


def iter_steps(pages: Iterable[Moment]) -> Iterator[tuple[Moment, ...]]:
    """Pages of one application, window and address that follow each other are one step."""
    for _key, group in groupby(pages, key=lambda page: (page.app, page.window, page.details.get("address"))):
        yield tuple(group)
