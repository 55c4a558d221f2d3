"""The window comes back as it was left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.ui.main_window import MainWindow
from app.ui.theme import LIGHT
from app.ui.window_state import WindowState, read_state, write_state
from tests.support.ui_desk import WAIT_MS
from tests.support.ui_fakes import FakeEngine, FakeSound, now_us


@pytest.fixture
def open_window(qtbot: QtBot, tmp_path: Path, media: Path) -> Iterator[Callable[[], MainWindow]]:
    windows: list[MainWindow] = []

    def build() -> MainWindow:
        window = MainWindow(
            lambda: FakeEngine(media),  # type: ignore[arg-type,return-value]
            home_label="test",
            sound=FakeSound(),
            now_us=now_us,
            theme=LIGHT,
            state_file=tmp_path / "window.json",
        )
        windows.append(window)
        window.start()
        qtbot.waitUntil(lambda: window.is_furnished and window.work.engine is not None, timeout=WAIT_MS)
        return window

    yield build
    for window in windows:
        window.close()
        window.deleteLater()


def test_size_page_and_what_was_used_last_come_back(
    qtbot: QtBot, open_window: Callable[[], MainWindow], tmp_path: Path
) -> None:
    first = open_window()
    first.resize(777, 555)
    first.commands.run("go-missed")
    first.close()
    assert (tmp_path / "window.json").stat().st_mode & 0o777 == 0o600
    again = open_window()
    assert (again.width(), again.height()) == (777, 555)
    qtbot.waitUntil(lambda: again.work.pages.current is again.work.missing, timeout=WAIT_MS)
    assert again.commands.recent == ("go-missed",)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"geometry": "§", "page": "nowhere", "recent": ["gone"]}'])
def test_a_torn_file_costs_nothing(
    qtbot: QtBot, open_window: Callable[[], MainWindow], tmp_path: Path, text: str
) -> None:
    (tmp_path / "window.json").write_text(text, encoding="utf-8")
    window = open_window()
    assert window.work.pages.current is window.work.asking
    assert window.commands.recent == ()


def test_where_it_cannot_be_written_nothing_happens(tmp_path: Path) -> None:
    write_state(tmp_path / "gone" / "window.json", WindowState())
    assert read_state(tmp_path / "gone" / "window.json") == WindowState()
