"""Opening the memory: what is said meanwhile, and what becomes of it where it cannot be opened.

Role: has the engine made in a lane, and says on the start how that stands. What may pass by itself (another program has
the memory open, the disk is full) is looked at again now and then, without anything on show stirring.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.ui.empty_view import EmptyView
from app.ui.known_errors import PASSING
from app.ui.task_runner import Lane, TaskRunner
from app.ui.words import error_words
from memory.errors import DiskFull

if TYPE_CHECKING:
    from app.engine import Engine

_OPEN = "open"
_SLOW_MS = 8_000  # who waits so long wants to know why
_AGAIN_MS = 3_000
_FULL_MS = 60_000  # a try may write a copy as large as the memory before an update


class Opening(QObject):
    """Opens the memory once.

    Args:
        runner: The lanes.
        view: The start.
        factory: Makes and opens the engine, off the GUI thread.
    """

    opened = Signal(object)  # the engine

    def __init__(
        self, runner: TaskRunner, view: EmptyView, factory: Callable[[], Engine], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._runner, self._view, self._factory = runner, view, factory
        self._is_open = False
        self.slow = self._build_timer(_SLOW_MS, self._on_slow)
        self.again = self._build_timer(_AGAIN_MS, self._on_again)

    def _build_timer(self, length_ms: int, do: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(length_ms)
        timer.timeout.connect(do)
        return timer

    @property
    def _is_busy(self) -> bool:
        return self._runner.is_busy(_OPEN)

    def begin(self) -> None:
        """Open it, unless that is being tried already: a second try would find it locked by the first."""
        if self._is_open:
            return
        self._view.show_opening()
        if self._is_busy:
            return
        self.slow.start()
        factory = self._factory
        self._runner.submit(
            Lane.STORE,
            lambda _cancel, _report: factory(),
            slot=_OPEN,
            on_result=self._on_opened,
            on_error=self._on_failed,
        )

    def note_asked(self) -> None:
        """Something was asked or dropped: while the memory is being opened, say that it follows."""
        if self._is_busy and not self._view.retry.isVisible():
            self._view.show_waiting()

    def stop(self) -> None:
        """The window closes."""
        self.slow.stop()
        self.again.stop()

    def take_late(self) -> Engine | None:
        """After the lanes have ended: the engine that came too late to be told of; it has to be closed."""
        late = self._runner.take_late(_OPEN)
        return None if isinstance(late, BaseException) else late

    def _on_opened(self, engine: Engine) -> None:
        self.stop()
        self._is_open = True
        self.opened.emit(engine)

    def _on_failed(self, error: BaseException) -> None:
        self.slow.stop()
        self._view.show_trouble(error_words(error))
        if isinstance(error, DiskFull):
            self.again.start(_FULL_MS)
        elif isinstance(error, PASSING):
            self.again.start()

    def _on_slow(self) -> None:
        if self._is_busy:
            self._view.show_slow()

    def _on_again(self) -> None:
        """Look whether what was in the way is gone; while it is not, what is on show stays."""
        factory = self._factory

        def try_once() -> Engine | BaseException:
            try:
                return factory()
            except PASSING as error:
                return error

        def take(found: Engine | BaseException) -> None:
            if isinstance(found, BaseException):
                self._on_failed(found)
            else:
                self._on_opened(found)

        if not self._is_busy:
            self._runner.submit(
                Lane.STORE, lambda _c, _r: try_once(), slot=_OPEN, on_result=take, on_error=self._on_failed
            )
