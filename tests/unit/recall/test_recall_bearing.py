from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from memory.store import Memory, Scope
from recall.answer import Answerer
from recall.bearing import asks_advice, asks_supposition
from recall.results import Answer
from recall.retrieve import Retriever
from tests.support.app_memory import NOW, build_embedder, noted, remember, said
from tests.support.models_fakes import ScriptedChat


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    lines = (
        ("me", "I edit my videos with Premiere and want to learn its advanced settings."),
        ("me", "Any tips on editing videos of a wedding?"),
        ("Ana", "Video editing bores me to tears, to be honest with you."),
        ("Ana", "That roadtrip was insane, I never want to drive so far again."),
    )
    with Memory.open(tmp_path / "home", use_chroma=False) as opened:
        days = range(1, len(lines) + 1)
        talks = [
            said(text, at=f"2026-09-0{n} 09:00", session=str(n), speaker=who)
            for n, (who, text) in zip(days, lines, strict=True)
        ]
        remember(opened, [*talks, noted("Shopping: bread, salt.", at="2026-09-10 10:00")])
        yield opened


def ask(memory: Memory, question: str) -> tuple[Answer, ScriptedChat]:
    chat = ScriptedChat("never", weights={"Found": 0.0, "Missing": 1.0})
    answer = Answerer(memory, Retriever(memory, build_embedder()), chat).ask(question, scope=Scope(), now=NOW)
    return answer, chat


def test_advice_is_not_given_but_what_i_said_of_it_is_told(memory: Memory) -> None:
    answer, chat = ask(memory, "Can you recommend a course on editing videos?")
    assert answer.text == (
        "I don't give advice; this is what the memory holds on it. 1 September 2026: "
        "“I edit my videos with Premiere and want to learn its advanced settings” [1]."
    )
    assert not answer.abstained
    assert [memory.get_moment(c.moment).speaker for c in answer.citations] == ["me"]
    assert (chat.calls, chat.weighed) == ([], [])


def test_advice_on_what_nothing_was_said_of_is_a_no(memory: Memory) -> None:
    answer, _chat = ask(memory, "Can you recommend a saxophone?")
    assert answer.abstained


def test_what_would_be_is_not_decided(memory: Memory) -> None:
    answer, chat = ask(memory, "Would Ana go on another roadtrip?")
    assert answer.text.startswith("I can't know what would be; this bears on it. Ana, 4 September 2026: “That roadtrip")
    assert {memory.get_moment(c.moment).speaker for c in answer.citations} == {"Ana"}
    assert (chat.calls, chat.weighed) == ([], [])


def test_each_quote_stands_in_what_it_cites(memory: Memory) -> None:
    for question in ("Would Ana go on another roadtrip?", "Do you think I should edit my videos anew?"):
        answer, _chat = ask(memory, question)
        assert answer.citations
        assert all(c.quote in memory.get_moment(c.moment).text for c in answer.citations)


@pytest.mark.parametrize(
    ("question", "is_advice"),
    [
        ("Any tips for my garden?", True),
        ("I am stuck. Do you have any ideas what to paint?", True),
        ("Should I buy the red one?", True),
        ("Did Ana have any tips for my garden?", False),
        ("What should I bring to the party?", False),
        ("Which hotel did you recommend for Miami?", False),
        ("What were some ideas of the meeting?", False),
    ],
)
def test_advice_is_told_from_what_was_said(question: str, is_advice: bool) -> None:
    assert asks_advice(question) is is_advice


@pytest.mark.parametrize(
    ("question", "is_supposed"),
    [
        ("Would Ana like the song?", True),
        ("Is it likely that Ana has a dog?", True),
        ("Would Ana rather fly or drive?", False),
        ("Did Ana like the song?", False),
        ("When would Ana arrive?", False),
        ("Would it rain?", False),
    ],
)
def test_a_supposition_asks_yes_or_no_of_what_would_be(memory: Memory, question: str, is_supposed: bool) -> None:
    understood = Retriever(memory, build_embedder()).understand(question, now=NOW)
    assert asks_supposition(understood) is is_supposed
