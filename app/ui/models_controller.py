"""Does with models what the user wants, one thing at a time, and tells how far it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from app.ui.models_words import measured_words, pull_words
from app.ui.storage_words import size_words
from app.ui.task_runner import Lane, TaskRunner
from app.ui.words import Trouble, error_words

if TYPE_CHECKING:
    from app.engine import Engine
    from app.models_desk import ModelState
    from models.pull import PullProgress

_LIST = "models-list"
_WORK = "models-work"


@dataclass(frozen=True, slots=True)
class Doing:
    """What is being done to which model, and how much of it is done (0 to 1, None while unknown)."""

    model: str
    words: str
    share: float | None = None


class ModelsController(QObject):
    """Everything off the GUI thread. Nothing is fetched unless ``pull`` was called."""

    changed = Signal()
    came = Signal()  # a model is here that was not: what waited for it can go on

    def __init__(self, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._engine: Engine | None = None
        self.states: tuple[ModelState, ...] = ()
        self.doing: Doing | None = None
        self.said: dict[str, Trouble] = {}  # the end of what was done last, by model
        self._next: list[str] = []  # to be fetched after the one in hand

    def set_engine(self, engine: Engine) -> None:
        """The memory is open."""
        self._engine = engine

    def read(self) -> None:
        """Look which models are here."""
        engine = self._engine
        if engine is not None:
            self._runner.submit(
                Lane.IO,
                lambda _cancel, _report: tuple(engine.models.list_models()),
                slot=_LIST,
                on_result=self._on_states,
            )

    @property
    def lacking(self) -> list[ModelState]:
        """What is used and can be fetched and is not here."""
        return [each for each in self.states if each.is_used and not each.is_here and not each.model.bundled]

    def pull_all(self, names: Sequence[str]) -> None:
        """Fetch models one after the other; what cannot be had does not keep the others from coming."""
        self._next = list(names)
        self._pull_next()

    def _pull_next(self) -> None:
        if self._next and self.doing is None:
            self.pull(self._next.pop(0))

    def pull(self, name: str) -> None:
        """Fetch a model."""

        def done(_nothing: object) -> None:
            self._say(name, Trouble(self.tr("It is here, and every byte of it was checked."), self._find_hint(name)))
            self.came.emit()

        self._do(
            name,
            self.tr("Asking where it can be had…"),
            lambda engine, cancel, report: engine.models.pull(name, cancel=cancel, report=report),
            on_result=done,
            on_report=lambda progress: self._on_pulled(name, progress),
        )

    def verify(self, name: str) -> None:
        """Read every byte of a model."""

        def done(state: str) -> None:
            if state == "present":
                self._say(name, Trouble(self.tr("Every byte is right.")))
            else:
                self._say(name, Trouble(self.tr("Some of its bytes are wrong or missing."), self.tr("Fetch it again.")))

        words = self.tr("Reading every byte…")
        self._do(
            name,
            words,
            lambda engine, cancel, report: engine.models.verify(name, cancel=cancel, report=report),
            on_result=done,
            on_report=lambda share: self._show(Doing(name, words, share)),
        )

    def measure(self, name: str) -> None:
        """Try a model for its speed."""
        self._do(
            name,
            self.tr("Trying it on a piece of the sample day…"),
            lambda engine, cancel, _report: engine.models.measure(name, cancel=cancel),
            on_result=lambda measured: self._say(name, Trouble(measured_words(measured))),
        )

    def remove(self, name: str) -> None:
        """Delete a model from the disk."""
        self._do(
            name,
            self.tr("Removing…"),
            lambda engine, _cancel, _report: engine.models.remove(name),
            on_result=lambda n_bytes: self._on_removed(name, n_bytes),
        )

    def stop(self) -> None:
        """Cancel what is being done, and what was to follow."""
        self._next.clear()
        self._runner.stop(_WORK)

    def _do(
        self,
        name: str,
        words: str,
        work: Callable[[Engine, Any, Any], Any],
        *,
        on_result: Callable[[Any], None],
        on_report: Callable[[Any], None] = lambda _item: None,
    ) -> None:
        engine = self._engine
        if engine is None:
            return
        if self.doing is not None:  # a question before it was answered meanwhile: say what it would have to wait for
            busy = next((each.model.title for each in self.states if each.model.id == self.doing.model), "")
            self._say(name, Trouble(f"{busy}: {self.doing.words}"))
            return

        def result(value: Any) -> None:
            self._end()
            on_result(value)
            self._pull_next()

        def failed(error: BaseException) -> None:
            self._end()
            self._say(name, error_words(error))
            self._pull_next()

        def stopped() -> None:
            self._end()
            self._say(name, Trouble(self.tr("Stopped. What has come stays, and the next time goes on from there.")))

        self.said.pop(name, None)
        self._show(Doing(name, words))
        self._runner.submit(
            Lane.FETCH,
            lambda cancel, report: work(engine, cancel, report),
            slot=_WORK,
            on_result=result,
            on_error=failed,
            on_report=on_report,
            on_cancelled=stopped,
        )

    def _on_pulled(self, name: str, progress: PullProgress) -> None:
        share = progress.n_done_bytes / progress.n_total_bytes if progress.n_total_bytes else None
        self._show(Doing(name, pull_words(progress), share))

    def _find_hint(self, name: str) -> str:
        """What is still to be done before a model that was fetched can be used; mostly nothing."""
        is_eye = any(state.model.id == name and state.model.task == "see" for state in self.states)
        return self._engine.sight.hint if self._engine is not None and is_eye else ""

    def _on_removed(self, name: str, n_bytes: int) -> None:
        self._say(name, Trouble(self.tr("It is gone; that freed {size}.").format(size=size_words(n_bytes))))

    def _on_states(self, states: tuple[ModelState, ...]) -> None:
        self.states = states
        self.changed.emit()

    def _show(self, doing: Doing) -> None:
        self.doing = doing
        self.changed.emit()

    def _say(self, name: str, words: Trouble) -> None:
        self.said[name] = words
        self.changed.emit()

    def _end(self) -> None:
        self.doing = None
        self.read()
