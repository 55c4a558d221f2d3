"""``madeleine timeline``: events through the command line, from import to forgetting."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.clock import now_us, to_datetime
from models.protocols import CancelToken
from recall.feedback import Judged, question_key, read_judged
from tests.support.app_engine import CommandLine, build_fake_engine
from tests.support.app_memory import write_moments_file
from tests.support.memory_samples import build_utterance

MORNING = [(f"2026-10-13 09:{n:02d}", f"hedge compost tulips, line {n}") for n in range(6)]
EVENING = [(f"2026-10-13 19:{n:02d}", f"budget invoice licences, line {n}") for n in range(6)]
NIGHT = [("2026-10-14 01:30", "we are still awake")]


@pytest.fixture
def cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    monkeypatch.setattr("app.compose.build_engine", build_fake_engine)
    command = CommandLine(tmp_path / "home", capsys)
    for name, rows in (("morning", MORNING), ("evening", EVENING), ("night", NIGHT)):
        command("import", write_moments_file(tmp_path / f"{name}.moments.jsonl", rows, session=name))
    return command


def events_of(cli: CommandLine) -> list[dict[str, Any]]:
    return [event for day in cli("timeline", "--json").json["days"] for event in day["events"]]


def test_events_have_the_shape_of_the_contract_and_all_moments_are_in_one(cli: CommandLine) -> None:
    days = cli("timeline", "--json").json["days"]
    assert [len(day["events"]) for day in days] == [2, 1]
    for event in (event for day in days for event in day["events"]):
        assert {"id", "title", "summary", "started_at", "ended_at", "moments", "reason"} <= set(event)
        assert event["title"]
    members = {m: event["id"] for day in days for event in day["events"] for m in event["moments"]}
    assert members == {m["id"]: m["event"] for day in days for m in day["moments"]}
    assert "edge" in days[0]["events"][0]["title"] or "ompost" in days[0]["events"][0]["title"]


def test_what_is_found_says_its_event(cli: CommandLine) -> None:
    best = cli("search", "--json", "compost").json["moments"][0]
    assert best["event"] == events_of(cli)[0]["id"]


def test_the_timeline_reads_as_events_with_their_moments(cli: CommandLine) -> None:
    text = cli("timeline").out
    assert "2026-10-13  2 events, 12 moments" in text
    assert "  19:00-19:05  " in text
    assert "Nothing for 9 h 55 min before" in text
    assert cli("timeline", "--day", "2026-10-14").out.count("1 event, 1 moment") == 1


def test_an_event_is_made_of_what_is_left_after_forgetting(cli: CommandLine) -> None:
    first, second, night = events_of(cli)
    cli("forget", "--yes", "--id", first["moments"][0])
    left = events_of(cli)
    assert [event["id"] for event in left[1:]] == [second["id"], night["id"]]
    assert left[0]["moments"] == first["moments"][1:]
    for moment in night["moments"]:
        cli("forget", "--yes", "--id", moment)
    assert len(events_of(cli)) == 2


def test_made_anew_they_are_the_same(cli: CommandLine) -> None:
    before = events_of(cli)
    assert cli("reindex").code == 0
    assert events_of(cli) == before


def test_habits_are_told_with_the_events_that_show_them_and_go_with_them(cli: CommandLine, tmp_path: Path) -> None:
    assert "Nothing has come back" in cli("habits").out
    days = [f"2026-09-{n:02d}" for n in range(1, 21)]
    for day in days:
        line = {"kind": "utterance", "started_at": f"{day}T09:00:00+02:00", "text": f"On {day}", "speaker": "Ana"}
        (tmp_path / f"{day}.moments.jsonl").write_text(json.dumps(line) + "\n")
    cli("import", *(tmp_path / f"{day}.moments.jsonl" for day in days))
    (habit,) = cli("habits", "--json", "--weeks", "20").json["habits"]
    assert habit["text"] == "On most days: with Ana (20 of 21 days)."
    assert set(habit["events"]) <= {event["id"] for event in events_of(cli)}
    for day in cli("timeline", "--json", "--until", "2026-09-15").json["days"]:
        cli("forget", "--yes", *(part for m in day["moments"] for part in ("--id", m["id"])))
    assert cli("habits", "--json", "--weeks", "20").json["habits"] == []
    assert cli("habits", "--weeks", "0").code == 2


def test_facts_are_told_with_their_words_and_withdrawn_with_them(cli: CommandLine, tmp_path: Path) -> None:
    assert "Nothing was stated" in cli("facts").out
    rows = [
        ("2026-09-01T09:00:00+02:00", "My phone number is 030 5550199."),
        ("2026-09-20T09:00:00+02:00", "My new number is 030 5550188."),
    ]
    for n, (started_at, text) in enumerate(rows):
        line = {"kind": "utterance", "started_at": started_at, "text": text, "speaker": "Ana"}
        (tmp_path / f"fact-{n}.moments.jsonl").write_text(json.dumps(line) + "\n")
        cli("import", tmp_path / f"fact-{n}.moments.jsonl")
    [new] = cli("facts", "--json").json["facts"]
    assert (new["subject"], new["relation"], new["value"]) == ("Ana", "phone number", "030 5550188")
    assert new["evidence"][0]["quote"] == "My new number is 030 5550188."
    old = next(f for f in cli("facts", "--all", "--about", "Ana phone", "--json").json["facts"] if f != new)
    assert (old["standing"], old["replaced_by"], old["until"]) == ("superseded", "030 5550188", new["since"])
    assert "(heard 2026-09-01; until 2026-09-20, then 030 5550188)" in cli("facts", "--all").out
    assert cli("reindex").code == 0
    assert cli("facts", "--json").json["facts"] == [new]
    cli("forget", "--yes", "--id", new["evidence"][0]["moment"])
    assert [fact["value"] for fact in cli("facts", "--json").json["facts"]] == ["030 5550199"]
    assert cli("facts", "--about", "nothing of the kind", "--json").json["facts"] == []


def test_who_forgets_waits_for_few_facts_and_the_idle_look_reads_the_rest(tmp_path: Path) -> None:
    with closing(build_fake_engine(tmp_path)) as engine:
        engine.memory.write_moments([build_utterance(f"Line {n}.", ordinal=n) for n in range(1_010)])
        gone = next(engine.memory.iter_moments(limit=1))
        engine.forget([gone.id])
        assert len(engine.memory.claims.list_unread(limit=99)) == 9
        stopped = CancelToken()
        stopped.cancel()
        engine.unload_idle(stopped)
        assert len(engine.memory.claims.list_unread(limit=99)) == 9
        engine.unload_idle()
        assert engine.memory.claims.list_unread(limit=99) == []


def test_what_was_said_of_evidence_of_today_is_kept_with_the_day(tmp_path: Path) -> None:
    with closing(build_fake_engine(tmp_path)) as engine:
        moment = build_utterance("The key is in the shed.", ordinal=1)
        engine.memory.write_moments([moment])
        engine.judge("Where is the key today?", moment.id, -1)
        assert engine.find_judged("where is the key, today").disliked == (moment.id,)
        now = to_datetime(now_us(), engine.zone)
        tomorrow = question_key("Where is the key today?", now + timedelta(days=1))
        assert read_judged(engine.memory, tomorrow) == Judged()
        engine.unjudge("Where is the key today?")
        assert engine.find_judged("Where is the key today?") == Judged()
