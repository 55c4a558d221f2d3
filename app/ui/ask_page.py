"""The page of questions: evidence and answer, and the moment that was opened from them.

Role: joins the controller with its views. What is shown comes from the view model, what is done from the controller.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.ui.ask_controller import AskController
from app.ui.ask_view import AskView
from app.ui.ask_view_model import AskViewModel, Phase
from app.ui.cards_model import CardsModel
from app.ui.cards_view_model import Card, has_picture, has_sound
from app.ui.fetching import find_sound, read_neighbours, read_picture, read_thumbnail, read_trail, read_wave
from app.ui.moment_view import MomentView
from app.ui.pages import Page
from app.ui.player import Player
from app.ui.task_runner import Lane, TaskRunner
from app.ui.theme import Theme
from app.ui.trail_view_model import build_steps
from app.ui.words import error_words
from memory.records import Kind, Moment

if TYPE_CHECKING:
    from app.engine import Engine


class AskPage(Page):
    """Ask, read the answer, open its evidence."""

    key = "ask"
    changed = Signal()
    example_chosen = Signal(str)
    forget_wanted = Signal(str)
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
        self._runner, self._player, self._now_us = runner, player, now_us
        self._engine: Engine | None = None
        self._is_on_trail = False  # a step was opened by a key, and the keys stay with the trail
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
        self._stack = QStackedWidget()
        self._stack.setAccessibleName(self.tr("Question or moment"))
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.moment_view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self._connect()

    def _connect(self) -> None:
        self.controller.changed.connect(self._on_changed)
        self.controller.troubled.connect(self.troubled)
        self._player.changed.connect(self.view.cards.viewport().update)
        answer, cards, delegate = self.view.answer, self.view.cards, self.view.delegate
        answer.example_chosen.connect(self.example_chosen)
        self.view.chips.removed.connect(self.controller.take_out)
        self.view.chips.time_changed.connect(self.controller.change_time)
        answer.stop_wanted.connect(self.controller.stop)
        answer.afresh_wanted.connect(self.controller.start_afresh)
        cards.play_wanted.connect(lambda moment: self.play(moment, -1.0))
        cards.open_wanted.connect(self.open_moment)
        cards.forget_wanted.connect(self.forget_wanted)
        cards.left_up.connect(self.line_wanted)
        delegate.play_clicked.connect(lambda moment: self.play(moment, -1.0))
        delegate.seek_clicked.connect(self.play)
        self.moment_view.back_wanted.connect(self.close_moment)
        self.moment_view.play_wanted.connect(self.play)
        self.moment_view.forget_wanted.connect(self.forget_wanted)
        self.moment_view.trail.opened.connect(self._open_step)

    # what every page hears ---------------------------------------------------------------------------------------
    def set_engine(self, engine: Engine) -> None:
        """See ``Page``."""
        self._engine = engine
        self.controller.set_engine(engine)

    def refresh(self) -> None:
        """See ``Page``."""
        self.controller.refresh()

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
        if self.moment_view.moment is not None and self.moment_view.picture.drop_selection():
            return True
        was_open = self.moment_view.moment is not None
        self.close_moment()
        return was_open

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
        self.changed.emit()

    # moments -----------------------------------------------------------------------------------------------------
    def _find_card(self, moment: str) -> Card | None:
        row = self.cards.find(moment)
        return self.cards.card(row) if row is not None else None

    def _find_moment(self, moment: str) -> Moment | None:
        card = self._find_card(moment)
        return card.moment if card else self.moment_view.find_moment(moment)

    def open_moment(self, moment: str) -> None:
        """Show a moment in full."""
        found, engine = self._find_moment(moment), self._engine
        if found is None or engine is None:
            return
        view = self.moment_view
        card = self._find_card(moment)
        view.show_moment(found, self._now_us(), card.matched if card else ())
        self._stack.setCurrentWidget(view)
        view.setFocus()
        self._runner.submit(
            Lane.IO, lambda _c, _r: read_neighbours(engine, found), slot="neighbours", on_result=view.set_neighbours
        )
        if found.kind is Kind.SCREENSHOT:
            self._runner.submit(
                Lane.IO, lambda _c, _r: read_trail(engine, found), slot="trail", on_result=self._show_trail
            )
        if has_picture(found):
            self._runner.submit(
                Lane.IO, lambda _c, _r: read_picture(engine, found), slot="picture", on_result=view.picture.set_image
            )
        if has_sound(found):
            self._runner.submit(
                Lane.IO, lambda _c, _r: read_wave(engine, found), slot="wave", on_result=view.sound.set_peaks
            )

    def _show_trail(self, pages: Sequence[Moment]) -> None:
        view, engine = self.moment_view, self._engine
        if view.moment is None or engine is None:
            return

        def fetch(moment: Moment, give: Callable[[Any], None]) -> None:
            self._runner.submit(Lane.IO, lambda _c, _r: read_thumbnail(engine, moment), on_result=give)

        view.trail.show_steps(build_steps(pages, view.moment), fetch)
        if self._is_on_trail:
            view.trail.list.setFocus()
        self._is_on_trail = False

    def _open_step(self, moment: str) -> None:
        """Another page of the trail; who goes through it by keys goes on there."""
        was_here = self.moment_view.trail.list.hasFocus()
        self.open_moment(moment)
        self._is_on_trail = was_here

    def close_moment(self) -> None:
        """Go back to the evidence."""
        if self.moment_view.moment is None:
            return
        for slot in ("neighbours", "picture", "wave", "trail"):
            self._runner.drop(slot)
        self.moment_view.moment = None
        had_focus = self.moment_view.hasFocus() or self.moment_view.isAncestorOf(self.focusWidget())
        self._stack.setCurrentWidget(self.view)
        if had_focus:  # who types in the line stays there
            self.view.cards.setFocus()

    def play(self, moment: str, share: float) -> None:
        """Play a moment from ``share`` of it (0 to 1), or hold and go on when ``share`` is negative."""
        if self._player.moment == moment:
            if share < 0:
                self._player.toggle()
            else:
                self._player.seek(share)
            return
        found, engine = self._find_moment(moment), self._engine
        if found is None or engine is None or found.media is None or not has_sound(found):
            return
        media = found.media

        def start(path: Path | None) -> None:
            if path is not None:
                self._player.play(
                    moment, path, offset_s=media.offset_s, length_s=media.duration_s, at_share=max(0.0, share)
                )

        self._runner.submit(
            Lane.IO,
            lambda _cancel, _report: find_sound(engine, found),
            slot="play",
            on_result=start,
            on_error=lambda error: self.troubled.emit(error_words(error)),
        )

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
