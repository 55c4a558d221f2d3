"""A button that plays one utterance: its length, its day and its first words."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPaintEvent, QPalette
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter, QWidget

from app.ui.plain_tip import plain_tip
from app.ui.theme import Theme, paint_icon, scaled_font
from app.ui.words import date_words, length_words, to_local
from memory.records import Moment

_PAD, _ICON_PX = 12, 22


class SampleButton(QPushButton):
    """Plays a sample; the words are cut to the room there is."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.moment: Moment | None = None
        self._head = self._words = ""
        self._is_playing = False
        self.setAccessibleName(self.tr("Sample of the voice"))
        self.setProperty("role", "example")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(120)

    def show_sample(self, moment: Moment) -> None:
        """Offer an utterance."""
        self.moment = moment
        length = length_words(moment.media.duration_s if moment.media is not None else 0.0)
        at = to_local(moment.started_us, moment.zone)
        self._head = f"{length} · {date_words(at, 'd MMMM yyyy')}"
        self._words = " ".join(moment.text.split())
        self._name()

    def show_playing(self, is_playing: bool) -> None:
        """Whether it is heard just now."""
        if is_playing != self._is_playing:
            self._is_playing = is_playing
            self._name()
            self.update()

    def _name(self) -> None:
        words = self.tr("Hold: {words}") if self._is_playing else self.tr("Play: {words}")
        self.setAccessibleName(words.format(words=f"{self._words} {self._head}"))
        self.setToolTip(plain_tip(self._words))

    def sizeHint(self) -> QSize:  # noqa: N802, RUF100 - Qt's name
        """Two lines high."""
        return QSize(220, 2 * self.fontMetrics().lineSpacing() + 16)

    def minimumSizeHint(self) -> QSize:  # noqa: N802, RUF100 - Qt's name
        """As narrow as may be."""
        return QSize(120, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """The ground as the style paints it, then the icon and two lines."""
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        icon = "pause" if self._is_playing else "play"
        paint_icon(painter, icon, self.theme.accent, _PAD, (self.height() - _ICON_PX) / 2, _ICON_PX)
        left = 2 * _PAD + _ICON_PX - 4
        half, room = (self.height() - 16) / 2, self.width() - left - _PAD
        small = scaled_font(self.font(), 0.9)
        for font, text, top in ((self.font(), self._words, 8.0), (small, self._head, 8.0 + half)):
            painter.setFont(font)
            painter.setPen(option.palette.color(QPalette.ColorRole.ButtonText))
            cut = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRectF(left, top, room, half), int(Qt.AlignmentFlag.AlignVCenter), cut)
        painter.end()
