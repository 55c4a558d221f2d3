"""The words of a moment: a transcript that follows the sound and plays from the word that is chosen, or plain text.

Role: shows, follows and tells what is wanted; it plays nothing. A caret goes through the words by the arrow keys, Enter
plays from it; a click on a word does the same. Selecting and copying work as in any text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from app.ui.cards_view_model import has_sound
from app.ui.picture_text import Span
from app.ui.rich_text import RichText
from app.ui.spoken_words import SpokenWord, SpokenWords, read_words
from app.ui.theme import Theme
from app.ui.words import source_words, to_local
from memory.records import Moment

_PLAY = "play:"
_TIME_PX = 84
_LINE_HEIGHT_PERCENT = 140.0


@dataclass(frozen=True, slots=True)
class Line:
    """What was said in one go, where its words begin in the document, and when each is heard."""

    moment: Moment
    begin: int
    spoken: SpokenWords

    def place(self, at: int) -> int:
        """Where a place of the moment's text is in the document, which counts UTF-16 units."""
        return self.begin + n_units(self.moment.text[:at])

    def word_at(self, position: int) -> SpokenWord | None:
        """The word at a position of the document."""
        if not self.begin <= position <= self.place(len(self.moment.text)):
            return None
        units = self.moment.text.encode("utf-16-le", errors="surrogatepass")[: 2 * (position - self.begin)]
        return self.spoken.of(len(units.decode("utf-16-le", errors="ignore")))


def n_units(text: str) -> int:
    """How many UTF-16 units a text has, as Qt counts them."""
    return len(text.encode("utf-16-le", errors="surrogatepass")) // 2


