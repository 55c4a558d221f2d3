"""A line to name a voice on: given once, the name stands on everything that this voice said."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

_LONGEST_NAME = 80


class WhoLine(QWidget):
    """Hidden until it is opened; Enter saves."""

    named = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Who is this voice?"))
        self.ask = QLabel(self.tr("Who is this voice?"))
        self.name = QLineEdit()
        self.name.setAccessibleName(self.tr("Name of this voice"))
        self.name.setPlaceholderText(self.tr("A name; it is then on all that this voice said"))
        self.name.setMaxLength(_LONGEST_NAME)
        self.name.setAcceptDrops(False)  # a dropped file is imported by the window
        self.name.returnPressed.connect(self._on_save)
        self.save = QPushButton(self.tr("Save"))
        self.save.setAccessibleName(self.tr("Save the name"))
        self.save.clicked.connect(self._on_save)
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.setAccessibleName(self.tr("Do not name this voice"))
        self.cancel.clicked.connect(self.close_line)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.ask)
        layout.addWidget(self.name, 1)
        layout.addWidget(self.save)
        layout.addWidget(self.cancel)
        self.hide()

    def open_line(self, name: str) -> None:
        """Ask for a name; the present one can be changed."""
        self.name.setText(name)
        self.name.selectAll()
        self.show()
        self.name.setFocus()

    def close_line(self) -> None:
        """Put it away and change nothing."""
        self.hide()
        self.closed.emit()

    def _on_save(self) -> None:
        name = " ".join(self.name.text().split())
        if name:
            self.hide()
            self.named.emit(name)
