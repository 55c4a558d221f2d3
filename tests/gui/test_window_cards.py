from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from app.ui.ask_view_model import Phase
from app.ui.cards_list import CardsList
from app.ui.cards_model import CARD_ROLE, CardsModel
from app.ui.cards_view_model import CardsViewModel
from memory.records import Kind, Moment
from recall.results import Found
from tests.support.ui_desk import WAIT_MS, Desk, ask, wait_phase
from tests.support.ui_fakes import NOW_US, ZONE


def select(desk: Desk, moment: str) -> int:
    row = desk.window.work.asking.cards.find(moment)
    assert row is not None
    desk.window.work.asking.view.show_moment(moment)
    return row


def test_down_goes_to_the_cards_and_up_comes_back(qtbot: QtBot, desk: Desk) -> None:
    window = desk.window
    qtbot.keyClick(window.line, Qt.Key.Key_Down)
    cards = window.work.asking.view.cards
    assert cards.current_moment() == "n1"
    qtbot.keyClick(cards, Qt.Key.Key_Down)
    assert cards.current_moment() == "s2"
    qtbot.keyClick(cards, Qt.Key.Key_Up)
    qtbot.keyClick(cards, Qt.Key.Key_Up)
    assert window.focusWidget() is window.line


def test_slash_and_ctrl_l_go_to_the_line(qtbot: QtBot, desk: Desk) -> None:
    window = desk.window
    for key, modifier in ((Qt.Key.Key_Slash, Qt.KeyboardModifier.NoModifier),
                          (Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)):  # fmt: skip
        window.work.asking.view.cards.setFocus()
        qtbot.keyClick(window.work.asking.view.cards, key, modifier)
        assert window.focusWidget() is window.line
    assert window.line.text() == ""


def test_space_plays_the_card_from_its_second(qtbot: QtBot, desk: Desk) -> None:
    select(desk, "u2")
    qtbot.keyClick(desk.window.work.asking.view.cards, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: desk.window.work.player.playing, timeout=WAIT_MS)
    assert desk.sound.start_s == 18.8
    assert desk.sound.path is not None
    assert desk.sound.path.name == "aaaaaaaa.wav"
    desk.sound.tell(20.9)
    assert desk.window.work.player.share == (20.9 - 18.8) / 4.2
    qtbot.keyClick(desk.window.work.asking.view.cards, Qt.Key.Key_Space)
    assert not desk.window.work.player.playing
    qtbot.keyClick(desk.window.work.asking.view.cards, Qt.Key.Key_Space)
    desk.sound.tell(23.2)
    assert desk.window.work.player.moment is None
    assert desk.sound.calls == ["open", "pause", "resume", "stop"]


