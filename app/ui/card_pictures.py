"""The picture of a card: its thumbnail, or the part of it where the words that count stand, marked and to be read.

Role: which part, and its pixels; read in the ``io`` lane. QImage may be painted on there, no widget is touched.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from app.ui.fetching import CARD_PICTURE, read_image, read_thumbnail
from app.ui.marks import find_boxes
from app.ui.picture_text import Box, Span
from memory.records import Moment

if TYPE_CHECKING:
    from app.engine import Engine

MARKER = "#f0b429"  # seen on light and dark pictures alike
_LINES = 6.0  # so many lines of text are as high as a card: they can be read, with some of what is around them
_LEAST_PX = 24.0
_MOST_LOOKED_AT = 40


def read_card_picture(engine: Engine, moment: Moment, matched: Sequence[Span]) -> QImage | None:
    """Read what a card shows of a picture.

    Args:
        engine: Owns the memory.
        moment: The picture.
        matched: Spans of its text that count; where none of them has a place, the thumbnail is shown.
    """
    boxes = find_boxes(moment, matched)
    if boxes and moment.shown is not None:
        image = read_image(engine.memory.media_path(moment.shown))
        if image is not None:
            return mark_part(image, boxes)
    thumbnail = read_thumbnail(engine, moment)
    return thumbnail if thumbnail is None else cover(thumbnail)


def cover(image: QImage) -> QImage:
    """The middle part of an image that fills a card's picture without being stretched, at its size."""
    shape, smooth = Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    scaled = image.scaled(CARD_PICTURE, shape, smooth)
    left, top = (scaled.width() - CARD_PICTURE.width()) // 2, (scaled.height() - CARD_PICTURE.height()) // 2
    return scaled.copy(QRect(QPoint(left, top), CARD_PICTURE))


def mark_part(image: QImage, boxes: Sequence[Box]) -> QImage:
    """Cut out the part that holds most of ``boxes`` (shares of width and height), with them marked in it."""
    part = find_part(image.width(), image.height(), boxes)
    smooth, across = Qt.TransformationMode.SmoothTransformation, CARD_PICTURE.width() / part.width()
    shown = image.copy(part).scaled(CARD_PICTURE, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
    shown = shown.convertToFormat(QImage.Format.Format_RGB32)
    painter = QPainter(shown)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ground = QColor(MARKER)
    ground.setAlpha(80)
    painter.setPen(QPen(QColor(MARKER), 3))
    painter.setBrush(ground)
    for left, top, right, bottom in boxes:
        mark = QRectF(left * image.width(), top * image.height(), 0, 0)
        mark.setRight(right * image.width())
        mark.setBottom(bottom * image.height())
        mark.translate(-part.left(), -part.top())
        painter.drawRect(QRectF(mark.topLeft() * across, mark.size() * across).adjusted(-2, -2, 2, 2))
    painter.end()
    return shown


def find_part(width: int, height: int, boxes: Sequence[Box]) -> QRect:
    """Which part of a picture of that many pixels to show: of a card's shape, within the picture.

    It lies around the box that has most others beside it, the first of those that have as many.
    """
    shape = CARD_PICTURE.width() / CARD_PICTURE.height()
    scaled = [(a * width, b * height, c * width, d * height) for a, b, c, d in boxes[:_MOST_LOOKED_AT]]
    tried = [_gather(box, scaled, width, height, shape) for box in scaled]
    _n_held, (left, top, right, bottom), part_w = max(tried, key=lambda each: each[0])
    part_h = part_w / shape
    at_x = min(max(0.0, (left + right - part_w) / 2), width - part_w)
    at_y = min(max(0.0, (top + bottom - part_h) / 2), height - part_h)
    return QRect(round(at_x), round(at_y), max(1, round(part_w)), max(1, round(part_h)))


def _gather(first: Box, boxes: Sequence[Box], width: int, height: int, shape: float) -> tuple[int, Box, float]:
    """The boxes that have room beside one: how many, the box around them, and how wide the part is."""
    left, top, right, bottom = first
    part_h = max(_LINES * (bottom - top), (right - left) * 1.1 / shape, _LEAST_PX)
    part_w = min(part_h * shape, float(width), height * shape)
    n_held = 0
    for a, b, c, d in boxes:
        wider = (min(left, a), min(top, b), max(right, c), max(bottom, d))
        if wider[2] - wider[0] <= part_w and wider[3] - wider[1] <= part_w / shape:
            left, top, right, bottom = wider
            n_held += 1
    return n_held, (left, top, right, bottom), part_w
