"""Real windows on a real X server, arranged by a test."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from tests.support.ui_xvfb import Display

# A program of so many lines: title and text can be changed through its standard input, one line each.
_WINDOW = """
import sys
from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication, QLabel
name, title, text, *place = sys.argv[1:]
application = QApplication([name])
application.setApplicationName(name)
label = QLabel(text)
label.setWindowTitle(title)
label.setStyleSheet("font-size: 22px; padding: 20px; background: white; color: black")
label.setGeometry(*map(int, place))
label.show()
def change():
    title, text = sys.stdin.readline().rstrip().split("|")
    label.setWindowTitle(title)
    label.setText(text)
notifier = QSocketNotifier(0, QSocketNotifier.Type.Read)
notifier.activated.connect(change)
print("shown", flush=True)
application.exec()
"""


class RealWindow:
    """A window of a program of its own."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def show(self, title: str, text: str) -> None:
        """Give it another title and text."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{title}|{text}\n")
        self._process.stdin.flush()


@contextmanager
def open_window(
    display: Display, app: str, title: str, text: str, *, place: tuple[int, int, int, int]
) -> Iterator[RealWindow]:
    """Open one; left, top, width, height in pixels. The last one opened gets the keyboard."""
    with display.run(_WINDOW, app, title, text, *place, takes_input=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "shown"
        display.focus(title)
        yield RealWindow(process)
