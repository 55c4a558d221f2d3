"""One moment in full: the picture large with its words, or what was said with what came before and after it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.describe import describe
from app.ui.buttons import build_button
from app.ui.card_delegate import paint_wave
from app.ui.cards_view_model import has_picture, has_sound
from app.ui.marks import marked_html
from app.ui.picture_text import Span
from app.ui.picture_view import PictureView
from app.ui.player import Player
from app.ui.rich_text import RichText
from app.ui.theme import Theme, build_icon, icon_size, scaled_font
from app.ui.trail_strip import TrailStrip
from app.ui.words import detail_words, doubt_words, length_words, source_words, to_local, when_words
from memory.records import Kind, Moment

_PLAY = "play:"
_READABLE_PX = 840  # lines longer than about 100 characters are hard to follow


class SoundBar(QFrame):
    """Play button, waveform and position of one moment's sound."""

    play_wanted = Signal()
    seek_wanted = Signal(float)

    def __init__(self, player: Player, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self.theme = theme
        self._moment: Moment | None = None
        self._peaks: list[float] | None = None
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
        self.time = QLabel()
        self.time.setProperty("role", "soft")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.addWidget(self.button)
        layout.addStretch(1)
        layout.addWidget(self.time)
        player.changed.connect(self.refresh)

    def set_moment(self, moment: Moment) -> None:
        """Show the sound of this moment."""
        self._moment, self._peaks = moment, None
        self.refresh()

    def set_peaks(self, peaks: list[float]) -> None:
        """Show its waveform."""
        self._peaks = peaks
        self.update()

    def refresh(self) -> None:
        """Follow the player."""
        if self._moment is None or self._moment.media is None:
            return
        current = self._player.moment == self._moment.id
        playing = current and self._player.playing
        length = length_words(self._moment.media.duration_s)
        at = length_words(self._player.position_s if current else 0)
        self.time.setText(f"{at} / {length}")
        self.button.setIcon(build_icon("pause" if playing else "play", self.theme.on_accent, size_px=18))
        self.button.setAccessibleName(self.tr("Hold") if playing else self.tr("Play"))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Paint the waveform between button and time."""
        super().paintEvent(event)
        if self._moment is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        share = self._player.share if self._player.moment == self._moment.id else 0.0
        paint_wave(painter, self._wave_rect(), self._peaks, share, self.theme)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Jump to where the waveform is clicked."""
        rect = self._wave_rect()
        if rect.contains(event.position()):
            self.seek_wanted.emit((event.position().x() - rect.left()) / rect.width())

    def _wave_rect(self) -> QRectF:
        left = self.button.geometry().right() + 16
        return QRectF(left, 16, max(40, self.time.geometry().left() - 16 - left), 40)


class MomentView(QWidget):
    """Shows one moment; links in the transcript play what they stand for."""

    back_wanted = Signal()
    forget_wanted = Signal(str)
    timeline_wanted = Signal(str)
    play_wanted = Signal(str, float)

    def __init__(self, player: Player, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.moment: Moment | None = None
        self._neighbours: Sequence[Moment] = ()
        self._matched: Sequence[Span] = ()
        self.setAccessibleName(self.tr("Moment"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.back = QPushButton(self.tr("Back"))
        self.back.setAccessibleName(self.tr("Back to the evidence"))
        self.back.setProperty("role", "quiet")
        self.back.setIconSize(icon_size())
        self.back.clicked.connect(self.back_wanted)
        self.forget = QPushButton(self.tr("Forget…"))
        self.forget.setAccessibleName(self.tr("Forget this moment"))
        self.forget.setIconSize(icon_size())
        self.forget.clicked.connect(lambda: self.moment and self.forget_wanted.emit(self.moment.id))
        self.on_timeline = build_button(self.tr("On the timeline"), name=self.tr("Show on the timeline (Ctrl+T)"))
        self.on_timeline.clicked.connect(lambda: self.moment and self.timeline_wanted.emit(self.moment.id))
        self.smaller = self._build_zoom("−", self.tr("Smaller"), "-")
        self.larger = self._build_zoom("+", self.tr("Larger"), "+")
        self.title = QLabel()
        self.title.setFont(scaled_font(self.font(), 1.6, bold=True))
        self.subtitle = QLabel()
        self.subtitle.setProperty("role", "soft")
        self.doubt = QLabel()
        self.doubt.setProperty("role", "soft")
        self.picture = PictureView(theme)
        self.sound = SoundBar(player, theme)
        self.sound.play_wanted.connect(lambda: self._tell_play(-1.0))
        self.sound.seek_wanted.connect(self._tell_play)
        self.trail = TrailStrip(theme)
        self.text = RichText(self.tr("Words of the moment"))
        self.text.chosen.connect(self._on_link)
        self.text.selectionChanged.connect(self._on_text_selected)
        self.smaller.clicked.connect(self.picture.zoom_out)
        self.larger.clicked.connect(self.picture.zoom_in)
        self._arrange()
        self.set_theme(theme)

    def _arrange(self) -> None:
        bar = QHBoxLayout()
        bar.addWidget(self.back)
        bar.addStretch(1)
        bar.addWidget(self.smaller)
        bar.addWidget(self.larger)
        bar.addWidget(self.on_timeline)
        bar.addWidget(self.forget)
        self._body = QHBoxLayout()
        self._body.setSpacing(24)
        self._body.addWidget(self.picture, 3)
        self._body.addWidget(self.text, 2)
        self.text.setMaximumWidth(_READABLE_PX)
        self._body.addStretch(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(bar)
        layout.addSpacing(8)
        for label in (self.title, self.subtitle, self.doubt):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            layout.addWidget(label)
        layout.addSpacing(12)
        layout.addWidget(self.sound)
        layout.addSpacing(8)
        layout.addLayout(self._body, 1)
        layout.addWidget(self.trail)

    def _build_zoom(self, sign: str, name: str, key: str) -> QPushButton:
        button = build_button(sign, name=name, role="quiet")
        button.setToolTip(f"{name} ({key})")
        return button

    def set_theme(self, theme: Theme) -> None:
        """Dress again."""
        self.theme = self.picture.theme = self.sound.theme = self.trail.theme = theme
        self.back.setIcon(build_icon("back", theme.accent))
        self.forget.setIcon(build_icon("forget", theme.text))
        self.sound.refresh()

    def show_moment(self, moment: Moment, now_us: int, matched: Sequence[Span] = ()) -> None:
        """Show what is known at once; picture, waveform and neighbours follow."""
        self.moment, self._neighbours, self._matched = moment, (), matched
        self.title.setText(source_words(moment))
        parts = (when_words(moment, now_us), detail_words(moment))
        self.subtitle.setText(" · ".join(part for part in parts if part))
        doubt = doubt_words(moment.time_source)
        self.doubt.setText(doubt)
        self.doubt.setVisible(bool(doubt))
        self.picture.setVisible(has_picture(moment))
        self.trail.show_steps((), lambda _moment, _give: None)
        self.picture.show_moment(moment, matched, describe(moment) or moment.text)
        for button in (self.smaller, self.larger):
            button.setVisible(has_picture(moment))
        self.sound.setVisible(has_sound(moment))
        if has_sound(moment):
            self.sound.set_moment(moment)
        self._fill_text()

    def set_neighbours(self, moments: Sequence[Moment]) -> None:
        """Show what came before and after, in order, the moment itself included."""
        self._neighbours = moments
        self._fill_text()

    def find_moment(self, moment: str) -> Moment | None:
        """The moment, neighbour or step of its trail with this id."""
        if self.moment and self.moment.id == moment:
            return self.moment
        around = (*self._neighbours, *(step.moment for step in self.trail.steps))
        return next((each for each in around if each.id == moment), None)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Space plays or holds, Delete forgets."""
        if event.key() == Qt.Key.Key_Space and self.moment and has_sound(self.moment):
            self._tell_play(-1.0)
        elif event.key() == Qt.Key.Key_Delete and self.moment:
            self.forget_wanted.emit(self.moment.id)
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:  # noqa: N802, RUF100 - Qt's name
        """Any size will do."""
        return QSize(600, 400)

    def _fill_text(self) -> None:
        moment = self.moment
        assert moment is not None
        if moment.kind is Kind.UTTERANCE:
            self.text.show_html("".join(self._line(each) for each in (self._neighbours or (moment,))))
            self.text.scrollToAnchor("here")
        else:
            words = marked_html(moment.text, self._matched, self.theme.mark)
            words = words or escape(self.tr("There are no words in it."))
            label = self.tr("Words in it") if has_picture(moment) else ""
            head = f'<p style="color:{self.theme.soft}">{escape(label)}</p>' if label else ""
            self.text.show_html(f'{head}<p style="line-height:140%">{words}</p>')

    def _line(self, moment: Moment) -> str:
        theme = self.theme
        assert self.moment is not None
        here = moment.id == self.moment.id
        at = f"{to_local(moment.started_us, moment.zone):%H:%M:%S}"
        if has_sound(moment):
            style = f"color:{theme.accent}; text-decoration:none"
            at = f'<a href="{_PLAY}{escape(moment.id)}" style="{style}">{at}</a>'
        ground = f' bgcolor="{theme.tint}"' if here else ""
        anchor = '<a name="here"></a>' if here else ""
        words = marked_html(moment.text, self._matched if here else (), theme.mark)
        return (
            f'<table width="100%" cellspacing="0" cellpadding="10"><tr>'
            f'<td width="84"{ground} style="white-space:nowrap"><span style="color:{theme.soft}">{at}</span></td>'
            f"<td{ground}>{anchor}<b>{escape(source_words(moment))}</b><br/>"
            f'<span style="line-height:140%">{words}</span></td></tr></table>'
        )

    def _on_text_selected(self) -> None:
        """What is selected in the words is shown in the picture."""
        moment = self.moment
        if moment is None or not has_picture(moment):
            return
        cursor = self.text.textCursor()
        words = cursor.selectedText().replace("\u2028", "\n")
        block = self.text.document().lastBlock()  # the words; what stands before them is a heading
        before = cursor.selectionStart() - block.position()
        units = moment.text.encode("utf-16-le")[: 2 * max(0, before)]  # Qt counts UTF-16 units
        start = len(units.decode("utf-16-le", errors="ignore"))
        if before >= 0 and moment.text[start : start + len(words)] == words:
            self.picture.select(start, start + len(words))

    def _tell_play(self, share: float) -> None:
        if self.moment:
            self.play_wanted.emit(self.moment.id, share)

    def _on_link(self, target: str) -> None:
        if target.startswith(_PLAY):
            self.play_wanted.emit(target.removeprefix(_PLAY), -1.0)
