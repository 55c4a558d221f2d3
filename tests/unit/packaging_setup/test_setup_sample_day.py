import json
from pathlib import Path
from typing import Any

import pytest
from sample import list_examples
from sample_day_questions import Question, Sources, judge, load_questions, spread

HELD = Question("1", "What is broken?", ("fridge", "20"), (), "a.flac")
NOTED = Question("3", "What is the code?", ("fridge",), (), "n.txt")
BOTH = Question("4", "Name and password?", (), ("Tasca", "44"), "a.flac")
NOT_HELD = Question("2", "Who called?", (), (), "")


@pytest.fixture
def sources(tmp_path: Path) -> Sources:
    (tmp_path / "a.flac").write_bytes(b"sound")
    (tmp_path / "b.flac").write_bytes(b"noise")
    (tmp_path / "n.txt").write_bytes(b"words")
    files = [
        {"file": name, "kind": kind, "started_at": "2026-10-14T21:30:00+01:00"}
        for name, kind in (("a.flac", "recording"), ("b.flac", "recording"), ("n.txt", "note"))
    ]
    (tmp_path / "truth.json").write_text(json.dumps({"files": files}))
    return Sources(tmp_path, tmp_path / "truth.json")


def answer(text: str, *, file: str = "a.flac", abstained: bool = False) -> dict[str, Any]:
    media = {"path": file} if file else {}
    moment: dict[str, Any] = {"id": "m", "started_at": "2026-10-14T21:30:00+00:00", "media": media}
    citations = [] if abstained else [{"n": 1, "moment": "m", "quote": text}]
    return {"answer": text, "abstained": abstained, "citations": citations, "evidence": [moment]}


@pytest.mark.parametrize(
    ("question", "result", "verdict"),
    [
        (HELD, answer("The Fridge [1]."), "right"),
        (NOTED, answer("The fridge", file=""), "right"),
        (NOTED, answer("The fridge"), "wrong"),
        (HELD, answer("On the 20th"), "right"),
        (HELD, answer("In 2026"), "wrong"),
        (BOTH, answer("tasca, 44."), "right"),
        (BOTH, answer("tasca, 445"), "wrong"),
        (BOTH, answer("tasca"), "wrong"),
        (HELD, answer("The fridge", file="b.flac"), "wrong"),
        (HELD, answer("The oven"), "wrong"),
        (HELD, answer("The memory does not hold that.", abstained=True), "abstained"),
        (NOT_HELD, answer("The memory does not hold that.", abstained=True), "right"),
        (NOT_HELD, answer("Clara"), "wrong"),
    ],
)
def test_an_answer_is_judged_by_its_words_and_its_source(
    question: Question,
    result: dict[str, Any],
    verdict: str,
    sources: Sources,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert judge(question, result, sources) == verdict


def test_some_questions_are_of_every_kind() -> None:
    questions = load_questions()
    some = spread(questions, 16)
    assert len({question.id for question in some}) == 16
    suffixes = {Path(question.source).suffix for question in some}
    assert suffixes >= {".flac", ".jpg", ".png", ""}
    assert spread(questions, 0) == questions


def test_the_window_is_given_questions_of_the_day_what_was_missed_first() -> None:
    first, *others = list_examples()
    assert first == "What did I miss while I was following the conversation about the new apartment?"
    assert "How much is the rent of the new apartment?" in others
    assert not any("stand-up" in question for question in others)
