"""Runs imports one after the other and tells how far they are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from app.ui.import_view_model import ImportViewModel
from app.ui.task_runner import Lane, TaskRunner

if TYPE_CHECKING:
    from app.engine import Engine
    from models.protocols import CancelToken

_IMPORT = "import"
_RESUME = "resume"


def _do_nothing() -> None:
    """Nobody waits for the end of a batch."""


@dataclass(frozen=True, slots=True)
class _Batch:
    """What is imported in one go (paths, or numbers of jobs), and what follows once it is done."""

    what: frozenset[Path | int]
    work: Callable[[Engine, CancelToken, Callable[[Any], None]], Any]
    then: Callable[[], None]


class ImportController(QObject):
    """Queues paths, imports them in the ``ingest`` lane, hears progress and cancel."""

    changed = Signal()
    done = Signal()
    stopped = Signal()  # the user wanted no more of it

    def __init__(self, model: ImportViewModel, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self._engine: Engine | None = None
        self._runner = runner
        self._waiting: list[_Batch] = []
        self._left: list[_Batch] = []  # ended by a full disk: to be done again when the user says so
        self._why_left: BaseException | None = None

    @property
    def is_idle(self) -> bool:
        """Whether nothing is imported and nothing waits to be."""
        return not (self.model.running or self._waiting or self._runner.is_busy(_RESUME))

    def set_engine(self, engine: Engine) -> None:
        """The memory is open: import what was dropped meanwhile."""
        self._engine = engine
        self._resume(engine)
        self._next()

    def add(self, paths: Sequence[Path], *, then: Callable[[], None] = _do_nothing) -> None:
        """Import these files and folders when those before them are done; ``then`` follows unless it is cancelled."""
        wanted = list(paths)
        if wanted:
            self._queue(
                _Batch(
                    frozenset(wanted),
                    lambda engine, cancel, report: engine.import_paths(wanted, cancel=cancel, report=report),
                    then,
                )
            )

    def retry(self, numbers: Collection[int]) -> None:
        """Try failed files once more."""
        wanted = frozenset(numbers)
        if wanted:
            self._queue(
                _Batch(
                    wanted,
                    lambda engine, cancel, report: engine.failed.retry(wanted, cancel=cancel, report=report),
                    _do_nothing,
                )
            )

    def resume(self) -> None:
        """Go on with what a cancel or a full disk has left."""
        if self._engine is None or self.model.running:
            return
        self._waiting[:0], self._left, self._why_left = self._left, [], None
        self._next()
        self._resume(self._engine)

    def _queue(self, batch: _Batch) -> None:
        self._waiting.append(batch)
        self._next()

    def stop(self) -> None:
        """Cancel the running import and those that wait."""
        self._waiting.clear()
        self._left, self._why_left = [], None
        self._runner.stop(_RESUME)
        self._runner.stop(_IMPORT)
        self.model.ask_stop()
        self.changed.emit()
        self.stopped.emit()

    def _resume(self, engine: Engine) -> None:
        """Go on with what a quit or a crash left; the bar shows only when there is something."""
        self._runner.submit(
            Lane.INGEST,
            lambda cancel, report: engine.resume_imports(cancel=cancel, report=report),
            slot=_RESUME,
            on_report=self._on_resumed,
            on_result=self._on_resumed_all,
            on_error=self._on_error,
            on_cancelled=self._on_stopped,
        )

    def _on_resumed(self, progress: Any) -> None:
        if not progress.n_total and not self.model.running:
            return  # nothing was left, and a bar that says so would only be in the way
        if not self.model.running:
            self.model.begin()
        self._on_progress(progress)

    def _on_resumed_all(self, report: Any) -> None:
        if self._runner.is_busy(_IMPORT):
            return  # something was dropped meanwhile: the end of that is told, and what failed is listed in the library
        if self.model.running or report.failed:
            self._on_report(report)

    def _next(self) -> None:
        engine = self._engine
        is_free = not (self.model.running or self._runner.is_busy(_IMPORT))  # a second one would drop the first
        if engine is not None and self._waiting and is_free:
            batch = self._waiting.pop(0)
            self.model.begin()

            def done(report: Any) -> None:
                batch.then()
                self._settle(batch)
                self._on_report(report)

            def failed(error: BaseException) -> None:
                self._settle(batch)
                self._left.append(batch)
                self._why_left = error
                self._on_error(error)

            self._runner.submit(
                Lane.INGEST,
                lambda cancel, report: batch.work(engine, cancel, report),
                slot=_IMPORT,
                on_result=done,
                on_error=failed,
                on_report=self._on_progress,
                on_cancelled=self._on_stopped,
            )
        self.model.n_waiting = sum(len(batch.what) for batch in self._waiting)
        if self.model.running:
            self.changed.emit()

    def _settle(self, batch: _Batch) -> None:
        """What was left of the same is done with: a watched folder brings it again by itself."""
        self._left = [each for each in self._left if not each.what <= batch.what]
        if not self._left:
            self._why_left = None

    def _on_progress(self, progress: Any) -> None:
        self.model.take_progress(progress)
        self.changed.emit()

    def _on_report(self, report: Any) -> None:
        self.model.take_report(report)
        if self._why_left is not None:  # what was imported after it went well; that this one did not is still so
            self.model.take_error(self._why_left)
        self._end()

    def _on_error(self, error: BaseException) -> None:
        self.model.take_error(error)
        self._end()

    def _on_stopped(self) -> None:
        self.model.take_stop()
        self._end()

    def _end(self) -> None:
        self.changed.emit()
        self.done.emit()
        self._next()
