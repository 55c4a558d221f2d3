"""The picture of time: moved by wheel, pinch, drag and keys; what is under the pointer is told, what is chosen opens.

Role: mouse and keys. What lies where is painted by ``TimelinePainter``; what must be read is told as a signal.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui import timeline_access
from app.ui.aloud import announce, make_anew
from app.ui.theme import Theme
from app.ui.timeline_dress import Dress
from app.ui.timeline_layout import AXIS_PX, GUTTER_PX, Layout
from app.ui.timeline_painter import TimelinePainter
from app.ui.timeline_pictures import TimelinePictures
from app.ui.timeline_preview import PICTURE_H, PICTURE_W, paint_preview
from app.ui.timeline_view_model import LANES, Heap, Item, TimelineViewModel
from app.ui.timeline_words import item_words, lane_words, time_words
from memory.timeline import Band, Mark

_NOTCH = 120  # of a wheel
_WHEEL_STEP = 1.25
_KEY_STEP = 1.6
_DRAG_FROM_PX = 4
_LEAST_MARKED_PX = 6


class TimelineStrip(QWidget):
    """Lanes over time.

    Signals:
        moved: Another time is in sight.
        chosen: Another item is chosen, or another lane.
        step_wanted: The next item of the lane (True), or the one before.
        gap_wanted: Likewise the next gap.
        edge_wanted: The first moment of the memory (False), or the last.
        open_wanted: A moment is to be shown in full.
        pictures_wanted: ``Mark`` whose pictures are not here yet.
        marked: A stretch of time was marked, or none is any more.
        left_up: The keys leave upwards.
    """

    moved = Signal()
    chosen = Signal()
    step_wanted = Signal(bool)
    gap_wanted = Signal(bool)
    edge_wanted = Signal(bool)
    open_wanted = Signal(str)
    pictures_wanted = Signal(object)
    marked = Signal()
    left_up = Signal()

    def __init__(self, model: TimelineViewModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self.pictures = TimelinePictures()
        self.access: object = None  # kept here for Qt, see timeline_access
        self._dress = Dress(theme, self.font())
        self._painter: TimelinePainter | None = None
        self._pressed: QPointF | None = None
        self._dragged = False
        self._marks_from: int | None = None
        self._pointer: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Timeline"))
        timeline_access.install()
        make_anew(self)

    # state -------------------------------------------------------------------------------------------------------
    def set_theme(self, theme: Theme) -> None:
        """Dress again."""
        self._dress = Dress(theme, self.font())
        self.update()

    @property
    def layout_now(self) -> Layout:
        """Where the lanes lie."""
        return Layout(self.width(), self.height())

    def refresh(self) -> None:
        """Show what the view model holds now."""
        self._speak()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802, RUF100 - Qt's name
        """As large as there is room."""
        return QSize(900, 520)

    def minimumSizeHint(self) -> QSize:  # noqa: N802, RUF100 - Qt's name
        """Each lane can be told from the next."""
        return QSize(360, 260)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Show the same time at the new width."""
        super().resizeEvent(event)
        self.model.scale = self.model.scale.resized(self.layout_now.time_px)
        self.moved.emit()

    def rect_of(self, item: Item) -> QRectF | None:
        """Where an item was last painted."""
        return self._painter.find_rect(item) if self._painter is not None else None

    def item_at(self, at: QPointF) -> Item | None:
        """The item under a point, the one painted last of several."""
        if self._painter is None or at.x() < GUTTER_PX:
            return None
        hit = next((item for rect, item in reversed(self._painter.hits) if rect.contains(at)), None)
        lane = self.layout_now.lane_at(at.y()) if hit is None else None
        return self.model.heap_at(lane, self._us_at(at.x())) if lane is not None else hit

    # moving ------------------------------------------------------------------------------------------------------
    def zoom(self, factor: float, x: float | None = None) -> None:
        """Show more detail or less; what is at ``x`` (of the widget) stays, else what is chosen, else the middle."""
        scale = self.model.scale
        if x is None:
            chosen = self.model.chosen
            x = scale.x_of(chosen.started_us) if chosen is not None else -1.0
            x = x if 0 <= x <= scale.width_px else scale.width_px / 2
        else:
            x = min(max(0.0, x - GUTTER_PX), float(scale.width_px))
        self.model.scale = scale.zoomed(factor, x)
        self._on_moved()

    def pan(self, px: float) -> None:
        """Move to later times."""
        self.model.scale = self.model.scale.panned(px)
        self._on_moved()

    def look_closer(self, item: Item) -> None:
        """Fill the width with an item's time."""
        self.model.scale = self.model.scale.fitted(item.started_us, item.ended_us)
        self._on_moved()

    def _on_moved(self) -> None:
        self.model.hovered = None
        self.update()
        self.moved.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Up and down zoom at the pointer; sideways, or with Shift, moves in time."""
        pixels, angle = event.pixelDelta(), event.angleDelta()
        across = pixels.x() if not pixels.isNull() else angle.x()
        along = pixels.y() if not pixels.isNull() else angle.y()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not across:
            across, along = along, 0
        if abs(across) > abs(along):
            self.pan(-across if not pixels.isNull() else -across / _NOTCH * self.model.scale.width_px / 8)
        else:
            self.zoom(_WHEEL_STEP ** (along / _NOTCH), event.position().x())
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Pinch, on a touchpad or a screen."""
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom(max(0.2, 1.0 + event.value()), event.position().x())
            return True
        if event.type() == QEvent.Type.Gesture:
            pinch = event.gesture(Qt.GestureType.PinchGesture)  # type: ignore[attr-defined]
            if pinch is not None:
                self.zoom(pinch.scaleFactor(), self.mapFromGlobal(pinch.hotSpot().toPoint()).x())
                return True
        return super().event(event)

    # mouse -------------------------------------------------------------------------------------------------------
    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """A click opens; a drag moves, and with Shift (or on the axis) it marks a stretch of time."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._pressed, self._dragged = event.position(), False
        marks = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier) or event.position().y() < AXIS_PX - 4
        self._marks_from = self._us_at(event.position().x()) if marks else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Drag, or tell what lies below."""
        at, self._pointer = event.position(), event.position()
        if self._pressed is not None and (self._dragged or abs(at.x() - self._pressed.x()) >= _DRAG_FROM_PX):
            self._dragged = True
            if self._marks_from is not None:
                here = self._us_at(at.x())
                self.model.span = (min(self._marks_from, here), max(self._marks_from, here))
            else:
                self.pan(self._pressed.x() - at.x())
                self._pressed = at
            self.update()
            return
        self.model.hovered = self.item_at(at)
        self.setCursor(Qt.CursorShape.PointingHandCursor if self.model.hovered else Qt.CursorShape.ArrowCursor)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """End a drag, or open what was clicked."""
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        dragged, marking = self._dragged, self._marks_from is not None
        self._pressed, self._dragged, self._marks_from = None, False, None
        if dragged and marking:
            span = self.model.span
            if span is not None and (span[1] - span[0]) * self.model.scale.px_per_us < _LEAST_MARKED_PX:
                self.model.span = None
            self.marked.emit()
        elif not dragged:
            self._click(event.position())

    def _click(self, at: QPointF) -> None:
        lane = self.layout_now.lane_at(at.y())
        if lane is not None:
            self.model.lane = lane
        item = self.item_at(at)
        if item is not None:
            self.model.chosen = item
            self.chosen.emit()
            self.enter(item)
        elif self.model.span is not None:
            self.model.span = None
            self.marked.emit()
        self.refresh()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Nothing is under the pointer any more."""
        super().leaveEvent(event)
        self.model.hovered = self._pointer = None
        self.update()

    def enter(self, item: Item) -> None:
        """Open a moment; look closer at what stands for many."""
        if isinstance(item, Mark):
            self.open_wanted.emit(item.id)
        elif isinstance(item, Heap | Band):
            self.look_closer(item)

    def _us_at(self, x: float) -> int:
        return self.model.scale.us_at(x - GUTTER_PX)

    # keys --------------------------------------------------------------------------------------------------------
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Arrows go through items and lanes, Enter opens, + and - zoom, Page keys move, Home and End go to the ends."""
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        page = 0.8 * self.model.scale.width_px
        acts: dict[int, Callable[[], None]] = {
            Qt.Key.Key_Left: (lambda: self.pan(-page / 8)) if shift else lambda: self.step_wanted.emit(False),
            Qt.Key.Key_Right: (lambda: self.pan(page / 8)) if shift else lambda: self.step_wanted.emit(True),
            Qt.Key.Key_Up: lambda: self._change_lane(-1),
            Qt.Key.Key_Down: lambda: self._change_lane(1),
            Qt.Key.Key_PageUp: lambda: self.pan(-page),
            Qt.Key.Key_PageDown: lambda: self.pan(page),
            Qt.Key.Key_Home: lambda: self.edge_wanted.emit(False),
            Qt.Key.Key_End: lambda: self.edge_wanted.emit(True),
            Qt.Key.Key_Plus: lambda: self.zoom(_KEY_STEP),
            Qt.Key.Key_Equal: lambda: self.zoom(_KEY_STEP),
            Qt.Key.Key_Minus: lambda: self.zoom(1 / _KEY_STEP),
            Qt.Key.Key_G: lambda: self.gap_wanted.emit(not shift),
            Qt.Key.Key_Return: self._enter_chosen,
            Qt.Key.Key_Enter: self._enter_chosen,
        }
        act = acts.get(event.key())
        if act is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
            return
        self.model.hovered = None
        act()

    def _enter_chosen(self) -> None:
        if self.model.chosen is not None:
            self.enter(self.model.chosen)

    def _change_lane(self, by: int) -> None:
        place = LANES.index(self.model.lane) + by
        if place < 0:
            self.left_up.emit()
            return
        self.model.lane = LANES[min(place, len(LANES) - 1)]
        announce(self, lane_words(self.model.lane))
        self.chosen.emit()
        self.refresh()

    def _speak(self) -> None:
        """Say to a screen reader what is chosen."""
        model = self.model
        words = item_words(model.chosen, model.zone) if model.chosen is not None else self.tr("Nothing is chosen.")
        if words != self.accessibleDescription():
            self._tell_focus()  # first: what has the focus then is the item, and this description is not said too
            self.setAccessibleDescription(words)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    def _tell_focus(self) -> None:
        if not QAccessible.isActive() or not isinstance(self.access, timeline_access.StripAccess):
            return
        items = self.access.items()
        if self.model.chosen in items:
            event = QAccessibleEvent(self, QAccessible.Event.Focus)
            event.setChild(items.index(self.model.chosen))
            QAccessible.updateAccessibility(event)

    # painting ----------------------------------------------------------------------------------------------------
    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Paint what is in sight, the pointer's time and the card of what is under it."""
        painter = QPainter(self)
        self._painter = TimelinePainter(
            painter,
            self.model,
            self.layout_now,
            self._dress,
            find_picture=self._find_picture,
            has_focus=self.hasFocus(),
        )
        self._painter.paint()
        if self._pressed is None:
            self._paint_pointer(painter)
            self._paint_card(painter)
        painter.end()
        wanted = self.pictures.take_wanted()
        if wanted:
            self.pictures_wanted.emit(wanted)

    def _find_picture(self, mark: Mark, width_px: int, height_px: int) -> QImage | None:
        return self.pictures.find(mark, width_px, height_px, self.devicePixelRatioF())

    def _paint_pointer(self, painter: QPainter) -> None:
        at = self._pointer
        if at is None or at.x() < GUTTER_PX:
            return
        theme, dress = self._dress.theme, self._dress
        painter.setPen(QPen(QColor(theme.soft), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(at.x(), AXIS_PX), QPointF(at.x(), self.height()))
        words = time_words(self._us_at(at.x()), self.model.zone)
        width = dress.small_metrics.horizontalAdvance(words) + 16
        left = min(max(float(GUTTER_PX), at.x() - width / 2), self.width() - width)
        label = QRectF(left, 25, width, 22)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.raised))
        painter.drawRoundedRect(label, 6, 6)
        painter.setPen(QColor(theme.text))
        painter.setFont(dress.small)
        painter.drawText(label, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_card(self, painter: QPainter) -> None:
        model = self.model
        item = model.hovered or (model.chosen if self.hasFocus() and self._pointer is None else None)
        rect = self.rect_of(item) if item is not None else None
        if item is None or rect is None:
            return
        image = self._find_picture(item, PICTURE_W, PICTURE_H) if isinstance(item, Mark) and item.has_picture else None
        near = QRectF(rect)
        if self._pointer is not None and model.hovered is not None:
            near = QRectF(self._pointer.x(), rect.top(), 1, rect.height())
        room = QRectF(self.rect()).adjusted(GUTTER_PX, AXIS_PX, -4, -4)
        paint_preview(painter, item, near, room, model=model, dress=self._dress, image=image)
