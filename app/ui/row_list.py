"""A list of things in words, of which some are chosen to do something with them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from app.ui.plain_tip import plain_tip

_Index = QModelIndex | QPersistentModelIndex
_AROUND_PX, _HIGH_PX = 6, 10_000


@dataclass(frozen=True, slots=True)
class Row:
    """One thing: what names it, what is said of it (lines), and what the pointer tells."""

    key: Hashable
    text: str
    tip: str = ""


class _Rows(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Row, ...] = ()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802, RUF100 - Qt's
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.text.replace("\n", ", ")
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(row.tip) or None
        return None

    def set_rows(self, rows: tuple[Row, ...]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()


class RowList(QListView):
    """Shows rows; some can be chosen with the mouse, the arrow keys, Shift and Ctrl."""

    chosen_changed = Signal()

    def __init__(self, name: str, *, n_visible: int = 4, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = _Rows()
        self._n_visible = n_visible
        self.setModel(self._rows)
        self.setProperty("role", "rows")
        self.setAccessibleName(name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setWordWrap(True)
        self.setSpacing(2)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setTabKeyNavigation(False)
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen_changed.emit())

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is listed."""
        return self._rows.rows

    @property
    def chosen(self) -> list[Any]:
        """Keys of the chosen rows, in order."""
        return [self._rows.rows[n].key for n in sorted(index.row() for index in self.selectedIndexes())]

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show rows; what was chosen and is still there stays chosen."""
        new = tuple(rows)
        if new == self._rows.rows:
            return
        chosen = set(self.chosen)
        self._rows.set_rows(new)
        for n, row in enumerate(new):
            if row.key in chosen:
                index = self._rows.index(n)
                self.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)
        self._fit()
        self.chosen_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Words wrap otherwise at another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        """Be as high as the rows, up to a few of them; what Qt hints at for a row knows nothing of wrapped words."""
        room = QRect(0, 0, max(1, self.viewport().width() - 2 * _AROUND_PX), _HIGH_PX)
        heights = [
            self.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, row.text).height() + _AROUND_PX
            for row in self.rows[: self._n_visible]
        ]
        self.setFixedHeight(sum(heights) + 2 * self.frameWidth() + _AROUND_PX)
