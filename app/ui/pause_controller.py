"""Pauses with an end, as the window begins and ends them: the menu of lengths, and the words for how long.

Role: joins ``app.pause`` with bars, tray and commands. Changes may come from any thread; they are told on this one.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.clock import local_zone, now_us
from app.pause import next_morning, read_until
from app.ui.task_runner import Lane, TaskRunner
from app.ui.words import to_local, translate
from ingest.whereabouts import HERE

if TYPE_CHECKING:
    from app.engine import Engine

QUARTER, HOUR, MORNING = "15 minutes", "1 hour", "tomorrow"


class PauseController(QObject):
    """Begins and ends the pause of the open memory."""

    changed = Signal()
    failed = Signal(object)
    _switched = Signal(bool)

    def __init__(self, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._engine: Engine | None = None
        self._switched.connect(lambda _is_on: self.changed.emit(), Qt.ConnectionType.QueuedConnection)

    def set_engine(self, engine: Engine) -> None:
        """The memory is open; a pause of an earlier run may still hold."""
        self._engine = engine
        engine.pause.listen(self._switched.emit)
        engine.place_guard.listen(self._switched.emit)
        self.changed.emit()

    @property
    def is_on(self) -> bool:
        """Whether nothing is to be recorded now."""
        return self._engine is not None and self._engine.pause.is_on

    @property
    def is_by_place(self) -> bool:
        """Whether the place keeps recorders still: it goes on elsewhere, and nobody can go on here."""
        return self._engine is not None and self._engine.place_guard.is_on

    def words(self) -> str:
        """Until when, or because of which place; empty where there is no pause."""
        if self._engine is not None and self._engine.place_guard.is_on and not self._engine.pause.is_on:
            if self._engine.place_guard.reason == HERE:
                return translate("pause", "Paused: nothing is kept at this place")
            return translate("pause", "Paused: it is not known whether nothing may be kept at this place")
        if self._engine is None or not self._engine.pause.is_on:
            return ""
        until_us = self._engine.pause.until_us
        if until_us is None:
            return translate("pause", "Paused until you go on")
        return translate("pause", "Paused until {time}").format(time=time_words(to_local(until_us), to_local(now_us())))

    def begin(self, told: str) -> None:
        """Pause for one of the lengths."""
        engine = self._engine
        if engine is not None:
            until_us = read_until(told, at_us=now_us(), zone=local_zone())
            self._runner.submit(
                Lane.SWITCH, lambda _cancel, _report: engine.pause.begin(until_us), on_error=self.failed.emit
            )

    def end(self) -> None:
        """Go on."""
        engine = self._engine
        if engine is not None:
            self._runner.submit(Lane.SWITCH, lambda _cancel, _report: engine.pause.end(), on_error=self.failed.emit)


class PauseMenu(QMenu):
    """How long to pause; what "until tomorrow" means stands in it."""

    length_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Pause recording"))
        self.setAccessibleName(self.title())
        self._morning = None
        for told, words in list_lengths():
            action = self.addAction(words)
            action.triggered.connect(lambda _checked=False, told=told: self.length_chosen.emit(told))
            if told == MORNING:
                self._morning = action
        self.aboutToShow.connect(self._say_morning)

    def _say_morning(self) -> None:
        if self._morning is not None:
            self._morning.setText(dict(list_lengths())[MORNING])


def list_lengths() -> tuple[tuple[str, str], ...]:
    """What a pause may last, and its words now."""
    now = to_local(now_us())
    morning = translate("pause", "Until {time}").format(time=time_words(next_morning(now), now))
    return (
        (QUARTER, translate("pause", "For 15 minutes")),
        (HOUR, translate("pause", "For an hour")),
        (MORNING, morning),
    )


def time_words(at: datetime, now: datetime) -> str:
    """A time of today ("15:40"), of tomorrow ("tomorrow, 06:00"), or with its day."""
    days = (at.date() - now.date()).days
    if days == 0:
        return f"{at:%H:%M}"
    if days == 1:
        return translate("pause", "tomorrow, {time}").format(time=f"{at:%H:%M}")
    return f"{at:%Y-%m-%d %H:%M}"
