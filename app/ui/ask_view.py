"""The page of a question: chips of what was understood, evidence as cards, the answer beside them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui.answer_panel import AnswerPanel
from app.ui.ask_view_model import AskViewModel, Phase
from app.ui.card_delegate import CARD_MARGIN_PX, CardDelegate
from app.ui.cards_list import CardsList
from app.ui.cards_model import CardsModel
from app.ui.chips import Chips
from app.ui.player import Player
from app.ui.theme import HEAD_GAP_PX, Theme, scaled_font

_NARROW_PX, _HIGH_PX = 860, 560


class AskView(QWidget):
    """Shows an ``AskViewModel``; side by side where there is room, one over the other where there is not."""

    def __init__(
        self,
        cards: CardsModel,
        player: Player,
        theme: Theme,
        *,
        examples: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Question"))
        self._model = cards
        self.chips = Chips(theme)
        self.heading = QLabel()
        self.heading.setFont(scaled_font(self.font(), 1.15, bold=True))
        self.tally = QLabel()
        self.tally.setProperty("role", "soft")
        self.cards = CardsList()
        self.delegate = CardDelegate(self.cards, player, theme)
        self.cards.setItemDelegate(self.delegate)
        self.cards.setModel(cards)
        self.answer = AnswerPanel(theme, examples=examples)
        self.answer.cited.connect(self.show_moment)
        self._is_idle = True
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._arrange()

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(6, 0, 8, 0)
        self.heading.setMinimumHeight(36)
        self.heading.setWordWrap(True)
        head.addWidget(self.heading, 1)
        head.addWidget(self.tally)
        left = QVBoxLayout()
        left.setSpacing(HEAD_GAP_PX - CARD_MARGIN_PX)
        left.addLayout(head)
        left.addWidget(self.cards, 1)
        self._left = QWidget()
        self._left.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(16)
        self._columns.addWidget(self._left, 3)
        self._columns.addWidget(self.answer, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.chips)
        layout.addLayout(self._columns, 1)

    def show_model(self, model: AskViewModel) -> None:
        """Show the question's state."""
        self.chips.set_chips(model.chips)
        self.heading.setText(model.heading())
        self.tally.setText(model.tally())
        self._model.refresh()
        self.answer.show_model(model)
        self._is_idle = model.phase is Phase.IDLE
        self.cards.is_judged = bool(model.question)
        self._place_answer()

    def show_moment(self, moment: str) -> None:
        """Select the card of a citation and scroll to it."""
        row = self._model.find(moment)
        if row is not None:
            self.cards.select(row)
            self.cards.setFocus()

    def focus_cards(self) -> None:
        """Go to the cards."""
        if self._model.rowCount():
            if self.cards.current_moment() is None:
                self.cards.select(0)
            self.cards.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Dress again."""
        self.chips.theme = self.delegate.theme = self.answer.theme = theme
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Put the answer on top when the window is narrow."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW_PX
        self.answer.set_room(is_there=not narrow or self.height() >= _HIGH_PX)
        wanted = QBoxLayout.Direction.BottomToTop if narrow else QBoxLayout.Direction.LeftToRight
        if self._columns.direction() != wanted:
            self._columns.setDirection(wanted)
            self._columns.setStretch(0, 1 if narrow else 3)
            self._columns.setStretch(1, 1 if narrow else 2)
            self._columns.setSpacing(8 if narrow else 16)
            self._place_answer()

    def _place_answer(self) -> None:
        narrow = self._columns.direction() == QBoxLayout.Direction.BottomToTop
        self.answer.setVisible(not (narrow and self._is_idle))  # examples may not take the cards' room
