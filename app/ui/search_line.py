"""The line one types into: while typing it searches, with Enter it asks."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.ui.theme import Theme, paint_icon

_DEBOUNCE_MS = 150


class SearchLine(QLineEdit):
    """Tells ``typed`` once typing rests for 150 ms, ``asked`` at Enter and ``left_down`` at the down key."""

    typed = Signal(str)
    asked = Signal(str)
    left_down = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setObjectName("line")
        self.setMinimumHeight(44)
        self.setMaxLength(2000)
        self.setAcceptDrops(False)  # a dropped file is imported by the window, not written as a path
        self.setAccessibleName(self.tr("Search or ask"))
        self.setAccessibleDescription(self.tr("Typing searches the memory; Enter asks it as a question."))
        self.setPlaceholderText(self.tr("Search, or ask a question and press Enter"))
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_DEBOUNCE_MS)
        self._rest.timeout.connect(self._on_rested)
        self.textEdited.connect(lambda _text: self._rest.start())
        self.returnPressed.connect(self._on_return)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Leave downwards with the down key."""
        if event.key() == Qt.Key.Key_Down:
            self.left_down.emit()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Paint the line and its lens."""
        super().paintEvent(event)
        painter = QPainter(self)
        colour = self.theme.accent if self.hasFocus() else self.theme.soft
        paint_icon(painter, "search", colour, 16, (self.height() - 20) / 2, 20)
        painter.end()

    def _on_rested(self) -> None:
        self.typed.emit(self.text().strip())

    def _on_return(self) -> None:
        self._rest.stop()
        self.asked.emit(self.text().strip())
