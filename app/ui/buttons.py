"""Plain buttons, all made alike."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton


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
