"""The three kinds of an honest no, from the command line to the store and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from memory.records import Gap
from memory.store import Memory
from tests.support.app_engine import CommandLine
from tests.support.app_memory import at_us, write_moments_file

ROWS = [
    ("2026-10-13 09:30", "The gate code is 5927 from Friday on."),
    ("2026-10-13 09:31", "Bring the blue key."),
]
NOTHING = ("2026-10-12T00:00:00+02:00", "2026-10-13T00:00:00+02:00")


@pytest.fixture
def known(cli: CommandLine, tmp_path: Path) -> CommandLine:
    """Two lines of 13 October; on 11 October the microphone was gone, on the 12th nothing was kept."""
    assert cli("import", write_moments_file(tmp_path / "talk.moments.jsonl", ROWS)).code == 0
    with Memory.open(cli.home, use_chroma=False) as memory:
        begun, over = at_us("2026-10-11 00:00"), at_us("2026-10-12 00:00")
        memory.add_gap(Gap(source="microphone", started_us=begun, ended_us=over, reason="unplugged"))
    return cli


def wait_to_be_read(home: Path, at: str) -> None:
    with Memory.open(home, use_chroma=False) as memory:
        file = {"sha256": "0" * 64, "name": "talk.wav", "file_us": at_us(at), "at_us": None}
        memory.jobs.add("talk.wav", stage="read", payload=file)


def why(cli: CommandLine, *words: str) -> tuple[bool, str, str]:
    said = cli("ask", "--json", *words)
    assert said.code == 0
    return said.json["abstained"], said.json["reason"], said.json["answer"]


def test_it_is_not_in_the_memory(known: CommandLine) -> None:
    words = "I don't know: nothing in the memory says this."
    assert why(known, "Who won the chess tournament?") == (True, "not_in_memory", words)
    assert why(known, "Who won the chess tournament on 13 October 2026?")[1] == "not_in_memory"


def test_it_is_not_read_yet(known: CommandLine) -> None:
    wait_to_be_read(known.home, "2026-10-13 12:00")
    words = "I don't know yet: some of what was captured is still being read."
    assert why(known, "Who won the chess tournament?") == (True, "not_indexed_yet", words)
    assert why(known, "Who won the chess tournament on 13 October 2026?")[1] == "not_indexed_yet"


@pytest.mark.parametrize(("stage", "reason"), [("transcribe", "not_indexed_yet"), ("embed", "not_in_memory")])
def test_what_waits_for_a_model_may_hold_it_unless_its_words_are_there(
    known: CommandLine, stage: str, reason: str
) -> None:
    with Memory.open(known.home, use_chroma=False) as memory:
        file = {"sha256": "0" * 64, "name": "talk.wav", "file_us": at_us("2026-10-13 12:00"), "at_us": None}
        job = memory.jobs.add("talk.wav", stage=stage, payload=file)
        memory.jobs.fail(job, "It waits for Whisper.", "Fetch it.", park=False)
    assert why(known, "Who won the chess tournament?")[1] == reason


def test_what_waits_cannot_hold_a_later_time(known: CommandLine) -> None:
    wait_to_be_read(known.home, "2026-10-10 12:00")
    assert why(known, "Who won the chess tournament on 13 October 2026?")[1] == "not_in_memory"


def test_nothing_was_recording(known: CommandLine) -> None:
    words = "I don't know: nothing was recording then."
    assert why(known, "Who won the chess tournament on 11 October 2026?") == (True, "not_recording", words)
    assert why(known, "Who won the chess tournament?", "--since", NOTHING[0], "--until", NOTHING[1])[1] == (
        "not_recording"
    )


def test_other_days_do_not_answer_for_a_gap(known: CommandLine) -> None:
    """The model would tell the gate code of the 13th; on the 11th nobody heard one."""
    assert not known("ask", "--json", "What is the gate code?").json["abstained"]
    assert why(known, "What was the gate code on 11 October 2026?")[:2] == (True, "not_recording")
