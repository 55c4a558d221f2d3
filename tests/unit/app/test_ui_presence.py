"""What the tray says, what closing means, and when the desktop is told: decided without a window."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import UserError
from app.settings import Settings, change_setting
from app.ui.capture_state import Keeping, judge_keeping
from app.ui.capture_view_model import CaptureViewModel, Look
from app.ui.leaving import Leave, decide
from app.ui.nagging import AGAIN_S, Cause, Restraint
from app.ui.screen_view_model import ScreenLook, ScreenViewModel
from ingest.recorder_status import OFF, State
from ingest.screen_status import SCREEN_OFF, ScreenState


def sound(state: State) -> CaptureViewModel:
    model = CaptureViewModel()
    model.take_look(Look(replace(OFF, state=state)))
    return model


def screen(state: ScreenState) -> ScreenViewModel:
    model = ScreenViewModel()
    model.look = ScreenLook(replace(SCREEN_OFF, state=state))
    return model


@pytest.mark.parametrize(
    ("heard", "seen", "incognito", "keeping"),
    [
        (State.OFF, ScreenState.OFF, False, Keeping.OFF),
        (State.RECORDING, ScreenState.OFF, False, Keeping.ON),
        (State.OFF, ScreenState.KEEPING, False, Keeping.ON),
        (State.PAUSED, ScreenState.KEEPING, False, Keeping.ON),
        (State.PAUSED, ScreenState.PAUSED, False, Keeping.PAUSED),
        (State.PAUSED, ScreenState.PAUSED, True, Keeping.INCOGNITO),
        (State.OFF, ScreenState.OFF, True, Keeping.INCOGNITO),
        (State.FAILING, ScreenState.KEEPING, False, Keeping.FAILING),
        (State.RECORDING, ScreenState.FAILING, False, Keeping.FAILING),
    ],
)
def test_the_worst_is_told_first(heard: State, seen: ScreenState, incognito: bool, keeping: Keeping) -> None:
    state = judge_keeping(sound(heard), screen(seen), is_incognito=incognito)
    assert state.keeping is keeping
    assert state.words
    assert state.is_live is (heard is not State.OFF or seen is not ScreenState.OFF), "incognito alone records nothing"


def test_nothing_goes_on_in_the_background_that_nobody_chose() -> None:
    def leave(rule: str, *, live: bool = True, tray: bool = True, quits: bool = False) -> Leave:
        return decide(rule=rule, is_live=live, has_tray=tray, wants_quit=quits)

    assert leave("ask") is Leave.ASK
    assert leave("tray") is Leave.TRAY
    assert leave("quit") is Leave.QUIT
    assert leave("tray", tray=False) is Leave.QUIT
    assert leave("tray", live=False) is Leave.QUIT
    assert leave("tray", quits=True) is Leave.QUIT
    assert leave("ask", quits=True) is Leave.QUIT


def test_a_cause_is_told_once_an_hour_and_not_where_it_is_seen() -> None:
    now = [0.0]
    restraint = Restraint(lambda: now[0])
    assert not restraint.may_tell(Cause.DISK, is_seen=True, is_wanted=True)
    assert not restraint.may_tell(Cause.DISK, is_seen=False, is_wanted=False)
    assert restraint.may_tell(Cause.DISK, is_seen=False, is_wanted=True)
    assert restraint.may_tell(Cause.NOT_KEPT, is_seen=False, is_wanted=True), "another cause"
    now[0] = AGAIN_S - 1
    assert not restraint.may_tell(Cause.DISK, is_seen=False, is_wanted=True)
    now[0] = AGAIN_S
    assert restraint.may_tell(Cause.DISK, is_seen=False, is_wanted=True)


def test_a_setting_with_a_few_values_takes_no_other() -> None:
    assert change_setting(Settings(), "on_close", "tray", Path("x")).on_close == "tray"
    with pytest.raises(UserError, match="cannot be “maybe”") as caught:
        change_setting(Settings(), "on_close", "maybe", Path("x"))
    assert caught.value.hint == "It is one of: ask, quit, tray."
