"""Nothing leaves the machine, and nothing that was said or seen is written into a log."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.e2e_files import write_lines, write_page, write_speech
from tests.support.e2e_process import Madeleine

CUT_OFF = ("unshare", "--user", "--map-root-user", "--net")


def test_all_of_it_works_where_there_is_no_network(madeleine: Madeleine, tmp_path: Path) -> None:
    if (
        shutil.which(CUT_OFF[0]) is None
        or subprocess.run([*CUT_OFF, "true"], capture_output=True, check=False).returncode
    ):
        pytest.skip("this machine lets nobody make a network namespace")
    alone = replace(madeleine, prefix=CUT_OFF)
    routes = subprocess.run([*CUT_OFF, "cat", "/proc/net/route"], capture_output=True, text=True, check=True).stdout
    assert routes.splitlines()[1:] == []  # at most the head of a table: there is no way out
    folder = tmp_path / "in"
    folder.mkdir()
    write_page(folder / "2026-10-12 gate.png", "Code of the gate", "5927")
    write_speech(folder / "2026-10-12_10-00-00.wav")
    write_lines(folder / "talk.moments.jsonl", 4, name="offline")
    report = alone("import", "--json", folder)
    assert (report.code, report.json["imported"]) == (0, 3), report.err
    assert "5927" in alone("search", "--json", "code of the gate").json["moments"][0]["text"]
    answer = alone("ask", "--json", "What is the code of the gate?").json
    assert "5927" in answer["answer"]
    assert answer["citations"]
    assert alone("reindex").code == 0


CANARIES = ("canarytext", "canarypage", "canaryname", "canaryquestion", "canaryspeaker")
LOGGED = """
import logging, sys
logging.basicConfig(level=logging.DEBUG, filename=sys.argv[1])
logging.captureWarnings(True)
from app.cli import main
sys.exit(main(sys.argv[2:]))
"""


def test_the_fullest_log_holds_no_content(madeleine: Madeleine, tmp_path: Path) -> None:
    folder, log = tmp_path / "in", tmp_path / "all.log"
    folder.mkdir()
    write_page(folder / "canaryname shot.png", "canarypage 5927")
    (folder / "canaryname note.txt").write_text("The canarytext is kept under the stairs.")
    (folder / "canaryname broken.png").write_bytes(b"\x89PNG\r\n\x1a\n broken")
    (folder / "talk.moments.jsonl").write_text(
        '{"kind": "utterance", "started_at": "2026-10-12T10:00:00Z", "text": "canarytext again", '
        '"speaker": "canaryspeaker", "session": "s", "external_id": "1"}\n'
    )
    commands = (
        ("import", str(folder)),
        ("search", "canaryquestion about the stairs"),
        ("ask", "Where is the canarytext kept, canaryquestion?"),
        ("timeline", "--json"),
        ("reindex",),
    )
    for command in commands:
        process = madeleine.start_python("-c", LOGGED, str(log), "--home", str(madeleine.home), *command)
        process.communicate(timeout=600)
        assert process.returncode in (0, 1)
    logged = log.read_text("utf-8", "replace").lower()
    assert "import done: 3 files" in logged  # the log is alive
    assert {canary: logged.count(canary) for canary in CANARIES} == dict.fromkeys(CANARIES, 0)
