"""Lines to say who a voice is: its name, that it is the same person as another, or that one utterance is not its.

Role: two lines that are hidden until they are opened; what the user says is told as signals. A name is given once and
then stands on everything that this voice said.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.ui.buttons import build_button
from app.ui.refill import refill

_LONGEST_NAME = 80


class WhoLine(QWidget):
    """Hidden until it is opened; Enter saves the name."""

    named = Signal(str)
    joined = Signal(str)  # the id of the voice that is the same person
    parted = Signal()  # the chosen utterance is somebody else's
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Who is this voice?"))
        self.ask = QLabel(self.tr("Who is this voice?"))
        self.name = QLineEdit()
        self.name.setAccessibleName(self.tr("Name of this voice"))
        self.name.setPlaceholderText(self.tr("A name; it is then on all that this voice said"))
        self.name.setProperty("role", "field")
        self.name.setMaxLength(_LONGEST_NAME)
        self.name.setAcceptDrops(False)  # a dropped file is imported by the window
        self.name.returnPressed.connect(self._on_save)
        self.save = self._button(self.tr("Save"), self.tr("Save the name"), self._on_save)
        self.cancel = self._button(self.tr("Cancel"), self.tr("Do not name this voice"), self.close_line)
        self.same = QLabel(self.tr("The same as"))
        self.others = QComboBox()
        self.others.setAccessibleName(self.tr("The same person as"))
        self.others.view().setAccessibleName(self.tr("Other voices"))
        self.others.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.others.setMinimumContentsLength(16)
        self.join = self._button(self.tr("Join"), self.tr("Make one voice of the two"), self._on_join)
        self.others.currentIndexChanged.connect(lambda n: self.join.setEnabled(n >= 0))
        self.part = self._button(
            self.tr("Not this sentence"),
            self.tr("Take this sentence out of the voice, as a voice of its own"),
            self._on_part,
        )
        self._arrange()
        self.show_others(())
        self.hide()

    @staticmethod
    def _button(words: str, name: str, do: Callable[[], None]) -> QPushButton:
        button = build_button(words, name=name)
        button.clicked.connect(do)
        return button

    def _arrange(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setSpacing(8)
        first.addWidget(self.ask)
        first.addWidget(self.name, 1)
        first.addWidget(self.save)
        first.addWidget(self.cancel)
        second.addWidget(self.same)
        second.addWidget(self.others)
        second.addWidget(self.join)
        second.addStretch(1)
        second.addWidget(self.part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(first)
        layout.addLayout(second)

    def open_line(self, name: str) -> None:
        """Ask for a name; the present one can be changed."""
        self.name.setText(name)
        self.name.selectAll()
        self.show()
        self.name.setFocus()

    def show_others(
        self, others: Sequence[tuple[str, str]], *, may_be_own: bool = False, can_part: bool = True
    ) -> None:
        """Offer the voices that this one may be the same as.

        Args:
            others: Id and words of each.
            may_be_own: The voice is the nearest to the microphones again and again.
            can_part: It said more than the chosen utterance.
        """
        refill(self.others, others, anew=self.isHidden())
        for widget in (self.same, self.others, self.join):
            widget.setVisible(bool(others))
        self.part.setVisible(can_part)
        self.ask.setText(self.tr("Who is this voice? Perhaps you") if may_be_own else self.tr("Who is this voice?"))

    def close_line(self) -> None:
        """Put it away and change nothing."""
        self.hide()
        self.closed.emit()

    def _on_save(self) -> None:
        name = " ".join(self.name.text().split())
        if name:
            self.hide()
            self.named.emit(name)

    def _on_join(self) -> None:
        voice = self.others.currentData()
        if voice is not None:
            self.hide()
            self.joined.emit(voice)

    def _on_part(self) -> None:
        self.hide()
        self.parted.emit()
