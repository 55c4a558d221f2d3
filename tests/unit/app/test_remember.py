from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.errors import UserError
from app.remember import remember
from ingest.screen import Box, NoScreen, Screen, Window
from ingest.screen_once import take_now
from ingest.screen_privacy import HIDDEN, Exclusions
from ingest.screen_recorder import LOCKED, UNSURE
from tests.support.app_engine import build_fake_engine
from tests.support.screen_fakes import HEIGHT, LEFT, NOTES, RIGHT, Desktop

VAULT = Window(id=9, app="KeePassXC", title="Passwords", box=LEFT.box, hides=(LEFT.box,))


def no_screen() -> Screen:
    raise NoScreen("There is no screen here.")


def test_screen_and_note_are_one_session(tmp_path: Path) -> None:
    engine = build_fake_engine(tmp_path / "home")
    try:
        done = remember(engine, " the kettle ", open_screen=lambda: Desktop(monitors=(LEFT, RIGHT)))
        kept = engine.memory.find_moments(done.moments)
        assert [kept[m].kind.value for m in done.moments] == ["note", "screenshot", "screenshot"]
        assert {m.session for m in kept.values()} == {done.session}
        assert kept[done.moments[0]].text == "the kettle"
        assert "Invoice 4711" in kept[done.moments[1]].text
        assert engine.memory.moments_without_vectors("fake/hash-embedder@1", limit=9) == []
    finally:
        engine.close()


def test_the_note_is_kept_whatever_becomes_of_the_screen(tmp_path: Path) -> None:
    engine = build_fake_engine(tmp_path / "home")
    try:
        for screen in (no_screen, lambda: Desktop(windows=(VAULT,))):
            done = remember(engine, "alone", open_screen=screen)
            assert len(done.moments) == len(done.reasons) == 1
        assert len(remember(engine, "no picture wanted", with_screen=False).moments) == 1
        with pytest.raises(UserError, match="nothing to remember"):
            remember(engine, "", open_screen=no_screen)
    finally:
        engine.close()


def test_one_picture_follows_the_same_rules_and_own_windows_are_painted_over() -> None:
    rules = Exclusions.parse("keepass", "")
    taken = take_now(Desktop(windows=(VAULT,)), rules, now_us=lambda: 1, rest=lambda _s: None)
    assert (taken.shots, taken.reasons) == ((), (HIDDEN,))
    assert take_now(Desktop(is_locked=True), rules, now_us=lambda: 1).reasons == (LOCKED,)
    own = Window(id=5, app="madeleine", title="Madeleine", box=Box(0, 0, 160, HEIGHT), is_own=True, is_active=True)
    beside = Desktop(windows=(own, replace(NOTES, is_active=False)))
    (shot,) = take_now(beside, rules, now_us=lambda: 1, rest=lambda _s: None).shots
    assert (shot.pixels[:, :160] == 128).all()
    assert not np.array_equal(shot.pixels[:, 160:], np.full_like(shot.pixels[:, 160:], 128))


def test_windows_that_never_rest_are_not_kept() -> None:
    desktop = Desktop()

    def rename(_s: float) -> None:
        desktop.rename(f"page {desktop.n_grabs}")

    taken = take_now(desktop, Exclusions(), now_us=lambda: 1, rest=rename)
    assert (taken.shots, taken.reasons, desktop.n_grabs) == ((), (UNSURE,), 5)
