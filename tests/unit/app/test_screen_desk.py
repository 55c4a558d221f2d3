"""The screen desk on an arranged desktop and an engine of fakes: what an earlier run has left, settings, the budget."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from app.clock import now_us
from app.engine import Engine
from app.screens import ENDED, ScreenDesk
from ingest.screen import NoScreen, Screen, View
from ingest.screen_book import Shot
from ingest.screen_run import RunMark
from ingest.screen_status import ScreenState
from tests.support.ingest_files import wait_until as wait_for
from tests.support.screen_fakes import LEFT, NOTES, WIDTH, Desktop, draw

LIMIT_S = 30.0
wait_until = partial(wait_for, timeout_s=LIMIT_S)


def test_what_a_torn_run_left_is_read_and_its_gap_is_noted(tmp_path: Path, engine: Engine) -> None:
    home = tmp_path / "home"
    pixels = np.ascontiguousarray(draw(1)[:, :WIDTH])
    shot = Shot(pixels, LEFT, View(monitors=(LEFT,), windows=(NOTES,)), now_us() - 60_000_000, 0.0)
    engine.screens.keeper_of_screens(lambda _job: None).keep(shot)  # and then the power went
    RunMark(home).beat(now_us() - 50_000_000)
    desk = ScreenDesk(engine, home, open_screen=Desktop)
    assert desk.open() == 1
    assert desk.finish(LIMIT_S)
    assert desk.read.n_moments == 1
    assert [m.text for m in engine.memory.iter_moments()] == ["Invoice 4711\nTotal 12.50"]
    ((gap),) = engine.memory.list_gaps()
    assert (gap.source, gap.reason) == ("screen", ENDED)
    assert 49 < (gap.ended_us - gap.started_us) / 1e6 < 60
    assert RunMark(home).find_torn() is None


def test_an_excluded_title_holds_at_once_and_a_clean_stop_leaves_no_mark(tmp_path: Path, engine: Engine) -> None:
    desktop = Desktop()
    desk = ScreenDesk(engine, tmp_path / "home", open_screen=lambda: desktop)
    desk.open()
    desk.start()
    wait_until(lambda: desk.status().n_pictures == 1)
    assert RunMark(tmp_path / "home").find_torn() is not None
    engine.change_setting("screen_excluded_titles", "shopping")
    desktop.news = True
    wait_until(lambda: desk.status().state is ScreenState.HIDDEN)
    time.sleep(0.5)  # what is shorter than a fifth of a second is no gap
    assert desk.stop()
    assert RunMark(tmp_path / "home").find_torn() is None
    assert desk.finish(LIMIT_S)
    assert [gap.source for gap in engine.memory.list_gaps()] == ["screen L"]


def test_a_screen_that_stands_still_leaves_the_memory_in_peace_and_words_to_read_do_not(
    tmp_path: Path, engine: Engine
) -> None:
    desk = ScreenDesk(engine, tmp_path / "home", open_screen=Desktop)
    desk.start()  # not opened: nobody reads yet
    wait_until(lambda: desk.n_waiting == 1)
    assert not engine.quiet.is_free
    desk.open()
    wait_until(lambda: desk.n_waiting == 0)
    assert desk.status().state is ScreenState.KEEPING
    assert engine.quiet.is_free
    assert desk.stop()
    assert desk.finish(LIMIT_S)


def test_without_a_screen_nothing_starts_and_what_is_left_waits(tmp_path: Path, engine: Engine) -> None:
    def none() -> Screen:
        raise NoScreen("There is no screen here.")

    desk = ScreenDesk(engine, tmp_path / "home", open_screen=none)
    desk.open()
    with pytest.raises(NoScreen):
        desk.start()
    assert desk.status().state is ScreenState.OFF
    assert desk.stop()
    desk.cancel()
    assert desk.finish(LIMIT_S)