class Transcript(RichText):
    """Shows a conversation, or with ``show_html`` any other text.

    Signals:
        play_wanted: A moment's id and from which share of it (0 to 1), negative for "hold or go on".
    """

    play_wanted = Signal(str, float)

    def __init__(self, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.theme = theme
        self._lines: dict[str, Line] = {}
        self._heard: SpokenWord | None = None
        self.chosen.connect(self._on_link)

    # showing -----------------------------------------------------------------------------------------------------
    def show_html(self, html: str) -> None:
        """See ``RichText``: a text that is not heard."""
        self._lines = {}
        self._mark(None)
        super().show_html(html)

    def show_talk(self, moments: Sequence[Moment], here: str, matched: Sequence[Span]) -> None:
        """Show what was said.

        Args:
            moments: In order.
            here: The one that is looked at; it stands on a ground of its own, with the caret at its first word.
            matched: Spans of its text to mark.
        """
        kept = self._find_caret()
        self._mark(None)
        self.clear()
        table = QTextCursor(self.document()).insertTable(len(moments), 2, self._table_format())
        self._lines = {
            moment.id: self._write(table, row, moment, matched if moment.id == here else None)
            for row, moment in enumerate(moments)
        }
        for row, moment in enumerate(moments):
            if moment.id == here:
                for column in (0, 1):
                    cell = table.cellAt(row, column)
                    ground = cell.format()
                    ground.setBackground(QColor(self.theme.tint))
                    cell.setFormat(ground)
        line, offset = kept if kept is not None and kept[0] in self._lines else (here, 0)
        self._put_caret(self._lines[line].begin + offset)
        self._settle_stop()

    def _table_format(self) -> QTextTableFormat:
        shape = QTextTableFormat()
        shape.setBorder(0)
        shape.setCellSpacing(0)
        shape.setCellPadding(10)
        shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        shape.setColumnWidthConstraints(
            [
                QTextLength(QTextLength.Type.FixedLength, _TIME_PX),
                QTextLength(QTextLength.Type.VariableLength, 0),
            ]
        )
        return shape

    def _write(self, table: QTextTable, row: int, moment: Moment, matched: Sequence[Span] | None) -> Line:
        plain = QTextCharFormat()
        soft, bold = QTextCharFormat(), QTextCharFormat()
        soft.setForeground(QColor(self.theme.soft))
        bold.setFontWeight(QFont.Weight.Bold)
        if has_sound(moment):
            soft.setForeground(QColor(self.theme.accent))
            soft.setAnchor(True)
            soft.setAnchorHref(f"{_PLAY}{moment.id}")
        at = to_local(moment.started_us, moment.zone)
        table.cellAt(row, 0).firstCursorPosition().insertText(f"{at:%H:%M:%S}", soft)
        cursor = table.cellAt(row, 1).firstCursorPosition()
        cursor.insertText(source_words(moment), bold)
        spaced = QTextBlockFormat()
        spaced.setLineHeight(_LINE_HEIGHT_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.insertBlock(spaced, plain)
        begin = cursor.position()
        text = moment.text.replace("\r", " ")  # as many units, and no second end of a line
        marked = QTextCharFormat()
        marked.setBackground(QColor(self.theme.mark))
        done = 0
        for start, end in matched or ():
            if done <= start <= end <= len(text):  # not spans of another text
                cursor.insertText(text[done:start], plain)
                cursor.insertText(text[start:end], marked)
                done = end
        cursor.insertText(text[done:], plain)
        if moment.original is not None:
            told = QTextCharFormat()
            told.setForeground(QColor(self.theme.soft))
            cursor.insertBlock(spaced, told)
            cursor.insertText(self.tr("You corrected this. Heard: “{words}”").format(words=moment.original), told)
        return Line(moment, begin, read_words(moment) if has_sound(moment) else SpokenWords((), is_measured=False))

    # following the sound -----------------------------------------------------------------------------------------
    @property
    def heard(self) -> str:
        """The word that is heard now; empty when none is."""
        marks = self.extraSelections()
        return marks[0].cursor.selectedText() if marks else ""

    def follow(self, moment: str | None, second: float) -> None:
        """Mark the word that is heard at a second of a moment; nothing where that moment is not shown."""
        line = self._lines.get(moment or "")
        word = line.spoken.at(second) if line is not None else None
        if line is None or word is None:
            self._mark(None)
        elif word != self._heard:
            was_seen = self._heard is None or self._is_seen()
            cursor = QTextCursor(self.document())
            cursor.setPosition(line.place(word.start))
            cursor.setPosition(line.place(word.end), QTextCursor.MoveMode.KeepAnchor)
            self._mark(cursor)
            self._heard = word
            if was_seen:
                self._bring_into_sight(self.cursorRect(cursor))

    def _mark(self, cursor: QTextCursor | None) -> None:
        self._heard = None
        if cursor is None:
            if self.extraSelections():
                self.setExtraSelections([])
            return
        mark = QTextEdit.ExtraSelection()
        look = QTextCharFormat()
        look.setBackground(QColor(self.theme.accent))
        look.setForeground(QColor(self.theme.on_accent))
        mark.cursor, mark.format = cursor, look
        self.setExtraSelections([mark])

    def _is_seen(self) -> bool:
        marks = self.extraSelections()
        return not marks or self.viewport().rect().intersects(self.cursorRect(marks[0].cursor))

    def _bring_into_sight(self, rect: QRect) -> None:
        bar, room = self.verticalScrollBar(), self.viewport().height()
        if rect.top() < 0 or rect.bottom() > room:
            bar.setValue(bar.value() + rect.top() - room // 3)

    # choosing a word ---------------------------------------------------------------------------------------------
    def _find_word(self, position: int) -> tuple[Line, SpokenWord] | None:
        for line in self._lines.values():
            word = line.word_at(position)
            if word is not None:
                return line, word
        return None

    def _word_under(self, at: QPointF) -> tuple[Line, SpokenWord] | None:
        if not self._lines:
            return None
        inside = at + QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        position = self.document().documentLayout().hitTest(inside, Qt.HitTestAccuracy.ExactHit)
        return self._find_word(position) if position >= 0 else None

    def _leads_on(self, at: QPointF) -> bool:
        """See ``RichText``: a word does, too."""
        return super()._leads_on(at) or self._word_under(at) is not None

    def find_place(self, moment: str, at: int) -> QPoint:
        """Where a place of a moment's text is in the viewport."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._lines[moment].place(at))
        return self.cursorRect(cursor).center()

    def _play_from(self, found: tuple[Line, SpokenWord]) -> None:
        line, word = found
        media = line.moment.media
        if media is not None and media.duration_s > 0:
            self.play_wanted.emit(line.moment.id, min(1.0, word.start_s / media.duration_s))

    def _on_link(self, target: str) -> None:
        if target.startswith(_PLAY):
            self.play_wanted.emit(target.removeprefix(_PLAY), -1.0)

    # the caret ---------------------------------------------------------------------------------------------------
    def _find_caret(self) -> tuple[str, int] | None:
        """Whose words the caret is in, and how far."""
        position = self.textCursor().position()
        for moment, line in self._lines.items():
            if line.begin <= position <= line.place(len(line.moment.text)):
                return moment, position - line.begin
        return None

    def _put_caret(self, position: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(position)
        self.setTextCursor(cursor)
        self._bring_into_sight(self.cursorRect(cursor))

    # Qt's --------------------------------------------------------------------------------------------------------
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Enter plays from the word at the caret; Space and Delete are the page's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.textCursor().charFormat().isAnchor():
            found = self._find_word(self.textCursor().position())
            if found is not None:
                self._play_from(found)
                return
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Delete):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Keep in sight what one is at."""
        super().resizeEvent(event)
        if self._lines:
            self.ensureCursorVisible()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """A click on a word plays from it; a selection stays one."""
        super().mouseReleaseEvent(event)
        if event.button() != Qt.MouseButton.LeftButton or self.textCursor().hasSelection():
            return
        found = None if self.anchorAt(event.position().toPoint()) else self._word_under(event.position())
        if found is not None:
            self._play_from(found)
