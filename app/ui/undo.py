"""What can be undone: the last steps, newest first. Forgetting is never among them, for what is forgotten is gone.

Role: one stack for the window. A step knows what it did in words and how to take it back through the same verbs, in
the same lane; so what it gives back is kept like any other change.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

_MOST = 20


@dataclass(frozen=True, slots=True)
class Step:
    """One change that was made.

    Attributes:
        words: What was done, one sentence.
        take_back: Undoes it; called on the GUI thread.
        is_offered: Whether the window offers it in words; Ctrl+Z and the menu do it anyway.
    """

    words: str
    take_back: Callable[[], None]
    is_offered: bool = True


class UndoStack(QObject):
    """The changes that can be taken back."""

    pushed = Signal(object)  # a Step: offer to take it back
    passed = Signal()  # another step is the newest now: what was offered would do nothing any more

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps: list[Step] = []

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to undo."""
        return not self._steps

    def push(self, step: Step) -> None:
        """A change was made; the oldest of many is let go."""
        self._steps = [*self._steps[1 - _MOST :], step]
        self.passed.emit()
        if step.is_offered:
            self.pushed.emit(step)

    def undo(self) -> None:
        """Take the newest change back."""
        if self._steps:
            step = self._steps.pop()
            self.passed.emit()
            step.take_back()

    def undo_step(self, step: Step) -> None:
        """Take a change back that was offered; nothing where newer ones lie on it."""
        if self._steps and self._steps[-1] is step:
            self.undo()

    def forget(self) -> None:
        """Something was forgotten: no step may bring any of it back."""
        self._steps.clear()
        self.passed.emit()
