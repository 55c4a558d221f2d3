from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from app.ui.main_window import MainWindow
from ingest.records import ImportFailure, ImportReport
from memory.errors import DiskFull
from tests.support.ui_desk import WAIT_MS, Desk
from tests.support.ui_fakes import Script


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    for name in ("one.txt", "two.txt", "three.txt"):
        (tmp_path / name).write_text("words", encoding="utf-8")
    return sorted(tmp_path.iterdir())


def drop(window: MainWindow, paths: list[Path]) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, button, key = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(50, 50), action, mime, button, key)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    assert window.drop_overlay.isVisible()
    QApplication.sendEvent(window, QDropEvent(QPointF(50, 50), action, mime, button, key))
    assert not window.drop_overlay.isVisible()


def test_an_empty_memory_says_what_to_do(open_desk: Callable[..., Desk]) -> None:
    window = open_desk(moments=[]).window
    assert window.empty_view.isVisible()
    assert window.empty_view.title.text() == "Your memory is empty"
    assert window.empty_view.files.isVisible()
    assert window.empty_view.example.isVisible()


def test_dropped_files_are_imported_with_progress_and_shown(
    qtbot: QtBot, open_desk: Callable[..., Desk], files: list[Path]
) -> None:
    desk = open_desk(moments=[], script=Script(hold_import=threading.Event()))
    window, bar = desk.window, desk.window.work.import_bar
    drop(window, files)
    qtbot.waitUntil(lambda: "file 1 of 3" in bar.title.text(), timeout=WAIT_MS)
    assert "Listening to one.txt" in bar.subtitle.text()
    assert "about 2 minutes left" in bar.subtitle.text()
    assert bar.stop.isVisible()
    desk.script.hold_import.set()  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: bar.title.text() == "3 files imported, 3 moments new.", timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.work.asking.cards.rowCount() == 3, timeout=WAIT_MS)
    assert window.work.asking.view.isVisible()
    assert bar.isVisible()
    qtbot.mouseClick(bar.dismiss, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()


def test_an_import_can_be_cancelled(qtbot: QtBot, open_desk: Callable[..., Desk], files: list[Path]) -> None:
    desk = open_desk(script=Script(hold_import=threading.Event()))
    bar = desk.window.work.import_bar
    drop(desk.window, files)
    qtbot.waitUntil(lambda: "file 1 of 3" in bar.title.text(), timeout=WAIT_MS)
    qtbot.mouseClick(bar.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bar.title.text() == "Import stopped.", timeout=WAIT_MS)
    assert "is kept" in bar.subtitle.text()
    assert not bar.stop.isVisible()


def test_failed_files_are_listed_with_their_reasons(
    qtbot: QtBot, open_desk: Callable[..., Desk], files: list[Path]
) -> None:
    failure = ImportFailure("/x/one.txt", "The file is cut short.", "Copy it again.")
    desk = open_desk(script=Script(failures=(failure,)))
    bar = desk.window.work.import_bar
    drop(desk.window, files)
    qtbot.waitUntil(lambda: "1 failed" in bar.title.text(), timeout=WAIT_MS)
    assert not bar.failures.isVisible()
    qtbot.mouseClick(bar.failures_button, Qt.MouseButton.LeftButton)
    assert bar.failures.isVisible()
    words = bar.failures.toPlainText()
    assert "one.txt" in words
    assert "The file is cut short." in words
    assert "Copy it again." in words


def test_what_is_dropped_meanwhile_waits_its_turn(
    qtbot: QtBot, open_desk: Callable[..., Desk], files: list[Path]
) -> None:
    desk = open_desk(script=Script(hold_import=threading.Event()))
    drop(desk.window, files[:1])
    drop(desk.window, files[1:])
    qtbot.waitUntil(lambda: "2 more waiting" in desk.window.work.import_bar.subtitle.text(), timeout=WAIT_MS)
    desk.script.hold_import.set()  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: desk.engine.calls == ["import 1", "import 2"], timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not desk.window.work.import_model.running, timeout=WAIT_MS)


