"""Small pictures of the film strip: read off the GUI thread, cut once to the size that is painted, the oldest let go.

Role: a cache for the painter. It asks for what is missing and never reads itself.
"""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from memory.timeline import Mark

_MOST_READ = 240  # of 320 px and about 200 kB each
_MOST_CUT = 320
_CORNER_PX = 6


class TimelinePictures:
    """Pictures by moment."""

    def __init__(self) -> None:
        self._read: OrderedDict[str, QImage | None] = OrderedDict()
        self._cut: OrderedDict[tuple[str, int, int, float], QImage] = OrderedDict()
        self._wanted: dict[str, Mark] = {}

    @property
    def n_read(self) -> int:
        """How many pictures are here."""
        return sum(image is not None for image in self._read.values())

    def put(self, moment: str, image: QImage | None) -> None:
        """A picture was read, or there is none."""
        self._read[moment] = image
        while len(self._read) > _MOST_READ:
            self._read.popitem(last=False)

    def forget(self, ids: frozenset[str]) -> None:
        """Keep nothing of these moments."""
        for moment in ids:
            self._read.pop(moment, None)
        for key in [key for key in self._cut if key[0] in ids]:
            del self._cut[key]

    def take_wanted(self) -> list[Mark]:
        """What was asked for since the last time and is not here."""
        wanted = [mark for mark in self._wanted.values() if mark.id not in self._read]
        self._wanted.clear()
        return wanted

    def find(self, mark: Mark, width_px: int, height_px: int, ratio: float) -> QImage | None:
        """A moment's picture, filled into a size with round corners; None until it has been read."""
        key = (mark.id, width_px, height_px, ratio)
        cut = self._cut.get(key)
        if cut is not None:
            return cut
        if mark.id not in self._read:
            self._wanted[mark.id] = mark
            return None
        image = self._read[mark.id]
        self._read.move_to_end(mark.id)
        if image is None or image.isNull():
            return None
        self._cut[key] = cut = _fill(image, QSize(width_px, height_px), ratio)
        while len(self._cut) > _MOST_CUT:
            self._cut.popitem(last=False)
        return cut


def _fill(image: QImage, size: QSize, ratio: float) -> QImage:
    full = size * ratio
    scaled = image.scaled(
        full, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    )
    out = QImage(full, QImage.Format.Format_ARGB32_Premultiplied)
    out.fill(Qt.GlobalColor.transparent)
    painter = QPainter(out)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = QPainterPath()
    path.addRoundedRect(QRectF(out.rect()), _CORNER_PX * ratio, _CORNER_PX * ratio)
    painter.setClipPath(path)
    top = (
        0 if scaled.height() > scaled.width() else (full.height() - scaled.height()) // 2
    )  # a page is known by its head
    painter.drawImage((full.width() - scaled.width()) // 2, top, scaled)
    painter.setPen(QPen(QColor(128, 128, 128, 90), ratio))  # a white page on a white lane has an edge
    half = ratio / 2
    painter.drawRoundedRect(
        QRectF(out.rect()).adjusted(half, half, -half, -half), _CORNER_PX * ratio, _CORNER_PX * ratio
    )
    painter.end()
    out.setDevicePixelRatio(ratio)
    return out
