"""Hands a moment to another program: dragged out of the window, or copied by a click or a key.

Role: a button that is also a handle. A picture goes as a file, as an image and as its words, so that the other program
takes what it can; words go as text.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QDrag,
    QGuiApplication,
    QImage,
    QMouseEvent,
    QPixmap,
)
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from app.ui.aloud import announce
from app.ui.cards_view_model import has_picture
from app.ui.words import source_words, to_local
from memory.records import Kind, Moment

_SHOWN = QSize(160, 120)  # under the pointer while it is dragged
Begin = Callable[[QMimeData, QPixmap], None]


def shared_text(moment: Moment) -> str:
    """A moment's words as they are read elsewhere: who said them and when stands before what was said."""
    if moment.kind is not Kind.UTTERANCE:
        return moment.text
    at = to_local(moment.started_us, moment.zone)
    return f"{source_words(moment)}, {at:%Y-%m-%d %H:%M}: {moment.text}"


def build_mime(moment: Moment, image: QImage | None, file: Path | None) -> QMimeData:
    """What another program is given."""
    data = QMimeData()
    if text := shared_text(moment):
        data.setText(text)
    if image is not None and not image.isNull():
        data.setImageData(image)
    if file is not None:
        data.setUrls([QUrl.fromLocalFile(str(file))])
    return data


class DragOut(QPushButton):
    """Press and move to drag, click to copy.

    Signals:
        file_wanted: A copy of the picture's file will be needed (``take_file``).
    """

    file_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(self.tr("Copy"))
        self.setToolTip(self.tr("Click to copy, or drag it into another program"))
        self.setAccessibleName(self.tr("Copy this moment, or drag it into another program"))
        self.begin: Begin = self._begin
        self._moment: Moment | None = None
        self._image: QImage | None = None
        self._file: Path | None = None
        self._is_copying = False
        self._pressed_at: QPoint | None = None
        self.clicked.connect(self._on_clicked)

    def show_moment(self, moment: Moment) -> None:
        """Hand out this one from now on."""
        self._moment, self._image, self._file, self._is_copying = moment, None, None, False

    def take_image(self, image: QImage | None) -> None:
        """Its picture."""
        self._image = image

    def take_file(self, moment: str, file: Path | None) -> None:
        """The copy of a moment's picture; None where it could not be made: the image and the words go alone."""
        if self._moment is None or self._moment.id != moment:
            return
        self._file = file
        if self._is_copying:
            self._copy()

    def want_file(self) -> None:
        """Have the copy made, unless it is there."""
        if self._moment is not None and has_picture(self._moment) and self._file is None:
            self.file_wanted.emit()

    def drag(self) -> None:
        """Begin to drag what is ready."""
        if self._moment is not None:
            self.begin(build_mime(self._moment, self._image, self._file), self._sign())

    def drag_text(self, text: str) -> None:
        """Begin to drag words alone."""
        data = QMimeData()
        data.setText(text)
        self.begin(data, QPixmap())

    def _on_clicked(self) -> None:
        if self._moment is None:
            return
        if has_picture(self._moment) and self._file is None:
            self._is_copying = True
            self.want_file()
        else:
            self._copy()

    def _copy(self) -> None:
        self._is_copying = False
        if self._moment is not None:
            QGuiApplication.clipboard().setMimeData(build_mime(self._moment, self._image, self._file))
            announce(self, self.tr("Copied"))

    def _sign(self) -> QPixmap:
        """What is seen under the pointer."""
        if self._image is None or self._image.isNull():
            return QPixmap()
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        return QPixmap.fromImage(self._image.scaled(_SHOWN, keep, smooth))

    def _begin(self, data: QMimeData, sign: QPixmap) -> None:
        drag = QDrag(self)
        drag.setMimeData(data)
        if not sign.isNull():
            drag.setPixmap(sign)
        drag.exec(Qt.DropAction.CopyAction)

    # Qt's --------------------------------------------------------------------------------------------------------
    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """A drag may begin here."""
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = event.position().toPoint()
            self.want_file()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Drag, once the pointer has gone far enough."""
        super().mouseMoveEvent(event)
        at = self._pressed_at
        if at is not None and is_drag(at, event.position().toPoint()):
            self._pressed_at = None
            self.setDown(False)  # it was no click
            self.drag()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """No drag, then."""
        self._pressed_at = None
        super().mouseReleaseEvent(event)


def is_drag(begin: QPoint, now: QPoint) -> bool:
    """Whether the pointer has gone as far as the desktop says a drag goes."""
    return (now - begin).manhattanLength() >= QApplication.startDragDistance()
