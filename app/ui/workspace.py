"""What lies under the line: the pages, the lanes behind them, player, bars; opening and closing the memory.

Role: arranges and connects. What a page shows and does is its own affair; here is only what all of them share.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.aloud import Stack
from app.ui.ask_page import AskPage
from app.ui.attention import Attention
from app.ui.capture_controller import DeskFactory
from app.ui.capturing import Capturing
from app.ui.empty_view import EmptyView
from app.ui.import_bar import ImportBar
from app.ui.import_controller import ImportController
from app.ui.import_view_model import ImportViewModel
from app.ui.library_page import LibraryPage, open_folder
from app.ui.missed_page import MissedPage
from app.ui.notice import Notice
from app.ui.opening import Opening
from app.ui.pages import Page, Pages
from app.ui.people_page import PeoplePage
from app.ui.player import Player, Sound
from app.ui.questions import Questions
from app.ui.remember_controller import RememberController
from app.ui.screen_controller import ScreenDeskFactory
from app.ui.search_line import SearchLine
from app.ui.settings_page import SettingsPage
from app.ui.sight_controller import SightController
from app.ui.task_runner import Lane, TaskRunner
from app.ui.theme import Theme
from app.ui.timeline_page import TimelinePage
from app.ui.undo import Step, UndoStack
from app.ui.welcome_controller import WelcomeController
from app.ui.welcome_view import WelcomeView
from app.ui.words import Remedy, Trouble, error_words
from recall.followed import asks_what_was_missed

if TYPE_CHECKING:
    from app.engine import Engine
    from app.remember import Remembered
    from reflect.event_words import Worded

_log = logging.getLogger(__name__)
_LANES_LIMIT_S = 8.0
_CLOSE_LIMIT_S = 8.0
_IDLE_LOOK_MS = 60_000
_TITLES = "titles"
_LONGEST_NOTE = 20_000  # letters


class Workspace(QWidget):
    """Everything below the line."""

    opened = Signal()
    settings_changed = Signal()  # by this window or by the command line
    memory_changed = Signal(object)  # by the command line; ids of what is gone

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
        examples: Sequence[str] = (),
        desk_factory: DeskFactory | None = None,
        screen_factory: ScreenDeskFactory | None = None,
        home: Path | None = None,
    ) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Workspace"))
        self._home = home
        self.line, self.notice, self.empty_view = line, notice, empty_view
        self.engine: Engine | None = None
        self.runner = TaskRunner(self)
        self.opening = Opening(self.runner, empty_view, engine_factory, self)
        self.player = Player(self, sound=sound)
        self.asking = AskPage(self.runner, self.player, now_us=now_us, theme=theme, examples=examples)
        beside = [question for question in examples if asks_what_was_missed(question)]
        self.missing = MissedPage(self.runner, self.player, now_us=now_us, theme=theme, examples=beside)
        self.timeline = TimelinePage(self.runner, self.player, now_us=now_us, theme=theme)
        self.people = PeoplePage(self.runner, self.player, now_us=now_us, theme=theme)
        self.sight = SightController(self.runner, notice, self)
        self.import_model = ImportViewModel()
        self.imports = ImportController(self.import_model, self.runner, self)
        self.library = LibraryPage(self.runner, self.imports, theme=theme)
        self.settings = SettingsPage(self.runner, theme=theme)
        self.capturing = Capturing(
            self.runner,
            theme,
            ensure=lambda source, go_on: self.welcome.ensure(source, go_on),
            desk_factory=desk_factory,
            screen_factory=screen_factory,
            parent=self,
        )
        self.remembering = RememberController(self.runner, self)
        self.welcome = WelcomeController(WelcomeView(theme), self.runner, notice, self.capturing.capture, self)
        self.questions = Questions(
            notice,
            self.runner,
            delete=self.asking.delete,
            forget_asked=self.asking.controller.forget_asked,
            remove_model=self.settings.model_controller.remove,
            parent=self,
        )
        self.undo = UndoStack(self)
        self.undo.pushed.connect(self._offer_undo)
        self.undo.passed.connect(self.notice.withdraw)
        self._attention = Attention(self._on_attention, self)
        self._idle_look = QTimer(self)
        self._idle_look.setInterval(_IDLE_LOOK_MS)
        self._is_live = False  # something is being recorded
        self._build(theme)
        self._connect()
        self.show_page()

    # building ----------------------------------------------------------------------------------------------------
    def _build(self, theme: Theme) -> None:
        self.pages = Pages()
        for page in (self.asking, self.missing, self.timeline, self.people, self.library, self.settings):
            self.pages.add(page)
        self.import_bar = ImportBar(theme)
        self._stack = Stack()
        self._stack.addWidget(self.empty_view)
        self._stack.addWidget(self.pages)
        self._stack.addWidget(self.welcome.view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        for bar in self.capturing.bars:
            layout.addWidget(bar)
        layout.addWidget(self.pages.tabs)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.import_bar)

    def _connect(self) -> None:
        self.line.typed.connect(lambda text: self.pages.current.take_typing(text))
        self.line.asked.connect(self.ask_now)
        self.line.left_down.connect(lambda: self.pages.current.focus_content())
        self.empty_view.retry_wanted.connect(self.open_memory)
        self.imports.changed.connect(self.opening.note_asked)
        self.opening.opened.connect(self._on_opened)
        answer, failed, bar = self.asking.view.answer, self.library.failed, self.capturing.capture_bar
        for wanting in (self.empty_view, self.notice, answer, failed, self.import_bar, bar):
            wanting.remedy_wanted.connect(self._on_remedy)
        for page in self.pages:
            page.troubled.connect(self.notice.show_trouble)
            page.line_wanted.connect(self.focus_line)
            page.undoable.connect(self.undo.push)
        self.pages.turned.connect(self._on_turned)
        self.asking.changed.connect(self.show_page)
        for page in (self.asking, self.missing):
            page.example_chosen.connect(self._on_example)
        for page in (self.asking, self.timeline, self.people):
            page.forget_wanted.connect(self.questions.confirm_forget)
        self.timeline.ask_wanted.connect(self._ask_about_time)
        self.asking.timeline_wanted.connect(self._show_on_timeline)
        self.asking.forgotten.connect(self._on_forgotten)
        for page in (self.missing, self.people):
            page.renamed.connect(self._on_renamed)
            page.renamed.connect(self._take_in_names)
        for desk in (self.asking.desk, self.timeline.desk, self.people.desk):
            desk.corrected.connect(self._on_renamed)
        self.people.voice_forget_wanted.connect(self.questions.confirm_forget_voice)
        self.people.ask_wanted.connect(self._begin_question)
        self.people.timeline_wanted.connect(self._show_on_timeline)
        self.missing.ask_instead_wanted.connect(self._ask_instead)
        self.library.setting_wanted.connect(self._show_setting)
        self.settings.library_wanted.connect(lambda: self.pages.show_page(self.library.key))
        self.settings.controller.loss_found.connect(self.questions.confirm_loss)
        self.settings.controller.channels_dropped.connect(self.missing.controller.reread)
        self.settings.model_remove_wanted.connect(self.questions.confirm_remove)
        self.settings.model_came.connect(self.imports.resume)
        self.settings.incognito_wanted.connect(self.capturing.toggle_incognito)
        self.capturing.incognito_changed.connect(lambda _is_on: self.settings.show_incognito())
        self.import_bar.stop_wanted.connect(self.imports.stop)
        self.import_bar.resume_wanted.connect(self.imports.resume)
        self.imports.changed.connect(lambda: self.import_bar.show_model(self.import_model))
        self.imports.done.connect(self.refresh)
        self.player.failed.connect(lambda words: self.notice.show_trouble(Trouble(words)))
        self._idle_look.timeout.connect(self._on_idle_look)
        self.capturing.brought_in.connect(self.refresh)
        self.capturing.capture_changed.connect(self._on_live)
        self.capturing.screen_changed.connect(self._on_live)
        self.capturing.failed.connect(self._on_trouble)
        self.settings_changed.connect(self._on_settings, Qt.ConnectionType.QueuedConnection)
        self.memory_changed.connect(self._on_memory, Qt.ConnectionType.QueuedConnection)
        self.welcome.changed.connect(self.show_page)
        self.welcome.withdrawn.connect(self.capturing.withdraw)
        self.welcome.view.folder_wanted.connect(self.empty_view.folder_wanted)
        self.welcome.view.record_wanted.connect(self._on_record_from_welcome)
        self.remembering.remembered.connect(self._on_remembered)
        self.remembering.noted.connect(self._on_noted)
        self.remembering.troubled.connect(self._on_trouble)

    def set_theme(self, theme: Theme) -> None:
        """Dress again."""
        self.import_bar.set_theme(theme)
        self.capturing.set_theme(theme)
        self.welcome.view.set_theme(theme)
        for page in self.pages:
            page.set_theme(theme)

    # opening and closing -----------------------------------------------------------------------------------------
    def open_memory(self) -> None:
        """Open the memory in a lane."""
        self.opening.begin()

    def _on_remedy(self, remedy: Remedy) -> None:
        """Do what the button beside a trouble says."""
        if remedy is Remedy.MODELS:
            self.pages.show_page(self.settings.key)
            self.settings.show_models()
        elif remedy is Remedy.FOLDER and self._home is not None:
            open_folder(self._home)
        elif remedy is Remedy.DEFAULTS and self._home is not None:
            from app.settings import put_aside

            try:
                put_aside(self._home)
            except OSError as error:
                self.empty_view.show_trouble(error_words(error))
            else:
                self.open_memory()

    def _on_opened(self, engine: Engine) -> None:
        self.engine = engine
        self.questions.set_engine(engine)
        for page in self.pages:
            page.set_engine(engine)
        self.imports.set_engine(engine)
        self.remembering.set_engine(engine)
        self.welcome.set_engine(engine)
        self.capturing.set_engine(engine)
        engine.hear_settings(self.settings_changed.emit)
        engine.quiet.watch(lambda: not self.imports.is_idle)
        self._attention.watch(self.window().windowHandle())
        engine.hear_changes(self.memory_changed.emit)
        self._idle_look.start()
        self.opened.emit()

    def refresh(self) -> None:
        """The memory has changed: let each page look again."""
        for page in self.pages:
            page.refresh()

    def _on_renamed(self) -> None:
        """A voice or a place has another name: it stands on every page."""
        self.refresh()
        for page in self.pages:
            page.reread()

    def _take_in_names(self) -> None:
        """Let search and events know the names that a page gave; nobody waits for it."""
        engine = self.engine
        if engine is not None:
            self.runner.submit(Lane.INGEST, lambda _cancel, _report: engine.take_in_names(), on_error=self._on_trouble)

    def tell_sight(self) -> None:
        """Say how photos are found, and what is missing to find them better; fetch it where the user wants that."""
        if self.engine is not None:
            self.sight.tell(self.engine)

    def _on_idle_look(self) -> None:
        engine = self.engine
        if engine is not None:
            self.runner.submit(Lane.BEHIND, lambda cancel, _report: engine.unload_idle(cancel), slot="unload")
        if engine is not None and not self.runner.is_busy(_TITLES):
            self.runner.submit(
                Lane.IDLE, lambda cancel, _report: engine.titles.improve(cancel), slot=_TITLES, on_result=self._on_named
            )

    def _on_attention(self) -> None:
        """Somebody is here: what was begun by the way ends at its next token."""
        if self.engine is not None:
            self.engine.quiet.touch()

    def _on_named(self, done: Worded) -> None:
        if done.n_titles or done.n_summaries:
            self.timeline.refresh()

    def shut_down(self) -> bool:
        """Stop recording and sound, refuse new work, cancel, join the lanes, close the memory (style.md, Qt 5).

        Returns:
            Whether each step ended within its time limit.
        """
        self._idle_look.stop()
        self.opening.stop()
        self.player.stop()
        in_time = self.capturing.stop_recording()
        in_time = self.runner.shutdown(_LANES_LIMIT_S) and in_time
        _log.info("lanes joined: %s", in_time)
        in_time = self.capturing.shut_down() and in_time
        engine, self.engine = self.engine or self.opening.take_late(), None
        if engine is not None:
            closing = threading.Thread(target=engine.close, name="close-engine", daemon=True)
            closing.start()
            closing.join(_CLOSE_LIMIT_S)
            in_time = in_time and not closing.is_alive()
            _log.info("memory closed: %s", not closing.is_alive())
        return in_time

    def _on_record_from_welcome(self) -> None:
        self.welcome.leave()
        self.capturing.toggle_recording()

    def keep_words(self, words: str) -> None:
        """Keep words that were dropped as a note."""
        if len(words) > _LONGEST_NOTE:
            self.notice.show_trouble(
                Trouble(self.tr("That is too long for a note."), self.tr("Save it as a text file and drop that."))
            )
        elif words.strip():
            self.remembering.keep_words(words)

    def _on_noted(self, done: Remembered) -> None:
        def show() -> None:
            self._show_on_timeline(done.moments[0])

        self.notice.offer(Trouble(self.tr("Kept as a note.")), act=self.tr("Show it"), do=show)
        self.refresh()

    def refuse_address(self) -> None:
        """Something was dropped that lies on the network, or a picture that is no file."""
        words = Trouble(
            self.tr("Madeleine opens no addresses, and a picture without a file has no time."),
            self.tr("Save it as a file and drop that. Words can be dropped as they are: they are kept as a note."),
        )
        self.notice.show_trouble(words)

    def tell_addresses_stay(self) -> None:
        """Addresses were dropped together with files, which are imported."""
        words = Trouble(
            self.tr("The files are imported. Addresses are not fetched: nothing leaves or enters by the network."),
            self.tr("What lies there can be saved as a file and dropped."),
        )
        self.notice.show_trouble(words)

    def _on_remembered(self, done: Remembered) -> None:
        hint = ". ".join(reason[0].upper() + reason[1:].rstrip(".") for reason in done.reasons)
        if done.reasons:
            self.notice.show_trouble(Trouble(self.tr("Remembered, but not all of the screen."), hint))
        self.refresh()

    # the line ----------------------------------------------------------------------------------------------------
    def focus_line(self) -> None:
        """Go to the line and select what stands there."""
        self.line.setFocus()
        self.line.selectAll()

    def ask_now(self, question: str) -> None:
        """Ask what stands in the line, on the page that it is meant for."""
        if not question:
            self.line.setFocus()
            return
        self.notice.put_away()
        self._ask_on(self.pages.choose(question), question)
        self.opening.note_asked()

    def _ask_on(self, page: Page, question: str) -> None:
        for other in self.pages:
            if other is not page:
                other.leave_models()
        page.ask(question)

    def step_back(self) -> None:
        """Esc: put away, stop, go back or clear, whichever comes first."""
        page = self.pages.current
        if self.notice.isVisible() and not self.notice.is_offering:
            self.notice.put_away()
        elif self.welcome.view.isVisible():
            self.welcome.leave()
        elif page.stop() or page.step_back():
            return
        elif self.notice.isVisible():
            self.notice.put_away()
        elif self.line.text():
            self.line.clear()
            page.take_typing("")
            self.line.setFocus()

    def _on_turned(self, _key: str) -> None:
        self.line.setPlaceholderText(self.pages.current.line_hint)
        self.welcome.put_aside()
        self.notice.leave()
        self.show_page()

    def _on_example(self, question: str) -> None:
        self.line.setText(question)
        self.ask_now(question)

    def _ask_instead(self, question: str) -> None:
        self.pages.show_page(self.asking.key)
        self._ask_on(self.asking, question)

    def show_on_timeline(self) -> None:
        """Show what is open or selected at its time; without that, turn to the timeline."""
        moment = self.pages.current.moment_at_hand
        if moment is None:
            self.pages.show_page(self.timeline.key)
        else:
            self._show_on_timeline(moment)

    def _show_on_timeline(self, moment: str) -> None:
        self.timeline.show_on_timeline(moment)
        self.pages.show_page(self.timeline.key)
        self.timeline.focus_content()

    def _ask_about_time(self, span: tuple[int, int], words: str) -> None:
        """Let the next question be about a stretch of time."""
        self.pages.show_page(self.asking.key)
        self.line.clear()
        self.asking.controller.limit_to(span, words)
        self.focus_line()

    def _begin_question(self, question: str) -> None:
        """Put a question into the line, to be changed or asked."""
        self.pages.show_page(self.asking.key)
        self.line.setText(question)
        self.focus_line()

    def _on_live(self) -> None:
        """Recording has begun or ended: the start says where what is recorded goes."""
        is_live = self.capturing.capture_model.is_on or self.capturing.screen_model.is_on
        if is_live != self._is_live:
            self._is_live = is_live
            self.show_page()

    def show_page(self) -> None:
        """Show the start while there is nothing to see, else the pages."""
        is_walk = self.welcome.is_wanted(is_empty=self.asking.is_empty and self.pages.current.needs_moments)
        is_open = self.engine is not None and self.asking.model.n_moments is not None
        self.pages.tabs.setVisible(is_open and not is_walk)
        if not is_open:
            self._stack.setCurrentWidget(self.empty_view)
        elif is_walk:
            self._stack.setCurrentWidget(self.welcome.view)
        elif self.asking.is_empty and self.pages.current.needs_moments:
            self.empty_view.show_empty(is_live=self._is_live)
            self._stack.setCurrentWidget(self.empty_view)
        else:
            self._stack.setCurrentWidget(self.pages)

    # settings ----------------------------------------------------------------------------------------------------
    def _show_setting(self, key: str) -> None:
        self.pages.show_page(self.settings.key)
        self.settings.show_setting(key)

    def _on_settings(self) -> None:
        """Obey what was changed, whoever did it."""
        self.welcome.take_settings()
        self.settings.take_settings()

    def _on_memory(self, removed: frozenset[str]) -> None:
        """The command line changed the memory: nothing that is gone stays on show, and what came appears."""
        if removed:
            self._on_forgotten(removed)
        self._on_renamed()

    def _on_trouble(self, error: BaseException) -> None:
        self.notice.show_trouble(error_words(error))

    # what can be taken back, and what cannot ---------------------------------------------------------------------
    def _offer_undo(self, step: Step) -> None:
        self.notice.offer(Trouble(step.words), act=self.tr("Undo"), do=lambda: self.undo.undo_step(step))

    def _on_forgotten(self, ids: frozenset[str]) -> None:
        self.undo.forget()
        if self.player.moment in ids:
            self.player.stop()
        for page in self.pages:
            page.forget(ids)
