"""The page of questions: evidence and answer, and the moment that was opened from them.

Role: joins the controller with its views. What is shown comes from the view model, what is done from the controller.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.answer_html import answer_news
from app.ui.ask_controller import AskController
from app.ui.ask_view import AskView
from app.ui.ask_view_model import AskViewModel, Phase
from app.ui.cards_model import CardsModel
from app.ui.cards_view_model import Card
from app.ui.moment_desk import MomentDesk
from app.ui.moment_stack import MomentStack
from app.ui.moment_view import MomentView
from app.ui.pages import Page
from app.ui.player import Player
from app.ui.task_runner import TaskRunner
from app.ui.theme import Theme
from memory.records import Moment

if TYPE_CHECKING:
    from app.engine import Engine


class AskPage(Page):
    """Ask, read the answer, open its evidence."""

    key = "ask"
    changed = Signal()
    example_chosen = Signal(str)
    forget_wanted = Signal(str)
    timeline_wanted = Signal(str)  # a moment is to be shown at its time
    forgotten = Signal(object)  # ids of moments that are no more

    def __init__(
        self,
        runner: TaskRunner,
        player: Player,
        *,
        now_us: Callable[[], int],
        theme: Theme,
        examples: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", "", parent)
        self.title = self.tr("Ask")
        self.line_hint = self.tr("Search, or ask a question and press Enter")
        self.setAccessibleName(self.title)
        self._player = player
        self.model = AskViewModel()
        self.controller = AskController(self.model, runner, now_us, self)
        self.cards = CardsModel(
            self.model.cards,
            fetch_picture=self.controller.fetch_picture,
            fetch_wave=self.controller.fetch_wave,
            pager=self.controller,
            parent=self,
        )
        self.view = AskView(self.cards, player, theme, examples=examples)
        self.moment_view = MomentView(player, theme)
        self.desk = MomentDesk(self.moment_view, runner, player, now_us, name=self.key, find=self._find_moment)
        self._stack = MomentStack(self.view, self.moment_view, self.desk, focus=self.view.cards)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self._connect()

    def _connect(self) -> None:
        self.controller.changed.connect(self._on_changed)
        self.controller.troubled.connect(self.troubled)
        self.controller.undoable.connect(self.undoable)
        self._player.changed.connect(self.view.cards.viewport().update)
        answer, cards, delegate = self.view.answer, self.view.cards, self.view.delegate
        answer.example_chosen.connect(self.example_chosen)
        answer.cited.connect(self.open_moment)  # the view has selected its card, for the way back
        self.view.chips.removed.connect(self.controller.take_out)
        self.view.chips.time_changed.connect(self.controller.change_time)
        answer.stop_wanted.connect(self.controller.stop)
        answer.afresh_wanted.connect(self.controller.start_afresh)
        cards.play_wanted.connect(lambda moment: self.desk.play(moment, -1.0))
        cards.open_wanted.connect(self.open_moment)
        cards.forget_wanted.connect(self.forget_wanted)
        cards.judged.connect(self.controller.judge)
        cards.left_up.connect(self.line_wanted)
        delegate.play_clicked.connect(lambda moment: self.desk.play(moment, -1.0))
        delegate.seek_clicked.connect(self.desk.play)
        self.moment_view.forget_wanted.connect(self.forget_wanted)
        self.moment_view.timeline_wanted.connect(self.timeline_wanted)
        self.desk.step_wanted.connect(self.open_moment)
        self.desk.troubled.connect(self.troubled)

    # what every page hears ---------------------------------------------------------------------------------------
    def set_engine(self, engine: Engine) -> None:
        """See ``Page``."""
        self.desk.set_engine(engine)
        self.controller.set_engine(engine)

    def refresh(self) -> None:
        """See ``Page``."""
        self.controller.refresh()

    def reread(self) -> None:
        """See ``Page``."""
        self.controller.reread()
        self.desk.reread()

    def take_typing(self, text: str) -> None:
        """See ``Page``: search."""
        self.close_moment()
        self.controller.search(text)

    def ask(self, question: str) -> None:
        """See ``Page``."""
        self.close_moment()
        self.controller.ask(question)

    def focus_content(self) -> None:
        """See ``Page``."""
        self.view.focus_cards()

    def stop(self) -> bool:
        """See ``Page``."""
        return self.controller.stop()

    def step_back(self) -> bool:
        """See ``Page``: select nothing any more, or leave the moment."""
        return self._stack.step_back()

    def copy(self) -> bool:
        """See ``Page``: the answer with its sources."""
        return self.view.answer.copy_answer()

    def set_theme(self, theme: Theme) -> None:
        """See ``Page``."""
        self.view.set_theme(theme)
        self.moment_view.set_theme(theme)
        self.view.show_model(self.model)

    @property
    def is_empty(self) -> bool:
        """Whether the memory holds nothing and nothing is asked."""
        return self.model.n_moments == 0 and self.model.phase is Phase.IDLE

    def _on_changed(self) -> None:
        self.view.show_model(self.model)
        self.tell_news(answer_news(self.model, self.view.chips.accessibleName() if self.model.chips else ""))
        self.changed.emit()

    # moments -----------------------------------------------------------------------------------------------------
    def _find_card(self, moment: str) -> Card | None:
        row = self.cards.find(moment)
        return self.cards.card(row) if row is not None else None

    def _find_moment(self, moment: str) -> Moment | None:
        card = self._find_card(moment)
        return card.moment if card else self.moment_view.find_moment(moment)

    @property
    def moment_at_hand(self) -> str | None:
        """See ``Page``: the moment that is open, else that of the selected card."""
        opened = self.moment_view.moment
        return opened.id if opened is not None else self.view.cards.current_moment()

    def open_moment(self, moment: str) -> None:
        """Show a moment in full."""
        found = self._find_moment(moment)
        if found is None:
            return
        card = self._find_card(moment)
        self._stack.open_moment(found, card.matched if card else ())

    def close_moment(self) -> None:
        """Go back to the evidence."""
        self._stack.close_moment()

    def forget(self, ids: frozenset[str]) -> None:
        """See ``Page``: what was forgotten here is off already, what was forgotten elsewhere goes now."""
        if self.moment_view.moment is not None and self.moment_view.moment.id in ids:
            self.close_moment()
        if self.model.is_busy or any(card.id in ids for card in self.model.cards.cards):
            self.controller.let_go(ids)

    def delete(self, moment: str) -> None:
        """Delete a moment everywhere."""
        if self._player.moment == moment:
            self._player.stop()

        def then() -> None:
            if self.moment_view.moment is not None and self.moment_view.moment.id == moment:
                self.close_moment()
            self.view.cards.setFocus()
            self.forgotten.emit(frozenset({moment}))

        self.controller.forget(moment, then=then)
