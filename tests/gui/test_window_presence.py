"""Closing while it records, and the tray: through the real window and the real desk, on a replayed microphone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.recording import RecordingDesk
from app.settings import read_settings
from app.ui.capture_state import Keeping
from app.ui.main_window import MainWindow
from app.ui.nagging import Cause
from app.ui.theme import LIGHT
from ingest.recorder_status import State
from tests.support.app_engine import build_fake_engine
from tests.support.capture_fakes import DESK, ReplayedMicrophones, noise
from tests.support.ui_desk import WAIT_MS, settle_home
from tests.support.ui_fakes import FakeSound

LEFT, CTRL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
Open = Callable[..., tuple[MainWindow, ReplayedMicrophones]]


@pytest.fixture
def open_recording(qtbot: QtBot, tmp_path: Path) -> Iterator[Open]:
    windows: list[MainWindow] = []

    def build(*, has_tray: bool = True) -> tuple[MainWindow, ReplayedMicrophones]:
        home, microphones = settle_home(tmp_path / "home"), ReplayedMicrophones(DESK)
        window = MainWindow(
            lambda: build_fake_engine(home),
            home_label="test",
            sound=FakeSound(),
            theme=LIGHT,
            desk_factory=lambda engine: RecordingDesk(engine, home, microphones),
            has_tray=has_tray,
        )
        windows.append(window)
        window.start()
        qtbot.waitUntil(window.record_button.isEnabled, timeout=WAIT_MS)
        qtbot.mouseClick(window.record_button, LEFT)
        qtbot.waitUntil(window.work.capturing.capture_bar.start.isVisible, timeout=WAIT_MS)
        qtbot.mouseClick(window.work.capturing.capture_bar.start, LEFT)
        qtbot.waitUntil(lambda: microphones.live is not None, timeout=WAIT_MS)
        microphones.live.hear(noise(1.0, 4))  # type: ignore[union-attr]
        qtbot.waitUntil(lambda: window.presence.state.keeping is Keeping.ON, timeout=WAIT_MS)
        return window, microphones

    yield build
    for window in windows:
        window.presence.quit()
        window.deleteLater()


def test_the_first_close_asks_in_the_page_and_the_tray_goes_on(
    qtbot: QtBot, open_recording: Open, tmp_path: Path
) -> None:
    window, microphones = open_recording()
    window.close()
    assert window.isVisible()
    assert window.notice.is_asking
    assert "still records" in window.notice.message.text()
    assert window.focusWidget() is window.notice.act, "a key pressed in haste ends nothing"
    qtbot.mouseClick(window.notice.act, LEFT)
    assert not window.isVisible()
    assert microphones.live is not None
    assert microphones.live.is_active()
    qtbot.waitUntil(lambda: read_settings(tmp_path / "home").on_close == "tray", timeout=WAIT_MS)
    engine = window.work.engine
    assert engine is not None
    qtbot.waitUntil(lambda: engine.settings.on_close == "tray", timeout=WAIT_MS)  # it is written first, then it holds
    tray = window.presence.tray
    assert tray.said.text() == "Recording sound"
    assert "Recording sound" in tray.icon.toolTip()
    tray.open.trigger()
    assert window.isVisible()
    window.close()
    assert not window.isVisible(), "from now on closing means the tray"
    assert not window.notice.is_asking
    tray.lengths.actions()[0].trigger()
    qtbot.waitUntil(lambda: window.presence.state.keeping is Keeping.PAUSED, timeout=WAIT_MS)
    assert tray.said.text().startswith("Paused until ")
    tray.go_on.trigger()
    qtbot.waitUntil(lambda: window.presence.state.keeping is Keeping.ON, timeout=WAIT_MS)
    tray.incognito.trigger()
    qtbot.waitUntil(lambda: window.presence.state.keeping is Keeping.INCOGNITO, timeout=WAIT_MS)
    tray.quit.trigger()
    assert window.ended_in_time


def test_escape_leaves_everything_as_it_is_and_the_other_button_quits(qtbot: QtBot, open_recording: Open) -> None:
    window, _microphones = open_recording()
    window.close()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.isVisible()
    assert not window.notice.isVisible()
    assert window.work.capturing.capture_model.look.status.state is not State.OFF
    window.close()
    qtbot.mouseClick(window.notice.dismiss, LEFT)
    assert not window.isVisible()
    assert not window.presence.state.is_live or window.work.engine is None


def test_without_a_tray_closing_stops_as_ever(open_recording: Open) -> None:
    window, microphones = open_recording(has_tray=False)
    live = microphones.live
    window.close()
    assert live is not None
    assert not live.is_active()
    assert window.work.engine is None


def test_a_disk_that_is_nearly_full_is_said_once(qtbot: QtBot, open_recording: Open) -> None:
    window, _microphones = open_recording()
    window.presence._on_free(10**12)
    assert not window.notice.isVisible()
    window.presence._on_free(1_500_000_000)
    assert window.notice.message.text() == "The disk is nearly full"
    assert "1.5 GB" in window.notice.hint.text()
    window.notice.put_away()
    window.presence._on_free(1_400_000_000)
    assert not window.notice.isVisible()


def test_what_is_not_kept_is_told_to_the_desktop_while_nobody_looks(
    qtbot: QtBot, open_recording: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, microphones = open_recording()
    told: list[str] = []
    monkeypatch.setattr(window.presence.tray, "tell", lambda title, _words: told.append(title) or True)
    window.hide()
    microphones.unplug(DESK)
    qtbot.waitUntil(lambda: window.presence.state.keeping is Keeping.FAILING, timeout=WAIT_MS)
    assert told == ["Something is not being kept"]
    assert not window.presence.restraint.may_tell(Cause.NOT_KEPT, is_seen=False, is_wanted=True)


def test_the_key_of_the_desktop_pauses_and_goes_on_and_a_desktop_without_keys_says_so(
    qtbot: QtBot, open_recording: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, _microphones = open_recording()
    window.presence.keys.pause_wanted.emit()
    qtbot.waitUntil(lambda: window.presence.state.keeping is Keeping.PAUSED, timeout=WAIT_MS)
    window.presence.keys.pause_wanted.emit()
    qtbot.waitUntil(lambda: window.presence.state.keeping is not Keeping.PAUSED, timeout=WAIT_MS)
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    window.presence.keys.obey("on")
    assert "no desktop here" in window.notice.message.text()
    assert not window.presence.keys.is_on
