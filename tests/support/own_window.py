"""A window of a program of its own, whose title and text a test changes while it is open."""

from __future__ import annotations

import subprocess

# A program of so many lines: name, title, text and perhaps left, top, width, height. Title and text can be changed
# through its standard input, one line each; it ends with that.
PROGRAM = """
import sys
from PySide6.QtCore import QSocketNotifier
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel
name, title, text, *place = sys.argv[1:]
application = QApplication([name])
application.setApplicationName(name)
QGuiApplication.setDesktopFileName(name)
label = QLabel(text)
label.setWindowTitle(title)
label.setStyleSheet("font-size: 22px; padding: 20px; background: white; color: black")
if place:
    label.setGeometry(*map(int, place))
label.show()
def change():
    line = sys.stdin.readline()
    if not line:
        application.quit()
        return
    title, text = line.rstrip().split("|")
    label.setWindowTitle(title)
    label.setText(text)
notifier = QSocketNotifier(0, QSocketNotifier.Type.Read)
notifier.activated.connect(change)
print("shown", flush=True)
application.exec()
"""


class OwnWindow:
    """The window, once it is shown.

    Args:
        process: Runs ``PROGRAM`` with pipes for its input and output.
    """

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "shown"
        self._process = process

    def show(self, title: str, text: str) -> None:
        """Give it another title and text."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{title}|{text}\n")
        self._process.stdin.flush()
