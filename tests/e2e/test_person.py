"""A person at the window: the real program on the sample day under a real X server, by mouse and keyboard only."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.capture_pulse import virtual_array
from tests.support.e2e_process import Day
from tests.support.ui_probe import PROGRAM, Seen
from tests.support.ui_xvfb import Display, open_display

YEAR_S = 365.0 * 86_400
DRAGGED = """
    import sys
    from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
    from PySide6.QtGui import QDrag
    from PySide6.QtWidgets import QApplication, QLabel

    class File(QLabel):
        def mouseMoveEvent(self, event):
            drag, data = QDrag(self), QMimeData()
            data.setUrls([QUrl.fromLocalFile(sys.argv[1])])
            drag.setMimeData(data)
            drag.exec(Qt.DropAction.CopyAction)

    application = QApplication([])
    file = File("a file")
    file.setWindowFlag(Qt.WindowType.FramelessWindowHint)
    file.setGeometry(1300, 100, 200, 100)
    file.show()
    print("shown", flush=True)
    application.exec()
"""


class Person:
    """Eyes and a hand."""

    def __init__(self, display: Display, seen: Seen) -> None:
        self.display, self.seen = display, seen

    def click(self, place: list[int]) -> None:
        self.display.press("mousemove", *map(str, place), "click", "1")

    def press(self, *keys: str) -> None:
        self.display.press("key", *keys)

    def type(self, words: str) -> None:
        self.display.press("type", "--delay", "8", words)

    def go_to(self, page: str, key: str) -> None:
        self.click(self.seen.control(page))
        self.seen.until(lambda state: state["page"] == key, page)

    def ask_line(self, words: str) -> None:
        self.press("ctrl+l", "ctrl+a")
        self.type(words)


@contextmanager
def sitting_at(day: Day, folder: Path, surroundings: Mapping[str, str] | None = None) -> Iterator[Person]:
    """The program on a copy of the sample day; in the end it is quit by its key, and must end by itself."""
    madeleine = day.copy_to(folder / "home")
    around = {"TZ": "Europe/Lisbon", "MADELEINE_MODELS": str(madeleine.models), **(surroundings or {})}
    with (
        open_display("1600x900x24") as display,
        display.run(PROGRAM, "--home", madeleine.home, "app", environment=around) as program,
    ):
        seen = Seen(program)
        seen.until(lambda state: state["n_moments"], "the memory")
        display.focus("Madeleine")
        yield Person(display, seen)
        display.press("key", "ctrl+q")
        assert program.wait(30) == 0


@pytest.fixture
def person(day: Day, tmp_path: Path) -> Iterator[Person]:
    with sitting_at(day, tmp_path) as person:
        yield person


def test_a_question_is_asked_its_citation_opened_and_a_voice_heard(person: Person) -> None:
    seen = person.seen
    person.click(seen.control("Search or ask"))
    person.type("Which booking number does Quinta da Ponte have?")
    person.press("Return")
    seen.until(lambda state: state["phase"] == "answered", "an answer")
    seen.says("7340-2219")
    person.click(seen.until(lambda state: "[1]" in state["links"], "a citation")["links"]["[1]"])
    person.click(seen.control("Back"))
    person.ask_line("boxes cellar")
    person.click(seen.row("boxes"))
    person.press("space")
    seen.until(
        lambda state: state["is_playing"] or any("No sound device" in text for text in state["texts"]),
        "playing, or why not",
    )


def test_the_timeline_goes_out_to_the_year(person: Person) -> None:
    seen = person.seen
    person.go_to("Timeline", "timeline")
    strip = seen.area("Timeline")
    for _ in range(60):
        person.display.press("mousemove", *map(str, strip), "click", "--repeat", "4", "5")
        if seen.state["span_s"] >= YEAR_S:
            break
        seen.until(lambda state: True, "anything")
    seen.until(lambda state: state["span_s"] >= YEAR_S, "a year")


def test_a_voice_is_named_and_a_file_is_dropped_found_and_forgotten(person: Person, tmp_path: Path) -> None:
    seen = person.seen
    person.go_to("People and places", "people")
    person.click(seen.row("Voice"))
    person.click(seen.control("Name of this voice"))
    person.type("Clara")
    person.click(seen.control("Save the name"))
    seen.row("Clara")

    (tmp_path / "shelf.txt").write_text("The spare key hangs behind the zinnia shelf.\n")
    n_before = seen.state["n_moments"]
    with person.display.run(DRAGGED, tmp_path / "shelf.txt") as source:
        assert source.stdout is not None
        assert source.stdout.readline() == "shown\n"
        person.display.press("mousemove", "1400", "150", "mousedown", "1")
        for x in range(1380, 800, -60):  # a hand does not jump
            person.display.press("mousemove", str(x), "300", "sleep", "0.05")
        person.display.press("sleep", "0.3", "mouseup", "1")
        seen.until(lambda state: state["n_moments"] == n_before + 1, "the dropped file")
    person.display.focus("Madeleine")
    person.press("ctrl+1")
    seen.until(lambda state: state["page"] == "ask", "the page of questions")
    person.ask_line("zinnia shelf")
    person.click(seen.row("zinnia"))
    person.press("Delete")
    person.click(seen.control("Forget"))
    seen.until(lambda state: state["n_moments"] == n_before, "that it is forgotten")
    person.ask_line("zinnia key")
    seen.until(lambda state: not any("zinnia" in row for row in state["rows"]), "that it is not found")


def test_a_recording_is_paused_goes_on_and_stops(day: Day, tmp_path: Path) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        virtual_array(Path(folder), 2) as array,
        sitting_at(day, tmp_path, array.environment) as person,
    ):
        seen = person.seen
        person.press("ctrl+r")
        person.click(seen.control("Agree and go on"))  # nothing records before
        person.click(seen.control("Start recording"))
        seen.until(lambda state: state["is_recording"], "that it records")
        seen.until(lambda state: any("on disk" in text for text in state["texts"]), "bytes on the disk")
        person.click(seen.control("Pause"))
        seen.says("Paused")
        person.click(seen.control("Go on"))
        seen.until(lambda state: "Pause" in state["controls"], "that it goes on")
        person.press("ctrl+r")
        seen.until(lambda state: not state["is_recording"], "that it stopped")
