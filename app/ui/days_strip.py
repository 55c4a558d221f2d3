"""When there are moments of one thing: a strip of bars over time; a bar that is chosen narrows the list below it.

Role: pixels, mouse and keys. What the bars are is computed by ``days_view_model``.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.ui.days_view_model import Bar, Step, build_bars
from app.ui.theme import Theme, scaled_font
from app.ui.words import count_words, date_words
from memory.scope import DayCount

_BARS_PX, _AXIS_PX, _PAD = 46, 20, 8
_WIDEST_PX = 28.0


class DaysStrip(QWidget):
    """Bars over time.

    Signals:
        span_chosen: (first, last) ISO dates that the moments are to be narrowed to, or None for all of them.
    """

    span_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._days: Sequence[DayCount] = ()
        self._step = Step.DAY
        self.bars: list[Bar] = []
        self._span: tuple[str, str] | None = None
        self.at: int | None = None  # the bar that the keys are on
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("When"))

    def show_days(self, days: Sequence[DayCount], span: tuple[str, str] | None) -> None:
        """Show these days, with a stretch of them chosen."""
        if days != self._days:
            self._days = days
            self._step, self.bars = build_bars(days)
            self.at = None
        self._span = span
        if span is not None:
            self.at = next((n for n, bar in enumerate(self.bars) if bar.span == span), None)
        self._speak()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802, RUF100 - Qt's name
        """Wide and low."""
        return QSize(400, _BARS_PX + _AXIS_PX + 2 * _PAD)

    def minimumSizeHint(self) -> QSize:  # noqa: N802, RUF100 - Qt's name
        """Narrow windows show it too."""
        return QSize(160, _BARS_PX + _AXIS_PX + 2 * _PAD)

    # words -------------------------------------------------------------------------------------------------------
    def bar_words(self, bar: Bar) -> str:
        """A bar in one sentence."""
        return f"{self._when(bar)}: {count_words(bar.n_moments)}"

    def _when(self, bar: Bar) -> str:
        if self._step is Step.DAY:
            return date_words(bar.first, "ddd d MMMM yyyy")
        if self._step is Step.WEEK:
            return self.tr("Week from {day}").format(day=date_words(bar.first, "d MMMM yyyy"))
        return date_words(bar.first, "MMMM yyyy" if self._step is Step.MONTH else "yyyy")

    def _speak(self) -> None:
        words = self.bar_words(self.bars[self.at]) if self.at is not None else self.tr("All days")
        keys = self.tr("Left and right choose a time, Enter narrows the list to it, Escape shows all again.")
        if self.accessibleDescription() != f"{words}. {keys}":
            self.setAccessibleDescription(f"{words}. {keys}")
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    # painting ----------------------------------------------------------------------------------------------------
    def _bar_width(self) -> float:
        return min(_WIDEST_PX, (self.width() - 2 * _PAD) / max(1, len(self.bars)))

    def rect_of(self, n: int) -> QRectF:
        """The column of a bar, over its whole height."""
        width = self._bar_width()
        return QRectF(_PAD + n * width, _PAD, width, _BARS_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Paint the bars and the first and last day under them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self.theme
        pen = QPen(QColor(theme.accent if self.hasFocus() else theme.line), 2 if self.hasFocus() else 1)
        painter.setPen(pen)
        painter.setBrush(QColor(theme.card))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 10, 10)
        most = max((bar.n_moments for bar in self.bars), default=1)
        for n, bar in enumerate(self.bars):
            self._paint_bar(painter, n, bar, most)
        self._paint_axis(painter)
        painter.end()

    def _paint_bar(self, painter: QPainter, n: int, bar: Bar, most: int) -> None:
        theme, column = self.theme, self.rect_of(n)
        painter.setPen(Qt.PenStyle.NoPen)
        if n == self.at:
            painter.setBrush(QColor(theme.tint))
            painter.drawRoundedRect(column, 4, 4)
        if bar.n_moments:
            height = max(3.0, (_BARS_PX - 6) * bar.n_moments / most)
            gap = min(3.0, column.width() / 5)
            chosen = self._span == bar.span
            painter.setBrush(QColor(theme.accent if self._span is None or chosen else theme.wave))
            body = QRectF(column.left() + gap / 2, column.bottom() - height, column.width() - gap, height)
            painter.drawRoundedRect(body, 2, 2)

    def _paint_axis(self, painter: QPainter) -> None:
        if not self.bars:
            return
        font = scaled_font(self.font(), 0.85)
        painter.setFont(font)
        painter.setPen(QColor(self.theme.soft))
        line = QRectF(_PAD + 2, _PAD + _BARS_PX, self.width() - 2 * _PAD - 4, _AXIS_PX)
        first, last = self._when(self.bars[0]), self._when(self.bars[-1])
        painter.drawText(line, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), first)
        metrics = QFontMetrics(font)
        used = metrics.horizontalAdvance(first) + metrics.horizontalAdvance(last) + 24
        if len(self.bars) > 1 and used < line.width():
            ends = max(self.rect_of(len(self.bars) - 1).right(), line.left() + used)
            line.setRight(min(line.right(), ends))
            painter.drawText(line, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), last)

    # mouse and keys ----------------------------------------------------------------------------------------------
    def bar_at(self, at: QPointF) -> int | None:
        """The bar under a point."""
        n = int((at.x() - _PAD) // self._bar_width()) if self.bars else -1
        return n if 0 <= n < len(self.bars) and at.x() >= _PAD else None

    def event(self, event: QEvent) -> bool:
        """Say what the bar under the pointer is."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            n = self.bar_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "" if n is None else self.bar_words(self.bars[n]), self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Narrow to the bar; a click on the chosen one shows all again."""
        n = self.bar_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and n is not None:
            self.at = n
            self._choose(n)

    def _choose(self, n: int | None) -> None:
        bar = None if n is None else self.bars[n]
        is_on = bar is not None and bar.span == self._span
        self.span_chosen.emit(None if bar is None or is_on or not bar.n_moments else bar.span)
        self._speak()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Left and right go through the bars that hold something, Enter narrows."""
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._step_to(1 if key == Qt.Key.Key_Right else -1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.bars:
            self.at = 0 if key == Qt.Key.Key_Home else len(self.bars) - 1
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.at is not None:
            self._choose(self.at)
        else:
            super().keyPressEvent(event)
            return
        self._speak()
        self.update()

    def _step_to(self, step: int) -> None:
        held = [n for n, bar in enumerate(self.bars) if bar.n_moments]
        if not held:
            return
        if self.at is None:
            self.at = held[-1] if step < 0 else held[0]
            return
        beside = [n for n in held if (n - self.at) * step > 0]
        if beside:
            self.at = min(beside, key=lambda n: abs(n - (self.at or 0)))
