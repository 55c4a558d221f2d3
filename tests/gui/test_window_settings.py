"""Settings: one row for each typed field, kept at once and safely, told in words where they cannot be."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QSpinBox
from pytestqt.qtbot import QtBot

from app.looks import Looks, read_looks
from app.service import Service
from app.settings import Settings, read_settings
from app.ui.main_window import MainWindow
from app.ui.settings_page import PROFILES
from app.ui.settings_spec import ELSEWHERE
from app.ui.settings_words import about_words
from app.ui.theme import DARK, LIGHT
from models.weights import load_catalogue
from tests.support.app_engine import build_fake_engine
from tests.support.ui_desk import SETTLED, WAIT_MS, Desk, settle_home
from tests.support.ui_fakes import FakeSound, now_us

LEFT, CTRL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """A window on a real and empty memory."""
    home = settle_home(tmp_path / "home")
    opened = MainWindow(
        lambda: build_fake_engine(home), home_label="test", sound=FakeSound(), now_us=now_us, theme=LIGHT
    )
    opened.resize(1100, 900)
    opened.start()
    qtbot.waitExposed(opened)
    qtbot.waitUntil(lambda: opened.is_furnished and opened.work.engine is not None, timeout=WAIT_MS)
    qtbot.waitUntil(opened.empty_view.files.isVisible, timeout=WAIT_MS)
    qtbot.keyClick(opened, Qt.Key.Key_Comma, CTRL)
    qtbot.waitUntil(lambda: opened.work.settings.is_built, timeout=WAIT_MS)
    yield opened
    opened.close()
    opened.deleteLater()


def test_every_typed_field_has_a_row_with_a_sentence(window: MainWindow) -> None:
    rows = window.work.settings.rows
    assert set(rows) | ELSEWHERE == {field.name for field in fields(Settings)}
    assert [key for key in rows if not about_words(key)] == []
    assert set(PROFILES) == set(load_catalogue().profiles) - {"test"}
    for row in rows.values():
        assert row.control.accessibleName()
        assert row.control.accessibleDescription()


def test_what_is_written_chosen_and_counted_is_kept_at_once(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    rows, home = window.work.settings.rows, tmp_path / "home"
    name = rows["own_name"].control
    assert isinstance(name, QLineEdit)
    name.setFocus()
    qtbot.keyClicks(name, "Robin")
    qtbot.waitUntil(lambda: read_settings(home).own_name == "Robin", timeout=WAIT_MS)  # a pause is enough
    budget = rows["screen_budget_gb"].control
    assert isinstance(budget, QSpinBox)
    budget.setFocus()
    qtbot.keyClick(budget, Qt.Key.Key_Up)
    qtbot.keyClick(budget, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: read_settings(home).screen_budget_gb == 9, timeout=WAIT_MS)
    profile = rows["profile"].control
    assert isinstance(profile, QComboBox)
    profile.setFocus()
    qtbot.keyClick(profile, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: read_settings(home).profile == "larger", timeout=WAIT_MS)
    qtbot.waitUntil(rows["own_name"].reset.isVisible, timeout=WAIT_MS)
    qtbot.mouseClick(rows["own_name"].reset, LEFT)
    qtbot.waitUntil(lambda: read_settings(home).own_name == "", timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not rows["own_name"].reset.isVisible(), timeout=WAIT_MS)
    assert read_settings(home) == replace(SETTLED, profile="larger", screen_budget_gb=9)


def test_what_the_command_line_sets_holds_at_once_for_the_menu_and_for_the_keys_of_the_desktop(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    obeyed: list[str] = []
    monkeypatch.setattr(window.presence.keys, "obey", obeyed.append)
    engine = window.work.engine
    assert engine is not None
    service, menu = Service(engine), window.raw_menu
    was, now = ("on", "off") if engine.settings.desktop_keys == "on" else ("off", "on")
    service.handle({"do": "settings", "key": "desktop_keys", "value": now})
    qtbot.waitUntil(lambda: obeyed == [now], timeout=WAIT_MS)
    service.handle({"do": "settings", "key": "raw_channels", "value": "30 days"})
    qtbot.waitUntil(menu.action("30 days").isChecked, timeout=WAIT_MS)
    service.handle({"do": "settings", "key": "desktop_keys", "value": was})
    qtbot.waitUntil(lambda: obeyed == [now, was], timeout=WAIT_MS)  # and not at each change of another setting


def test_what_cannot_be_is_said_beside_the_row_and_changes_nothing(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    row = window.work.settings.rows["zone"]
    row.control.setFocus()
    qtbot.keyClicks(row.control, "Europe/Lisbonn")
    qtbot.keyClick(row.control, Qt.Key.Key_Return)
    qtbot.waitUntil(row.trouble.isVisible, timeout=WAIT_MS)
    assert "“Europe/Lisbonn” is not a time zone. Write it like Europe/Lisbon" in row.trouble.text()
    assert read_settings(tmp_path / "home").zone == ""
    qtbot.keyClick(row.control, Qt.Key.Key_Backspace)
    qtbot.keyClick(row.control, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: read_settings(tmp_path / "home").zone == "Europe/Lisbon", timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not row.trouble.isVisible(), timeout=WAIT_MS)


def test_the_field_on_top_finds_settings(qtbot: QtBot, window: MainWindow) -> None:
    page = window.work.settings
    qtbot.keyClicks(page.search, "never kept adr")
    assert page.nothing.isVisible()
    page.search.clear()
    qtbot.keyClicks(page.search, "addr never")
    shown = [key for key, row in page.rows.items() if row.isVisible()]
    assert shown == ["screen_excluded_addresses"]
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert all(not row.isHidden() for row in page.rows.values())


def test_the_window_turns_dark_at_once_and_is_dark_at_the_next_start(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    control = window.work.settings.rows["appearance"].control
    assert isinstance(control, QComboBox)
    control.setFocus()
    for _ in range(control.findData("dark")):
        qtbot.keyClick(control, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: window.theme is DARK, timeout=WAIT_MS)
    assert read_looks(tmp_path / "home") == Looks(appearance="dark")
    window._on_scheme(Qt.ColorScheme.Light)
    assert window.theme is DARK, "what was chosen does not follow the desktop"
    qtbot.mouseClick(window.work.settings.rows["appearance"].reset, LEFT)
    qtbot.waitUntil(lambda: window.theme is LIGHT, timeout=WAIT_MS)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"appearance": "pink", "language": 3}'])
def test_looks_that_cannot_be_read_are_left_to_the_desktop(tmp_path: Path, text: str) -> None:
    (tmp_path / "settings.json").write_text(text)
    assert read_looks(tmp_path) == Looks()


def test_channels_are_not_let_go_before_it_was_asked(qtbot: QtBot, desk: Desk) -> None:
    window = desk.window
    window.work.pages.show_page("settings")
    qtbot.waitUntil(lambda: window.work.settings.is_built, timeout=WAIT_MS)
    control = window.work.settings.rows["raw_channels"].control
    assert isinstance(control, QComboBox)
    control.setFocus()
    qtbot.keyClick(control, Qt.Key.Key_End)
    assert window.notice.isVisible()
    assert control.currentData() == "keep"
    assert not [call for call in desk.engine.calls if call.startswith("setting")]
    qtbot.mouseClick(window.notice.act, LEFT)
    qtbot.waitUntil(lambda: control.currentData() == "drop", timeout=WAIT_MS)


def test_pictures_of_the_screen_are_not_let_go_before_it_was_asked(qtbot: QtBot, desk: Desk) -> None:
    window = desk.window
    window.work.pages.show_page("settings")
    qtbot.waitUntil(lambda: window.work.settings.is_built, timeout=WAIT_MS)
    budget = window.work.settings.rows["screen_budget_gb"].control
    assert isinstance(budget, QSpinBox)

    def changes() -> list[str]:
        return [call for call in desk.engine.calls if call.startswith("setting")]

    budget.setFocus()
    for _ in range(5):
        qtbot.keyClick(budget, Qt.Key.Key_Down)
    assert budget.value() == 3
    assert changes() == [], "a step on the way is no decision"
    qtbot.keyClick(budget, Qt.Key.Key_Return)  # 4.2 GB of pictures are kept
    qtbot.waitUntil(window.notice.isVisible, timeout=WAIT_MS)
    assert window.notice.message.text() == "Pictures of the screen within 3 GB: frees 1.2 GB, their words stay."
    assert (budget.value(), changes()) == (8, [])
    qtbot.mouseClick(window.notice.dismiss, LEFT)
    assert (budget.value(), changes()) == (8, [])
    budget.setValue(5)
    budget.editingFinished.emit()
    qtbot.waitUntil(lambda: changes() == ["setting screen_budget_gb=5"], timeout=WAIT_MS)  # all of them fit
    assert not window.notice.isVisible()
    budget.setValue(3)
    budget.editingFinished.emit()
    qtbot.waitUntil(window.notice.isVisible, timeout=WAIT_MS)
    qtbot.mouseClick(window.notice.act, LEFT)
    qtbot.waitUntil(lambda: budget.value() == 3, timeout=WAIT_MS)


_WRITER = """
import sys
from pathlib import Path
from app.settings import change_setting, read_settings, save_settings
home, n = Path(sys.argv[1]), 0
while True:
    n += 1
    save_settings(home, change_setting(read_settings(home), "own_name", "x" * (n % 4000), home / "settings.json"))
    print(n, flush=True)
"""


def test_settings_survive_being_killed_at_any_time(tmp_path: Path) -> None:
    chance = random.Random(7)
    for _ in range(5):
        writer = subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(tmp_path)],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        assert writer.stdout is not None
        writer.stdout.readline()  # it writes
        time.sleep(chance.uniform(0.0, 0.05))
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        assert set(read_settings(tmp_path).own_name) <= {"x"}
        assert json.loads((tmp_path / "settings.json").read_text())["version"] == 1
