"""Plain buttons and boxes of choices, all made alike."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QPushButton


def build_button(words: str, *, name: str = "", role: str = "") -> QPushButton:
    """A button.

    Args:
        words: On it.
        name: For screen readers and as a tool tip; by default its words, without a tool tip.
        role: Of the style sheet ("primary", "quiet", "danger").
    """
    button = QPushButton(words)
    button.setAccessibleName(name or words)
    button.setToolTip(name)
    button.setProperty("role", role)
    return button


def build_choice(name: str, *, n_letters: int) -> QComboBox:
    """A box of choices.

    Args:
        name: For screen readers and as a tool tip.
        n_letters: So many are to be read of a long choice; it may get more room, never less.
    """
    box = QComboBox()
    box.setAccessibleName(name)
    box.view().setAccessibleName(name)
    box.setToolTip(name)
    box.setMinimumContentsLength(n_letters)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return box
