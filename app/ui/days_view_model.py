"""Days as bars: how many moments fell on each day, week, month or year, whichever still has room.

Role: from counts of local dates to bars and back; no widgets.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from memory.scope import DayCount

MOST_BARS = 62  # two months of days; more bars would be thinner than a finger or an eye finds


class Step(StrEnum):
    """How long a bar lasts."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Bar:
    """One stretch of local dates, both ends included, and how many moments began in it."""

    first: date
    last: date
    n_moments: int

    @property
    def span(self) -> tuple[str, str]:
        """Its ends as ISO dates."""
        return self.first.isoformat(), self.last.isoformat()


def build_bars(days: Sequence[DayCount], most: int = MOST_BARS) -> tuple[Step, list[Bar]]:
    """Cut the time from the first day to the last into at most ``most`` bars of the shortest step that allows it.

    Args:
        days: How many moments on each local date that has any, oldest first.
        most: How many bars; of years there may be more.
    """
    if not days:
        return Step.DAY, []
    first, last = date.fromisoformat(days[0].date), date.fromisoformat(days[-1].date)
    for step in Step:
        starts = _starts(first, last, step, most + 1)
        if len(starts) <= most or step is Step.YEAR:
            break
    counts = dict.fromkeys(starts, 0)
    for day in days:
        counts[_begin(date.fromisoformat(day.date), step)] += day.n_moments
    return step, [Bar(start, _next(start, step) - timedelta(days=1), n) for start, n in counts.items()]


def _starts(first: date, last: date, step: Step, most: int) -> list[date]:
    """Where bars begin; no more than ``most`` are looked for unless a bar is a year."""
    starts = [_begin(first, step)]
    while (following := _next(starts[-1], step)) <= last and (len(starts) < most or step is Step.YEAR):
        starts.append(following)
    return starts


def _begin(day: date, step: Step) -> date:
    """First day of the bar that holds a day; weeks begin on Monday (ISO 8601)."""
    begin: dict[Step, Callable[[], date]] = {
        Step.DAY: lambda: day,
        Step.WEEK: lambda: day - timedelta(days=day.weekday()),
        Step.MONTH: lambda: day.replace(day=1),
        Step.YEAR: lambda: day.replace(month=1, day=1),
    }
    return begin[step]()


def _next(start: date, step: Step) -> date:
    if step is Step.DAY:
        return start + timedelta(days=1)
    if step is Step.WEEK:
        return start + timedelta(days=7)
    if step is Step.MONTH:
        return (start + timedelta(days=32)).replace(day=1)
    return start.replace(year=start.year + 1)
