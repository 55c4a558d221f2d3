"""Days as bars of whichever step still has room."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from app.ui.days_view_model import MOST_BARS, Step, build_bars
from memory.scope import DayCount


def test_nothing_has_no_bars() -> None:
    assert build_bars([]) == (Step.DAY, [])


@pytest.mark.parametrize(
    ("n_days", "step"), [(1, Step.DAY), (62, Step.DAY), (63, Step.WEEK), (450, Step.MONTH), (2200, Step.YEAR)]
)
def test_every_moment_stands_in_one_bar_and_there_is_room_for_all(n_days: int, step: Step) -> None:
    first = date(2020, 2, 28)
    days = [DayCount((first + timedelta(days=n)).isoformat(), 1 + n % 3) for n in range(n_days)]
    found, bars = build_bars(days)
    assert found is step
    assert len(bars) <= MOST_BARS
    assert sum(bar.n_moments for bar in bars) == sum(day.n_moments for day in days)
    assert all(a.last + timedelta(days=1) == b.first for a, b in pairwise(bars))
    assert bars[0].first <= first <= bars[0].last
