"""How the window was left: size, page, commands used last. Kept in a small file of the home, and nowhere else.

Role: reads and writes it. A file that cannot be read or written costs nothing but the memory of it.
"""

from __future__ import annotations

import base64
import binascii
import json
import logging
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

log = logging.getLogger(__name__)
FILE_NAME = "window.json"


@dataclass(frozen=True, slots=True)
class WindowState:
    """What is restored.

    Attributes:
        geometry: Of ``QWidget.saveGeometry``, as base64.
        page: The key of the page on show.
        recent: Names of the commands used last.
    """

    geometry: str = ""
    page: str = ""
    recent: tuple[str, ...] = ()


def read_state(path: Path) -> WindowState:
    """Read it; the defaults where there is none, or none that can be understood."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        recent = tuple(str(name) for name in told["recent"])
        return WindowState(str(told["geometry"]), str(told["page"]), recent)
    except (OSError, ValueError, KeyError, TypeError):
        return WindowState()


def write_state(path: Path, state: WindowState) -> None:
    """Write it whole or not at all, mode 0600."""
    from memory.home import write_whole

    try:
        write_whole(path, json.dumps(asdict(state)))
    except OSError as error:
        log.warning("how the window was left is not kept: %s", type(error).__name__)


def restore_size(window: MainWindow, state: WindowState) -> None:
    """Give a window its size and place again, before it is shown."""
    try:
        data = base64.b64decode(state.geometry, validate=True)
    except (binascii.Error, ValueError):
        return
    if data:
        window.restoreGeometry(QByteArray(data))  # Qt itself keeps it on the screens that are there


def restore_place(window: MainWindow, state: WindowState) -> None:
    """Turn to the page that was on show, once the memory is open; and remember what was used last."""
    window.commands.recent = tuple(name for name in state.recent if window.commands.has(name))
    if any(page.key == state.page for page in window.work.pages):
        window.work.pages.show_page(state.page)


def take_state(window: MainWindow) -> WindowState:
    """How a furnished window stands now."""
    geometry = base64.b64encode(bytes(window.saveGeometry().data())).decode("ascii")
    return WindowState(geometry, window.work.pages.current.key, window.commands.recent)
