from __future__ import annotations

import json
import stat
import time
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.clock import from_iso, local_zone, now_us, to_iso
from app.compose import build_engine
from app.errors import Exit, UserError
from app.paths import default_home, default_models
from app.settings import Settings, load_settings, save_settings
from memory.records import Gap
from memory.store import Scope
from models.chat import LlamaChat
from tests.support.app_engine import CommandLine, build_fake_engine
from tests.support.app_memory import at_us, noted


@pytest.fixture(autouse=True)
def _no_profile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MADELEINE_PROFILE", raising=False)


def test_what_is_saved_is_read_again_and_is_private(tmp_path: Path) -> None:
    chosen = Settings(profile="larger", zone="Europe/Lisbon", idle_unload_s=60, evidence_tokens=500)
    save_settings(tmp_path, chosen)
    assert load_settings(tmp_path) == chosen
    path = tmp_path / "settings.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [p.name for p in tmp_path.iterdir()] == ["settings.json"]


def test_without_a_file_there_are_the_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path) == Settings()
    assert list(tmp_path.iterdir()) == []


def test_an_older_file_without_newer_keys_takes_their_defaults(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"version": 1, "profile": "larger"}')
    assert load_settings(tmp_path) == Settings(profile="larger")
    (tmp_path / "settings.json").write_text('{"profile": "larger"}')
    assert load_settings(tmp_path) == Settings(profile="larger")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"version": 99}', "newer"),
        ('{"version": "one"}', "newer"),
        ('{"profil": "larger"}', "profil"),
        ('{"idle_unload_s": "long"}', "idle_unload_s"),
        ('{"idle_unload_s": true}', "idle_unload_s"),
        ('{"idle_unload_s": -5}', "at least 1"),
        ('{"evidence_tokens": 0}', "at least 100"),
        ('{"zone": "Europe/Lisbonn"}', "Lisbonn"),
        ('{"raw_channels": "burn"}', "burn"),
        ("{", "not valid JSON"),
        ("[]", "not valid JSON"),
        ("\x00", "not valid JSON"),
    ],
)
def test_a_mistake_is_told_with_the_file_and_what_to_do(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "settings.json").write_text(text)
    with pytest.raises(UserError, match=words) as caught:
        load_settings(tmp_path)
    assert caught.value.code is Exit.ENVIRONMENT
    assert caught.value.hint
    assert "settings.json" in str(caught.value)


@pytest.mark.parametrize("zone", ["Europe/Lisbon", "UTC", "+05:30", "-03:00", ""])
def test_zones_may_be_names_or_offsets(tmp_path: Path, zone: str) -> None:
    (tmp_path / "settings.json").write_text(json.dumps({"zone": zone}))
    assert load_settings(tmp_path).zone == zone


def test_the_time_models_stay_loaded_is_handed_to_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[float] = []

    class Chat(LlamaChat):
        def __init__(self, *arguments: Any, idle_s: float, **named: Any) -> None:
            heard.append(idle_s)
            super().__init__(*arguments, idle_s=idle_s, **named)

    monkeypatch.setattr("models.profile.LlamaChat", Chat)
    save_settings(tmp_path, Settings(idle_unload_s=42))
    build_engine(tmp_path, models=tmp_path / "models").close()
    assert heard == [42]


def test_the_environment_names_another_profile_for_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_settings(tmp_path, Settings(profile="default", zone="UTC"))
    monkeypatch.setenv("MADELEINE_PROFILE", "larger")
    assert load_settings(tmp_path) == Settings(profile="larger", zone="UTC")
    assert json.loads((tmp_path / "settings.json").read_text())["profile"] == "default"


# paths ---------------------------------------------------------------------------------------------------------------
def test_home_and_weights_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MADELEINE_HOME", str(tmp_path / "a"))
    monkeypatch.setenv("MADELEINE_MODELS", str(tmp_path / "b"))
    assert (default_home(), default_models()) == (tmp_path / "a", tmp_path / "b")
    monkeypatch.delenv("MADELEINE_HOME")
    monkeypatch.delenv("MADELEINE_MODELS")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert {default_home().parts[-2:], default_models().parts[-2:]} == {("madeleine", "home"), ("madeleine", "models")}


# the clock -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "zone", "iso"),
    [
        ("2026-10-14T09:30:00+01:00", "Europe/Berlin", "2026-10-14T10:30:00+02:00"),
        ("2026-10-14T09:30", "Europe/Berlin", "2026-10-14T09:30:00+02:00"),
        ("2026-10-14", "Europe/Lisbon", "2026-10-14T00:00:00+01:00"),
        ("2026-12-31T23:59:59.999Z", "+05:30", "2027-01-01T05:29:59.999+05:30"),
        ("1969-07-20T20:17:40Z", "UTC", "1969-07-20T20:17:40+00:00"),
        ("2026-10-25T02:30:00+01:00", "Europe/Berlin", "2026-10-25T02:30:00+01:00"),  # the second half past two
    ],
)
def test_times_keep_their_offset(text: str, zone: str, iso: str) -> None:
    assert to_iso(from_iso(text, zone), zone) == iso


