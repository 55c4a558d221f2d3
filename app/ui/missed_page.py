"""The page of what was missed: joins its controller with its view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.missed_controller import MissedController
from app.ui.missed_view import MissedView
from app.ui.missed_view_model import MissedViewModel, Phase, Row
from app.ui.pages import Page
from app.ui.player import Player
from app.ui.task_runner import TaskRunner
from app.ui.theme import Theme
from recall.followed import asks_what_was_missed

if TYPE_CHECKING:
    from app.engine import Engine


class MissedPage(Page):
    """What ran beside the conversation that was followed."""

    key = "missed"
    ask_instead_wanted = Signal(str)
    example_chosen = Signal(str)
    renamed = Signal()  # a voice has another name

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
        self.title = self.tr("What did I miss?")
        self.short_title = self.tr("Missed")
        self.line_hint = self.tr("What did you follow? “the conversation about dogs”, “my talk with Anna at noon”…")
        self.setAccessibleName(self.title)
        self.model = MissedViewModel()
        self.controller = MissedController(self.model, runner, player, now_us, self)
        self.view = MissedView(self.model, theme, examples=examples)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self._connect()
        self._on_changed()

    def _connect(self) -> None:
        controller, view = self.controller, self.view
        controller.changed.connect(self._on_changed)
        controller.moved.connect(self._on_moved)
        controller.troubled.connect(self.troubled)
        view.recording_chosen.connect(controller.choose)
        view.start.example_chosen.connect(self.example_chosen)
        view.stop_wanted.connect(controller.stop)
        view.copy_wanted.connect(self.copy)
        view.ask_instead_wanted.connect(lambda: self.ask_instead_wanted.emit(self.model.question))
        points, room, lanes = view.points, view.room, view.room.lanes
        points.play_wanted.connect(self._play_row)
        points.chosen.connect(self._choose_row)
        points.hold_wanted.connect(controller.hold)
        points.mark_wanted.connect(controller.mark)
        points.left_up.connect(self.line_wanted)
        lanes.play_wanted.connect(controller.play)
        lanes.hold_wanted.connect(controller.hold)
        lanes.mark_wanted.connect(controller.mark)
        lanes.mix_wanted.connect(controller.switch_mix)
        lanes.chosen.connect(self._on_changed)
        lanes.left_up.connect(self.line_wanted)
        room.hold_wanted.connect(controller.hold)
        room.mix_wanted.connect(controller.switch_mix)
        room.mark_wanted.connect(controller.mark)
        room.named.connect(controller.name)
        room.joined.connect(controller.join)
        room.parted.connect(controller.part)
        room.voices_wanted.connect(controller.load_voices)
        lanes.name_wanted.connect(room.open_who)
        controller.renamed.connect(self.renamed)
        controller.undoable.connect(self.undoable)

    # what every page hears ---------------------------------------------------------------------------------------
    def set_engine(self, engine: Engine) -> None:
        """See ``Page``."""
        self.controller.set_engine(engine)

    def refresh(self) -> None:
        """See ``Page``."""
        self.controller.load_recordings()

    def reread(self) -> None:
        """See ``Page``."""
        self.controller.reread()

    def forget(self, ids: frozenset[str]) -> None:
        """See ``Page``."""
        self.controller.forget(ids)

    def enter(self) -> None:
        """See ``Page``."""
        self.controller.load_recordings()

    def claims(self, question: str) -> bool:
        """See ``Page``."""
        return asks_what_was_missed(question)

    def takes(self, question: str) -> bool:
        """See ``Page``: what was followed may be named ("the talk about dogs"); a plain question is for the memory."""
        return not question.rstrip().endswith("?")

    def ask(self, question: str) -> None:
        """See ``Page``."""
        self.controller.ask(question)

    def focus_content(self) -> None:
        """See ``Page``."""
        self.view.focus_content()

    def stop(self) -> bool:
        """See ``Page``."""
        return self.controller.stop()

    def leave_models(self) -> None:
        """See ``Page``."""
        self.controller.stop_wording()

    def step_back(self) -> bool:
        """See ``Page``: put the line for a name away."""
        line = self.view.room.who_line
        was_open = line.isVisible()
        if was_open:
            line.close_line()
        return was_open

    @property
    def moment_at_hand(self) -> str | None:
        """See ``Page``: the utterance of the chosen point."""
        row = self.view.points.current_row()
        return row.moments[0] if row is not None and row.moments else None

    def copy(self) -> bool:
        """See ``Page``: the points with their times."""
        words = self.model.told_text()
        if words:
            QGuiApplication.clipboard().setText(words)
            self.view.copy.setText(self.tr("Copied"))
        return bool(words)

    def set_theme(self, theme: Theme) -> None:
        """See ``Page``."""
        self.view.set_theme(theme)
        self._on_changed()

    # slots -------------------------------------------------------------------------------------------------------
    def _on_changed(self) -> None:
        self.view.show_model(is_playing=self.controller.is_playing)
        is_asked = self.model.phase is not Phase.IDLE
        self.tell_news(f"{self.model.headline()} {self.model.hint()}" if is_asked else "")

    def _on_moved(self) -> None:
        self.view.room.follow(is_playing=self.controller.is_playing)

    def _play_row(self, row: Row) -> None:
        if row.moments:
            self.controller.play_moment(row.moments[0])
            self._choose_row(row)

    def _choose_row(self, row: Row) -> None:
        found = self.model.find_moment(row.moments[0]) if row.moments else None
        if found is not None:
            self.model.select(*found)
            self.view.room.lanes.show_selected()
            self._on_changed()
