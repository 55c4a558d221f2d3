"""What is found beside what fits: photos of the evening where something was told, what came right before a call."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from memory.records import Kind
from memory.store import Memory, Scope
from recall.anchors import find_anchor
from recall.retrieve import Retriever
from reflect.events import EventMaker
from tests.support.app_memory import NOW, build_embedder, noted, remember, talk

DINNER = talk(
    ["Ana: I am moving to Reykjavik for a year.", "Tom: When do you leave?", "Ana: In spring, the flat is let."],
    at="2026-10-10 19:10",
    session="dinner",
)
SIGN = noted("BLUE HERON", at="2026-10-10 19:05", kind=Kind.PHOTO)
BILL = noted("BLUE HERON\nSardines 12.00\nTOTAL EUR 31.50", at="2026-10-10 19:20", kind=Kind.PHOTO)
OTHER_BILL = noted("RED OVEN\nSoup 8.00\nTOTAL EUR 9.00", at="2026-10-11 12:00", kind=Kind.PHOTO)
PAGE = noted("Why old bridges hum\nWind sheds vortices", at="2026-10-12 10:00", kind=Kind.SCREENSHOT)
CALL = talk(
    ["Sam: Hello, is this the bank? It is about the mortgage.", "Clerk: Your number please.", "Sam: Goodbye."],
    at="2026-10-12 10:45",
    session="call",
)
AFTER = noted("Quarterly figures draft", at="2026-10-12 11:20", kind=Kind.SCREENSHOT)


@pytest.fixture
def retriever(tmp_path: Path) -> Iterator[Retriever]:
    embedder = build_embedder()
    with Memory.open(tmp_path, use_chroma=False) as memory:
        remember(memory, [*DINNER, SIGN, BILL, OTHER_BILL, PAGE, *CALL, AFTER], embedder)
        EventMaker(memory, model=embedder.producer).refresh()
        yield Retriever(memory, embedder, me=("Sam",))


def ids(retriever: Retriever, text: str) -> list[str]:
    question = retriever.understand(text, now=NOW)
    return [f.moment.id for f in retriever.find(question, scope=Scope(), limit=10)]


def test_the_bill_is_found_by_what_was_told_at_the_table(retriever: Retriever) -> None:
    found = ids(retriever, "What did we pay where Ana said she is moving to Reykjavik?")
    assert found[0] == DINNER[0].id
    assert {SIGN.id, BILL.id} <= set(found[1:3])
    assert OTHER_BILL.id not in found[:3]


def test_a_kind_that_is_named_comes_first(retriever: Retriever) -> None:
    found = ids(retriever, "photos of the dinner where Ana said she is moving to Reykjavik")
    assert set(found[:2]) == {SIGN.id, BILL.id}


def test_what_came_right_before_and_after_is_that_of_the_event_beside_it(retriever: Retriever) -> None:
    assert ids(retriever, "What did I read just before the call with the bank about the mortgage?") == [PAGE.id]
    assert ids(retriever, "What was there right after the call with the bank?") == [AFTER.id]
    question = retriever.understand("What did I read just before the call with the bank?", now=NOW)
    assert question.anchor is not None
    assert question.anchor.told == "12 October 2026, 10:45"


def test_what_the_caller_narrows_is_not_widened_by_an_event(retriever: Retriever) -> None:
    question = retriever.understand("Ana moving to Reykjavik", now=NOW)
    spoken = retriever.find(question, scope=Scope(kinds=frozenset({Kind.UTTERANCE})), limit=10)
    assert {f.moment.kind for f in spoken} == {Kind.UTTERANCE}


def test_without_events_nothing_changes(tmp_path: Path) -> None:
    embedder = build_embedder()
    with Memory.open(tmp_path, use_chroma=False) as memory:
        remember(memory, [*DINNER, SIGN, BILL], embedder)
        found = ids(Retriever(memory, embedder), "Ana moving to Reykjavik")
    assert found[0] == DINNER[0].id


@pytest.mark.parametrize(
    ("text", "is_next", "side"),
    [
        ("what did I do right after the meeting?", True, "after"),
        ("what did I do just before my talk with Ana?", True, "before"),
        ("the week before the birthday", False, "before"),
        ("what was said after the trip to Porto?", False, "after"),
    ],
)
def test_words_for_right_beside_are_told_from_a_length_of_time(text: str, is_next: bool, side: str) -> None:
    words = find_anchor(text)
    assert words is not None
    assert (words.is_next, words.side) == (is_next, side)
