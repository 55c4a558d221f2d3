"""The sheet of keys, over the page; any key or click puts it away."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.ui.command_menu import keys_words
from app.ui.commands import Commands, Group, group_words
from app.ui.cover import Cover
from app.ui.theme import scaled_font

_BARE = (
    Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_CapsLock, Qt.Key.Key_Insert
)  # fmt: skip
Rows = tuple[tuple[str, str], ...]


class ShortcutSheet(Cover):
    """Lists what the keys do: at the left everywhere, from the commands; at the right where one is."""

    def __init__(self, commands: Commands, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Keyboard shortcuts"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._told: list[str] = []
        everywhere = QVBoxLayout()
        for group in Group:
            rows = tuple((keys_words(each.keys), each.words) for each in commands.of_group(group) if each.keys)
            everywhere.addLayout(self._section(group_words(group), rows))
            self._told += [group_words(group), *(f"{keys}: {words}" for keys, words in rows)]
        everywhere.addStretch(1)
        in_place = QVBoxLayout()
        in_place.addLayout(self._section(self.tr("Where you are"), self._rows()))
        self._desktop = QWidget()
        self._desktop.setAccessibleName(self.tr("Keys of the desktop"))
        self._desktop_column = QVBoxLayout(self._desktop)
        self._desktop_column.setContentsMargins(0, 0, 0, 0)
        in_place.addWidget(self._desktop)
        in_place.addStretch(1)
        card = QFrame()
        card.setProperty("role", "card")
        card.setAccessibleName(self.tr("Keyboard shortcuts"))
        columns = QHBoxLayout(card)
        columns.setContentsMargins(32, 20, 32, 20)
        columns.setSpacing(40)
        columns.addLayout(everywhere, 1)
        columns.addLayout(in_place, 1)
        scroll = QScrollArea()
        scroll.setAccessibleName(self.tr("Keyboard shortcuts"))
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidgetResizable(True)
        scroll.setWidget(card)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.addWidget(scroll)
        self.show_desktop_keys(())

    def show_desktop_keys(self, rows: Rows) -> None:
        """Say which keys work in every program, as the desktop gave them."""
        for part in self._desktop.findChildren(QWidget):
            part.deleteLater()
        if rows:
            inner = QWidget()
            inner.setLayout(self._section(self.tr("In every program"), rows))
            self._desktop_column.addWidget(inner)
        self._desktop.setVisible(bool(rows))
        here = (*self._rows(), *rows)
        # A screen reader reads it all when it opens.
        self.setAccessibleDescription(". ".join([*self._told, *(f"{keys}: {words}" for keys, words in here)]))

    def _section(self, title: str, rows: Rows) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(6)
        head = QLabel(title)
        head.setFont(scaled_font(self.font(), 1.1, bold=True))
        head.setContentsMargins(0, 8, 0, 2)
        grid.addWidget(head, 0, 0, 1, 2)
        for row, (keys, words) in enumerate(rows, start=1):
            key = QLabel(keys)
            key.setFont(scaled_font(self.font(), 1.0, bold=True))
            key.setWordWrap(True)
            text = QLabel(words)
            text.setProperty("role", "soft")
            text.setWordWrap(True)
            grid.addWidget(key, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(text, row, 1, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        return grid

    def _rows(self) -> Rows:
        """Keys of lists and pages: they are no commands, for they need something to stand on."""
        return (
            (self.tr("Enter"), self.tr("Ask the question, open a moment")),
            (self.tr("Arrows"), self.tr("Go through evidence, points, directions and what was said there")),
            (self.tr("Space"), self.tr("Play or hold")),
            (self.tr("F2, N"), self.tr("Moment: correct its words; correct who said it")),
            (self.tr("Enter, M"), self.tr("Play one direction; hear the whole room instead")),
            (self.tr("F"), self.tr("This direction is the one I followed")),
            (self.tr("N"), self.tr("Name this voice")),
            (self.tr("+ and -"), self.tr("Show less or more time")),
            (self.tr("Page keys, Home, End, G"), self.tr("Timeline: move, go to its ends, go to the next gap")),
            (self.tr("Ctrl+Up, Ctrl+Down"), self.tr("Evidence: more like this; not this")),
            (self.tr("Delete"), self.tr("Forget a moment")),
            (self.tr("Esc"), self.tr("Stop, go back")),
            (self.tr("Ctrl+A, Ctrl+C, + and -"), self.tr("In a picture: select all words, copy, zoom")),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Any key puts it away; Ctrl alone does not, which hushes a screen reader."""
        if event.key() not in _BARE:
            self.put_away()
