"""The library on a real memory: what failed and is tried again, and what takes space."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from app.settings import read_settings
from app.storage import StorageReport
from app.ui.main_window import MainWindow
from app.ui.storage_words import month_words, saving_words, size_words
from app.ui.theme import LIGHT
from ingest.records import ImportFailure, ImportReport
from memory.errors import DiskFull
from tests.support.app_engine import build_fake_engine
from tests.support.ingest_files import write_picture
from tests.support.ui_desk import WAIT_MS, Desk, settle_home
from tests.support.ui_fakes import FakeSound, now_us, storage_report

LEFT, CTRL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """A window on a real and empty memory, with the models replaced."""
    home = settle_home(tmp_path / "home")
    opened = MainWindow(
        lambda: build_fake_engine(home), home_label="test", sound=FakeSound(), now_us=now_us, theme=LIGHT
    )
    opened.resize(1100, 900)
    opened.start()
    qtbot.waitUntil(lambda: opened.is_furnished and opened.work.engine is not None, timeout=WAIT_MS)
    qtbot.waitUntil(opened.empty_view.files.isVisible, timeout=WAIT_MS)
    yield opened
    opened.close()
    opened.deleteLater()


def test_a_file_that_fails_is_listed_and_comes_in_when_it_was_mended(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    folder = tmp_path / "camera"
    folder.mkdir()
    broken, empty = folder / "IMG_20261014_080000.jpg", folder / "empty.jpg"
    broken.write_bytes(write_picture(tmp_path / "whole.jpg").read_bytes()[:300])
    empty.touch()
    window.commands.run("go-library")
    failed = window.work.library.failed
    qtbot.waitUntil(window.work.library.isVisible, timeout=WAIT_MS)
    assert failed.words.text().startswith("None.")
    window.work.imports.add([folder])
    qtbot.waitUntil(lambda: len(failed.list.rows) == 2, timeout=WAIT_MS)
    assert failed.words.text() == "2 files could not be imported."
    by_name = {row.text.split("\n")[0]: row for row in failed.list.rows}
    assert "empty" in by_name["empty.jpg"].text
    assert "the original is needed" in by_name["empty.jpg"].text

    empty.write_bytes((tmp_path / "whole.jpg").read_bytes())
    failed.list.setCurrentIndex(failed.list.model().index(list(by_name).index("empty.jpg"), 0))
    qtbot.mouseClick(failed.retry, LEFT)
    qtbot.waitUntil(lambda: len(failed.list.rows) == 1, timeout=WAIT_MS)
    assert window.work.import_model.title() == "1 file imported, 1 moment new."

    qtbot.mouseClick(failed.retry_all, LEFT)  # its bytes are the same: it fails again and says so
    qtbot.waitUntil(lambda: window.work.import_model.title() == "No file imported, 1 failed.", timeout=WAIT_MS)
    assert len(failed.list.rows) == 1


def test_what_failed_is_still_listed_by_the_next_window_and_can_be_taken_off(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    (tmp_path / "empty.txt").touch()
    engine = window.work.engine
    assert engine is not None
    engine.import_paths([tmp_path / "empty.txt"])
    opened: list[Path] = []
    library = window.work.library
    library.failed.folder_wanted.disconnect()
    library.failed.folder_wanted.connect(opened.append)
    window.commands.run("go-library")
    failed = library.failed
    qtbot.waitUntil(lambda: len(failed.list.rows) == 1, timeout=WAIT_MS)
    assert not failed.drop.isEnabled()
    failed.list.setFocus()
    failed.list.setCurrentIndex(failed.list.model().index(0, 0))
    qtbot.mouseClick(failed.folder, LEFT)
    assert opened == [tmp_path]
    qtbot.mouseClick(failed.drop, LEFT)
    qtbot.waitUntil(lambda: failed.list.rows == (), timeout=WAIT_MS)


def test_the_space_is_counted(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("The gate code is 5927.", encoding="utf-8")
    window.commands.run("go-library")
    space = window.work.library.space
    window.work.imports.add([tmp_path / "note.txt"])
    qtbot.waitUntil(lambda: space.report is not None and not window.work.import_model.running, timeout=WAIT_MS)
    qtbot.mouseClick(space.measure, LEFT)
    qtbot.waitUntil(lambda: not window.work.runner.is_busy("library-space"), timeout=WAIT_MS)
    assert space.report is not None
    assert space.report.storage.n_bytes > (tmp_path / "home" / "memory.db").stat().st_size
    assert space.lines()[0][0] == "Words and their index"
    assert space.total.text().startswith("This memory takes ")


def test_rules_lead_to_their_setting(qtbot: QtBot, desk: Desk) -> None:
    qtbot.keyClick(desk.window, Qt.Key.Key_5, CTRL)
    library = desk.window.work.library
    qtbot.waitUntil(lambda: library.space.report is not None, timeout=WAIT_MS)
    assert "frees 2.2 GB" in library.space.savings.text()
    with qtbot.waitSignal(library.setting_wanted) as heard:
        qtbot.mouseClick(library.space.rules, LEFT)
    assert heard.args == ["raw_channels"]
    settings = desk.window.work.settings
    qtbot.waitUntil(lambda: settings.is_built and settings.rows["raw_channels"].control.hasFocus(), timeout=WAIT_MS)


def test_sizes_and_rules_are_put_in_words() -> None:
    report: StorageReport = storage_report()
    assert [size_words(n) for n in (0, 999, 14_200, 3_240_000_000)] == ["0 B", "999 B", "14 kB", "3.2 GB"]
    assert month_words(report) == "At the pace of the last 30 days, a month costs about 9.2 GB."
    assert saving_words(report.savings[0]) == "Sound of each microphone kept for 30 days only: frees up to 900 MB."


def test_what_comes_into_a_watched_folder_is_imported_by_itself_once(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.ui.watch_controller._REST_S", 0.05)
    monkeypatch.setattr("ingest.watch.SETTLED_S", 0.05)
    folder, home = tmp_path / "inbox", tmp_path / "home"
    folder.mkdir()
    library = window.work.library
    window.commands.run("go-library")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(folder))
    qtbot.mouseClick(library.watched.add, LEFT)
    qtbot.waitUntil(lambda: read_settings(home).watched_folders == str(folder), timeout=WAIT_MS)
    (folder / "note.txt").write_text("The gate code is 5927.", encoding="utf-8")
    (folder / "empty.txt").touch()
    qtbot.waitUntil(lambda: window.work.import_model.title() == "1 file imported, 1 moment new.", timeout=WAIT_MS)
    qtbot.waitUntil(lambda: "1 file of the memory" in library.watched.list.rows[0].text, timeout=WAIT_MS)
    assert library.watched.words.text().startswith("Last look at ")

    engine = window.work.engine
    assert engine is not None
    qtbot.waitUntil(lambda: (home / "watched.txt").exists(), timeout=WAIT_MS)
    engine.forget([moment.id for moment in engine.memory.iter_moments()])
    looked_us = library.watching.looked_us
    qtbot.waitUntil(lambda: library.watching.looked_us != looked_us, timeout=WAIT_MS)
    assert engine.memory.count_moments() == 0, "what was forgotten does not come back"

    library.watched.list.setCurrentIndex(library.watched.list.model().index(0, 0))
    qtbot.mouseClick(library.watched.remove, LEFT)
    qtbot.waitUntil(lambda: read_settings(home).watched_folders == "", timeout=WAIT_MS)
    qtbot.waitUntil(lambda: library.watched.list.rows == (), timeout=WAIT_MS)
    window.work.undo.undo()
    qtbot.waitUntil(lambda: read_settings(home).watched_folders == str(folder), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: len(library.watched.list.rows) == 1, timeout=WAIT_MS)
    assert engine.memory.count_moments() == 0, "nor does it when its folder is watched again"


def test_after_a_cancel_nothing_is_brought_in_by_itself(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    library = window.work.library
    library.watching.add(tmp_path / "nowhere")
    qtbot.waitUntil(window.notice.isVisible, timeout=WAIT_MS)
    assert "There is no folder" in window.notice.message.text()
    (tmp_path / "inbox").mkdir()
    window.commands.run("go-library")
    library.watching.add(tmp_path / "inbox")
    qtbot.waitUntil(lambda: len(library.watched.list.rows) == 1, timeout=WAIT_MS)
    window.work.imports.stop()
    assert library.watched.words.text().startswith("You cancelled an import")
    qtbot.mouseClick(library.watched.look, LEFT)
    qtbot.waitUntil(lambda: library.watched.words.text().startswith("Last look at "), timeout=WAIT_MS)


def test_a_folder_that_is_still_watched_is_not_said_to_be_let_go(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(_desk: object, _folder: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.watched.WatchDesk.remove", fail)
    window.work.library.watching.remove(tmp_path / "inbox")
    assert window.work.undo.is_empty
    qtbot.waitUntil(window.notice.isVisible, timeout=WAIT_MS)
    assert "not watched" not in window.notice.message.text()
    assert window.work.undo.is_empty


def drop(window: MainWindow, mime: QMimeData) -> None:
    action, button, key = Qt.DropAction.CopyAction, LEFT, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(50, 50), action, mime, button, key)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(50, 50), action, mime, button, key))


def test_dropped_words_are_kept_as_a_note_and_an_address_is_not_opened(qtbot: QtBot, window: MainWindow) -> None:
    engine, words, address = window.work.engine, QMimeData(), QMimeData()
    assert engine is not None
    address.setUrls([QUrl("https://example.org/page")])
    drop(window, address)
    assert "opens no addresses" in window.notice.message.text()
    window.notice.put_away()
    words.setText("the kettle is Anna's")
    drop(window, words)
    qtbot.waitUntil(lambda: window.notice.message.text() == "Kept as a note.", timeout=WAIT_MS)
    assert [moment.text for moment in engine.memory.iter_moments()] == ["the kettle is Anna's"]


def test_addresses_among_dropped_files_are_not_passed_over_in_silence(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    note, dropped, bar = tmp_path / "note.txt", QMimeData(), window.work.import_bar
    note.write_text("the plumber comes on friday")
    dropped.setUrls([QUrl("https://example.org/page"), QUrl.fromLocalFile(str(note))])
    drop(window, dropped)
    assert "Addresses are not fetched" in window.notice.message.text()
    qtbot.waitUntil(lambda: bar.title.text().startswith("1 file imported"), timeout=WAIT_MS)


def test_what_a_full_disk_ended_is_done_again_by_a_button(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, note = window.work.engine, tmp_path / "note.txt"
    assert engine is not None
    note.write_text("the plumber comes on friday")

    def fail(*_paths: object, **_more: object) -> None:
        raise DiskFull("No room.")

    with monkeypatch.context() as full:
        full.setattr(engine, "import_paths", fail)
        window.work.imports.add([note])
        bar = window.work.import_bar
        qtbot.waitUntil(bar.resume.isVisible, timeout=WAIT_MS)
    assert "Nothing that was kept is lost" in bar.title.text()
    qtbot.mouseClick(bar.resume, LEFT)
    qtbot.waitUntil(lambda: bar.title.text().startswith("1 file imported"), timeout=WAIT_MS)
    assert not bar.resume.isVisible()


def test_what_only_waits_for_a_model_has_not_failed(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, bar, settings = window.work.engine, window.work.import_bar, window.work.settings
    assert engine is not None
    waits = ImportFailure("/a/memo.wav", "It is kept and waits for Whisper.", "Fetch that model.", waits=True)
    report = ImportReport(imported=1, duplicates=0, failed=(waits,), moments=0, sessions=(), took_s=0.1)
    monkeypatch.setattr(engine, "import_paths", lambda *_paths, **_more: report)
    window.work.imports.add([Path("/a/memo.wav")])
    qtbot.waitUntil(bar.models.isVisible, timeout=WAIT_MS)
    assert bar.title.text() == "1 file imported, more is read once a model is here."
    assert not bar.failures_button.isVisible()
    qtbot.mouseClick(bar.models, LEFT)
    qtbot.waitUntil(lambda: settings.isVisible() and settings.is_built, timeout=WAIT_MS)
