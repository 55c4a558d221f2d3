"""The compass of the moment: where the directions lie around the array, and which of them speak now."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.directions import direction_words
from app.ui.missed_view_model import MissedViewModel
from app.ui.room import Lane
from app.ui.theme import Theme, scaled_font

_WEDGE_RAD = math.radians(26.0)
_LABEL_PX = 16
_DOT_PX = 8  # of a direction, with its ring


class Compass(QWidget):
    """Ahead is up, left is left, as one who sits at the array and looks along its x axis sees it."""

    def __init__(self, model: MissedViewModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Who speaks now"))
        self.setToolTip(self.tr("Ahead is 0° of the array, the way its x axis points; degrees go counter-clockwise."))

    def sizeHint(self) -> QSize:  # noqa: N802, RUF100 - Qt's name
        """A square with room for its words."""
        return QSize(200, 176)

    def minimumSizeHint(self) -> QSize:  # noqa: N802, RUF100 - Qt's name
        """Still legible."""
        return QSize(150, 132)

    def refresh(self) -> None:
        """Follow the view model."""
        speaking = self.speaking()
        room = self._model.room
        lanes = [lane for lane in room.lanes if lane.number in speaking] if room else []
        words = "; ".join(direction_words(lane.azimuth_rad) for lane in lanes) or self.tr("nobody")
        self.setAccessibleDescription(self.tr("Now: {words}").format(words=words))
        self.update()

    def speaking(self) -> frozenset[int]:
        """Lanes that speak at the second that plays, or else at the chosen one."""
        model = self._model
        if model.room is None:
            return frozenset()
        return model.room.find_speaking(model.selected_s() if model.position_s is None else model.position_s)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Paint the circle, its four words and the directions."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self.theme
        font = scaled_font(self.font(), 0.78)
        painter.setFont(font)
        metrics = QFontMetrics(font)
        side = max(metrics.horizontalAdvance(words) for words in (self.tr("left"), self.tr("right"))) + 8
        radius = min(self.width() / 2 - side, self.height() / 2 - _LABEL_PX) - _DOT_PX
        middle = QPointF(self.width() / 2, self.height() / 2)
        painter.setPen(QPen(QColor(theme.line), 1.5))
        painter.setBrush(QColor(theme.card))
        painter.drawEllipse(middle, radius, radius)
        painter.drawEllipse(middle, radius * 0.5, radius * 0.5)
        painter.setPen(QColor(theme.soft))
        width, height, across, flag = self.width(), self.height(), _LABEL_PX, Qt.AlignmentFlag
        outside = radius + _DOT_PX
        for rect, words, align in (
            (QRectF(0, middle.y() - outside - across, width, across), self.tr("ahead"), flag.AlignHCenter),
            (QRectF(0, middle.y() + outside, width, across), self.tr("behind"), flag.AlignHCenter),
            (QRectF(0, 0, middle.x() - outside - 4, height), self.tr("left"), flag.AlignRight),
            (QRectF(middle.x() + outside + 4, 0, width, height), self.tr("right"), flag.AlignLeft),
        ):
            painter.drawText(rect, align | Qt.AlignmentFlag.AlignVCenter, words)
        self._paint_lanes(painter, middle, radius)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.soft))
        painter.drawEllipse(middle, 4, 4)
        painter.end()

    def _paint_lanes(self, painter: QPainter, middle: QPointF, radius: float) -> None:
        room = self._model.room
        if room is None:
            return
        voices, speaking = self._model.voices, self.speaking()
        for lane in room.lanes:
            if lane.azimuth_rad is not None:
                colour = QColor(voices.lane_colour(self.theme, lane))
                self._paint_lane(painter, middle, radius, lane, colour, speaks=lane.number in speaking)

    def _paint_lane(
        self, painter: QPainter, middle: QPointF, radius: float, lane: Lane, colour: QColor, *, speaks: bool
    ) -> None:
        assert lane.azimuth_rad is not None
        angle = lane.azimuth_rad + math.pi / 2  # 0 is up on the screen, counter-clockwise
        at = QPointF(middle.x() + radius * math.cos(angle), middle.y() - radius * math.sin(angle))
        if speaks:
            wedge = QPainterPath(middle)
            box = QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)
            wedge.arcTo(box, math.degrees(angle - _WEDGE_RAD / 2), math.degrees(_WEDGE_RAD))
            wedge.closeSubpath()
            ground = QColor(colour)
            ground.setAlphaF(0.45)
            painter.fillPath(wedge, ground)
        painter.setPen(QPen(colour, 2.0))
        painter.setBrush(colour if speaks else QColor(self.theme.card))
        painter.drawEllipse(at, 7, 7)
        if lane.number in self._model.followed:
            painter.setPen(QPen(QColor(self.theme.accent), 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(at, 11.5, 11.5)
