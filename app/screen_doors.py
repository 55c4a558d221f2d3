"""Which screen this session has, and how it is opened: the one place that knows the desktops.

Role: chooses by what the session says of itself and puts the parts together. It looks at nothing.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.screen import NoScreen, Screen
from memory.home import write_whole
from models.protocols import CancelToken

if TYPE_CHECKING:
    from ingest.screencast import ScreenCast
    from ingest.wayland_windows import ToplevelList, WindowList

log = logging.getLogger(__name__)
SHARE_FILE = "screen_share"  # what the desktop knows its leave by, so that it need not ask at each start
_UNLISTED_HINT = (
    "What is never kept could not be kept out. “Remember this” works here. To keep screens all day: a desktop that "
    "tells its windows (KDE Plasma, sway, Hyprland, labwc, wayfire and others of the wlroots kind), an X11 (Xorg) "
    "session, or let the system save screenshots into a watched folder."
)


def open_live(home: Path, *, is_cancelled: Callable[[], bool] = lambda: False) -> Screen:
    """Open the screen of this session to be watched all day; a Wayland desktop asks its user first.

    Args:
        home: Where the desktop's leave is remembered.
        is_cancelled: Asked while the user is asked.

    Raises:
        NoScreen: there is none that can be looked at, or the user does not want it.
    """
    if is_through_qt():
        return open_qt()
    if is_wayland():
        return open_wayland(home, is_cancelled=is_cancelled)
    return open_x11()


def open_x11() -> Screen:
    """Open the screen of this session.

    Raises:
        NoScreen: there is none that can be looked at.
    """
    from ingest.session_lock import SessionLock
    from ingest.x11 import X11Screen

    lock = SessionLock()
    return X11Screen(is_locked=lock.is_locked, on_close=lock.close)


def open_once(cancel: CancelToken | None = None) -> Screen:
    """Open the screen for one picture that was asked for; under Wayland the desktop lets the user choose it.

    Raises:
        NoScreen: there is none, or the user gave no picture.
    """
    if is_through_qt():
        return open_qt()
    if not is_wayland():
        return open_x11()
    from ingest.portal import PortalScreen
    from ingest.session_lock import SessionLock

    lock = SessionLock()
    try:
        return PortalScreen(
            is_cancelled=lambda: cancel is not None and cancel.is_cancelled,
            is_locked=lock.is_locked,
            on_close=lock.close,
        )
    except NoScreen:
        lock.close()
        raise


def is_through_qt() -> bool:
    """Whether the system is one whose pictures come through Qt, and whose windows it tells itself."""
    return sys.platform in ("darwin", "win32")


def open_qt() -> Screen:
    """Open the screen of macOS or Windows.

    Raises:
        NoScreen: it may not be looked at, or the system does not tell its windows.
    """
    from app.qt_screen import QtScreen

    return QtScreen()


def is_wayland() -> bool:
    """Whether the desktop is a Wayland one; it may have an X display as well, which sees a part of it only."""
    return bool(os.environ.get("WAYLAND_DISPLAY"))


def require_wayland() -> None:
    """Make sure that a Wayland desktop could be watched, as far as that can be known without asking the user.

    Raises:
        NoScreen: it could not.
    """
    from ingest.pipewire_frames import find_tool

    windows, outputs = _open_windows()
    windows.close()
    outputs.close()
    find_tool()


def _open_windows() -> tuple[WindowList, ToplevelList]:
    """Who tells all windows of this desktop, and who tells its monitors."""
    from ingest.kwin_windows import KWinList
    from ingest.sway_windows import SwayList
    from ingest.wayland_windows import ToplevelList

    outputs = ToplevelList()
    if os.environ.get("SWAYSOCK"):
        with contextlib.suppress(NoScreen):  # left from another session, for example
            return SwayList(), outputs
    if outputs.is_complete:
        return outputs, outputs
    try:
        return KWinList(), outputs
    except NoScreen as error:
        outputs.close()
        raise NoScreen("This desktop does not tell programs which windows are open.", hint=_UNLISTED_HINT) from error


def open_wayland(home: Path, *, is_cancelled: Callable[[], bool] = lambda: False) -> Screen:
    """Open the monitors of a Wayland session that the user grants.

    Raises:
        NoScreen: the desktop does not tell its windows, gives no pictures, or the user said no.
    """
    from ingest.screencast import ScreenCast
    from ingest.session_lock import SessionLock
    from ingest.wayland import WaylandScreen

    windows, outputs = _open_windows()
    share = home / SHARE_FILE
    try:
        cast = ScreenCast(token=_read_share(share), is_cancelled=is_cancelled)
    except NoScreen:
        windows.close()
        outputs.close()
        raise
    _keep_share(share, cast)
    lock = SessionLock()
    return WaylandScreen(cast, windows, outputs=outputs, is_locked=lock.is_locked, on_close=lock.close)


def _read_share(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _keep_share(path: Path, cast: ScreenCast) -> None:
    """Keep what the desktop knows its leave by; it is good for one start, and each start gives the next one."""
    try:
        write_whole(path, cast.token)
    except OSError as error:
        log.warning("the desktop will ask again: %s", type(error).__name__)
