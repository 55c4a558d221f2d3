"""Keeps what was changed in the settings, one change after the other, the way ``madeleine settings`` does."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.ui.storage_words import budget_loss, channels_loss
from app.ui.task_runner import Lane, TaskRunner
from app.ui.words import error_words

if TYPE_CHECKING:
    from app.engine import Engine
    from app.settings import Settings
    from app.storage import StorageReport


class SettingsController(QObject):
    """Changes settings in the ``store`` lane; a change is on the disk when ``kept`` tells of it."""

    kept = Signal(str)  # the key
    refused = Signal(str, object)  # the key and a ``Trouble``
    loss_found = Signal(object, object)  # a ``Trouble``, and what lets it go: it is asked before
    raw_rule_told = Signal(str)  # what becomes of an array's channels: when the memory opens, and at each choice
    channels_dropped = Signal()  # those that need not be kept any longer are gone
    troubled = Signal(object)  # a ``Trouble`` that concerns more than a row

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
        self.raw_rule_told.emit(engine.settings.raw_channels)

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

    def lower_budget(self, budget_gb: int) -> None:
        """Let pictures of the screen take so many gigabytes only; tell first what that lets go, if anything."""
        engine, key = self._engine, "screen_budget_gb"
        if engine is None:
            return
        do = partial(self.change, key, str(budget_gb))

        def measured(report: StorageReport) -> None:
            loss = budget_loss(report, budget_gb)
            if loss is None:
                do()
            else:
                self.loss_found.emit(loss, do)

        self._runner.submit(
            Lane.BEHIND,
            lambda cancel, _report: engine.storage(cancel=cancel),
            slot="budget",
            on_result=measured,
            on_error=lambda error: self.refused.emit(key, error_words(error)),
        )

    def choose_raw_channels(self, rule: str) -> None:
        """Say what becomes of an array's channels; tell first what that lets go, if anything."""
        if self._engine is not None:
            self.raw_rule_told.emit(self._engine.settings.raw_channels)  # until it is so, all show what holds
            loss, do = channels_loss(rule), partial(self._set_raw_channels, rule)
            if loss is None:
                do()
            else:
                self.loss_found.emit(loss, do)

    def _set_raw_channels(self, rule: str) -> None:
        engine = self._engine
        if engine is None:
            return

        def drop(_nothing: object) -> None:
            self.raw_rule_told.emit(engine.settings.raw_channels)
            self._runner.submit(
                Lane.INGEST,
                lambda cancel, _report: engine.drop_channels(cancel=cancel),
                on_result=lambda _n: self.channels_dropped.emit(),
                on_error=self._on_trouble,
            )

        self._runner.submit(
            Lane.STORE,
            lambda _cancel, _report: engine.change_setting("raw_channels", rule),
            on_result=drop,
            on_error=self._on_trouble,
        )

    def _on_trouble(self, error: BaseException) -> None:
        self.troubled.emit(error_words(error))
