from __future__ import annotations

from pathlib import Path

import pytest

from memory.records import Kind, Moment
from memory.store import Memory
from recall.trails import find_trail

MINUTE_US = 60_000_000


def shot(minute: int) -> Moment:
    at_us = 1_800_000_000_000_000 + minute * MINUTE_US
    return Moment(id=f"m{minute}", kind=Kind.SCREENSHOT, started_us=at_us, ended_us=at_us, text="words", zone="UTC")


@pytest.mark.parametrize(("here", "trail"), [(0, [0, 5, 14]), (14, [0, 5, 14]), (25, [25]), (40, [40, 41])])
def test_imported_pages_are_one_trail_while_no_pause_is_longer_than_ten_minutes(
    tmp_path: Path, here: int, trail: list[int]
) -> None:
    with Memory.open(tmp_path / "home") as memory:
        memory.write_moments([shot(minute) for minute in (0, 5, 14, 25, 40, 41)])
        found = find_trail(memory, memory.get_moment(f"m{here}"))
    assert [page.id for page in found] == [f"m{minute}" for minute in trail]
