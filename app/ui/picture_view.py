"""A picture with its words: at any zoom, the searched ones marked, all of them to be selected and copied.

Role: pixels, mouse and keys. Where words stand is ``picture_text``'s affair.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QMenu, QWidget

from app.ui.aloud import announce
from app.ui.card_pictures import MARKER
from app.ui.drag_out import is_drag
from app.ui.picture_text import PictureText, Quad, Span
from app.ui.theme import Theme
from app.ui.zoom_area import ZoomArea
from memory.records import Moment

_SELECTION = "#2f7de1"
_MOVES = {
    Qt.Key.Key_Left: ("char", -1), Qt.Key.Key_Right: ("char", 1), Qt.Key.Key_Up: ("line", -1),
    Qt.Key.Key_Down: ("line", 1), Qt.Key.Key_Home: ("edge", -1), Qt.Key.Key_End: ("edge", 1),
}  # fmt: skip


class PictureView(ZoomArea):
    """A picture, the words in it marked, selected and copied.

    Attributes:
        selected: Which words were selected changed; the text of them, or "".
        pressed: The mouse went down on a picture without words: it may be dragged.
        dragged: The picture is to be dragged into another program.
        text_dragged: The words that were selected are.
    """

    selected = Signal(str)
    pressed = Signal()
    dragged = Signal()
    text_dragged = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._text: PictureText | None = None
        self._marks: list[Quad] = []
        self._told = ""
        self._is_lost = False
        self._anchor = self._caret = 0
        self._is_dragging = False
        self._pressed_at: QPoint | None = None  # on what may be dragged out
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Picture"))
        self.viewport().setMouseTracking(True)

    # what is shown -------------------------------------------------------------------------------------------------
    def show_moment(self, moment: Moment, matched: Sequence[Span], told: str) -> None:
        """Show another moment's words; its picture follows with ``set_image``.

        Args:
            moment: Whose picture it is.
            matched: Spans of its text to mark.
            told: The picture in words, for who does not see it.
        """
        self._text = PictureText(moment)
        self._marks = [part for span in matched for part in self._text.parts(*span)]
        self._told = told
        self._zoom, self._anchor, self._caret = None, 0, 0
        self._is_lost = False
        self.set_image(None)
        self._tell()

    def show_lost(self) -> None:
        """There is no picture to be shown: its file is gone, or nothing can be made of it."""
        self._is_lost = True
        self._tell()
        self.viewport().update()

    @property
    def missing_words(self) -> str:
        """What is said in place of the picture."""
        if self._is_lost:
            return self.tr("The file of this picture is gone or damaged. What was read of it is still here.")
        return self.tr("The picture is being read…")

    @property
    def marks(self) -> Sequence[Quad]:
        """What is marked: shares of the picture's width and height."""
        return self._marks

    @property
    def selection(self) -> Span:
        """What is selected, as a span of the moment's text."""
        return min(self._anchor, self._caret), max(self._anchor, self._caret)

    @property
    def selected_text(self) -> str:
        """The selected words as they are copied."""
        return self._text.copy(*self.selection) if self._text else ""

    def select(self, start: int, end: int) -> None:
        """Select a span of the moment's text and bring its end into sight."""
        self._anchor, self._caret = start, end
        self._on_selected()
        self._reveal_caret()

    def select_all(self) -> None:
        """Select every word."""
        if self._text is not None and self._text.lines:
            self._anchor, self._caret = 0, len(self._text.text)
            self._on_selected()

    def drop_selection(self) -> bool:
        """Select nothing; say whether anything was."""
        had = self._anchor != self._caret
        self._anchor = self._caret
        if had:
            self._on_selected()
        return had

    def copy(self) -> None:
        """Put the selected words on the clipboard."""
        if words := self.selected_text:
            QGuiApplication.clipboard().setText(words)
            announce(self, self.tr("Copied"))

    # places --------------------------------------------------------------------------------------------------------
    def _middle(self) -> QPointF:
        """Where one looks: at what is selected, else at what is marked, else in the middle."""
        start, end = self.selection
        parts = (self._text.parts(start, end) if self._text else []) or self._marks[:1]
        at = self._polygon(parts[0]).boundingRect().center() if parts else None
        visible = QRectF(self.viewport().rect())
        return at if at is not None and visible.contains(at) else super()._middle()

    def _polygon(self, quad: Quad) -> QPolygonF:
        return QPolygonF([self._place(corner) for corner in quad])

    def find_place(self, at: int) -> QPointF:
        """Where the place before a character of the moment's text is in the viewport, in the middle of its line."""
        line = self._text.line_of(at) if self._text else None
        if line is None:
            return QPointF()
        upper, lower = line.caret(at)
        return (self._place(upper) + self._place(lower)) / 2

    def _reveal_caret(self) -> None:
        self._reveal(self.find_place(self._caret))

    # painting ------------------------------------------------------------------------------------------------------
    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Paint the picture, what is marked, what is selected, and the caret."""
        painter = QPainter(self.viewport())
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        if self._image.isNull():
            painter.setPen(QColor(self.theme.soft))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.viewport().rect().adjusted(16, 0, -16, 0), flags, self.missing_words)
        else:
            path = QPainterPath()
            path.addRoundedRect(self._rect(), 10, 10)
            painter.setClipPath(path)
            painter.drawImage(self._rect(), self._image)
            self._paint_quads(painter, self._marks, MARKER, is_outlined=True)
            if self._text is not None:
                self._paint_quads(painter, self._text.parts(*self.selection), _SELECTION, is_outlined=False)
            painter.setClipping(False)
            self._paint_focus(painter)
        painter.end()

    def _paint_quads(self, painter: QPainter, quads: Sequence[Quad], colour: str, *, is_outlined: bool) -> None:
        ground = QColor(colour)
        ground.setAlpha(90)
        painter.setPen(QPen(QColor(colour), 1.5) if is_outlined else Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        for quad in quads:
            painter.drawPolygon(self._polygon(quad))

    def _paint_focus(self, painter: QPainter) -> None:
        """Who comes by the keyboard sees where the focus is, and the place between characters that it moves."""
        if not self.hasFocus():
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self.theme.accent), 2))
        shown = self._rect().intersected(QRectF(self.viewport().rect()))
        painter.drawRoundedRect(shown.adjusted(1, 1, -1, -1), 10, 10)
        line = self._text.line_of(self._caret) if self._text else None
        if line is not None:
            upper, lower = line.caret(self._caret)
            painter.setPen(QPen(QColor(_SELECTION), 2))
            painter.drawLine(self._place(upper), self._place(lower))

    # mouse ---------------------------------------------------------------------------------------------------------
    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Begin to select, or go on with Shift; what is selected, or a picture without words, may be dragged out."""
        if event.button() != Qt.MouseButton.LeftButton or self._image.isNull():
            return
        start, end = self.selection
        is_plain = not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if not self._has_words() or (is_plain and start <= self._find_stop(event) < end and self._is_over(event)):
            self._pressed_at = event.position().toPoint()
            self.pressed.emit()
            return
        self._is_dragging = True
        self._go(self._find_stop(event), extend=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Select as far as the pointer; show where there are words."""
        if self._is_dragging:
            self._go(self._find_stop(event), extend=True)
        if self._pressed_at is not None and is_drag(self._pressed_at, event.position().toPoint()):
            self._pressed_at = None
            if words := self.selected_text:
                self.text_dragged.emit(words)
            else:
                self.dragged.emit()
        is_over = self._is_over(event)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor if is_over else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """End of selecting; a click on what is selected selects nothing any more."""
        self._is_dragging = False
        if self._pressed_at is not None and self._has_words():
            self._go(self._find_stop(event), extend=False)
        self._pressed_at = None

    def _is_over(self, event: QMouseEvent) -> bool:
        """Whether the pointer is over words."""
        return self._text is not None and self._text.holds(self._share(event.position()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Select a word."""
        if self._text is not None and self._has_words():
            self.select(*self._text.find_word(self._find_stop(event)))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Copy, select all, zoom."""
        menu = QMenu(self)
        menu.setAccessibleName(self.tr("Words of the picture"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction(self.tr("Copy"), QKeySequence(QKeySequence.StandardKey.Copy), self.copy)
        copy.setEnabled(bool(self.selected_text))
        every = menu.addAction(self.tr("Select all"), QKeySequence(QKeySequence.StandardKey.SelectAll), self.select_all)
        every.setEnabled(self._has_words())
        menu.addSeparator()
        menu.addAction(self.tr("Larger"), QKeySequence("+"), self.zoom_in)
        menu.addAction(self.tr("Smaller"), QKeySequence("-"), self.zoom_out)
        menu.addAction(self.tr("All of it"), QKeySequence("0"), self.fit)
        menu.popup(event.globalPos())

    def _has_words(self) -> bool:
        return self._text is not None and bool(self._text.lines) and not self._image.isNull()

    def _find_stop(self, event: QMouseEvent) -> int:
        assert self._text is not None
        return self._text.find_stop(self._share(event.position()))

    # keys ----------------------------------------------------------------------------------------------------------
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Copy, select all, zoom with + - 0; arrows move the caret, with Shift they select, with Ctrl word by word."""
        acts: dict[int, Callable[[], None]] = {
            Qt.Key.Key_Plus: self.zoom_in,
            Qt.Key.Key_Equal: self.zoom_in,
            Qt.Key.Key_Minus: self.zoom_out,
            Qt.Key.Key_0: self.fit,
        }
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_all()
        elif event.key() in acts:
            acts[event.key()]()
        elif event.key() in _MOVES and self._has_words():
            self._move(event)
        elif event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Delete):
            event.ignore()  # the page's: play, forget
        else:
            super().keyPressEvent(event)

    def _move(self, event: QKeyEvent) -> None:
        assert self._text is not None
        unit, way = _MOVES[Qt.Key(event.key())]
        is_far = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        text, at = self._text, self._caret
        if unit == "line":
            to = text.step_line(at, way)
        elif unit == "edge":
            line = None if is_far else text.line_of(at)
            first, last = (line.start, line.end) if line is not None else (0, len(text.text))
            to = first if way < 0 else last
        else:
            to = text.step_word(at, way) if is_far else min(max(0, at + way), len(text.text))
        self._go(to, extend=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def _go(self, to: int, *, extend: bool) -> None:
        before = self.selection
        self._caret = to
        if not extend:
            self._anchor = to
        if before != self.selection:
            self._on_selected()
        self._reveal_caret()
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Show the focus."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Show it no more."""
        super().focusOutEvent(event)
        self.viewport().update()

    # for who does not see it -----------------------------------------------------------------------------------------
    def _on_selected(self) -> None:
        self._tell()
        self.viewport().update()
        words = self.selected_text
        if words:
            announce(self, self.tr("Selected: {words}").format(words=words))
        self.selected.emit(words)

    def _tell(self) -> None:
        words = self.selected_text
        chosen = " " + self.tr("Selected: {words}").format(words=words) if words else ""
        self.setAccessibleDescription(self._told + chosen)
