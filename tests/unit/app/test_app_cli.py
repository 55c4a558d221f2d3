from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from app.cli import COMMANDS, build_parser, find_wanted
from app.commands import settings as settings_command
from app.settings import Settings
from memory.errors import DiskFull
from models.errors import WeightsMissing
from tests.support.app_engine import CommandLine
from tests.support.app_memory import write_moments_file
from tests.support.ingest_files import write_picture, write_wav

ROWS = [
    ("2026-10-13 09:30", "The gate code is 5927 from Friday on."),
    ("2026-10-13 09:31", "Bring the blue key."),
    ("2026-10-12 18:00", "The dentist moved to the third of November."),
]
MOMENT = {"id", "kind", "started_at", "ended_at", "text"}


@pytest.fixture
def known(cli: CommandLine, tmp_path: Path) -> CommandLine:
    """A command line on a memory of three lines."""
    assert cli("import", write_moments_file(tmp_path / "talk.moments.jsonl", ROWS)).code == 0
    return cli


def batch_file(path: Path, *lines: object) -> Path:
    path.write_text("".join((x if isinstance(x, str) else json.dumps(x)) + "\n" for x in lines), encoding="utf-8")
    return path


def test_import_has_the_shape_of_the_contract(cli: CommandLine, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    write_wav(folder / "2026-10-14_09-30-00 talk.wav", 2.0)
    write_picture(folder / "IMG_20261014_102045.png")
    (folder / "note.txt").write_text("gate code 5927")
    (folder / "empty.png").write_bytes(b"")
    said = cli("import", "--json", folder)
    report = said.json
    assert {"imported", "duplicates", "failed", "moments", "sessions", "took_s"} <= set(report)
    assert (said.code, report["imported"], report["duplicates"], len(report["sessions"])) == (1, 3, 0, 1)
    assert [Path(f["path"]).name for f in report["failed"]] == ["empty.png"]
    assert report["failed"][0]["error"]
    assert "empty.png" in said.err
    again = cli("import", "--json", folder).json
    assert (again["imported"], again["duplicates"], again["moments"]) == (0, 3, 0)


def test_search_has_the_shape_of_the_contract(known: CommandLine) -> None:
    result = known("search", "--json", "gate code").json
    assert {"query", "interpreted", "took_ms", "moments"} <= set(result)
    assert {"since", "until", "kinds", "people", "places", "apps", "terms"} <= set(result["interpreted"])
    best = result["moments"][0]
    assert set(best) >= MOMENT | {"score", "signals", "external_id", "audio"}
    assert set(best["audio"]) == {"session", "stream", "azimuth_deg", "speaker"}
    assert best["external_id"] == "talk-0"
    assert datetime.fromisoformat(best["started_at"]).isoformat() == "2026-10-13T09:30:00+02:00"


def test_a_picture_and_a_recording_carry_their_media(cli: CommandLine, tmp_path: Path) -> None:
    cli("import", write_wav(tmp_path / "talk.wav", 3.0), write_picture(tmp_path / "shot.png"))
    by_kind: dict[str, Any] = {}
    for day in cli("timeline", "--json").json["days"]:
        by_kind |= {m["kind"]: m for m in day["moments"]}
    heard = by_kind.pop("utterance")
    assert set(heard["media"]) == {"path", "offset_s", "duration_s"}
    assert heard["media"]["duration_s"] > 0
    (seen,) = by_kind.values()
    assert Path(seen["media"]["path"]).is_file()
    assert "Invoice 4711" in seen["text"]


def test_ask_has_the_shape_of_the_contract(known: CommandLine) -> None:
    answer = known("ask", "--json", "What is the gate code?").json
    wanted = {"question", "answer", "abstained", "citations", "evidence", "took_ms", "tokens", "model"}
    assert wanted <= set(answer)
    assert set(answer["took_ms"]) == {"retrieve", "first_token", "total"}
    assert set(answer["tokens"]) == {"prompt", "completion"}
    assert not answer["abstained"]
    (citation,) = answer["citations"]
    assert set(citation) == {"n", "moment", "quote"}
    cited = next(m for m in answer["evidence"] if m["id"] == citation["moment"])
    assert citation["quote"] in cited["text"]
    assert set(answer.get("quote", {"text": 0, "moment": 0, "certain": 0})) == {"text", "moment", "certain"}


def test_a_no_has_its_reason(known: CommandLine) -> None:
    said = known("ask", "--json", "zyxgrf qwrtpl?")
    assert (said.code, said.json["abstained"], said.json["reason"]) == (0, True, "not_in_memory")
    assert said.json["citations"] == []


def test_timeline_has_days_in_order_with_their_moments(known: CommandLine) -> None:
    days = known("timeline", "--json").json["days"]
    assert [day["date"] for day in days] == ["2026-10-12", "2026-10-13"]
    assert all(set(day) >= {"date", "events", "moments", "gaps"} for day in days)
    assert [m["text"] for m in days[1]["moments"]] == [ROWS[0][1], ROWS[1][1]]
    assert [d["date"] for d in known("timeline", "--json", "--day", "2026-10-12").json["days"]] == ["2026-10-12"]
    late = known("timeline", "--json", "--since", "2026-10-13T09:31").json["days"]
    assert [m["text"] for day in late for m in day["moments"]] == [ROWS[1][1]]


def test_forget_takes_a_moment_away(known: CommandLine) -> None:
    moment = known("search", "--json", "gate code").json["moments"][0]["id"]
    said = known("forget", "--json", "--yes", "--id", moment)
    assert (said.code, said.json) == (0, {"forgotten": [moment]})
    assert moment not in {m["id"] for m in known("search", "--json", "gate code").json["moments"]}
    assert known("forget", "--yes", "--id", moment).code == 4


def test_forget_without_yes_and_without_anyone_to_ask_deletes_nothing(
    known: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("y"))
    moment = known("search", "--json", "gate code").json["moments"][0]["id"]
    assert known("forget", "--id", moment).code == 2
    assert known("search", "--json", "gate code").json["moments"][0]["id"] == moment


def test_reindex_leaves_the_same_to_be_found(known: CommandLine) -> None:
    before = known("search", "--json", "gate code").json["moments"]
    assert known("reindex", "--json").json["moments"] == len(ROWS)
    assert known("search", "--json", "gate code").json["moments"] == before


def test_doctor_says_what_is_missing_and_what_to_do(known: CommandLine) -> None:
    said = known("doctor", "--json")
    assert said.code == 3
    assert not said.json["ok"]
    missing = [f for f in said.json["findings"] if f["name"] == "weights" and not f["ok"]]
    assert missing
    assert all("models pull" in f["hint"] for f in missing)
    assert all(f["ok"] for f in said.json["findings"] if f["name"] not in {"weights", "disk", "sound"})
    words = known("doctor")
    assert "LOOK" in words.out
    assert "models pull" in words.out


@pytest.mark.parametrize("command", ["search", "ask"])
def test_batch_gives_a_line_for_each_line_with_its_id(known: CommandLine, tmp_path: Path, command: str) -> None:
    key = {"search": "query", "ask": "question"}[command]
    lines: list[object] = [
        {"id": "a", key: "What is the gate code?"},
        "{not json",
        {"id": "b"},
        "[1, 2]",
        {"id": "c", key: "dentist\u2028third", "since": "2026-10-12", "until": "2026-10-13"},
        {"id": "d", key: "gate code", "since": "soon"},
        {"id": 7, key: "zyxgrf qwrtpl"},
    ]
    path = batch_file(tmp_path / "batch.jsonl", *lines)
    path.write_text(path.read_text().replace("\\u2028", "\u2028"), encoding="utf-8")  # raw, as JSON allows
    said = known(command, "--json", "--batch", path)
    assert said.code == 1
    assert [line["id"] for line in said.lines] == ["a", None, None, None, "c", "d", 7]
    assert [("error" in line) for line in said.lines] == [False, True, True, True, False, True, False]
    assert [line["line"] for line in said.lines if line["id"] is None] == [2, 3, 4]
    found = said.lines[4]["moments" if command == "search" else "evidence"]
    assert {m["text"] for m in found} <= {ROWS[2][1]}


def test_batch_passes_limits_and_kinds_on(known: CommandLine, tmp_path: Path) -> None:
    path = batch_file(
        tmp_path / "batch.jsonl",
        {"id": 1, "query": "gate key dentist", "limit": 1},
        {"id": 2, "query": "gate key dentist", "kinds": "photo"},
        {"id": 3, "query": "gate", "limit": "many"},
        {"id": 4, "query": "gate", "kinds": ["dream"]},
    )
    one, none, bad, unknown = known("search", "--json", "--batch", path).lines
    assert (len(one["moments"]), none["moments"]) == (1, [])
    assert "limit" in bad["error"]
    assert "dream" in unknown["error"]


def test_a_batch_that_is_not_there_is_not_found(known: CommandLine, tmp_path: Path) -> None:
    assert known("search", "--batch", tmp_path / "nowhere.jsonl").code == 4
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    assert known("ask", "--batch", tmp_path / "binary").code == 2


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("search", ""), 2, "empty"),
        (("search", "   "), 2, "empty"),
        (("ask", " \n"), 2, "empty"),
        (("search",), 2, "empty"),
        (("search", "x", "--kind", "dream"), 2, "dream"),
        (("search", "x", "--since", "soon"), 2, "soon"),
        (("search", "x", "--limit", "0"), 2, "limit"),
        (("search", "x", "--limit", "many"), 2, "many"),
        (("timeline", "--day", "2026-02-30"), 2, "2026-02-30"),
        (("import", "x", "--at", "noon"), 2, "noon"),
        (("forget", "--yes", "--id", "m000"), 4, "m000"),
        (("dream",), 2, "dream"),
        (("import",), 2, "PATH"),
        (("models", "list", "none-of-these"), 3, "none-of-these"),
    ],
)
def test_a_wrong_word_is_told_with_its_exit_code(
    cli: CommandLine, arguments: tuple[str, ...], code: int, words: str
) -> None:
    said = cli(*arguments)
    assert said.code == code
    assert words in said.err
    assert "Traceback" not in said.err
    assert said.out == ""


