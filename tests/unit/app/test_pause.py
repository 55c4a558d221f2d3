"""A pause with an end."""

from __future__ import annotations

import time
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest

from app.clock import now_us
from app.engine import Engine
from app.errors import UserError
from app.pause import FILE_NAME, PAUSED, Pause, next_morning, read_until
from app.recording import RecordingDesk
from app.screens import ScreenDesk
from ingest.devices import Wanted
from ingest.recorder_status import State
from ingest.screen_status import ScreenState
from memory.records import Gap
from tests.support.app_engine import CommandLine, build_fake_engine
from tests.support.capture_fakes import DESK, ReplayedMicrophones, noise
from tests.support.ingest_files import wait_until as wait_for
from tests.support.screen_fakes import Desktop

S = 1_000_000
LIMIT_S = 30.0
wait_until = partial(wait_for, timeout_s=LIMIT_S)


def test_recorders_obey_and_go_on_by_themselves_and_the_stretch_is_a_gap(tmp_path: Path, engine: Engine) -> None:
    microphones, desktop = ReplayedMicrophones(DESK), Desktop()
    sound = RecordingDesk(engine, tmp_path / "home", microphones)
    screens = ScreenDesk(engine, tmp_path / "home", open_screen=lambda: desktop)
    sound.open()
    screens.open()
    sound.start(Wanted(n_channels=1))
    screens.start()
    assert microphones.live is not None
    microphones.live.hear(noise(1.0, 1))
    wait_until(lambda: sound.status().recorded_s == 1.0)
    engine.pause.begin(now_us() + 2 * S)
    wait_until(lambda: sound.status().state is State.PAUSED and screens.status().state is ScreenState.PAUSED)
    sound.pause(False)  # to go on with one source does not end it behind the user's back
    assert sound.status().state is State.PAUSED
    wait_until(lambda: sound.status().state is not State.PAUSED and screens.status().state is not ScreenState.PAUSED)
    assert not engine.pause.is_on
    for desk in (sound, screens):
        assert desk.stop()
        assert desk.finish(LIMIT_S)
    (gap,) = [gap for gap in engine.memory.list_gaps() if gap.source == "sound and screen"]
    assert gap.reason == PAUSED
    assert gap.ended_us - gap.started_us <= 2 * S


def test_what_is_begun_in_a_pause_opens_no_microphone_until_it_ends(tmp_path: Path, engine: Engine) -> None:
    microphones = ReplayedMicrophones(DESK)
    sound = RecordingDesk(engine, tmp_path / "home", microphones)
    sound.open()
    engine.pause.begin(now_us() + 3600 * S)
    sound.start(Wanted(n_channels=1))
    time.sleep(0.4)
    assert sound.status().state is State.PAUSED
    assert microphones.live is None
    engine.pause.end()
    wait_until(lambda: microphones.live is not None)
    assert sound.stop()
    assert sound.finish(LIMIT_S)


def test_a_crash_does_not_end_it_and_an_end_that_was_slept_through_is_noted(tmp_path: Path) -> None:
    gaps: list[Gap] = []
    now = [10 * S]
    build = partial(Pause, tmp_path, add_gap=gaps.append, clock_us=lambda: now[0])
    build().begin(100 * S)
    assert (tmp_path / FILE_NAME).stat().st_mode & 0o777 == 0o600
    now[0] = 60 * S
    after = build()
    assert after.is_on
    assert after.until_us == 100 * S
    after.begin(200 * S)  # another length; it began when it began
    now[0] = 900 * S
    late = build()
    assert not late.is_on
    late.settle()
    assert [(gap.started_us, gap.ended_us) for gap in gaps] == [(10 * S, 200 * S)]
    assert not (tmp_path / FILE_NAME).exists()


def test_a_torn_file_still_pauses_until_the_user_goes_on(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("{")
    torn = Pause(tmp_path, add_gap=lambda _gap: None)
    assert torn.is_on
    assert torn.until_us is None
    torn.end()
    assert not torn.is_on


@pytest.mark.parametrize(
    ("at", "until"),
    [("22:00", "2026-11-28 06:00"), ("02:30", "2026-11-27 06:00"), ("05:30", "2026-11-28 06:00")],
)
def test_tomorrow_is_the_next_six_that_is_three_hours_away(at: str, until: str) -> None:
    assert next_morning(datetime.fromisoformat(f"2026-11-27 {at}")) == datetime.fromisoformat(until)


def test_lengths_are_read_as_people_write_them() -> None:
    read = partial(read_until, at_us=0, zone="UTC")
    assert (read("15 minutes"), read("2h"), read(" 1 Hour ")) == (900 * S, 7200 * S, 3600 * S)
    assert read("tomorrow") == 6 * 3600 * S
    for wrong in ("", "0m", "soon", "15"):
        with pytest.raises(UserError, match="how long a pause lasts"):
            read(wrong)
    with pytest.raises(UserError, match="within a week"):
        Pause(Path("nowhere"), add_gap=lambda _gap: None).begin(now_us() + 8 * 86_400 * S)


def test_the_command_line_pauses_and_goes_on(cli: CommandLine) -> None:
    build_fake_engine(cli.home).close()
    assert "no pause" in cli("pause").out
    assert cli("pause", "15", "minutes", "--json").json["is_on"] is True
    assert "Paused from" in cli("pause").out
    assert cli("pause", "off", "--json").json == {"is_on": False, "since": None, "until": None}
    assert cli("pause", "soon").code == 2
