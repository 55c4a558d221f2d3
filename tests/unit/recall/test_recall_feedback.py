"""What the user says of evidence: it holds for the question in its words and of its days, and can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
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


def find(memory: Memory, question: str = QUESTION, scope: Scope | None = None, now: datetime = NOW) -> list[str]:
    retriever = Retriever(memory, build_embedder())
    found = search(retriever, question, scope=scope or Scope(), limit=10, now=now).found
    assert [f.score for f in found] == sorted((f.score for f in found), reverse=True)
    return [f.moment.id for f in found]


def judge(memory: Memory, moment: str, value: int, question: str = QUESTION) -> None:
    memory.feedback.judge(question_key(question, NOW), moment, value, at_us=1)


def test_not_this_keeps_a_moment_out_of_the_same_question_only(memory: Memory) -> None:
    assert find(memory)[0] == SHED.id
    judge(memory, SHED.id, -1)
    assert SHED.id not in find(memory)
    assert SHED.id not in find(memory, "where did I put the blue, garden KEY")
    assert SHED.id in find(memory, "the blue garden key, where did I put it")
    assert SHED.id in find(memory, "Where did I not put the blue garden key?")
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
    assert read_judged(memory, question_key(QUESTION, NOW)) == Judged(liked=(POOL.id,))
    memory.feedback.forget_asked()
    assert read_judged(memory, question_key(QUESTION, NOW)) == Judged()


def test_a_verdict_on_a_moment_that_is_gone_is_no_error(memory: Memory) -> None:
    judge(memory, "gone", -1)
    assert read_judged(memory, question_key(QUESTION, NOW)) == Judged()


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


@pytest.mark.parametrize(
    ("one", "other", "are_same"),
    [
        ("Where is the key?", "where is THE key", True),
        ("Is Tom’s key here?", "is Tom's key here", True),
        ("Where is the key?", "the keys, where are they", False),
        ("What did Ana say before the dentist?", "What did I tell Ana after the dentist?", False),
        ("Did I not pay the rent?", "Did I pay the rent?", False),
        ("Who called Ana?", "Who did Ana call?", False),
        ("?!", "?!", True),
        ("?!", "...", False),
    ],
)
def test_questions_are_the_same_by_their_words_in_order(one: str, other: str, are_same: bool) -> None:
    assert (question_key(one, NOW) == question_key(other, NOW)) is are_same


@pytest.mark.parametrize("time", ["today", "yesterday", "last month", "next week", "two hours ago", "right now"])
def test_a_question_of_a_time_that_moves_is_another_one_later(time: str) -> None:
    text = f"What did Ana say {time}?"
    assert question_key(text, NOW) == question_key(text, NOW + timedelta(hours=1))
    assert question_key(text, NOW) != question_key(text, NOW + timedelta(days=32))


def test_a_verdict_of_one_day_says_nothing_of_another(memory: Memory) -> None:
    question = "Where did I put the blue garden key this week?"
    judge(memory, SHED.id, -1, question)
    assert SHED.id not in find(memory, question)
    assert SHED.id in find(memory, question, now=NOW + timedelta(days=7))
    judge(memory, SHED.id, -1, "Where did I put the blue garden key on 12 October 2026?")
    later = NOW + timedelta(days=7)
    assert SHED.id not in find(memory, "Where did I put the blue garden key on 12 October 2026?", now=later)


def test_what_was_liked_is_no_surer_than_the_best_that_was_found(memory: Memory) -> None:
    retriever = Retriever(memory, build_embedder())
    before = search(retriever, QUESTION, scope=Scope(), limit=10, now=NOW).found
    judged = Judged(liked=(before[-1].moment.id,))
    put = judged.put_first(before, before)
    assert put[0].moment.id == before[-1].moment.id
    assert [f.score for f in put[:2]] == [before[0].score] * 2
    assert before[0].score < 1.0


def test_what_was_asked_is_kept_once_newest_first_and_bounded(memory: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("memory.feedback_book.N_ASKED", 3)
    for at, question in enumerate(["one", "two", "one", "three", "four"]):
        memory.feedback.note_asked(question, at_us=at)
    assert memory.feedback.list_asked() == ["four", "three", "one"]
    assert memory.feedback.list_asked(1) == ["four"]
