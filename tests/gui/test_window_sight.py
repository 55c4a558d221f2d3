"""What the window says and does where weights are missing."""

from __future__ import annotations

import threading

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.ui.ask_view_model import AskViewModel
from app.ui.words import Trouble
from memory.records import Kind
from recall.results import Interpreted, SearchResult
from tests.support.ui_desk import WAIT_MS, Desk
from tests.support.ui_fakes import NOW_US

LEFT = Qt.MouseButton.LeftButton
CLIP = "CLIP ViT-B/32 (605 MB)"


def test_missing_weights_are_fetched_when_the_button_is_pressed_and_not_before(qtbot: QtBot, desk: Desk) -> None:
    window, notice, engine = desk.window, desk.window.notice, desk.engine
    engine.sight_lacks, engine.hold_pull = CLIP, threading.Event()
    window.work.tell_sight()
    assert notice.message.text() == "Photos are found by guesses.\nText is read in Latin letters."
    assert notice.act.text() == f"Fetch {CLIP}"
    assert "pull sight" not in engine.calls
    qtbot.mouseClick(notice.act, LEFT)
    qtbot.waitUntil(lambda: notice.message.text() == f"Fetching {CLIP}: 50%", timeout=WAIT_MS)
    engine.hold_pull.set()
    qtbot.waitUntil(lambda: notice.message.text() == f"{CLIP} is here.", timeout=WAIT_MS)
    assert notice.hint.text() == "Run: make clip"


def test_fetching_can_be_stopped(qtbot: QtBot, desk: Desk) -> None:
    window, notice, engine = desk.window, desk.window.notice, desk.engine
    engine.sight_lacks, engine.hold_pull = CLIP, threading.Event()
    window.work.tell_sight()
    qtbot.mouseClick(notice.act, LEFT)
    qtbot.waitUntil(lambda: "50%" in notice.message.text(), timeout=WAIT_MS)
    qtbot.mouseClick(notice.act, LEFT)
    qtbot.waitUntil(lambda: notice.message.text().startswith("Stopped."), timeout=WAIT_MS)
    assert engine.sight_lacks == CLIP


def test_another_question_is_not_reworded_by_what_is_fetched(qtbot: QtBot, desk: Desk) -> None:
    window, notice, engine = desk.window, desk.window.notice, desk.engine
    engine.sight_lacks, engine.hold_pull = CLIP, threading.Event()
    window.work.tell_sight()
    qtbot.mouseClick(notice.act, LEFT)
    qtbot.waitUntil(lambda: "50%" in notice.message.text(), timeout=WAIT_MS)
    notice.ask(Trouble("Forget this?"), act="Forget", keep="Keep", do=lambda: None)
    notice.reword(Trouble("Fetching: 60%"), of=window.work.sight._stop)
    assert notice.message.text() == "Forget this?"
    engine.hold_pull.set()


def test_where_no_photo_is_found_it_is_said_that_weights_are_missing() -> None:
    model = AskViewModel()
    for kinds, lacks, told in (((Kind.PHOTO,), True, True), ((Kind.PHOTO,), False, False), ((), True, False)):
        model.lacks_sight = lacks
        model.begin_search("photos of a church")
        understood = Interpreted(kinds=kinds)
        model.take_search(SearchResult(query="", interpreted=understood, found=(), took_ms=1.0), NOW_US)
        assert ("guesses" in model.heading()) is told
