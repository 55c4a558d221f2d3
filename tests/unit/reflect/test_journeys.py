"""Journeys: what is a run of days away from home, and what is not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from memory.records import Journey, Kind, Place, Stay
from memory.store import Memory
from reflect.journeys import find_journeys, list_journeys, say_days
from tests.support.memory_samples import build_utterance

BERLIN, POTSDAM, LISBON, SINTRA, PORTO = (
    ("Berlin, Germany", 52.52, 13.40),
    ("Potsdam, Germany", 52.40, 13.06),
    ("Lisbon, Portugal", 38.72, -9.14),
    ("Sintra, Portugal", 38.80, -9.38),
    ("Porto, Portugal", 41.15, -8.61),
)
FIRST = date(2026, 4, 1)


def us(day: int, hour: float) -> int:
    at = datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=UTC) + timedelta(days=day, hours=hour)
    return round(at.timestamp() * 1e6)


def stay(day: int, place: tuple[str, float, float], *, hours: tuple[float, float] = (9, 18), n: int = 4) -> Stay:
    name, lat, lon = place
    return Stay(
        local_date=(FIRST + timedelta(days=day)).isoformat(), place=name, lat=lat, lon=lon, n_moments=n,
        started_us=us(day, hours[0]), ended_us=us(day, hours[1]), zone="UTC", first=f"{name}-{day}",
    )  # fmt: skip


def at_home(days: Iterable[int]) -> list[Stay]:
    return [stay(day, BERLIN) for day in days]


def titles(stays: list[Stay]) -> list[str]:
    return [j.title for j in find_journeys(sorted(stays, key=lambda s: (s.local_date, s.started_us)))]


def test_days_away_are_a_journey_from_leaving_home_to_being_back() -> None:
    stays = [
        *at_home([*range(0, 30, 3), 36, 40]),
        stay(32, BERLIN, hours=(7, 8)),
        stay(32, LISBON, hours=(14, 22)),
        stay(33, SINTRA),
        stay(34, LISBON),
        stay(35, LISBON, hours=(8, 10)),
        stay(35, BERLIN, hours=(19, 20)),
    ]
    [journey] = find_journeys(sorted(stays, key=lambda s: (s.local_date, s.started_us)), lambda _a, _b: ["Easter trip"])
    assert journey.title == "Lisbon and Sintra, 3–6 May"
    assert journey.places == ("Lisbon, Portugal", "Sintra, Portugal")
    assert (journey.started_us, journey.ended_us) == (us(32, 8) + 1, us(35, 19))
    assert journey.reason == (
        "16 pictures or notes on 4 days up to 2,319 km from Berlin, where most weeks are spent."
        " The calendar says “Easter trip”."
    )


def test_being_home_in_between_makes_two_and_days_without_a_position_do_not() -> None:
    home = at_home(range(0, 40, 4))
    assert titles([*home, stay(41, LISBON), stay(43, LISBON), stay(45, PORTO)]) == ["Lisbon and Porto, 12–16 May"]
    two = [*home, stay(41, LISBON), stay(42, BERLIN), stay(43, LISBON)]
    assert titles(two) == ["Lisbon, 12 May", "Lisbon, 14 May"]
    assert titles([*home, stay(41, LISBON), stay(47, PORTO), *at_home([60])]) == ["Lisbon, 12 May", "Porto, 18 May"]


@pytest.mark.parametrize(
    "stays",
    [
        [stay(day, LISBON) for day in range(9)],  # only holidays were imported: where home is cannot be told
        [*at_home([0, 1]), stay(2, LISBON), stay(3, LISBON)],  # one week of each
        [*at_home(range(0, 60, 2)), stay(61, POTSDAM)],  # an outing
        [*at_home(range(0, 60, 2)), stay(61, LISBON, n=1)],  # one picture may have a wrong position
        [*at_home(range(0, 84, 2)), *(stay(day, LISBON) for day in range(1, 84, 14))],  # goes there every other week
    ],
)
def test_what_is_no_journey(stays: list[Stay]) -> None:
    assert titles(stays) == []


def test_a_long_stay_does_not_become_home_and_a_place_called_home_is_it() -> None:
    away = [stay(day, LISBON) for day in range(60, 95)]
    before_and_after = at_home([*range(0, 60, 10), *range(95, 150, 10)])
    assert titles([*before_and_after, *away]) == ["Lisbon, 31 May – 4 July"]
    only = [*(stay(day, ("Home", 52.52, 13.40)) for day in (0, 20)), *away]
    [journey] = find_journeys(sorted(only, key=lambda s: s.local_date))
    assert (journey.first_date, journey.last_date) == ("2026-05-31", "2026-07-04")


def test_days_in_words() -> None:
    assert say_days(date(2026, 5, 3), date(2026, 5, 3)) == "3 May"
    assert say_days(date(2026, 4, 30), date(2026, 5, 2)) == "30 April – 2 May"


def test_a_journey_is_gone_with_its_evidence(tmp_path: Path) -> None:
    with Memory.open(tmp_path / "home", use_chroma=False) as memory:
        days = [(day, BERLIN) for day in range(0, 30, 3)] + [(day, LISBON) for day in (32, 33, 34)]
        moments = [
            replace(
                build_utterance("", ordinal=n, kind=Kind.PHOTO, session=None, started_us=us(day, 12) + n % 2),
                place=Place(*place),
                zone="UTC",
            )
            for n, (day, place) in enumerate(pair for pair in days for _twice in "12")
        ]
        memory.write_moments(moments)

        def told() -> list[Journey]:
            return list_journeys(memory.events)

        assert [j.title for j in told()] == ["Lisbon, 3–5 May"]
        memory.forget([m.id for m in moments if m.started_us > us(34, 0)])
        assert [j.title for j in told()] == ["Lisbon, 3–4 May"]
        memory.forget([m.id for m in moments if m.started_us > us(31, 0)])
        assert told() == []
