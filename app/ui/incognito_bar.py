"""The bar that cannot be overlooked: incognito, nothing is kept. Dark on a light window and light on a dark one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from app.ui.buttons import build_button
from app.ui.theme import Theme, scaled_font
from app.ui.words import to_local


class IncognitoBar(QFrame):
    """Shown as long as nothing is kept."""

    end_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("incognito")
        self.setAccessibleName(self.tr("Incognito"))
        self.words = QLabel()
        self.words.setFont(scaled_font(self.font(), 1.1, bold=True))
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.end = build_button(self.tr("End incognito"))
        self.end.clicked.connect(self.end_wanted)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 10, 12, 10)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.end)
        self.set_theme(theme)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Dress again: ground and letters change places."""
        self.setStyleSheet(
            f"#incognito {{ background: {theme.text}; border-radius: 12px; }}"
            f"#incognito QLabel {{ color: {theme.ground}; }}"
        )

    def show_since(self, since_us: int | None) -> None:
        """Say since when nothing is kept, or go away."""
        if since_us is not None:
            words = self.tr("Incognito since {time}: nothing is kept, neither sound nor screen.")
            self.words.setText(words.format(time=f"{to_local(since_us):%H:%M}"))
            self.setAccessibleDescription(self.words.text())
        self.setVisible(since_us is not None)
