"""The picture of a room: azimuth by time, a lane for each direction; what was said there can be heard from there.

Role: pixels, mouse and keys. What is chosen and what is followed stands in the view model; where things lie is computed
by ``LanesGeometry``. Only what is in sight is painted.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QBrush,
    QColor,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from app.ui.directions import direction_words, speaker_words, title_words
from app.ui.gap_words import cause_words
from app.ui.lanes_geometry import AXIS_PX, GUTTER_PX, LANE_PX, MOST_LANE_PX, LanesGeometry
from app.ui.missed_view_model import MissedViewModel
from app.ui.plain_tip import plain_tip
from app.ui.room import Lane, Room
from app.ui.theme import Theme, paint_icon, scaled_font
from app.ui.words import length_words, to_local

_VCENTER = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_ZOOM_STEP = 1.5
_MOST_ZOOM = 400.0
_MOST_LANES = 4  # beyond them the picture scrolls
_TEXT_FROM_PX = 44


class LanesView(QAbstractScrollArea):
    """Lanes that are clicked, or gone through with the arrow keys."""

    play_wanted = Signal(int, float)  # lane, second
    hold_wanted = Signal()
    mark_wanted = Signal()
    mix_wanted = Signal()
    name_wanted = Signal()
    chosen = Signal()
    left_up = Signal()

    def __init__(self, model: MissedViewModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._room: Room | None = None
        self._zoom = 1.0
        self.theme = theme
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(self.tr("Directions over time"))
        self.horizontalScrollBar().setSingleStep(48)
        self.horizontalScrollBar().valueChanged.connect(self.viewport().update)
        self.verticalScrollBar().valueChanged.connect(self.viewport().update)

    # state -------------------------------------------------------------------------------------------------------
    def refresh(self) -> None:
        """Show what the view model holds now."""
        room = self._model.room
        if room is not self._room:
            is_other = room is None or self._room is None or room.session != self._room.session
            self._room = room
            if is_other:
                self._zoom = 1.0
            self.updateGeometry()
            self._fit_bars()
            if is_other:
                self.show_selected()
        self._speak()
        self.viewport().update()

    @property
    def geometry_now(self) -> LanesGeometry:
        """Where things lie."""
        return LanesGeometry(
            width_px=self.viewport().width(),
            length_s=self._room.length_s if self._room else 1.0,
            zoom=self._zoom,
            scroll_px=self.horizontalScrollBar().value(),
            scroll_y_px=self.verticalScrollBar().value(),
            lane_px=self._lane_px(),
        )

    def show_selected(self) -> None:
        """Scroll to what is chosen."""
        if self._room is not None:
            self.show_second(self._model.selected_s())
            top = self._model.lane * self._lane_px()
            bar = self.verticalScrollBar()
            if not bar.value() <= top <= bar.value() + self._lanes_h() - self._lane_px():
                bar.setValue(top)

    def show_second(self, at_s: float) -> None:
        """Scroll so that a second is in sight, with some time before it."""
        x = self.geometry_now.x_of(at_s)
        width = self.viewport().width()
        if x < GUTTER_PX or x > width - 48:
            bar = self.horizontalScrollBar()
            bar.setValue(round(bar.value() + x - GUTTER_PX - (width - GUTTER_PX) / 4))

    def sizeHint(self) -> QSize:  # noqa: N802, RUF100 - Qt's name
        """As high as its lanes, up to some."""
        return QSize(480, max(1, min(self._n_lanes(), _MOST_LANES)) * LANE_PX + AXIS_PX + self._bar_h())

    def minimumSizeHint(self) -> QSize:  # noqa: N802, RUF100 - Qt's name
        """One lane and the axis."""
        return QSize(280, LANE_PX + AXIS_PX)

    def _n_lanes(self) -> int:
        return len(self._room.lanes) if self._room else 0

    def _bar_h(self) -> int:
        bar = self.horizontalScrollBar()
        return bar.sizeHint().height() if bar.maximum() else 0

    def _lanes_h(self) -> int:
        return self.viewport().height() - AXIS_PX

    def _lane_px(self) -> int:
        return max(LANE_PX, min(MOST_LANE_PX, self._lanes_h() // max(1, self._n_lanes())))

    def _fit_bars(self) -> None:
        geometry = self.geometry_now
        page = max(1, self.viewport().width() - GUTTER_PX - 12)
        across = self.horizontalScrollBar()
        across.setPageStep(page)
        across.setRange(0, max(0, geometry.content_px - page))
        down = self.verticalScrollBar()
        down.setPageStep(max(1, self._lanes_h()))
        down.setSingleStep(geometry.lane_px)
        down.setRange(0, max(0, self._n_lanes() * geometry.lane_px - self._lanes_h()))
        self.setMaximumHeight(max(1, self._n_lanes()) * MOST_LANE_PX + AXIS_PX + self._bar_h())

    def _zoom_by(self, factor: float, x: float) -> None:
        at_s = self.geometry_now.second_at(x)
        self._zoom = max(1.0, min(_MOST_ZOOM, self._zoom * factor))
        self._fit_bars()
        bar = self.horizontalScrollBar()
        bar.setValue(round(bar.value() + self.geometry_now.x_of(at_s) - x))
        self.updateGeometry()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Fit the bars to the new size."""
        super().resizeEvent(event)
        self._fit_bars()

    # keys and mouse ----------------------------------------------------------------------------------------------
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Arrows choose, Enter plays, Space holds, F marks, M switches to the whole room, + and - zoom."""
        key, model, room = event.key(), self._model, self._room
        if room is None:
            super().keyPressEvent(event)
            return
        moves: dict[int, Callable[[], None]] = {
            Qt.Key.Key_Left: lambda: model.step_place(-1),
            Qt.Key.Key_Right: lambda: model.step_place(1),
            Qt.Key.Key_Down: lambda: model.step_lane(1),
            Qt.Key.Key_Home: lambda: model.select(model.lane, 0),
            Qt.Key.Key_End: lambda: model.select(model.lane, len(room.lanes[model.lane].utterances) - 1),
        }
        acts: dict[int, Callable[[], None]] = {
            Qt.Key.Key_Return: lambda: self.play_wanted.emit(model.lane, model.selected_s()),
            Qt.Key.Key_Enter: lambda: self.play_wanted.emit(model.lane, model.selected_s()),
            Qt.Key.Key_Space: self.hold_wanted.emit,
            Qt.Key.Key_F: self.mark_wanted.emit,
            Qt.Key.Key_M: self.mix_wanted.emit,
            Qt.Key.Key_N: self.name_wanted.emit,
            Qt.Key.Key_Plus: lambda: self._zoom_by(_ZOOM_STEP, self.geometry_now.x_of(model.selected_s())),
            Qt.Key.Key_Minus: lambda: self._zoom_by(1 / _ZOOM_STEP, self.geometry_now.x_of(model.selected_s())),
        }
        if key == Qt.Key.Key_Up:
            if model.lane == 0:
                self.left_up.emit()
            else:
                self._choose(lambda: model.step_lane(-1))
        elif key in moves:
            self._choose(moves[key])
        elif key in acts and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            acts[key]()
        else:
            super().keyPressEvent(event)

    def _choose(self, move: Callable[[], None]) -> None:
        move()
        self.show_selected()
        self.refresh()
        self.chosen.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """A click on a name chooses the lane; a click beside it plays that direction from that second."""
        room, geometry = self._room, self.geometry_now
        lane = geometry.lane_at(event.position().y(), len(room.lanes)) if room else None
        if room is None or lane is None or event.position().y() >= self._lanes_h():
            return
        if event.position().x() < GUTTER_PX:
            at_s = self._model.selected_s()
            self._choose(lambda: self._model.select(lane, room.lanes[lane].find_near(at_s)))
            return
        at_s = geometry.second_at(event.position().x())
        place = room.lanes[lane].find_at(at_s)
        if place is not None:
            at_s = max(room.lanes[lane].starts_s[place], at_s)
        self._choose(lambda: self._model.select(lane, room.lanes[lane].find_near(at_s)))
        self.play_wanted.emit(lane, at_s)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """With Ctrl, zoom; otherwise scroll."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._zoom_by(_ZOOM_STEP ** (event.angleDelta().y() / 120), event.position().x())
            event.accept()
        else:
            super().wheelEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802, RUF100 - Qt's name
        """Tell in full what lies below the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), plain_tip(self._tip_at(QPointF(event.pos()))), self)
            return True
        return super().viewportEvent(event)

    def _tip_at(self, at: QPointF) -> str:
        room, geometry = self._room, self.geometry_now
        lane = geometry.lane_at(at.y(), len(room.lanes)) if room else None
        if room is None or lane is None or at.x() < GUTTER_PX:
            return ""
        at_s = geometry.second_at(at.x())
        gap = next((gap for gap in room.gaps if gap.start_s <= at_s <= gap.end_s), None)
        if gap is not None:
            return self.tr("Nothing was recorded here: {reason}").format(reason=cause_words(gap.reason))
        place = room.lanes[lane].find_at(at_s)
        return "" if place is None else room.lanes[lane].utterances[place].text

    def _speak(self) -> None:
        """Say to a screen reader what is chosen."""
        room, model = self._room, self._model
        words = self.tr("No recording is open.")
        if room is not None:
            lane = room.lanes[model.lane]
            said = lane.utterances[model.place].text if model.place is not None else self.tr("nothing was said")
            role = self.tr("followed") if model.lane in model.followed else ""
            at = length_words(model.selected_s())
            parts = (direction_words(lane.azimuth_rad), speaker_words(lane.speakers), role, at, said)
            words = ", ".join(part for part in parts if part)
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    # painting ----------------------------------------------------------------------------------------------------
    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Paint what is in sight."""
        room = self._room
        if room is None:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        geometry = self.geometry_now
        painter.save()
        painter.setClipRect(0, 0, self.viewport().width(), self._lanes_h())
        for lane in room.lanes:
            top = geometry.lane_top(lane.number)
            if top + geometry.lane_px > 0 and top < self._lanes_h():
                self._paint_lane(painter, geometry, lane)
        self._paint_gaps(painter, geometry, room)
        painter.restore()
        self._paint_axis(painter, geometry, room)
        self._paint_position(painter, geometry)
        painter.end()

    def _track(self, geometry: LanesGeometry) -> QRectF:
        return QRectF(GUTTER_PX, 0, max(0, self.viewport().width() - GUTTER_PX), self._lanes_h())

    def _paint_lane(self, painter: QPainter, geometry: LanesGeometry, lane: Lane) -> None:
        theme, model = self.theme, self._model
        top = geometry.lane_top(lane.number)
        body = QRectF(0, top + 2, self.viewport().width(), geometry.lane_px - 4)
        chosen, followed = model.lane == lane.number, lane.number in model.followed
        painter.setPen(QPen(QColor(theme.accent if chosen and self.hasFocus() else theme.line), 1.0))
        painter.setBrush(QColor(theme.tint if followed else theme.card))
        painter.drawRoundedRect(body.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.save()
        painter.setClipRect(self._track(geometry).intersected(body))
        self._paint_span(painter, geometry, body)
        self._paint_pieces(painter, geometry, lane, body)
        for place in lane.find_between(*geometry.visible_s()):
            self._paint_utterance(painter, geometry, lane, place)
        painter.restore()
        self._paint_name(painter, lane, body, chosen=chosen, followed=followed)

    def _paint_span(self, painter: QPainter, geometry: LanesGeometry, body: QRectF) -> None:
        """The time in which the followed conversation ran."""
        if self._model.span_s is None:
            return
        left, right = (geometry.x_of(second) for second in self._model.span_s)
        ground = QColor(self.theme.accent)
        ground.setAlphaF(0.06)
        painter.fillRect(QRectF(left, body.top() + 1, right - left, body.height() - 2), ground)

    def _paint_pieces(self, painter: QPainter, geometry: LanesGeometry, lane: Lane, body: QRectF) -> None:
        """Where a piece of separated sound ends and the next begins."""
        painter.setPen(QPen(QColor(self.theme.wave), 1.0, Qt.PenStyle.DotLine))
        for stretch in lane.stretches[1:] if lane.stretches and lane.stretches[0].media.duration_s > 30 else ():
            x = geometry.x_of(stretch.start_s)
            painter.drawLine(QPointF(x, body.top() + 4), QPointF(x, body.bottom() - 4))

    def _paint_utterance(self, painter: QPainter, geometry: LanesGeometry, lane: Lane, place: int) -> None:
        theme, model, moment = self.theme, self._model, lane.utterances[place]
        left, right = geometry.x_of(lane.starts_s[place]), geometry.x_of(lane.ends_s[place])
        off_rad = 0.0
        if moment.azimuth_rad is not None and lane.azimuth_rad is not None:
            off_rad = (moment.azimuth_rad - lane.azimuth_rad + math.pi) % (2 * math.pi) - math.pi
        rect = QRectF(left, geometry.block_top(lane.number, off_rad), max(3.0, right - left - 1), geometry.block_px)
        colour = QColor(model.voices.colour(theme, lane.number, moment))
        ground = QColor(colour)
        ground.setAlphaF(0.36 if moment.id in model.told else 0.16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(rect, 5, 5)
        painter.setBrush(colour)
        painter.drawRoundedRect(QRectF(rect.left(), rect.top(), min(4.0, rect.width()), rect.height()), 2, 2)
        if rect.width() >= _TEXT_FROM_PX:
            font = scaled_font(self.font(), 0.82)
            painter.setFont(font)
            painter.setPen(QColor(theme.text))
            inner = rect.adjusted(10, 0, -4, 0)
            words = QFontMetrics(font).elidedText(moment.text, Qt.TextElideMode.ElideRight, int(inner.width()))
            painter.drawText(inner, _VCENTER, words)
        if model.lane == lane.number and model.place == place:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.accent), 2.0 if self.hasFocus() else 1.2))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 5, 5)

    def _paint_name(self, painter: QPainter, lane: Lane, body: QRectF, *, chosen: bool, followed: bool) -> None:
        theme = self.theme
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._model.voices.lane_colour(theme, lane)))
        painter.drawEllipse(QRectF(12, body.center().y() - 15, 9, 9))
        name = scaled_font(self.font(), 0.95, bold=True)
        small = scaled_font(self.font(), 0.85)
        room_px = GUTTER_PX - 38
        painter.setFont(name)
        painter.setPen(QColor(theme.text))
        words = QFontMetrics(name).elidedText(title_words(lane.azimuth_rad), Qt.TextElideMode.ElideRight, room_px)
        painter.drawText(QRectF(30, body.center().y() - 23, room_px, 24), _VCENTER, words)
        below = self.tr("followed") if followed else speaker_words(lane.speakers)
        if followed and lane.speakers:
            below = f"{speaker_words(lane.speakers)} · {below}"
        if not below:
            below = self.tr("F: I followed it") if chosen and self.hasFocus() else ""
        painter.setFont(small)
        painter.setPen(QColor(theme.accent if followed else theme.soft))
        words = QFontMetrics(small).elidedText(below, Qt.TextElideMode.ElideRight, room_px)
        painter.drawText(QRectF(30, body.center().y() + 1, room_px, 20), _VCENTER, words)

    def _paint_gaps(self, painter: QPainter, geometry: LanesGeometry, room: Room) -> None:
        for gap in room.gaps:
            left, right = geometry.x_of(gap.start_s), geometry.x_of(gap.end_s)
            rect = QRectF(left, 0, max(3.0, right - left), len(room.lanes) * geometry.lane_px).intersected(
                self._track(geometry)
            )
            painter.fillRect(rect, QColor(self.theme.raised))
            painter.fillRect(rect, QBrush(QColor(self.theme.wave), Qt.BrushStyle.BDiagPattern))

    def _paint_axis(self, painter: QPainter, geometry: LanesGeometry, room: Room) -> None:
        began = to_local(room.started_us, room.zone)
        of_day_s = began.hour * 3600 + began.minute * 60 + began.second + began.microsecond / 1e6
        top = min(self._lanes_h(), len(room.lanes) * geometry.lane_px)
        font = scaled_font(self.font(), 0.82)
        painter.setFont(font)
        with_seconds = geometry.step_s() < 60
        for at_s in geometry.ticks(of_day_s):
            x = geometry.x_of(at_s)
            if x < GUTTER_PX - 1:
                continue
            clock = round(of_day_s + at_s) % 86400
            words = f"{clock // 3600:02d}:{clock // 60 % 60:02d}" + (f":{clock % 60:02d}" if with_seconds else "")
            painter.setPen(QColor(self.theme.wave))
            painter.drawLine(QPointF(x, top), QPointF(x, top + 5))
            painter.setPen(QColor(self.theme.soft))
            if x + QFontMetrics(font).horizontalAdvance(words) <= self.viewport().width():
                painter.drawText(QRectF(x, top + 6, 90, AXIS_PX - 6), _VCENTER, words)

    def _paint_position(self, painter: QPainter, geometry: LanesGeometry) -> None:
        at_s = self._model.position_s
        if at_s is None or self._room is None:
            return
        x = geometry.x_of(at_s)
        if not GUTTER_PX <= x <= self.viewport().width():
            return
        height = min(self._lanes_h(), self._n_lanes() * geometry.lane_px)
        painter.setPen(QPen(QColor(self.theme.accent), 2.0))
        painter.drawLine(QPointF(x, 0), QPointF(x, height))
        if not self._model.plays_mix:
            top = geometry.lane_top(self._model.lane)
            if 0 <= top < height:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(self.theme.accent))
                painter.drawEllipse(QPointF(x, top + geometry.lane_px / 2), 9, 9)
                paint_icon(painter, "play", self.theme.on_accent, x - 6, top + geometry.lane_px / 2 - 6, 12)