@pytest.mark.parametrize("text", ["soon", "", "2026-13-01", "2026-02-30", "25:00"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"Invalid isoformat|must be in|out of range"):
        from_iso(text, "UTC")


@settings(deadline=None)
@given(st.integers(-(10**15), 4 * 10**15).map(lambda ms: ms // 1000 * 1000), st.sampled_from(["UTC", "Europe/Berlin"]))
def test_milliseconds_survive_being_written_and_read(at: int, zone: str) -> None:
    assert from_iso(to_iso(at, zone), "Asia/Tokyo") == at


def test_now_is_now() -> None:
    assert abs(now_us() - time.time() * 1e6) < 60e6


@pytest.mark.parametrize(("named", "zone"), [("Europe/Lisbon", "Europe/Lisbon"), (":Asia/Tokyo", "Asia/Tokyo")])
def test_the_zone_of_the_environment_comes_first(monkeypatch: pytest.MonkeyPatch, named: str, zone: str) -> None:
    monkeypatch.setenv("TZ", named)
    assert local_zone() == zone


def test_without_a_named_zone_the_machine_tells_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Nowhere/Land")
    assert datetime(2026, 1, 1, tzinfo=UTC).astimezone() is not None
    assert from_iso("2026-01-01T12:00", local_zone()) - from_iso("2026-01-01T12:00", "UTC") <= 14 * 3_600_000_000


# days ----------------------------------------------------------------------------------------------------------------
def test_a_gap_stands_on_the_day_it_began_and_nowhere_else(tmp_path: Path) -> None:
    engine = build_fake_engine(tmp_path / "home")
    try:
        rows = [noted(f"day {day}", at=f"2026-10-{day} 12:00") for day in (12, 13, 14)]
        engine.memory.write_moments(rows)
        gaps = [
            Gap(source="microphone", started_us=at_us(start), ended_us=at_us(end), reason="asleep")
            for start, end in (("2026-10-13 22:00", "2026-10-14 06:00"), ("2026-10-16 08:00", "2026-10-16 09:00"))
        ]
        for gap in gaps:
            engine.memory.add_gap(gap)
        days = {name: (moments, found) for name, moments, found in engine.diary.days(Scope())}
        assert list(days) == ["2026-10-12", "2026-10-13", "2026-10-14", "2026-10-16"]
        assert {name: found for name, (_m, found) in days.items() if found} == {
            "2026-10-13": gaps[:1],
            "2026-10-16": gaps[1:],
        }
        assert [m.text for moments, _g in days.values() for m in moments] == ["day 12", "day 13", "day 14"]
        assert [name for name, *_rest in engine.diary.days(Scope(), day="2026-10-13")] == ["2026-10-13"]
    finally:
        engine.close()


def test_closing_runs_what_was_asked_for_once_and_twice_is_fine(tmp_path: Path) -> None:
    engine, told = build_fake_engine(tmp_path / "home"), list[str]()
    engine.before_close(lambda: told.append("closing"))
    engine.close()
    engine.close()
    assert told == ["closing"]


def test_the_command_lists_and_changes_settings(cli: CommandLine) -> None:
    assert cli("settings", "--json").json["settings"] == asdict(Settings())
    said = cli("settings", "raw_channels", "30 days")
    assert (said.code, "30 days" in said.out) == (Exit.DONE, True)
    assert load_settings(cli.home) == Settings(raw_channels="30 days")
    assert cli("settings", "idle_unload_s", "60", "--json").json["settings"]["idle_unload_s"] == 60
    assert load_settings(cli.home) == Settings(raw_channels="30 days", idle_unload_s=60)
    assert cli("settings", "raw_channels").out.startswith("raw_channels")


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("raw_channels", "burn", "burn"),
        ("raw_chanels", "drop", "raw_chanels"),
        ("idle_unload_s", "long", "whole number"),
        ("idle_unload_s", "0", "at least 1"),
        ("zone", "Lisbon/Europe", "Lisbon/Europe"),
    ],
)
def test_a_wrong_value_is_refused_and_changes_nothing(cli: CommandLine, key: str, value: str, words: str) -> None:
    said = cli("settings", key, value)
    assert (said.code, said.out) == (Exit.USAGE, "")
    assert words in said.err
    assert load_settings(cli.home) == Settings()


def test_a_profile_of_the_environment_is_not_written_down(cli: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MADELEINE_PROFILE", "larger")
    assert cli("settings", "own_name", "Ana").code == Exit.DONE
    monkeypatch.delenv("MADELEINE_PROFILE")
    assert load_settings(cli.home) == Settings(own_name="Ana")
