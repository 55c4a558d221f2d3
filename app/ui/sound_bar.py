"""The player of one moment: play, where it is, how fast, with or without its silences, its direction or the whole room.

Role: widgets over the one ``Player``; what is to be played is told as signals. Speed and silences are the player's, so
that they are the same wherever something is played.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from app.ui.buttons import Choice, build_button
from app.ui.card_delegate import paint_wave
from app.ui.player import Player
from app.ui.theme import Theme, build_icon, icon_size
from app.ui.words import length_words
from memory.records import Moment

RATES = (0.75, 1.0, 1.25, 1.5, 2.0)
_STEP_S = 2.0  # a moment is some seconds long
_WAVE_PX = 40
_ROOM_FOR_WORDS_PX = 760


class WaveView(QWidget):
    """The waveform with what was played of it: click to jump, arrows to go back and on."""

    seek_wanted = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.peaks: list[float] | None = None
        self._share = self._length_s = 0.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Position in the sound"))
        self.setToolTip(self.tr("Click to play from there; Left and Right go two seconds back and on"))

    def show_position(self, share: float, length_s: float) -> None:
        """How much was played, 0 to 1, of so many seconds."""
        self._share, self._length_s = share, length_s
        words = self.tr("{at} of {length}").format(at=length_words(share * length_s), length=length_words(length_s))
        self.setAccessibleDescription(words)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802, RUF100 - Qt's name
        """As wide as there is room."""
        return QSize(240, _WAVE_PX + 8)

    def minimumSizeHint(self) -> QSize:  # noqa: N802, RUF100 - Qt's name
        """Some bars."""
        return QSize(40, _WAVE_PX + 8)

    def _rect(self) -> QRectF:
        return QRectF(4, (self.height() - _WAVE_PX) / 2, max(1, self.width() - 8), _WAVE_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Paint the bars, and a frame where the keys are."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_wave(painter, self._rect(), self.peaks, self._share, self.theme)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self.theme.accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Jump to where it is clicked."""
        rect = self._rect()
        self.seek_wanted.emit(min(1.0, max(0.0, (event.position().x() - rect.left()) / rect.width())))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Left, Right, Home."""
        step = _STEP_S / self._length_s if self._length_s > 0 else 0.0
        to = {Qt.Key.Key_Left: self._share - step, Qt.Key.Key_Right: self._share + step, Qt.Key.Key_Home: 0.0}
        if event.key() in to:
            self.seek_wanted.emit(min(0.99, max(0.0, to[Qt.Key(event.key())])))
        else:
            super().keyPressEvent(event)


class SoundBar(QFrame):
    """Everything that plays one moment.

    Signals:
        play_wanted: Play, hold or go on.
        seek_wanted: Play from a share of the moment, 0 to 1.
        room_wanted: Hear the whole room (True) or its direction alone from now on.
    """

    play_wanted = Signal()
    seek_wanted = Signal(float)
    room_wanted = Signal(bool)

    def __init__(self, player: Player, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self.theme = theme
        self._moment: Moment | None = None
        self.setProperty("role", "strip")
        self.setFixedHeight(72)
        self.setAccessibleName(self.tr("Sound"))
        self.button = QPushButton()
        self.button.setAccessibleName(self.tr("Play"))
        self.button.setProperty("role", "primary")
        self.button.setFixedSize(40, 40)
        self.button.setStyleSheet("border-radius: 20px; padding: 0;")
        self.button.setIconSize(icon_size(18))
        self.button.clicked.connect(self.play_wanted)
        self.wave = WaveView(theme)
        self.wave.seek_wanted.connect(self.seek_wanted)
        self.time = QLabel()
        self.time.setProperty("role", "soft")
        self.room = build_button(self.tr("Whole room"))
        self.room.setCheckable(True)
        self.room.setToolTip(self.tr("Hear all directions together, as they were recorded"))
        self.room.clicked.connect(self.room_wanted)
        self.room.hide()
        self.quiet = build_button(self.tr("Skip silence"))
        self.quiet.setCheckable(True)
        self.quiet.setToolTip(self.tr("Leave out pauses while playing"))
        self.quiet.clicked.connect(player.skip_silence)
        self.on = build_button(self.tr("Play on"))
        self.on.setCheckable(True)
        self.on.setToolTip(self.tr("Go on with what was said next"))
        self.rate = Choice()
        self.rate.setAccessibleName(self.tr("Speed"))
        self.rate.setToolTip(self.tr("How fast it is played"))
        self.rate.view().setAccessibleName(self.tr("Speeds"))
        for rate in RATES:
            self.rate.addItem(f"{rate:g}×", rate)
        self.rate.activated.connect(lambda n: player.set_rate(RATES[n]))
        self._arrange()
        player.changed.connect(self.refresh)

    def _arrange(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(8)
        layout.addWidget(self.button)
        layout.addWidget(self.wave, 1)
        layout.addWidget(self.time)
        layout.addWidget(self.room)
        layout.addWidget(self.on)
        layout.addWidget(self.quiet)
        layout.addWidget(self.rate)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Say less on the buttons where there is little room."""
        super().resizeEvent(event)
        is_wide = self.width() >= _ROOM_FOR_WORDS_PX
        self.room.setText(self.tr("Whole room") if is_wide else self.tr("Room"))
        self.quiet.setText(self.tr("Skip silence") if is_wide else self.tr("Skip"))
        self.on.setText(self.tr("Play on") if is_wide else self.tr("On"))

    def set_theme(self, theme: Theme) -> None:
        """Dress again."""
        self.theme = self.wave.theme = theme
        self.refresh()

    def set_moment(self, moment: Moment) -> None:
        """Show the sound of this moment; its waveform and whether it has a room around it follow."""
        self._moment, self.wave.peaks = moment, None
        self.room.hide()
        self.on.setVisible(moment.session is not None)
        self.refresh()

    def set_peaks(self, peaks: list[float]) -> None:
        """Show its waveform."""
        self.wave.peaks = peaks
        self.wave.update()

    def offer_room(self, *, is_there: bool, is_on: bool) -> None:
        """Whether the whole room can be heard, and whether it is."""
        self.room.setVisible(is_there)
        self.room.setChecked(is_on)

    def refresh(self) -> None:
        """Follow the player."""
        player = self._player
        self.quiet.setChecked(player.skips_silence)
        self.rate.setCurrentIndex(RATES.index(player.rate))
        if self._moment is None or self._moment.media is None:
            return
        is_current = player.moment == self._moment.id
        is_playing = is_current and player.playing
        length_s = self._moment.media.duration_s
        at = length_words(player.position_s if is_current else 0)
        told = f"{at} / {length_words(length_s)}"
        self.time.setText(told if player.has_device else self.tr("No sound device"))
        self.wave.show_position(player.share if is_current else 0.0, length_s)
        self.button.setIcon(build_icon("pause" if is_playing else "play", self.theme.on_accent, size_px=18))
        self.button.setAccessibleName(self.tr("Hold") if is_playing else self.tr("Play"))
