"""The sheet of keys, over the page; any key or click puts it away."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from app.ui.theme import scaled_font


class ShortcutSheet(QWidget):
    """Lists what the keys do."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self.setAccessibleName(self.tr("Keyboard shortcuts"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        card = QFrame()
        card.setProperty("role", "card")
        card.setAccessibleName(self.tr("Keyboard shortcuts"))
        card.setMinimumWidth(520)
        grid = QGridLayout(card)
        grid.setContentsMargins(32, 24, 32, 24)
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(10)
        title = QLabel(self.tr("Keyboard shortcuts"))
        title.setFont(scaled_font(self.font(), 1.3, bold=True))
        grid.addWidget(title, 0, 0, 1, 2)
        for row, (keys, words) in enumerate(self._rows(), start=1):
            key = QLabel(keys)
            key.setFont(scaled_font(self.font(), 1.0, bold=True))
            text = QLabel(words)
            text.setProperty("role", "soft")
            grid.addWidget(key, row, 0)
            grid.addWidget(text, row, 1)
        grid.setColumnStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        layout.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        self.hide()

    def _rows(self) -> tuple[tuple[str, str], ...]:
        return (
            (self.tr("Ctrl+L or /"), self.tr("Go to the line")),
            (self.tr("Ctrl+1, Ctrl+2, Ctrl+3"), self.tr("Ask; what did I miss?; timeline")),
            (self.tr("Enter"), self.tr("Ask the question, open a moment")),
            (self.tr("Arrows"), self.tr("Go through evidence, points, directions and what was said there")),
            (self.tr("Space"), self.tr("Play or hold")),
            (self.tr("Enter, M"), self.tr("Play one direction; hear the whole room instead")),
            (self.tr("F"), self.tr("This direction is the one I followed")),
            (self.tr("N"), self.tr("Name this voice")),
            (self.tr("+ and -"), self.tr("Show less or more time")),
            (self.tr("Ctrl+T"), self.tr("Show a moment on the timeline")),
            (self.tr("Page keys, Home, End, G"), self.tr("Timeline: move, go to its ends, go to the next gap")),
            (self.tr("Delete"), self.tr("Forget a moment")),
            (self.tr("Esc"), self.tr("Stop, go back")),
            (self.tr("Ctrl+R"), self.tr("Record, or stop recording")),
            (self.tr("Ctrl+Shift+S"), self.tr("Keep the screen, or stop")),
            (self.tr("Ctrl+Shift+M"), self.tr("Remember this: the screen and a note")),
            (self.tr("Ctrl+Shift+N"), self.tr("Incognito: keep nothing, or end it")),
            (
                self.tr("Ctrl+A, Ctrl+C, + and -"),
                self.tr("In a picture: select all words, copy, zoom"),
            ),
            (self.tr("Ctrl+O"), self.tr("Import files")),
            (self.tr("Ctrl+Shift+O"), self.tr("Import a folder")),
            (self.tr("F1"), self.tr("This sheet")),
            (self.tr("Ctrl+Q"), self.tr("Quit")),
        )

    def toggle(self) -> None:
        """Show the sheet over the whole window, or put it away."""
        if self.isVisible():
            self.hide()
            return
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self.setFocus()

    def keyPressEvent(self, _event: QKeyEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Any key puts it away."""
        self.hide()

    def mousePressEvent(self, _event: QMouseEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """So does any click."""
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Dim what lies below."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(0, 0, 0, 110))
        painter.end()