def test_the_play_button_and_the_waveform_hear_clicks(qtbot: QtBot, desk: Desk) -> None:
    view = desk.window.work.asking.view
    row = select(desk, "u1")
    rect = view.delegate.play_rect(desk.window.work.asking.cards.index(row))
    qtbot.mouseClick(view.cards.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    qtbot.waitUntil(lambda: desk.window.work.player.moment == "u1", timeout=WAIT_MS)
    assert desk.sound.start_s == 12.0
    right = QPoint(rect.right() + 200, rect.center().y())
    qtbot.mouseClick(view.cards.viewport(), Qt.MouseButton.LeftButton, pos=right)
    assert desk.sound.calls[-1].startswith("seek 1")
    assert 0.2 < desk.window.work.player.share < 0.6


def test_without_a_sound_device_it_says_so_and_goes_on(qtbot: QtBot, desk: Desk) -> None:
    desk.sound.has_device = False
    select(desk, "u1")
    qtbot.keyClick(desk.window.work.asking.view.cards, Qt.Key.Key_Space)
    qtbot.waitUntil(desk.window.notice.isVisible, timeout=WAIT_MS)
    assert "No sound device" in desk.window.notice.message.text()
    ask(qtbot, desk, "When is the dentist?")
    wait_phase(qtbot, desk, Phase.ANSWERED)


def test_a_lost_recording_is_said_in_words(qtbot: QtBot, desk: Desk) -> None:
    moments = desk.engine.memory.moments
    desk.engine.memory.folder = desk.engine.memory.folder / "gone"
    assert moments
    select(desk, "u1")
    qtbot.keyClick(desk.window.work.asking.view.cards, Qt.Key.Key_Space)
    qtbot.waitUntil(desk.window.notice.isVisible, timeout=WAIT_MS)
    assert "no longer there" in desk.window.notice.message.text()


def test_pictures_and_waveforms_are_fetched_when_painted(qtbot: QtBot, desk: Desk) -> None:
    cards = desk.window.work.asking.cards
    shot, voice = cards.card(cards.find("s2")), cards.card(cards.find("u4"))  # type: ignore[arg-type]
    assert shot is not None
    assert voice is not None
    qtbot.waitUntil(lambda: cards.picture(shot) is not None, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: bool(cards.wave(voice)), timeout=WAIT_MS)
    assert cards.picture(shot).width() <= 300  # type: ignore[union-attr]


def test_enter_opens_the_transcript_with_neighbours_and_escape_goes_back(qtbot: QtBot, desk: Desk) -> None:
    window = desk.window
    select(desk, "u2")
    qtbot.keyClick(window.work.asking.view.cards, Qt.Key.Key_Return)
    view = window.work.asking.moment_view
    assert view.isVisible()
    assert view.title.text() == "Tom"
    qtbot.waitUntil(lambda: "insurance card" in view.text.toPlainText(), timeout=WAIT_MS)
    qtbot.keyClick(view, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.work.player.moment == "u2", timeout=WAIT_MS)
    view.play_wanted.emit("u3", -1.0)
    qtbot.waitUntil(lambda: window.work.player.moment == "u3", timeout=WAIT_MS)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.work.asking.view.isVisible()
    assert window.work.asking.view.cards.current_moment() == "u2"


def test_a_double_click_opens_the_picture_large(qtbot: QtBot, desk: Desk) -> None:
    window = desk.window
    row = select(desk, "s2")
    at = window.work.asking.view.cards.visualRect(window.work.asking.cards.index(row)).center()
    qtbot.mouseClick(window.work.asking.view.cards.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseDClick(window.work.asking.view.cards.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert window.work.asking.moment_view.picture.isVisible()
    assert "The time is that of the file: a guess." in window.work.asking.moment_view.doubt.text()
    assert "Train to Hamburg" in window.work.asking.moment_view.text.toPlainText()


def test_delete_asks_in_the_page_and_keeps_when_told(qtbot: QtBot, desk: Desk) -> None:
    select(desk, "s2")
    qtbot.keyClick(desk.window.work.asking.view.cards, Qt.Key.Key_Delete)
    assert desk.window.notice.is_asking
    assert desk.window.focusWidget() is desk.window.notice.dismiss
    qtbot.mouseClick(desk.window.notice.dismiss, Qt.MouseButton.LeftButton)
    assert not desk.window.notice.isVisible()
    assert desk.window.work.asking.cards.find("s2") is not None
    assert not desk.engine.calls


def test_delete_forgets_when_confirmed_and_takes_the_answer_with_it(qtbot: QtBot, desk: Desk) -> None:
    ask(qtbot, desk, "When is the dentist?")
    wait_phase(qtbot, desk, Phase.ANSWERED)
    select(desk, "u1")
    qtbot.keyClick(desk.window.work.asking.view.cards, Qt.Key.Key_Delete)
    qtbot.mouseClick(desk.window.notice.act, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.window.work.asking.cards.find("u1") is None, timeout=WAIT_MS)
    assert desk.engine.calls[-1] == "forget u1"
    assert "half past two" not in desk.window.work.asking.view.answer.body.toPlainText()


def test_escape_keeps(qtbot: QtBot, desk: Desk) -> None:
    select(desk, "s2")
    qtbot.keyClick(desk.window.work.asking.view.cards, Qt.Key.Key_Delete)
    qtbot.keyClick(desk.window, Qt.Key.Key_Escape)
    assert not desk.window.notice.isVisible()
    assert not desk.engine.calls


def test_f1_shows_the_keys_and_any_key_hides_them(qtbot: QtBot, open_desk: Callable[..., Desk]) -> None:
    desk = open_desk()
    qtbot.keyClick(desk.window, Qt.Key.Key_F1)
    assert desk.window.sheet.isVisible()
    qtbot.keyClick(desk.window.sheet, Qt.Key.Key_A)
    assert not desk.window.sheet.isVisible()


def test_scrolling_to_the_end_brings_more_moments(qtbot: QtBot, open_desk: Callable[..., Desk]) -> None:
    many = [
        Moment(id=f"n{n}", kind=Kind.NOTE, started_us=NOW_US - n, ended_us=NOW_US - n, text=f"note {n}", zone=ZONE)
        for n in range(100)
    ]
    desk = open_desk(moments=many)
    cards, view = desk.window.work.asking.cards, desk.window.work.asking.view
    assert cards.rowCount() == 40
    assert view.tally.text() == "40 of 100"
    view.cards.select(39)
    view.cards.scrollToBottom()
    qtbot.waitUntil(lambda: cards.rowCount() > 40, timeout=WAIT_MS)
    assert view.cards.current_moment() == "n39"
    view.cards.scrollToBottom()
    qtbot.waitUntil(lambda: cards.rowCount() == 100, timeout=WAIT_MS)


def test_forgetting_keeps_the_place_in_the_list(qtbot: QtBot, desk: Desk) -> None:
    select(desk, "u2")
    desk.window.work.asking.model.forget(frozenset({"u3"}))
    desk.window.work.asking.view.show_model(desk.window.work.asking.model)
    assert desk.window.work.asking.view.cards.current_moment() == "u2"
    assert desk.window.work.asking.cards.rowCount() == 8


def test_latest_moments_that_come_late_do_not_disturb_a_question(qtbot: QtBot, desk: Desk) -> None:
    ask(qtbot, desk, "When is the dentist?")
    desk.window.work.asking.controller.load_latest()
    wait_phase(qtbot, desk, Phase.ANSWERED)
    qtbot.waitUntil(lambda: not desk.window.work.runner.is_busy("latest"), timeout=WAIT_MS)
    assert desk.window.work.asking.model.phase is Phase.ANSWERED
    assert desk.window.work.asking.cards.rowCount() == 4


class NoMore:
    """All that there is, is shown."""

    def has_more(self) -> bool:
        return False

    def want_more(self) -> None:
        raise AssertionError("there is no more")


def test_a_new_moment_leaves_the_chosen_card_chosen_and_where_it_stood(qtbot: QtBot) -> None:
    def card(n: int) -> Found:
        words = f"words {n}"
        at_us = 1_800_000_000_000_000 + n
        return Found(
            moment=Moment(id=f"m{n}", kind=Kind.NOTE, started_us=at_us, ended_us=at_us, text=words, zone="UTC"),
            score=0.0,
        )

    cards = CardsViewModel()
    model = CardsModel(cards, fetch_picture=lambda *_: None, fetch_wave=lambda *_: None, pager=NoMore())
    view = CardsList()
    qtbot.addWidget(view)
    view.setModel(model)
    view.resize(300, 200)
    view.show()
    resets: list[str] = []
    model.modelReset.connect(lambda: resets.append("reset"))

    def show(numbers: range) -> None:
        cards.replace([card(n) for n in numbers], NOW_US)
        model.refresh()

    show(range(39, -1, -1))
    resets.clear()
    view.select(20)
    chosen, stood = view.current_moment(), view.visualRect(view.currentIndex()).top()
    assert view.verticalScrollBar().value() > 0
    show(range(41, 1, -1))  # two came, and the two last ones of forty went
    assert view.current_moment() == chosen
    assert view.visualRect(view.currentIndex()).top() == stood
    assert [model.data(model.index(n), CARD_ROLE).id for n in (0, 2, 39)] == ["m41", "m39", "m2"]
    assert (model.rowCount(), resets) == (40, [])
    view.scrollToTop()
    show(range(42, 2, -1))
    assert view.verticalScrollBar().value() == 0, "who is at the top sees what is new"
    assert view.current_moment() == chosen
    show(range(42, 40, -1))
    assert (model.rowCount(), resets) == (2, ["reset"])
