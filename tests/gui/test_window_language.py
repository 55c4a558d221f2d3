"""The window in German: its own texts, Qt's, dates and numbers; and back to English."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from app.ui.language import CATALOGUES, LANGUAGES, choose_language, settle_language
from app.ui.main_window import MainWindow
from app.ui.theme import LIGHT
from app.ui.words import day_words, error_words
from ingest.errors import BadInput
from ingest.files import check_file
from tests.support.ui_desk import WAIT_MS
from tests.support.ui_fakes import FakeEngine, FakeSound, now_us
from tests.support.ui_xvfb import ROOT


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    assert settle_language(qapp, "de") == "de"
    yield
    settle_language(qapp, "en")


@pytest.mark.parametrize(
    ("wanted", "spoken", "chosen"),
    [
        ("system", ["de-AT", "en-US"], "de"),
        ("system", ["en-US", "de-DE"], "en"),
        ("system", ["pt_PT", "de"], "de"),
        ("system", ["fr-FR"], "en"),
        ("system", [], "en"),
        ("de", ["en-GB"], "de"),
        ("klingon", ["en-GB"], "en"),
    ],
)
def test_the_first_language_of_the_desktop_that_the_window_has(wanted: str, spoken: list[str], chosen: str) -> None:
    assert choose_language(wanted, spoken) == chosen


def test_every_language_has_a_catalogue() -> None:
    assert {path.stem.removeprefix("madeleine_") for path in CATALOGUES.glob("*.qm")} == set(LANGUAGES) - {"en"}


@pytest.mark.usefixtures("german")
def test_the_window_speaks_german(qtbot: QtBot, media: Path) -> None:
    window = MainWindow(lambda: FakeEngine(media), home_label="test", sound=FakeSound(), now_us=now_us, theme=LIGHT)
    qtbot.addWidget(window)
    window.start()
    qtbot.waitUntil(lambda: window.is_furnished and window.work.asking.model.n_moments is not None, timeout=WAIT_MS)
    assert window.ask_button.text() == "Fragen"
    assert window.line.accessibleName() == "Suchen oder fragen"
    assert "Zeitleiste" in window.work.pages.tab("timeline").text()
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text() == "Abbrechen"
    window.close()


@pytest.mark.usefixtures("german")
def test_dates_are_written_as_germans_write_them() -> None:
    at, now = datetime(2026, 3, 3, tzinfo=UTC), datetime(2026, 10, 1, tzinfo=UTC)
    assert day_words(at, now) == "Dienstag 3. März"
    assert day_words(now, now) == "Heute"


@pytest.mark.usefixtures("german")
def test_a_failed_file_says_why_in_german(tmp_path: Path) -> None:
    empty = tmp_path / "Anruf.wav"
    empty.touch()
    with pytest.raises(BadInput) as refused:
        check_file(empty)
    assert error_words(refused.value).line == (
        "„Anruf.wav“ ist leer (0 Byte). Nimm sie neu auf oder speichere sie noch einmal, oder lass sie weg."
    )


def test_english_comes_back(qapp: QApplication) -> None:
    settle_language(qapp, "de")
    settle_language(qapp, "en")
    assert day_words(datetime(2026, 3, 3, tzinfo=UTC), datetime(2026, 10, 1, tzinfo=UTC)) == "Tuesday 3 March"


def test_every_text_of_the_window_is_translated() -> None:
    done = subprocess.run(
        [sys.executable, "packaging/translations.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
