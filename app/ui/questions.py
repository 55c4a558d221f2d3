"""What is asked in the page before something is lost: forgetting, removing a model, a stricter setting.

Role: the words of each question, and what a yes does. Nothing is lost by Esc or by the button that has the focus.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.ui.models_words import loss_words
from app.ui.notice import Notice
from app.ui.task_runner import Lane, TaskRunner
from app.ui.words import Trouble, toll_words

if TYPE_CHECKING:
    from app.engine import Engine
    from app.models_desk import ModelState


class Questions(QObject):
    """Asks, and does it when the answer is yes.

    Args:
        notice: Where to ask.
        runner: The lanes.
        delete: Forgets a moment, by its id.
        forget_asked: Forgets all questions that were asked.
        remove_model: Deletes a model, by its id.
    """

    def __init__(
        self,
        notice: Notice,
        runner: TaskRunner,
        *,
        delete: Callable[[str], None],
        forget_asked: Callable[[], None],
        remove_model: Callable[[str], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._notice, self._runner = notice, runner
        self._delete, self._forget_asked, self._remove_model = delete, forget_asked, remove_model
        self._engine: Engine | None = None

    def set_engine(self, engine: Engine) -> None:
        """The memory is open."""
        self._engine = engine

    def confirm_forget(self, moment: str) -> None:
        """Ask before a moment is deleted; what it takes along is read meanwhile."""
        engine, do = self._engine, partial(self._delete, moment)
        words = Trouble(self.tr("Forget this moment?"), self.tr("It is deleted everywhere and cannot be brought back."))
        self._ask(words, self.tr("Forget"), do)
        if engine is not None:
            self._runner.submit(
                Lane.IO,
                lambda _cancel, _report: engine.memory.read_toll(moment),
                slot="toll",
                on_result=lambda toll: self._notice.reword(
                    Trouble(words.message, f"{words.hint} {toll_words(toll)}".strip()), of=do
                ),
            )

    def confirm_forget_asked(self) -> None:
        """Ask before all questions are forgotten."""
        words = Trouble(
            self.tr("Forget all questions that were asked?"),
            self.tr("What you said of evidence goes with them. Moments stay."),
        )
        self._ask(words, self.tr("Forget"), self._forget_asked)

    def confirm_forget_voice(self, name: str, do: Callable[[], None]) -> None:
        """Ask before it is forgotten how a person sounds."""
        words = Trouble(
            self.tr("Forget the voice of {name}?").format(name=name),
            self.tr("What was said stays; who said it is not known any more, and cannot be brought back."),
        )
        self._ask(words, self.tr("Forget"), do)

    def confirm_remove(self, state: ModelState) -> None:
        """Ask before a model is deleted."""
        words = Trouble(
            self.tr("Remove {model} from this computer?").format(model=state.model.title),
            f"{loss_words(state.model.task)} {self.tr('It can be fetched again.')}".strip(),
        )
        self._ask(words, self.tr("Remove"), partial(self._remove_model, state.model.id))

    def confirm_loss(self, words: Trouble, do: Callable[[], None]) -> None:
        """Ask before a setting lets something go."""
        self._ask(words, self.tr("Let it go"), do)

    def _ask(self, words: Trouble, act: str, do: Callable[[], None]) -> None:
        self._notice.ask(words, act=act, keep=self.tr("Keep"), do=do)
