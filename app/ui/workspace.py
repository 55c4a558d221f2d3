"""What lies under the line: pages, the lanes behind them, player, import bar; it joins views and controllers.

Role: arranges and connects. What is shown comes from view models, what is done from controllers.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.ui.ask_controller import AskController
from app.ui.ask_view import AskView
from app.ui.ask_view_model import AskViewModel, Phase
from app.ui.cards_model import CardsModel
from app.ui.cards_view_model import Card, has_picture, has_sound
from app.ui.empty_view import EmptyView
from app.ui.fetching import find_sound, read_neighbours, read_picture, read_wave
from app.ui.import_bar import ImportBar
from app.ui.import_controller import ImportController
from app.ui.import_view_model import ImportViewModel
from app.ui.moment_view import MomentView
from app.ui.notice import Notice
from app.ui.player import Player, Sound
from app.ui.search_line import SearchLine
from app.ui.task_runner import Lane, TaskRunner
from app.ui.theme import Theme
from app.ui.words import Trouble, error_words
from memory.records import Moment

if TYPE_CHECKING:
    from app.engine import Engine

_log = logging.getLogger(__name__)
_LANES_LIMIT_S = 8.0
_CLOSE_LIMIT_S = 8.0
_IDLE_LOOK_MS = 60_000


class Workspace(QWidget):
    """Everything below the line."""

    opened = Signal()

    def __init__(
        self,
        engine_factory: Callable[[], Engine],
        *,
        line: SearchLine,
        notice: Notice,
        empty_view: EmptyView,
        sound: Sound | None,
        now_us: Callable[[], int],
        theme: Theme,
    ) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Workspace"))
        self._engine_factory = engine_factory
        self._now_us = now_us
        self.line, self.notice, self.empty_view = line, notice, empty_view
        self.engine: Engine | None = None
        self.runner = TaskRunner(self)
        self.player = Player(self, sound=sound)
        self.ask_model, self.import_model = AskViewModel(), ImportViewModel()
        self.ask = AskController(self.ask_model, self.runner, now_us, self)
        self.imports = ImportController(self.import_model, self.runner, self)
        self._idle_look = QTimer(self)
        self._idle_look.setInterval(_IDLE_LOOK_MS)
        self._build(theme)
        self._connect()
        self.show_page()

    # building ----------------------------------------------------------------------------------------------------
    def _build(self, theme: Theme) -> None:
        self.cards = CardsModel(
            self.ask_model.cards,
            fetch_picture=self.ask.fetch_picture,
            fetch_wave=self.ask.fetch_wave,
            pager=self.ask,
            parent=self,
        )
        self.ask_view = AskView(self.cards, self.player, theme)
        self.moment_view = MomentView(self.player, theme)
        self.import_bar = ImportBar(theme)
        self.pages = QStackedWidget()
        self.pages.setAccessibleName(self.tr("Pages"))
        for view in (self.empty_view, self.ask_view, self.moment_view):
            self.pages.addWidget(view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.pages, 1)
        layout.addWidget(self.import_bar)

    def _connect(self) -> None:
        self.line.typed.connect(self._on_typed)
        self.line.asked.connect(self.ask_now)
        self.line.left_down.connect(self.ask_view.focus_cards)
        self.empty_view.retry_wanted.connect(self.open_memory)
        self.ask.changed.connect(self._on_question_changed)
        self.ask.troubled.connect(self.notice.show_trouble)
        self._connect_views()
        self.import_bar.stop_wanted.connect(self.imports.stop)
        self.imports.changed.connect(lambda: self.import_bar.show_model(self.import_model))
        self.imports.done.connect(self.ask.refresh)
        self.player.changed.connect(self.ask_view.cards.viewport().update)
        self.player.failed.connect(lambda words: self.notice.show_trouble(Trouble(words)))
        self._idle_look.timeout.connect(self._on_idle_look)

    def _connect_views(self) -> None:
        answer, cards, delegate = self.ask_view.answer, self.ask_view.cards, self.ask_view.delegate
        answer.example_chosen.connect(self._on_example)
        answer.stop_wanted.connect(self.ask.stop)
        cards.play_wanted.connect(lambda moment: self.play(moment, -1.0))
        cards.open_wanted.connect(self.open_moment)
        cards.forget_wanted.connect(self.confirm_forget)
        cards.left_up.connect(self.focus_line)
        delegate.play_clicked.connect(lambda moment: self.play(moment, -1.0))
        delegate.seek_clicked.connect(self.play)
        self.moment_view.back_wanted.connect(self.close_moment)
        self.moment_view.play_wanted.connect(self.play)
        self.moment_view.forget_wanted.connect(self.confirm_forget)

    def set_theme(self, theme: Theme) -> None:
        """Dress again."""
        for view in (self.ask_view, self.moment_view, self.import_bar):
            view.set_theme(theme)
        self.ask_view.show_model(self.ask_model)

    # opening and closing -----------------------------------------------------------------------------------------
    def open_memory(self) -> None:
        """Open the memory in a lane."""
        self.empty_view.show_opening()
        factory = self._engine_factory
        self.runner.submit(
            Lane.STORE,
            lambda _cancel, _report: factory(),
            slot="open",
            on_result=self._on_opened,
            on_error=lambda error: self.empty_view.show_trouble(error_words(error)),
        )

    def _on_opened(self, engine: Engine) -> None:
        self.engine = engine
        self.ask.set_engine(engine)
        self.imports.set_engine(engine)
        self._idle_look.start()
        self.opened.emit()

    def _on_idle_look(self) -> None:
        engine = self.engine
        if engine is not None:
            self.runner.submit(Lane.IO, lambda _cancel, _report: engine.unload_idle(), slot="unload")

    def shut_down(self) -> bool:
        """Stop sound, refuse new work, cancel, join the lanes, close the memory (style.md, Qt 5).

        Returns:
            Whether each step ended within its time limit.
        """
        self._idle_look.stop()
        self.player.stop()
        in_time = self.runner.shutdown(_LANES_LIMIT_S)
        _log.info("lanes joined: %s", in_time)
        engine, self.engine = self.engine or self.runner.take_late("open"), None
        if engine is not None:
            closing = threading.Thread(target=engine.close, name="close-engine", daemon=True)
            closing.start()
            closing.join(_CLOSE_LIMIT_S)
            in_time = in_time and not closing.is_alive()
            _log.info("memory closed: %s", not closing.is_alive())
        return in_time

    # the line ----------------------------------------------------------------------------------------------------
    def focus_line(self) -> None:
        """Go to the line and select what stands there."""
        self.line.setFocus()
        self.line.selectAll()

    def ask_now(self, question: str) -> None:
        """Ask what stands in the line."""
        if not question:
            self.line.setFocus()
            return
        self.close_moment()
        self.notice.put_away()
        self.ask.ask(question)

    def step_back(self) -> None:
        """Esc: put away, stop, go back or clear, whichever comes first."""
        if self.notice.isVisible():
            self.notice.put_away()
        elif self.ask.stop():
            return
        elif self.moment_view.moment is not None:
            self.close_moment()
        elif self.line.text():
            self.line.clear()
            self.ask.search("")
            self.line.setFocus()

    def _on_typed(self, text: str) -> None:
        self.close_moment()
        self.ask.search(text)

    def _on_example(self, question: str) -> None:
        self.line.setText(question)
        self.ask_now(question)

    def _on_question_changed(self) -> None:
        self.ask_view.show_model(self.ask_model)
        self.show_page()

    def show_page(self) -> None:
        """Show the page that fits: the moment, the start, or the question."""
        if self.moment_view.moment is not None:
            self.pages.setCurrentWidget(self.moment_view)
        elif self.engine is None or self.ask_model.n_moments is None:
            self.pages.setCurrentWidget(self.empty_view)
        elif self.ask_model.n_moments == 0 and self.ask_model.phase is Phase.IDLE:
            self.empty_view.show_empty()
            self.pages.setCurrentWidget(self.empty_view)
        else:
            self.pages.setCurrentWidget(self.ask_view)

    # moments -----------------------------------------------------------------------------------------------------
    def _find_card(self, moment: str) -> Card | None:
        row = self.cards.find(moment)
        return self.cards.card(row) if row is not None else None

    def _find_moment(self, moment: str) -> Moment | None:
        card = self._find_card(moment)
        return card.moment if card else self.moment_view.find_moment(moment)

    def open_moment(self, moment: str) -> None:
        """Show a moment in full."""
        found, engine = self._find_moment(moment), self.engine
        if found is None or engine is None:
            return
        view = self.moment_view
        card = self._find_card(moment)
        view.show_moment(found, self._now_us(), card.matched if card else ())
        self.show_page()
        view.setFocus()
        self.runner.submit(
            Lane.IO, lambda _c, _r: read_neighbours(engine, found), slot="neighbours", on_result=view.set_neighbours
        )
        if has_picture(found):
            self.runner.submit(
                Lane.IO, lambda _c, _r: read_picture(engine, found), slot="picture", on_result=view.picture.set_image
            )
        if has_sound(found):
            self.runner.submit(
                Lane.IO, lambda _c, _r: read_wave(engine, found), slot="wave", on_result=view.sound.set_peaks
            )

    def close_moment(self) -> None:
        """Go back to the evidence."""
        if self.moment_view.moment is None:
            return
        for slot in ("neighbours", "picture", "wave"):
            self.runner.drop(slot)
        self.moment_view.moment = None
        self.show_page()
        self.ask_view.cards.setFocus()

    def play(self, moment: str, share: float) -> None:
        """Play a moment from ``share`` of it (0 to 1), or hold and go on when ``share`` is negative."""
        if self.player.moment == moment:
            if share < 0:
                self.player.toggle()
            else:
                self.player.seek(share)
            return
        found, engine = self._find_moment(moment), self.engine
        if found is None or engine is None or found.media is None or not has_sound(found):
            return
        media = found.media

        def start(path: Path | None) -> None:
            if path is not None:
                self.player.play(
                    moment, path, offset_s=media.offset_s, length_s=media.duration_s, at_share=max(0.0, share)
                )

        self.runner.submit(
            Lane.IO,
            lambda _cancel, _report: find_sound(engine, found),
            slot="play",
            on_result=start,
            on_error=lambda error: self.notice.show_trouble(error_words(error)),
        )

    def confirm_forget(self, moment: str) -> None:
        """Ask in the page before a moment is deleted."""
        words = Trouble(self.tr("Forget this moment?"), self.tr("It is deleted everywhere and cannot be brought back."))
        self.notice.ask(words, act=self.tr("Forget"), keep=self.tr("Keep"), do=lambda: self._forget(moment))

    def _forget(self, moment: str) -> None:
        if self.player.moment == moment:
            self.player.stop()

        def then() -> None:
            if self.moment_view.moment is not None and self.moment_view.moment.id == moment:
                self.close_moment()
            self.ask_view.cards.setFocus()

        self.ask.forget(moment, then=then)
