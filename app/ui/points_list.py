"""The list of what was missed: a head for each direction, below it its points; each plays from its utterance.

Role: rows of the view model for Qt, painted; it holds nothing itself.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.ui.cards_model import Index
from app.ui.missed_view_model import MissedViewModel, Row
from app.ui.theme import Theme, paint_icon, scaled_font

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
_PAD, _AT_PX, _PLAY_PX = 14, 68, 18


class PointsModel(QAbstractListModel):
    """Rows of the view model."""

    def __init__(self, view_model: MissedViewModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view_model = view_model
        self._rows: tuple[Row, ...] = ()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802, RUF100 - Qt's signature
        """How many rows."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The row itself, or its words for those who cannot see it."""
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        return row.spoken if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None

    def row(self, number: int) -> Row | None:
        """A row, or None."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def refresh(self) -> bool:
        """Show the view model's rows; say whether they are others."""
        if self._rows is self._view_model.rows:
            return False
        self.beginResetModel()
        self._rows = self._view_model.rows
        self.endResetModel()
        return True


class PointsDelegate(QStyledItemDelegate):
    """Paints heads and points."""

    def __init__(self, view: QListView, view_model: MissedViewModel, theme: Theme) -> None:
        super().__init__(view)
        self._view = view
        self._view_model = view_model
        self.theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802, RUF100 - Qt's name
        """As wide as the view, as high as the words need."""
        row: Row = index.data(ROW_ROLE)
        width = self._width()
        if row.is_head:
            title_h = QFontMetrics(self._title_font()).height()
            return QSize(width, 10 + title_h + 4 + _words(row.text, self._view.font(), width - 2 * _PAD)[1] + 10)
        return QSize(width, _words(row.text, self._view.font(), self._text_width(width))[1] + 16)

    def _width(self) -> int:
        """Of a row: as if the scroll bar were there, so that its coming and going breaks no line anew."""
        return max(200, self._view.width() - self._view.verticalScrollBar().sizeHint().width() - 4)

    def _title_font(self) -> QFont:
        return scaled_font(self._view.font(), 1.05, bold=True)

    @staticmethod
    def _text_width(width: int) -> int:
        return width - 2 * _PAD - _AT_PX - _PLAY_PX

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        row: Row = index.data(ROW_ROLE)
        state: QStyle.StateFlag = option.state
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, QRectF(rect), state)
        if row.is_head:
            self._paint_head(painter, row, rect)
        else:
            self._paint_point(painter, row, rect, state)
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRectF, state: QStyle.StateFlag) -> None:
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        if selected or hovered:
            painter.setBrush(QColor(self.theme.tint if selected else self.theme.raised))
            focused = selected and self._view.hasFocus()
            painter.setPen(QPen(QColor(self.theme.accent), 1.5) if focused else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 8, 8)

    def _paint_head(self, painter: QPainter, row: Row, rect: QRect) -> None:
        font = self._title_font()
        painter.setFont(font)
        painter.setPen(QColor(self.theme.text))
        left, top = rect.left() + _PAD, rect.top() + 10
        height = QFontMetrics(font).height()
        room = self._view_model.room
        if room is not None and row.lane is not None:
            painter.save()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._view_model.voices.lane_colour(self.theme, room.lanes[row.lane])))
            painter.drawEllipse(QRectF(left, top + height / 2 - 5, 10, 10))
            painter.restore()
            left += 20
        width = rect.right() - left - _PAD
        title = QFontMetrics(font).elidedText(row.title, Qt.TextElideMode.ElideRight, width)
        painter.drawText(QRect(left, top, width, height), Qt.AlignmentFlag.AlignVCenter, title)
        painter.setPen(QColor(self.theme.soft))
        words = _words(row.text, self._view.font(), self._width() - 2 * _PAD)[0]
        words.draw(painter, QPointF(rect.left() + _PAD, top + height + 4))

    def _paint_point(self, painter: QPainter, row: Row, rect: QRect, state: QStyle.StateFlag) -> None:
        font = scaled_font(self._view.font(), 0.9)
        painter.setFont(font)
        painter.setPen(QColor(self.theme.soft))
        line_h = QFontMetrics(self._view.font()).lineSpacing()
        icon = bool(state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver))
        colour = self.theme.accent if icon else self.theme.wave
        paint_icon(painter, "play", colour, rect.left() + _PAD - 4, rect.top() + 8 + (line_h - 16) / 2, 16)
        at = QRect(rect.left() + _PAD + _PLAY_PX, rect.top() + 8, _AT_PX, line_h)
        painter.drawText(at, Qt.AlignmentFlag.AlignVCenter, row.at)
        painter.setPen(QColor(self.theme.text))
        words = _words(row.text, self._view.font(), self._text_width(self._width()))[0]
        words.draw(painter, QPointF(rect.left() + _PAD + _PLAY_PX + _AT_PX, rect.top() + 8))


class PointsList(QListView):
    """Heads and points; Enter or a click plays, Space holds."""

    play_wanted = Signal(object)  # a Row
    chosen = Signal(object)
    hold_wanted = Signal()
    mark_wanted = Signal()
    left_up = Signal()

    def __init__(self, view_model: MissedViewModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.points = PointsModel(view_model, self)
        self.delegate = PointsDelegate(self, view_model, theme)
        self.setModel(self.points)
        self.setItemDelegate(self.delegate)
        self.setAccessibleName(self.tr("What you missed"))
        self.setAccessibleDescription(self.tr("Enter plays a point from where it was said; Space holds."))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.verticalScrollBar().setSingleStep(24)
        self.clicked.connect(self._on_clicked)

    def refresh(self) -> None:
        """Show the rows the view model holds now."""
        if self.points.refresh():
            self.scrollToTop()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Lines break elsewhere in another width, so that rows have other heights; Qt looks at the height alone."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def focus_first(self) -> None:
        """Go to the first point."""
        if self.points.rowCount():
            if not self.currentIndex().isValid():
                self.setCurrentIndex(self.points.index(min(1, self.points.rowCount() - 1)))
            self.setFocus()

    def current_row(self) -> Row | None:
        """The chosen row."""
        return self.points.row(self.currentIndex().row())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Enter plays, Space holds, Up at the top leaves, arrows tell what is chosen."""
        key, row = event.key(), self.points.row(self.currentIndex().row())
        if key == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.left_up.emit()
        elif key == Qt.Key.Key_Space:
            self.hold_wanted.emit()
        elif row and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.play_wanted.emit(row)
        elif key == Qt.Key.Key_F and row:
            self.mark_wanted.emit()
        elif event.text().isprintable() and event.text():
            event.ignore()
        else:
            super().keyPressEvent(event)
            now = self.points.row(self.currentIndex().row())
            if now is not None and now is not row:
                self.chosen.emit(now)

    def _on_clicked(self, index: QModelIndex) -> None:
        row = self.points.row(index.row())
        if row is not None:
            self.play_wanted.emit(row)


def _words(text: str, font: QFont, width: int) -> tuple[QTextLayout, int]:
    """Break words into lines; returns the layout and its height in pixels."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    line_h = QFontMetrics(font).lineSpacing()
    n_lines = 0
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(40, width))
        line.setPosition(QPointF(0, n_lines * line_h))
        n_lines += 1
    layout.endLayout()
    return layout, n_lines * line_h
