"""“Remember this” from the window, the tray or a key of the desktop: asks for a note, and steps aside for the picture.

Role: between the question and the one who keeps it. Where there is nobody to put windows aside, the window is painted
over in the picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

_STEP_ASIDE_MS = 400  # so long a desktop takes to put a window aside


class RememberAside(QObject):
    """Asks, steps aside, and comes back."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._was_maximized = False
        window.work.remembering.seen.connect(self._come_back)

    def ask(self) -> None:
        """Let the user type or say a note; the screen behind the window is kept with it."""
        from app.ui.remember_dialog import RememberDialog, join

        dialog = RememberDialog(self._window.theme, self._window)
        join(dialog, self._window.work.remembering)
        dialog.given.connect(self._remember)
        dialog.open()
        dialog.activateWindow()  # the window may lie behind others, or in the tray

    def _remember(self, note: str, heard: Sequence[str]) -> None:
        if self._window.isVisible():
            self._was_maximized = self._window.isMaximized()
            self._window.showMinimized()
        QTimer.singleShot(_STEP_ASIDE_MS, lambda: self._window.work.remembering.remember(note, heard))

    def _come_back(self) -> None:
        if self._window.isMinimized():
            (self._window.showMaximized if self._was_maximized else self._window.showNormal)()