def test_the_button_the_menu_and_the_key_import(
    qtbot: QtBot, desk: Desk, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: ([str(files[0])], ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(files[0].parent))
    window = desk.window
    done = window.work.imports.done
    with qtbot.waitSignal(done, timeout=WAIT_MS):
        qtbot.mouseClick(window.import_button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(done, timeout=WAIT_MS):
        qtbot.keyClick(window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(done, timeout=WAIT_MS):
        window.menu_button.menu().actions()[1].trigger()
    assert desk.engine.calls == ["import 1"] * 3
    assert desk.window.work.import_bar.title.text().startswith("3 files imported")


def test_what_a_quit_left_is_gone_on_with(qtbot: QtBot, open_desk: Callable[..., Desk], files: list[Path]) -> None:
    desk = open_desk(script=Script(left_over=tuple(files)))
    bar = desk.window.work.import_bar
    qtbot.waitUntil(lambda: bar.title.text() == "3 files imported, 3 moments new.", timeout=WAIT_MS)
    assert desk.engine.calls == ["resume"]


def test_nothing_left_shows_no_bar(qtbot: QtBot, desk: Desk) -> None:
    qtbot.waitUntil(lambda: not desk.window.work.runner.is_busy("resume"), timeout=WAIT_MS)
    assert not desk.window.work.import_bar.isVisible()


def test_no_child_takes_drops_for_itself(desk: Desk) -> None:
    takers = [type(each).__name__ for each in desk.window.findChildren(QWidget) if each.acceptDrops()]
    assert takers == []


def test_a_good_end_goes_away_by_itself_and_a_bad_one_stays(
    qtbot: QtBot, open_desk: Callable[..., Desk], files: list[Path]
) -> None:
    for failures in ((), (ImportFailure("/x/one.txt", "It is empty."),)):
        desk = open_desk(script=Script(failures=failures))
        bar = desk.window.work.import_bar
        bar._rest.setInterval(1)
        with qtbot.waitSignal(desk.window.work.imports.done, timeout=WAIT_MS):
            drop(desk.window, files)
        qtbot.wait(50)
        assert bar.isVisible() is bool(failures)


def test_an_import_that_a_full_disk_ended_is_not_forgotten_over_the_next_one(
    qtbot: QtBot, open_desk: Callable[..., Desk], files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk(script=Script(hold_import=threading.Event()))
    work, engine = desk.window.work, desk.engine
    bar, import_paths = work.import_bar, engine.import_paths

    def import_until_full(paths: Sequence[Path], **more: Any) -> ImportReport:
        report = import_paths(paths, **more)
        if engine.calls.count("import 1") == 1 and len(paths) == 1:
            raise DiskFull("The disk is full.")
        return report

    monkeypatch.setattr(engine, "import_paths", import_until_full)
    drop(desk.window, files[:1])
    drop(desk.window, files[1:])
    qtbot.waitUntil(lambda: "import 1" in engine.calls, timeout=WAIT_MS)
    desk.script.hold_import.set()  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: engine.calls == ["import 1", "import 2"] and work.imports.is_idle, timeout=WAIT_MS)
    assert bar.title.text() == "The disk is full. Nothing that was kept is lost."
    qtbot.mouseClick(bar.resume, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: engine.calls.count("import 1") == 2 and work.imports.is_idle, timeout=WAIT_MS)
    assert bar.title.text().startswith("1 file imported")


def test_what_a_watched_folder_brings_again_is_not_left_any_more(
    qtbot: QtBot, desk: Desk, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    imports, bar = desk.window.work.imports, desk.window.work.import_bar

    def refuse(*_args: object, **_more: object) -> ImportReport:
        raise DiskFull("The disk is full.")

    with monkeypatch.context() as full:
        full.setattr(desk.engine, "import_paths", refuse)
        for _ in range(2):
            with qtbot.waitSignal(imports.done, timeout=WAIT_MS):
                imports.add(files[:1])
    assert bar.title.text() == "The disk is full. Nothing that was kept is lost."
    assert len(imports._left) == 1
    with qtbot.waitSignal(imports.done, timeout=WAIT_MS):
        imports.add(files)
    assert bar.title.text().startswith("3 files imported")
    assert not bar.resume.isVisible()


def test_the_end_of_what_was_left_is_not_told_as_the_end_of_what_was_dropped_meanwhile(
    qtbot: QtBot, open_desk: Callable[..., Desk], files: list[Path]
) -> None:
    desk = open_desk(script=Script(hold_import=threading.Event()))
    imports, bar = desk.window.work.imports, desk.window.work.import_bar
    drop(desk.window, files)
    qtbot.waitUntil(lambda: "file 1 of 3" in bar.title.text(), timeout=WAIT_MS)
    imports._on_resumed_all(ImportReport(imported=0, duplicates=0, failed=(), moments=0, sessions=(), took_s=0.0))
    assert "file 1 of 3" in bar.title.text()
    desk.script.hold_import.set()  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: bar.title.text().startswith("3 files imported"), timeout=WAIT_MS)
