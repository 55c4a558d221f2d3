"""Walking by what moments share: places, applications, and the moments of one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from memory.clues import Clue, ClueKind
from memory.records import CALENDAR, Kind, Moment, Place
from memory.scope import DayCount
from memory.store import Memory
from tests.support.app_memory import noted, said


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with Memory.open(tmp_path, use_chroma=False) as found:
        yield found


def photo(name: str, at: str, place: Place) -> Moment:
    return replace(noted(name, at=at, kind=Kind.PHOTO), place=place)


def page(name: str, at: str, app: str, seconds: float) -> Moment:
    moment = noted(name, at=at, kind=Kind.SCREENSHOT)
    return replace(moment, app=app, ended_us=moment.started_us + round(seconds * 1e6))


def test_a_place_lies_where_most_of_it_was_taken(memory: Memory) -> None:
    memory.write_moments(
        [
            photo("a", "2026-10-12 10:00", Place("Suva, Fiji", -18.14, 178.44)),
            photo("b", "2026-10-12 11:00", Place("Suva, Fiji", -18.14, 178.44)),
            photo("c", "2026-10-13 10:00", Place("Suva, Fiji", -18.30, -179.9)),
            photo("d", "2026-10-14 10:00", Place("Berlin")),
        ]
    )
    fiji, berlin = memory.clues.list_places()
    assert (fiji.name, fiji.n_moments, round(fiji.lat or 0, 2), round(fiji.lon or 0, 2)) == (
        "Suva, Fiji", 3, -18.14, 178.44,
    )  # fmt: skip
    assert (berlin.name, berlin.lat, berlin.n_moments) == ("Berlin", None, 1)
    assert [spot.n_moments for spot in memory.clues.list_spots("Suva, Fiji")] == [2, 1]
    assert memory.clues.list_spots("Berlin") == []


def test_applications_by_how_long_they_were_seen_without_what_was_only_planned(memory: Memory) -> None:
    memory.write_moments(
        [
            page("a", "2026-10-12 10:00", "Firefox", 60),
            page("b", "2026-10-13 10:00", "Editor", 600),
            page("c", "2026-10-13 11:00", "Firefox", 30),
            replace(noted("dentist", at="2026-10-20 10:00"), app=CALENDAR),
        ]
    )
    told = [(app.name, app.n_moments, app.seconds) for app in memory.clues.list_apps()]
    assert told == [("Editor", 1, 600.0), ("Firefox", 2, 90.0)]


def test_moments_of_a_clue_page_by_page_and_day_by_day(memory: Memory) -> None:
    moments = [
        said(f"line {n}", at=f"2026-10-{10 + n % 3} 09:00", n=n, session=f"talk {n % 3}", speaker=None)
        for n in range(9)
    ]  # fmt: skip
    memory.write_moments([*moments, said("another", at="2026-10-10 12:00", session="other")])
    memory.voices.assign([(None, [m.id for m in moments])])
    clue = Clue(ClueKind.VOICE, memory.voices.list_voices()[0].id)
    days = [f"2026-10-{day}" for day in (10, 11, 12)]
    assert memory.clues.count_days(clue) == [DayCount(day, 3) for day in days]
    read: list[Moment] = []
    while part := memory.clues.list_moments(clue, before=(read[-1].started_us, read[-1].id) if read else None, limit=4):
        read += part
    assert [m.id for m in read] == [m.id for m in sorted(moments, key=lambda m: -m.started_us)]
    assert {m.session for m in memory.clues.list_moments(clue, days=(days[1], days[1]))} == {"talk 1"}
    for nobody in ("v99", "", "vx"):
        assert memory.clues.list_moments(Clue(ClueKind.VOICE, nobody)) == []
