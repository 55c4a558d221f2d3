"""Plain buttons, fields and lists to choose from, all made alike."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton


def build_button(words: str, *, name: str = "", role: str = "", do: Callable[[], object] | None = None) -> QPushButton:
    """A button.

    Args:
        words: On it.
        name: For screen readers and as a tool tip; by default its words, without a tool tip.
        role: Of the style sheet ("primary", "quiet", "danger").
        do: What a click does.
    """
    button = QPushButton(words)
    button.setAccessibleName(name or words)
    button.setToolTip(name)
    button.setProperty("role", role)
    if do is not None:
        button.clicked.connect(do)
    return button


def build_field(name: str, *, hint: str, longest: int, do: Callable[[], object]) -> QLineEdit:
    """A line to type into.

    Args:
        name: For screen readers.
        hint: What it says while it is empty.
        longest: At most so many letters.
        do: What Enter does.
    """
    field = QLineEdit()
    field.setAccessibleName(name)
    field.setPlaceholderText(hint)
    field.setProperty("role", "field")
    field.setMaxLength(longest)
    field.setAcceptDrops(False)  # a dropped file is imported by the window
    field.returnPressed.connect(do)
    return field


class Choice(QComboBox):
    """A list to choose from, whose name a screen reader says.

    On Linux Qt gives what is chosen as the name of a combo box, and leaves what it is called to a label beside it:
    where none is seen there is one that is not.
    """

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """It has a parent now, for the label to stand in."""
        super().showEvent(event)
        parent = self.parentWidget()
        labels = parent.findChildren(QLabel, options=Qt.FindChildOption.FindDirectChildrenOnly) if parent else []
        if parent is not None and not any(label.buddy() is self for label in labels):
            label = QLabel(self.accessibleName(), parent)
            label.setBuddy(self)
            label.hide()


def build_choice(name: str, *, view_name: str = "", n_letters: int, has_tip: bool = False) -> QComboBox:
    """A list to choose from that long words in it do not widen.

    Args:
        name: For screen readers.
        view_name: Of what opens, likewise; by default the same.
        n_letters: So many have room.
        has_tip: The name is a tool tip too.
    """
    choice = Choice()
    choice.setAccessibleName(name)
    choice.view().setAccessibleName(view_name or name)
    choice.setToolTip(name if has_tip else "")
    choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    choice.setMinimumContentsLength(n_letters)
    return choice
