"""What one sees when there is nothing to see: the memory opens, is empty, or could not be opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui.buttons import build_button
from app.ui.theme import Theme, icon_image, scaled_font

if TYPE_CHECKING:
    from app.ui.words import Remedy, Trouble

_WIDTH_PX = 760


class EmptyView(QWidget):
    """One calm sentence and what to do."""

    files_wanted = Signal()
    folder_wanted = Signal()
    retry_wanted = Signal()
    remedy_wanted = Signal(object)  # a ``Remedy``

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Start"))
        self._picture = QLabel()
        self.title = QLabel()
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setFont(scaled_font(self.font(), 1.7, bold=True))
        self.text = QLabel()
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setProperty("role", "soft")
        self.example = QLabel(
            self.tr("Then ask in plain words, for example: “What did the dentist say about Thursday?”")
        )
        self.example.setProperty("role", "soft")
        self.files = build_button(self.tr("Import files…"), role="primary")
        self.files.clicked.connect(self.files_wanted)
        self.folder = build_button(self.tr("Import a folder…"))
        self.folder.clicked.connect(self.folder_wanted)
        self.retry = build_button(self.tr("Try again"), role="primary")
        self.retry.clicked.connect(self.retry_wanted)
        self.remedy = build_button("", name=self.tr("What helps"))
        self.remedy.clicked.connect(lambda: self.remedy_wanted.emit(self._remedy))
        self._remedy: Remedy | None = None
        self._arrange()
        self.set_theme(theme)
        self.show_opening()

    def _arrange(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        for button in (self.files, self.folder, self.remedy, self.retry):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addStretch(2)
        for label in (self._picture, self.title, self.text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            layout.addLayout(_in_the_middle(label))
        layout.addSpacing(16)
        layout.addLayout(buttons)
        layout.addSpacing(16)
        self.example.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.example.setWordWrap(True)
        layout.addWidget(self.example)
        layout.addStretch(3)

    def set_theme(self, theme: Theme) -> None:
        """Dress again."""
        pixmap = QPixmap.fromImage(icon_image("madeleine", theme.accent, 144))
        pixmap.setDevicePixelRatio(2)
        self._picture.setPixmap(pixmap)

    def show_opening(self) -> None:
        """The memory is being opened."""
        self._say(self.tr("Opening the memory…"), self.tr("You can type your question already."))

    def show_waiting(self) -> None:
        """It is still being opened, and something was asked or dropped already."""
        self._say(self.tr("Opening the memory…"), self.tr("What you asked for follows as soon as it is open."))

    def show_slow(self) -> None:
        """It takes longer than anybody expects."""
        self.text.setText(
            self.tr("It is large, or its disk is slow: this takes longer than usual. What you ask for follows.")
        )

    def show_empty(self, *, is_live: bool = False) -> None:
        """There is nothing in it yet; ``is_live`` says whether something is being recorded."""
        text = self.tr("Drop recordings, photos, screenshots or notes anywhere on this window, or choose them.")
        if is_live:
            text = self.tr("What is recorded now appears here once it is written down. You can drop files as well.")
        self._say(self.tr("Your memory is empty"), text, imports=True)

    def show_trouble(self, trouble: Trouble) -> None:
        """It could not be opened."""
        self._say(trouble.message, trouble.hint, retry=True, remedy=trouble.remedy)

    def _say(
        self, title: str, text: str, *, imports: bool = False, retry: bool = False, remedy: Remedy | None = None
    ) -> None:
        self._remedy = remedy
        if remedy is not None:
            from app.ui.known_errors import remedy_words  # not before the first paint

            self.remedy.setText(remedy_words(remedy))
            self.remedy.setAccessibleName(remedy_words(remedy))
        self.remedy.setVisible(remedy is not None)
        self.title.setText(title)
        self.text.setText(text)
        for widget in (self.files, self.folder, self.example):
            widget.setVisible(imports)
        self.retry.setVisible(retry)


def _in_the_middle(label: QLabel) -> QHBoxLayout:
    """Lines that are not longer than reads well."""
    label.setMaximumWidth(_WIDTH_PX)
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(label, 20)
    row.addStretch(1)
    return row
