"""The program as a person sees it: what can be clicked and where, what is written, told as JSON lines while it runs.

Role: runs inside the program under test and only looks. A hand outside (``xdotool``) finds by it what to click.
"""

from __future__ import annotations

import json
import queue
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QTextEdit,
    QWidget,
)

from app.ui.main_window import MainWindow

LOOK_MS = 50
LIMIT_S = 60.0
PROGRAM = """
    import sys
    from tests.support.ui_probe import run
    raise SystemExit(run(sys.argv[1:]))
"""


def run(arguments: list[str]) -> int:
    """Run the command line with the probe in its window."""
    from app import cli
    from app.ui import main

    build = main.build_application

    def build_probed(*settings: str) -> QApplication:
        application = build(*settings)
        watch(application, lambda window: see(application, window))
        return application

    main.build_application = build_probed
    return cli.main(arguments)


def watch(application: QApplication, look: Callable[[MainWindow], Any]) -> None:
    """Look at the window again and again, once it is furnished, and print what is seen as JSON where that is new."""
    probe, told = QTimer(application), [""]

    def tell() -> None:
        window = next((each for each in application.topLevelWidgets() if isinstance(each, MainWindow)), None)
        if window is None or not window.is_furnished:
            return
        line = json.dumps(look(window))
        if told != [line]:
            told[:] = [line]
            print(line, flush=True)

    probe.timeout.connect(tell)
    probe.start(LOOK_MS)


def focus_words(application: QApplication) -> str:
    """The name of what has the focus; empty where nothing has."""
    widget = application.focusWidget()
    return widget.accessibleName() if widget is not None else ""


def wait_for(program: subprocess.Popen[str], **wanted: Any) -> dict[str, Any]:
    """Read states until one is as wanted; a value that can be called judges.

    Raises:
        AssertionError: The program ended before.
    """
    assert program.stdout is not None
    for line in program.stdout:
        state: dict[str, Any] = json.loads(line)
        if all(want(state[key]) if callable(want) else state[key] == want for key, want in wanted.items()):
            return state
    raise AssertionError(program.communicate(timeout=10)[1])


def see(application: QApplication, window: MainWindow) -> dict[str, Any]:
    """Everything that is seen; places are points of the screen."""
    # What was shown or hidden just now moves its neighbours at the loop's next turn: a hand aims at where they stay.
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    work = window.work
    seen: dict[str, Any] = {
        "page": work.pages.current.key,
        "n_moments": work.asking.model.n_moments,
        "phase": str(work.asking.model.phase),
        "span_s": work.timeline.model.scale.span_us / 1e6,
        "is_playing": work.player.playing,
        "played_s": round(work.player.position_s, 1),
        "is_recording": work.capturing.capture_model.is_on,
        "recording_words": work.capturing.capture_bar.accessibleDescription(),
        "focus": focus_words(application),
        "controls": {}, "areas": {}, "rows": {}, "links": {}, "texts": [],
    }  # fmt: skip
    for widget in application.allWidgets():
        place = _place(widget)
        if place is None:
            continue
        if isinstance(widget, QAbstractButton | QLineEdit):
            text = widget.text() if isinstance(widget, QAbstractButton) else ""
            for name in {widget.accessibleName(), text} - {""}:
                if widget.isEnabled():
                    seen["controls"].setdefault(name, place)
        elif isinstance(widget, QLabel):
            seen["texts"].append(widget.text())
        elif isinstance(widget, QTextEdit):
            seen["texts"].append(widget.toPlainText())
            seen["links"] |= dict(_links(widget))
        elif isinstance(widget, QAbstractItemView):
            seen["rows"] |= dict(_rows(widget))
        if widget.accessibleName() and not isinstance(widget, QAbstractButton | QLineEdit | QLabel):
            seen["areas"].setdefault(widget.accessibleName(), place)
    return seen


def _place(widget: QWidget) -> list[int] | None:
    if not widget.isVisible():
        return None
    part = widget.visibleRegion().boundingRect()
    return None if part.isEmpty() else _point(widget, part)


def _point(widget: QWidget, part: QRect) -> list[int]:
    at: QPoint = widget.mapToGlobal(part.center())
    return [at.x(), at.y()]


def _rows(view: QAbstractItemView) -> Iterator[tuple[str, list[int]]]:
    model = view.model()
    for row in range(min(model.rowCount(), 40) if model is not None else 0):
        index = model.index(row, 0)
        rect = view.visualRect(index) & view.viewport().rect()
        if not rect.isEmpty():
            words = index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data(Qt.ItemDataRole.DisplayRole) or ""
            yield str(words), _point(view.viewport(), rect)


def _links(view: QTextEdit) -> Iterator[tuple[str, list[int]]]:
    block = view.document().begin()
    while block.isValid():
        parts = block.begin()
        while not parts.atEnd():
            piece = parts.fragment()
            if piece.charFormat().isAnchor():
                cursor = QTextCursor(view.document())
                cursor.setPosition(piece.position() + 1)
                yield piece.text().strip(), _point(view.viewport(), view.cursorRect(cursor))
            parts += 1
        block = block.next()


class Seen:
    """The program's window, from outside."""

    def __init__(self, program: subprocess.Popen[str]) -> None:
        self._program = program
        self._lines: queue.Queue[str | None] = queue.Queue()
        self.state: dict[str, Any] = {}
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self._program.stdout is not None
        for line in self._program.stdout:
            if line.startswith("{"):
                self._lines.put(line)
        self._lines.put(None)

    def until(self, wanted: Callable[[dict[str, Any]], object], what: str, limit_s: float = LIMIT_S) -> dict[str, Any]:
        """Read on until something is seen.

        Raises:
            AssertionError: It was not seen in time, or the program ended before.
        """
        end_s = time.monotonic() + limit_s
        while True:
            with suppress(queue.Empty):  # what is newest counts
                while (line := self._lines.get_nowait()) is not None:
                    self.state = json.loads(line)
                raise AssertionError(f"the program ended before {what}")
            if self.state and wanted(self.state):
                return self.state
            assert time.monotonic() < end_s, f"{what} was not seen in {self.state}"
            time.sleep(LOOK_MS / 1000)

    def control(self, name: str) -> list[int]:
        """Where a control is, once it is seen."""
        place: list[int] = self.until(lambda state: name in state["controls"], name)["controls"][name]
        return place

    def area(self, name: str) -> list[int]:
        """Where something that is no button is, once it is seen."""
        place: list[int] = self.until(lambda state: name in state["areas"], name)["areas"][name]
        return place

    def row(self, words: str) -> list[int]:
        """Where the first row that says something is."""

        def find(state: dict[str, Any]) -> list[list[int]]:
            return [place for text, place in state["rows"].items() if words in text]

        return find(self.until(find, words))[0]

    def says(self, words: str) -> None:
        """Wait until something is written in the window."""
        self.until(lambda state: any(words in text for text in state["texts"]), words)
