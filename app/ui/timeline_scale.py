"""Time and pixels of the timeline: one continuous scale from decades to a second, its buckets and its ticks.

Role: arithmetic for the painter, the keys, the mouse and the tests. No painting, no memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache

SECOND_US = 1_000_000
MINUTE_US = 60 * SECOND_US
HOUR_US = 60 * MINUTE_US
DAY_US = 24 * HOUR_US
YEAR_US = 365 * DAY_US + 6 * HOUR_US

FIRST_US = int(datetime(1850, 1, 1, tzinfo=UTC).timestamp()) * SECOND_US
LAST_US = int(datetime(2200, 1, 1, tzinfo=UTC).timestamp()) * SECOND_US
LEAST_SPAN_US = 8 * SECOND_US
MOST_SPAN_US = 120 * YEAR_US
N_BUCKETS = 192  # in a tile
_BUCKET_PX = 4.0  # a bucket is at least so wide

# From an hour on each is a multiple of an hour, from a day on of a day (see memory/timeline.py).
BUCKETS_US = (
    *(n * SECOND_US // 20 for n in (1, 2, 4, 10)),
    *(n * SECOND_US for n in (1, 2, 5, 10, 30)),
    *(n * MINUTE_US for n in (1, 2, 5, 10, 30)),
    *(n * HOUR_US for n in (1, 2, 6, 12)),
    *(n * DAY_US for n in (1, 2, 4, 8, 16, 32, 64, 128)),
)

TileKey = tuple[int, int]  # place in BUCKETS_US, and the number of the tile counted from the epoch


@dataclass(frozen=True, slots=True)
class Scale:
    """What is in sight.

    Attributes:
        left_us: The time at x = 0.
        span_us: How long the width lasts.
        width_px: Of the picture.
    """

    left_us: float
    span_us: float
    width_px: int

    @property
    def px_per_us(self) -> float:
        """Pixels a microsecond."""
        return self.width_px / self.span_us

    @property
    def right_us(self) -> float:
        """The time at the right edge."""
        return self.left_us + self.span_us

    def x_of(self, at_us: float) -> float:
        """Pixel of a time."""
        return (at_us - self.left_us) * self.width_px / self.span_us

    def us_at(self, x: float) -> int:
        """Time at a pixel."""
        return round(self.left_us + x * self.span_us / self.width_px)

    def zoomed(self, factor: float, x: float) -> Scale:
        """Show ``factor`` times as much detail; what is at pixel ``x`` stays there."""
        span_us = min(MOST_SPAN_US, max(LEAST_SPAN_US, self.span_us / factor))
        at_us = self.left_us + x * self.span_us / self.width_px
        return replace(self, left_us=at_us - x * span_us / self.width_px, span_us=span_us).kept_in_time()

    def panned(self, px: float) -> Scale:
        """Move so many pixels to later times."""
        return replace(self, left_us=self.left_us + px * self.span_us / self.width_px).kept_in_time()

    def resized(self, width_px: int) -> Scale:
        """The same time at another width."""
        return replace(self, width_px=max(1, width_px))

    def centred(self, at_us: float, span_us: float | None = None) -> Scale:
        """A time in the middle, with so much around it."""
        span_us = min(MOST_SPAN_US, max(LEAST_SPAN_US, span_us or self.span_us))
        return replace(self, left_us=at_us - span_us / 2, span_us=span_us).kept_in_time()

    def fitted(self, since_us: float, until_us: float, *, margin: float = 0.06) -> Scale:
        """A stretch of time with a little air on both sides."""
        length = max(until_us - since_us, LEAST_SPAN_US / 2)
        return self.centred((since_us + until_us) / 2, length * (1 + 2 * margin))

    def kept_in_time(self) -> Scale:
        """Never so far away that nothing can be there."""
        left = min(max(self.left_us, FIRST_US), LAST_US - self.span_us)
        return replace(self, left_us=left)

    @property
    def level(self) -> int:
        """Place in ``BUCKETS_US`` of the buckets to show."""
        wanted = _BUCKET_PX / self.px_per_us
        return next((i for i, bucket in enumerate(BUCKETS_US) if bucket >= wanted), len(BUCKETS_US) - 1)

    def tiles(self, *, beside: int = 0) -> list[TileKey]:
        """The tiles that are in sight, with so many more on each side; the middle first."""
        size_us = BUCKETS_US[self.level] * N_BUCKETS
        first = int(self.left_us // size_us) - beside
        last = int(self.right_us // size_us) + beside
        middle = (first + last) / 2
        return [(self.level, n) for n in sorted(range(first, last + 1), key=lambda n: abs(n - middle))]


def tile_span_us(key: TileKey) -> tuple[int, int]:
    """Beginning and end of a tile."""
    size_us = BUCKETS_US[key[0]] * N_BUCKETS
    return key[1] * size_us, (key[1] + 1) * size_us


# ticks ---------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Step:
    """The distance between two ticks: so many of a unit of the calendar or the clock."""

    unit: str  # year, month, day, hour, minute, second
    n: int

    @property
    def length_us(self) -> int:
        """About how long it lasts."""
        return _UNIT_US[self.unit] * self.n


_UNIT_US = {
    "year": YEAR_US,
    "month": 30 * DAY_US,
    "day": DAY_US,
    "hour": HOUR_US,
    "minute": MINUTE_US,
    "second": SECOND_US,
}
STEPS = (
    *(Step("second", n) for n in (1, 2, 5, 10, 15, 30)),
    *(Step("minute", n) for n in (1, 2, 5, 10, 15, 30)),
    *(Step("hour", n) for n in (1, 2, 3, 6, 12)),
    *(Step("day", n) for n in (1, 2, 7)),
    *(Step("month", n) for n in (1, 3, 6)),
    *(Step("year", n) for n in (1, 2, 5, 10, 20, 50)),
)
LARGER = {"second": "minute", "minute": "day", "hour": "day", "day": "month", "month": "year", "year": ""}
PERIODS = {"second": "day", "minute": "day", "hour": "day", "day": "month", "month": "year"}


def find_step(scale: Scale, least_px: float) -> Step:
    """The smallest step whose ticks are at least so far apart."""
    return next((step for step in STEPS if step.length_us * scale.px_per_us >= least_px), STEPS[-1])


def iter_ticks(scale: Scale, step: Step, zone: tzinfo) -> Iterator[datetime]:
    """Local times of the ticks in sight, and the one before them."""
    at = floor_to(to_local_time(int(scale.left_us), zone), step)
    end_us = scale.right_us
    for _ in range(2000):  # a step is never so small that there are more
        if to_us(at) > end_us or at.year > 2199:
            return
        yield at
        at = after(at, step)


def floor_to(at: datetime, step: Step) -> datetime:
    """The tick at or before a local time."""
    unit, n = step.unit, step.n
    if unit == "year":
        return datetime(at.year // n * n or 1, 1, 1, tzinfo=at.tzinfo)
    if unit == "month":
        return datetime(at.year, (at.month - 1) // n * n + 1, 1, tzinfo=at.tzinfo)
    day = datetime(at.year, at.month, at.day, tzinfo=at.tzinfo)
    if unit == "day":
        return day - timedelta(days=day.weekday()) if n == 7 else day - timedelta(days=(day.day - 1) % n)
    if unit == "hour":
        return day.replace(hour=at.hour // n * n)
    if unit == "minute":
        return day.replace(hour=at.hour, minute=at.minute // n * n)
    return day.replace(hour=at.hour, minute=at.minute, second=at.second // n * n)


def after(at: datetime, step: Step) -> datetime:
    """The tick after one."""
    unit, n = step.unit, step.n
    if unit == "year":
        return at.replace(year=at.year + n)
    if unit == "month":
        months = at.year * 12 + at.month - 1 + n
        return at.replace(year=months // 12, month=months % 12 + 1)
    if unit == "day":
        if n not in (1, 7) and (at + timedelta(days=n)).month != at.month:
            return floor_to(at, Step("month", 1)) + timedelta(days=_days_of(at))
        return at + timedelta(days=n)
    # Hours and less are steps of real time: on the day the clocks change one of them is twice or not there.
    later = to_local_time(to_us(at) + step.length_us, at.tzinfo or UTC)
    floored = floor_to(later, step)
    return floored if to_us(floored) > to_us(at) else later


def _days_of(at: datetime) -> int:
    first = at.replace(day=1)
    return ((first + timedelta(days=32)).replace(day=1) - first).days


@lru_cache(maxsize=4096)
def _epoch_us(at: datetime, _fold: int) -> int:
    whole = at.replace(microsecond=0)
    return round((whole - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds()) * SECOND_US + at.microsecond


def to_us(at: datetime) -> int:
    """Microseconds of a local time."""
    return _epoch_us(at, at.fold)


def to_local_time(at_us: int, zone: tzinfo) -> datetime:
    """A local time, to the microsecond, before 1970 as well."""
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=at_us)).astimezone(zone)