def test_nothing_close_is_said_and_is_no_error(known: CommandLine) -> None:
    said = known("search", "zyxgrf qwrtpl")
    assert (said.code, said.out) == (0, "Nothing close to that is in the memory.\n")


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (WeightsMissing("The weights are not here.", hint="Run: madeleine models pull"), 3, "models pull"),
        (DiskFull("The disk is full.", hint="Free some space."), 3, "Free some space."),
        (PermissionError(13, "Permission denied"), 3, "Permission denied"),
        (ZeroDivisionError("secret words"), 3, "MADELEINE_DEBUG"),
        (KeyboardInterrupt(), 1, "Stopped"),
    ],
)
def test_errors_are_sentences_and_never_tracebacks(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, words: str
) -> None:
    def fail(*_arguments: object, **_named: object) -> None:
        raise error

    monkeypatch.setattr("app.compose.build_engine", fail)
    said = cli("search", "--json", "gate")
    assert (said.code, said.out) == (code, "")
    assert words in said.err
    assert "Traceback" not in said.err
    assert "secret words" not in said.err


def test_a_file_name_that_is_not_text_is_imported_and_printed(cli: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    path = os.fsencode(tmp_path) + b"/in/note-\xff.txt"
    with open(path, "wb") as file:
        file.write(b"gate code 5927")
    said = cli("import", "--json", tmp_path / "in")
    assert said.code == 0, said.err
    assert said.json["imported"] == 1
    assert cli("search", "--json", "gate code").json["moments"][0]["text"] == "gate code 5927"


def test_a_folder_that_holds_the_memory_itself_is_imported_without_it(cli: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("gate code 5927")
    write_picture(tmp_path / "shot.png")
    for imported, duplicates in ((2, 0), (0, 2)):
        said = cli("import", "--json", tmp_path)
        assert (said.code, said.json["imported"], said.json["duplicates"]) == (0, imported, duplicates)
        assert said.json["failed"] == []


def test_without_a_command_the_window_is_meant() -> None:
    assert build_parser().parse_args([]).command is None
    assert build_parser().parse_args(["app"]).command == "app"


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("", ["app"]),
        ("--home search", ["app"]),
        ("--home=search", ["app"]),
        ("--home x search --json a", ["search"]),
        ("--help", [*COMMANDS]),
        ("serach a", [*COMMANDS]),
        ("--ho x app", [*COMMANDS]),
    ],
)
def test_a_line_costs_only_the_command_it_names(line: str, wanted: list[str]) -> None:
    assert [*find_wanted(line.split())] == wanted


