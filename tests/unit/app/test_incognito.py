from __future__ import annotations

import time
from functools import partial
from pathlib import Path

import pytest

from app.engine import Engine
from app.errors import UserError
from app.incognito import FILE_NAME, INCOGNITO, Incognito
from app.recording import RecordingDesk
from app.remember import remember
from app.screens import ScreenDesk
from ingest.devices import Wanted
from ingest.recorder_status import State
from ingest.screen_status import ScreenState
from memory.records import Gap
from tests.support.app_engine import CommandLine, build_fake_engine
from tests.support.capture_fakes import DESK, ReplayedMicrophones, noise
from tests.support.ingest_files import wait_until as wait_for
from tests.support.screen_fakes import Desktop, draw

LIMIT_S = 30.0
wait_until = partial(wait_for, timeout_s=LIMIT_S)


def test_nothing_of_sound_and_screen_is_kept_until_it_ends_and_the_stretch_is_a_gap(
    tmp_path: Path, engine: Engine
) -> None:
    microphones, desktop = ReplayedMicrophones(DESK), Desktop()
    sound = RecordingDesk(engine, tmp_path / "home", microphones)
    screens = ScreenDesk(engine, tmp_path / "home", open_screen=lambda: desktop)
    sound.open()
    screens.open()
    sound.start(Wanted(n_channels=1))
    screens.start()
    assert microphones.live is not None
    microphones.live.hear(noise(1.0, 1))
    wait_until(lambda: sound.status().recorded_s == 1.0 and screens.status().n_pictures == 1)
    engine.incognito.begin()
    wait_until(lambda: sound.status().state is State.PAUSED and screens.status().state is ScreenState.PAUSED)
    assert screens.status().reason == INCOGNITO
    sound.pause(False)  # to go on does not end it
    screens.pause(False)
    desktop.pixels = draw(7)
    desktop.news = True
    n_grabs = desktop.n_grabs
    time.sleep(0.8)
    assert (sound.status().recorded_s, screens.status().n_pictures) == (1.0, 1)
    assert desktop.n_grabs <= n_grabs + 1  # the look that was on its way
    engine.incognito.end()
    wait_until(lambda: screens.status().n_pictures == 2 and sound.status().state is not State.PAUSED)
    for desk in (sound, screens):
        assert desk.stop()
        assert desk.finish(LIMIT_S)
    gaps = {(gap.source, gap.reason) for gap in engine.memory.list_gaps()}
    assert gaps == {("sound and screen", INCOGNITO), ("screen", INCOGNITO)}


def test_nothing_begins_under_it(tmp_path: Path, engine: Engine) -> None:
    sound = RecordingDesk(engine, tmp_path / "home", ReplayedMicrophones(DESK))
    screens = ScreenDesk(engine, tmp_path / "home", open_screen=Desktop)
    engine.incognito.begin()
    for begin in (lambda: sound.start(Wanted()), screens.start, lambda: remember(engine, "a note", with_screen=False)):
        with pytest.raises(UserError, match="Incognito is on"):
            begin()
    assert engine.memory.count_moments() == 0


def test_a_quit_or_a_crash_does_not_end_it(tmp_path: Path) -> None:
    gaps: list[Gap] = []
    Incognito(tmp_path, add_gap=gaps.append, clock_us=lambda: 10).begin()
    assert (tmp_path / FILE_NAME).stat().st_mode & 0o777 == 0o600
    after = Incognito(tmp_path, add_gap=gaps.append, clock_us=lambda: 60)
    assert after.since_us == 10
    after.begin()
    after.end()
    assert not after.is_on
    assert [(gap.started_us, gap.ended_us) for gap in gaps] == [(10, 60)]
    (tmp_path / FILE_NAME).write_text("torn")
    assert Incognito(tmp_path, add_gap=gaps.append).is_on
    assert not Incognito(tmp_path / "other", add_gap=gaps.append).is_on


def test_the_command_line_switches_it(cli: CommandLine) -> None:
    build_fake_engine(cli.home).close()
    assert "off" in cli("incognito").out
    assert cli("incognito", "on", "--json").json["is_on"] is True
    assert "nothing is kept, neither sound nor screen" in cli("incognito").out
    assert cli("remember", "--no-screen", "a note").code == 2
    assert cli("incognito", "off", "--json").json == {"is_on": False, "since": None}


def test_while_incognito_is_on_nothing_of_what_is_asked_is_kept(engine: Engine) -> None:
    engine.incognito.begin()
    engine.note_asked("What did the doctor say?")
    with pytest.raises(UserError, match="Incognito is on"):
        engine.judge("What did the doctor say?", "m1", -1)
    assert engine.memory.feedback.list_asked() == []
    engine.incognito.end()
    engine.note_asked("What did the doctor say?")
    assert engine.memory.feedback.list_asked() == ["What did the doctor say?"]


def test_what_was_asked_is_kept_in_bounds_and_as_it_can_be_kept(engine: Engine) -> None:
    for question in ("", "  ", "Who called \ud800?", "why " * 10_000):
        engine.note_asked(question)
    long, odd = engine.memory.feedback.list_asked()
    assert (len(long), odd) == (2000, "Who called ??")
