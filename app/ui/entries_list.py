"""The list of people, places or applications: one row an entry, its name over how much there is of it.

Role: rows for Qt and their pixels. Which entries there are is the view model's affair.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.ui.cards_model import Index
from app.ui.people_view_model import Entry
from app.ui.people_words import amount_words
from app.ui.theme import Theme, paint_icon, scaled_font
from memory.clues import ClueKind
from memory.records import Voice

ENTRY_ROLE = Qt.ItemDataRole.UserRole + 1
_PAD, _BADGE_PX = 12, 36


class EntriesModel(QAbstractListModel):
    """Rows of entries.

    Args:
        now_us: The clock, for "yesterday".
    """

    def __init__(self, now_us: Callable[[], int], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []
        self.now_us = now_us

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802, RUF100 - Qt's signature
        """How many entries."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The entry itself, or its words for those who cannot see it."""
        if not index.isValid() or index.row() >= len(self._entries):
            return None
        entry = self._entries[index.row()]
        if role == ENTRY_ROLE:
            return entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{entry.title}. {amount_words(entry, self.now_us())}"
        return None

    def show(self, entries: Sequence[Entry]) -> None:
        """Show these entries."""
        if list(entries) != self._entries:
            self.beginResetModel()
            self._entries = list(entries)
            self.endResetModel()

    def entry(self, row: int) -> Entry | None:
        """The entry of a row."""
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def find(self, entry: Entry | None) -> int | None:
        """Row of an entry."""
        return next((row for row, each in enumerate(self._entries) if entry and each.clue == entry.clue), None)


class EntryDelegate(QStyledItemDelegate):
    """Paints one entry."""

    def __init__(self, view: QListView, theme: Theme) -> None:
        super().__init__(view)
        self._view = view
        self.theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802, RUF100 - Qt's name
        """Two lines and room around them."""
        return QSize(160, max(_BADGE_PX, 2 * QFontMetrics(self._view.font()).lineSpacing()) + 2 * _PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the ground, a badge, the name and the amount."""
        entry: Entry = index.data(ENTRY_ROLE)
        model = index.model()
        assert isinstance(model, EntriesModel)
        rect = QRectF(option.rect).adjusted(2, 2, -2, -2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, rect, option.state)
        badge = QRectF(rect.left() + _PAD, rect.center().y() - _BADGE_PX / 2, _BADGE_PX, _BADGE_PX)
        paint_badge(painter, badge, entry, self.theme)
        left = badge.right() + _PAD
        words = QRectF(left, rect.top() + 8, rect.right() - left - _PAD, rect.height() - 16)
        self._write(painter, words, entry, amount_words(entry, model.now_us()))
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRectF, state: QStyle.StateFlag) -> None:
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        if selected and self._view.hasFocus():
            painter.setPen(QPen(QColor(self.theme.accent), 2))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
        ground = self.theme.tint if selected else self.theme.raised if hovered else None
        painter.setBrush(QColor(ground) if ground else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect, 10, 10)

    def _write(self, painter: QPainter, words: QRectF, entry: Entry, amount: str) -> None:
        half = words.height() / 2
        strong, small = scaled_font(self._view.font(), 1.0, bold=True), scaled_font(self._view.font(), 0.9)
        for font, colour, text, top in (
            (strong, self.theme.text, entry.title, words.top()),
            (small, self.theme.soft, amount, words.top() + half),
        ):
            painter.setFont(font)
            painter.setPen(QColor(colour))
            cut = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, int(words.width()))
            line = QRectF(words.left(), top, words.width(), half)
            painter.drawText(line, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), cut)


def paint_badge(painter: QPainter, rect: QRectF, entry: Entry, theme: Theme) -> None:
    """Paint what stands before a name: initials in the voice's colour, or the icon of its kind."""
    voice = entry.about if isinstance(entry.about, Voice) else None
    painter.setPen(Qt.PenStyle.NoPen)
    if voice is not None and voice.name:
        number = int(voice.id.removeprefix("v"))
        painter.setBrush(QColor(theme.voices[number % len(theme.voices)]))
        painter.drawEllipse(rect)
        font = painter.font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(theme.card))
        initials = "".join(word[0] for word in voice.name.split()[:2]).upper()
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, initials)
        return
    painter.setBrush(QColor(theme.raised))
    painter.drawEllipse(rect)
    icon = {ClueKind.VOICE: "voice", ClueKind.PLACE: "place", ClueKind.APP: "screenshot"}[entry.clue.kind]
    paint_icon(painter, icon, theme.soft, rect.center().x() - 10, rect.center().y() - 10, 20)


class EntriesList(QListView):
    """The entries; choosing one shows it."""

    chosen = Signal(object)  # a Clue
    entered = Signal()  # the keys go on to what is shown of it
    left_up = Signal()

    def __init__(self, model: EntriesModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries = model
        self.delegate = EntryDelegate(self, theme)
        self.setItemDelegate(self.delegate)
        self.setModel(model)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(24)
        self.setAccessibleDescription(self.tr("Arrows choose, Enter goes to what is shown of it."))

    def show_entries(self, entries: Sequence[Entry], chosen: Entry | None) -> None:
        """Show these entries with one of them chosen."""
        self._entries.show(entries)
        row = self._entries.find(chosen)
        if row is None:
            self.clearSelection()
        elif row != self.currentIndex().row():
            self.setCurrentIndex(self._entries.index(row, 0))

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802, RUF100 - Qt's name
        """Another row is chosen."""
        super().currentChanged(current, previous)
        entry = self._entries.entry(current.row())
        if entry is not None:
            self.chosen.emit(entry.clue)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Enter goes on to the entry, Up at the top goes back to the line."""
        if event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.left_up.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.text().isprintable() and event.text():
            event.ignore()  # letters are for the line
        else:
            super().keyPressEvent(event)
