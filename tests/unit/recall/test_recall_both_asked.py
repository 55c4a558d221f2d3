from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from memory.records import Kind
from memory.store import Memory, Scope
from recall.answer import Answerer
from recall.retrieve import Retriever
from tests.support.app_memory import NOW, build_embedder, noted, remember, said
from tests.support.models_fakes import ScriptedChat

MENU = "Casa Verde\nSoup of the day\n4.20\nWi-Fi: VerdeGuests\nPassword: olive-trees-12\nClosed on Mondays."


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with Memory.open(tmp_path / "home", use_chroma=False) as opened:
        remember(
            opened,
            [
                noted(MENU, at="2026-09-10 10:00", kind=Kind.PHOTO),
                said("The pin: ask Ana for it. The locker is in the hall.", at="2026-09-11 10:00", session="a"),
            ],
        )
        yield opened


def ask(memory: Memory, question: str, reply: str) -> str:
    chat = ScriptedChat(reply, weights={"Found": 19.0, "Missing": 1.0})
    return Answerer(memory, Retriever(memory, build_embedder()), chat).ask(question, scope=Scope(), now=NOW).text


@pytest.mark.parametrize(
    ("question", "reply", "answer"),
    [
        (
            "What are the name and the password of the Wi-Fi at Casa Verde?",
            " The name of the Wi-Fi is VerdeGuests [1].",
            "The name of the Wi-Fi is VerdeGuests [1]. Password: olive-trees-12 [1].",
        ),
        (
            "What is the name and password of the Wi-Fi at Casa Verde?",
            " The name is VerdeGuests, the password olive-trees-12 [1].",
            "The name is VerdeGuests, the password olive-trees-12 [1].",
        ),
        (
            "What is the name of the Wi-Fi at Casa Verde?",
            " The name of the Wi-Fi is VerdeGuests [1].",
            "The name of the Wi-Fi is VerdeGuests [1].",
        ),
        (
            "What are the name and the owner of Casa Verde?",
            " The name is Casa Verde [1].",
            "The name is Casa Verde [1].",
        ),
    ],
)
def test_what_was_asked_beside_it_is_read_off_the_page(memory: Memory, question: str, reply: str, answer: str) -> None:
    assert ask(memory, question, reply) == answer
