"""The page of people, places and applications: three lists, and the chosen entry of one of them beside it.

Role: arranges widgets and shows the view model.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.ui.aloud import Stack
from app.ui.buttons import build_button
from app.ui.cards_model import CardsModel
from app.ui.entries_list import EntriesList, EntriesModel
from app.ui.entry_panel import EntryPanel
from app.ui.people_view_model import PeopleViewModel, Tab
from app.ui.people_words import merge_words
from app.ui.player import Player
from app.ui.theme import Theme
from app.ui.words import Trouble
from app.ui.world_map import WorldMap
from memory.records import Merge

_NARROW_PX = 860


class PeopleView(QWidget):
    """Shows a ``PeopleViewModel``."""

    tab_wanted = Signal(object)
    undo_wanted = Signal()
    retry_wanted = Signal()

    def __init__(
        self,
        model: PeopleViewModel,
        cards: CardsModel,
        player: Player,
        theme: Theme,
        *,
        now_us: Callable[[], int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("People and places"))
        self._model, self._now_us = model, now_us
        self._settled: Merge | None = None  # a merge that is right and need not be offered to be undone
        self.tabs: dict[Tab, QPushButton] = {}
        self._group = QButtonGroup(self)
        for tab, words in (
            (Tab.PEOPLE, self.tr("People")),
            (Tab.PLACES, self.tr("Places")),
            (Tab.APPS, self.tr("Applications")),
        ):
            self._add_tab(tab, words)
        self.list = EntriesList(EntriesModel(now_us, self), theme)
        self.map = WorldMap(theme)
        self.merged = QLabel()
        self.merged.setTextFormat(Qt.TextFormat.PlainText)
        self.merged.setWordWrap(True)
        self.undo = build_button(self.tr("Undo"), name=self.tr("Make two voices of them again"))
        self.undo.clicked.connect(self.undo_wanted)
        self.settle = build_button(self.tr("Close"), name=self.tr("They are one voice: say it no more"))
        self.settle.clicked.connect(self._on_settled)
        self.panel = EntryPanel(cards, player, theme)
        self.empty = QLabel()
        self.empty.setTextFormat(Qt.TextFormat.PlainText)
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setProperty("role", "soft")
        self.retry = build_button(self.tr("Try again"))
        self.retry.clicked.connect(self.retry_wanted)
        self._arrange()

    def _add_tab(self, tab: Tab, words: str) -> None:
        button = QPushButton(words)
        button.setProperty("role", "tab")
        button.setCheckable(True)
        button.setAccessibleName(words)
        button.clicked.connect(lambda _checked=False: self.tab_wanted.emit(tab))
        self._group.addButton(button)
        self.tabs[tab] = button

    def _arrange(self) -> None:
        tabs = QHBoxLayout()
        tabs.setSpacing(8)
        for button in self.tabs.values():
            tabs.addWidget(button)
        tabs.addStretch(1)
        self._strip = QFrame()
        self._strip.setProperty("role", "strip")
        self._strip.setAccessibleName(self.tr("The last joining"))
        undoing = QHBoxLayout(self._strip)
        undoing.setContentsMargins(12, 8, 8, 8)
        undoing.addWidget(self.merged, 1)
        undoing.addWidget(self.undo)
        undoing.addWidget(self.settle)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addLayout(tabs)
        left.addWidget(self.map, 3)
        left.addWidget(self.list, 2)
        left.addWidget(self._strip)
        self._scroll = QScrollArea()  # where there is little room; otherwise all of it is seen
        self._scroll.setAccessibleName(self.tr("What was chosen"))
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.panel.setObjectName("page")
        self._scroll.setWidget(self.panel)
        nothing = QWidget()
        nothing.setAccessibleName(self.tr("Nothing here yet"))
        centre = QVBoxLayout(nothing)
        centre.addStretch(1)
        centre.addWidget(self.empty)
        centre.addWidget(self.retry, 0, Qt.AlignmentFlag.AlignHCenter)
        centre.addStretch(2)
        self._right = Stack()
        self._right.addWidget(self._scroll)
        self._right.addWidget(nothing)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(16)
        self._columns.addLayout(left, 2)
        self._columns.addWidget(self._right, 3)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Put the list over the chosen entry when the window is narrow."""
        super().resizeEvent(event)
        is_narrow = self.width() < _NARROW_PX
        wanted = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        if self._columns.direction() != wanted:
            self._columns.setDirection(wanted)
            self.show_model()

    def show_model(self) -> None:
        """Show what the view model holds now."""
        model = self._model
        self.tabs[model.tab].setChecked(True)
        self.list.setAccessibleName(self.tabs[model.tab].text())
        self.list.show_entries(model.entries, model.chosen)
        merge = model.merge if model.tab is Tab.PEOPLE and model.merge != self._settled else None
        self._strip.setVisible(merge is not None)
        if merge is not None:
            self.merged.setText(merge_words(merge))
        entry = model.chosen
        self._show_map(model)
        self.retry.setVisible(model.trouble is not None)
        if entry is not None:
            self.panel.show_model(model, entry, self._now_us())
            self._right.setCurrentIndex(0)
            return
        self.empty.setText(self._empty_words(model))
        self._right.setCurrentIndex(1)

    def _on_settled(self) -> None:
        self._settled = self._model.merge
        self.show_model()
        self.list.setFocus()

    def _show_map(self, model: PeopleViewModel) -> None:
        """The map takes half of the width while places are on show, and leaves it to the moments otherwise."""
        is_shown = model.tab is Tab.PLACES and bool(model.points)
        self.map.setVisible(is_shown)
        is_narrow = self._columns.direction() == QBoxLayout.Direction.TopToBottom
        self._columns.setStretch(0, 2 if is_narrow or not is_shown else 3)
        self._columns.setStretch(1, 3)
        if is_shown:
            name = None if model.chosen is None else model.chosen.clue.key
            self.map.show_places(model.points, name, model.detail.spots, self.panel.place.spot)

    def _empty_words(self, model: PeopleViewModel) -> str:
        if model.trouble is not None:
            trouble: Trouble = model.trouble
            return trouble.line
        if not model.is_read:
            return self.tr("Reading the memory…")
        return {
            Tab.PEOPLE: self.tr(
                "Nobody was heard yet. Record a talk, or import one: each voice then stands here, to be named once."
            ),
            Tab.PLACES: self.tr(
                "No place is known yet. Photos and videos that know where they were taken bring their places along."
            ),
            Tab.APPS: self.tr("Nothing was seen on the screen yet. Keep the screen, or import screenshots."),
        }[model.tab]

    def set_theme(self, theme: Theme) -> None:
        """Dress again."""
        self.list.delegate.theme = self.map.theme = theme
        self.panel.set_theme(theme)
        self.update()
