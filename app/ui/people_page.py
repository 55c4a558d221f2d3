"""The page of people, places and applications: joins its controller with its view, and with an opened moment."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.cards_model import CardsModel
from app.ui.moment_desk import MomentDesk
from app.ui.moment_stack import MomentStack
from app.ui.moment_view import MomentView
from app.ui.pages import Page
from app.ui.people_controller import PeopleController
from app.ui.people_view import PeopleView
from app.ui.people_view_model import PeopleViewModel
from app.ui.people_words import question_words
from app.ui.player import Player
from app.ui.task_runner import TaskRunner
from app.ui.theme import Theme
from memory.clues import Clue, ClueKind
from memory.records import Moment

if TYPE_CHECKING:
    from app.engine import Engine


class PeoplePage(Page):
    """Walk through the memory by who, where and in what."""

    key = "people"
    forget_wanted = Signal(str)
    ask_wanted = Signal(str)  # a question to begin with
    timeline_wanted = Signal(str)
    renamed = Signal()  # a voice or a place has another name
    voice_forget_wanted = Signal(str, object)  # what it is called, and what to do if that is wanted

    def __init__(
        self,
        runner: TaskRunner,
        player: Player,
        *,
        now_us: Callable[[], int],
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", "", parent)
        self.title = self.tr("People and places")
        self.short_title = self.tr("People")
        self.line_hint = self.tr("Find a person, a place or an application, or ask a question and press Enter")
        self.setAccessibleName(self.title)
        self.model = PeopleViewModel()
        self.controller = PeopleController(self.model, runner, now_us, self)
        self.cards = CardsModel(
            self.model.cards,
            fetch_picture=self.controller.fetch_picture,
            fetch_wave=self.controller.fetch_wave,
            pager=self.controller,
            parent=self,
        )
        self.view = PeopleView(self.model, self.cards, player, theme, now_us=now_us)
        self.moment_view = MomentView(player, theme)
        self.desk = MomentDesk(self.moment_view, runner, player, now_us, name=self.key, find=self._find_moment)
        self._stack = MomentStack(self.view, self.moment_view, self.desk, focus=self.view.panel.cards)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self._connect()
        player.changed.connect(self.view.panel.show_playing)
        self.view.show_model()

    def _connect(self) -> None:
        controller, view, panel = self.controller, self.view, self.view.panel
        controller.changed.connect(view.show_model)
        controller.troubled.connect(self.troubled)
        controller.renamed.connect(self.renamed)
        controller.undoable.connect(self.undoable)
        view.tab_wanted.connect(controller.show_tab)
        view.undo_wanted.connect(controller.undo_join)
        view.retry_wanted.connect(controller.load)
        view.list.chosen.connect(controller.choose)
        view.list.entered.connect(self._enter_entry)
        view.list.left_up.connect(self.line_wanted)
        panel.ask_wanted.connect(self._on_ask)
        panel.timeline_wanted.connect(self._on_timeline)
        panel.strip.span_chosen.connect(controller.show_span)
        panel.cards.play_wanted.connect(self._play)
        panel.cards.open_wanted.connect(self.open_moment)
        panel.cards.forget_wanted.connect(self.forget_wanted)
        panel.cards.left_up.connect(panel.strip.setFocus)
        panel.delegate.play_clicked.connect(self._play)
        panel.delegate.seek_clicked.connect(self.desk.play)
        self._connect_person()
        self._connect_places()
        self.moment_view.forget_wanted.connect(self.forget_wanted)
        self.moment_view.timeline_wanted.connect(self.timeline_wanted)
        self.desk.step_wanted.connect(self.open_moment)
        self.desk.troubled.connect(self.troubled)

    def _connect_person(self) -> None:
        controller, person, parting = self.controller, self.view.panel.person, self.view.panel.parting
        person.play_wanted.connect(self._play)
        person.named.connect(controller.name)
        person.joined.connect(controller.join)
        person.part_wanted.connect(controller.begin_parting)
        person.forget_wanted.connect(self._on_forget_voice)
        parting.play_wanted.connect(self._play)
        parting.cancelled.connect(controller.end_parting)
        parting.parted.connect(controller.part)

    def _connect_places(self) -> None:
        controller, world, place = self.controller, self.view.map, self.view.panel.place
        controller.land_read.connect(world.set_land)
        world.chosen.connect(lambda name: controller.choose(Clue(ClueKind.PLACE, name)))
        world.spot_chosen.connect(place.choose_spot)
        place.spot_chosen.connect(lambda _n: self.view.show_model())
        place.kept.connect(controller.keep_place)
        place.changed.connect(controller.change_place)
        place.removed.connect(controller.remove_place)
        place.excluded.connect(controller.exclude_place)

    # what every page hears ---------------------------------------------------------------------------------------
    def set_engine(self, engine: Engine) -> None:
        """See ``Page``."""
        self.desk.set_engine(engine)
        self.controller.set_engine(engine)
        self.refresh()

    def refresh(self) -> None:
        """See ``Page``: what nobody looks at is read when it comes into sight."""
        if self.isVisible():
            self.controller.load()

    def reread(self) -> None:
        """See ``Page``."""
        self.desk.reread()

    def forget(self, ids: frozenset[str]) -> None:
        """See ``Page``."""
        self.model.forget(ids)
        if self.moment_view.moment is not None and self.moment_view.moment.id in ids:
            self.close_moment()
        self.view.show_model()
        self.refresh()

    def enter(self) -> None:
        """See ``Page``."""
        self.controller.load()
        self.controller.guess_own()

    def take_typing(self, text: str) -> None:
        """See ``Page``: list what holds these words."""
        self.controller.narrow(text)

    def takes(self, question: str) -> bool:
        """See ``Page``: questions are for the first page."""
        return False

    def focus_content(self) -> None:
        """See ``Page``."""
        self.view.list.setFocus()

    def step_back(self) -> bool:
        """See ``Page``: leave the moment, the parting, the chosen days, whichever comes first."""
        if self._stack.step_back():
            return True
        if self.model.unlike is not None:
            self.controller.end_parting()
        elif self.model.span is not None:
            self.controller.show_span(None)
        else:
            return False
        return True

    def set_theme(self, theme: Theme) -> None:
        """See ``Page``."""
        self.view.set_theme(theme)
        self.moment_view.set_theme(theme)
        self.view.show_model()

    # moments -----------------------------------------------------------------------------------------------------
    def _find_moment(self, moment: str) -> Moment | None:
        return self.model.find_moment(moment) or self.moment_view.find_moment(moment)

    def open_moment(self, moment: str) -> None:
        """Show a moment in full."""
        found = self._find_moment(moment)
        if found is not None:
            self._stack.open_moment(found)

    def close_moment(self) -> None:
        """Go back to the page."""
        self._stack.close_moment()

    def _play(self, moment: str) -> None:
        self.desk.play(moment, -1.0)

    # slots -------------------------------------------------------------------------------------------------------
    def _enter_entry(self) -> None:
        """The keys go on from the list to what is shown of its entry."""
        panel = self.view.panel
        shown = [line for line in (panel.person.name, panel.place.name) if line.isVisible()]
        (shown[0] if shown else panel.strip).setFocus()

    def _on_ask(self) -> None:
        if self.model.chosen is not None:
            self.ask_wanted.emit(question_words(self.model.chosen))

    def _on_timeline(self) -> None:
        if self.model.cards.cards:
            self.timeline_wanted.emit(self.model.cards.cards[0].id)

    def _on_forget_voice(self) -> None:
        entry = self.model.chosen
        if entry is not None:
            self.voice_forget_wanted.emit(entry.title, partial(self.controller.forget_voice, entry.clue))
