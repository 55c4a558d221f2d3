"""The first-run walk: shown once on an empty memory, consent before anything is recorded, test of the microphones."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.consent import Source
from app.recording import RecordingDesk
from app.service import Service
from app.settings import read_settings
from app.ui.main_window import MainWindow
from app.ui.theme import LIGHT
from app.ui.welcome_view import WelcomeView
from ingest.devices import Device
from ingest.spool import Spool
from tests.support.app_engine import build_fake_engine
from tests.support.capture_fakes import DESK, LAPTOP, ReplayedMicrophones, noise
from tests.support.ui_desk import WAIT_MS
from tests.support.ui_fakes import FakeSound
from tests.unit.ingest.test_bearing import clap

LEFT = Qt.MouseButton.LeftButton


class First:
    """A window on a memory that nobody has used yet."""

    def __init__(self, home: Path, *devices: Device) -> None:
        self.home, self.microphones = home, ReplayedMicrophones(*devices)
        self.window = MainWindow(
            lambda: build_fake_engine(home),
            home_label="test",
            sound=FakeSound(),
            theme=LIGHT,
            desk_factory=lambda engine: RecordingDesk(engine, home, self.microphones),
            has_tray=False,
        )

    @property
    def view(self) -> WelcomeView:
        return self.window.work.welcome.view


@pytest.fixture
def open_first(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., First]]:
    opened: list[First] = []

    def build(*devices: Device) -> First:
        first = First(tmp_path / "home", *devices)
        opened.append(first)
        first.window.resize(1100, 900)
        first.window.start()
        qtbot.waitUntil(first.window.record_button.isEnabled, timeout=WAIT_MS)
        return first

    yield build
    for first in opened:
        first.window.close()
        first.window.deleteLater()


def test_it_is_shown_until_it_was_left_and_the_menu_opens_it_again(
    qtbot: QtBot, open_first: Callable[..., First]
) -> None:
    first = open_first(DESK)
    qtbot.waitUntil(first.view.isVisible, timeout=WAIT_MS)
    assert str(first.home) in first.view.kept.text()
    qtbot.mouseClick(first.view.done, LEFT)
    qtbot.waitUntil(lambda: read_settings(first.home).set_up == "yes", timeout=WAIT_MS)
    assert first.window.empty_view.isVisible()
    assert first.window.commands.run("welcome")
    assert first.view.isVisible()
    first.window.close()
    again = open_first(DESK)
    qtbot.waitUntil(again.window.empty_view.files.isVisible, timeout=WAIT_MS)
    assert not again.view.isVisible()


def test_nothing_is_recorded_before_it_was_agreed_to(qtbot: QtBot, open_first: Callable[..., First]) -> None:
    first = open_first(DESK)
    window = first.window
    qtbot.waitUntil(first.view.isVisible, timeout=WAIT_MS)
    assert not first.view.record.isEnabled()
    qtbot.mouseClick(window.record_button, LEFT)
    assert window.notice.is_asking
    assert "May Madeleine record" in window.notice.message.text()
    assert first.microphones.n_opened == 0
    qtbot.mouseClick(window.notice.dismiss, LEFT)
    assert first.microphones.n_opened == 0
    assert read_settings(first.home).consent == ""
    qtbot.mouseClick(window.record_button, LEFT)
    window.notice.act.setFocus()
    qtbot.keyClick(window.notice.act, Qt.Key.Key_Return)
    qtbot.waitUntil(window.work.capturing.capture_bar.start.isVisible, timeout=WAIT_MS)
    assert read_settings(first.home).consent == "microphone"
    assert first.view.record.isEnabled()


def test_the_test_shows_levels_and_the_side_of_a_clap_and_keeps_nothing(
    qtbot: QtBot, open_first: Callable[..., First]
) -> None:
    first = open_first(DESK)
    panel = first.view.check
    qtbot.waitUntil(lambda: panel.devices.count() == 1, timeout=WAIT_MS)
    names = [panel.layouts.itemText(n) for n in range(panel.layouts.count())]
    panel.layouts.setCurrentIndex(next(n for n, name in enumerate(names) if "circle of 45 mm" in name))
    qtbot.mouseClick(panel.listen, LEFT)
    qtbot.waitUntil(lambda: first.microphones.live is not None, timeout=WAIT_MS)
    live = first.microphones.live
    assert live is not None
    live.hear(clap("circle4_45mm", 90))
    qtbot.waitUntil(lambda: "Heard from: left" in panel.said.text(), timeout=WAIT_MS)
    assert panel.compass.isVisible()
    assert "4 microphones" in panel.meters.accessibleName()
    qtbot.mouseClick(panel.listen, LEFT)
    qtbot.waitUntil(lambda: not live.is_active(), timeout=WAIT_MS)
    assert panel.listen.text() == "Listen"
    assert Spool(first.home).list_keys() == []


def test_one_microphone_and_a_silent_one_are_said_honestly(qtbot: QtBot, open_first: Callable[..., First]) -> None:
    first = open_first(LAPTOP)
    panel = first.view.check
    qtbot.waitUntil(lambda: panel.devices.count() == 1, timeout=WAIT_MS)
    panel.layouts.setCurrentIndex(panel.layouts.count() - 1)
    assert panel.layouts.currentText() == "1 microphone"
    qtbot.mouseClick(panel.listen, LEFT)
    qtbot.waitUntil(lambda: first.microphones.live is not None, timeout=WAIT_MS)
    first.microphones.live.hear(noise(1.0, 1))  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: "One microphone only" in panel.said.text(), timeout=WAIT_MS)
    qtbot.mouseClick(panel.listen, LEFT)
    panel.layouts.setCurrentIndex(0)
    qtbot.mouseClick(panel.listen, LEFT)
    qtbot.waitUntil(lambda: first.microphones.n_opened == 2, timeout=WAIT_MS)
    half = noise(1.0, 2)
    half[:, 1] = np.int16(0)
    first.microphones.live.hear(half)  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: "Silent: microphone 2." in panel.said.text(), timeout=WAIT_MS)
    assert "no directions are told" in panel.said.text()
    first.window.work.welcome.leave()
    qtbot.waitUntil(lambda: not first.microphones.live.is_active(), timeout=WAIT_MS)  # type: ignore[union-attr]


def test_the_button_of_the_bar_asks_for_consent_too(qtbot: QtBot, open_first: Callable[..., First]) -> None:
    first = open_first(DESK)
    window = first.window
    window.work.capturing.capture_bar.start_wanted.emit(0, None)
    qtbot.waitUntil(window.notice.isVisible, timeout=WAIT_MS)
    assert "May Madeleine record" in window.notice.message.text()
    assert first.microphones.live is None


def test_what_the_command_line_takes_back_stops_at_once_and_is_said(
    qtbot: QtBot, open_first: Callable[..., First]
) -> None:
    first = open_first(DESK)
    window, capturing = first.window, first.window.work.capturing
    engine = window.work.engine
    assert engine is not None
    engine.change_setting("consent", "microphone")
    qtbot.waitUntil(lambda: first.view.boxes[Source.MICROPHONE].isChecked(), timeout=WAIT_MS)
    qtbot.mouseClick(window.record_button, LEFT)
    qtbot.waitUntil(capturing.capture_bar.start.isVisible, timeout=WAIT_MS)
    qtbot.mouseClick(capturing.capture_bar.start, LEFT)
    qtbot.waitUntil(lambda: first.microphones.live is not None, timeout=WAIT_MS)
    live = first.microphones.live
    assert live is not None
    answer: list[object] = []
    asking = threading.Thread(
        target=lambda: answer.append(Service(engine).handle({"do": "settings", "key": "consent", "value": ""}))
    )
    asking.start()  # as the thread that serves the command line does
    asking.join()
    qtbot.waitUntil(lambda: not live.is_active(), timeout=WAIT_MS)
    assert "taken back" in window.notice.message.text()
    assert not first.view.boxes[Source.MICROPHONE].isChecked()
