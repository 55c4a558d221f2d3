"""Facts bring their evidence up and tell old from new; they are no answer by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from memory.store import Memory, Scope
from recall.known import tell_known
from recall.papers import read_receipt
from recall.retrieve import Retriever
from recall.time_words import find_time_words
from recall.times import local_time
from reflect.claims import Readers
from reflect.facts import FactMaker
from tests.support.app_memory import NOW, build_embedder, noted, remember, said


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with Memory.open(tmp_path / "home", use_chroma=False) as opened:
        remember(
            opened,
            [
                said("My phone number is 030 5550199.", at="2026-09-01 12:00", session="a", speaker="Anna"),
                said("What a lot of phones, Anna's phone.", at="2026-09-02 12:00", session="b", speaker="Tom"),
                said("My new number is 030 5550188.", at="2026-09-20 12:00", session="c", speaker="Anna"),
                said("The review is on 3 November.", at="2026-10-01 12:00", session="d", speaker="Tom"),
                said("We moved the review to 5 November.", at="2026-10-04 12:00", session="e", speaker="Tom"),
                said("The rent is 900 euros.", at="2026-10-02 12:00", session="f", speaker="Tom"),
                said("The rent is 950 euros.", at="2026-10-03 12:00", session="g", speaker="Anna"),
                noted("My passport expires on 9 January 2027.", at="2026-10-05 12:00"),
            ],
        )
        FactMaker(opened, Readers(find_time_words, read_receipt)).refresh()
        yield opened


def ask(memory: Memory, text: str, *, me: tuple[str, ...] = ()) -> tuple[list[str], str]:
    retriever = Retriever(memory, build_embedder(), me=me)
    question = retriever.understand(text, now=NOW)
    found = retriever.find(question, scope=Scope(), limit=5)
    known = retriever.find_known(question)
    told = tell_known(known, local=local_time) if known else None
    return [f.moment.text for f in found if "fact" in f.signals], told.text if told else ""


def test_the_newest_words_come_first_and_the_older_value_is_told_as_such(memory: Memory) -> None:
    led, told = ask(memory, "What is Anna's phone number?")
    assert led == ["My new number is 030 5550188.", "My phone number is 030 5550199."]
    assert told == "030 5550188, as of 20 September 2026 [1]. Before, on 1 September 2026: 030 5550199 [2]."


def test_what_was_moved_is_told_with_its_old_time(memory: Memory) -> None:
    _led, told = ask(memory, "When is the review?")
    assert told == "5 November, as of 4 October 2026 [1]. Before, on 1 October 2026: 3 November [2]."


def test_a_day_in_the_question_is_the_appointments_or_no_fact_is_asked_for(memory: Memory) -> None:
    remember(memory, [said("The viewing is on 15 October.", at="2026-10-12 09:00", session="v", speaker="Tom")])
    FactMaker(memory, Readers(find_time_words, read_receipt)).refresh()
    assert ask(memory, "When is the viewing?")[0] == ["The viewing is on 15 October."]
    assert ask(memory, "What time is the viewing tomorrow?")[0] == ["The viewing is on 15 October."]
    assert ask(memory, "What time is the viewing today?")[0] == []


def test_a_word_that_tells_one_value_from_another_was_said_of_it(memory: Memory) -> None:
    assert ask(memory, "What is Anna's new number?")[0] == ["My new number is 030 5550188."]
    work = said("My office number is 030 5550177.", at="2026-10-06 12:00", session="w", speaker="Anna")
    remember(memory, [work])
    FactMaker(memory, Readers(find_time_words, read_receipt)).refresh()
    assert ask(memory, "What is Anna's work number?")[0] == [work.text]
    assert ask(memory, "What is Anna's office number?")[0] == [work.text]
    assert ask(memory, "What is Anna's phone number?")[0][0] == "My new number is 030 5550188."


def test_mine_is_what_i_told_and_not_the_same_of_others(memory: Memory) -> None:
    assert ask(memory, "How much is my rent?", me=("Anna",)) == (["The rent is 950 euros."], "")
    own = noted("My rent is 700 euros.", at="2026-10-07 12:00")
    remember(memory, [own])
    FactMaker(memory, Readers(find_time_words, read_receipt)).refresh()
    assert ask(memory, "How much is my rent?") == ([own.text], "")
    assert ask(memory, "What number can I call?", me=("Anna",)) == ([], "")


@pytest.mark.parametrize(("second", "is_told"), [("2026-09-25 12:00", True), ("2026-12-01 12:00", False)])
def test_one_event_and_another_so_called_are_not_put_together(tmp_path: Path, second: str, is_told: bool) -> None:
    with Memory.open(tmp_path / "home", use_chroma=False) as opened:
        remember(
            opened,
            [
                said("The concert is on 20 January.", at="2026-09-01 12:00", session="a", speaker="Tom"),
                said("The concert is on 22 January.", at=second, session="b", speaker="Anna"),
            ],
        )
        FactMaker(opened, Readers(find_time_words, read_receipt)).refresh()
        assert (ask(opened, "When is the concert?")[1] != "") is is_told


def test_people_who_say_otherwise_are_both_told(memory: Memory) -> None:
    _led, told = ask(memory, "How much is the rent?")
    assert told == (
        "It was told differently: 900 euros (Tom, 2 October 2026) [1]; 950 euros (Anna, 3 October 2026) [2]."
    )


def test_a_single_value_brings_its_moment_up_and_the_answer_stays_the_evidences(memory: Memory) -> None:
    assert ask(memory, "When does my passport expire?") == (["My passport expires on 9 January 2027."], "")
    assert ask(memory, "What is my phone number?", me=("Anna",))[0][0] == "My new number is 030 5550188."


@pytest.mark.parametrize(
    "text",
    [
        "What was Anna's old phone number?",
        "What is Tom's phone number?",
        "When is the review with the bank?",
        "What did Anna say about her phone number on the train?",
        "How much is the rent in Porto?",
        "Where is the passport?",
        "What is Anna's work number?",
        "What is Anna's office phone number?",
        "What is Anna's mobile number?",
        "What is Anna's other phone number?",
        "What should Anna's phone number be?",
        "What isn't Anna's phone number?",
        "How much is my rent?",
        "When is the review today?",
        "When is the review next week?",
        "When does my passport expire today?",
        "When is Anna's call?",
        "When can I reach Anna?",
    ],
)
def test_a_question_for_more_or_for_what_was_asks_for_no_fact(memory: Memory, text: str) -> None:
    assert ask(memory, text) == ([], "")
