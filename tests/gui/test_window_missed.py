"""What was missed, through the window: a real engine on fakes, one recording with two directions."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.settings import load_settings
from app.ui.main_window import MainWindow
from app.ui.missed_page import MissedPage
from app.ui.missed_view_model import Phase
from app.ui.theme import LIGHT
from memory.records import Media
from models.protocols import CancelToken
from recall.missed_results import Missed
from tests.support.ui_desk import WAIT_MS, Desk
from tests.support.ui_fakes import FakeSound
from tests.support.ui_room import CAR, CUT_S, LENGTH_S, build_room_engine, fill_turns, now_us, tone

LEFT, ENTER = Qt.MouseButton.LeftButton, Qt.Key.Key_Return


class RoomWindow:
    """A window on the room, and what plays in it."""

    def __init__(self, window: MainWindow, sound: FakeSound) -> None:
        self.window, self.sound = window, sound

    @property
    def page(self) -> MissedPage:
        return self.window.work.missing

    def path_of(self, media: Media) -> Path:
        engine = self.window.work.engine
        assert engine is not None
        return engine.memory.media_path(media)

    def ask(self, qtbot: QtBot, question: str) -> None:
        self.window.line.clear()
        qtbot.keyClicks(self.window.line, question)
        qtbot.keyClick(self.window.line, ENTER)

    def wait(self, qtbot: QtBot, phase: Phase) -> None:
        qtbot.waitUntil(lambda: self.page.model.phase is phase, timeout=WAIT_MS)

    def wait_sound(self, qtbot: QtBot, n_opened: int) -> None:
        qtbot.waitUntil(lambda: self.sound.calls.count("open") == n_opened, timeout=WAIT_MS)


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[RoomWindow]:
    sound = FakeSound()
    window = MainWindow(
        lambda: build_room_engine(tmp_path / "home"),
        home_label="test",
        sound=sound,
        now_us=now_us,
        theme=LIGHT,
        examples=[CAR, "When is the first rehearsal?"],
    )
    window.resize(1200, 800)
    window.start()
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: window.is_furnished, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: bool(window.work.missing.model.recordings), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.work.asking.isVisible(), timeout=WAIT_MS)
    yield RoomWindow(window, sound)
    window.close()
    window.deleteLater()


def test_the_question_on_the_line_leads_to_the_page_and_the_answer(qtbot: QtBot, room: RoomWindow) -> None:
    room.ask(qtbot, CAR)
    assert room.page.isVisible()
    room.wait(qtbot, Phase.TOLD)
    view = room.page.view
    assert view.headline.text().startswith("While you followed the conversation about the car repair at 140°")
    assert "14:00:00" in view.hint.text()
    rows = [view.points.points.index(n).data(Qt.ItemDataRole.AccessibleTextRole) for n in range(4)]
    assert rows[0].startswith("Right, 290°. ")
    assert any("14:00:04. Emma needs a silver costume." in row for row in rows)
    assert view.recordings.currentText() == "lunch · 13 October 2026, 14:00"
    assert room.page.model.followed == {0}
    assert room.window.work.pages.tab("missed").isChecked()


def test_each_question_is_asked_on_the_page_it_is_meant_for(qtbot: QtBot, room: RoomWindow) -> None:
    room.window.work.pages.show_page("missed")
    room.ask(qtbot, "the conversation about the car repair")
    room.wait(qtbot, Phase.TOLD)
    assert room.page.model.followed == {0}
    room.ask(qtbot, "When is the first rehearsal?")
    qtbot.waitUntil(room.window.work.asking.isVisible, timeout=WAIT_MS)
    assert room.window.work.asking.model.question == "When is the first rehearsal?"
    assert room.window.line.placeholderText() == room.window.work.asking.line_hint


def test_by_keyboard_alone_from_the_line_to_sound_and_correction(qtbot: QtBot, room: RoomWindow) -> None:
    room.ask(qtbot, CAR)
    room.wait(qtbot, Phase.TOLD)
    view = room.page.view
    qtbot.keyClick(room.window.line, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: view.points.hasFocus(), timeout=WAIT_MS)
    qtbot.keyClick(view.points, Qt.Key.Key_Down)
    qtbot.keyClick(view.points, ENTER)
    room.wait_sound(qtbot, 1)
    row = view.points.points.row(view.points.currentIndex().row())
    assert row is not None
    assert room.page.model.find_moment(row.moments[0]) == (1, room.page.model.place)
    qtbot.keyClick(view.points, Qt.Key.Key_Space)
    assert room.sound.calls[-1] == "pause"
    lanes = view.room.lanes
    lanes.setFocus()
    qtbot.keyClick(lanes, Qt.Key.Key_Home)
    assert "The school play" in lanes.accessibleDescription()
    qtbot.keyClick(lanes, Qt.Key.Key_Right)
    assert "silver costume" in lanes.accessibleDescription()
    qtbot.keyClick(lanes, Qt.Key.Key_F)
    qtbot.waitUntil(lambda: room.page.model.followed == {1}, timeout=WAIT_MS)
    assert view.headline.text().startswith("While you followed the conversation at 290°")
    assert "costume" not in " ".join(each.text for each in room.page.model.rows)
    qtbot.keyClick(lanes, Qt.Key.Key_Up)
    qtbot.keyClick(lanes, Qt.Key.Key_Up)
    assert room.window.line.hasFocus()


def test_a_click_plays_that_direction_from_that_second_and_goes_on_in_its_next_piece(
    qtbot: QtBot, room: RoomWindow
) -> None:
    room.ask(qtbot, CAR)
    room.wait(qtbot, Phase.TOLD)
    lanes, model = room.page.view.room.lanes, room.page.model
    assert model.room is not None
    geometry = lanes.geometry_now
    at = QPoint(round(geometry.x_of(7.0)), geometry.lane_top(1) + 30)
    qtbot.mouseClick(lanes.viewport(), LEFT, pos=at)
    room.wait_sound(qtbot, 1)
    assert room.sound.path == room.path_of(model.room.lanes[1].stretches[0].media)
    assert room.sound.start_s == pytest.approx(7.0, abs=0.2)
    room.sound.tell(7.5)
    assert model.position_s == pytest.approx(7.5)
    assert room.page.view.room.subtitles.texts() == ("Four hundred and fifty dollars.", "Okay.")
    assert "right, 290°" in room.page.view.room.compass.accessibleDescription()
    room.sound.tell(CUT_S + 0.2)
    room.wait_sound(qtbot, 2)
    assert room.sound.start_s == 0.0
    room.sound.tell(1.0)
    assert model.position_s == pytest.approx(CUT_S + 1.0)
    room.sound.end()
    assert model.position_s is None


def test_playing_a_direction_follows_whoever_of_its_streams_speaks(qtbot: QtBot, room: RoomWindow) -> None:
    engine = room.window.work.engine
    assert engine is not None
    fill_turns(engine.memory)
    room.page.controller.choose("turns")
    qtbot.waitUntil(lambda: room.page.model.room is not None, timeout=WAIT_MS)
    qtbot.keyClick(room.page.view.room.lanes, ENTER)
    room.wait_sound(qtbot, 1)
    room.sound.tell(3.0)
    assert room.sound.calls.count("open") == 1
    first = room.sound.path
    room.sound.tell(4.5)
    room.wait_sound(qtbot, 2)
    assert room.sound.path != first
    assert room.sound.start_s == pytest.approx(4.6)


def test_a_switch_plays_the_whole_room_at_the_same_second(qtbot: QtBot, room: RoomWindow) -> None:
    room.ask(qtbot, CAR)
    room.wait(qtbot, Phase.TOLD)
    panel, model = room.page.view.room, room.page.model
    assert model.room is not None
    qtbot.mouseClick(panel.play, LEFT)
    room.wait_sound(qtbot, 1)
    room.sound.tell(6.0)
    qtbot.mouseClick(panel.mix, LEFT)
    room.wait_sound(qtbot, 2)
    assert model.room.mix is not None
    assert room.sound.path == room.path_of(model.room.mix.media)
    assert room.sound.start_s == pytest.approx(6.0)
    assert panel.mix.isChecked()
    room.sound.tell(LENGTH_S)
    room.sound.end()
    assert not room.page.controller.is_playing


def test_a_recording_is_chosen_where_none_was_named_and_the_followed_one_marked(qtbot: QtBot, room: RoomWindow) -> None:
    qtbot.keyClick(room.window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(room.page.isVisible, timeout=WAIT_MS)
    view = room.page.view
    assert view.start.isVisible()
    offered = [each.text() for each in view.start.findChildren(QPushButton)]
    assert offered == [CAR, "lunch · 13 October 2026, 14:00"]
    qtbot.mouseClick(view.start.findChildren(QPushButton)[1], LEFT)
    room.wait(qtbot, Phase.CHOOSING)
    assert view.headline.text() == "Which direction did you follow?"
    qtbot.mouseClick(view.room.mark, LEFT)
    room.wait(qtbot, Phase.TOLD)
    assert room.page.model.followed == {0}
    assert "costume" in " ".join(each.text for each in room.page.model.rows)
    qtbot.keyClick(view.room.lanes, Qt.Key.Key_Up)
    assert (view.room.mark.text(), view.room.mark.isEnabled()) == ("You followed this one", False)


def test_nothing_is_said_in_words_and_the_whole_memory_can_be_asked_instead(qtbot: QtBot, room: RoomWindow) -> None:
    room.ask(qtbot, "What did I miss while I followed the talk about zebras?")
    room.wait(qtbot, Phase.NOTHING)
    view = room.page.view
    assert view.headline.text() == "No recording holds the conversation about zebras."
    assert "choose the recording" in view.hint.text()
    qtbot.mouseClick(view.instead, LEFT)
    qtbot.waitUntil(room.window.work.asking.isVisible, timeout=WAIT_MS)
    assert room.window.work.asking.model.question == "What did I miss while I followed the talk about zebras?"


def test_a_voice_is_named_once_for_all_that_it_said(qtbot: QtBot, room: RoomWindow) -> None:
    engine, model, panel = room.window.work.engine, room.page.model, room.page.view.room
    assert engine is not None
    said = list(engine.memory.iter_moments())
    engine.memory.voices.assign([(None, [m.id for m in said if m.stream == 1 and m.ordinal in (1, 4)])])
    room.ask(qtbot, CAR)
    room.wait(qtbot, Phase.TOLD)
    panel.lanes.setFocus()
    qtbot.keyClick(panel.lanes, Qt.Key.Key_Home)
    assert not panel.who.isVisible()  # this voice is not known apart from others
    qtbot.keyClick(panel.lanes, Qt.Key.Key_Right)
    assert panel.who.text() == "Who is this?"
    qtbot.keyClick(panel.lanes, Qt.Key.Key_N)
    assert panel.who_line.name.hasFocus()
    qtbot.keyClicks(panel.who_line.name, "Anna  Sousa")
    qtbot.keyClick(panel.who_line.name, ENTER)
    qtbot.waitUntil(lambda: model.missed is not None and "Anna Sousa" in model.rows[0].title, timeout=WAIT_MS)
    assert model.room is not None
    assert [m.speaker for m in model.room.lanes[1].utterances] == [None, "Anna Sousa", None, None, "Anna Sousa"]
    assert panel.who.text() == "Another name…"
    qtbot.mouseClick(panel.who, LEFT)
    assert panel.who_line.name.text() == "Anna Sousa"
    qtbot.keyClick(panel.who_line.name, Qt.Key.Key_Escape)
    assert not panel.who_line.isVisible()
    assert panel.lanes.hasFocus()


def test_a_name_given_in_the_room_is_taken_back_from_the_notice(qtbot: QtBot, room: RoomWindow) -> None:
    engine, model, panel = room.window.work.engine, room.page.model, room.page.view.room
    assert engine is not None
    said = list(engine.memory.iter_moments())
    engine.memory.voices.assign([(None, [m.id for m in said if m.stream == 1 and m.ordinal in (1, 4)])])
    room.ask(qtbot, CAR)
    room.wait(qtbot, Phase.TOLD)
    panel.lanes.setFocus()
    qtbot.keyClick(panel.lanes, Qt.Key.Key_Home)
    qtbot.keyClick(panel.lanes, Qt.Key.Key_Right)
    qtbot.keyClick(panel.lanes, Qt.Key.Key_N)
    qtbot.keyClicks(panel.who_line.name, "Anna")
    qtbot.keyClick(panel.who_line.name, ENTER)
    notice = room.window.notice
    qtbot.waitUntil(notice.isVisible, timeout=WAIT_MS)
    assert notice.message.text() == "A voice is called “Anna” now."
    qtbot.mouseClick(notice.act, LEFT)
    qtbot.waitUntil(lambda: all(m.speaker != "Anna" for m in engine.memory.iter_moments()), timeout=WAIT_MS)
    qtbot.waitUntil(
        lambda: model.room is not None and all(m.speaker != "Anna" for m in model.room.lanes[1].utterances),
        timeout=WAIT_MS,
    )


def test_two_voices_of_one_person_are_joined_and_a_sentence_of_someone_else_is_taken_out(
    qtbot: QtBot, room: RoomWindow
) -> None:
    engine, model, panel = room.window.work.engine, room.page.model, room.page.view.room
    assert engine is not None
    said = {(m.stream, m.ordinal): m.id for m in engine.memory.iter_moments() if m.session == "room"}
    book = engine.memory.voices
    book.assign([(None, [said[1, 0], said[1, 1]]), (None, [said[1, 3], said[1, 4]])])
    book.name("v1", "Emma")
    room.ask(qtbot, CAR)
    room.wait(qtbot, Phase.TOLD)

    def speakers() -> list[str | None]:
        assert model.room is not None
        return [m.speaker for m in model.room.lanes[1].utterances]

    model.select(1, 3)
    room.page.controller.changed.emit()
    qtbot.mouseClick(panel.who, LEFT)
    line = panel.who_line
    qtbot.waitUntil(lambda: line.others.isVisible(), timeout=WAIT_MS)
    assert [line.others.itemText(row) for row in range(line.others.count())] == ["Emma"]
    qtbot.mouseClick(line.join, LEFT)
    qtbot.waitUntil(lambda: speakers() == ["Emma", "Emma", None, "Emma", "Emma"], timeout=WAIT_MS)
    assert not line.isVisible()
    assert [voice.id for voice in book.list_voices()] == ["v1"]

    qtbot.waitUntil(lambda: model.phase is Phase.TOLD, timeout=WAIT_MS)
    model.select(1, 4)
    room.page.controller.changed.emit()
    qtbot.keyClick(panel.lanes, Qt.Key.Key_N)
    qtbot.waitUntil(lambda: line.part.isVisible() and not line.others.isVisible(), timeout=WAIT_MS)
    qtbot.mouseClick(line.part, LEFT)
    qtbot.waitUntil(lambda: speakers() == ["Emma", "Emma", None, "Emma", None], timeout=WAIT_MS)
    assert sorted(voice.n_moments for voice in book.list_voices()) == [1, 3]


def test_what_is_forgotten_is_no_longer_told(qtbot: QtBot, room: RoomWindow) -> None:
    room.ask(qtbot, CAR)
    room.wait(qtbot, Phase.TOLD)
    work, model = room.window.work, room.page.model
    assert model.room is not None
    costume = model.room.lanes[1].utterances[1]
    qtbot.mouseClick(room.page.view.room.play, LEFT)
    room.wait_sound(qtbot, 1)
    work.questions.confirm_forget(costume.id)
    qtbot.mouseClick(room.window.notice.act, LEFT)
    room.wait(qtbot, Phase.IDLE)
    assert room.sound.calls[-1] == "stop"
    assert not room.page.view.points.isVisible()
    room.ask(qtbot, CAR)
    room.wait(qtbot, Phase.TOLD)
    assert "costume" not in " ".join(each.text for each in model.rows)


def test_an_answer_that_takes_long_is_said_and_can_be_stopped(
    qtbot: QtBot, room: RoomWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = room.window.work.engine
    assert engine is not None

    def wait_long(_question: str, *, cancel: CancelToken, **_more: object) -> Missed:
        while not cancel.is_cancelled:
            threading.Event().wait(0.01)
        cancel.raise_if_cancelled()
        raise AssertionError

    monkeypatch.setattr(engine, "missed", wait_long)
    room.ask(qtbot, CAR)
    view = room.page.view
    assert view.headline.text() == "Listening for what ran beside it…"
    assert view.stop.isVisible()
    qtbot.keyClick(room.window, Qt.Key.Key_Escape)
    assert room.page.model.phase is Phase.STOPPED
    assert view.headline.text() == "Stopped."

    def fail(_question: str, **_more: object) -> Missed:
        raise RuntimeError("words that were heard")

    monkeypatch.setattr(engine, "missed", fail)
    room.ask(qtbot, CAR)
    room.wait(qtbot, Phase.FAILED)
    assert view.headline.text() == "Something went wrong inside Madeleine."


def test_all_is_shown_at_once_and_a_models_words_come_later(
    qtbot: QtBot, room: RoomWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = room.window.work.engine
    assert engine is not None
    told, go_on = engine.missed, threading.Event()
    cancelled: list[bool] = []

    def word_slowly(question: str, *, cancel: CancelToken, listen: Callable[[Missed], None], **more: Any) -> Missed:
        by_rule = told(question, cancel=cancel, listen=listen, **{**more, "patience_s": 0.0})
        while not (go_on.is_set() or cancel.is_cancelled):
            go_on.wait(0.01)
        cancelled.append(cancel.is_cancelled)
        return replace(
            by_rule, missed=tuple(replace(one, summary="They talked about a play.") for one in by_rule.missed)
        )

    monkeypatch.setattr(engine, "missed", word_slowly)
    room.ask(qtbot, CAR)
    room.wait(qtbot, Phase.TOLD)
    page = room.page
    assert page.model.rows[0].text.startswith("At 290°: ")
    assert not page.view.stop.isVisible()
    page.model.select(1, 3)
    go_on.set()
    qtbot.waitUntil(lambda: page.model.rows[0].text == "They talked about a play.", timeout=WAIT_MS)
    assert (page.model.lane, page.model.place) == (1, 3)

    go_on.clear()
    room.ask(qtbot, CAR)
    room.wait(qtbot, Phase.TOLD)
    room.ask(qtbot, "When is the first rehearsal?")  # the model is wanted elsewhere
    qtbot.waitUntil(lambda: cancelled == [False, True], timeout=WAIT_MS)
    assert page.model.phase is Phase.TOLD


def test_what_becomes_of_the_channels_is_chosen_in_the_menu_and_asked_before_they_go(
    qtbot: QtBot, room: RoomWindow
) -> None:
    engine, window = room.window.work.engine, room.window
    assert engine is not None
    menu, notice = window.raw_menu, window.notice
    assert menu.action("keep").isChecked()
    menu.action("drop").trigger()
    assert notice.is_asking
    qtbot.mouseClick(notice.dismiss, LEFT)
    assert menu.action("keep").isChecked()
    assert engine.settings.raw_channels == "keep"

    room.ask(qtbot, CAR)
    room.wait(qtbot, Phase.TOLD)
    room.page.model.select(1, 2)
    session = engine.memory.find_session("room")
    assert session is not None
    mix = replace(engine.memory.keep_bytes(tone(LENGTH_S), ".wav"), duration_s=LENGTH_S)
    engine.memory.add_session(replace(session, media=mix))  # as it is once the channels went
    menu.action("drop").trigger()
    qtbot.mouseClick(notice.act, LEFT)
    qtbot.waitUntil(lambda: menu.action("drop").isChecked(), timeout=WAIT_MS)
    assert load_settings(engine.memory.home.root).raw_channels == "drop"
    model = room.page.model
    qtbot.waitUntil(lambda: model.room is not None and model.room.mix is not None
                    and model.room.mix.media.sha256 == mix.sha256, timeout=WAIT_MS)  # fmt: skip
    assert (model.lane, model.place, model.phase) == (1, 2, Phase.TOLD)
    menu.action("keep").trigger()
    qtbot.waitUntil(lambda: menu.action("keep").isChecked(), timeout=WAIT_MS)
    assert not notice.is_asking


def test_without_recordings_the_page_says_what_it_needs(qtbot: QtBot, open_desk: Callable[..., Desk]) -> None:
    desk = open_desk()
    desk.window.work.pages.show_page("missed")
    assert "microphone array" in desk.window.work.missing.view.hint.text()
    assert not desk.window.work.missing.view.recordings.isVisible()


def test_what_was_missed_is_copied_and_shown_on_the_timeline(qtbot: QtBot, room: RoomWindow) -> None:
    room.ask(qtbot, CAR)
    room.wait(qtbot, Phase.TOLD)
    view = room.page.view
    qtbot.mouseClick(view.copy, LEFT)
    lines = QGuiApplication.clipboard().text().splitlines()
    points = [row for row in room.page.model.rows if not row.is_head]
    assert lines[0] == room.page.model.headline()
    assert [line for line in lines if line.startswith("- ")] == [f"- {row.at}  {row.text}" for row in points]
    view.points.setCurrentIndex(view.points.points.index(1))
    room.window.work.show_on_timeline()
    assert room.window.work.pages.current is room.window.work.timeline
