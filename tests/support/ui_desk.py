"""What the tests of the window share: a window with the engine and the sound behind it, and how a question is asked."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.settings import Settings, save_settings
from app.ui.ask_view_model import Phase
from app.ui.main_window import MainWindow
from tests.support.ui_fakes import FakeEngine, FakeSound

WAIT_MS = 20_000
SETTLED = Settings(set_up="yes", consent="microphone; screen")


class Desk:
    """A window, the engine behind it and what it plays on."""

    def __init__(self, window: MainWindow, engine: FakeEngine, sound: FakeSound) -> None:
        self.window, self.engine, self.sound = window, engine, sound
        self.script = engine.script


def ask(qtbot: QtBot, desk: Desk, question: str) -> None:
    """Type a question and press Enter."""
    desk.window.line.clear()
    qtbot.keyClicks(desk.window.line, question)
    qtbot.keyClick(desk.window.line, Qt.Key.Key_Return)


def wait_phase(qtbot: QtBot, desk: Desk, phase: Phase) -> None:
    """Wait until the question has come that far."""
    qtbot.waitUntil(lambda: desk.window.work.asking.model.phase is phase, timeout=WAIT_MS)


def settle_home(home: Path) -> Path:
    """A memory that was set up: the walk was seen, and sound and screen may be recorded."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    save_settings(home, SETTLED)
    return home
