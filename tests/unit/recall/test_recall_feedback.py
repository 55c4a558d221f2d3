"""What the user says of evidence: it holds for the question and those that ask the same, and can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from memory.store import Memory, Scope
from recall.feedback import Judged, question_key, read_judged
from recall.retrieve import Retriever, search
from tests.support.app_memory import NOW, build_embedder, noted, remember

QUESTION = "Where did I put the blue garden key?"
SHED = noted("The blue garden key hangs in the shed", at="2026-10-12 18:00")
POOL = noted("The blue pool key is with the neighbour", at="2026-10-12 19:00")
ROSES = noted("Cut the roses in the garden before the frost", at="2026-10-11 11:00")


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with Memory.open(tmp_path, use_chroma=False) as opened:
        remember(opened, [SHED, POOL, ROSES])
        yield opened


def find(memory: Memory, question: str = QUESTION, scope: Scope | None = None) -> list[str]:
    retriever = Retriever(memory, build_embedder())
    found = search(retriever, question, scope=scope or Scope(), limit=10, now=NOW).found
    assert [f.score for f in found] == sorted((f.score for f in found), reverse=True)
    return [f.moment.id for f in found]


def judge(memory: Memory, moment: str, value: int, question: str = QUESTION) -> None:
    memory.feedback.judge(question_key(question), moment, value, at_us=1)


def test_not_this_keeps_a_moment_out_of_the_same_question_only(memory: Memory) -> None:
    assert find(memory)[0] == SHED.id
    judge(memory, SHED.id, -1)
    assert SHED.id not in find(memory)
    assert SHED.id not in find(memory, "the blue garden KEY, where did I put it")
    assert find(memory, "Which key hangs in the shed?")[0] == SHED.id
    judge(memory, SHED.id, 0)
    assert find(memory)[0] == SHED.id


def test_more_like_this_comes_first(memory: Memory) -> None:
    assert find(memory)[0] != ROSES.id
    judge(memory, ROSES.id, 1)
    assert find(memory)[0] == ROSES.id


def test_what_was_liked_stays_within_the_callers_limits(memory: Memory) -> None:
    judge(memory, ROSES.id, 1)
    assert ROSES.id not in find(memory, scope=Scope(since_us=POOL.started_us))


def test_a_verdict_goes_with_its_moment_and_with_what_was_asked(memory: Memory) -> None:
    judge(memory, SHED.id, -1)
    judge(memory, POOL.id, 1)
    memory.forget([SHED.id])
    assert read_judged(memory, QUESTION) == Judged(liked=(POOL.id,))
    memory.feedback.forget_asked()
    assert read_judged(memory, QUESTION) == Judged()


def test_a_verdict_on_a_moment_that_is_gone_is_no_error(memory: Memory) -> None:
    judge(memory, "gone", -1)
    assert read_judged(memory, QUESTION) == Judged()


def test_the_query_moves_to_what_was_liked_and_stays_a_direction(memory: Memory) -> None:
    embedder = build_embedder()
    query = embedder.embed(["unrelated words entirely"])[0]
    target = memory.find_vectors([ROSES.id], model=embedder.producer, unit="moment")[ROSES.id][0]
    moved = Judged(liked=(ROSES.id,), disliked=(SHED.id,)).move(query, memory, embedder)
    assert moved.dtype == np.float32
    assert float(np.linalg.norm(moved)) == pytest.approx(1.0, abs=1e-5)
    assert float(moved @ target) > float(query @ target)
    assert Judged().move(query, memory, embedder) is query
    assert np.array_equal(Judged(liked=("gone",)).move(query, memory, embedder), query)


def test_questions_are_the_same_by_their_content_words() -> None:
    assert question_key("Where is the key?") == question_key("the keys, where are they")
    assert question_key("What about it?") == "what about it"  # of function words only: it stands for itself


def test_what_was_asked_is_kept_once_newest_first_and_bounded(memory: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("memory.feedback_book.N_ASKED", 3)
    for at, question in enumerate(["one", "two", "one", "three", "four"]):
        memory.feedback.note_asked(question, at_us=at)
    assert memory.feedback.list_asked() == ["four", "three", "one"]
    assert memory.feedback.list_asked(1) == ["four"]
