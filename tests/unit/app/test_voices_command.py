"""``madeleine voices``: what a name changes is what search and the timeline show."""

from __future__ import annotations

from pathlib import Path

from app.errors import Exit
from tests.support.app_engine import CommandLine
from tests.support.ingest_files import write_tones


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
