"""What is left out, what time is counted from an event, what is asked for, and what the user takes out again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from memory.records import Kind
from memory.store import Memory, Scope
from recall.anchors import find_anchor
from recall.question import Question, understand
from recall.retrieve import Retriever
from tests.support.app_memory import NOW, build_embedder, noted, remember, said

SPEAKERS = ("Anna", "Tom Berg")


def read(text: str) -> Question:
    return understand(text, now=NOW, speakers=SPEAKERS)


@pytest.mark.parametrize(
    ("text", "people", "without_people", "without_kinds"),
    [
        ("What was said about the boiler, not from Anna?", (), ("Anna",), ()),
        ("Who mentioned the key, but not Tom?", (), ("Tom Berg",), ()),
        ("Everything about Porto except photos and screenshots", (), (), (Kind.PHOTO, Kind.SCREENSHOT)),
        ("What did Tom say, excluding notes?", ("Tom Berg",), (), (Kind.NOTE,)),
        ("Why did not Anna come?", ("Anna",), (), ()),
        ("Is there no Wi-Fi in the house?", (), (), ()),
        ("What did Anna say without thinking?", ("Anna",), (), ()),
    ],
)
def test_negation(
    text: str, people: tuple[str, ...], without_people: tuple[str, ...], without_kinds: tuple[Kind, ...]
) -> None:
    question = read(text)
    assert (question.people, question.without_people, question.without_kinds) == (people, without_people, without_kinds)
    assert not question.kinds
    assert question.text == text


@pytest.mark.parametrize(
    ("text", "side", "n_days", "what"),
    [
        ("What did I buy the week before the birthday?", "before", 7, "the birthday"),
        ("Whom did I meet two days after my trip to the coast?", "after", 2, "my trip to the coast"),
        ("Who called since Anna's party?", "since", None, "Anna's party"),
        ("What did she do after the road trip to relax?", "after", None, "the road trip"),
    ],
)
def test_an_event_is_read_as_an_anchor(text: str, side: str, n_days: int | None, what: str) -> None:
    words = find_anchor(text)
    assert words is not None
    assert (words.side, words.n_days, words.what) == (side, n_days, what)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("When did Anna last mention the boiler?", ("when", "last")),
        ("How often did Tom call?", ("how_many", "how_often")),
        ("How many days ago did I see Tom?", ("how_many", "how_long_ago")),
        ("List all photos", ("list",)),
        ("What is the gate code?", ()),
    ],
)
def test_what_is_asked_for_is_told(text: str, asks: tuple[str, ...]) -> None:
    assert read(text).interpreted().asks == asks


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Which photos are from Grandma's garden?", ("Grandma's garden",)),
        ("Which photos are from Grandma’s garden?", ("Grandma's garden",)),
        ("What did we eat at the Robertsons' house?", ("the Robertsons’ house",)),
        ("What did Grandma say about the garden?", ()),
        ("What did we plant in grandma's garden beds?", ()),
    ],
)
def test_places_with_an_apostrophe_are_known_by_either_sign(text: str, places: tuple[str, ...]) -> None:
    assert understand(text, now=NOW, places=("Grandma's garden", "the Robertsons’ house")).places == places


def test_a_day_with_a_name_is_a_time_and_stays_a_word() -> None:
    question = read("What did we eat at Christmas?")
    assert [t.since.date().isoformat() for t in question.times] == ["2025-12-25"]
    assert "christmas" in question.terms


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with Memory.open(tmp_path / "home", use_chroma=False) as opened:
        remember(
            opened,
            [
                said("The sailing trip was yesterday, wonderful.", at="2026-09-10 12:00", session="a", speaker="Anna"),
                said("I bought a red kettle.", at="2026-09-12 12:00", session="b", speaker="Anna"),
                said("I bought a blue kettle.", at="2026-09-30 12:00", session="c", speaker="Tom"),
                noted("Invoice: kettle 29.90", at="2026-10-01 12:00", kind=Kind.SCREENSHOT),
            ],
        )
        yield opened


def find(memory: Memory, text: str, *, ignore: tuple[str, ...] = ()) -> tuple[Question, list[str]]:
    retriever = Retriever(memory, build_embedder())
    question = retriever.understand(text, now=NOW, ignore=ignore)
    return question, [f.moment.text for f in retriever.find(question, scope=Scope(), limit=5)]


def test_an_anchor_becomes_a_soft_range_with_the_moment_that_tells_of_it(memory: Memory) -> None:
    question, found = find(memory, "Which kettle was bought the week after the sailing trip?")
    told = question.interpreted()
    assert told.anchor is not None
    assert memory.get_moment(told.anchor.moment).text.startswith("The sailing trip")
    assert (told.anchor.text, told.anchor.told) == ("the week after the sailing trip", "9 September 2026")
    assert [t.since.date().isoformat() for t in question.times] == ["2026-09-10"]
    assert found[0] == "I bought a red kettle."
    assert "I bought a blue kettle." in found


def test_an_event_that_nothing_tells_of_stays_words(memory: Memory) -> None:
    question, _found = find(memory, "Which kettle was bought after the moon landing?")
    assert (question.anchor, question.times) == (None, ())


def test_what_is_not_wanted_is_not_found(memory: Memory) -> None:
    _question, found = find(memory, "Who bought a kettle, not from Anna and no screenshots?")
    assert found == ["I bought a blue kettle."]


def test_what_the_user_takes_out_counts_no_more(memory: Memory) -> None:
    text = "Which kettle did Anna mention last week, except screenshots?"
    question, _found = find(memory, text)
    assert (bool(question.times), question.people, question.without_kinds) == (True, ("Anna",), (Kind.SCREENSHOT,))
    without, found = find(memory, text, ignore=("when", "who:Anna", "not:screenshot"))
    assert (without.times, without.people, without.without_kinds, without.widened) == ((), (), (), False)
    assert "Invoice: kettle 29.90" in found
    assert without.interpreted().ignored == ("not:screenshot", "when", "who:Anna")
