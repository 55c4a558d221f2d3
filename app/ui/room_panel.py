"""The room of a recording: its picture, what is heard now, and the controls that play it.

Role: arranges the picture, the subtitles and the compass over one view model; what is done is told as signals.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.ui.buttons import build_button
from app.ui.compass import Compass
from app.ui.lanes_view import LanesView
from app.ui.missed_view_model import MissedViewModel
from app.ui.subtitles import Subtitles
from app.ui.theme import Theme, build_icon, icon_size
from app.ui.who_line import WhoLine
from app.ui.words import length_words


class RoomPanel(QFrame):
    """Shows the room of a ``MissedViewModel``."""

    hold_wanted = Signal()
    mix_wanted = Signal()
    mark_wanted = Signal()
    named = Signal(str)
    joined = Signal(str)
    parted = Signal()
    voices_wanted = Signal()

    def __init__(self, model: MissedViewModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.theme = theme
        self.setProperty("role", "card")
        self.setAccessibleName(self.tr("The room"))
        self.lanes = LanesView(model, theme)
        self.lanes.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.compass = Compass(model, theme)
        self.subtitles = Subtitles(model, theme)
        self.play = build_button(self.tr("Play"), role="primary")
        self.play.setFixedSize(40, 40)
        self.play.setStyleSheet("border-radius: 20px; padding: 0;")
        self.play.setIconSize(icon_size(18))
        self.play.clicked.connect(self.hold_wanted)
        self.time = QLabel()
        self.time.setProperty("role", "soft")
        self.who = build_button(self.tr("Who is this?"), role="quiet")
        self.who.setToolTip(self.tr("Name this voice, or say that it is another's (N)"))
        self.who.clicked.connect(self.open_who)
        self.who_line = WhoLine()
        self.who_line.named.connect(self.named)
        self.who_line.joined.connect(self.joined)
        self.who_line.parted.connect(self.parted)
        self.who_line.closed.connect(self.lanes.setFocus)
        self.mix = build_button(self.tr("Whole room"))
        self.mix.setCheckable(True)
        self.mix.setToolTip(self.tr("Hear all directions together, as they were recorded (M)"))
        self.mix.clicked.connect(self.mix_wanted)
        self.mark = build_button(self.tr("This is the one I followed"))
        self.mark.setToolTip(self.tr("What is told follows from it (F)"))
        self.mark.clicked.connect(self.mark_wanted)
        self._arrange()

    def _arrange(self) -> None:
        self.play.setText("")
        controls = QHBoxLayout()
        controls.setSpacing(8)
        controls.addWidget(self.play)
        controls.addSpacing(4)
        controls.addWidget(self.time)
        controls.addStretch(1)
        controls.addWidget(self.who)
        controls.addWidget(self.mix)
        controls.addWidget(self.mark)
        below = QHBoxLayout()
        below.setSpacing(16)
        below.addWidget(self.subtitles, 1)
        below.addWidget(self.compass, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(10)
        layout.addLayout(controls)
        layout.addWidget(self.who_line)
        layout.addWidget(self.lanes, 3)
        layout.addLayout(below, 2)

    def open_who(self) -> None:
        """Ask for the name of the voice that is chosen, where it is known apart from others."""
        chosen = self._model.chosen
        if chosen is not None and chosen.voice is not None:
            self._show_others()
            self.who_line.open_line(chosen.speaker or "")
            self.voices_wanted.emit()

    def _show_others(self) -> None:
        model = self._model
        self.who_line.show_others(model.other_voices(), may_be_own=model.may_be_own, can_part=model.can_part)

    def refresh(self, *, is_playing: bool) -> None:
        """Show what the view model holds now."""
        model = self._model
        self.lanes.refresh()
        has_mix = model.room is not None and model.room.mix is not None
        self.mix.setEnabled(has_mix)
        self.mix.setChecked(model.plays_mix)
        self.mark.setText(model.mark_words())
        self.mark.setAccessibleName(model.mark_words())
        self.mark.setEnabled(model.can_mark)
        chosen = model.chosen
        self.who.setVisible(chosen is not None and chosen.voice is not None)
        words = self.tr("Another name…") if chosen is not None and chosen.speaker else self.tr("Who is this?")
        self.who.setText(words)
        self.who.setAccessibleName(words)
        self._show_others()
        self.follow(is_playing=is_playing)

    def follow(self, *, is_playing: bool) -> None:
        """Follow the position alone."""
        model = self._model
        if model.room is None:
            return
        at_s = model.position_s
        words = length_words(model.selected_s() if at_s is None else at_s)
        self.time.setText(f"{words} / {length_words(model.room.length_s)}")
        self.play.setIcon(build_icon("pause" if is_playing else "play", self.theme.on_accent, size_px=18))
        self.play.setAccessibleName(self.tr("Hold") if is_playing else self.tr("Play"))
        if at_s is not None and is_playing:
            self.lanes.show_second(at_s)
        self.lanes.viewport().update()
        self.subtitles.refresh()
        self.compass.refresh()

    def set_theme(self, theme: Theme) -> None:
        """Dress again."""
        self.theme = self.lanes.theme = self.compass.theme = self.subtitles.theme = theme
        self.update()
