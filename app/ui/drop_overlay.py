"""What is shown while files hover over the window."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.ui.theme import Theme, paint_icon, scaled_font


class DropOverlay(QWidget):
    """Says that a drop will be imported; it takes no events itself."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self.theme = theme
        self.setAccessibleName(self.tr("Drop to import"))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def cover(self) -> None:
        """Lie over the whole window."""
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Paint the frame and the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(self.theme.tint)
        ground.setAlpha(240)
        painter.fillRect(self.rect(), ground)
        pen = QPen(QColor(self.theme.accent), 2, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(24, 24, -24, -24), 16, 16)
        middle = self.rect().center()
        paint_icon(painter, "import", self.theme.accent, middle.x() - 24, middle.y() - 64, 48)
        painter.setFont(scaled_font(self.font(), 1.5, bold=True))
        text = self.rect().adjusted(0, 32, 0, 32)
        painter.drawText(text, Qt.AlignmentFlag.AlignCenter, self.tr("Drop to import"))
        painter.end()
