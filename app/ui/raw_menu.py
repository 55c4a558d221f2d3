"""The menu that says what becomes of the channels of an array recording once its directions are separated.

Role: three choices of one setting, one of them checked; what is chosen is told as a signal.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

KEEP, MONTH, DROP = "keep", "30 days", "drop"


class RawMenu(QMenu):
    """Keep, keep for a month, or drop; another number of days, set elsewhere, checks none of them."""

    rule_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Sound of each microphone, once separated"))
        self.setAccessibleName(self.title())
        self._group = QActionGroup(self)
        self._actions: dict[str, QAction] = {}
        for rule, words in (
            (KEEP, self.tr("Keep")),
            (MONTH, self.tr("Keep for 30 days")),
            (DROP, self.tr("Keep only the directions and the mixed sound")),
        ):
            action = QAction(words, self)
            action.setCheckable(True)
            action.triggered.connect(lambda _checked=False, rule=rule: self.rule_chosen.emit(rule))
            self._group.addAction(action)
            self.addAction(action)
            self._actions[rule] = action
        self.setEnabled(False)  # until the memory is open

    def action(self, rule: str) -> QAction:
        """The choice of a rule."""
        return self._actions[rule]

    def show_rule(self, rule: str) -> None:
        """Check the rule that holds."""
        self.setEnabled(True)
        self._group.setExclusive(False)
        for name, action in self._actions.items():
            action.setChecked(name == rule)
        self._group.setExclusive(True)
