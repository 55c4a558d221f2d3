from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.ui.picture_view import PictureView
from memory.records import Kind, Media, Moment
from tests.support.ui_desk import WAIT_MS, Desk
from tests.support.ui_fakes import ZONE, at_us, day_of_moments

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def open_picture(qtbot: QtBot, desk: Desk, search: str = "") -> PictureView:
    """The calendar's screenshot, opened from its card."""
    page = desk.window.work.asking
    if search:
        qtbot.keyClicks(desk.window.line, search)
        qtbot.waitUntil(lambda: page.model.question == search and bool(page.cards.card(0).matched), timeout=WAIT_MS)  # type: ignore[union-attr]
    page.open_moment("s2")
    view = page.moment_view.picture
    qtbot.waitUntil(lambda: view.zoom != 1.0, timeout=WAIT_MS)
    view.setFocus()
    return view


def place_of(view: PictureView, place: int) -> QPoint:
    return view.find_place(place).toPoint()


def test_words_are_dragged_over_and_copied(qtbot: QtBot, desk: Desk) -> None:
    view = open_picture(qtbot, desk)
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=place_of(view, 9))
    qtbot.mouseMove(view.viewport(), place_of(view, 30))
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=place_of(view, 30))
    qtbot.keyClick(view, Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "26 November\n08:34 Tra"


def test_a_double_click_takes_a_word_at_any_zoom(qtbot: QtBot, desk: Desk) -> None:
    view = open_picture(qtbot, desk)
    for zoom in (view.zoom_in, view.zoom_in, view.zoom_in, view.zoom_out):
        zoom()
        view.drop_selection()
        view.select(27, 27)  # comes into sight
        qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place_of(view, 29))
        assert view.selected_text == "Train"
    view.fit()
    assert view.selected_text == "Train"


def test_the_keyboard_selects_all_words_or_one_and_escape_lets_go_before_it_leaves(qtbot: QtBot, desk: Desk) -> None:
    view = open_picture(qtbot, desk)
    qtbot.keyClick(view, Qt.Key.Key_A, CTRL)
    assert view.selected_text == "Thursday 26 November\n08:34 Train to Hamburg\n14:30 Dentist"
    assert "Selected: Thursday" in view.accessibleDescription()
    qtbot.keyClick(desk.window, Qt.Key.Key_Escape)
    assert view.selected_text == ""
    assert view.isVisible()
    qtbot.keyClick(view, Qt.Key.Key_Home, CTRL)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Right, CTRL | SHIFT)
    assert view.selected_text == "08:34"
    qtbot.keyClick(view, Qt.Key.Key_End, SHIFT)
    assert view.selected_text == "08:34 Train to Hamburg"
    qtbot.keyClick(desk.window, Qt.Key.Key_Escape)
    qtbot.keyClick(desk.window, Qt.Key.Key_Escape)
    assert desk.window.work.asking.view.isVisible()


def test_keys_and_buttons_zoom(qtbot: QtBot, desk: Desk) -> None:
    view = open_picture(qtbot, desk)
    fitted = view.zoom
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view.zoom > fitted
    qtbot.mouseClick(desk.window.work.asking.moment_view.larger, Qt.MouseButton.LeftButton)
    assert view.zoom > 1.5 * fitted
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert view.zoom == fitted


def test_what_was_searched_is_marked_where_it_stands(qtbot: QtBot, desk: Desk) -> None:
    view = open_picture(qtbot, desk, "Hamburg")
    (mark,) = view.marks
    assert mark[0] == ((64 + 19 * 15) / 1280, 244 / 800)


def test_what_is_selected_in_the_words_is_selected_in_the_picture(qtbot: QtBot, desk: Desk) -> None:
    view = open_picture(qtbot, desk)
    assert desk.window.work.asking.moment_view.text.find("Dentist")
    assert view.selected_text == "Dentist"


def test_selected_words_are_dragged_out_and_a_click_on_them_selects_nothing(qtbot: QtBot, desk: Desk) -> None:
    page = desk.window.work.asking
    page.open_moment("s2")
    view, given = page.moment_view.picture, []
    qtbot.waitUntil(lambda: not view._image.isNull(), timeout=WAIT_MS)
    page.moment_view.hand_out.begin = lambda mime, _sign: given.append(mime.text())
    view.select(0, 8)
    at = view.find_place(3).toPoint()
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseMove(view.viewport(), at + QPoint(0, 60))
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=at + QPoint(0, 60))
    assert given == ["Thursday"]
    assert view.selected_text == "Thursday"
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert not view.selected_text


def test_the_pages_before_and_after_lie_below_and_are_opened_by_keys_and_clicks(
    qtbot: QtBot, open_desk: Callable[..., Desk]
) -> None:
    desk = open_desk(moments=[*(a_page(n) for n in range(3)), *day_of_moments()])
    page = desk.window.work.asking
    page.open_moment("t1")
    strip = page.moment_view.trail
    qtbot.waitUntil(strip.isVisible, timeout=WAIT_MS)
    assert [step.title for step in strip.steps] == ["Hotels", "Hotel Astor", "Booked"]
    spoken = strip.list.item(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Step 2 of 3, the one on show: Hotel Astor, 15:01:00"
    strip.list.setFocus()
    qtbot.keyClick(strip.list, Qt.Key.Key_Right)
    qtbot.keyClick(strip.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: strip.list.currentRow() == 2 and strip.list.hasFocus(), timeout=WAIT_MS)
    assert page.moment_view.moment is not None
    assert page.moment_view.moment.id == "t2"
    at = strip.list.visualItemRect(strip.list.item(0)).center()
    qtbot.mouseClick(strip.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert page.moment_view.moment.id == "t0"
    page.close_moment()
    page.open_moment("n1")
    assert not strip.isVisible()


def a_page(n: int) -> Moment:
    start_us = at_us(f"2026-11-20 15:0{n}:00")
    return Moment(
        id=f"t{n}", kind=Kind.SCREENSHOT, started_us=start_us, ended_us=start_us, text="words", zone=ZONE,
        app="Firefox", window=("Hotels", "Hotel Astor", "Booked")[n], media=Media("s2", ".png"),
        details={"trail": "t0"},
    )  # fmt: skip


def test_a_picture_whose_file_is_gone_is_said_in_its_place_and_its_words_stay(qtbot: QtBot, open_desk: Any) -> None:
    shot = next(each for each in day_of_moments() if each.id == "s2")
    assert shot.media is not None
    desk = open_desk(moments=[replace(shot, media=replace(shot.media, sha256="gone"))])
    desk.window.work.asking.open_moment("s2")
    view = desk.window.work.asking.moment_view
    qtbot.waitUntil(lambda: "gone or damaged" in view.picture.missing_words, timeout=WAIT_MS)
    assert "Dentist" in view.text.toPlainText()
    assert not view.larger.isVisible()
    assert not desk.window.notice.isVisible()
