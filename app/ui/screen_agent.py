"""The screen through Qt, in a process of its own: pictures of all monitors, and the windows as the system tells them.

Role: a child that ``app/qt_screen.py`` starts, for a picture belongs to Qt's own thread, which the command line has not
and the window must not lend. A line on its standard input asks ("look", "grab"); each answer is a line of JSON and,
for a picture, its bytes. It keeps nothing.
"""

from __future__ import annotations

import os
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from ingest.child import tell
from ingest.desktop_told import ToldDesktop, join_pictures
from ingest.screen import NoScreen

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QGuiApplication, QScreen

    from models.protocols import ImageArray

LOOK, GRAB = "look", "grab"


class ScreenAgent:
    """Answers what is asked.

    Args:
        application: Qt's.
        read: Asks the system for its windows.
    """

    def __init__(self, application: QGuiApplication, read: Callable[[], ToldDesktop]) -> None:
        self._application = application
        self._read = read
        self._sizes: dict[tuple[object, ...], tuple[int, int]] = {}

    def look(self) -> dict[str, Any]:
        """Windows and monitors.

        Raises:
            NoScreen: the system does not tell them.
        """
        told = self._read()
        return asdict(told) | {"screens": [self._describe(screen) for screen in self._application.screens()]}

    def grab(self) -> ImageArray:
        """All monitors beside each other, uint8 (height of the highest, all widths, 3), RGB."""
        return join_pictures([take_picture(screen) for screen in self._application.screens()])

    def _describe(self, screen: QScreen) -> dict[str, Any]:
        """A monitor in the units in which the system tells its windows, and the size of its picture.

        Windows tells pixels: Qt leaves a monitor's corner there and magnifies only its size. macOS tells points, as
        Qt does.
        """
        shape, ratio = screen.geometry(), screen.devicePixelRatio()
        magnified = ratio if sys.platform == "win32" else 1.0
        box = (
            shape.left(),
            shape.top(),
            shape.left() + round(shape.width() * magnified),
            shape.top() + round(shape.height() * magnified),
        )
        key = (screen.name(), box, ratio)
        if key not in self._sizes:
            height, width = take_picture(screen).shape[:2]
            self._sizes[key] = (width, height)
        return {"name": screen.name() or "screen", "box": box, "size_px": self._sizes[key]}


def take_picture(screen: QScreen) -> ImageArray:
    """One monitor, uint8 (height, width, 3), RGB, in the monitor's own pixels."""
    from PySide6.QtGui import QImage

    image = screen.grabWindow(0).toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()


def find_reader() -> Callable[[], ToldDesktop]:
    """Who tells the windows on this system.

    Raises:
        NoScreen: nobody.
    """
    if sys.platform == "win32":
        from ingest.win32_windows import Win32Desktop

        return Win32Desktop().read
    if sys.platform == "darwin":
        from ingest.macos_windows import MacDesktop

        return MacDesktop().read
    from ingest.x11 import X11Screen  # so that the whole way can be tried where the pictures are known otherwise

    screen = X11Screen()

    def read() -> ToldDesktop:
        view = screen.look()
        return ToldDesktop(windows=view.windows, is_locked=view.is_locked, idle_s=view.idle_s)

    return read


def main() -> None:
    """Answer until nobody asks any more."""
    os.environ["QT_MAC_DISABLE_FOREGROUND_APPLICATION_TRANSFORM"] = "1"  # no second icon in the Dock
    from PySide6.QtGui import QGuiApplication

    application = QGuiApplication(["madeleine"])
    agent: ScreenAgent | None = None
    for line in sys.stdin:
        application.processEvents()  # monitors come and go
        try:
            agent = agent or ScreenAgent(application, find_reader())
            if line.strip() == GRAB:
                picture = agent.grab()
                tell({"shape": picture.shape}, picture.tobytes())
            else:
                tell(agent.look())
        except NoScreen as error:
            tell({"error": str(error), "hint": error.hint})


if __name__ == "__main__":
    main()
