"""The panel beside the evidence: the answer as it grows, or what one could ask."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.ui.answer_html import LINK, REMEDY_LINK, answer_html, answer_text
from app.ui.ask_view_model import AskViewModel, Phase
from app.ui.buttons import build_button
from app.ui.example_button import ExampleButton
from app.ui.rich_text import RichText
from app.ui.theme import HEAD_GAP_PX, Theme, scaled_font
from app.ui.words import Remedy

N_NEXT = 3
N_BEFORE = 4


class AnswerPanel(QWidget):
    """Shows the answer of an ``AskViewModel``; citations are links."""

    cited = Signal(str)
    remedy_wanted = Signal(object)  # a ``Remedy``
    example_chosen = Signal(str)
    stop_wanted = Signal()
    afresh_wanted = Signal()

    def __init__(self, theme: Theme, *, examples: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._shown = self._text = ""
        self._model: AskViewModel | None = None
        self._has_room = True
        self.setAccessibleName(self.tr("Answer"))
        self.title = QLabel(self.tr("Answer"))
        self.title.setMinimumHeight(36)
        self.title.setFont(scaled_font(self.font(), 1.15, bold=True))
        self.status = QLabel()
        self.status.setTextFormat(Qt.TextFormat.PlainText)
        self.status.setProperty("role", "soft")
        self.stop = QPushButton(self.tr("Stop"))
        self.stop.setAccessibleName(self.tr("Stop answering"))
        self.stop.setProperty("role", "quiet")
        self.stop.clicked.connect(self.stop_wanted)
        self.body = RichText(self.tr("Text of the answer"))
        self.body.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.chosen.connect(self._on_link)
        self.copy = build_button(self.tr("Copy"), name=self.tr("Copy the answer with its sources"), role="quiet")
        self.copy.clicked.connect(self.copy_answer)
        self.examples = self._build_examples(examples)
        self.before, self._before_buttons = self._build_before()
        self.next, self._next_buttons = self._build_next()
        self.going_on, self.going_on_words, self.afresh = self._build_going_on()
        head = QHBoxLayout()
        head.setContentsMargins(6, 0, 0, 0)
        head.setSpacing(12)
        head.addWidget(self.title)
        head.addWidget(self.status, 1)
        head.addWidget(self.copy)
        head.addWidget(self.stop)
        self.card = QFrame()
        self.card.setProperty("role", "card")
        self.card.setAccessibleName(self.tr("Answer"))
        inner = QVBoxLayout(self.card)
        inner.setContentsMargins(20, 16, 12, 16)
        inner.addWidget(self.examples)
        inner.addWidget(self.before)
        inner.addWidget(self.body, 1)
        inner.addWidget(self.next)
        inner.addWidget(self.going_on)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(HEAD_GAP_PX)
        layout.addLayout(head)
        layout.addWidget(self.card, 1)

    def set_room(self, *, is_there: bool) -> None:
        """Whether there is room for more than the answer: what one might ask next may not lie over it."""
        if is_there != self._has_room:
            self._has_room = is_there
            if self._model is not None:
                self._show_next(self._model)

    def show_model(self, model: AskViewModel) -> None:
        """Show how far the question is."""
        self._model = model
        idle = model.phase is Phase.IDLE
        self.title.setText(self.tr("Ask your memory") if idle else self.tr("Answer"))
        self.status.setText(model.status())
        self.stop.setVisible(model.phase in (Phase.READING, Phase.WRITING))
        self.copy.setVisible(model.phase is Phase.ANSWERED)
        self._text = answer_text(model) if model.phase is Phase.ANSWERED else ""
        self.examples.setVisible(idle)
        self._show_buttons(self._before_buttons, model.asked_before if idle else ())
        self.before.setVisible(idle and bool(model.asked_before))
        self._show_next(model)
        html = "" if idle else answer_html(model, self.theme)
        if html != self._shown:
            self._shown = html
            self.body.show_html(html)

    def _show_next(self, model: AskViewModel) -> None:
        """What one might ask next, and what a follow-up would go on from."""
        words = model.suggestions if model.phase is Phase.ANSWERED and self._has_room else ()
        self._show_buttons(self._next_buttons, words)
        self.next.setVisible(bool(words))
        going_on = model.going_on()
        self.going_on_words.setText(going_on)
        self.going_on.setVisible(bool(going_on) and self._has_room)

    def _show_buttons(self, buttons: Sequence[ExampleButton], words: Sequence[str]) -> None:
        for button, text in zip(buttons, (*words, *[""] * len(buttons)), strict=False):
            if button.text() != text:
                button.set_words(text, self.tr("Ask: {question}").format(question=text))
            button.setVisible(bool(text))

    def copy_answer(self) -> bool:
        """Put the answer and where it stands on the clipboard, as plain words; say whether there was one."""
        if self._text:
            QGuiApplication.clipboard().setText(self._text)
            self.status.setText(self.tr("Copied with its sources."))
        return bool(self._text)

    def _build_before(self) -> tuple[QWidget, list[ExampleButton]]:
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 12, 8, 0)
        layout.setSpacing(8)
        title = QLabel(self.tr("Asked before"))
        title.setProperty("role", "soft")
        layout.addWidget(title)
        buttons = [self._add_question(layout, "", self.tr("A question that was asked before")) for _ in range(N_BEFORE)]
        box.hide()
        return box, buttons

    def _build_next(self) -> tuple[QWidget, list[ExampleButton]]:
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 8, 8, 0)
        layout.setSpacing(6)
        buttons = [self._add_question(layout, "", self.tr("A question one might ask next")) for _ in range(N_NEXT)]
        box.hide()
        return box, buttons

    def _add_question(self, layout: QVBoxLayout, words: str, name: str) -> ExampleButton:
        """A button that asks what it says."""
        button = ExampleButton(words, name)
        button.clicked.connect(lambda _checked=False: self.example_chosen.emit(button.text()))
        layout.addWidget(button)
        return button

    def _build_going_on(self) -> tuple[QWidget, QLabel, QPushButton]:
        box = QWidget()
        words = QLabel()
        words.setProperty("role", "soft")
        words.setWordWrap(True)
        words.setTextFormat(Qt.TextFormat.PlainText)
        button = QPushButton(self.tr("Start afresh"))
        button.setAccessibleName(self.tr("Start afresh: the next question goes on from nothing"))
        button.setProperty("role", "quiet")
        button.clicked.connect(self.afresh_wanted)
        layout = QHBoxLayout(box)
        layout.setContentsMargins(0, 8, 8, 0)
        layout.addWidget(words, 1)
        layout.addWidget(button)
        box.hide()
        return box, words, button

    def _build_examples(self, examples: Sequence[str]) -> QWidget:
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(8)
        hint = QLabel(
            self.tr("Ask in plain words. The answer cites what was said or seen, or says that it is not there.")
        )
        hint.setWordWrap(True)
        hint.setProperty("role", "soft")
        layout.addWidget(hint)
        layout.addSpacing(4)
        for words in examples or (
            self.tr("What did we agree on yesterday?"),
            self.tr("What was the total on the last receipt?"),
            self.tr("When is the next appointment?"),
        ):
            self._add_question(layout, words, self.tr("Ask: {question}").format(question=words))
        return box

    def _on_link(self, target: str) -> None:
        if target.startswith(LINK):
            self.cited.emit(target.removeprefix(LINK))
        elif target.startswith(REMEDY_LINK):
            self.remedy_wanted.emit(Remedy(target.removeprefix(REMEDY_LINK)))
