"""Joins the screen button and its bar with the screen desk.

Role: lives on the GUI thread. What may take its time (a display, a disk, models) runs in lanes; looking at the desk
costs nothing and touches neither.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.ui.capture_controller import within
from app.ui.screen_view_model import ScreenLook, ScreenViewModel
from app.ui.task_runner import Lane, TaskRunner
from models.protocols import CancelToken

if TYPE_CHECKING:
    from app.engine import Engine
    from app.screens import ScreenDesk

ScreenDeskFactory = Callable[["Engine"], "ScreenDesk"]

_LOOK_MS = 500
_OPEN, _DO = "screen-desk", "screen-do"
_STOP_LIMIT_S = 12.0
_FINISH_LIMIT_S = 6.0


class ScreenController(QObject):
    """Keeps the screen."""

    changed = Signal()
    brought_in = Signal()  # the words of a picture can be found now

    def __init__(
        self, model: ScreenViewModel, runner: TaskRunner, factory: ScreenDeskFactory, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.model = model
        self._runner = runner
        self._factory = factory
        self._engine: Engine | None = None
        self._desk: ScreenDesk | None = None
        self._n_read = 0
        self._is_withdrawn = False  # what is about to start has to stop again
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self._on_look)

    def set_engine(self, engine: Engine) -> None:
        """The memory is open: read what an earlier run has left, in the background."""
        self._engine = engine
        factory = self._factory

        def work(_cancel: CancelToken, _report: object) -> ScreenDesk:
            desk = factory(engine)
            desk.open()
            return desk

        self._runner.submit(Lane.CAPTURE, work, slot=_OPEN, on_result=self._on_opened, on_error=self._on_error)

    def _on_opened(self, desk: ScreenDesk) -> None:
        self._desk = desk
        self.model.is_ready = True
        self._look.start()  # for as long as something waits to be read
        self.changed.emit()

    def toggle(self) -> None:
        """The screen button: keep the screen, or stop."""
        desk = self._desk
        if desk is None or self.model.is_busy:
            return
        is_on = self.model.is_on
        self.model.is_busy, self.model.trouble = True, None
        self._is_withdrawn = False
        self._look.start()
        self.changed.emit()

        def done(_nothing: Any) -> None:
            self.model.is_busy = False
            self._on_look()
            if self._is_withdrawn:
                self.withdraw()

        self._runner.submit(
            Lane.STOP if is_on else Lane.CAPTURE,
            lambda _cancel, _report: desk.stop() if is_on else desk.start(),
            slot=_DO,
            on_result=done,
            on_error=self._on_error,
        )

    def withdraw(self) -> None:
        """The screen may be kept no more: stop what runs, or what is about to."""
        self._is_withdrawn = self.model.is_busy
        desk = self._desk
        if self.model.is_on:
            self.toggle()
        elif self.model.is_busy and desk is not None:  # the desktop may be asking: its dialog goes at once
            self._runner.submit(Lane.STOP, lambda _cancel, _report: desk.stop(), on_error=self._on_error)

    def pause(self, paused: bool) -> None:
        """Look away for a while, or go on."""
        if self._desk is not None:
            self._desk.pause(paused)
            self._on_look()

    def close(self) -> None:
        """Put away what went wrong."""
        self.model.trouble = None
        self.changed.emit()

    def _on_error(self, error: BaseException) -> None:
        self.model.take_error(error)
        if self._is_withdrawn:  # nothing went wrong: the user did not want it any more
            self.model.trouble = None
        self.changed.emit()

    def _on_look(self) -> None:
        desk = self._desk
        if desk is None:
            return
        look = ScreenLook(desk.status(), desk.n_waiting, desk.read.n_thinned)
        if look != self.model.look:
            self.model.look = look
            self.changed.emit()
        if desk.read.n_moments > self._n_read:
            self._n_read = desk.read.n_moments
            self.brought_in.emit()
        if not (self.model.is_on or self.model.is_busy or look.n_waiting):
            self._look.stop()  # nothing changes by itself until the user switches it on

    # the end -----------------------------------------------------------------------------------------------------
    def stop_recording(self) -> bool:
        """The first step of shutting down: nothing is looked at any more."""
        self._look.stop()
        desk = self._desk
        return desk is None or within(_STOP_LIMIT_S, "stop-screen", desk.stop)

    def shut_down(self) -> bool:
        """After the lanes have ended: leave to the next start what is not read yet."""
        desk, self._desk = self._desk or self._runner.take_late(_OPEN), None
        if desk is None:
            return True
        stopped = within(_STOP_LIMIT_S, "stop-screen", desk.stop)  # a start may have been on its way
        desk.cancel()
        return desk.finish(_FINISH_LIMIT_S) and stopped
