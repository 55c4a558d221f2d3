"""A button that offers a question; long ones wrap instead of being cut."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter, QWidget

_ACROSS_PX, _DOWN_PX = 14, 9
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class ExampleButton(QPushButton):
    """Shows its words over as many lines as they need."""

    def __init__(self, words: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.setProperty("role", "example")
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(120)

    def set_words(self, words: str, name: str) -> None:
        """Offer another question."""
        self.setText(words)
        self.setAccessibleName(name)
        self.setFixedHeight(self._height_at(max(self.width(), 120)))

    def sizeHint(self) -> QSize:  # noqa: N802, RUF100 - Qt's name
        """As high as the words need at the present width."""
        width = max(self.width(), 120)
        return QSize(width, self._height_at(width))

    def minimumSizeHint(self) -> QSize:  # noqa: N802, RUF100 - Qt's name
        """As narrow as may be."""
        return QSize(120, self._height_at(max(self.width(), 120)))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Another width may need other lines."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.setFixedHeight(self._height_at(self.width()))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Paint the ground as the style does, then the words."""
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        words: str = option.text
        option.text = ""
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        rect = self.rect().adjusted(_ACROSS_PX, _DOWN_PX, -_ACROSS_PX, -_DOWN_PX)
        painter.setPen(option.palette.color(QPalette.ColorRole.ButtonText))
        painter.drawText(rect, _WRAP, words)
        painter.end()

    def _height_at(self, width: int) -> int:
        room = QRect(0, 0, width - 2 * _ACROSS_PX, 10_000)
        return self.fontMetrics().boundingRect(room, _WRAP, self.text()).height() + 2 * _DOWN_PX
