from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from memory.records import Kind
from memory.store import Memory, Scope
from models.protocols import CancelToken
from recall.answer import Answerer
from recall.reckon import Reckon, read_reckoning
from recall.results import Answer, AskEvent, EvidenceReady
from recall.retrieve import Retriever
from tests.support.app_memory import NOW, build_embedder, noted, remember, said, talk
from tests.support.models_fakes import ScriptedChat

ME = "Robin"


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with Memory.open(tmp_path / "home", use_chroma=False) as opened:
        remember(
            opened,
            [
                *talk(
                    [
                        "Ana: The boiler is leaking again.",
                        "Ben: The boiler? We need a plumber.",
                        "Ana: The boiler is leaking again.",  # heard twice
                    ],
                    at="2026-10-05 09:30",
                    session="a",
                ),
                *talk(["Ana: The plumber looked at the boiler."], at="2026-10-09 18:00", session="b"),
                said("I just got the new lens today.", at="2026-10-03 12:00", session="c", speaker=ME),
                said("I got back from the coast trip last Saturday.", at="2026-10-12 12:00", session="d", speaker=ME),
                said("I attended the pottery workshop yesterday.", at="2026-09-25 12:00", session="e", speaker=ME),
                said("I attended the pottery class in May.", at="2026-09-26 12:00", session="f", speaker=ME),
                said("I plan to attend the sailing course tomorrow.", at="2026-09-20 12:00", session="g", speaker=ME),
                noted("IKEA receipt", at="2026-10-06 10:00", kind=Kind.PHOTO),
                noted("Sunset", at="2026-10-06 21:00", kind=Kind.PHOTO),
                noted("A tower", at="2026-10-07 10:00", kind=Kind.PHOTO),
            ],
        )
        yield opened


def ask(memory: Memory, question: str, heard: list[AskEvent] | None = None) -> Answer:
    """Ask with a model that never answers, so that only what is computed is told."""
    chat = ScriptedChat("never", weights={"Found": 0.0, "Missing": 1.0})
    answerer = Answerer(memory, Retriever(memory, build_embedder()), chat, me=(ME,))
    events = [] if heard is None else heard
    return answerer.ask(question, scope=Scope(), now=NOW, cancel=CancelToken(), listen=events.append)


@pytest.mark.parametrize(
    ("question", "kind", "phrases", "unit"),
    [
        ("Which book did I read first, 'Dune' or 'Emma'?", Reckon.ORDER, ("I read 'Dune'", "I read 'Emma'"), ""),
        ("Which came first, the trip or the party?", Reckon.ORDER, ("the trip", "the party"), ""),
        ("How many weeks ago did I meet Ana?", Reckon.AGO, ("I meet Ana",), "week"),
        ("How long has it been since the flood?", Reckon.AGO, ("the flood",), ""),
        (
            "How many days passed between the day I left and the day I came back?",
            Reckon.BETWEEN,
            ("I left", "I came back"),
            "day",
        ),
        (
            "How many days passed between the day I bought my racket and the day I received it?",
            Reckon.BETWEEN,
            ("I bought my racket", "I received my racket"),
            "day",
        ),
        ("When did Ana last mention the boiler?", Reckon.LAST, ("Ana mention the boiler",), ""),
        ("How many times did Ana mention the boiler?", Reckon.COUNT, ("Ana mention the boiler",), ""),
        ("List all photos from last week", Reckon.LIST, ("photos from last week",), ""),
    ],
)
def test_what_is_to_be_reckoned_is_read(question: str, kind: Reckon, phrases: tuple[str, ...], unit: str) -> None:
    reckoning = read_reckoning(question)
    assert reckoning is not None
    assert (reckoning.kind, reckoning.phrases, reckoning.unit) == (kind, phrases, unit)


@pytest.mark.parametrize(
    "question",
    ["When did Ana finish her first novel?", "What came first to your mind?", "How long is the bridge?", "Who won?"],
)
def test_an_ordinary_question_is_not_reckoned(question: str) -> None:
    assert read_reckoning(question) is None


def test_what_was_said_is_counted_once_and_every_moment_is_cited(memory: Memory) -> None:
    heard: list[AskEvent] = []
    answer = ask(memory, "How many times did Ana mention the boiler?", heard)
    assert answer.text == (
        "2 times, on 2 days: 5 October 2026 [1], 9 October 2026 [2]. Counted: moments in which Ana says “boiler”."
    )
    texts = [memory.get_moment(c.moment).text for c in answer.citations]
    assert texts == ["The boiler is leaking again.", "The plumber looked at the boiler."]
    assert {c.moment for c in answer.citations} <= {f.moment.id for f in answer.evidence}
    assert isinstance(heard[0], EvidenceReady)
    assert answer.n_prompt_tokens == 0


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (
            "When did Ana last mention the boiler?",
            "Last on 9 October 2026 at 18:00 [1]. Looked at: moments in which Ana says “boiler”.",
        ),
        ("How many photos did I take last week?", "3, on 2 days: 6 October 2026 [1][2], 7 October 2026 [3]. Counted: "
         "photos."),
        ("List all photos from 7 October 2026", "1 photo: 7 October 2026 [1]."),
        ("How often was the boiler mentioned?", "3 times, on 2 days: 5 October 2026 [1][2], 9 October 2026 [3]. "
         "Counted: moments in which somebody says “boiler”."),
        ("When was the plumber last mentioned by Ana?", "Last on 9 October 2026 at 18:00 [1]. Looked at: moments in "
         "which Ana says “plumber”."),
        ("How many photos are there in total?", "3, on 2 days: 6 October 2026 [1][2], 7 October 2026 [3]. Counted: "
         "photos."),
        (
            "Which came first, the coast trip or the new lens?",
            "First the new lens (3 October 2026) [1], then the coast trip (the Saturday before 12 October 2026, "
            "that is 10 October 2026) [2].",
        ),
        ("How many days ago did I get the new lens?", "11 days ago: 3 October 2026 [1]."),
        (
            "How many days passed between the day I got the new lens and the day I got back from the coast trip?",
            "7 days: from 3 October 2026 [1] to the Saturday before 12 October 2026, that is 10 October 2026 [2].",
        ),
    ],
)  # fmt: skip
def test_times_and_numbers_are_computed(memory: Memory, question: str, answer: str) -> None:
    assert ask(memory, question).text == answer


@pytest.mark.parametrize(
    "question",
    [
        "How many photos did I take of my dog?",  # what a photo shows is not looked up
        "How many days ago did I attend the pottery event?",  # two days are told of
        "How many days ago did I attend the sailing course?",  # it was a plan
        "How many times did Zoe mention the boiler?",  # nobody knows her
        "How many days ago did Ana get the new lens?",  # another one got it
        "Which came first, the coast trip or the moon landing?",
    ],
)
def test_what_is_not_clear_cut_is_not_computed(memory: Memory, question: str) -> None:
    assert ask(memory, question).abstained
