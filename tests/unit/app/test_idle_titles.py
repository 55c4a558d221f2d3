"""When events are named by the local model: manners, the command, and who comes first."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from app.engine import Engine
from app.idle_titles import LEFT_ALONE_S, IdleTitles
from app.power import available_bytes, is_on_mains
from app.quiet import Quiet
from models.errors import ModelError, WeightsMissing
from models.protocols import CancelToken
from tests.support.app_engine import CommandLine, build_fake_engine
from tests.support.app_memory import write_moments_file
from tests.support.models_fakes import ScriptedChat

LINES = [(f"2026-10-13 09:{n:02d}", f"The hedge is cut {n} times a year.") for n in range(3)]
REPLY = " Hedge\nSummary: The hedge is cut 1 times a year."


class Clock:
    now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def build_titles(engine: Engine, **signs: Any) -> tuple[IdleTitles, Clock, Quiet]:
    clock = Clock()
    quiet = Quiet(clock=clock)
    clock.now_s = LEFT_ALONE_S
    known = {
        "setting": lambda: "mains", "is_held": lambda: False, "idle_s": lambda: None, "is_on_mains": lambda: True,
        "free_bytes": lambda: 8_000_000_000, **signs,
    }  # fmt: skip
    return IdleTitles(engine._rooms.event_words, quiet=quiet, **known), clock, quiet


@pytest.fixture
def engine(tmp_path: Path) -> Any:
    path = write_moments_file(tmp_path / "talk.moments.jsonl", LINES, session="talk")
    with closing(build_fake_engine(tmp_path / "home", chat=ScriptedChat(REPLY))) as built:
        built.import_paths([path])
        yield built


@pytest.mark.parametrize(
    ("signs", "is_named"),
    [
        ({}, True),
        ({"setting": lambda: "off"}, False),
        ({"is_on_mains": lambda: False}, False),
        ({"is_on_mains": lambda: None}, False),
        ({"is_on_mains": lambda: False, "setting": lambda: "always"}, True),
        ({"free_bytes": lambda: 2_900_000_000, "setting": lambda: "always"}, False),
        ({"free_bytes": lambda: None}, False),
        ({"free_bytes": lambda: None, "setting": lambda: "always"}, True),
        ({"is_held": lambda: True, "setting": lambda: "always"}, False),
        ({"idle_s": lambda: 20.0}, False),  # in another program
        ({"idle_s": lambda: 2_000.0}, True),
    ],
)
def test_events_are_named_by_the_way_only_where_nobody_is_disturbed(
    engine: Engine, signs: dict[str, Any], is_named: bool
) -> None:
    titles, _clock, _quiet = build_titles(engine, **signs)
    assert titles.improve().n_titles == is_named
    assert engine.memory.events.list_events()[0].title.startswith("Hedge") or not is_named


def test_nothing_is_named_while_somebody_is_here_or_something_is_at_work(engine: Engine) -> None:
    titles, clock, quiet = build_titles(engine)
    with quiet.busy():
        assert "asked" in titles.why_not()
        assert titles.why_not(is_asked=True)
    assert titles.why_not() == "somebody was here a moment ago"
    assert titles.why_not(is_asked=True) == ""
    clock.now_s += LEFT_ALONE_S
    assert titles.why_not() == ""
    is_recording = True
    quiet.watch(lambda: is_recording)
    assert titles.why_not()
    is_recording = False
    assert titles.why_not() == ""


def test_who_comes_back_ends_it_at_the_next_token(engine: Engine) -> None:
    titles, _clock, quiet = build_titles(engine)
    chat = ScriptedChat([lambda _messages, _options: quiet.touch() or REPLY])
    engine._rooms.event_words._chat = chat
    assert titles.improve().n_read == 0
    assert len(chat.calls) == 1
    assert engine.memory.events.list_events()[0].words is None


def test_a_model_that_does_not_work_is_left_alone_until_the_next_start(
    engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_messages: object, _options: object) -> str:
        raise ModelError("no weights", hint="fetch them")

    titles, _clock, _quiet = build_titles(engine)
    engine._rooms.event_words._chat = chat = ScriptedChat([fail])
    with caplog.at_level("ERROR"):
        assert titles.improve().n_read == titles.improve().n_read == 0
    assert len(chat.calls) == 1
    with pytest.raises(ModelError):
        titles.improve_now(1, cancel=CancelToken())


def test_weights_that_came_meanwhile_are_used_without_a_new_start(engine: Engine) -> None:
    def lack(_messages: object, _options: object) -> str:
        raise WeightsMissing("no weights", hint="fetch them")

    titles, _clock, _quiet = build_titles(engine)
    engine._rooms.event_words._chat = ScriptedChat([lack, REPLY])
    assert [titles.improve().n_titles for _ in range(2)] == [0, 1]


def test_the_command_does_not_say_that_all_was_read_where_it_was_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    chat = ScriptedChat([lambda _messages, _options: quiet.touch() or REPLY, REPLY])
    engine = build_fake_engine(tmp_path / "home", chat=chat)
    quiet = engine.quiet
    monkeypatch.setattr(engine.titles, "_free_bytes", lambda: 8_000_000_000)
    monkeypatch.setattr("app.compose.build_engine", lambda *_paths, **_more: engine)
    changes: list[frozenset[str]] = []
    engine.hear_changes(changes.append)
    engine.import_paths([write_moments_file(tmp_path / "talk.moments.jsonl", LINES, session="talk")])
    cli = CommandLine(tmp_path / "home", capsys)
    said = cli("reflect").out
    assert "was read before" not in said
    assert "run it again" in said
    assert changes == [frozenset()]  # a window shows what was named


def test_a_question_ends_it_too(engine: Engine) -> None:
    with engine.quiet.by_the_way(cancel := CancelToken()):
        engine.ask("When is the hedge cut?")
        assert cancel.is_cancelled
    with engine.quiet.busy(), engine.quiet.by_the_way(late := CancelToken()):
        assert late.is_cancelled


def test_what_changes_meanwhile_ends_it_after_the_event_that_is_read(engine: Engine, tmp_path: Path) -> None:
    later = [("2026-10-13 19:00", "The budget is short of money.")]
    engine.import_paths([write_moments_file(tmp_path / "later.moments.jsonl", later, session="later")])
    told = iter([True, False, False])
    titles, _clock, _quiet = build_titles(engine, is_on_mains=lambda: next(told))
    assert titles.improve().n_read == 1


def test_the_command_names_events_now_and_takes_it_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("app.compose.build_engine", partial(build_fake_engine, chat=ScriptedChat(REPLY)))
    monkeypatch.setattr("app.engine.IdleTitles", partial(IdleTitles, free_bytes=lambda: 8_000_000_000))
    cli = CommandLine(tmp_path / "home", capsys)
    cli("import", write_moments_file(tmp_path / "talk.moments.jsonl", LINES, session="talk"))
    before = cli("timeline", "--json").json["days"][0]["events"][0]
    told = cli("reflect", "--json").json
    assert (told["read"], told["titles"], told["done"]) == (1, 1, True)
    event = cli("timeline", "--json").json["days"][0]["events"][0]
    assert event["title"].startswith("Hedge")
    assert event["words"]["moments"] == event["moments"]
    assert event["words"]["made"] == ["title", "summary"]
    assert "named by the language model" in cli("timeline").out
    assert "Every event that is over was read" in cli("reflect").out
    assert "those that rules make" in cli("reflect", "--titles", "0", "--drop").out
    assert cli("timeline", "--json").json["days"][0]["events"][0] == before
    assert cli("reflect", "--titles", "-1").code == 2
    cli("incognito", "on")
    refused = cli("reflect")
    assert (refused.code, "incognito is on" in refused.err) == (3, True)


def test_a_title_by_rule_is_not_said_to_be_the_models_where_only_the_summary_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    chat = ScriptedChat(" Hedge budget\nSummary: The hedge is cut 1 times a year.")
    monkeypatch.setattr("app.compose.build_engine", partial(build_fake_engine, chat=chat))
    monkeypatch.setattr("app.engine.IdleTitles", partial(IdleTitles, free_bytes=lambda: 8_000_000_000))
    cli = CommandLine(tmp_path / "home", capsys)
    cli("import", write_moments_file(tmp_path / "talk.moments.jsonl", LINES, session="talk"))
    assert cli("reflect", "--json").json["summaries"] == 1
    assert cli("timeline", "--json").json["days"][0]["events"][0]["words"]["made"] == ["summary"]
    assert "named by the language model" not in cli("timeline").out


def test_power_is_read_as_the_kernel_tells_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    assert is_on_mains(tmp_path / "none") is True

    def supply(name: str, **told: str) -> None:
        (tmp_path / name).mkdir(exist_ok=True)
        for key, value in told.items():
            (tmp_path / name / key).write_text(value + "\n")

    supply("hid-mouse", type="Battery", scope="Device", status="Discharging")
    assert is_on_mains(tmp_path) is True
    supply("BAT0", type="Battery", status="Discharging")
    assert is_on_mains(tmp_path) is False
    supply("BAT0", type="Battery", status="Full")
    assert is_on_mains(tmp_path) is True
    supply("BAT0", type="Battery", status="Discharging")
    supply("ACAD", type="Mains", online="1")
    assert is_on_mains(tmp_path) is True
    monkeypatch.setattr("sys.platform", "darwin")
    assert is_on_mains(tmp_path) is None
    (tmp_path / "meminfo").write_text("MemTotal: 8000000 kB\nMemAvailable:    4096 kB\n")
    assert available_bytes(tmp_path / "meminfo") == 4096 * 1024
    assert available_bytes(tmp_path / "nothing") is None
