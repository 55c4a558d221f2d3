"""The timeline through the widget, on a real memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.engine import Engine
from app.ui.main_window import MainWindow
from app.ui.theme import LIGHT
from app.ui.timeline_layout import GUTTER_PX
from app.ui.timeline_page import TimelinePage
from app.ui.timeline_scale import DAY_US, HOUR_US, YEAR_US
from app.ui.timeline_view_model import Heap, Lane, Phase
from app.ui.timeline_words import item_words
from memory.errors import DatabaseDamaged
from memory.records import Gap, Kind, Media, Moment, Place
from memory.timeline import Band, GapSpan, Mark
from tests.support.app_engine import build_fake_engine
from tests.support.app_memory import NOW, at_us, noted, talk
from tests.support.memory_samples import build_utterance
from tests.support.ui_desk import WAIT_MS
from tests.support.ui_fakes import FakeSound

NOW_US = int(NOW.timestamp()) * 1_000_000
Open = Callable[[list[Moment]], "Desk"]


class Desk:
    """A window on a real memory, turned to its timeline."""

    def __init__(self, window: MainWindow, engine: Engine, qtbot: QtBot) -> None:
        self.window, self.engine, self._qtbot = window, engine, qtbot

    @property
    def page(self) -> TimelinePage:
        return self.window.work.timeline

    def wait(self, until: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(until, timeout=WAIT_MS)

    def settle(self) -> None:
        """Wait until all in sight has been read, then paint."""
        model = self.page.model
        self.wait(lambda: model.is_complete and not model.wanted())
        self.page.view.strip.repaint()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self._qtbot.keyClick(self.page.view.strip, key, modifier)

    def step(self, key: Qt.Key) -> Mark | Band | GapSpan | Heap | None:
        """Press a key that chooses another item, and wait for it."""
        before = self.page.model.chosen
        self.press(key)
        self.wait(lambda: self.page.model.chosen != before)
        return self.page.model.chosen


@pytest.fixture
def open_desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Open]:
    windows: list[MainWindow] = []

    def build(moments: list[Moment]) -> Desk:
        engine = build_fake_engine(tmp_path / "home")
        engine.memory.write_moments(moments)
        window = MainWindow(lambda: engine, home_label="test", sound=FakeSound(), now_us=lambda: NOW_US, theme=LIGHT)
        windows.append(window)
        window.resize(1200, 780)
        window.start()
        qtbot.waitExposed(window)
        qtbot.waitUntil(lambda: window.is_furnished and window.work.engine is not None, timeout=WAIT_MS)
        qtbot.waitUntil(lambda: window.work.asking.model.n_moments is not None, timeout=WAIT_MS)
        desk = Desk(window, engine, qtbot)
        if moments:
            qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
            qtbot.waitUntil(lambda: desk.page.model.phase is Phase.READY, timeout=WAIT_MS)
            desk.settle()
            desk.page.view.strip.setFocus()
        return desk

    yield build
    for window in windows:
        window.close()
        window.deleteLater()


def a_week() -> list[Moment]:
    """A talk, notes and pictures of some days."""
    return [
        *talk(["Ana: the boiler is loud", "Tom: I will call them", "Ana: thank you"], at="2026-10-13 09:30"),
        noted("buy bread", at="2026-10-12 18:00"),
        noted("a receipt", at="2026-10-12 19:00", kind=Kind.PHOTO),
        noted("a page", at="2026-10-14 11:00", kind=Kind.SCREENSHOT),
    ]


def test_the_page_shows_the_last_days_of_the_memory_and_says_how_many(open_desk: Open) -> None:
    desk = open_desk(a_week())
    model = desk.page.model
    assert model.count_in_sight() == 6
    assert desk.page.view.tally.text() == "6 moments in sight"
    assert [item.words for item in model.items(Lane.NOTES) if isinstance(item, Mark)] == ["buy bread"]
    assert [row.key for row in model.content(Lane.VOICES).rows] == ["Ana", "Tom"]


def test_the_wheel_zooms_from_years_to_seconds_at_the_pointer(open_desk: Open) -> None:
    desk = open_desk(a_week())
    desk.page.show_everything()
    strip, model = desk.page.view.strip, desk.page.model
    at = strip.layout_now.lane_rect(Lane.VOICES).center().toPoint()

    def turn(notches: int) -> None:
        event = QWheelEvent(
            QPointF(at), QPointF(strip.mapToGlobal(at)), QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(strip, event)

    x = at.x() - GUTTER_PX
    before_us = model.scale.us_at(x)
    for _ in range(80):
        turn(1)
    assert model.scale.span_us == 8_000_000
    assert abs(model.scale.us_at(x) - before_us) < 1_000_000
    for _ in range(120):
        turn(-1)
    assert model.scale.span_us > 100 * YEAR_US
    desk.settle()
    assert model.count_in_sight() == 6


def test_arrows_go_through_a_lane_and_enter_opens_the_moment_and_escape_comes_back(open_desk: Open) -> None:
    desk = open_desk(a_week())
    first = desk.step(Qt.Key.Key_Home)
    assert isinstance(first, Mark)
    assert first.words == "the boiler is loud"
    second = desk.step(Qt.Key.Key_Right)
    assert isinstance(second, Mark)
    assert second.who == "Tom"
    assert "I will call them" in desk.page.view.strip.accessibleDescription()
    desk.press(Qt.Key.Key_Return)
    desk.wait(desk.page.moment_view.isVisible)
    assert desk.page.moment_view.title.text() == "Tom"
    desk.press(Qt.Key.Key_Escape)
    desk.wait(desk.page.view.strip.isVisible)
    desk.press(Qt.Key.Key_Down)
    assert desk.page.model.lane is Lane.SCREENS
    page = desk.step(Qt.Key.Key_Right)
    assert isinstance(page, Mark)
    assert page.words == "a page"


def test_a_click_opens_what_was_painted_there(open_desk: Open, qtbot: QtBot) -> None:
    desk = open_desk(a_week())
    strip = desk.page.view.strip
    (note,) = desk.page.model.items(Lane.NOTES)
    rect = strip.rect_of(note)
    assert rect is not None
    qtbot.mouseMove(strip, rect.center().toPoint())
    assert desk.page.model.hovered == note
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=rect.center().toPoint())
    desk.wait(desk.page.moment_view.isVisible)
    assert "buy bread" in desk.page.moment_view.text.toPlainText()


def test_many_moments_are_numbers_and_enter_looks_closer_until_they_are_moments(open_desk: Open) -> None:
    moments = talk([f"Ana: line {n}" for n in range(400)], at="2026-10-13 09:30")
    desk = open_desk([*moments, noted("long ago", at="2006-10-13 09:30")])
    desk.page.show_everything()
    desk.settle()
    chosen = desk.step(Qt.Key.Key_Home)
    assert isinstance(chosen, Heap)
    assert chosen.n == 400
    assert "400 in Voices" in desk.page.view.strip.accessibleDescription()
    for _ in range(8):
        desk.press(Qt.Key.Key_Return)
        desk.settle()
        chosen = desk.step(Qt.Key.Key_Home) if not isinstance(desk.page.model.chosen, Mark) else desk.page.model.chosen
        if isinstance(chosen, Mark):
            break
        desk.press(Qt.Key.Key_Plus)
        desk.settle()
    assert isinstance(chosen, Mark)
    assert chosen.words == "line 0"


def test_gaps_are_shown_and_told_with_their_reason(open_desk: Open) -> None:
    desk = open_desk(a_week())
    start = at_us("2026-10-13 12:00")
    desk.engine.memory.add_gap(Gap(source="microphone", started_us=start, ended_us=start + HOUR_US, reason="unplugged"))
    desk.page.refresh()
    desk.settle()
    gap = next(item for item in desk.page.model.items(Lane.VOICES) if isinstance(item, GapSpan))
    assert desk.page.view.strip.rect_of(gap) is not None
    desk.step(Qt.Key.Key_Home)
    assert desk.step(Qt.Key.Key_G) == gap
    assert "unplugged" in desk.page.view.strip.accessibleDescription()


def test_events_are_bands_that_can_be_stepped_through(open_desk: Open) -> None:
    desk = open_desk(a_week())
    desk.wait(lambda: bool(desk.page.model.items(Lane.EVENTS)))
    desk.press(Qt.Key.Key_Up)
    band = desk.step(Qt.Key.Key_Home)
    assert isinstance(band, Band)
    assert band.title
    assert band.title in desk.page.view.strip.accessibleDescription()


def test_what_is_forgotten_is_gone_from_the_picture_at_once(open_desk: Open) -> None:
    desk = open_desk(a_week())
    desk.wait(lambda: bool(desk.page.model.items(Lane.EVENTS)))
    (note,) = desk.page.model.items(Lane.NOTES)
    assert isinstance(note, Mark)
    desk.page.forget(frozenset({note.id}))
    assert desk.page.model.items(Lane.NOTES) == []
    assert desk.page.model.items(Lane.EVENTS) == []


def test_the_calendar_shows_a_day_and_the_time_in_sight_limits_a_question(open_desk: Open, qtbot: QtBot) -> None:
    desk = open_desk(a_week())
    desk.page.view.day_wanted.emit(QDate(2026, 10, 12))
    desk.settle()
    assert desk.page.model.count_in_sight() == 2
    assert DAY_US <= desk.page.model.scale.span_us < 1.1 * DAY_US
    qtbot.mouseClick(desk.page.view.ask, Qt.MouseButton.LeftButton)
    asking = desk.window.work.asking
    assert desk.window.work.pages.current is asking
    assert asking.model.chips[0].key == "when"
    qtbot.keyClicks(desk.window.line, "boiler")
    qtbot.keyClick(desk.window.line, Qt.Key.Key_Return)
    desk.wait(lambda: asking.model.span is not None and not asking.model.is_busy)
    assert [card.moment.text for card in asking.model.cards.cards if "boiler" in card.moment.text] == []
    asking.controller.take_out("when")
    assert asking.model.limit is None


class Unreadable:
    """A timeline of a damaged database."""

    def read_bounds(self) -> None:
        raise DatabaseDamaged("The memory is damaged.", hint="Restore a backup.")


def test_an_empty_memory_and_one_that_cannot_be_read_are_said_in_words(open_desk: Open, qtbot: QtBot) -> None:
    desk = open_desk([])
    readable = desk.engine.memory.timeline
    desk.engine.memory.timeline = Unreadable()  # type: ignore[assignment]
    desk.page.controller.enter()
    desk.wait(lambda: desk.page.model.phase is Phase.FAILED)
    assert desk.page.view.words.text() == "The list of what this memory holds is damaged. It was left as it is."
    assert "backups" in desk.page.view.hint.text()
    desk.engine.memory.timeline = readable
    desk.page.view.retry.click()
    desk.wait(lambda: desk.page.model.phase is Phase.EMPTY)
    assert "nothing on the timeline" in desk.page.view.words.text()


def test_dragging_moves_and_dragging_with_shift_marks(open_desk: Open, qtbot: QtBot) -> None:
    desk = open_desk(a_week())
    strip, model = desk.page.view.strip, desk.page.model
    y = int(strip.layout_now.lane_rect(Lane.NOTES).bottom()) - 3
    left_us = model.scale.left_us
    qtbot.mousePress(strip, Qt.MouseButton.LeftButton, pos=QPoint(600, y))
    qtbot.mouseMove(strip, QPoint(500, y))
    qtbot.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=QPoint(500, y))
    assert model.scale.left_us > left_us
    assert not desk.page.moment_view.isVisible()
    shift = Qt.KeyboardModifier.ShiftModifier
    qtbot.mousePress(strip, Qt.MouseButton.LeftButton, shift, QPoint(300, y))
    qtbot.mouseMove(strip, QPoint(500, y))
    qtbot.mouseRelease(strip, Qt.MouseButton.LeftButton, shift, QPoint(500, y))
    assert model.span == (model.scale.us_at(300 - GUTTER_PX), model.scale.us_at(500 - GUTTER_PX))
    desk.press(Qt.Key.Key_Escape)
    assert model.span is None


def test_a_card_and_an_open_moment_are_shown_at_their_time(open_desk: Open, qtbot: QtBot) -> None:
    desk = open_desk(a_week())
    desk.window.work.pages.show_page("ask")
    asking = desk.window.work.asking
    row = next(i for i in range(6) if asking.cards.card(i).moment.text == "a receipt")  # type: ignore[union-attr]
    asking.view.cards.select(row)
    qtbot.keyClick(desk.window, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    desk.wait(lambda: isinstance(desk.page.model.chosen, Mark))
    assert desk.window.work.pages.current is desk.page
    assert desk.page.model.lane is Lane.PICTURES
    desk.settle()
    desk.press(Qt.Key.Key_Return)
    desk.wait(desk.page.moment_view.isVisible)
    qtbot.mouseClick(desk.page.moment_view.on_timeline, Qt.MouseButton.LeftButton)
    desk.wait(desk.page.view.strip.isVisible)
    assert desk.page.model.chosen.words == "a receipt"  # type: ignore[union-attr]


def test_items_in_sight_are_there_for_screen_readers(open_desk: Open) -> None:
    desk = open_desk(a_week())
    strip = desk.page.view.strip
    told = QAccessible.queryAccessibleInterface(strip)
    names = [told.child(n).text(QAccessible.Text.Name) for n in range(told.childCount())]
    assert len(names) == told.childCount() >= 6
    assert any(name.startswith("Voice, Tom, ") and name.endswith("I will call them") for name in names)
    place = next(n for n, name in enumerate(names) if "buy bread" in name)
    note = told.child(place)
    (item,) = desk.page.model.items(Lane.NOTES)
    assert note.rect().size() == strip.rect_of(item).toRect().size()  # type: ignore[union-attr]
    assert note.role() == QAccessible.Role.ListItem
    assert told.indexOfChild(note) == place


def test_a_journey_lies_over_the_events_of_its_days_and_versions_are_one_picture(open_desk: Open) -> None:
    places = {"home": Place("Berlin, Germany", 52.52, 13.40), "away": Place("Lisbon, Portugal", 38.72, -9.14)}
    day_us = 24 * HOUR_US
    rows = [(n, "home") for n in range(-40, 0, 4)] + [(n, "away") for n in (1, 2, 3)]
    marks = {"name": "n1", "second": None, "look": None}
    moments = [
        replace(
            build_utterance(
                f"picture {n} {twice}", ordinal=2 * n + twice, started_us=NOW_US + (n - 5) * day_us + twice
            ),
            kind=Kind.PHOTO,
            session=None,
            place=places[where],
            media=Media("ab" * 32, ".jpg"),
            details={"versions": marks} if n == 3 else {},
        )
        for n, where in rows
        for twice in (0, 1)
    ]
    desk = open_desk(moments)
    desk.settle()
    page = desk.page
    [journey] = page.model.content(Lane.EVENTS).journeys
    assert journey.title.startswith("Lisbon, ")
    assert page.view.strip.rect_of(journey) is not None
    assert any(item == journey for item in page.model.items(Lane.EVENTS))
    assert item_words(journey, page.model.zone) == f"Journey: {journey.title}"
    page.view.strip.enter(journey)
    desk.settle()
    told = [item for item in page.model.items(Lane.PICTURES) if isinstance(item, Mark)]
    assert [len(mark.versions) for mark in told if mark.versions] == [1]
    assert "2 versions" in item_words(next(mark for mark in told if mark.versions), page.model.zone)
    page.model.forget(frozenset({moments[-1].id}))
    assert page.model.content(Lane.EVENTS).journeys == ()
