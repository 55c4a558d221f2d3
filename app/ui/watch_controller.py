"""Looks into the watched folders now and then and has what is new imported.

Role: a timer and the lanes. It looks only while nothing is imported, and rests long enough to cost next to nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.ui.import_controller import ImportController
from app.ui.task_runner import Lane, TaskRunner
from app.ui.undo import Step
from app.ui.words import error_words
from app.watched import WatchDesk, WatchedFolder, WatchLook

if TYPE_CHECKING:
    from app.engine import Engine

_LOOK = "watch-look"
_REST_S = 5.0
_REST_SHARE = 200  # a look takes half a percent of a core at most
_TROUBLE_S = 60.0  # after a full disk, or a folder that cannot be read


class WatchController(QObject):
    """The watched folders of the open memory."""

    changed = Signal()
    troubled = Signal(object)
    undoable = Signal(object)  # a Step

    def __init__(self, runner: TaskRunner, imports: ImportController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._imports = imports
        self._engine: Engine | None = None
        self._desk: WatchDesk | None = None
        self.folders: tuple[WatchedFolder, ...] = ()
        self.looked_us: int | None = None
        self.is_held = False  # the user stopped an import: nothing is brought in by itself until wanted again
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_time)
        imports.stopped.connect(self._on_stopped)

    @property
    def is_incognito(self) -> bool:
        """Whether nothing may be kept now."""
        return self._engine is not None and self._engine.incognito.is_on

    def set_engine(self, engine: Engine) -> None:
        """The memory is open."""
        self._engine = engine
        self._desk = WatchDesk(engine, engine.memory.home.root)
        self._timer.start(round(1000 * _REST_S))

    def read(self) -> None:
        """Count what came from each folder."""
        desk = self._desk
        if desk is not None:
            self._runner.submit(
                Lane.WATCH, lambda _cancel, _report: desk.count(), slot="watch-count", on_result=self._on_counted
            )

    def add(self, folder: Path) -> None:
        """Watch a folder."""
        desk = self._desk
        if desk is not None:
            self._change(lambda: desk.add(folder))

    def remove(self, folder: Path) -> None:
        """Watch a folder no more."""
        desk = self._desk
        if desk is not None:
            words = self.tr("“{folder}” is not watched any more.").format(folder=folder.name)
            self._change(lambda: desk.remove(folder), step=Step(words, lambda: self.add(folder)))

    def look_now(self) -> None:
        """Look at once, and go on by itself."""
        self.is_held = False
        self.changed.emit()
        self._on_time()

    def _change(self, do: Callable[[], None], *, step: Step | None = None) -> None:
        def changed(_nothing: object) -> None:
            if step is not None:
                self.undoable.emit(step)
            self.read()
            self.look_now()

        self._runner.submit(
            Lane.STORE,
            lambda _cancel, _report: do(),
            on_result=changed,
            on_error=lambda error: self.troubled.emit(error_words(error)),
        )

    def _on_time(self) -> None:
        desk = self._desk
        if desk is None:
            return
        if self.is_held or self.is_incognito or not self._imports.is_idle or not desk.list_folders():
            self._timer.start(round(1000 * _REST_S))
            self.changed.emit()  # incognito may have begun or ended
            return
        self._runner.submit(
            Lane.WATCH,
            lambda _cancel, _report: desk.look(),
            slot=_LOOK,
            on_result=self._on_looked,
            on_error=self._on_error,
        )

    def _on_looked(self, look: WatchLook) -> None:
        counted = {folder.path: folder.n_files for folder in self.folders}
        self.folders = tuple(
            WatchedFolder(folder.path, folder.is_there, counted.get(folder.path)) for folder in look.folders
        )
        self.looked_us = look.at_us
        rest_s = max(_REST_S, _REST_SHARE * look.took_s)
        if look.ready and not self.is_held and not self.is_incognito:
            ready, desk = look.ready, self._desk
            assert desk is not None

            def note() -> None:
                self._runner.submit(Lane.STORE, lambda _cancel, _report: desk.note_done(ready))
                self.read()

            self._imports.add(ready, then=note)
        self._timer.start(round(1000 * (_TROUBLE_S if self._imports.model.trouble else rest_s)))
        self.changed.emit()

    def _on_counted(self, folders: tuple[WatchedFolder, ...]) -> None:
        self.folders = folders
        self.changed.emit()

    def _on_error(self, _error: BaseException) -> None:
        """The runner has written down what happened; the folders are looked at again later."""
        self._timer.start(round(1000 * _TROUBLE_S))

    def _on_stopped(self) -> None:
        self.is_held = True
        self.changed.emit()
