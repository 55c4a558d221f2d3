"""The list of cards for Qt: rows from the view model, pictures and waveforms fetched when a row is first painted.

Role: a QAbstractListModel on the GUI thread. Files are read in the ``io`` lane; what comes back is a QImage or numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, Protocol

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QImage

from app.ui.cards_view_model import Card, CardsViewModel
from app.ui.picture_text import Span

Index = QModelIndex | QPersistentModelIndex
CARD_ROLE = Qt.ItemDataRole.UserRole + 1
_MAX_KEPT = 256  # thumbnails of 160 kB each
Fetch = Callable[[Card, Callable[[Any], None]], None]


class Pager(Protocol):
    """Who brings further cards when the end of the list is reached."""

    def has_more(self) -> bool:
        """Whether there are more than are shown."""
        ...

    def want_more(self) -> None:
        """Bring some of them, in time."""
        ...


class CardsModel(QAbstractListModel):
    """Rows of cards.

    Args:
        view_model: Whose cards are shown.
        fetch_picture: Called once a card with a picture is painted; gives a QImage (or None) later.
        fetch_wave: Likewise for sound; gives a list of peaks, 0 to 1.
        pager: Knows of further cards.
    """

    def __init__(
        self,
        view_model: CardsViewModel,
        *,
        fetch_picture: Fetch,
        fetch_wave: Fetch,
        pager: Pager,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._view_model = view_model
        self._cards: list[Card] = []
        self._fetch_picture = fetch_picture
        self._fetch_wave = fetch_wave
        self._pager = pager
        self._pictures: dict[tuple[str, tuple[Span, ...]], QImage | None] = {}
        self._waves: dict[str, list[float] | None] = {}

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802, RUF100 - Qt's signature
        """How many cards."""
        return 0 if parent.isValid() else len(self._cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The card itself, or its words for those who cannot see it."""
        if not index.isValid() or index.row() >= len(self._cards):
            return None
        card = self._cards[index.row()]
        if role == CARD_ROLE:
            return card
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return card.spoken_name
        return None

    def canFetchMore(self, parent: Index) -> bool:  # noqa: N802, RUF100 - Qt's name
        """Whether there are more moments than are shown."""
        return not parent.isValid() and self._pager.has_more()

    def fetchMore(self, parent: Index) -> None:  # noqa: N802, RUF100 - Qt's name
        """The end of the list came into sight."""
        if not parent.isValid():
            self._pager.want_more()

    def refresh(self) -> None:
        """Show what the view model holds now; scroll position and selection survive growth, removal and new marks."""
        old, new = self._cards, list(self._view_model.cards)
        if len(old) == len(new) and all(a is b for a, b in zip(old, new, strict=True)):
            return
        old_ids, new_ids = [card.id for card in old], [card.id for card in new]
        removed = next((row for row, card in enumerate(old) if card.id not in set(new_ids)), None)
        if old_ids and new_ids[: len(old)] == old_ids:
            self._grow(new)
        elif removed is not None and old_ids[:removed] + old_ids[removed + 1 :] == new_ids:
            self.beginRemoveRows(QModelIndex(), removed, removed)
            self._cards = new
            self.endRemoveRows()
        elif (at := _find_run(old_ids, new_ids)) is not None:
            self._shift(at, new)
        else:
            self.beginResetModel()
            self._cards = new
            self.endResetModel()

    def _grow(self, new: list[Card]) -> None:
        n_old = len(self._cards)
        if len(new) > n_old:
            self.beginInsertRows(QModelIndex(), n_old, len(new) - 1)
            self._cards = new
            self.endInsertRows()
        self._cards = new
        self.dataChanged.emit(self.index(0), self.index(n_old - 1))

    def _shift(self, n_before: int, new: list[Card]) -> None:
        """New cards came before those on show, and of these the last may have gone or others have come after them."""
        n_kept = min(len(self._cards), len(new) - n_before)
        if n_kept < len(self._cards):
            self.beginRemoveRows(QModelIndex(), n_kept, len(self._cards) - 1)
            self._cards = self._cards[:n_kept]
            self.endRemoveRows()
        if n_before:
            self.beginInsertRows(QModelIndex(), 0, n_before - 1)
            self._cards = new[: n_before + n_kept]
            self.endInsertRows()
        self._cards = new[: n_before + n_kept]
        self._grow(new)

    def card(self, row: int) -> Card | None:
        """The card of a row, or None."""
        return self._cards[row] if 0 <= row < len(self._cards) else None

    def find(self, moment: str) -> int | None:
        """Row of a moment, or None."""
        return next((row for row, card in enumerate(self._cards) if card.id == moment), None)

    def picture(self, card: Card) -> QImage | None:
        """The card's picture, or None while it is fetched or when there is none."""
        key = (card.id, card.matched)  # what it shows depends on what was searched for
        if card.has_picture and key not in self._pictures:
            self._pictures[key] = None
            self._fetch_picture(card, lambda image: self._keep(self._pictures, key, image, card.id))
        return self._pictures.get(key)

    def wave(self, card: Card) -> list[float] | None:
        """The card's peaks, or None while they are fetched or when there are none."""
        if card.has_sound and card.id not in self._waves:
            self._waves[card.id] = None
            self._fetch_wave(card, lambda peaks: self._keep(self._waves, card.id, peaks, card.id))
        return self._waves.get(card.id)

    def touch(self, moment: str | None) -> None:
        """Repaint the card of a moment."""
        row = self.find(moment) if moment else None
        if row is not None:
            self.dataChanged.emit(self.index(row), self.index(row), [CARD_ROLE])

    def _keep(self, kept: dict[Any, Any], key: Hashable, value: Any, moment: str) -> None:
        while len(kept) >= _MAX_KEPT:
            del kept[next(iter(kept))]
        kept[key] = value
        self.touch(moment)


def _find_run(old: list[str], new: list[str]) -> int | None:
    """After how many new ones the old ones go on in their order, to the end of either.

    None where they do not, or where most of the old ones are gone: then it is another list.
    """
    if not old or old[0] not in new:
        return None
    at = new.index(old[0])
    n_kept = min(len(old), len(new) - at)
    return at if 2 * n_kept >= len(old) and old[:n_kept] == new[at : at + n_kept] else None
