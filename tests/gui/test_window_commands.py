"""Menu, sheet of keys and palette: made from one list, and all of it works by keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.ui.undo import Step
from app.ui.words import Trouble
from tests.support.ui_desk import Desk

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_a_command_is_found_by_a_few_letters_and_done_with_enter(qtbot: QtBot, desk: Desk) -> None:
    palette = desk.window.palette_card
    qtbot.keyClick(desk.window, Qt.Key.Key_K, CTRL)
    assert palette.isVisible()
    assert palette.line.hasFocus()
    qtbot.keyClicks(palette.line, "phot fou")
    assert "How photos are found" in palette.line.accessibleDescription()
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert not palette.isVisible()
    assert desk.window.notice.message.text().startswith("Photos are found")
    qtbot.keyClick(desk.window, Qt.Key.Key_P, CTRL | SHIFT)
    assert "How photos are found" in palette.line.accessibleDescription(), "what was used last stands first"


def test_arrows_choose_and_escape_gives_the_keys_back(qtbot: QtBot, desk: Desk) -> None:
    palette = desk.window.palette_card
    desk.window.line.setFocus()
    qtbot.keyClick(desk.window, Qt.Key.Key_K, CTRL)
    first = palette.line.accessibleDescription()
    qtbot.keyClick(palette.line, Qt.Key.Key_Down)
    assert palette.line.accessibleDescription() != first
    qtbot.keyClick(palette.line, Qt.Key.Key_Up)
    assert palette.line.accessibleDescription() == first
    qtbot.keyClick(palette.line, Qt.Key.Key_Tab)
    assert palette.line.hasFocus()
    qtbot.keyClick(palette.line, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert desk.window.line.hasFocus()


def test_what_is_called_nothing_is_said_and_enter_does_nothing(qtbot: QtBot, desk: Desk) -> None:
    palette = desk.window.palette_card
    qtbot.keyClick(desk.window, Qt.Key.Key_K, CTRL)
    qtbot.keyClicks(palette.line, "qqqq")
    assert palette.nothing.isVisible()
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert palette.isVisible()


def test_a_page_is_a_command(qtbot: QtBot, desk: Desk) -> None:
    qtbot.keyClick(desk.window, Qt.Key.Key_K, CTRL)
    qtbot.keyClicks(desk.window.palette_card.line, "go miss")
    qtbot.keyClick(desk.window.palette_card.line, Qt.Key.Key_Return)
    assert desk.window.work.pages.current is desk.window.work.missing


def test_the_sheet_tells_every_key_of_every_command(desk: Desk) -> None:
    told = {label.text() for label in desk.window.sheet.findChildren(QLabel)}
    assert told >= {command.words for command in desk.window.commands if command.keys and command.is_listed}


def test_the_menu_greys_what_cannot_be_done_but_keeps_the_keys(desk: Desk) -> None:
    menu = desk.window.menu_button.menu()
    record = next(action for action in menu.actions() if action.text().startswith("Record"))
    menu.aboutToShow.emit()
    assert not record.isEnabled(), "this window has no recording desk"
    menu.aboutToHide.emit()
    assert record.isEnabled()


def test_an_offer_never_hides_a_trouble_and_goes_when_it_would_do_nothing(desk: Desk) -> None:
    work, notice = desk.window.work, desk.window.notice
    done: list[str] = []
    notice.show_trouble(Trouble("The disk is full."))
    work.undo.push(Step("first", lambda: done.append("first")))
    assert (notice.isVisible(), notice.message.text(), notice.act.isVisible()) == (True, "The disk is full.", False)
    notice.put_away()
    work.undo.push(Step("second", lambda: done.append("second")))
    assert notice.message.text() == "second"
    work.undo.push(Step("third", lambda: done.append("third"), is_offered=False))
    assert not notice.isVisible()
    work.undo.push(Step("fourth", lambda: done.append("fourth")))
    notice.act.click()
    assert done == ["fourth"]
