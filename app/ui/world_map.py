"""The places on an outline of the world: moved by wheel, drag and keys; a place is chosen by a click.

Role: pixels, mouse and keys. What lies where is computed by ``map_sight``; what a place is called and how much was
taken there comes from the view model. It needs no network.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QFontMetrics,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.land import Piece
from app.ui.map_sight import MapPoint, MapSight
from app.ui.plain_tip import plain_tip
from app.ui.theme import Theme, scaled_font
from app.ui.words import count_words
from memory.clues import Spot

_NOTCH = 120  # of a wheel
_WHEEL_STEP, _KEY_STEP = 1.3, 1.6
_DRAG_FROM_PX = 4
_LEAST_PX, _MOST_PX = 5.0, 18.0  # radius of a place with few and with most moments
_SPOT_PX = 5.0
_LEAST_LAND_PX = 2.0  # smaller islands are left out
_SCALES_M = tuple(base * 10**power for power in range(1, 7) for base in (1, 2, 5))
_SCALE_PX = 110


class WorldMap(QWidget):
    """Places on a map.

    Signals:
        chosen: Name of a place.
        spot_chosen: Number of one of the chosen place's spots.
    """

    chosen = Signal(str)
    spot_chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.sight = MapSight()
        self.points: Sequence[MapPoint] = ()
        self._most = 1  # moments of the place that has most: all dots are measured by it
        self._spots: Sequence[Spot] = ()
        self._spot = 0
        self._land: Sequence[Piece] = ()
        self._layer = QImage()
        self._layer_key: object = None  # what it shows
        self._name: str | None = None
        self._is_placed = False  # until somebody moves it, it shows all places
        self._pressed: QPointF | None = None
        self._is_dragged = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Map of places"))

    # state -------------------------------------------------------------------------------------------------------
    def set_land(self, land: Sequence[Piece]) -> None:
        """The outline has been read."""
        self._land = land
        self.update()

    def show_places(self, points: Sequence[MapPoint], chosen: str | None, spots: Sequence[Spot], spot: int = 0) -> None:
        """Show these places, one of them chosen, with the spots inside it."""
        is_new = {point.name for point in points} != {point.name for point in self.points}
        self.points, self._spots, self._spot = points, spots, spot
        self._most = max((point.n_moments for point in points), default=0) or 1
        if is_new and not self._is_placed:
            self._show_all()
        if chosen != self._name:
            self._name = chosen
            self._bring_in()
            self._speak()
        self.update()

    def _find(self, name: str | None) -> MapPoint | None:
        return next((point for point in self.points if point.name == name), None)

    def _bring_in(self) -> None:
        """The chosen place comes into sight."""
        point = self._find(self._name)
        if point is None:
            return
        x, y = self.sight.px_of(point.lat, point.lon)
        if not QRectF(self.rect()).adjusted(20, 20, -20, -20).contains(x, y):
            self.sight = self.sight.centred(point.lat, point.lon)

    def _speak(self) -> None:
        point = self._find(self._name)
        where = f"{point.name}: {count_words(point.n_moments)}. " if point is not None else ""
        keys = self.tr("Arrows move, + and - zoom, Enter goes close to the chosen place, Home shows all places.")
        self.setAccessibleDescription(where + keys)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    def sizeHint(self) -> QSize:  # noqa: N802, RUF100 - Qt's name
        """Any size will do."""
        return QSize(480, 320)

    def minimumSizeHint(self) -> QSize:  # noqa: N802, RUF100 - Qt's name
        """Continents can be told apart."""
        return QSize(200, 150)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Show the same part of the world."""
        super().resizeEvent(event)
        self.sight = self.sight.resized(self.width(), self.height())
        if not self._is_placed:
            self._show_all()

    # moving ------------------------------------------------------------------------------------------------------
    def show_all(self) -> None:
        """Fit all places."""
        self._is_placed = True
        self._show_all()
        self.update()

    def _show_all(self) -> None:
        """All places, but never so near that one does not know where in the world it is."""
        self.sight = self.sight.resized(self.width(), self.height()).whole()
        if self.points:
            fitted = self.sight.fitted([(point.lat, point.lon) for point in self.points])
            if fitted.world_px > 8 * self.sight.world_px:
                fitted = fitted.zoomed(8 * self.sight.world_px / fitted.world_px)
            self.sight = fitted

    def go_close(self) -> None:
        """Fit the chosen place with its spots."""
        point = self._find(self._name)
        if point is not None:
            spots = [(spot.lat, spot.lon) for spot in self._spots] or [(point.lat, point.lon)]
            self._move(self.sight.fitted(spots, margin=0.2))

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Show more detail or less; what is under ``at`` stays, else the chosen place where it is in sight."""
        point = self._find(self._name)
        if at is None and point is not None:
            x, y = self.sight.px_of(point.lat, point.lon)
            at = QPointF(x, y) if self.rect().contains(int(x), int(y)) else None
        self._move(self.sight.zoomed(factor) if at is None else self.sight.zoomed(factor, at.x(), at.y()))

    def _move(self, sight: MapSight) -> None:
        self._is_placed = True
        self.sight = sight
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Zoom at the pointer."""
        self.zoom(_WHEEL_STEP ** (event.angleDelta().y() / _NOTCH), event.position())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Arrows move, + and - zoom, Enter goes close, Home shows all."""
        moves = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        key = Qt.Key(event.key())
        if key in moves:
            across, down = moves[key]
            self._move(self.sight.panned(across * self.width() / 6, down * self.height() / 6))
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(_KEY_STEP)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / _KEY_STEP)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_close()
        elif key == Qt.Key.Key_Home:
            self.show_all()
        else:
            super().keyPressEvent(event)

    # mouse -------------------------------------------------------------------------------------------------------
    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """A click chooses, a drag moves."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._is_dragged = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Drag, or say what lies below."""
        at = event.position()
        if self._pressed is not None:
            moved = self._pressed - at
            if self._is_dragged or moved.manhattanLength() >= _DRAG_FROM_PX:
                self._is_dragged, self._pressed = True, at
                self._move(self.sight.panned(moved.x(), moved.y()))
            return
        point = self.point_at(at)
        self.setCursor(Qt.CursorShape.PointingHandCursor if point else Qt.CursorShape.ArrowCursor)
        self.setToolTip(plain_tip(f"{point.name}: {count_words(point.n_moments)}") if point else "")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Choose what was clicked."""
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        self._pressed = None
        if self._is_dragged:
            return
        spot = self._spot_at(event.position())
        point = self.point_at(event.position())
        if spot is not None and (point is None or point.name == self._name):
            self.spot_chosen.emit(spot)
        elif point is not None:
            self.chosen.emit(point.name)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Go closer."""
        self.zoom(_KEY_STEP, event.position())

    def point_at(self, at: QPointF) -> MapPoint | None:
        """The place under a point; the smallest of several, for it lies on top."""
        hit = [point for point in self.points if self._distance_px(point, at) <= self._radius_px(point) + 3]
        return min(hit, key=lambda point: (point.n_moments, self._distance_px(point, at)), default=None)

    def _spot_at(self, at: QPointF) -> int | None:
        near = [(self._distance_px(spot, at), n) for n, spot in enumerate(self._spots)]
        distance, n = min(near, default=(math.inf, 0))
        return n if distance <= _SPOT_PX + 3 else None

    def _distance_px(self, place: MapPoint | Spot, at: QPointF) -> float:
        x, y = self.sight.px_of(place.lat, place.lon)
        return math.hypot(x - at.x(), y - at.y())

    def _dot(self, point: MapPoint) -> QRectF:
        x, y = self.sight.px_of(point.lat, point.lon)
        radius = self._radius_px(point)
        return QRectF(x - radius, y - radius, 2 * radius, 2 * radius)

    def _radius_px(self, point: MapPoint) -> float:
        """By area: twice the moments, twice the dot."""
        return _LEAST_PX + (_MOST_PX - _LEAST_PX) * math.sqrt(point.n_moments / self._most)

    # painting ----------------------------------------------------------------------------------------------------
    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Land, places, names, a scale."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QPainterPath()
        frame.addRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 10, 10)
        painter.fillPath(frame, QColor(self.theme.card))
        painter.save()
        painter.setClipPath(frame)
        self._paint_land(painter)
        self._paint_points(painter)
        self._paint_scale(painter)
        painter.restore()
        focused = self.hasFocus()
        painter.setPen(QPen(QColor(self.theme.accent if focused else self.theme.line), 2 if focused else 1))
        painter.drawPath(frame)
        painter.end()

    def _paint_land(self, painter: QPainter) -> None:
        """The land as it was painted last, while the same part of the world is in sight."""
        ratio = self.devicePixelRatioF()
        key = (self.sight, self.theme.name, ratio, len(self._land))
        if key != self._layer_key:
            self._layer_key = key
            self._layer = QImage(self.size() * ratio, QImage.Format.Format_ARGB32_Premultiplied)
            self._layer.setDevicePixelRatio(ratio)
            self._layer.fill(Qt.GlobalColor.transparent)
            layer = QPainter(self._layer)
            layer.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._draw_land(layer)
            layer.end()
        painter.drawImage(0, 0, self._layer)

    def _draw_land(self, painter: QPainter) -> None:
        sight = self.sight
        across, down = self.width() / sight.world_px, self.height() / sight.world_px
        seen = QRectF(sight.x - across / 2, sight.y - down / 2, across, down)
        pen = QPen(QColor(self.theme.wave), 1)
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.setBrush(QColor(self.theme.raised))
        left, top = self.width() / 2 - sight.x * sight.world_px, self.height() / 2 - sight.y * sight.world_px
        painter.setTransform(QTransform(sight.world_px, 0, 0, sight.world_px, left, top), True)
        for piece in self._land:
            is_large = max(piece.box.width(), piece.box.height()) * sight.world_px >= _LEAST_LAND_PX
            if is_large and piece.box.intersects(seen):
                painter.drawPath(piece.path)

    def _paint_points(self, painter: QPainter) -> None:
        theme, seen = self.theme, QRectF(self.rect())
        ordered = sorted(self.points, key=lambda point: (point.name == self._name, -point.n_moments))
        for point in ordered:
            dot = self._dot(point)
            if not dot.intersects(seen):
                continue
            colour = QColor(theme.mark if point.is_own else theme.accent)
            colour.setAlpha(230 if point.name == self._name else 120)
            painter.setBrush(colour)
            is_chosen = point.name == self._name
            painter.setPen(QPen(QColor(theme.text if is_chosen else theme.accent), 2 if is_chosen else 1))
            painter.drawEllipse(dot)
        self._paint_spots(painter)
        self._paint_names(painter, ordered)

    def _paint_spots(self, painter: QPainter) -> None:
        for n, spot in enumerate(self._spots):
            x, y = self.sight.px_of(spot.lat, spot.lon)
            painter.setPen(QPen(QColor(self.theme.text), 2 if n == self._spot else 1))
            painter.setBrush(QColor(self.theme.accent if n == self._spot else self.theme.card))
            radius = _SPOT_PX if n == self._spot else _SPOT_PX - 2
            painter.drawEllipse(QPointF(x, y), radius, radius)

    def _paint_names(self, painter: QPainter, ordered: Sequence[MapPoint]) -> None:
        """Names beside their places, where there is room: the chosen one first, then by how much there is."""
        font = scaled_font(self.font(), 0.9)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(QColor(self.theme.text))
        seen = QRectF(self.rect())
        taken: list[QRectF] = []
        dots = {point.name: dot for point in ordered if (dot := self._dot(point)).intersects(seen)}
        for point in sorted(ordered, key=lambda each: (each.name != self._name, -each.n_moments)):
            x, y = self.sight.px_of(point.lat, point.lon)
            words = point.name.split(",")[0]
            width, height = metrics.horizontalAdvance(words) + 2.0, float(metrics.height())
            aside = self._radius_px(point) + 4
            right = QRectF(x + aside, y - height / 2, width, height)
            left = QRectF(x - aside - width, y - height / 2, width, height)
            others = [*taken, *(dot for name, dot in dots.items() if name != point.name)]
            for box in (right, left):
                if seen.contains(box) and not any(box.intersects(other) for other in others):
                    taken.append(box)
                    painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)
                    break

    def _paint_scale(self, painter: QPainter) -> None:
        """A line of a round length, to tell distances by."""
        per_px = self.sight.meters_per_px()
        length_m = max((each for each in _SCALES_M if each <= per_px * _SCALE_PX), default=_SCALES_M[0])
        width = length_m / per_px
        words = f"{length_m // 1000:,} km" if length_m >= 1000 else f"{length_m} m"
        bottom = self.height() - 12.0
        painter.setPen(QPen(QColor(self.theme.soft), 2))
        painter.drawLine(QPointF(14, bottom), QPointF(14 + width, bottom))
        painter.setFont(scaled_font(self.font(), 0.85))
        painter.drawText(QPointF(14, bottom - 5), words)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Say what the keys do."""
        super().focusInEvent(event)
        self._speak()
