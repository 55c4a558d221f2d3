from __future__ import annotations

import json
from pathlib import Path

import pytest

from memory.store import Memory
from tests.support.app_engine import CommandLine
from tests.support.app_memory import remember
from tests.support.recall_room import room

CAR = "What did I miss while I was following the conversation about the car repair?"


@pytest.fixture
def known(cli: CommandLine) -> CommandLine:
    """A command line on a memory of one room with two conversations."""
    with Memory.open(cli.home, use_chroma=False) as memory:
        remember(memory, room())
    return cli


def test_missed_has_the_shape_of_the_contract(known: CommandLine) -> None:
    said = known("missed", "--json", CAR)
    missed = said.json
    assert said.code == 0
    assert set(missed) == {"question", "session", "attended", "missed", "contrast", "took_ms"}
    assert (missed["question"], missed["session"]) == (CAR, "room")
    assert set(missed["attended"]) == {"streams", "moments", "summary"}
    assert missed["attended"]["streams"] == [{"azimuth_deg": 140.0, "speakers": []}]
    (other,) = missed["missed"]
    assert set(other) == {"stream", "moments", "summary", "points"}
    assert other["stream"]["azimuth_deg"] == 290.0
    ids = {m["id"] for m in other["moments"]}
    assert other["points"]
    for point in other["points"]:
        assert set(point) == {"text", "moments"}
        assert set(point["moments"]) <= ids
    assert all(m["media"]["duration_s"] > 0 for m in other["moments"])


def test_missed_is_told_in_words(known: CommandLine) -> None:
    out = known("missed", CAR).out
    assert out.startswith("While you followed the conversation about the car repair at 140°")
    assert "290°" in out
    assert "12:00:01  The school play is on the fifteenth of December." in out


def test_a_batch_gives_one_line_each_and_may_name_the_recording(known: CommandLine, tmp_path: Path) -> None:
    batch = tmp_path / "batch.jsonl"
    rows = [
        {"id": 1, "question": CAR, "session": "room"},
        {"id": 2, "question": "What did I miss while following the conversation about zebras?"},
        {"id": 3, "question": CAR, "session": "elsewhere"},
        {"id": 4, "question": CAR, "followed_streams": [1]},
        {"id": 5, "question": CAR, "followed_streams": "1"},
    ]
    batch.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    said = known("missed", "--batch", batch)
    first, second, third, corrected, unusable = said.lines
    assert [line["id"] for line in said.lines] == [1, 2, 3, 4, 5]
    assert first["missed"]
    assert (second["missed"], second["session"], second["reason"]) == ([], None, "not_found")
    assert "error" in third
    assert corrected["attended"]["streams"][0]["azimuth_deg"] == 290.0
    assert "followed_streams" in unusable["error"]
    assert said.code == 1


def test_a_recording_that_is_not_there_is_said(known: CommandLine) -> None:
    said = known("missed", "--session", "elsewhere", CAR)
    assert (said.code, said.out) == (4, "")
    assert "elsewhere" in said.err


def test_an_empty_question_is_a_mistake_of_usage(known: CommandLine) -> None:
    assert known("missed", " ").code == 2
