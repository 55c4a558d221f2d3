from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from memory.records import Moment
from memory.store import Memory, Scope
from recall.answer import Answerer
from recall.results import Answer
from recall.retrieve import Retriever
from tests.support.app_memory import NOW, build_embedder, noted, remember, said
from tests.support.models_fakes import ScriptedChat


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with Memory.open(tmp_path / "home", use_chroma=False) as opened:
        yield opened


def ask(memory: Memory, question: str, *moments: Moment) -> Answer:
    """Ask with a model that finds nothing, so that only what the rules tell is seen."""
    remember(memory, moments)
    chat = ScriptedChat("never", weights={"Found": 0.0, "Missing": 1.0})
    answerer = Answerer(memory, Retriever(memory, build_embedder()), chat, me=("Robin",))
    return answerer.ask(question, scope=Scope(), now=NOW)


def line(text: str, at: str, speaker: str | None = "Ana") -> Moment:
    return said(text, at=at, session=at, speaker=speaker)


MOVED = (
    line("The team meeting is on Thursday at ten.", "2026-10-05 09:00"),
    line("The team meeting has moved from Thursday to Monday.", "2026-10-07 09:00", "Ben"),
)


@pytest.mark.parametrize(
    ("question", "moments", "answer"),
    [
        (
            "When is the team meeting?",
            MOVED,
            "Monday, as of 7 October 2026 [1]. Before, on 5 October 2026: on Thursday at ten [2].",
        ),
        (
            "How much is the rent?",
            (
                noted("The rent is 800 euros.", at="2026-09-01 10:00"),
                noted("Rent: now 850 euros.", at="2026-10-01 10:00"),
            ),
            "850 euros, as of 1 October 2026 [1]. Before, on 1 September 2026: 800 euros [2].",
        ),
        (
            "How many bikes do I have in the cellar?",
            (
                line("I have 2 bikes in the cellar.", "2026-09-01 09:00", "Robin"),
                line("I keep three bikes in the cellar now.", "2026-10-01 09:00", "Robin"),
                line("I have 7 bikes in the cellar.", "2026-10-02 09:00", "Zoe"),  # hers
            ),
            "Three, as of 1 October 2026 [1]. Before, on 1 September 2026: 2 [2].",
        ),
        (
            "How much time do I spend on the piano each day?",
            (
                line("I spend about an hour on the piano each day.", "2026-09-01 09:00", "Robin"),
                line("These weeks I spend two hours on the piano each day.", "2026-10-01 09:00", "Robin"),
            ),
            "Two hours, as of 1 October 2026 [1]. Before, on 1 September 2026: an hour [2].",
        ),
        (
            "How many issues of the Gazette have I finished?",
            (
                line("I finished my third issue of the Gazette.", "2026-09-01 09:00", "Robin"),
                line("Just finished the 5th issue of the Gazette!", "2026-10-01 09:00", "Robin"),
            ),
            "5, as of 1 October 2026 [1]. Before, on 1 September 2026: three [2].",
        ),
    ],
)  # fmt: skip
def test_the_latest_wins_and_the_older_is_named(
    memory: Memory, question: str, moments: tuple[Moment, ...], answer: str
) -> None:
    told = ask(memory, question, *moments)
    assert told.text == answer
    assert [c.n for c in told.citations] == [1, 2]
    assert all(c.quote in memory.get_moment(c.moment).text for c in told.citations)


@pytest.mark.parametrize(
    ("question", "moments"),
    [
        ("When was the team meeting?", MOVED),  # of the past, each may have been
        ("How many bikes did I have in the cellar before?", (
            line("I have 2 bikes in the cellar.", "2026-09-01 09:00", "Robin"),
            line("I have 3 bikes in the cellar.", "2026-10-01 09:00", "Robin"))),
        ("When is the team meeting?", (
            line("The team meeting is on Thursday.", "2026-10-05 09:00"),
            line("The team meeting is on Thursday, as always.", "2026-10-12 09:00"))),
        ("When is the team meeting?", (
            line("The team meeting is on Thursday.", "2026-10-05 09:00"),
            line("Is the team meeting on Monday?", "2026-10-06 09:00"))),
        ("How many days a week do I attend yoga classes?", (
            line("I attend yoga classes at 6:30 pm and on Sundays.", "2026-10-05 09:00", "Robin"),
            line("I attend yoga and other classes, in three towns.", "2026-10-06 09:00", "Robin"))),
        ("How many turtles does Ana have?", (
            line("[shares a photo: a photo of two turtles Ana have]", "2026-10-05 09:00"),
            line("[shares a photo: a photo of three turtles Ana have]", "2026-10-06 09:00"))),
    ],
)  # fmt: skip
def test_what_did_not_change_or_is_not_clear_is_left_alone(
    memory: Memory, question: str, moments: tuple[Moment, ...]
) -> None:
    assert "Before, on" not in ask(memory, question, *moments).text
