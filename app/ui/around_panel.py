"""The panel beside a moment: what was on the screen, said and photographed at that time; its event, people and place.

Role: one list under one heading; arrow keys go through it, Enter or a click opens a row.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QIcon, QImage, QKeyEvent, QPalette, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.ui.around_rows import Row
from app.ui.plain_tip import plain_tip
from app.ui.theme import Theme
from memory.records import Moment

_PICTURE = QSize(64, 40)
Fetch = Callable[[Moment, Callable[[Any], None]], None]


class AroundList(QListWidget):
    """Keys that do not concern it go on to the page."""

    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setIconSize(_PICTURE)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setSpacing(2)
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)
        self.itemClicked.connect(lambda item: self.opened.emit(self.row(item)))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Enter opens; Space and Delete are the page's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentRow() >= 0:
            self.opened.emit(self.currentRow())
        elif event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Delete):
            event.ignore()
        else:
            super().keyPressEvent(event)


class AroundPanel(QWidget):
    """Heading and list; not to be seen where there is nothing.

    Signals:
        opened: A moment is to be opened (its id).
        event_chosen: An ``Event`` is to be shown at its time.
    """

    opened = Signal(str)
    event_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.rows: Sequence[Row] = ()
        self._request = 0
        self.heading = QLabel(self.tr("At that time"))
        self.heading.setProperty("role", "soft")
        self.list = AroundList()
        self.list.setAccessibleName(self.tr("At that time"))
        self.list.setAccessibleDescription(self.tr("Up and Down go through the rows, Enter opens one."))
        self.list.opened.connect(self._on_opened)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.heading)
        layout.addWidget(self.list, 1)
        self.setMinimumWidth(200)
        self.hide()

    @property
    def moments(self) -> list[Moment]:
        """What its rows open."""
        return [row.moment for row in self.rows if row.moment is not None]

    def clear(self) -> None:
        """Show nothing: another moment is being read."""
        self._request += 1
        self.rows = ()
        self.list.clear()
        self.hide()

    def show_rows(self, rows: Sequence[Row], fetch: Fetch) -> None:
        """Show what lies around a moment.

        Args:
            rows: In order.
            fetch: Reads the small picture of a moment and gives a QImage or None later.
        """
        self.clear()
        self.rows = rows
        self.setVisible(bool(rows))
        self._dress()
        for row in rows:
            item = QListWidgetItem(row.title if not row.detail else f"{row.title}\n{row.detail}")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, row.spoken or row.title)
            if row.is_heading:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
                font = QFont(self.list.font())
                font.setWeight(QFont.Weight.DemiBold)
                item.setFont(font)
            else:
                item.setToolTip(plain_tip(row.spoken))
            self.list.addItem(item)
            if row.has_picture and row.moment is not None:
                self._fetch(item, row.moment, fetch)
        first = next((n for n, row in enumerate(rows) if not row.is_heading), -1)
        self.list.setCurrentRow(first)

    def _fetch(self, item: QListWidgetItem, moment: Moment, fetch: Fetch) -> None:
        request = self._request

        def give(image: QImage | None) -> None:
            if request == self._request and image is not None:  # another moment may be on show by now
                ratio = self.devicePixelRatioF()
                how = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
                pixmap = QPixmap.fromImage(image.scaled(_PICTURE * ratio, *how))
                pixmap.setDevicePixelRatio(ratio)
                icon = QIcon(pixmap)
                icon.addPixmap(pixmap, QIcon.Mode.Selected)  # not tinted
                item.setIcon(icon)

        fetch(moment, give)

    def _dress(self) -> None:
        palette = self.list.palette()
        palette.setColor(QPalette.ColorRole.Highlight, QColor(self.theme.tint))
        palette.setColor(QPalette.ColorRole.HighlightedText, QColor(self.theme.text))
        self.list.setPalette(palette)

    def _on_opened(self, n: int) -> None:
        row = self.rows[n]
        if row.moment is not None:
            self.opened.emit(row.moment.id)
        elif row.event is not None:
            self.event_chosen.emit(row.event)
