"""One voice, place or application in full: what it is, what one can do with it, when there is what of it.

Role: arranges widgets and shows the view model; what the user wants is told by the signals of its parts.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui.aloud import Stack
from app.ui.buttons import build_button
from app.ui.card_delegate import CardDelegate
from app.ui.cards_list import CardsList
from app.ui.cards_model import CardsModel
from app.ui.days_strip import DaysStrip
from app.ui.parting_list import PartingList
from app.ui.people_view_model import Entry, PeopleViewModel
from app.ui.people_words import amount_words, day_span_words
from app.ui.person_panel import PersonPanel
from app.ui.place_panel import PlacePanel
from app.ui.player import Player
from app.ui.theme import HEAD_GAP_PX, Theme, scaled_font
from app.ui.words import breakable
from memory.clues import ClueKind


class EntryPanel(QWidget):
    """Shows the chosen entry."""

    ask_wanted = Signal()
    timeline_wanted = Signal()

    def __init__(self, cards: CardsModel, player: Player, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("What was chosen"))
        self._player = player
        self._cards_model = cards
        self.heading = QLabel()
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.heading.setFont(scaled_font(self.font(), 1.3, bold=True))
        self.heading.setWordWrap(True)
        self.amount = QLabel()
        self.amount.setTextFormat(Qt.TextFormat.PlainText)
        self.amount.setWordWrap(True)
        self.amount.setProperty("role", "soft")
        self.hint = QLabel()
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        self.hint.setWordWrap(True)
        self.hint.setProperty("role", "soft")
        self.ask = build_button(self.tr("Ask about it"), name=self.tr("Begin a question about it"))
        self.ask.clicked.connect(self.ask_wanted)
        self.timeline = build_button(self.tr("On the timeline"), name=self.tr("Show the newest moment on the timeline"))
        self.timeline.clicked.connect(self.timeline_wanted)
        self.person = PersonPanel(theme)
        self.place = PlacePanel()
        self.strip = DaysStrip(theme)
        self.tally = QLabel()
        self.tally.setProperty("role", "soft")
        self.cards = CardsList()
        self.cards.setAccessibleName(self.tr("Moments"))
        self.cards.setMinimumHeight(180)
        self.delegate = CardDelegate(self.cards, player, theme)
        self.cards.setItemDelegate(self.delegate)
        self.cards.setModel(cards)
        self.parting = PartingList()
        self._arrange()

    def _arrange(self) -> None:
        titles = QVBoxLayout()
        titles.setSpacing(2)
        titles.addWidget(self.heading)
        titles.addWidget(self.amount)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addLayout(titles, 1)
        head.addWidget(self.ask)
        head.addWidget(self.timeline)
        moments = QWidget()
        below = QVBoxLayout(moments)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(HEAD_GAP_PX)
        below.addWidget(self.strip)
        below.addWidget(self.tally)
        below.addWidget(self.cards, 1)
        self._moments = moments
        self._body = Stack()
        self._body.addWidget(moments)
        self._body.addWidget(self.parting)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addWidget(self.hint)
        layout.addWidget(self.person)
        layout.addWidget(self.place)
        layout.addWidget(self._body, 1)

    def show_model(self, model: PeopleViewModel, entry: Entry, now_us: int) -> None:
        """Show the chosen entry."""
        detail = model.detail
        is_voice = entry.clue.kind is ClueKind.VOICE
        self.heading.setText(breakable(entry.title))
        self.amount.setText(amount_words(entry, now_us))
        self._show_hint(model, entry)
        self.person.setVisible(is_voice and model.unlike is None)
        if is_voice:
            others = [other for other in model.voices if other.clue != entry.clue]
            self.person.show_voice(entry, detail, others, now_us)
            if model.unlike is not None:
                self.parting.show_utterances(model.unlike, entry.n_moments, others, now_us)
        is_place = entry.clue.kind is ClueKind.PLACE
        self.place.setVisible(is_place)
        if is_place:
            self.place.show_place(entry, detail, model.find_own(entry.clue.key))
        self._show_body(self.parting if model.unlike is not None else self._moments)
        self.strip.show_days(detail.days, model.span)
        self.strip.setVisible(bool(detail.days))
        self.tally.setText(day_span_words(model.span) or self.tr("All moments, the newest first"))
        self._cards_model.refresh()
        self.show_playing()

    def _show_body(self, wanted: QWidget) -> None:
        if self._body.currentWidget() is not wanted:
            self._body.setCurrentWidget(wanted)
            (self.parting.list if wanted is self.parting else self.person.part).setFocus()

    def _show_hint(self, model: PeopleViewModel, entry: Entry) -> None:
        nearest = model.nearest
        is_own = nearest is not None and entry.clue.kind is ClueKind.VOICE and nearest.voice == entry.clue.key
        if nearest is not None and is_own:
            words = self.tr("Perhaps you: the nearest to the microphones in {n} of {of} recordings with others.")
            self.hint.setText(words.format(n=nearest.n_nearest, of=nearest.n_recordings))
        self.hint.setVisible(is_own)

    def show_playing(self) -> None:
        """Say what is heard."""
        self.person.show_playing(self._player.moment if self._player.playing else None)
        self.cards.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        """Dress again."""
        self.strip.theme = self.delegate.theme = theme
        self.person.set_theme(theme)
        self.update()