HEAVY = (
    "numpy PIL av soundfile soxr chromadb ctranslate2 faster_whisper onnxruntime rapidocr llama_cpp tokenizers PySide6 "
    "sqlite3".split()
)


def test_help_imports_nothing_heavy() -> None:
    script = (
        "import sys\nfrom app.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit as left:\n    assert not left.code\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert "import" in done.stdout
    assert done.stderr.strip() == "[]"


def test_every_command_has_help() -> None:
    text = build_parser().format_help()
    for command in COMMANDS:
        assert f"\n    {command} " in text or f"\n    {command}\n" in text


def test_what_was_understood_can_be_taken_out_again(known: CommandLine, tmp_path: Path) -> None:
    words = "gate code on 1 October 2026, except notes"
    told = known("search", "--json", words).json["interpreted"]
    assert told["since"].startswith("2026-10-01")
    assert (told["without"], told["asks"], told["anchor"]) == ({"people": [], "kinds": ["note"]}, [], None)
    told = known("search", "--json", "--ignore", "when", "--ignore", "not:note", words).json["interpreted"]
    assert (told["since"], told["without"]["kinds"], told["ignored"]) == (None, [], ["not:note", "when"])
    batch = batch_file(
        tmp_path / "q.jsonl",
        {"id": 1, "question": words, "ignore": ["when"]},
        {"id": 2, "question": words, "ignore": 7},
    )
    first, second = known("ask", "--batch", batch, "--json").lines
    assert first["interpreted"]["ignored"] == ["when"]
    assert "“ignore” must be a list" in second["error"]


def test_a_line_of_a_batch_can_follow_up_on_another(known: CommandLine, tmp_path: Path) -> None:
    batch = batch_file(
        tmp_path / "q.jsonl",
        {"id": "a", "question": "What is the gate code?"},
        {"id": "b", "question": "And when was that?", "after": "a"},
        {"id": "c", "question": "And when was that?", "after": "none"},
    )
    first, second, third = known("ask", "--batch", batch, "--json").lines
    assert second["answer"] == "13 October 2026 at 09:30 [1]."
    assert second["citations"][0]["moment"] == first["citations"][0]["moment"]
    assert second["interpreted"]["follows"] == "when was that (“What is the gate code”)?"
    assert "“after” must be the id" in third["error"]


def test_failed_files_are_listed_and_tried_again_and_space_is_told(cli: CommandLine, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    assert cli("import", empty).code == 1
    assert [row["path"] for row in cli("import", "--failed", "--json").json["failed"]] == [str(empty)]
    empty.write_text("The gate code is 5927.")
    assert cli("import", "--retry", "--json").json["imported"] == 1
    assert cli("import", "--failed").out == "No file has failed.\n"
    assert cli("import").code == 2
    told = cli("storage", "--json").json
    assert told["bytes"] == sum(part["bytes"] for part in told["stored"]) > 0
    assert "A month costs about" in cli("storage").out


def test_a_model_to_measure_or_remove_is_named(cli: CommandLine) -> None:
    for what in ("measure", "remove"):
        said = cli("models", what)
        assert said.code == 2
        assert "minilm-l6" in said.err


def test_every_setting_can_be_read_and_changed_on_the_command_line() -> None:
    told = set(settings_command._WORDS)
    assert told == {field.name for field in fields(Settings)} - settings_command.KEPT_BY_THE_WINDOW
