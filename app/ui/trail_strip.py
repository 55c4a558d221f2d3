"""The film strip under a page: the steps before and after it, small, with titles and times.

Role: a list that lies on its side; arrow keys go through it, Enter or a click opens a step.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QImage, QKeyEvent, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QLabel, QListView, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.ui.plain_tip import plain_tip
from app.ui.theme import Theme
from app.ui.trail_view_model import Step
from memory.records import Kind, Moment

_PICTURE = QSize(128, 80)
_STEP_PX = 152
Fetch = Callable[[Moment, Callable[[Any], None]], None]


class TrailList(QListWidget):
    """Lies on its side; keys that do not concern it go on to the page."""

    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setIconSize(_PICTURE)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setUniformItemSizes(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.NoDragDrop)
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)
        self.itemClicked.connect(lambda item: self.opened.emit(self.row(item)))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Left and right go, Enter opens; the rest is the page's."""
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End):
            to = {
                Qt.Key.Key_Left: self.currentRow() - 1,
                Qt.Key.Key_Right: self.currentRow() + 1,
                Qt.Key.Key_Home: 0,
                Qt.Key.Key_End: self.count() - 1,
            }[Qt.Key(key)]
            self.setCurrentRow(min(max(0, to), self.count() - 1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentRow() >= 0:
            self.opened.emit(self.currentRow())
        else:
            event.ignore()


class TrailStrip(QWidget):
    """Heading and list; not to be seen where a page stands alone."""

    opened = Signal(str)  # id of a moment

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.steps: Sequence[Step] = ()
        self._request = 0
        self._has_room = True
        self._images: dict[str, QImage] = {}  # of the trail on show, so that going along it reads nothing again
        self.heading = QLabel(self.tr("How I got here, and where it led"))
        self.heading.setProperty("role", "soft")
        self.list = TrailList()
        self.list.setAccessibleName(self.tr("How I got here, and where it led"))
        self.list.setAccessibleDescription(self.tr("Left and Right go through the steps, Enter opens one."))
        self.list.opened.connect(lambda row: self.opened.emit(self.steps[row].moment.id))
        lines = 2 * self.list.fontMetrics().lineSpacing()
        self.list.setFixedHeight(_PICTURE.height() + lines + 34)  # with room for the scroll bar
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.heading)
        layout.addWidget(self.list)
        self.hide()

    def set_room(self, *, is_there: bool) -> None:
        """Whether there is room for it below the moment: it may not lie over the picture."""
        self._has_room = is_there
        self._show_where_there_is_room()

    def _show_where_there_is_room(self) -> None:
        self.setVisible(self._has_room and len(self.steps) > 1)

    def show_steps(self, steps: Sequence[Step], fetch: Fetch) -> None:
        """Show the steps of a trail.

        Args:
            steps: In order of time; a single one is no trail.
            fetch: Reads the small picture of a moment and gives a QImage or None later.
        """
        self.steps = steps
        self._request += 1
        if ids := {step.moment.id for step in steps}:  # none while the next step is being read
            self._images = {moment: image for moment, image in self._images.items() if moment in ids}
        self.list.clear()
        self._show_where_there_is_room()
        if len(steps) < 2:
            return
        self._name(steps)
        self._dress()
        height = self.list.height() - 22
        for n, step in enumerate(steps, start=1):
            metrics = self.list.fontMetrics()
            title = metrics.elidedText(step.title, Qt.TextElideMode.ElideRight, _STEP_PX - 16)
            image = self._images.get(step.moment.id)
            item = QListWidgetItem(self._icon(image, step.is_here), f"{title}\n{step.at}")
            item.setSizeHint(QSize(_STEP_PX, height))
            item.setToolTip(plain_tip(step.title))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, step.spoken(n, len(steps)))
            self.list.addItem(item)
            if image is None:
                self._fetch(item, step, fetch)
        here = next((n for n, step in enumerate(steps) if step.is_here), 0)
        self.list.setCurrentRow(here)
        self.list.scrollToItem(self.list.item(here), QAbstractItemView.ScrollHint.PositionAtCenter)

    def _name(self, steps: Sequence[Step]) -> None:
        is_trail = steps[0].moment.kind is Kind.SCREENSHOT
        words = self.tr("How I got here, and where it led") if is_trail else self.tr("Versions of this picture")
        self.heading.setText(words)
        self.list.setAccessibleName(words)

    def _dress(self) -> None:
        palette = self.list.palette()
        palette.setColor(QPalette.ColorRole.Highlight, QColor(self.theme.tint))
        palette.setColor(QPalette.ColorRole.HighlightedText, QColor(self.theme.text))
        self.list.setPalette(palette)

    def _fetch(self, item: QListWidgetItem, step: Step, fetch: Fetch) -> None:
        request = self._request

        def give(image: QImage | None) -> None:
            if request == self._request and image is not None:  # another trail may be on show by now
                self._images[step.moment.id] = image
                item.setIcon(self._icon(image, step.is_here))

        fetch(step.moment, give)

    def _icon(self, image: QImage | None, is_here: bool) -> QIcon:
        """The small picture, framed where it is the one on show."""
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(_PICTURE * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(QColor(self.theme.raised))
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if image is not None and not image.isNull():
            keep = Qt.AspectRatioMode.KeepAspectRatio
            size = image.size().scaled(_PICTURE, keep)
            left, top = (_PICTURE.width() - size.width()) // 2, (_PICTURE.height() - size.height()) // 2
            painter.drawImage(QRect(QPoint(left, top), size), image)
        pen = QPen(QColor(self.theme.accent if is_here else self.theme.line), 3 if is_here else 1)
        painter.setPen(pen)
        painter.drawRect(0, 0, _PICTURE.width() - 1, _PICTURE.height() - 1)
        painter.end()
        icon = QIcon(pixmap)
        icon.addPixmap(pixmap, QIcon.Mode.Selected)  # not tinted
        return icon
