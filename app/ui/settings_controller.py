"""Keeps what was changed in the settings, one change after the other, the way ``madeleine settings`` does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.ui.task_runner import Lane, TaskRunner
from app.ui.words import error_words

if TYPE_CHECKING:
    from app.engine import Engine
    from app.settings import Settings


class SettingsController(QObject):
    """Changes settings in the ``store`` lane; a change is on the disk when ``kept`` tells of it."""

    kept = Signal(str)  # the key
    refused = Signal(str, object)  # the key and a ``Trouble``

    def __init__(self, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._engine: Engine | None = None

    @property
    def settings(self) -> Settings | None:
        """What holds; None until the memory is open."""
        return self._engine.settings if self._engine is not None else None

    def set_engine(self, engine: Engine) -> None:
        """The memory is open."""
        self._engine = engine

    def change(self, key: str, text: str) -> None:
        """Change one setting."""
        engine = self._engine
        if engine is not None:
            self._runner.submit(
                Lane.STORE,
                lambda _cancel, _report: engine.change_setting(key, text),
                on_result=lambda _nothing: self.kept.emit(key),
                on_error=lambda error: self.refused.emit(key, error_words(error)),
            )
