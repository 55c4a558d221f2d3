"""The dialog of "remember this": a note is typed or said; the screen behind the window is kept with it.

Role: shows and asks. What it wants of a microphone it says by signals (``join`` ties them); it knows no engine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QProgressBar, QVBoxLayout, QWidget

from app.ui.buttons import build_button
from app.ui.theme import Theme, build_icon, icon_size, set_role
from app.ui.words import error_words

if TYPE_CHECKING:
    from app.spoken import Loudness
    from app.ui.remember_controller import RememberController
    from ingest.spoken import Heard

_WIDTH_PX = 460
_FULL = 100
_MARGIN_PX = 10  # within the frame of a trouble


class RememberDialog(QDialog):
    """Asks what to remember."""

    speak_wanted = Signal()
    stop_wanted = Signal()
    given = Signal(str, list)  # the note, and the keys of what was said
    let_go = Signal(list)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._heard: list[str] = []
        self._heard_s = 0.0
        self._is_listening = self._is_given = False
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Remember this"))
        self.setAccessibleName(self.tr("Remember this"))
        self.words = QLabel(self.tr("A note, if you like. It is kept with the screen behind this window."))
        self.words.setWordWrap(True)
        self.note = QLineEdit()
        self.note.setProperty("role", "field")
        self.note.setAccessibleName(self.tr("Note"))
        self.note.setPlaceholderText(self.tr("Type it, or say it"))
        self.speak = build_button(self.tr("&Speak"), name=self.tr("Say the note (Alt+S)"))
        self.speak.setIconSize(icon_size())
        self.speak.setAutoDefault(False)
        self.speak.clicked.connect(self._on_speak)
        self.level = QProgressBar()
        self.level.setRange(0, _FULL)
        self.level.setTextVisible(False)
        policy = self.level.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # the button keeps its place
        self.level.setSizePolicy(policy)
        self.level.setAccessibleName(self.tr("How loud it is"))
        self.told = QLabel()
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setWordWrap(True)
        self.told.setProperty("role", "soft")
        self.cancel = build_button(self.tr("Cancel"))
        self.cancel.setAutoDefault(False)
        self.cancel.clicked.connect(self.reject)
        self.accept_button = build_button(self.tr("Remember"), role="primary")
        self.accept_button.setDefault(True)
        self.accept_button.clicked.connect(self.accept)
        self.rejected.connect(lambda: self.let_go.emit(self._heard))
        self._arrange()
        self._show_listening(False)

    def _arrange(self) -> None:
        saying = QHBoxLayout()
        saying.setSpacing(12)
        saying.addWidget(self.speak)
        saying.addWidget(self.level, 1)
        answers = QHBoxLayout()
        answers.addStretch(1)
        answers.addWidget(self.cancel)
        answers.addWidget(self.accept_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        for widget in (self.words, self.note):
            layout.addWidget(widget)
        layout.addLayout(saying)
        layout.addWidget(self.told)
        layout.addLayout(answers)
        self.setMinimumWidth(_WIDTH_PX)

    def show_loudness(self, loudness: Loudness) -> None:
        """How loud it is, and how long it has been listened."""
        if self._is_listening:
            # Ears hear a tenth of the power as half as loud; the root of the peak comes near to that.
            self.level.setValue(round(_FULL * min(1.0, loudness.peak) ** 0.5))
            self._tell(self.tr("Listening: {n} s. It ends when you are silent.").format(n=int(loudness.seconds)))

    def take_heard(self, heard: Heard) -> None:
        """What was said is on disk."""
        self._heard.append(heard.key)
        self._heard_s += heard.duration_s
        self._show_listening(False)
        told = self.tr("{n} s of sound. It is kept once you press Remember, and its words are read then.").format(
            n=round(self._heard_s)
        )
        if not heard.was_loud:
            told += " " + self.tr("Hardly anything was heard.")
        self._tell(told)
        if self._is_given:
            self.accept()

    def take_unheard(self, error: BaseException) -> None:
        """Nothing was heard, and why; typing still works."""
        trouble = error_words(error)
        self._show_listening(False)
        self._tell(trouble.line, is_trouble=True)
        self._is_given = False
        self.note.setFocus()

    def accept(self) -> None:
        """Hand on what is to be remembered; what is being said is waited for."""
        if self._is_listening:
            self._is_given = True
            self.stop_wanted.emit()
            return
        self.given.emit(self.note.text(), self._heard)
        super().accept()

    def _on_speak(self) -> None:
        if self._is_listening:
            self.stop_wanted.emit()
            return
        self._show_listening(True)
        self._tell(self.tr("Listening…"))
        self.speak_wanted.emit()

    def _show_listening(self, is_listening: bool) -> None:
        self._is_listening = is_listening
        self.speak.setText(self.tr("&Stop") if is_listening else self.tr("&Speak"))
        self.speak.setAccessibleName(self.tr("Stop listening") if is_listening else self.tr("Say the note (Alt+S)"))
        self.speak.setIcon(build_icon("stop" if is_listening else "record", self._theme.trouble))
        self.level.setVisible(is_listening)
        self.level.setValue(0)

    def _tell(self, words: str, *, is_trouble: bool = False) -> None:
        self.told.setText(words)
        self.told.setMargin(_MARGIN_PX if is_trouble else 0)
        set_role(self.told, "trouble" if is_trouble else "soft")


def join(dialog: RememberDialog, controller: RememberController) -> None:
    """Let a dialog be listened through for as long as it is there."""
    controller.loudness.connect(dialog.show_loudness)
    controller.heard.connect(dialog.take_heard)
    controller.unheard.connect(dialog.take_unheard)
    dialog.speak_wanted.connect(controller.listen)
    dialog.stop_wanted.connect(controller.stop)
    dialog.let_go.connect(controller.let_go)
