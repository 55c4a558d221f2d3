"""Lines to say who a voice is: its name, that it is the same person as another, or that one utterance is not its.

Role: two lines that are hidden until they are opened; what the user says is told as signals. A name is given once and
then stands on everything that this voice said.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui.buttons import build_button, build_choice, build_field
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
        self.name = build_field(
            self.tr("Name of this voice"),
            hint=self.tr("A name; it is then on all that this voice said"),
            longest=_LONGEST_NAME,
            do=self._on_save,
        )
        self.save = build_button(self.tr("Save"), name=self.tr("Save the name"), do=self._on_save)
        self.cancel = build_button(self.tr("Cancel"), name=self.tr("Do not name this voice"), do=self.close_line)
        self.same = QLabel(self.tr("The same as"))
        self.others = build_choice(self.tr("The same person as"), view_name=self.tr("Other voices"), n_letters=16)
        self.join = build_button(self.tr("Join"), name=self.tr("Make one voice of the two"), do=self._on_join)
        self.others.currentIndexChanged.connect(lambda n: self.join.setEnabled(n >= 0))
        self.part = build_button(
            self.tr("Not this sentence"),
            name=self.tr("Take this sentence out of the voice, as a voice of its own"),
            do=self._on_part,
        )
        self._arrange()
        self.show_others(())
        self.hide()

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
