"""Notices that somebody uses this window: keys, pointer, wheel, touch, coming to the front.

Role: looks at what reaches the window from the desktop, which is little beside what goes on inside of it, and tells it
at most twice a second. It keeps nothing of it.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication, QWindow

_TOLD_EVERY_S = 0.5
_SIGNS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.NativeGesture,
    }
)


class Attention(QObject):
    """Tells when the window is used.

    Args:
        noticed: Called on the GUI thread; it must not wait for anything.
        parent: Lives as long as it.
    """

    def __init__(self, noticed: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._noticed = noticed
        self._told_s = float("-inf")
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._on_focus)

    def watch(self, window: QWindow | None) -> None:
        """Look at a window of the desktop from now on."""
        if window is not None:
            window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802, RUF100 - Qt's name
        """Take note and keep nothing back."""
        if event.type() in _SIGNS:
            self._tell()
        return False

    def _on_focus(self, window: QWindow | None) -> None:
        """A dialog of ours, or this window again, has the keys now."""
        if window is not None:
            self.watch(window)  # once more is no more than once: Qt keeps a filter of an object only once
            self._tell()

    def _tell(self) -> None:
        now_s = time.monotonic()
        if now_s - self._told_s >= _TOLD_EVERY_S:
            self._told_s = now_s
            self._noticed()
