"""What one says of evidence, copies of an answer, and asks again."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.ui.ask_view_model import JUDGED, Phase
from recall.feedback import Judged
from tests.support.ui_desk import WAIT_MS, Desk, ask, wait_phase

QUESTION = "When is the dentist?"


def cards_of(desk: Desk) -> list[str]:
    return [card.id for card in desk.window.work.asking.model.cards.cards]


def test_not_this_takes_evidence_out_until_its_chip_is_taken_out(qtbot: QtBot, desk: Desk) -> None:
    qtbot.keyClicks(desk.window.line, "dentist")
    wait_phase(qtbot, desk, Phase.FOUND)
    asking = desk.window.work.asking
    first = cards_of(desk)[0]
    asking.view.cards.select(0)
    qtbot.keyClick(asking.view.cards, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: first not in cards_of(desk) and len(cards_of(desk)) > 0, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: any(chip.key == JUDGED for chip in asking.model.chips), timeout=WAIT_MS)
    asking.view.chips.removed.emit(JUDGED)
    qtbot.waitUntil(lambda: first in cards_of(desk), timeout=WAIT_MS)
    asking.view.cards.judged.emit(first, -1)
    qtbot.waitUntil(lambda: first not in cards_of(desk), timeout=WAIT_MS)
    desk.window.work.undo.undo()
    qtbot.waitUntil(lambda: first in cards_of(desk), timeout=WAIT_MS)


def test_the_menu_of_a_card_says_what_can_be_done_with_it(qtbot: QtBot, desk: Desk) -> None:
    cards = desk.window.work.asking.view.cards
    cards.select(0)
    assert [action.text() for action in cards.build_menu().actions()] == ["Open", "Forget…"]  # a note; nothing is asked
    qtbot.keyClicks(desk.window.line, "dentist")
    wait_phase(qtbot, desk, Phase.FOUND)
    row = cards_of(desk).index("u1")
    cards.select(row)
    menu = cards.build_menu()
    assert [action.text() for action in menu.actions()] == ["Open", "Play", "More like this", "Not this", "Forget…"]
    menu.actions()[2].trigger()
    qtbot.waitUntil(lambda: "judge u1 1" in desk.engine.calls, timeout=WAIT_MS)


def test_an_answer_is_copied_with_its_sources(qtbot: QtBot, desk: Desk) -> None:
    panel = desk.window.work.asking.view.answer
    assert not panel.copy.isVisible()
    ask(qtbot, desk, QUESTION)
    wait_phase(qtbot, desk, Phase.ANSWERED)
    qtbot.mouseClick(panel.copy, Qt.MouseButton.LeftButton)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].startswith("The appointment is on Thursday at half past two [1].")
    assert lines[2].startswith("[1] Anna, ")
    assert lines[2].endswith("“on Thursday at half past two”")
    assert len(lines) == 5


def test_what_was_asked_can_be_asked_again_and_forgotten(qtbot: QtBot, desk: Desk) -> None:
    ask(qtbot, desk, QUESTION)
    wait_phase(qtbot, desk, Phase.ANSWERED)
    desk.window.line.clear()
    qtbot.keyClicks(desk.window.line, "x")
    qtbot.keyClick(desk.window.line, Qt.Key.Key_Backspace)
    wait_phase(qtbot, desk, Phase.IDLE)
    panel = desk.window.work.asking.view.answer
    qtbot.waitUntil(panel.before.isVisible, timeout=WAIT_MS)
    qtbot.mouseClick(panel._before_buttons[0], Qt.MouseButton.LeftButton)
    wait_phase(qtbot, desk, Phase.ANSWERED)
    assert QUESTION in panel.going_on_words.text()
    desk.window.work.questions.confirm_forget_asked()
    qtbot.mouseClick(desk.window.notice.act, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.window.work.asking.model.asked_before == (), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not panel.going_on.isVisible(), timeout=WAIT_MS)
    model = desk.window.work.asking.model
    assert (model.turn, model.history, model.judged) == (None, (), Judged())
