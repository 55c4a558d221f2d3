"""The page of the timeline: joins its controller with its view, and with the moment that was opened from it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.moment_desk import MomentDesk
from app.ui.moment_stack import MomentStack
from app.ui.moment_view import MomentView
from app.ui.pages import Page
from app.ui.player import Player
from app.ui.task_runner import TaskRunner
from app.ui.theme import Theme
from app.ui.timeline_controller import TimelineController
from app.ui.timeline_scale import DAY_US, HOUR_US, MINUTE_US, to_us
from app.ui.timeline_view import TimelineView
from app.ui.timeline_view_model import TimelineViewModel
from app.ui.timeline_words import span_words

if TYPE_CHECKING:
    from app.engine import Engine

_AROUND_US = 10 * MINUTE_US  # what is shown around a moment that was jumped to


class TimelinePage(Page):
    """Walk through time."""

    key = "timeline"
    forget_wanted = Signal(str)
    ask_wanted = Signal(object, str)  # (since_us, until_us) that a question is to be about, and its words

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
        self.title = self.tr("Timeline")
        self.line_hint = self.tr("Search, or ask a question and press Enter")
        self.setAccessibleName(self.title)
        self._now_us = now_us
        self.model = TimelineViewModel()
        self.controller = TimelineController(self.model, runner, now_us, self)
        self.view = TimelineView(self.model, theme)
        self.moment_view = MomentView(player, theme)
        self.desk = MomentDesk(self.moment_view, runner, player, now_us, name="timeline")
        self._stack = MomentStack(self.view, self.moment_view, self.desk, focus=self.view.strip)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self._connect()
        self._on_changed()

    def _connect(self) -> None:
        controller, view, strip = self.controller, self.view, self.view.strip
        controller.changed.connect(self._on_changed)
        controller.chosen.connect(self._on_changed)
        controller.troubled.connect(self.troubled)
        controller.opened.connect(self._stack.open_moment)
        controller.picture_read.connect(self._on_picture)
        strip.moved.connect(self._on_moved)
        strip.chosen.connect(self._on_changed)
        strip.marked.connect(self._on_changed)
        strip.step_wanted.connect(controller.step)
        strip.gap_wanted.connect(controller.step_gap)
        strip.edge_wanted.connect(controller.go_to_edge)
        strip.open_wanted.connect(controller.open)
        strip.pictures_wanted.connect(controller.want_pictures)
        strip.left_up.connect(self.line_wanted)
        view.day_wanted.connect(self.show_day)
        view.everything_wanted.connect(self.show_everything)
        view.now_wanted.connect(self.show_now)
        view.ask_wanted.connect(self._on_ask)
        view.retry_wanted.connect(controller.load)
        self.moment_view.forget_wanted.connect(self.forget_wanted)
        self.moment_view.timeline_wanted.connect(self.show_on_timeline)
        self.desk.step_wanted.connect(self._on_step)
        self.desk.troubled.connect(self.troubled)

    # what every page hears ---------------------------------------------------------------------------------------
    def set_engine(self, engine: Engine) -> None:
        """See ``Page``."""
        self.desk.set_engine(engine)
        self.controller.set_engine(engine)

    def refresh(self) -> None:
        """See ``Page``."""
        self.controller.refresh(is_shown=self.isVisible())

    def reread(self) -> None:
        """See ``Page``."""
        self.desk.reread()

    def forget(self, ids: frozenset[str]) -> None:
        """See ``Page``."""
        self.view.strip.pictures.forget(ids)
        self.controller.forget(ids)
        if self.moment_view.moment is not None and self.moment_view.moment.id in ids:
            self.close_moment()

    def enter(self) -> None:
        """See ``Page``."""
        self.controller.enter()

    def takes(self, question: str) -> bool:
        """See ``Page``: questions are for the first page."""
        return False

    def focus_content(self) -> None:
        """See ``Page``."""
        self.view.strip.setFocus()

    def step_back(self) -> bool:
        """See ``Page``: select nothing any more, leave the moment, then the marked time."""
        if self._stack.step_back():
            return True
        was_marked = self.model.span is not None
        self.model.span = None
        self._on_changed()
        return was_marked

    def set_theme(self, theme: Theme) -> None:
        """See ``Page``."""
        self.view.set_theme(theme)
        self.moment_view.set_theme(theme)
        self._on_changed()

    # moving ------------------------------------------------------------------------------------------------------
    def show_day(self, day: QDate) -> None:
        """Fill the width with a day."""
        begin = datetime(day.year(), day.month(), day.day(), tzinfo=self.model.zone)
        begin_us = to_us(begin)
        self.model.scale = self.model.scale.fitted(begin_us, begin_us + DAY_US, margin=0.02)
        self._on_moved()
        self.view.strip.setFocus()

    def show_everything(self) -> None:
        """Fill the width with the whole memory."""
        if self.model.bounds is not None:
            self.model.scale = self.model.scale.fitted(*self.model.bounds)
            self._on_moved()

    def show_now(self) -> None:
        """Bring the last hours into sight."""
        now_us = self._now_us()
        self.model.now_us = now_us
        self.model.scale = self.model.scale.fitted(now_us - 12 * HOUR_US, now_us)
        self._on_moved()

    def show_on_timeline(self, moment: str) -> None:
        """Choose a moment, with some minutes around it."""
        self.close_moment()
        self.model.is_placed = True
        self.controller.show_moment(moment, span_us=_AROUND_US)
        self.view.strip.setFocus()

    # moments -----------------------------------------------------------------------------------------------------
    def _on_step(self, moment: str) -> None:
        found = self.moment_view.find_moment(moment)
        if found is not None:
            self._stack.open_moment(found)

    def close_moment(self) -> None:
        """Go back to the timeline."""
        self._stack.close_moment()

    def _on_ask(self) -> None:
        span = self.model.asked_span
        self.ask_wanted.emit(span, span_words(*span, self.model.zone))

    # slots -------------------------------------------------------------------------------------------------------
    def _on_changed(self) -> None:
        self.view.show_model(self.controller.trouble)

    def _on_moved(self) -> None:
        self.controller.read()
        self._on_changed()

    def _on_picture(self, moment: str, image: object) -> None:
        self.view.strip.pictures.put(moment, image)  # type: ignore[arg-type]
        self.view.strip.update()
