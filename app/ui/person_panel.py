"""What one does with a voice: hear it, name it, join it with another, take out what somebody else said, forget it.

Role: widgets; what the user says is told as signals.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui.buttons import build_button, build_choice, build_field
from app.ui.people_view_model import Detail, Entry
from app.ui.people_words import amount_words
from app.ui.refill import refill
from app.ui.sample_button import SampleButton
from app.ui.theme import Theme
from memory.records import Voice

_LONGEST_NAME = 80
_N_SAMPLES = 3
ME = "me"  # as app.voices knows the user


class PersonPanel(QWidget):
    """The verbs on one voice.

    Signals:
        play_wanted: Id of a moment.
        named: A name; empty takes the name away.
        joined: Id of the voice that is the same person.
        part_wanted: Not all of it is this person.
        forget_wanted: How it sounds and what it is called are to be forgotten.
    """

    play_wanted = Signal(str)
    named = Signal(str)
    joined = Signal(str)
    part_wanted = Signal()
    forget_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("This voice"))
        self._shown: tuple[str, str | None] | None = None
        self.samples = [SampleButton(theme) for _ in range(_N_SAMPLES)]
        for sample in self.samples:
            sample.clicked.connect(lambda _checked=False, sample=sample: self._play(sample))
        self.silent = QLabel(self.tr("Nothing of this voice can be played."))
        self.silent.setProperty("role", "soft")
        self.name = build_field(
            self.tr("Name of this voice"),
            hint=self.tr("A name; it is then on all that this voice said"),
            longest=_LONGEST_NAME,
            do=self._on_save,
        )
        self.save = build_button(self.tr("Save"), name=self.tr("Save the name"), do=self._on_save)
        self.own = build_button(
            self.tr("This is me"), name=self.tr("This voice is mine"), do=lambda: self.named.emit(ME)
        )
        self.others = build_choice(self.tr("The same person as"), view_name=self.tr("Other voices"), n_letters=8)
        self.join = build_button(self.tr("Join"), name=self.tr("Make one voice of the two"), do=self._on_join)
        self.others.currentIndexChanged.connect(lambda n: self.join.setEnabled(n >= 0))
        self.part = build_button(
            self.tr("Not all of it…"),
            name=self.tr("Some of this was said by somebody else"),
            do=self.part_wanted.emit,
        )
        self.forget = build_button(
            self.tr("Forget the voice"),
            name=self.tr("Forget how it sounds and what it is called; what was said stays"),
            do=self.forget_wanted.emit,
        )
        self._arrange()

    def _arrange(self) -> None:
        rows = heard, naming, joining, parting = QHBoxLayout(), QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for row in rows:
            row.setSpacing(8)
        for sample in self.samples:
            heard.addWidget(sample, 1)
        heard.addWidget(self.silent)
        naming.addWidget(self.name, 1)
        naming.addWidget(self.save)
        naming.addWidget(self.own)
        self.same = QLabel(self.tr("The same as"))
        joining.addWidget(self.same)
        joining.addWidget(self.others, 1)
        joining.addWidget(self.join)
        parting.addStretch(1)
        parting.addWidget(self.part)
        parting.addWidget(self.forget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for row in rows:
            layout.addLayout(row)

    def show_voice(self, entry: Entry, detail: Detail, others: Sequence[Entry], now_us: int) -> None:
        """Show a voice; what is being typed stays while the voice and its name are the same."""
        voice = entry.about
        assert isinstance(voice, Voice)
        for sample, moment in zip(self.samples, [*detail.samples, None, None, None], strict=False):
            sample.setVisible(moment is not None)
            if moment is not None:
                sample.show_sample(moment)
        self.silent.setVisible(detail.is_read and not detail.samples)
        told = [(other.clue.key, f"{other.title} ({amount_words(other, now_us)})") for other in others]
        self._offer(told, anew=self._shown is None or self._shown[0] != voice.id)
        if self._shown != (voice.id, voice.name):
            self._shown = (voice.id, voice.name)
            self.name.setText(voice.name or "")
        self.part.setVisible(voice.n_moments > 1)

    def _offer(self, others: Sequence[tuple[str, str]], *, anew: bool) -> None:
        """The voices that this one may be the same as; what is chosen in the list stays while it is there."""
        refill(self.others, others, anew=anew)
        for widget in (self.same, self.others, self.join):
            widget.setVisible(bool(others))

    def show_playing(self, moment: str | None) -> None:
        """Say which of the samples is heard."""
        for sample in self.samples:
            sample.show_playing(sample.moment is not None and sample.moment.id == moment)

    def set_theme(self, theme: Theme) -> None:
        """Dress again."""
        for sample in self.samples:
            sample.theme = theme

    def _play(self, sample: SampleButton) -> None:
        if sample.moment is not None:
            self.play_wanted.emit(sample.moment.id)

    def _on_save(self) -> None:
        self.named.emit(" ".join(self.name.text().split()))

    def _on_join(self) -> None:
        voice = self.others.currentData()
        if voice is not None:
            self.joined.emit(voice)
