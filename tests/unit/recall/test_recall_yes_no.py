from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from memory.store import Memory, Scope
from recall.answer import Answerer
from recall.retrieve import Retriever
from tests.support.app_memory import NOW, build_embedder, noted, remember
from tests.support.models_fakes import ScriptedChat


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with Memory.open(tmp_path / "home", use_chroma=False) as opened:
        remember(opened, [noted("The spare key lies in the blue drawer.", at="2026-09-10 10:00")])
        yield opened


@pytest.mark.parametrize(
    ("question", "yes", "answer"),
    [
        ("Is there a spare key in the drawer?", 9.0, "Yes, the spare key lies in the blue drawer [1]."),
        ("Is there a spare key in the drawer?", 1.0, "the spare key lies in the blue drawer [1]."),
        ("Is there a spare key in the drawer since May?", 9.0, "Yes, the spare key lies in the blue drawer [1]."),
        ("Is the spare key in the drawer or the box?", 9.0, "the spare key lies in the blue drawer [1]."),
        ("Which drawer holds the spare key?", 9.0, "the spare key lies in the blue drawer [1]."),
    ],
)
def test_a_clear_yes_opens_the_answer_to_what_asks_for_one(
    memory: Memory, question: str, yes: float, answer: str
) -> None:
    weights = {"Found": 9.0, "Missing": 0.1, " Yes": yes, " No": 1.0}
    chat = ScriptedChat(" the spare key lies in the blue drawer [1].", weights=weights)
    told = Answerer(memory, Retriever(memory, build_embedder()), chat).ask(question, scope=Scope(), now=NOW)
    assert told.text == answer
