"""Lines to say what was heard wrongly: the words of an utterance, and who said it.

Role: two cards that are hidden until they are opened; what the user says is told as signals. Nothing is lost by it: the
words as they were heard stay, and each version that was typed can be chosen again.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from app.ui.buttons import Choice, build_button
from app.ui.words import day_words, to_local
from memory.records import Correction, Moment

_LINES = 3
_LONGEST_NAME = 80
_LETTERS = 60  # of a version, in the list


class WordsField(QPlainTextEdit):
    """A few lines of text; Ctrl+Enter saves, Tab goes on."""

    saved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)  # a dropped file is imported by the window
        self.setFixedHeight(_LINES * self.fontMetrics().lineSpacing() + 20)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Save with Ctrl+Enter."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.saved.emit()
        else:
            super().keyPressEvent(event)


class CorrectionLine(QFrame):
    """Hidden until it is opened.

    Signals:
        saved: The words that were typed.
        restored: The words as they were heard are to come back.
        closed: It was put away.
    """

    saved = Signal(str)
    restored = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName(self.tr("Correct the words"))
        self.ask = QLabel(self.tr("What was really said? What was heard is kept beside it."))
        self.words = WordsField()
        self.words.setAccessibleName(self.tr("Words as they were said"))
        self.words.saved.connect(self._on_save)
        self.versions = Choice()
        self.versions.setAccessibleName(self.tr("What you typed before"))
        self.versions.view().setAccessibleName(self.tr("Versions"))
        self.versions.activated.connect(self._on_version)
        self.save = build_button(self.tr("Save"), name=self.tr("Save the correction (Ctrl+Enter)"), role="primary")
        self.save.clicked.connect(self._on_save)
        self.restore = build_button(self.tr("Bring back what was heard"))
        self.restore.clicked.connect(self.restored)
        self.cancel = build_button(self.tr("Cancel"), name=self.tr("Leave the words as they are"))
        self.cancel.clicked.connect(self.close_line)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.save)
        row.addWidget(self.cancel)
        row.addWidget(self.restore)
        row.addWidget(self.versions)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(self.ask)
        layout.addWidget(self.words)
        layout.addLayout(row)
        self.hide()

    def open_line(self, moment: Moment) -> None:
        """Let the words of a moment be typed; its versions follow."""
        self.words.setPlainText(moment.text)
        self.words.selectAll()
        self.restore.setVisible(moment.original is not None)
        self.versions.hide()
        self.show()
        self.words.setFocus()

    def show_versions(self, versions: Sequence[Correction], now_us: int) -> None:
        """Offer what was typed before."""
        self.versions.clear()
        self.versions.addItem(self.tr("What you typed before…"), None)
        now = to_local(now_us)
        for version in versions:
            at = to_local(version.made_us)
            flat = " ".join(version.text.split())
            cut = flat if len(flat) <= _LETTERS else flat[: _LETTERS - 1] + "…"
            self.versions.addItem(f"{day_words(at, now)}, {at:%H:%M}: {cut}", version.text)
        self.versions.setVisible(bool(versions))

    def close_line(self) -> None:
        """Put it away and change nothing."""
        self.hide()
        self.closed.emit()

    def _on_version(self, row: int) -> None:
        text = self.versions.itemData(row)
        if text is not None:
            self.words.setPlainText(text)
            self.words.setFocus()

    def _on_save(self) -> None:
        self.saved.emit(self.words.toPlainText())


class SpeakerLine(QFrame):
    """Hidden until it is opened; Enter saves the name.

    Signals:
        saved: The name of who said it; "" where nobody can say.
        closed: It was put away.
    """

    saved = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName(self.tr("Correct who said this"))
        self.ask = QLabel(self.tr("Who said this one sentence?"))
        self.name = Choice()
        self.name.setEditable(True)
        self.name.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.name.setAccessibleName(self.tr("Name of who said this"))
        self.name.view().setAccessibleName(self.tr("Names that are known"))
        self.name.setMinimumContentsLength(20)
        line = self.name.lineEdit()
        assert line is not None
        line.setAccessibleName(self.tr("Name of who said this"))
        line.setPlaceholderText(self.tr("A known name or a new one"))
        line.setMaxLength(_LONGEST_NAME)
        line.setAcceptDrops(False)
        line.returnPressed.connect(self._on_save)
        self.save = build_button(self.tr("Save"), name=self.tr("Save who said this"), role="primary")
        self.save.clicked.connect(self._on_save)
        self.nobody = build_button(self.tr("I cannot say"), name=self.tr("Nobody can say who said this"))
        self.nobody.clicked.connect(lambda: self.saved.emit(""))
        self.cancel = build_button(self.tr("Cancel"), name=self.tr("Leave it as it is"))
        self.cancel.clicked.connect(self.close_line)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(self.ask)
        layout.addWidget(self.name, 1)
        layout.addWidget(self.save)
        layout.addWidget(self.nobody)
        layout.addWidget(self.cancel)
        self.hide()

    def open_line(self, moment: Moment) -> None:
        """Ask who said a moment; the names that are known follow."""
        self.name.clear()
        self.name.setEditText(moment.speaker or "")
        self.show()
        line = self.name.lineEdit()
        assert line is not None
        line.selectAll()
        line.setFocus()

    def show_names(self, names: Sequence[str]) -> None:
        """Offer the names that are known; what is typed stays."""
        typed = self.name.currentText()
        self.name.clear()
        self.name.addItems(list(names))
        self.name.setCurrentIndex(-1)  # none is chosen by having come first
        self.name.setEditText(typed)

    def close_line(self) -> None:
        """Put it away and change nothing."""
        self.hide()
        self.closed.emit()

    def _on_save(self) -> None:
        name = self.name.currentText().strip()
        if name:
            self.saved.emit(name)
