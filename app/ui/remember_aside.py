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
    from app.ui.remember_dialog import RememberDialog

_STEP_ASIDE_MS = 400  # so long a desktop takes to put a window aside


class RememberAside(QObject):
    """Asks, steps aside, and comes back."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._dialog: RememberDialog | None = None
        self._is_aside = self._was_maximized = False
        self._wanted: tuple[str, Sequence[str]] | None = None  # accepted, and kept as soon as the window is aside
        self._step = QTimer(self)
        self._step.setSingleShot(True)
        self._step.setInterval(_STEP_ASIDE_MS)
        self._step.timeout.connect(self._keep)
        window.work.remembering.seen.connect(self._come_back)

    def ask(self) -> None:
        """Let the user type or say a note; the screen behind the window is kept with it.

        A question that is open is brought to the front: two would share one microphone. Before the memory is open the
        window comes forward instead and says so.
        """
        from app.ui.remember_dialog import RememberDialog, join

        if self._window.work.engine is None:
            self._window.presence.come_forward()
            return
        dialog = self._dialog
        if dialog is None:
            dialog = self._dialog = RememberDialog(self._window.theme, self._window)
            join(dialog, self._window.work.remembering)
            dialog.given.connect(self._remember)
            dialog.finished.connect(self._on_finished)
        dialog.open()
        dialog.raise_()
        dialog.activateWindow()  # the window may lie behind others, or in the tray

    def let_go(self) -> None:
        """The program ends: what was accepted is kept now; a question that nobody answered is answered with no."""
        if self._dialog is not None:
            self._dialog.reject()
        self._keep()

    def _on_finished(self) -> None:
        self._dialog = None

    def _remember(self, note: str, heard: Sequence[str]) -> None:
        self._keep()
        if self._window.isVisible() and not self._window.isMinimized():
            self._is_aside = True
            self._was_maximized = self._window.isMaximized()
            self._window.showMinimized()
        self._wanted = (note, heard)
        self._step.start()

    def _keep(self) -> None:
        self._step.stop()
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self._window.work.remembering.remember(*wanted)

    def _come_back(self) -> None:
        is_aside, self._is_aside = self._is_aside, False
        if is_aside and self._window.isMinimized():
            (self._window.showMaximized if self._was_maximized else self._window.showNormal)()
