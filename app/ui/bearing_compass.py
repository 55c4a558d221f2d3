"""The compass while recording: from which side sound comes just now.

Role: paints the last bearings, the newest strongest. Where the places of the microphones are not known it is not shown.
"""

from __future__ import annotations

import math
from collections import deque

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.directions import direction_words
from app.ui.theme import Theme

_N_KEPT = 4  # looks; a direction fades within two seconds
_WEDGE_DEG = 40.0


class BearingCompass(QWidget):
    """Ahead (0° of the array) is up, left is left."""

    def __init__(self, theme: Theme, side_px: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._side_px = side_px
        self._last: deque[float | None] = deque(maxlen=_N_KEPT)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Where sound comes from"))
        self.show_bearing(None)

    def sizeHint(self) -> QSize:  # noqa: N802, RUF100 - Qt's name
        """A square."""
        return QSize(self._side_px, self._side_px)

    def words(self) -> str:
        """The newest direction that is still shown, in words; empty where there is none."""
        newest = next((each for each in reversed(self._last) if each is not None), None)
        return "" if newest is None else direction_words(newest)

    def show_bearing(self, azimuth_rad: float | None) -> None:
        """Take the next look: a direction in radians, or that there was none."""
        self._last.append(azimuth_rad)
        words = self.words()
        told = self.tr("Sound comes from: {side}").format(side=words) if words else self.tr("No direction stands out")
        if told != self.accessibleDescription():
            self.setAccessibleDescription(told)
            self.setToolTip(told)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Paint circle, mark of ahead, and the wedges."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self.theme
        middle = QPointF(self.width() / 2, self.height() / 2)
        radius = min(self.width(), self.height()) / 2 - 3
        box = QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)
        painter.setPen(QPen(QColor(theme.wave), 1.5))
        painter.setBrush(QColor(theme.raised))
        painter.drawEllipse(box)
        painter.drawLine(QPointF(middle.x(), box.top()), QPointF(middle.x(), box.top() + radius / 4))
        painter.setPen(Qt.PenStyle.NoPen)
        for age, azimuth_rad in enumerate(reversed(self._last)):
            if azimuth_rad is not None:
                colour = QColor(theme.accent)
                colour.setAlphaF(0.9 / (1 + 1.5 * age))
                painter.setBrush(colour)
                begins = 90.0 + math.degrees(azimuth_rad) - _WEDGE_DEG / 2  # 0 is up, counter-clockwise
                painter.drawPie(box, round(begins * 16), round(_WEDGE_DEG * 16))
        painter.setBrush(QColor(theme.text))
        painter.drawEllipse(middle, 2.5, 2.5)
        painter.end()
