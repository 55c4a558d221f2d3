"""The small card beside what lies under the pointer or is chosen by keys: picture or first words, and the time.

Role: pixels only.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QTextLayout, QTextOption

from app.ui.gap_words import cause_words
from app.ui.timeline_dress import Dress
from app.ui.timeline_view_model import Heap, Item, TimelineViewModel
from app.ui.timeline_words import head_words, lane_words, span_words, time_words, version_words
from app.ui.words import length_words, translate
from memory.timeline import Band, GapSpan, Mark

PICTURE_W, PICTURE_H = 232, 145
_PAD, _WIDTH, _MOST_LINES = 12, 256, 4


def preview_words(item: Item, model: TimelineViewModel) -> tuple[str, str, str]:
    """Head, time and words of an item."""
    zone = model.zone
    if isinstance(item, Heap):
        head = f"{item.n:,} · {lane_words(item.lane)}"
        return (
            head,
            span_words(item.started_us, item.ended_us, zone, short=True),
            translate("timeline", "Click to look closer"),
        )
    if isinstance(item, GapSpan):
        return (
            translate("timeline", "Nothing was recorded"),
            span_words(item.started_us, item.ended_us, zone, short=True),
            cause_words(item.reason),
        )
    if isinstance(item, Band):
        return item.title, span_words(item.started_us, item.ended_us, zone, short=True), ""
    when = time_words(item.started_us, zone)
    if item.ended_us - item.started_us >= 1_000_000:
        when += f" · {length_words((item.ended_us - item.started_us) / 1e6)}"
    if item.versions:
        when += f" · {version_words(item)}"
    return head_words(item), when, " ".join(item.words.split())


def paint_preview(
    painter: QPainter,
    item: Item,
    beside: QRectF,
    room: QRectF,
    *,
    model: TimelineViewModel,
    dress: Dress,
    image: QImage | None,
) -> QRectF:
    """Paint the card near ``beside`` and inside ``room``; returns where it is."""
    theme = dress.theme
    head, when, words = preview_words(item, model)
    with_picture = isinstance(item, Mark) and item.has_picture
    lines = [] if with_picture and image is not None and not words else _break(words, dress)
    height = 2 * _PAD + 42 + (len(lines) * 18 + 4 if lines else 0) + (PICTURE_H + 8 if with_picture else 0)
    left = min(max(room.left(), beside.center().x() - _WIDTH / 2), room.right() - _WIDTH)
    top = beside.bottom() + 8
    if top + height > room.bottom():
        top = max(room.top(), beside.top() - 8 - height)
    card = QRectF(round(left), round(top), _WIDTH, height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shadow = QColor(0, 0, 0, 26)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shadow)
    painter.drawRoundedRect(card.adjusted(-2, 0, 2, 5), 12, 12)
    painter.setPen(QPen(QColor(theme.line), 1))
    painter.setBrush(QColor(theme.card))
    painter.drawRoundedRect(card, 10, 10)
    y = card.top() + _PAD
    if with_picture:
        frame = QRectF(card.left() + _PAD, y, PICTURE_W, PICTURE_H)
        if image is not None:
            painter.drawImage(frame.topLeft(), image)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.raised))
            painter.drawRoundedRect(frame, 6, 6)
        y += PICTURE_H + 8
    align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    inner = _WIDTH - 2 * _PAD
    painter.setFont(dress.bold)
    painter.setPen(QColor(theme.text))
    painter.drawText(QRectF(card.left() + _PAD, y, inner, 20), align, dress.cut(head, inner, bold=True))
    painter.setFont(dress.small)
    painter.setPen(QColor(theme.soft))
    painter.drawText(QRectF(card.left() + _PAD, y + 20, inner, 18), align, dress.cut(when, inner))
    painter.setPen(QColor(theme.text))
    for i, line in enumerate(lines):
        painter.drawText(QPointF(card.left() + _PAD, y + 42 + 14 + 18 * i), line)
    return card


def _break(words: str, dress: Dress) -> list[str]:
    """Words in lines of the card's width; what does not fit ends in an ellipsis."""
    if not words:
        return []
    layout = QTextLayout(words, dress.small)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    starts: list[tuple[int, int]] = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(_WIDTH - 2 * _PAD)
        starts.append((line.textStart(), line.textLength()))
        if len(starts) > _MOST_LINES:
            break
    layout.endLayout()
    lines = [words[start : start + length].strip() for start, length in starts[:_MOST_LINES]]
    if len(starts) > _MOST_LINES:
        lines[-1] = dress.cut(lines[-1] + " " + words[starts[_MOST_LINES][0] :], _WIDTH - 2 * _PAD)
    return lines
