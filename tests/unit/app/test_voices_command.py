"""``madeleine voices``: what a name changes is what search and the timeline show."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import Exit
from memory.store import Memory
from tests.support.app_engine import CommandLine
from tests.support.ingest_files import write_picture, write_tones, write_wav
from tests.support.recall_room import heard


def test_name_list_and_forget(cli: CommandLine, tmp_path: Path) -> None:
    write_tones(tmp_path / "a.wav", (4.0, 300.0))
    assert cli("import", str(tmp_path / "a.wav"), "--at", "2026-03-04T15:00:00Z", "--json").code == Exit.DONE
    (voice,) = cli("voices", "list", "--json").json["voices"]
    assert (voice["name"], voice["utterances"] > 0, voice["enrolled"]) == (None, True, False)
    shown = cli("timeline", "--json").json["days"][0]["moments"][0]["audio"]
    assert (shown["speaker"], shown["voice"]) == (None, voice["id"])

    assert cli("voices", "name", voice["id"], "Ana", "--json").json["voices"][0]["name"] == "Ana"
    assert cli("search", "Ana", "--json").json["interpreted"]["people"] == ["Ana"]
    assert cli("timeline", "--json").json["days"][0]["moments"][0]["audio"]["speaker"] == "Ana"
    assert "Ana" in cli("voices", "list").out

    assert cli("voices", "name", "v99", "Ana").code == Exit.NOT_FOUND
    assert cli("voices", "name", voice["id"], "12").code == Exit.USAGE
    assert cli("voices", "forget", voice["id"]).code == Exit.DONE
    assert cli("voices", "list", "--json").json["voices"] == []
    assert cli("timeline", "--json").json["days"][0]["moments"][0]["audio"]["speaker"] is None


def test_the_voice_that_is_nearest_again_and_again_is_offered_as_ones_own(cli: CommandLine) -> None:
    """Two people in two recordings; the second one is ten decibels louder in both."""
    with Memory.open(cli.home, use_chroma=False) as memory:
        lines = {
            (voice, session): heard([(4.0 * n, 4.0 * n + 3, f"Line {n}.") for n in range(3)], azimuth_deg=90.0 * voice,
                                    stream=voice, session=session)
            for session in ("monday", "tuesday") for voice in (0, 1)
        }  # fmt: skip
        for (voice, _session), moments in lines.items():
            memory.write_moments([replace(m, details={"level_db": -30.0 + 10 * voice}) for m in moments])
        memory.voices.assign(
            [(None, [m.id for (of, _session), moments in lines.items() if of == voice for m in moments])
             for voice in (0, 1)]
        )  # fmt: skip
    voices = cli("voices", "list", "--json").json["voices"]
    (nearest,) = [voice for voice in voices if "nearest" in voice]
    assert (nearest["id"], nearest["nearest"]) == ("v2", {"in": 2, "of": 2})
    assert "If this is you: madeleine voices name v2 me" in cli("voices", "list").out
    cli("voices", "name", "v2", "me")
    assert not any("nearest" in voice for voice in cli("voices", "list", "--json").json["voices"])


def _cut(path: Path) -> None:
    data = write_wav(path, 8.0).read_bytes()
    path.write_bytes(data[:20])


BAD: dict[str, tuple[Callable[[Path], object], str]] = {
    "silence": (lambda path: write_wav(path, 8.0, hz=0.0), "holds no speech"),
    "damaged": (lambda path: path.write_bytes(b"RIFF" + bytes(range(256)) * 40), "damaged"),
    "cut": (_cut, "no sound"),
    "empty": (lambda path: path.touch(), "is empty (0 bytes)"),
    "picture": (lambda path: write_picture(path, format="PNG"), "holds a picture, not a voice"),
    "text": (lambda path: path.write_text("Shopping: bread, milk."), "text"),
    "folder": (lambda path: path.mkdir(), "not a file but a folder"),
    "pipe": (lambda path: os.mkfifo(path), "not a file but a"),
}


@pytest.mark.parametrize("fault", BAD)
def test_enrolling_from_what_is_no_voice_is_refused_in_words_and_changes_nothing(
    cli: CommandLine, tmp_path: Path, fault: str
) -> None:
    write_tones(tmp_path / "a.wav", (4.0, 300.0))
    cli("import", str(tmp_path / "a.wav"), "--at", "2026-03-04T15:00:00Z")
    before = cli("voices", "list", "--json").json
    make, words = BAD[fault]
    path = tmp_path / "voice.wav"
    make(path)
    said = cli("voices", "enrol", path, "--name", "Ana", "--json")
    assert (said.code, said.out) == (Exit.SOME_FAILED, "")
    assert words in said.err
    assert len(said.err.splitlines()) == 2  # and what to do
    assert cli("voices", "list", "--json").json == before


def test_enrolling_from_a_file_that_is_not_there(cli: CommandLine, tmp_path: Path) -> None:
    said = cli("voices", "enrol", tmp_path / "none.wav", "--name", "Ana")
    assert said.code == Exit.NOT_FOUND
    assert "There is no file" in said.err


def test_merge_undo_split_and_samples(cli: CommandLine) -> None:
    with Memory.open(cli.home, use_chroma=False) as memory:
        ours = heard([(4.0 * n, 4.0 * n + 3, f"Line {n}.") for n in range(3)], azimuth_deg=0.0, stream=0)
        theirs = heard([(20.0, 24.0, "Other.")], azimuth_deg=90.0, stream=1)
        sound = replace(memory.keep_bytes(b"RIFF", ".wav"), duration_s=3.0)
        memory.write_moments([replace(m, media=sound) for m in [*ours, *theirs]])
        memory.voices.assign([(None, [m.id for m in ours]), (None, [m.id for m in theirs])])
    assert cli("voices", "undo").code == Exit.NOT_FOUND
    assert cli("voices", "merge", "v1", "v2", "--json").json["voices"][0]["utterances"] == 4
    assert {v["id"]: v["utterances"] for v in cli("voices", "undo", "--json").json["voices"]} == {"v1": 3, "v2": 1}
    (other,) = cli("voices", "split", "v1", ours[0].id, "--to", "v2", "--json").json["voices"]
    assert (other["id"], other["utterances"]) == ("v2", 2)
    assert cli("voices", "split", "v1", ours[1].id, "--to", "v9").code == Exit.NOT_FOUND
    samples = cli("voices", "samples", "v1", "--json").json["moments"]
    assert {m["id"] for m in samples} == {ours[1].id, ours[2].id}
    assert "Line 1." in cli("voices", "samples", "v1").out
