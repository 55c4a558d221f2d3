"""What lies over the whole window while it is open: it dims what is below, and gives the keys back when it goes.

Role: what the command palette and the sheet of keys share. What stands on it is theirs.
"""

from __future__ import annotations

from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget


class Cover(QWidget):
    """Hidden at first; a click beside what stands on it puts it away."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._came_from: QWidget | None = None
        self.hide()

    def toggle(self) -> None:
        """Open over the whole window, or close."""
        if self.isVisible():
            self.put_away()
            return
        self._came_from = self._window.focusWidget()
        self.cover()
        self.show()
        self.raise_()
        self.setFocus()

    def cover(self) -> None:
        """Lie over the whole window."""
        self.setGeometry(self._window.rect())

    def put_away(self) -> None:
        """Close and give the keys back to where they were."""
        self.hide()
        came_from, self._came_from = self._came_from, None
        if came_from is not None:
            came_from.setFocus()

    def mousePressEvent(self, _event: QMouseEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """A click beside it closes it."""
        self.put_away()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Dim what lies below."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(0, 0, 0, 110))
        painter.end()
