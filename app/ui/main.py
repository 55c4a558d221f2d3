"""Opens the window: paint first, then the memory.

Role: the entry of the graphical program. Imports nothing heavy; ``engine_factory`` brings that in a lane.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.looks import SYSTEM
from app.ui.garbage import GuiGarbage
from app.ui.language import settle_language
from app.ui.main_window import MainWindow
from app.ui.theme import settle_font

if TYPE_CHECKING:
    from app.engine import Engine
    from app.ui.capture_controller import DeskFactory
    from app.ui.screen_controller import ScreenDeskFactory

_log = logging.getLogger(__name__)
# Qt gives the interpreter away at each call, so that a frame may have to ask twenty other threads for it, one after the
# other; each keeps it that long at most (CPython's own 5 ms made a tenth of a second of them).
TURN_S = 0.0005


def run(
    engine_factory: Callable[[], Engine],
    *,
    home_label: str,
    examples: Sequence[str] = (),
    desk_factory: DeskFactory | None = None,
    screen_factory: ScreenDeskFactory | None = None,
    language: str = SYSTEM,
    appearance: str = SYSTEM,
    state_file: Path | None = None,
    home: Path | None = None,
) -> int:
    """Show the window and stay until it is closed.

    Args:
        engine_factory: Makes and opens the engine; called once, off the GUI thread, after the first paint.
        home_label: Which memory this is, for the window's title; empty for the one that everybody has.
        examples: Questions that the window offers.
        desk_factory: Makes the recording desk on the open memory; called off the GUI thread.
        screen_factory: Makes the screen desk likewise.
        language: What the window speaks: "en", "de", or as the desktop does.
        appearance: A name of ``theme.THEMES``, or as the desktop has it.
        state_file: Where it is kept how the window was left; nowhere when None.
        home: The folder of the memory, to be opened or mended where it cannot be used.

    Returns:
        The process's exit code.
    """
    application = build_application(language)
    window = MainWindow(
        engine_factory,
        home_label=home_label,
        examples=examples,
        desk_factory=desk_factory,
        screen_factory=screen_factory,
        appearance=appearance,
        state_file=state_file,
        home=home,
    )
    garbage = GuiGarbage(application)
    window.furnished.connect(garbage.settle)
    window.ended.connect(application.quit, Qt.ConnectionType.QueuedConnection)
    window.start()
    code = application.exec()
    if not window.ended_in_time:
        _log.warning("some work did not end in time: leaving without it")
        logging.shutdown()
        # A lane that hangs would keep the interpreter alive for ever; what was committed survives any kill.
        os._exit(code)
    return code


def build_application(language: str = "en") -> QApplication:
    """Make the application object, or find the one that is there, and settle style, font, language and turns."""
    sys.setswitchinterval(TURN_S)
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        application = existing
        application.setStyle("Fusion")
    else:  # setStyle() hands the style back, and half a thousand names would be made for that
        application = QApplication([*sys.argv[:1], "-style", "fusion"])
    application.setApplicationName("madeleine")
    application.setDesktopFileName("org.madeleine.Madeleine")  # so that a desktop finds its entry and its icon
    application.setApplicationDisplayName("Madeleine")
    settle_language(application, language)
    settle_font(application)
    return application


def grab(window: QWidget, path: Path) -> None:
    """Save what a window shows as a PNG.

    Raises:
        OSError: it could not be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if not window.grab().save(str(path), "PNG"):
        raise OSError(f"The picture could not be written: {path}")
