"""A moment in full, through its widgets, on a real memory: a room with two directions, and what lies around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage, QTextCursor
from pytestqt.qtbot import QtBot

from app.engine import Engine
from app.service import Service
from app.ui.main_window import MainWindow
from app.ui.moment_view import MomentView
from app.ui.theme import LIGHT
from memory.records import Kind, Moment, Place
from tests.support.app_memory import build_embedder
from tests.support.ui_desk import WAIT_MS
from tests.support.ui_fakes import FakeSound
from tests.support.ui_room import build_room_engine, now_us

LEFT = Qt.MouseButton.LeftButton


class Desk:
    """A window on the room with the first utterance of the first direction open."""

    def __init__(self, window: MainWindow, engine: Engine, sound: FakeSound, qtbot: QtBot) -> None:
        self.window, self.engine, self.sound, self._qtbot = window, engine, sound, qtbot
        kitchen = [m for m in engine.memory.iter_moments() if m.stream == 0]
        self.first, self.second = kitchen[:2]

    @property
    def view(self) -> MomentView:
        return self.window.work.asking.moment_view

    def wait(self, until: object) -> None:
        self._qtbot.waitUntil(until, timeout=WAIT_MS)

    def open(self, moment: Moment) -> None:
        """Open a card as Enter does, and wait for what follows it."""
        asking = self.window.work.asking
        self.wait(lambda: asking.cards.find(moment.id) is not None)
        asking.view.show_moment(moment.id)
        self._qtbot.keyClick(asking.view.cards, Qt.Key.Key_Return)
        self.wait(lambda: self.view.moment is not None and self.view.moment.id == moment.id)
        if moment.session:
            self.wait(lambda: self.second.text in self.view.text.toPlainText())

    def put_caret(self, word: str) -> None:
        text = self.view.text
        cursor = QTextCursor(text.document())
        found = text.document().find(word, cursor)
        found.setPosition(found.selectionStart() + 1)
        text.setTextCursor(found)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    engine = build_room_engine(tmp_path / "home")
    sound = FakeSound()
    window = MainWindow(lambda: engine, home_label="test", sound=sound, now_us=now_us, theme=LIGHT)
    window.resize(1280, 800)
    window.start()
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: window.is_furnished and window.work.asking.model.n_moments is not None, timeout=WAIT_MS)
    yield Desk(window, engine, sound, qtbot)
    window.close()
    window.deleteLater()


def test_words_follow_the_sound_and_a_click_plays_from_one(desk: Desk, qtbot: QtBot) -> None:
    words = desk.first.text.split()
    step_s = 1.0 / len(words)
    heard = [[word, n * step_s, (n + 1) * step_s, 0.9] for n, word in enumerate(words)]
    desk.engine.memory.write_moments([replace(desk.first, details={"words": heard})])
    desk.window.work.refresh()
    desk.open(desk.engine.memory.get_moment(desk.first.id))
    text = desk.view.text
    place = text.find_place(desk.first.id, desk.first.text.index(words[2]) + 1)
    qtbot.mouseClick(text.viewport(), LEFT, pos=place)
    desk.wait(lambda: desk.window.work.player.moment == desk.first.id)
    assert desk.sound.start_s == pytest.approx(0.1 + 2 * step_s)  # its sound begins 0.1 s into the file
    desk.sound.tell(0.1 + 3.5 * step_s)
    assert text.heard == words[3]
    desk.sound.tell(0.1 + 4.5 * step_s)
    assert text.heard == words[4]
    desk.sound.end()
    assert text.heard == ""


def test_by_keyboard_enter_plays_from_the_word_at_the_caret_of_a_neighbour_too(desk: Desk, qtbot: QtBot) -> None:
    desk.open(desk.first)
    text = desk.view.text
    text.setFocus()
    desk.put_caret(desk.second.text.split()[-1])
    qtbot.keyClick(text, Qt.Key.Key_Return)
    desk.wait(lambda: desk.window.work.player.moment == desk.second.id)
    assert desk.window.work.player.share > 0.5
    desk.sound.tell(desk.sound.start_s + 0.01)
    assert text.heard == desk.second.text.split()[-1]
    qtbot.keyClick(text, Qt.Key.Key_Space)  # the open moment, as everywhere in the view
    desk.wait(lambda: desk.window.work.player.moment == desk.first.id)


def test_the_direction_alone_or_the_whole_room_at_the_same_second(desk: Desk, qtbot: QtBot) -> None:
    desk.open(desk.first)
    bar = desk.view.sound
    desk.wait(bar.room.isVisible)
    qtbot.mouseClick(bar.button, LEFT)
    desk.wait(lambda: desk.sound.calls.count("open") == 1)
    own = desk.sound.path
    desk.sound.tell(0.4)
    qtbot.mouseClick(bar.room, LEFT)
    desk.wait(lambda: desk.sound.calls.count("open") == 2)
    session = desk.engine.memory.find_session("room")
    assert session is not None
    assert session.media is not None
    assert desk.sound.path == desk.engine.memory.media_path(session.media) != own
    assert desk.sound.start_s == pytest.approx((desk.first.started_us - session.started_us) / 1e6 + 0.3)
    qtbot.mouseClick(bar.room, LEFT)
    desk.wait(lambda: desk.sound.path == own)


def test_speed_and_silence_hold_for_all_that_is_played(desk: Desk, qtbot: QtBot) -> None:
    desk.open(desk.first)
    bar, player = desk.view.sound, desk.window.work.player
    desk.wait(lambda: bar.wave.peaks is not None)
    bar.rate.setFocus()
    qtbot.keyClick(bar.rate, Qt.Key.Key_Down)
    assert player.rate == desk.sound.rate == 1.25
    qtbot.mouseClick(bar.button, LEFT)
    desk.wait(lambda: player.moment == desk.first.id)
    player.know_silences(desk.first.id, ((0.3, 0.7),))
    desk.sound.tell(0.45)
    assert player.position_s == pytest.approx(0.35)
    qtbot.keyClick(bar.quiet, Qt.Key.Key_Space)
    desk.sound.tell(0.5)
    assert desk.sound.calls[-1] == "seek 0.80"
    assert player.position_s == pytest.approx(0.7)
    bar.wave.setFocus()
    qtbot.keyClick(bar.wave, Qt.Key.Key_Home)
    assert desk.sound.calls[-1] == "seek 0.10"


def test_without_a_sound_device_the_bar_says_so(desk: Desk, qtbot: QtBot) -> None:
    desk.sound.has_device = False
    desk.open(desk.first)
    qtbot.mouseClick(desk.view.sound.button, LEFT)
    desk.wait(lambda: desk.view.sound.time.text() == "No sound device")
    assert "Everything else works" in desk.window.notice.message.text()
    desk.sound.has_device = True
    qtbot.mouseClick(desk.view.sound.button, LEFT)
    desk.wait(lambda: desk.window.work.player.playing)
    assert desk.view.sound.time.text() == "0:00 / 0:01"


def test_what_was_at_that_time_is_named_and_opened_by_key_and_click(desk: Desk, qtbot: QtBot) -> None:
    memory = desk.engine.memory
    at_us = desk.first.started_us
    common = {"zone": "Europe/Berlin", "started_us": at_us + 60_000_000, "ended_us": at_us + 60_000_000}
    memory.write_moments(
        [
            Moment(id="page", kind=Kind.SCREENSHOT, text="brakes", app="Firefox", window="Brake prices", **common),
            Moment(id="photo", kind=Kind.PHOTO, text="", place=Place("Garage"), **{**common, "zone": "Asia/Tokyo"}),
            replace(desk.second, speaker="Tom"),
        ]
    )
    desk.engine.diary.refresh_events()
    desk.window.work.refresh()
    desk.open(desk.first)
    around = desk.view.around
    desk.wait(lambda: bool(around.rows))
    heads = [row.title for row in around.rows if row.is_heading]
    assert heads[:4] == ["Event", "On the screen", "Said", "Photographed"]
    assert any("Brake prices" in row.title for row in around.rows)
    said = [row.detail for row in around.rows if row.moment is not None and row.moment.kind is Kind.UTTERANCE]
    assert any("school play" in words for words in said)  # the other direction
    assert not any(desk.second.text == words for words in said)  # it stands in the transcript already
    assert [row.moment.id for row in around.rows if row.title == "Tom" and row.moment] == [desk.second.id]
    assert any(row.title == "14:01:00  Garage" for row in around.rows)  # as on the clock of the moment on show
    page = next(n for n, row in enumerate(around.rows) if row.moment is not None and row.moment.id == "page")
    around.list.setFocus()
    while around.list.currentRow() < page:
        qtbot.keyClick(around.list, Qt.Key.Key_Down)
    assert around.list.currentRow() == page  # headings are stepped over
    qtbot.keyClick(around.list, Qt.Key.Key_Return)
    desk.wait(lambda: desk.view.moment is not None and desk.view.moment.id == "page")
    desk.wait(lambda: any(row.event is not None for row in around.rows))
    event = next(n for n, row in enumerate(around.rows) if row.event is not None)
    qtbot.mouseClick(around.list.viewport(), LEFT, pos=around.list.visualItemRect(around.list.item(event)).center())
    desk.wait(lambda: desk.window.work.pages.current is desk.window.work.timeline)


def test_words_are_corrected_searched_as_typed_and_brought_back(desk: Desk, qtbot: QtBot) -> None:
    desk.open(desk.first)
    view, line = desk.view, desk.view.words_line
    view.text.setFocus()
    qtbot.keyClick(view.text, Qt.Key.Key_F2)
    assert line.words.toPlainText() == desk.first.text
    qtbot.keyClick(desk.window, Qt.Key.Key_Escape)  # the line goes, the moment stays
    assert not line.isVisible()
    assert view.isVisible()
    qtbot.mouseClick(view.correct, LEFT)
    qtbot.keyClicks(line.words, "The mechanic called about the zebra.")
    qtbot.keyClick(line.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.wait(lambda: "zebra" in view.text.toPlainText() and not line.isVisible())
    assert f"Heard: “{desk.first.text}”" in view.text.toPlainText()
    desk.wait(lambda: not desk.engine.memory.moments_without_vectors(build_embedder().producer, limit=1))
    assert desk.engine.search("zebra").found[0].moment.id == desk.first.id
    qtbot.mouseClick(view.correct, LEFT)
    qtbot.mouseClick(line.restore, LEFT)
    desk.wait(lambda: view.moment is not None and view.moment.original is None)
    assert not desk.engine.memory.search_lexical(["zebra"])
    qtbot.mouseClick(view.correct, LEFT)
    desk.wait(line.versions.isVisible)
    line.versions.setFocus()
    qtbot.keyClick(line.versions, Qt.Key.Key_Down)
    assert line.words.toPlainText() == "The mechanic called about the zebra."
    line.words.setPlainText("  ")
    qtbot.mouseClick(line.save, LEFT)
    desk.wait(lambda: desk.window.notice.message.text() == "There are no words to keep.")
    assert line.isVisible()  # nothing that was typed is lost


def test_one_sentence_is_given_to_another_to_a_new_name_and_to_nobody(desk: Desk, qtbot: QtBot) -> None:
    desk.engine.voices.give(desk.second.id, "Marta")
    desk.open(desk.first)
    view, line = desk.view, desk.view.speaker_line
    qtbot.keyClick(view, Qt.Key.Key_N)
    desk.wait(lambda: line.name.count() == 1)
    qtbot.keyClick(line.name, Qt.Key.Key_Down)
    assert line.name.currentText() == "Marta"
    qtbot.keyClick(line.name.lineEdit(), Qt.Key.Key_Return)
    desk.wait(lambda: view.title.text() == "Marta")
    assert len(desk.engine.voices.list_voices()) == 1
    qtbot.mouseClick(view.who, LEFT)
    qtbot.keyClicks(line.name.lineEdit(), "Oscar")
    qtbot.mouseClick(line.save, LEFT)
    desk.wait(lambda: view.title.text() == "Oscar")
    qtbot.mouseClick(view.who, LEFT)
    qtbot.mouseClick(line.nobody, LEFT)
    desk.wait(lambda: view.title.text() == "A voice")
    assert desk.engine.memory.get_moment(desk.second.id).speaker == "Marta"


def test_forgetting_is_asked_in_the_page_with_what_goes_and_what_stays(desk: Desk, qtbot: QtBot) -> None:
    desk.open(desk.first)
    qtbot.mouseClick(desk.view.forget, LEFT)
    notice = desk.window.notice
    assert notice.is_asking
    assert desk.window.focusWidget() is notice.dismiss
    desk.wait(lambda: "8 other moments" in notice.hint.text())
    assert notice.hint.text().startswith("It is deleted everywhere and cannot be brought back. Its words go.")
    qtbot.mouseClick(notice.act, LEFT)
    desk.wait(lambda: not desk.view.isVisible())
    assert desk.first.id not in desk.engine.memory.find_moments([desk.first.id])


def test_a_picture_is_dragged_out_and_copied_as_a_file_of_its_own_an_image_and_words(desk: Desk, qtbot: QtBot) -> None:
    picture = QImage(64, 48, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    data = QBuffer()
    picture.save(data, "PNG")
    media = desk.engine.memory.keep_bytes(data.data().data(), ".png")
    at_us = desk.first.started_us
    moment = Moment(id="p", kind=Kind.PHOTO, started_us=at_us, ended_us=at_us, text="a gate", media=media)
    desk.engine.memory.write_moments([moment])
    desk.window.work.refresh()
    desk.open(moment)
    handle, given = desk.view.hand_out, []
    desk.wait(lambda: not desk.view.picture._image.isNull())
    handle.begin = lambda mime, _sign: given.append(mime)
    qtbot.keyClick(handle, Qt.Key.Key_Space)
    board = QGuiApplication.clipboard()
    desk.wait(lambda: board.mimeData() is not None and board.mimeData().hasUrls())
    (url,) = board.mimeData().urls()
    copy = Path(url.toLocalFile())
    assert copy.name == "2026-10-13 12.00.00 photo.png"
    assert copy.read_bytes() == desk.engine.memory.media_path(media).read_bytes()
    assert copy != desk.engine.memory.media_path(media)
    assert board.text() == "a gate"
    qtbot.mousePress(handle, LEFT, pos=QPoint(4, 4))
    qtbot.mouseMove(handle, QPoint(60, 4))
    qtbot.mouseRelease(handle, LEFT, pos=QPoint(60, 4))
    view = desk.view.picture.viewport()
    middle = view.rect().center()
    qtbot.mousePress(view, LEFT, pos=middle)
    qtbot.mouseMove(view, middle + QPoint(60, 0))
    qtbot.mouseRelease(view, LEFT, pos=middle + QPoint(60, 0))
    assert [(mime.hasImage(), mime.text(), mime.urls()) for mime in given] == 2 * [(True, "a gate", [url])]
    desk.engine.forget([moment.id])
    assert not copy.exists()


def test_an_utterance_is_copied_with_who_said_it_and_when(desk: Desk, qtbot: QtBot) -> None:
    desk.open(desk.first)
    qtbot.mouseClick(desk.view.hand_out, LEFT)
    assert QGuiApplication.clipboard().text() == f"A voice, 2026-10-13 14:00: {desk.first.text}"


def test_back_leads_the_way_one_came_and_past_what_was_forgotten(desk: Desk, qtbot: QtBot) -> None:
    desk.open(desk.first)
    view = desk.view

    def open_beside() -> str:
        desk.wait(lambda: bool(view.around.moments))
        rows = enumerate(view.around.rows)
        row = next(n for n, row in rows if row.moment is not None and row.moment.id != desk.first.id)
        view.around.list.setCurrentRow(row)
        qtbot.keyClick(view.around.list, Qt.Key.Key_Return)
        opened = view.moment
        assert opened is not None
        return opened.id

    second = open_beside()
    assert open_beside() != second
    qtbot.mouseClick(view.back, LEFT)
    desk.wait(lambda: view.moment is not None and view.moment.id == second)
    open_beside()
    desk.engine.forget([second])
    qtbot.keyClick(desk.window, Qt.Key.Key_Escape)
    desk.wait(lambda: view.moment is not None and view.moment.id == desk.first.id)
    qtbot.keyClick(desk.window, Qt.Key.Key_Escape)
    assert not view.isVisible()


def test_playing_on_goes_through_the_talk_and_rests_at_its_end(desk: Desk, qtbot: QtBot) -> None:
    desk.open(desk.first)
    player, bar = desk.window.work.player, desk.view.sound
    talk = [m.id for m in desk.engine.memory.iter_moments() if m.stream == 0]
    qtbot.keyClick(bar.on, Qt.Key.Key_Space)
    qtbot.mouseClick(bar.button, LEFT)
    for n, said in enumerate(talk, start=1):
        desk.wait(lambda said=said, n=n: player.moment == said and desk.sound.calls.count("open") == n)
        desk.sound.end()
    assert player.moment is None
    qtbot.mouseClick(bar.on, LEFT)
    qtbot.mouseClick(bar.button, LEFT)
    desk.wait(lambda: player.moment == talk[0])
    desk.sound.end()
    assert player.moment is None


def test_what_is_heard_and_forgotten_by_the_command_line_is_silent_at_once(desk: Desk, qtbot: QtBot) -> None:
    player = desk.window.work.player
    talk = next(each for each in desk.engine.memory.iter_moments() if each.kind is Kind.UTTERANCE and each.media)
    desk.open(talk)
    qtbot.mouseClick(desk.view.sound.button, LEFT)
    desk.wait(lambda: player.moment == talk.id)
    Service(desk.engine).handle({"do": "forget", "ids": [talk.id]})
    desk.wait(lambda: player.moment is None)


def test_what_the_command_line_forgets_leaves_the_window_at_once(desk: Desk) -> None:
    desk.open(desk.first)
    Service(desk.engine).handle({"do": "forget", "ids": [desk.first.id]})
    desk.wait(lambda: desk.view.moment is None)
    desk.wait(lambda: desk.window.work.asking.cards.find(desk.first.id) is None)
