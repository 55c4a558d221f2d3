"""The page of what was missed before anything is asked: what it is for, examples, and the latest recordings."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui.example_button import ExampleButton
from app.ui.missed_view_model import recording_words
from memory.records import Session

_N_RECORDINGS = 4
_WIDTH_PX = 620


class MissedStart(QWidget):
    """Questions and recordings to begin with."""

    example_chosen = Signal(str)
    recording_chosen = Signal(str)

    def __init__(self, examples: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Begin here"))
        self._shown: object = None
        self._offered: list[ExampleButton] = []
        about = QLabel(
            self.tr(
                "A microphone array hears every direction at once, and each is written down by itself. "
                "Ask what ran beside the conversation you were in: every point plays from where it was said."
            )
        )
        about.setWordWrap(True)
        about.setProperty("role", "soft")
        self._examples = QVBoxLayout()
        self._examples.setSpacing(8)
        self._recordings = QVBoxLayout()
        self._recordings.setSpacing(8)
        self._heading = QLabel(self.tr("Recordings with several directions"))
        self._heading.setProperty("role", "soft")
        for question in examples or (self.tr("What did I miss while I was away from 2 to 4 pm?"),):
            self._examples.addWidget(
                self._button(question, self.tr("Ask: {words}"), self.example_chosen.emit, question)
            )
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addWidget(about)
        column.addLayout(self._examples)
        column.addSpacing(8)
        column.addWidget(self._heading)
        column.addLayout(self._recordings)
        box = QWidget()
        box.setLayout(column)
        box.setMaximumWidth(_WIDTH_PX)
        box.setMinimumWidth(min(_WIDTH_PX, 480))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(box, 8)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        layout.addLayout(row)
        layout.addStretch(3)
        layout.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.show_recordings(())

    @staticmethod
    def _button(words: str, name: str, tell: Callable[[str], None], what: str) -> ExampleButton:
        button = ExampleButton(words, name.format(words=words))
        button.clicked.connect(lambda _checked=False: tell(what))
        return button

    def show_recordings(self, sessions: Sequence[Session]) -> None:
        """Offer the latest recordings."""
        if sessions == self._shown:
            return
        self._shown = sessions
        for button in self._offered:
            self._recordings.removeWidget(button)
            button.deleteLater()
        self._offered.clear()
        for session in sessions[:_N_RECORDINGS]:
            words = recording_words(session)
            name = self.tr("Open the recording {words}")
            button = self._button(words, name, self.recording_chosen.emit, session.id)
            self._recordings.addWidget(button)
            self._offered.append(button)
        self._heading.setVisible(bool(sessions))
