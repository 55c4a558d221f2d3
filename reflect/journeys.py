"""Journeys: runs of days away from home, told from where things were captured.

Role: from stays (what was captured where on which day) to journeys. Nothing is kept: a journey is told when it is asked
for, and is gone, or shorter, as soon as its evidence is. No model. Where home is cannot be told, there are no journeys.

Source of the notions: UN, International Recommendations for Tourism Statistics 2008: a trip leaves one's usual
environment, which is home and what is visited regularly, however far.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from memory.event_book import EventBook
from memory.records import Journey, Stay
from memory.zones import parse_zone
from reflect.boundaries import distance_m
from reflect.segment import NIGHT_US

_REGION_M = 25_000.0  # a town and what lies around it
_AWAY_M = 50_000.0  # nearer to home is an outing
_AROUND_DAYS = 182  # home is looked for in half a year to either side
_LEAST_WEEKS_HOME = 2
_USUAL_VISITS = 4
_USUAL_SHARE = 0.25  # visits a week: what is visited so often is no journey
_NEXT_VISIT_DAYS = 4  # later it is another visit
_PAUSE_DAYS = 3  # days without any position inside a journey
_LEAST_MOMENTS = 2
_MOST_NAMED = 2
_HOME_NAMES = frozenset({"home", "my home", "at home", "zuhause", "daheim"})
_MONTHS = "January February March April May June July August September October November December".split()


@dataclass(frozen=True, slots=True)
class _Day:
    """One local date: what was captured at home or where one usually is, and what away."""

    day: date
    home: tuple[Stay, ...]
    away: tuple[Stay, ...]


@dataclass(frozen=True, slots=True)
class _Run:
    """Days away, one after the other, and where home is meanwhile."""

    days: tuple[_Day, ...]
    home: Stay


def list_journeys(book: EventBook) -> list[Journey]:
    """All journeys of a memory, in order of time."""
    return find_journeys(book.list_stays(), book.list_planned)


def find_journeys(
    stays: Sequence[Stay], planned: Callable[[int, int], Sequence[str]] = lambda _since, _until: ()
) -> list[Journey]:
    """Tell journeys from stays.

    Args:
        stays: All there are, in order of their dates.
        planned: Titles of appointments of whole days that begin in a stretch of time.
    """
    regions = _find_regions(stays)
    runs = _iter_runs(list(_iter_days(stays, regions)))
    return [_to_journey(run, planned) for run in runs if _is_long_enough(run)]


# where home is -----------------------------------------------------------------------------------------------------
def _find_regions(stays: Sequence[Stay]) -> list[int]:
    """The region of each stay: those of one region lie around its most visited place."""
    visits = Counter(_spot(stay) for stay in stays)
    centres: list[tuple[float, float]] = []
    region_of: dict[tuple[float, float], int] = {}
    for spot in sorted(visits, key=lambda s: (-visits[s], s)):
        near = (n for n, centre in enumerate(centres) if distance_m(*spot, *centre) <= _REGION_M)
        region_of[spot] = next(near, len(centres))
        if region_of[spot] == len(centres):
            centres.append(spot)
    return [region_of[_spot(stay)] for stay in stays]


def _spot(stay: Stay) -> tuple[float, float]:
    """Degrees, to about ten kilometres: so many spots are compared, however many photos there are."""
    return round(stay.lat, 1), round(stay.lon, 1)


def _iter_days(stays: Sequence[Stay], regions: Sequence[int]) -> Iterator[tuple[_Day, Stay | None]]:
    """Each date with what was captured at home and away, and a stay at home near that time."""
    dates = [date.fromisoformat(stay.local_date) for stay in stays]
    named = {region for stay, region in zip(stays, regions, strict=True) if stay.place.casefold() in _HOME_NAMES}
    usual: dict[tuple[int, int], tuple[set[int], Stay | None]] = {}
    row = 0
    while row < len(stays):
        day, stop = dates[row], bisect_right(dates, dates[row])
        month = (day.year, day.month)
        if month not in usual:
            usual[month] = _find_usual(stays, regions, dates, date(*month, 15), named)
        known, home = usual[month]
        here = [n for n in range(row, stop) if regions[n] in known or _is_near(stays[n], home)]
        away = [n for n in range(row, stop) if n not in here] if home is not None else []
        yield _Day(day, tuple(stays[n] for n in here), tuple(stays[n] for n in away)), home
        row = stop


def _find_usual(
    stays: Sequence[Stay], regions: Sequence[int], dates: Sequence[date], middle: date, named: set[int]
) -> tuple[set[int], Stay | None]:
    """Home and where one often is around a time, and a stay at home; none where no place stands out.

    Home is where one is in most weeks, not on most days: a long holiday has many days and few weeks.
    """
    reach = timedelta(days=_AROUND_DAYS)
    rows = range(bisect_left(dates, middle - reach), bisect_right(dates, middle + reach))
    weeks: dict[int, set[tuple[int, int]]] = defaultdict(set)
    days: dict[int, set[date]] = defaultdict(set)
    for n in rows:
        weeks[regions[n]].add(dates[n].isocalendar()[:2])
        days[regions[n]].add(dates[n])
    if not weeks:
        return set(), None
    all_weeks = len(set().union(*weeks.values()))
    ranked = sorted(weeks, key=lambda r: (r not in named, -len(weeks[r]), -len(days[r])))
    home = ranked[0]
    rivals = [r for r in ranked[1:] if (len(weeks[r]), len(days[r])) >= (len(weeks[home]), len(days[home]))]
    if home not in named and (len(weeks[home]) < _LEAST_WEEKS_HOME or rivals):
        return set(), None
    often = max(_USUAL_VISITS, _USUAL_SHARE * all_weeks)
    at_home = [stays[n] for n in rows if regions[n] == home]
    shown = max(at_home, key=lambda stay: (stay.place.casefold() in _HOME_NAMES, stay.n_moments))
    return {home} | {r for r in days if _count_visits(days[r]) >= often}, shown


def _count_visits(days: Collection[date]) -> int:
    """How often one came, however long one stayed."""
    return 1 + sum((later - earlier).days > _NEXT_VISIT_DAYS for earlier, later in pairwise(sorted(days)))


def _is_near(stay: Stay, home: Stay | None) -> bool:
    return home is not None and distance_m(stay.lat, stay.lon, home.lat, home.lon) <= _AWAY_M


# runs of days ------------------------------------------------------------------------------------------------------
def _iter_runs(days: Sequence[tuple[_Day, Stay | None]]) -> Iterator[_Run]:
    """Days away that follow each other; being home in between ends a run, days without a position do not."""
    run: list[_Day] = []
    home_then: Stay | None = None
    for each, home in days:
        follows = bool(run) and (each.day - run[-1].day).days <= _PAUSE_DAYS and not _is_back(run[-1])
        if run and (not each.away or not follows or _left_home(each)):
            yield from _close(run, home_then)
            run = []
        if each.away:
            run.append(each)
            home_then = home
    yield from _close(run, home_then)


def _close(run: Sequence[_Day], home: Stay | None) -> Iterator[_Run]:
    if run and home is not None:
        yield _Run(tuple(run), home)


def _left_home(day: _Day) -> bool:
    """Whether one was at home first, and then away."""
    return bool(day.home) and min(s.started_us for s in day.home) < min(s.started_us for s in day.away)


def _is_back(day: _Day) -> bool:
    """Whether one was home again at its end."""
    return bool(day.home) and max(s.ended_us for s in day.home) > max(s.ended_us for s in day.away)


def _is_long_enough(run: _Run) -> bool:
    """One picture that is somewhere else may have a wrong position; a night away is a journey."""
    n_moments = sum(stay.n_moments for day in run.days for stay in day.away)
    return n_moments >= _LEAST_MOMENTS


# what is told ------------------------------------------------------------------------------------------------------
def _to_journey(run: _Run, planned: Callable[[int, int], Sequence[str]]) -> Journey:
    stays = sorted((stay for day in run.days for stay in day.away), key=lambda stay: (stay.started_us, stay.place))
    first, last = run.days[0], run.days[-1]
    started_us, ended_us = _begin(first, stays[0]), _end(last, stays[-1])
    plans = planned(started_us, ended_us)
    return Journey(
        id="j" + hashlib.blake2b(f"journey\x1f{stays[0].first}".encode(), digest_size=16).hexdigest()[:21],
        title=f"{_say_towns(stays)}, {say_days(first.day, last.day)}",
        places=tuple(dict.fromkeys(stay.place for stay in stays if stay.place)),
        started_us=started_us,
        ended_us=ended_us,
        zone=stays[0].zone,
        first_date=first.day.isoformat(),
        last_date=last.day.isoformat(),
        first=stays[0].first,
        reason=_say_reason(run, stays, plans),
    )


def _begin(day: _Day, first: Stay) -> int:
    """When one left home: after the last that was captured there, else as the day begins."""
    before = [stay.ended_us for stay in day.home if stay.ended_us < first.started_us]
    return min(first.started_us, max(before) + 1) if before else min(first.started_us, _at_four(day.day, first.zone))


def _end(day: _Day, last: Stay) -> int:
    """When one was home again: before the first that was captured there, else as the day ends."""
    after = [stay.started_us for stay in day.home if stay.started_us > last.ended_us]
    ends_us = _at_four(day.day + timedelta(days=1), last.zone)
    return max(last.ended_us + 1, min(after)) if after else max(last.ended_us + 1, ends_us)


def _at_four(day: date, zone: str) -> int:
    """When a day begins, in microseconds: at 4 in the night, as for events."""
    return round(datetime.combine(day, time(), tzinfo=parse_zone(zone)).timestamp() * 1e6) + NIGHT_US


def _say_towns(stays: Sequence[Stay]) -> str:
    """The towns with most days, in order of time: "Lisbon and Sintra"."""
    days: dict[str, set[str]] = defaultdict(set)
    n_moments: Counter[str] = Counter()
    for stay in stays:
        town = stay.place.split(",")[0].strip()
        if town:
            days[town].add(stay.local_date)
            n_moments[town] += stay.n_moments
    if not days:
        return "Away from home"
    best = sorted(days, key=lambda town: (-len(days[town]), -n_moments[town], town))[:_MOST_NAMED]
    named = [town for town in days if town in best]
    return " and ".join(named) if len(days) <= _MOST_NAMED else ", ".join(named) + " and more"


def say_days(first: date, last: date) -> str:
    """Days in words: "3 May", "3–6 May", "30 April – 2 May"."""
    if first == last:
        return f"{first.day} {_MONTHS[first.month - 1]}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{last.day} {_MONTHS[last.month - 1]}"
    return f"{first.day} {_MONTHS[first.month - 1]} – {last.day} {_MONTHS[last.month - 1]}"


def _say_reason(run: _Run, stays: Sequence[Stay], plans: Sequence[str]) -> str:
    far = max(stays, key=lambda stay: distance_m(stay.lat, stay.lon, run.home.lat, run.home.lon))
    km = round(distance_m(far.lat, far.lon, run.home.lat, run.home.lon) / 1000)
    n_days, n_moments = len({stay.local_date for stay in stays}), sum(stay.n_moments for stay in stays)
    home = run.home.place.split(",")[0] or "home"
    what = f"{n_moments} pictures or notes" if n_moments > 1 else "1 picture or note"
    days = f"{n_days} days" if n_days > 1 else "1 day"
    told = f"{what} on {days} up to {km:,} km from {home}, where most weeks are spent."
    return told + "".join(f" The calendar says “{title}”." for title in plans)
