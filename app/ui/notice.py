"""A strip in the page: a trouble with its hint, or a question before something is lost. Never a modal window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.ui.theme import set_role

if TYPE_CHECKING:
    from app.ui.words import Trouble

_OFFER_MS = 10_000  # so long an offer stays; the keys and the menu have it longer


class Notice(QFrame):
    """Shows one thing at a time; Esc or its second button puts it away."""

    remedy_wanted = Signal(object)  # a ``Remedy``

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._do: Callable[[], None] | None = None
        self._otherwise: Callable[[], None] | None = None
        self._came_from: QWidget | None = None
        self.is_offering = False  # what is shown may be passed over: Esc is for what one is doing
        self.setAccessibleName(self.tr("Notice"))
        self.message = QLabel()
        self.message.setWordWrap(True)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.hint = QLabel()
        self.hint.setWordWrap(True)
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        self.hint.setProperty("role", "soft")
        self.act = QPushButton()
        self.act.setAccessibleName(self.tr("Do it"))
        self.act.setProperty("role", "danger")
        self.act.clicked.connect(self._on_act)
        self.dismiss = QPushButton()
        self.dismiss.setAccessibleName(self.tr("Close"))
        self.dismiss.clicked.connect(self._on_dismiss)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.message)
        words.addWidget(self.hint)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 10, 12, 10)
        layout.setSpacing(8)
        layout.addLayout(words, 1)
        layout.addWidget(self.dismiss)
        layout.addWidget(self.act)
        self.hide()

    def show_trouble(self, trouble: Trouble) -> None:
        """Say what went wrong and what to do."""
        self._fill(trouble, dismiss=self.tr("Close"), role="trouble")
        self._do = self._otherwise = None
        remedy = trouble.remedy
        if remedy is not None:
            from app.ui.known_errors import remedy_words  # not before the first paint

            set_role(self.act, "primary")
            self._do = lambda: self.remedy_wanted.emit(remedy)
            self.act.setText(remedy_words(remedy))
            self.act.setAccessibleName(remedy_words(remedy))
        self.act.setVisible(remedy is not None)
        self.show()
        _announce(self, trouble.line)

    def ask(
        self,
        question: Trouble,
        *,
        act: str,
        keep: str,
        do: Callable[[], None],
        otherwise: Callable[[], None] | None = None,
        is_dangerous: bool = True,
    ) -> None:
        """Ask before ``do`` is done; the safe button has the focus, and what loses something is red.

        Args:
            question: What is asked.
            act: Words of the button that does it.
            keep: Words of the other one.
            do: What is done.
            otherwise: What the other button does; nothing by default. Esc never does anything.
            is_dangerous: Whether something is lost.
        """
        focus = QApplication.focusWidget()
        if focus is not None and not self.isAncestorOf(focus):
            self._came_from = focus
        set_role(self.act, "danger" if is_dangerous else "primary")
        self._fill(question, dismiss=keep, role="strip")
        self._do, self._otherwise = do, otherwise
        self.act.setText(act)
        self.act.setAccessibleName(act)
        self.act.show()
        self.show()
        self.dismiss.setFocus()

    def offer(self, words: Trouble, *, act: str, do: Callable[[], None]) -> None:
        """Offer something for a while without taking the focus; a question or a trouble on show stays."""
        if not self.isHidden() and not self.is_offering:
            return
        set_role(self.act, "")
        self._fill(words, dismiss=self.tr("Close"), role="strip")
        self._do, self._otherwise, self.is_offering = do, None, True
        self.act.setText(act)
        self.act.setAccessibleName(act)
        self.act.show()
        self.show()
        _announce(self, f"{words.line} {act}")
        QTimer.singleShot(_OFFER_MS, self, lambda: self.put_away() if self._do is do else None)

    def reword(self, words: Trouble, *, of: Callable[[], None]) -> None:
        """Say more, or anew, where the question that does ``of`` is open; buttons, focus and an old hint stay."""
        if not self.is_asking or self._do is not of:
            return
        self.message.setText(words.message)
        if words.hint:
            self.hint.setText(words.hint)
            self.hint.show()
        self.setAccessibleDescription(f"{words.message} {self.hint.text()}".strip())

    @property
    def is_asking(self) -> bool:
        """Whether a question is open."""
        return self.isVisible() and self._do is not None

    def withdraw(self) -> None:
        """Put an offer away; anything else stays."""
        if self.is_offering:
            self.put_away()

    def leave(self) -> None:
        """Another page was turned to: a trouble that asks nothing has been seen."""
        if self.isVisible() and self._do is None:
            self.put_away()

    def put_away(self) -> None:
        """Close the strip and do nothing; who was asked goes on where they were."""
        self._do = self._otherwise = None
        focus = QApplication.focusWidget()
        had_focus = focus is not None and self.isAncestorOf(focus)
        self.hide()
        came_from, self._came_from = self._came_from, None
        if had_focus and came_from is not None and isValid(came_from) and came_from.isVisible():
            came_from.setFocus()

    def _fill(self, words: Trouble, *, dismiss: str, role: str) -> None:
        self.is_offering = False
        self.message.setText(words.message)
        self.hint.setText(words.hint)
        self.hint.setVisible(bool(words.hint))
        self.dismiss.setText(dismiss)
        self.dismiss.setAccessibleName(dismiss)
        self.setAccessibleDescription(words.line)
        set_role(self, role)

    def _on_dismiss(self) -> None:
        otherwise = self._otherwise
        self.put_away()
        if otherwise:
            otherwise()

    def _on_act(self) -> None:
        do = self._do
        self.put_away()
        if do:
            do()


def _announce(notice: Notice, words: str) -> None:
    from app.ui.aloud import announce  # not before the first paint

    announce(notice, words)
