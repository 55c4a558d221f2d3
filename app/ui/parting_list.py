"""Choosing what somebody else said: utterances of one voice with a box each, those least like it first.

Role: widgets; what was chosen, and whose it is, is told as a signal.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.ui.buttons import Choice, build_button
from app.ui.people_view_model import Entry
from app.ui.refill import refill
from app.ui.words import when_words
from memory.records import Moment


class UtteranceList(QListWidget):
    """Utterances with boxes: Space ticks, Enter plays."""

    play_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("What this voice said"))
        self.setAccessibleDescription(self.tr("Space ticks what somebody else said, Enter plays it."))
        self.setProperty("role", "ticks")
        self.setWordWrap(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemActivated.connect(lambda item: self.play_wanted.emit(item.data(Qt.ItemDataRole.UserRole)))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Enter plays, whatever the desktop does at Enter."""
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            self.play_wanted.emit(item.data(Qt.ItemDataRole.UserRole))
        else:
            super().keyPressEvent(event)


class PartingList(QWidget):
    """Tick, say whose it is, take it out.

    Signals:
        parted: The chosen moments (list of ids), and the id of the voice they belong to or None for a new one.
        play_wanted: Id of a moment.
        cancelled: Nothing is to be parted.
    """

    parted = Signal(object, object)
    play_wanted = Signal(str)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Somebody else's words"))
        self._moments: Sequence[Moment] = ()
        self.told = QLabel()
        self.told.setProperty("role", "soft")
        self.told.setWordWrap(True)
        self.list = UtteranceList()
        self.list.itemChanged.connect(lambda _item: self._on_ticked())
        self.list.play_wanted.connect(self.play_wanted)
        self.whose = Choice()
        self.whose.setAccessibleName(self.tr("Whose words these are"))
        self.whose.view().setAccessibleName(self.tr("Voices"))
        self.take = build_button(self.tr("Take out"), name=self.tr("Take out what is ticked"), role="primary")
        self.take.clicked.connect(self._on_take)
        self.whose.currentIndexChanged.connect(lambda _n: self._on_ticked())
        self.cancel = build_button(self.tr("Cancel"), name=self.tr("Take nothing out"))
        self.cancel.clicked.connect(self.cancelled)
        self._arrange()

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(QLabel(self.tr("It was")))
        row.addWidget(self.whose, 1)
        row.addWidget(self.take)
        row.addWidget(self.cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.told)
        layout.addWidget(self.list, 1)
        layout.addLayout(row)

    def show_utterances(self, moments: Sequence[Moment], n_all: int, others: Sequence[Entry], now_us: int) -> None:
        """Show these of ``n_all``; what is ticked stays while they are the same."""
        told = self.tr("Tick what somebody else said. What sounds least like this voice comes first.")
        if len(moments) < n_all:
            few = self.tr("These {n} of {all} are shown.").format(n=len(moments), all=f"{n_all:,}")
            told = f"{told} {few}"
        self.told.setText(told)
        whose = [(None, self.tr("a voice of its own")), *((other.clue.key, other.title) for other in others)]
        refill(self.whose, whose, anew=self.isHidden())
        if moments is not self._moments:
            self._moments = moments
            self._fill(moments, now_us)
        self._on_ticked()

    def _fill(self, moments: Sequence[Moment], now_us: int) -> None:
        self.list.clear()
        for moment in moments:
            item = QListWidgetItem(f"{moment.text or self.tr('(no words)')}\n{when_words(moment, now_us)}")
            item.setData(Qt.ItemDataRole.UserRole, moment.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.list.addItem(item)
        if moments:
            self.list.setCurrentRow(0)

    @property
    def ticked(self) -> list[str]:
        """Ids of what is ticked."""
        items: Callable[[int], QListWidgetItem] = self.list.item
        rows = [items(row) for row in range(self.list.count())]
        return [item.data(Qt.ItemDataRole.UserRole) for item in rows if item.checkState() is Qt.CheckState.Checked]

    def _on_ticked(self) -> None:
        n = len(self.ticked)
        self.take.setEnabled(n > 0 and self.whose.currentIndex() >= 0)
        words = self.tr("Take out") if n == 0 else self.tr("Take out {n}").format(n=n)
        self.take.setText(words)

    def _on_take(self) -> None:
        self.parted.emit(self.ticked, self.whose.currentData())
