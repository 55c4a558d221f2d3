"""Paints one card: source, time, words with their marks, thumbnail or waveform with its play button.

Role: pixels only. Where things lie is computed in ``_lay_out`` for painting, size and clicks alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QAbstractItemModel, QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.ui.cards_model import CARD_ROLE, CardsModel, Index
from app.ui.cards_view_model import Card
from app.ui.player import Player
from app.ui.theme import Theme, paint_icon, scaled_font
from app.ui.words import length_words

_PAD, _GAP = 16, 8
CARD_MARGIN_PX = 5
_THUMB_W, _THUMB_H = 120, 84
_PLAY, _WAVE_H = 32, 32
_MAX_LINES = 3


@dataclass(frozen=True, slots=True)
class _Layout:
    body: QRect
    head: QRect
    words: QRect
    thumb: QRect
    play: QRect
    wave: QRect


class CardDelegate(QStyledItemDelegate):
    """Paints cards and hears clicks on their play buttons and waveforms."""

    play_clicked = Signal(str)
    seek_clicked = Signal(str, float)

    def __init__(self, view: QAbstractItemView, player: Player, theme: Theme) -> None:
        super().__init__(view)
        self._view = view
        self._player = player
        self.theme = theme

    # geometry ----------------------------------------------------------------------------------------------------
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802, RUF100 - Qt's name
        """As wide as the view, as high as the words need."""
        card: Card = index.data(CARD_ROLE)
        width = max(240, self._view.viewport().width())
        words_w = self._words_width(card, width)
        font = self._view.font()
        text_h = self._words_layout(card, font, words_w)[1] if card.snippet else 0
        height = 2 * (CARD_MARGIN_PX + _PAD) + self._head_h() + (_GAP + text_h if card.snippet else 0)
        if card.has_sound:
            height += _GAP + _WAVE_H
        if card.has_picture:
            height = max(height, 2 * (CARD_MARGIN_PX + _PAD) + _THUMB_H)
        return QSize(width, height)

    def _head_h(self) -> int:
        return max(22, QFontMetrics(self._view.font()).height())

    @staticmethod
    def _words_width(card: Card, width: int) -> int:
        return width - 2 * _PAD - ((_THUMB_W + _PAD) if card.has_picture else 0)

    def _lay_out(self, card: Card, rect: QRect) -> _Layout:
        body = rect.adjusted(0, CARD_MARGIN_PX, 0, -CARD_MARGIN_PX)
        inner = body.adjusted(_PAD, _PAD, -_PAD, -_PAD)
        thumb = QRect()
        if card.has_picture:
            thumb = QRect(inner.left(), inner.top(), _THUMB_W, _THUMB_H)
            inner = inner.adjusted(_THUMB_W + _PAD, 0, 0, 0)
        head = QRect(inner.left(), inner.top(), inner.width(), self._head_h())
        play = wave = QRect()
        bottom = inner.bottom()
        if card.has_sound:
            play = QRect(inner.left(), bottom - _PLAY + 1, _PLAY, _PLAY)
            wave = QRect(play.right() + 12, play.top(), max(40, inner.width() - _PLAY - 108), _WAVE_H)
            bottom = play.top() - _GAP
        words = QRect(inner.left(), head.bottom() + _GAP, inner.width(), max(0, bottom - head.bottom() - _GAP))
        return _Layout(body, head, words, thumb, play, wave)

    # painting ----------------------------------------------------------------------------------------------------
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the card."""
        card: Card = index.data(CARD_ROLE)
        state: QStyle.StateFlag = option.state
        layout = self._lay_out(card, option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._paint_ground(painter, layout, state)
        self._paint_head(painter, card, layout.head)
        if card.snippet:
            painter.setPen(QColor(self.theme.text))
            self._words_layout(card, self._view.font(), layout.words.width())[0].draw(
                painter, QPointF(layout.words.topLeft())
            )
        if card.has_picture:
            self._paint_thumb(painter, card, layout.thumb)
        if card.has_sound:
            self._paint_sound(painter, card, layout)
        painter.restore()

    def _paint_ground(self, painter: QPainter, layout: _Layout, state: QStyle.StateFlag) -> None:
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        focused = selected and self._view.hasFocus()
        pen = QPen(QColor(self.theme.accent if selected else self.theme.wave if hovered else self.theme.line))
        pen.setWidthF(2.0 if focused else 1.0)
        painter.setPen(pen)
        painter.setBrush(QColor(self.theme.card))
        inset = pen.widthF() / 2
        painter.drawRoundedRect(QRectF(layout.body).adjusted(inset, inset, -inset, -inset), 12, 12)

    def _paint_head(self, painter: QPainter, card: Card, rect: QRect) -> None:
        theme, base = self.theme, self._view.font()
        small, strong = scaled_font(base, 0.9), scaled_font(base, 1.0, bold=True)
        right = rect.right()
        for n in reversed(card.cited):
            right = self._paint_badge(painter, str(n), right, rect) - 6
        painter.setFont(small)
        painter.setPen(QColor(theme.soft))
        when_w = QFontMetrics(small).horizontalAdvance(card.when)
        painter.drawText(QRect(right - when_w, rect.top(), when_w + 1, rect.height()), _VCENTER, card.when)
        paint_icon(
            painter,
            card.moment.kind.value.replace("utterance", "voice"),
            theme.soft,
            rect.left(),
            rect.top() + (rect.height() - 18) / 2,
            18,
        )
        left, room = rect.left() + 26, right - when_w - 16 - rect.left() - 26
        painter.setFont(strong)
        painter.setPen(QColor(theme.text))
        source = QFontMetrics(strong).elidedText(card.source, Qt.TextElideMode.ElideRight, max(0, room))
        painter.drawText(QRect(left, rect.top(), max(0, room), rect.height()), _VCENTER, source)
        used = QFontMetrics(strong).horizontalAdvance(source) + 10
        if card.detail and room - used > 48:
            painter.setFont(small)
            painter.setPen(QColor(theme.soft))
            detail = QFontMetrics(small).elidedText(card.detail, Qt.TextElideMode.ElideRight, room - used)
            painter.drawText(QRect(left + used, rect.top(), room - used, rect.height()), _VCENTER, detail)

    def _paint_badge(self, painter: QPainter, text: str, right: int, rect: QRect) -> int:
        font = scaled_font(self._view.font(), 0.85, bold=True)
        width = max(22, QFontMetrics(font).horizontalAdvance(text) + 14)
        badge = QRectF(right - width, rect.center().y() - 10, width, 21)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.accent))
        painter.drawRoundedRect(badge, 10.5, 10.5)
        painter.setFont(font)
        painter.setPen(QColor(self.theme.on_accent))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)
        return int(badge.left())

    def _paint_thumb(self, painter: QPainter, card: Card, rect: QRect) -> None:
        model = self._view.model()
        image = model.picture(card) if isinstance(model, CardsModel) else None
        path = QPainterPath()
        path.addRoundedRect(QRectF(rect), 8, 8)
        if image is None or image.isNull():
            painter.fillPath(path, QColor(self.theme.raised))
            icon = "photo" if card.moment.kind.value == "photo" else "screenshot"
            paint_icon(painter, icon, self.theme.soft, rect.center().x() - 12, rect.center().y() - 12, 24)
            return
        painter.save()
        painter.setClipPath(path)
        painter.drawImage(QRectF(rect), image)
        painter.restore()
        painter.setPen(QColor(self.theme.line))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)

    def _paint_sound(self, painter: QPainter, card: Card, layout: _Layout) -> None:
        current = self._player.moment == card.id
        playing = current and self._player.playing
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.accent if current else self.theme.tint))
        painter.drawEllipse(layout.play)
        colour = self.theme.on_accent if current else self.theme.accent
        paint_icon(painter, "pause" if playing else "play", colour, layout.play.left() + 7, layout.play.top() + 7, 18)
        model = self._view.model()
        peaks = model.wave(card) if isinstance(model, CardsModel) else None
        paint_wave(painter, QRectF(layout.wave), peaks, self._player.share if current else 0.0, self.theme)
        assert card.moment.media is not None
        length = length_words(card.moment.media.duration_s)
        words = f"{length_words(self._player.position_s)} / {length}" if current else length
        painter.setFont(scaled_font(self._view.font(), 0.9))
        painter.setPen(QColor(self.theme.soft))
        right = QRect(
            layout.wave.right() + 8, layout.wave.top(), layout.head.right() - layout.wave.right() - 8, _WAVE_H
        )
        painter.drawText(right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)

    def _words_layout(self, card: Card, font: QFont, width: int) -> tuple[QTextLayout, int]:
        return lay_out_words(card.snippet, card.marks, font, width, self.theme)

    # clicks ------------------------------------------------------------------------------------------------------
    def editorEvent(  # noqa: N802, RUF100 - Qt's name
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Hear a click on the play button or the waveform."""
        if event.type() != QEvent.Type.MouseButtonRelease or not isinstance(event, QMouseEvent):
            return False
        card: Card = index.data(CARD_ROLE)
        if not card.has_sound:
            return False
        layout = self._lay_out(card, option.rect)
        at = event.position().toPoint()
        if layout.play.contains(at):
            self.play_clicked.emit(card.id)
            return True
        if layout.wave.contains(at):
            self.seek_clicked.emit(card.id, (at.x() - layout.wave.left()) / layout.wave.width())
            return True
        return False

    def play_rect(self, index: Index) -> QRect:
        """Where the play button of a row lies in the viewport."""
        return self._lay_out(index.data(CARD_ROLE), self._view.visualRect(index)).play


_VCENTER = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


def lay_out_words(
    text: str, marks: tuple[tuple[int, int], ...], font: QFont, width: int, theme: Theme
) -> tuple[QTextLayout, int]:
    """Break words into at most three lines with their marks; returns the layout and its height in pixels."""
    return _lay_out_once(text, marks, font.toString(), width, theme)


# A card is laid out for its height and again at each paint; breaking its lines takes a millisecond or two.
@lru_cache(maxsize=512)
def _lay_out_once(
    text: str, marks: tuple[tuple[int, int], ...], font_key: str, width: int, theme: Theme
) -> tuple[QTextLayout, int]:
    font = QFont()
    font.fromString(font_key)
    layout, height, end = _break_lines(text, marks, font, width, theme)
    if end < _utf16(text, len(text)):
        cut = text.encode("utf-16-le")[: 2 * max(0, end - 2)].decode("utf-16-le", errors="ignore").rstrip() + "…"
        kept = tuple((a, min(b, len(cut))) for a, b in marks if a < len(cut))
        layout, height, _end = _break_lines(cut, kept, font, width, theme)
    return layout, height


def _break_lines(
    text: str, marks: tuple[tuple[int, int], ...], font: QFont, width: int, theme: Theme
) -> tuple[QTextLayout, int, int]:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setFormats([_mark(text, a, b, theme) for a, b in marks])
    spacing = QFontMetrics(font).lineSpacing() + 2
    end = n_lines = 0
    layout.beginLayout()
    while n_lines < _MAX_LINES:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(40, width))
        line.setPosition(QPointF(0, n_lines * spacing))
        end = line.textStart() + line.textLength()
        n_lines += 1
    layout.endLayout()
    return layout, n_lines * spacing, end


def _mark(text: str, start: int, end: int, theme: Theme) -> QTextLayout.FormatRange:
    form = QTextCharFormat()
    form.setBackground(QColor(theme.mark))
    form.setFontWeight(QFont.Weight.DemiBold)
    span = QTextLayout.FormatRange()
    span.start = _utf16(text, start)
    span.length = _utf16(text, end) - span.start
    span.format = form
    return span


def _utf16(text: str, position: int) -> int:
    """Qt counts UTF-16 units, Python counts characters."""
    return position + sum(sign > "\uffff" for sign in text[:position])


def paint_wave(painter: QPainter, rect: QRectF, peaks: list[float] | None, share: float, theme: Theme) -> None:
    """Paint peaks as bars, the played share in the accent colour; a quiet line while they are unknown."""
    step, bar = 4.0, 2.0
    n_bars = max(1, int(rect.width() / step))
    painter.setPen(Qt.PenStyle.NoPen)
    for i in range(n_bars):
        level = peaks[i * len(peaks) // n_bars] if peaks else 0.0
        height = max(2.0, min(1.0, level) * rect.height())
        played = share > 0 and (i + 0.5) / n_bars <= share
        painter.setBrush(QColor(theme.accent if played else theme.wave))
        painter.drawRoundedRect(QRectF(rect.left() + i * step, rect.center().y() - height / 2, bar, height), 1, 1)
