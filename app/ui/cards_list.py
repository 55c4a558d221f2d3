"""The list of cards: what a key, a double click or the menu of a card asks for is told as signals.

Role: a view. What becomes of a moment is its listeners' affair.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu, QWidget

from app.ui.cards_model import CardsModel, Index


class CardsList(QListView):
    """The cards; keys that mean something to a card are told as signals, and so is what its menu says.

    Attributes:
        is_judged: Whether the cards are evidence for a question, so that one may say how they fit.
    """

    play_wanted = Signal(str)
    open_wanted = Signal(str)
    forget_wanted = Signal(str)
    judged = Signal(str, int)  # what the user says of a moment as evidence: 1 more like this, -1 not this
    left_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Evidence"))
        self.setAccessibleDescription(self.tr("Enter opens a moment, Space plays it, Delete forgets it."))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.verticalScrollBar().setSingleStep(24)
        self.doubleClicked.connect(self._on_double_clicked)
        self.is_judged = False
        self._held: tuple[QPersistentModelIndex, int] | None = None  # the topmost card in sight, and where it stood

    def setModel(self, model: QAbstractItemModel | None) -> None:  # noqa: N802, RUF100 - Qt's name
        """Show cards, and keep those in sight where they are when others come before them."""
        super().setModel(model)
        if model is not None:
            model.rowsAboutToBeInserted.connect(self._on_coming)

    def _on_coming(self, _parent: QModelIndex, first: int) -> None:
        top = self.indexAt(QPoint(self.viewport().width() // 2, 1))
        is_scrolled = self.verticalScrollBar().value() > 0  # at the very top one sees what is new
        is_held = is_scrolled and top.isValid() and first <= top.row()
        self._held = (QPersistentModelIndex(top), self.visualRect(top).top()) if is_held else None

    def rowsInserted(self, parent: Index, start: int, end: int) -> None:  # noqa: N802, RUF100 - Qt's name
        """Lay them out; the topmost card in sight stays where it stood."""
        super().rowsInserted(parent, start, end)
        held, self._held = self._held, None
        if held is not None:
            self.doItemsLayout()
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.visualRect(held[0]).top() - held[1])

    def current_moment(self) -> str | None:
        """Id of the selected card's moment."""
        model = self.model()
        card = model.card(self.currentIndex().row()) if isinstance(model, CardsModel) else None
        return card.id if card else None

    def select(self, row: int) -> None:
        """Select a card and bring it into sight."""
        index = self.model().index(row, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Space plays, Enter opens, Delete forgets, Up at the top goes back to the line; with Ctrl the arrows judge."""
        key, moment = event.key(), self.current_moment()
        is_verdict = self.is_judged and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if moment and is_verdict and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.judged.emit(moment, 1 if key == Qt.Key.Key_Up else -1)
        elif key == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.left_up.emit()
        elif moment and key == Qt.Key.Key_Space:
            self.play_wanted.emit(moment)
        elif moment and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_wanted.emit(moment)
        elif moment and key == Qt.Key.Key_Delete:
            self.forget_wanted.emit(moment)
        elif event.text().isprintable() and event.text():
            event.ignore()  # letters are for the line; the list does not jump to what they begin
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Offer what can be done with a card, at the pointer or, by the menu key, at the card."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if not index.isValid():
            return
        self.setCurrentIndex(index)
        at = self.viewport().mapToGlobal(self.visualRect(index).center()) if by_key else event.globalPos()
        self.build_menu().popup(at)

    def build_menu(self) -> QMenu:
        """The menu of the selected card; it goes when it is closed."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(self.tr("What to do with this moment"))
        model, moment = self.model(), self.current_moment()
        card = model.card(self.currentIndex().row()) if isinstance(model, CardsModel) else None
        if card is None or moment is None:
            return menu
        rows: list[tuple[str, str, Callable[[], None]]] = [
            (self.tr("Open"), "Return", lambda: self.open_wanted.emit(moment))
        ]
        if card.has_sound:
            rows.append((self.tr("Play"), "Space", lambda: self.play_wanted.emit(moment)))
        if self.is_judged:
            rows.append((self.tr("More like this"), "Ctrl+Up", lambda: self.judged.emit(moment, 1)))
            rows.append((self.tr("Not this"), "Ctrl+Down", lambda: self.judged.emit(moment, -1)))
        rows.append((self.tr("Forget…"), "Delete", lambda: self.forget_wanted.emit(moment)))
        for words, keys, do in rows:
            action = menu.addAction(words)
            action.setShortcut(QKeySequence(keys))  # told here; the list itself hears it
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(do)
        return menu

    def _on_double_clicked(self, index: QModelIndex) -> None:
        moment = self.current_moment()
        if moment and index.isValid():
            self.open_wanted.emit(moment)
