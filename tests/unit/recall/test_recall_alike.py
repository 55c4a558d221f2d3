"""Look-alikes: twenty stand-ups and every Friday's call are told apart by time, by people and by what differs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from memory.records import Moment
from memory.store import Memory, Scope
from recall.retrieve import Retriever, search
from tests.support.app_memory import NOW, build_embedder, remember, talk

BLOCKED = "printer scanner router camera heater kettle mixer drill ladder trailer".split()
SPEAKERS = ("Ana", "Ben", "Carla", "Deniz")
FIRST = datetime(2026, 9, 14, 9, 30)


def stand_up(number: int) -> list[Moment]:
    day = FIRST + timedelta(days=number + 2 * (number // 5))  # weekdays
    host, guest = SPEAKERS[number % 4], SPEAKERS[(number + 1) % 4]
    lines = [
        f"{host}: Good morning, stand-up as every day, who begins?",
        f"{guest}: Yesterday I worked on the {BLOCKED[number % 10]}, today I go on with it.",
        f"{host}: Anything that blocks you? No? Then see you tomorrow.",
    ]
    return talk(lines, at=f"{day:%Y-%m-%d %H:%M}", session=f"standup {number}")


def call(week: int) -> list[Moment]:
    day = datetime(2026, 9, 4, 17) + timedelta(days=7 * week)
    lines = [f"Mum: Hello, it is Friday, how was your week? The garden gave {20 + week} pumpkins.", "Eva: Good, Mum."]
    return talk(lines, at=f"{day:%Y-%m-%d %H:%M}", session=f"call {week}")


STAND_UPS = [stand_up(n) for n in range(20)]
CALLS = [call(n) for n in range(5)]


@pytest.fixture(scope="module")
def retriever(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Retriever]:
    with Memory.open(tmp_path_factory.mktemp("alike"), use_chroma=False) as memory:
        remember(memory, [m for session in [*STAND_UPS, *CALLS] for m in session])
        yield Retriever(memory, build_embedder())


def first_session(retriever: Retriever, query: str) -> str | None:
    return search(retriever, query, scope=Scope(), limit=5, now=NOW).found[0].moment.session


@pytest.mark.parametrize("number", range(20))
def test_the_day_tells_stand_ups_apart(retriever: Retriever, number: int) -> None:
    day = datetime.fromtimestamp(STAND_UPS[number][0].started_us / 1e6, NOW.tzinfo)
    query = f"What did {SPEAKERS[(number + 1) % 4]} work on in the stand-up of {day.day} {day:%B} {day.year}?"
    assert first_session(retriever, query) == f"standup {number}"


@pytest.mark.parametrize("number", range(20))
def test_what_differs_and_who_tells_them_apart(retriever: Retriever, number: int) -> None:
    query = f"When did {SPEAKERS[(number + 1) % 4]} work on the {BLOCKED[number % 10]}?"
    assert first_session(retriever, query) in {f"standup {n}" for n in (number, (number + 10) % 20)}
    assert (
        search(retriever, query, scope=Scope(), limit=1, now=NOW).found[0].moment.speaker == SPEAKERS[(number + 1) % 4]
    )


@pytest.mark.parametrize("week", range(5))
def test_a_friday_is_found_by_its_date(retriever: Retriever, week: int) -> None:
    day = datetime.fromtimestamp(CALLS[week][0].started_us / 1e6, NOW.tzinfo)
    assert first_session(retriever, f"How many pumpkins did Mum have on {day.day} {day:%B}?") == f"call {week}"


def test_nothing_is_close_to_nonsense_among_look_alikes(retriever: Retriever) -> None:
    assert search(retriever, "zyxgrf qwrtpl vrumpf", scope=Scope(), limit=20, now=NOW).found == ()
