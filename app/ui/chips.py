"""A row of chips that says what was understood of a question; it wraps, and hides when there is nothing to say."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.theme import Theme, scaled_font

_H, _GAP, _PAD, _MAX_TEXT = 28, 8, 12, 260


class Chips(QWidget):
    """Shows (label, value) pairs."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._chips: tuple[tuple[str, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_chips(())

    def set_chips(self, chips: tuple[tuple[str, str], ...]) -> None:
        """Show these pairs."""
        self._chips = chips
        words = ", ".join(f"{label} {value}" for label, value in chips)
        self.setAccessibleName(self.tr("Understood: {words}").format(words=words or self.tr("nothing particular")))
        self.setVisible(bool(chips))
        self._fit()

    def texts(self) -> list[str]:
        """What is shown, for tests."""
        return [f"{label} {value}" for label, value in self._chips]

    def sizeHint(self) -> QSize:  # noqa: N802, RUF100 - Qt's name
        """As high as the wrapped rows."""
        return QSize(200, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Wrap again."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Paint the pairs: the label softly, the value in full."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = scaled_font(self.font(), 0.9)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        for (label, value), rect in zip(self._chips, self._rects(), strict=True):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.theme.tint))
            painter.drawRoundedRect(rect, _H / 2, _H / 2)
            label_w = metrics.horizontalAdvance(label + " ")
            inner = rect.adjusted(_PAD, 0, -_PAD, 0)
            painter.setPen(QColor(self.theme.soft))
            painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, label)
            painter.setPen(QColor(self.theme.accent))
            shown = metrics.elidedText(value, Qt.TextElideMode.ElideRight, _MAX_TEXT)
            painter.drawText(inner.adjusted(label_w, 0, 4, 0), Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()

    def _rects(self) -> list[QRectF]:
        metrics = QFontMetrics(scaled_font(self.font(), 0.9))
        rects: list[QRectF] = []
        x = y = 0.0
        for label, value in self._chips:
            width = metrics.horizontalAdvance(label + " ") + min(_MAX_TEXT, metrics.horizontalAdvance(value))
            width += 2 * _PAD
            if x and x + width > self.width():
                x, y = 0.0, y + _H + _GAP
            rects.append(QRectF(x, y, width, _H))
            x += width + _GAP
        return rects

    def _fit(self) -> None:
        rects = self._rects()
        self.setFixedHeight(int(rects[-1].bottom()) + 1 if rects else _H)
        self.update()
