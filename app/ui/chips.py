"""A row of chips that says what was understood of a question; it wraps, and hides when there is nothing to say.

Role: shows chips and tells what the user wants of them. A chip with a key can be taken out (its cross, Delete), one of
time can be changed (a click, Enter: the menu). Arrow keys go from chip to chip.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from app.ui.theme import Theme, scaled_font
from app.ui.words import Chip

_H, _GAP, _PAD, _MAX_TEXT, _CROSS = 28, 8, 12, 260, 18


class Chips(QWidget):
    """Shows what was understood.

    Signals:
        removed: The key of a chip that is to count no more.
        time_changed: How the time is to change: "any", "earlier", "later" or "wider".
    """

    removed = Signal(str)
    time_changed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._chips: tuple[Chip, ...] = ()
        self._current = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_chips(())

    def set_chips(self, chips: tuple[Chip, ...]) -> None:
        """Show these."""
        self._chips = chips
        self._current = max(0, min(self._current, len(chips) - 1))
        words = ", ".join(f"{chip.label} {chip.value}" for chip in chips)
        self.setAccessibleName(self.tr("Understood: {words}").format(words=words or self.tr("nothing particular")))
        self.setAccessibleDescription(self.tr("Arrow keys choose, Delete takes out, Enter changes."))
        can = any(chip.key for chip in chips)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if can else Qt.FocusPolicy.NoFocus)
        self.setVisible(bool(chips))
        self._fit()

    def texts(self) -> list[str]:
        """What is shown, for tests."""
        return [f"{chip.label} {chip.value}" for chip in self._chips]

    def cross_point(self, index: int) -> QPointF:
        """The middle of a chip's cross."""
        rect = self._rects()[index]
        return QPointF(rect.right() - _PAD - _CROSS / 2 + 4, rect.center().y())

    def build_menu(self) -> QMenu:
        """What can be done with a chip of time."""
        menu = QMenu(self)
        menu.setAccessibleName(self.tr("Change the time"))
        for how, words in (
            ("any", self.tr("Any time")),
            ("earlier", self.tr("Earlier")),
            ("later", self.tr("Later")),
            ("wider", self.tr("Wider")),
        ):
            menu.addAction(words, partial(self.time_changed.emit, how))
        return menu

    # Qt ----------------------------------------------------------------------------------------------------------
    def sizeHint(self) -> QSize:  # noqa: N802, RUF100 - Qt's name
        """As high as the wrapped rows."""
        return QSize(200, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Wrap again."""
        super().resizeEvent(event)
        self._fit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Take a chip out at its cross, change it elsewhere."""
        at = event.position()
        index = next((i for i, rect in enumerate(self._rects()) if rect.contains(at)), None)
        if index is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        self._current = index
        chip = self._chips[index]
        if chip.key and at.x() > self._rects()[index].right() - _PAD - _CROSS:
            self.removed.emit(chip.key)
        else:
            self._change(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Choose, take out, change."""
        key = event.key()
        if not self._chips:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = 1 if key == Qt.Key.Key_Right else -1
            self._current = max(0, min(len(self._chips) - 1, self._current + step))
            self.update()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._chips[self._current].key:
            self.removed.emit(self._chips[self._current].key)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._change(self._current)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Say of a chip under the pointer what a click does."""
        if event.type() is QEvent.Type.ToolTip:
            self.setToolTip(self.tr("The cross takes it out of the question; a click changes a time."))
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Paint the pairs: the label softly, the value in full, a cross where it can be taken out."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = scaled_font(self.font(), 0.9)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        for index, (chip, rect) in enumerate(zip(self._chips, self._rects(), strict=True)):
            chosen = self.hasFocus() and index == self._current
            painter.setPen(QPen(QColor(self.theme.accent), 1.5) if chosen else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.theme.tint))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), _H / 2 - 1, _H / 2 - 1)
            label_w = metrics.horizontalAdvance(chip.label + " ")
            inner = rect.adjusted(_PAD, 0, -_PAD, 0)
            painter.setPen(QColor(self.theme.soft))
            painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, chip.label)
            painter.setPen(QColor(self.theme.accent))
            shown = metrics.elidedText(chip.value, Qt.TextElideMode.ElideRight, _MAX_TEXT)
            painter.drawText(inner.adjusted(label_w, 0, 4, 0), Qt.AlignmentFlag.AlignVCenter, shown)
            if chip.key:
                self._paint_cross(painter, self.cross_point(index))
        painter.end()

    def _paint_cross(self, painter: QPainter, at: QPointF) -> None:
        painter.setPen(QPen(QColor(self.theme.soft), 1.5))
        for dx, dy in ((1, 1), (1, -1)):
            painter.drawLine(at - QPointF(4 * dx, 4 * dy), at + QPointF(4 * dx, 4 * dy))

    def _change(self, index: int) -> None:
        if self._chips[index].key != "when":
            return
        menu = self.build_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.mapToGlobal(self._rects()[index].bottomLeft().toPoint()))

    def _rects(self) -> list[QRectF]:
        metrics = QFontMetrics(scaled_font(self.font(), 0.9))
        rects: list[QRectF] = []
        x = y = 0.0
        for chip in self._chips:
            width = metrics.horizontalAdvance(chip.label + " ") + min(_MAX_TEXT, metrics.horizontalAdvance(chip.value))
            width += 2 * _PAD + (_CROSS if chip.key else 0)
            if x and x + width > self.width():
                x, y = 0.0, y + _H + _GAP
            rects.append(QRectF(x, y, width, _H))
            x += width + _GAP
        return rects

    def _fit(self) -> None:
        rects = self._rects()
        self.setFixedHeight(int(rects[-1].bottom()) + 1 if rects else _H)
        self.update()
