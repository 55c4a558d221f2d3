"""Subtitles of all directions at once: what each of them says at the second that plays."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.directions import title_words
from app.ui.missed_view_model import MissedViewModel
from app.ui.theme import Theme, scaled_font

_NAME_PX = 20
_GAP_PX = 8
_LEFT_PX = 22
_MOST_LINES = 3


class Subtitles(QWidget):
    """A row for each direction, in the order of the lanes; at rest it shows what is said where one has chosen."""

    def __init__(self, model: MissedViewModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Subtitles"))

    def texts(self) -> tuple[str, ...]:
        """What each direction says now."""
        model = self._model
        if model.room is None:
            return ()
        return model.room.subtitles(model.selected_s() if model.position_s is None else model.position_s)

    def refresh(self) -> None:
        """Follow the view model."""
        room = self._model.room
        rows = zip(room.lanes, self.texts(), strict=True) if room else ()
        words = (f"{title_words(lane.azimuth_rad)}: {text}" for lane, text in rows if text)
        self.setAccessibleDescription(". ".join(words))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802, RUF100 - Qt's name
        """Two rows."""
        return QSize(300, 160)

    def minimumSizeHint(self) -> QSize:  # noqa: N802, RUF100 - Qt's name
        """One row."""
        return QSize(160, 72)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Paint as many rows as there is room for; each gets the same height, so that nothing jumps."""
        room = self._model.room
        if room is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        voices = self._model.voices
        small, words_font = scaled_font(self.font(), 0.85), scaled_font(self.font(), 1.05)
        line_h = QFontMetrics(words_font).lineSpacing()
        least = _NAME_PX + line_h + _GAP_PX
        n_rows = max(1, min(len(room.lanes), self.height() // least))
        row_h = min(self.height() / n_rows, least + (_MOST_LINES - 1) * line_h)
        first = max(0, min(self._model.lane - n_rows + 1, len(room.lanes) - n_rows))
        shown = list(zip(room.lanes, self.texts(), strict=True))[first : first + n_rows]
        for row, (lane, text) in enumerate(shown):
            top = row * row_h
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(voices.lane_colour(self.theme, lane)))
            painter.drawRoundedRect(QRectF(0, top + 3, 4, row_h - _GAP_PX - 3), 2, 2)
            painter.setFont(small)
            painter.setPen(QColor(self.theme.soft))
            name = QRectF(_LEFT_PX, top, self.width() - _LEFT_PX, _NAME_PX)
            painter.drawText(name, Qt.AlignmentFlag.AlignVCenter, title_words(lane.azimuth_rad))
            painter.setFont(words_font)
            painter.setPen(QColor(self.theme.text if text else self.theme.soft))
            area = QRectF(_LEFT_PX, top + _NAME_PX, self.width() - _LEFT_PX, row_h - _NAME_PX - _GAP_PX)
            n_lines = max(1, int(area.height() // line_h))
            painter.drawText(area, Qt.TextFlag.TextWordWrap, _fit(text or "…", painter.fontMetrics(), area, n_lines))
        painter.end()


def _fit(text: str, metrics: QFontMetrics, area: QRectF, n_lines: int) -> str:
    """Cut a text that needs more lines than there are."""
    limit_px = int(area.width() * n_lines * 0.94)  # wrapping leaves the ends of lines empty
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, limit_px)
