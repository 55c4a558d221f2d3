"""A window on the fake engine, offscreen, with its own clock and zone; it must leave no thread behind."""

from __future__ import annotations

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.recording import RecordingDesk
from app.screens import ScreenDesk
from app.ui.main import build_application
from app.ui.main_window import MainWindow
from app.ui.theme import LIGHT
from tests.support.app_engine import build_fake_engine
from tests.support.capture_fakes import DESK, ReplayedMicrophones
from tests.support.ingest_files import write_picture
from tests.support.screen_fakes import Desktop
from tests.support.ui_desk import WAIT_MS, Desk, settle_home
from tests.support.ui_fakes import FakeEngine, FakeSound, Script, now_us
from tests.support.ui_media import write_media


@pytest.fixture(scope="session")
def qapp() -> object:
    return build_application()


@pytest.fixture(autouse=True)
def _zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture(autouse=True)
def _no_thread_stays() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    left = [each.name for each in threading.enumerate() if each not in before and each.is_alive()]
    assert not left, f"threads stayed: {left}"


@pytest.fixture(scope="session")
def media(tmp_path_factory: pytest.TempPathFactory, qapp: object) -> Path:
    folder = tmp_path_factory.mktemp("media")
    write_media(folder)
    return folder


@pytest.fixture
def open_desk(qtbot: QtBot, media: Path) -> Iterator[Callable[..., Desk]]:
    windows: list[MainWindow] = []

    def build(*, moments: list[object] | None = None, script: Script | None = None, wait: bool = True) -> Desk:
        engine = FakeEngine(media, moments=moments, script=script)  # type: ignore[arg-type]
        sound = FakeSound()
        window = MainWindow(lambda: engine, home_label="test", sound=sound, now_us=now_us, theme=LIGHT)  # type: ignore[arg-type,return-value]
        windows.append(window)
        window.resize(1100, 760)
        window.start()
        qtbot.waitExposed(window)
        qtbot.waitUntil(lambda: window.is_furnished, timeout=WAIT_MS)
        if wait:
            qtbot.waitUntil(lambda: window.work.asking.model.n_moments is not None, timeout=WAIT_MS)
        return Desk(window, engine, sound)

    yield build
    for window in windows:
        window.close()
        window.deleteLater()


@pytest.fixture
def desk(open_desk: Callable[..., Desk]) -> Desk:
    return open_desk()


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """A window on a small real memory that could record both sound and screen."""
    home = settle_home(tmp_path / "home")
    (tmp_path / "note.txt").write_text("The gate code is 5927.", encoding="utf-8")
    write_picture(tmp_path / "IMG_20261114_101500.jpg")
    engine = build_fake_engine(home)
    engine.import_paths([tmp_path / "note.txt", tmp_path / "IMG_20261114_101500.jpg"])
    opened = MainWindow(
        lambda: engine,
        home_label="test",
        sound=FakeSound(),
        theme=LIGHT,
        desk_factory=lambda engine: RecordingDesk(engine, home, ReplayedMicrophones(DESK)),
        screen_factory=lambda engine: ScreenDesk(engine, home, open_screen=Desktop),
    )
    opened.resize(1280, 900)
    opened.start()
    qtbot.waitUntil(lambda: opened.is_furnished and bool(opened.work.asking.model.n_moments), timeout=WAIT_MS)
    yield opened
    opened.presence.quit()
    opened.deleteLater()
