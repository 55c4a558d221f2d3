"""Keeping the screen through the window: the real desk on an arranged desktop, the real engine on fakes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.consent import Source
from app.screens import ScreenDesk, ScreenRead
from app.ui.cards_view_model import has_sound
from app.ui.main_window import MainWindow
from app.ui.remember_dialog import RememberDialog
from app.ui.screen_controller import ScreenController
from app.ui.screen_view_model import ScreenViewModel
from app.ui.task_runner import TaskRunner
from app.ui.theme import LIGHT
from ingest.screen import NoScreen, Screen
from ingest.screen_status import SCREEN_OFF, ScreenStatus
from memory.records import Kind
from tests.support.app_engine import build_fake_engine
from tests.support.capture_fakes import LAPTOP, ReplayedMicrophones, noise
from tests.support.screen_fakes import Desktop, draw
from tests.support.ui_desk import WAIT_MS, settle_home
from tests.support.ui_fakes import FakeSound

LEFT, SHIFTED = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class Room:
    """A window that keeps an arranged desktop."""

    def __init__(self, home: Path) -> None:
        self.home = settle_home(home)
        self.desktop: Desktop | None = Desktop()
        self.window = MainWindow(
            lambda: build_fake_engine(home), home_label="test", sound=FakeSound(), theme=LIGHT,
            screen_factory=lambda engine: ScreenDesk(engine, home, open_screen=self.open),
        )  # fmt: skip

    def open(self) -> Screen:
        if self.desktop is None:
            raise NoScreen("There is no screen here.", hint="Start Madeleine inside your desktop.")
        return self.desktop


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    made = Room(tmp_path / "home")
    made.window.resize(1200, 760)
    made.window.start()
    qtbot.waitExposed(made.window)
    qtbot.waitUntil(made.window.screen_button.isEnabled, timeout=WAIT_MS)
    yield made
    made.window.close()
    made.window.deleteLater()


def wait_for(qtbot: QtBot, is_so: Callable[[], bool]) -> None:
    qtbot.waitUntil(is_so, timeout=WAIT_MS)


def test_the_switch_keeps_pauses_and_stops_and_says_what_is_true(qtbot: QtBot, room: Room) -> None:
    window, bar = room.window, room.window.work.capturing.screen_bar
    assert not bar.isVisible()
    assert window.work.capturing.screens is not None
    look = window.work.capturing.screens._look
    wait_for(qtbot, lambda: not look.isActive())
    qtbot.mouseClick(window.screen_button, LEFT)
    wait_for(qtbot, lambda: bar.title.text() == "Keeping the screen")
    wait_for(qtbot, lambda: bar.detail.text().startswith("1 picture, "))
    assert window.screen_button.isChecked()
    assert window.screen_button.accessibleName() == "Stop keeping the screen"
    assert room.desktop is not None
    room.desktop.rename("X (Private Browsing)")
    wait_for(qtbot, lambda: bar.title.text() == "The screen is not kept now")
    assert "Something that is never kept was on the screen" in bar.detail.text()
    room.desktop.rename("Receipts")
    room.desktop.pixels = draw(2)
    wait_for(qtbot, lambda: bar.detail.text().startswith("2 pictures, "))
    qtbot.mouseClick(bar.pause, LEFT)
    wait_for(qtbot, lambda: bar.title.text() == "Paused: the screen is not kept")
    n_grabs = room.desktop.n_grabs
    qtbot.wait(600)
    assert room.desktop.n_grabs == n_grabs
    qtbot.mouseClick(bar.pause, LEFT)
    wait_for(qtbot, lambda: bar.title.text() == "Keeping the screen")
    qtbot.keyClick(window, Qt.Key.Key_S, SHIFTED)
    wait_for(qtbot, lambda: not bar.isVisible())
    assert not window.screen_button.isChecked()
    engine = window.work.engine
    assert engine is not None
    wait_for(qtbot, lambda: all(m.text for m in engine.memory.iter_moments()))
    windows = [m.window for m in engine.memory.iter_moments()]
    assert windows == ["Shopping", "Receipts", "Receipts"]  # what came after the pause is a moment of its own
    wait_for(qtbot, lambda: not look.isActive())
    wait_for(qtbot, lambda: bool(window.work.asking.model.n_moments))


def test_without_a_screen_it_says_so_and_works_once_there_is_one(qtbot: QtBot, room: Room) -> None:
    window, bar = room.window, room.window.work.capturing.screen_bar
    desktop, room.desktop = room.desktop, None
    qtbot.mouseClick(window.screen_button, LEFT)
    wait_for(qtbot, lambda: bar.title.text() == "The screen cannot be kept")
    assert bar.detail.text() == "There is no screen here. Start Madeleine inside your desktop."
    assert not window.screen_button.isChecked()
    qtbot.mouseClick(bar.dismiss, LEFT)
    assert not bar.isVisible()
    room.desktop = desktop
    qtbot.mouseClick(window.screen_button, LEFT)
    wait_for(qtbot, lambda: bar.title.text() == "Keeping the screen")


def test_a_screen_that_dies_turns_red(qtbot: QtBot, room: Room) -> None:
    bar = room.window.work.capturing.screen_bar
    qtbot.mouseClick(room.window.screen_button, LEFT)
    wait_for(qtbot, lambda: bar.title.text() == "Keeping the screen")
    assert room.desktop is not None
    room.desktop.is_gone = True
    wait_for(qtbot, lambda: bar.title.text() == "The screen is not being kept")
    assert bar.property("role") == "trouble"
    assert bar.detail.text().startswith("The screen could not be read")


def open_remember(qtbot: QtBot, window: MainWindow) -> RememberDialog:
    window.activateWindow()  # keys reach the active window only, and a dialog may just have been it
    wait_for(qtbot, window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_M, SHIFTED)
    wait_for(qtbot, lambda: window.findChild(RememberDialog) is not None)
    dialog = window.findChild(RememberDialog)
    assert dialog is not None
    return dialog


def test_remember_this_asks_for_a_note_and_keeps_it(qtbot: QtBot, room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)  # the note is kept even where there is no screen
    window = room.window
    dialog = open_remember(qtbot, window)
    window.presence.tray.remember_wanted.emit()
    assert window.findChildren(RememberDialog) == [dialog], "the one that is open comes forward"
    n_seen: list[None] = []
    window.work.remembering.seen.connect(lambda: n_seen.append(None))
    qtbot.keyClicks(dialog.note, "the kettle for Anna")
    qtbot.keyClick(dialog.note, Qt.Key.Key_Return)
    engine = window.work.engine
    assert engine is not None
    wait_for(qtbot, lambda: [m.kind for m in engine.memory.iter_moments()] == [Kind.NOTE])
    wait_for(qtbot, window.notice.isVisible)
    assert window.notice.message.text() == "Remembered, but not all of the screen."
    wait_for(qtbot, lambda: not window.isMinimized())
    assert len(n_seen) == 1
    window.showMinimized()
    window.aside._remember("while it is put away", [])
    wait_for(qtbot, lambda: len(n_seen) == 2)
    assert window.isMinimized(), "who put it away wants it away"
    wait_for(qtbot, lambda: len(list(engine.memory.iter_moments())) == 2)


def test_a_note_that_was_accepted_just_before_the_end_is_kept(
    qtbot: QtBot, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    engine, kept = room.window.work.engine, list[str]()
    assert engine is not None
    close = engine.close

    def read_and_close() -> None:
        kept.extend(moment.text for moment in engine.memory.iter_moments())
        close()

    monkeypatch.setattr(engine, "close", read_and_close)
    room.window.aside._remember("the kettle for Anna", [])  # the window steps aside for .4 s first
    room.window.close()
    assert kept == ["the kettle for Anna"]


class AskingDesk:
    """A screen desk whose desktop asks its user until it is told to stop."""

    n_waiting = 0
    read = ScreenRead()

    def __init__(self) -> None:
        self.asks, self.stopped = threading.Event(), threading.Event()

    def open(self) -> int:
        return 0

    def start(self) -> None:
        self.asks.set()
        assert self.stopped.wait(WAIT_MS / 1000)
        raise NoScreen("Nobody answered.")

    def stop(self) -> bool:
        self.stopped.set()
        return True

    def status(self) -> ScreenStatus:
        return SCREEN_OFF

    def cancel(self) -> None:
        pass

    def finish(self, _timeout_s: float | None = None) -> bool:
        return True


def test_to_withdraw_the_consent_ends_the_question_of_the_desktop(qtbot: QtBot) -> None:
    desk, runner = AskingDesk(), TaskRunner()
    controller = ScreenController(ScreenViewModel(), runner, lambda _engine: desk)  # type: ignore[arg-type, return-value]
    controller.set_engine(object())  # type: ignore[arg-type]
    wait_for(qtbot, lambda: controller.model.is_ready)
    controller.toggle()
    wait_for(qtbot, desk.asks.is_set)
    controller.withdraw()
    wait_for(qtbot, lambda: not controller.model.is_busy)
    assert desk.stopped.is_set()
    assert controller.model.trouble is None, "nothing went wrong"
    controller.stop_recording()
    assert runner.shutdown()
    assert controller.shut_down()
    controller.deleteLater()
    runner.deleteLater()


def test_to_withdraw_the_consent_stops_keeping_the_screen(qtbot: QtBot, room: Room) -> None:
    work = room.window.work
    qtbot.mouseClick(room.window.screen_button, LEFT)
    wait_for(qtbot, lambda: work.capturing.screen_bar.title.text() == "Keeping the screen")
    work.welcome.view.boxes[Source.SCREEN].setChecked(False)
    wait_for(qtbot, lambda: not work.capturing.screen_model.is_on)


def test_a_note_is_said_and_kept_or_let_go(qtbot: QtBot, room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    engine = room.window.work.engine
    assert engine is not None
    engine.spoken.microphones = ReplayedMicrophones  # there is none
    dialog = open_remember(qtbot, room.window)
    qtbot.mouseClick(dialog.speak, LEFT)
    wait_for(qtbot, lambda: dialog.told.property("role") == "trouble")
    assert dialog.told.text().startswith("There is no microphone.")
    say_something(qtbot, room, dialog)
    dialog.reject()  # while it is listened: what was said is let go with the rest
    wait_for(qtbot, lambda: not any((room.home / "spoken").iterdir()))
    wait_for(qtbot, lambda: room.window.findChild(RememberDialog) is None)
    dialog = open_remember(qtbot, room.window)
    say_something(qtbot, room, dialog)
    dialog.accept()
    wait_for(qtbot, lambda: [m.text != "" for m in engine.memory.iter_moments()] == [True])
    (spoken,) = engine.memory.iter_moments()
    assert has_sound(spoken)


def test_to_quit_lets_go_what_nobody_said_to_keep(qtbot: QtBot, room: Room) -> None:
    dialog = open_remember(qtbot, room.window)
    say_something(qtbot, room, dialog)
    qtbot.mouseClick(dialog.speak, LEFT)
    wait_for(qtbot, lambda: "once you press Remember" in dialog.told.text())
    assert any((room.home / "spoken").iterdir())
    room.window.presence.quit()
    assert not any((room.home / "spoken").iterdir())


def say_something(qtbot: QtBot, room: Room, dialog: RememberDialog) -> None:
    """Press the button, and speak for six seconds."""
    engine = room.window.work.engine
    assert engine is not None
    microphones = ReplayedMicrophones(LAPTOP)
    engine.spoken.microphones = lambda: microphones
    qtbot.mouseClick(dialog.speak, LEFT)
    wait_for(qtbot, lambda: microphones.live is not None)
    assert microphones.live is not None
    microphones.live.hear(noise(6.0, 2))
    wait_for(qtbot, lambda: dialog.level.isVisible() and dialog.level.value() > 10)
    assert dialog.told.text().startswith("Listening: ")


def test_at_an_excluded_place_nobody_is_offered_to_go_on(qtbot: QtBot, room: Room) -> None:
    work, bar = room.window.work, room.window.work.capturing.screen_bar
    assert work.engine is not None
    work.engine.places.add("Clinic", 52.5, 13.4, 150.0)
    work.engine.places.exclude("clinic", ["Clinic-Guest"])
    work.engine.place_guard.find_networks = lambda: ("Clinic-Guest",)
    qtbot.mouseClick(room.window.screen_button, LEFT)
    wait_for(qtbot, lambda: bar.title.text() == "Paused: nothing is kept at this place: the screen is not kept")
    assert bar.pause.isVisible()
    assert not bar.pause.isEnabled()
    assert bar.pause.toolTip() == "It goes on by itself at another place."
    work.engine.place_guard.find_networks = lambda: ("Fritz",)
    work.engine.place_guard.look()
    wait_for(qtbot, lambda: bar.title.text() == "Keeping the screen")
    assert bar.pause.isEnabled()
    assert bar.pause.toolTip() == "Pause keeping the screen"


def test_incognito_cannot_be_overlooked_and_ends_where_it_is_told(qtbot: QtBot, room: Room) -> None:
    window, work = room.window, room.window.work
    qtbot.mouseClick(window.screen_button, LEFT)
    wait_for(qtbot, lambda: work.capturing.screen_bar.title.text() == "Keeping the screen")
    qtbot.keyClick(window, Qt.Key.Key_N, SHIFTED)
    wait_for(qtbot, work.capturing.incognito_bar.isVisible)
    assert "nothing is kept, neither sound nor screen" in work.capturing.incognito_bar.words.text()
    wait_for(qtbot, lambda: work.capturing.screen_bar.title.text() == "Incognito: the screen is not kept")
    assert not work.capturing.screen_bar.pause.isVisible()
    qtbot.mouseClick(work.capturing.incognito_bar.end, LEFT)
    wait_for(qtbot, lambda: not work.capturing.incognito_bar.isVisible())
    wait_for(qtbot, lambda: work.capturing.screen_bar.title.text() == "Keeping the screen")
