"""Questions find their scope through journeys, and only where it is clear which is meant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest

from memory.records import Kind, Moment, Place
from memory.store import Memory, Scope
from recall.answer import Answerer
from recall.retrieve import Retriever
from reflect.journeys import list_journeys
from tests.support.app_memory import NOW, build_embedder, noted, remember, said
from tests.support.models_fakes import ScriptedChat

BERLIN, SEVILLE, BOLOGNA = (
    Place("Berlin, Germany", 52.52, 13.40),
    Place("Seville, Spain", 37.39, -5.98),
    Place("Bologna, Italy", 44.49, 11.34),
)


def photo(text: str, at: str, place: Place | None, **details: object) -> Moment:
    return replace(noted(text, at=at, kind=Kind.PHOTO), place=place, details=details)


def home(day: int) -> Moment:
    on = date(2026, 8, 1) + timedelta(days=day)
    return photo(f"shelf number {day}", f"{on.isoformat()} 12:00", BERLIN)


RECEIPT = photo("HOTEL ASTOR\nTOTAL EUR 312.00", "2026-09-22 09:00", None)  # this telephone did not know where it was
CHURCHES = [
    photo("SANTA ANA CHURCH", "2026-09-20 11:00", SEVILLE),
    photo("", "2026-09-21 11:00", SEVILLE, tags=[["church", 0.8], ["tower", 0.1]]),
]
OTHERS = [
    photo("ORANGE SHOP", "2026-09-20 12:00", SEVILLE, tags=[["church", 0.2]]),
    photo("SAN PETRONIO CHURCH", "2026-10-03 11:00", BOLOGNA),
    photo("TORTELLINI CLUB", "2026-10-04 11:00", BOLOGNA),
    photo("GRAND CHURCH BERLIN", "2026-09-10 11:00", BERLIN),
    photo("HOTEL BERLIN\nTOTAL EUR 99.00", "2026-08-05 09:00", BERLIN),
]


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with Memory.open(tmp_path / "home", use_chroma=False) as opened:
        rows = [RECEIPT, *CHURCHES, *OTHERS, *(home(day) for day in range(0, 45, 3))]
        talks = [
            said("The oranges were sweet.", at="2026-09-21 20:00", session="a", speaker="Ana"),
            said("The oranges were sour.", at="2026-08-21 20:00", session="b", speaker="Ana"),
        ]
        remember(opened, [*rows, *talks], build_embedder())
        yield opened


def retriever(memory: Memory) -> Retriever:
    return Retriever(memory, build_embedder(), journeys=partial(list_journeys, memory.events))


def ask(memory: Memory, text: str) -> str:
    return Answerer(memory, retriever(memory), ScriptedChat("")).ask(text, scope=Scope(), now=NOW).text


def test_a_trip_that_is_named_is_the_time_of_the_question(memory: Memory) -> None:
    question = retriever(memory).understand("What did Ana say about the oranges on the trip to Seville?", now=NOW)
    assert question.anchor is not None
    assert (question.anchor.told, question.anchor.is_journey) == ("20 September 2026 to 21 September 2026", True)
    found = retriever(memory).find(question, scope=Scope(), limit=3)
    assert found[0].moment.text == "The oranges were sweet."


def test_the_receipt_of_a_hotel_is_found_by_the_journey_where_the_photo_does_not_know_its_place(memory: Memory) -> None:
    moments = [*CHURCHES, replace(RECEIPT, started_us=CHURCHES[1].started_us + 1, ended_us=CHURCHES[1].started_us + 1)]
    memory.forget([RECEIPT.id])
    remember(memory, moments, build_embedder())
    question = retriever(memory).understand("the receipt from the hotel in Seville", now=NOW)
    found = retriever(memory).find(question, scope=Scope(), limit=3)
    assert found[0].moment.text.startswith("HOTEL ASTOR")


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("How many churches did I photograph on the trip to Seville?", 2),
        ("How many churches did I photograph on our last trip?", 1),
        ("How many churches did I photograph in Bologna?", 1),
        ("How many photos did I take on the trip to Seville?", 3),
        ("How many churches have I photographed?", 4),
    ],
)
def test_what_was_photographed_on_a_journey_is_counted(memory: Memory, text: str, n: int) -> None:
    told = ask(memory, text)
    assert told.split(",")[0].split(":")[0] == str(n)
    assert "Counted: photos" in told


@pytest.mark.parametrize(
    "text",
    [
        "What did we say on that trip?",  # there are two
        "What did we eat on the trip to Porto?",
        "What do we need for the holidays?",
        "Which of our trips was the longest?",
        "What did Ana say in September 2026 on the trip to Seville?",  # the time is said
    ],
)
def test_where_it_is_not_clear_which_is_meant_none_is(memory: Memory, text: str) -> None:
    question = retriever(memory).understand(text, now=NOW)
    assert question.anchor is None or not question.anchor.is_journey


def test_a_time_may_be_counted_from_a_journey(memory: Memory) -> None:
    question = retriever(memory).understand("What did I photograph the week after the trip to Seville?", now=NOW)
    assert [t.since.date().isoformat() for t in question.times] == ["2026-09-22"]
