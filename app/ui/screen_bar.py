"""The bar of keeping the screen: what is kept, why nothing is, pause and stop."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui.buttons import build_button
from app.ui.pause_controller import PauseMenu
from app.ui.screen_view_model import ScreenViewModel
from app.ui.theme import Theme, build_icon, icon_size, scaled_font, set_role


class ScreenBar(QFrame):
    """Shows a ``ScreenViewModel``."""

    pause_wanted = Signal(bool)
    stop_wanted = Signal()
    close_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_paused = False
        self.setAccessibleName(self.tr("Keeping the screen"))
        self.title = QLabel()
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setFont(scaled_font(self.font(), 1.0, bold=True))
        self.detail = QLabel()
        self.detail.setTextFormat(Qt.TextFormat.PlainText)
        self.detail.setProperty("role", "soft")
        self.detail.setWordWrap(True)
        self.pause = build_button(self.tr("Pause"), name=self.tr("Pause keeping the screen"))
        self.pause.clicked.connect(lambda: self.pause_wanted.emit(not self._is_paused))
        self.pause_for = build_button("", name=self.tr("Pause sound and screen for a while"))
        self.lengths = PauseMenu(self)
        self.pause_for.setMenu(self.lengths)
        self.stop = build_button(self.tr("Stop"), name=self.tr("Stop keeping the screen"))
        self.stop.clicked.connect(self.stop_wanted)
        self.dismiss = build_button("", name=self.tr("Close the screen bar"), role="quiet")
        self.dismiss.clicked.connect(self.close_wanted)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.detail)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 10, 12, 10)
        layout.setSpacing(10)
        layout.addLayout(words, 1)
        for button in (self.pause, self.pause_for, self.stop, self.dismiss):
            layout.addWidget(button)
        self.set_theme(theme)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Dress again."""
        self.dismiss.setIcon(build_icon("close", theme.soft))
        self.dismiss.setIconSize(icon_size())
        self.pause_for.setIcon(build_icon("clock", theme.text))
        self.pause_for.setIconSize(icon_size())
        self.stop.setIcon(build_icon("stop", theme.text, size_px=16))

    def show_model(self, model: ScreenViewModel) -> None:
        """Show how it stands."""
        self._is_paused = model.is_paused
        self.title.setText(model.title())
        self.detail.setText(model.detail())
        self.setAccessibleDescription(f"{model.title()}. {model.detail()}")
        words = self.tr("Go on") if model.is_paused else self.tr("Pause")
        self.pause.setText(words)
        name = self.tr("Go on keeping the screen") if model.is_paused else self.tr("Pause keeping the screen")
        self.pause.setAccessibleName(name)
        self.pause.setVisible(model.is_on and not model.is_incognito)
        self.pause_for.setVisible(model.is_on and not model.is_paused)
        self.stop.setVisible(model.is_on)
        self.stop.setEnabled(not model.is_busy)
        self.dismiss.setVisible(not model.is_on)
        set_role(self, "trouble" if model.is_red else "strip")
        self.setVisible(model.is_shown)
