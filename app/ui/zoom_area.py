"""A picture at any zoom: fitted until somebody zooms, scrolled where it is larger than its room.

Role: from shares of the picture's width and height to places in the viewport and back; no painting.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QSizePolicy, QWidget

from app.ui.picture_text import Point

_MOST_ZOOM, _LEAST_ZOOM, _ZOOM_STEP = 8.0, 0.1, 1.25
_EDGE_PX = 24  # what is brought into sight does not stick to the edge


class ZoomArea(QAbstractScrollArea):
    """As large as there is room and never larger than it is, until somebody zooms."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._zoom: float | None = None  # logical pixels a pixel of the picture; None: fitted
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(200, 160)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.setSingleStep(24)

    def set_image(self, image: QImage | None) -> None:
        """Show this picture, or nothing."""
        self._image = image if image is not None else QImage()
        self._settle()

    # zoom ----------------------------------------------------------------------------------------------------------
    @property
    def zoom(self) -> float:
        """Logical pixels a pixel of the picture."""
        if self._zoom is not None:
            return self._zoom
        if self._image.isNull():
            return 1.0
        room = self.maximumViewportSize()
        return min(1.0, room.width() / self._image.width(), room.height() / self._image.height())

    def zoom_in(self) -> None:
        """Show it larger."""
        self._zoom_by(_ZOOM_STEP, self._middle())

    def zoom_out(self) -> None:
        """Show it smaller."""
        self._zoom_by(1 / _ZOOM_STEP, self._middle())

    def fit(self) -> None:
        """Show all of it."""
        self._zoom = None
        self._settle()

    def _zoom_by(self, factor: float, at: QPointF) -> None:
        if self._image.isNull():
            return
        share = self._share(at)
        self._zoom = min(_MOST_ZOOM, max(_LEAST_ZOOM, self.zoom * factor))
        self._settle()
        moved = self._place(share) - at  # what was under the pointer stays there
        self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() + round(moved.x()))
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() + round(moved.y()))

    def _middle(self) -> QPointF:
        """What stays where it is when no pointer says it."""
        return QRectF(self.viewport().rect()).center()

    def _settle(self) -> None:
        """Give the scroll bars their ranges."""
        size, room = self._shown_size(), self.maximumViewportSize()
        for bar, whole, seen in (
            (self.horizontalScrollBar(), size.width(), room.width()),
            (self.verticalScrollBar(), size.height(), room.height()),
        ):
            bar.setPageStep(seen)
            bar.setRange(0, max(0, whole - seen))
        self.viewport().update()

    # places --------------------------------------------------------------------------------------------------------
    def _shown_size(self) -> QSize:
        zoom = self.zoom
        return QSize(round(self._image.width() * zoom), round(self._image.height() * zoom))

    def _rect(self) -> QRectF:
        """Where the picture lies in the viewport."""
        size = self._shown_size()
        left = max(0.0, (self.viewport().width() - size.width()) / 2) - self.horizontalScrollBar().value()
        return QRectF(left, -self.verticalScrollBar().value(), size.width(), size.height())

    def _place(self, share: Point) -> QPointF:
        rect = self._rect()
        return QPointF(rect.left() + share[0] * rect.width(), rect.top() + share[1] * rect.height())

    def _share(self, at: QPointF) -> Point:
        rect = self._rect()
        if rect.isEmpty():
            return 0.0, 0.0
        return (at.x() - rect.left()) / rect.width(), (at.y() - rect.top()) / rect.height()

    def _reveal(self, at: QPointF) -> None:
        """Bring a place of the viewport into sight."""
        for bar, value, room in (
            (self.horizontalScrollBar(), at.x(), self.viewport().width()),
            (self.verticalScrollBar(), at.y(), self.viewport().height()),
        ):
            if value < _EDGE_PX:
                bar.setValue(bar.value() + round(value) - _EDGE_PX)
            elif value > room - _EDGE_PX:
                bar.setValue(bar.value() + round(value - room) + _EDGE_PX)

    # Qt's ---------------------------------------------------------------------------------------------------------
    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Zoom with Ctrl, scroll without."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._zoom_by(_ZOOM_STEP ** (event.angleDelta().y() / 120), event.position())
            event.accept()
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Fit again, or give the scroll bars their ranges."""
        super().resizeEvent(event)
        self._settle()

    def sizeHint(self) -> QSize:  # noqa: N802, RUF100 - Qt's name
        """Any size will do."""
        return QSize(600, 400)
