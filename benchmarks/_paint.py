"""One window, opened and left at its first paint: the child of ``latency.py`` that prints the time of that paint.

    python benchmarks/_paint.py empty | madeleine HOME

Role: the same event filter for both, so that only the windows differ. Prints ``time.monotonic()``, which all processes
of a machine share.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow


class Watch(QObject):
    """Ends the process behind the first paint of a main window."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at every event of the application."""
        if event.type() == QEvent.Type.Paint and isinstance(watched, QMainWindow):
            QTimer.singleShot(0, leave)
        return False


def leave() -> None:
    """Print the time and go at once."""
    print(time.monotonic(), flush=True)
    os._exit(0)


def open_empty() -> None:
    """The least that Qt can show."""
    application = QApplication(sys.argv[:1])
    watch = Watch()
    application.installEventFilter(watch)
    window = QMainWindow()
    window.resize(1200, 780)
    window.show()
    application.exec()


def open_madeleine(home: str) -> None:
    """The window as ``madeleine app`` opens it."""
    from app import cli
    from app.ui import main

    watch, build = Watch(), main.build_application

    def build_watched(*arguments: str) -> QApplication:
        application = build(*arguments)
        application.installEventFilter(watch)
        return application

    main.build_application = build_watched
    cli.main(["--home", home, "app"])


if __name__ == "__main__":
    open_empty() if sys.argv[1] == "empty" else open_madeleine(sys.argv[2])
