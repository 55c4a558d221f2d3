"""Reads what the library shows (failed files, space) and does what is wanted of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.ui.task_runner import Lane, TaskRunner
from app.ui.words import Trouble, error_words

if TYPE_CHECKING:
    from app.engine import Engine
    from app.failed import FailedFile
    from app.storage import StorageReport
    from models.protocols import CancelToken

_FILES = "library-files"
_SPACE = "library-space"


@dataclass(frozen=True, slots=True)
class FilesRead:
    """The failed files, the latest first, and how many others wait for their turn."""

    failed: tuple[FailedFile, ...] = ()
    n_waiting: int = 0


class LibraryController(QObject):
    """Everything off the GUI thread; the latest answer of each kind counts."""

    changed = Signal()
    troubled = Signal(object)

    def __init__(self, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._engine: Engine | None = None
        self.files = FilesRead()
        self.report: StorageReport | None = None
        self.space_trouble: Trouble | None = None

    def set_engine(self, engine: Engine) -> None:
        """The memory is open."""
        self._engine = engine

    def read(self) -> None:
        """Look at everything again; figures that are there stay until new ones come."""
        self.read_files()
        self.measure()

    def read_files(self) -> None:
        """Read which files failed."""
        engine = self._engine
        if engine is not None:
            self._runner.submit(
                Lane.IO,
                lambda _cancel, _report: _read_files(engine),
                slot=_FILES,
                on_result=self._on_files,
                on_error=lambda error: self.troubled.emit(error_words(error)),
            )

    def measure(self) -> None:
        """Count what is on the disk."""
        engine = self._engine
        if engine is not None:

            def count(cancel: CancelToken, _report: object) -> StorageReport:
                return engine.storage(cancel=cancel)

            self._runner.submit(
                Lane.BEHIND, count, slot=_SPACE, on_result=self._on_space, on_error=self._on_space_error
            )

    def drop(self, numbers: Collection[int]) -> None:
        """Take files off the list that were never kept."""
        engine = self._engine
        if engine is not None:
            wanted = frozenset(numbers)
            self._runner.submit(
                Lane.STORE,
                lambda _cancel, _report: engine.failed.drop(wanted),
                on_result=lambda _n: self.read_files(),
                on_error=lambda error: self.troubled.emit(error_words(error)),
            )

    def _on_files(self, read: FilesRead) -> None:
        self.files = read
        self.changed.emit()

    def _on_space(self, report: StorageReport) -> None:
        self.report, self.space_trouble = report, None
        self.changed.emit()

    def _on_space_error(self, error: BaseException) -> None:
        self.space_trouble = error_words(error)
        self.changed.emit()


def _read_files(engine: Engine) -> FilesRead:
    return FilesRead(tuple(engine.failed.list_failed()), engine.failed.count_waiting())
