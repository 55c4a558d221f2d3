"""Runs imports one after the other and tells how far they are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from app.ui.import_view_model import ImportViewModel
from app.ui.task_runner import Lane, TaskRunner

if TYPE_CHECKING:
    from app.engine import Engine

_IMPORT = "import"
_RESUME = "resume"


class ImportController(QObject):
    """Queues paths, imports them in the ``ingest`` lane, hears progress and cancel."""

    changed = Signal()
    done = Signal()

    def __init__(self, model: ImportViewModel, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self._engine: Engine | None = None
        self._runner = runner
        self._waiting: list[list[Path]] = []

    def set_engine(self, engine: Engine) -> None:
        """The memory is open: import what was dropped meanwhile."""
        self._engine = engine
        self._resume(engine)
        self._next()

    def add(self, paths: Sequence[Path]) -> None:
        """Import these files and folders when those before them are done."""
        if paths:
            self._waiting.append(list(paths))
            self._next()

    def stop(self) -> None:
        """Cancel the running import and those that wait."""
        self._waiting.clear()
        self._runner.stop(_RESUME)
        self._runner.stop(_IMPORT)
        self.model.ask_stop()
        self.changed.emit()

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
        if self.model.running or report.failed:
            self._on_report(report)

    def _next(self) -> None:
        engine = self._engine
        if engine is not None and self._waiting and not self.model.running:
            paths = self._waiting.pop(0)
            self.model.begin()
            self._runner.submit(
                Lane.INGEST,
                lambda cancel, report: engine.import_paths(paths, cancel=cancel, report=report),
                slot=_IMPORT,
                on_result=self._on_report,
                on_error=self._on_error,
                on_report=self._on_progress,
                on_cancelled=self._on_stopped,
            )
        self.model.n_waiting = sum(len(paths) for paths in self._waiting)
        if self.model.running:
            self.changed.emit()

    def _on_progress(self, progress: Any) -> None:
        self.model.take_progress(progress)
        self.changed.emit()

    def _on_report(self, report: Any) -> None:
        self.model.take_report(report)
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
