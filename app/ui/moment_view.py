"""One moment in full: the picture large with its words, or what was said with what came before and after it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.describe import describe
from app.ui.around_panel import AroundPanel
from app.ui.buttons import build_button
from app.ui.cards_view_model import has_picture, has_sound
from app.ui.correct_lines import CorrectionLine, SpeakerLine
from app.ui.drag_out import DragOut
from app.ui.marks import marked_html
from app.ui.picture_text import Span
from app.ui.picture_view import PictureView
from app.ui.player import Player
from app.ui.sound_bar import SoundBar
from app.ui.theme import Theme, build_icon, icon_size, scaled_font
from app.ui.trail_strip import TrailStrip
from app.ui.transcript import Transcript
from app.ui.words import breakable, detail_words, doubt_words, source_words, when_words
from memory.records import Kind, Moment

_ROOM_FOR_WORDS_PX, _ROOM_FOR_TRAIL_PX = 720, 480
_READABLE_PX = 840  # lines longer than about 100 characters are hard to follow


class MomentView(QWidget):
    """Shows one moment; words of the transcript play from where they stand.

    Signals:
        play_wanted: A moment and from which share of it; negative for "hold or go on".
        lines_opened: A line to correct something is open and wants what is known.
    """

    back_wanted = Signal()
    forget_wanted = Signal(str)
    timeline_wanted = Signal(str)
    play_wanted = Signal(str, float)
    lines_opened = Signal()

    def __init__(self, player: Player, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.moment: Moment | None = None
        self._neighbours: Sequence[Moment] = ()
        self._matched: Sequence[Span] = ()
        self.setAccessibleName(self.tr("Moment"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.back = QPushButton(self.tr("Back"))
        self.back.setAccessibleName(self.tr("Back to where you came from"))
        self.back.setProperty("role", "quiet")
        self.back.setIconSize(icon_size())
        self.back.clicked.connect(self.back_wanted)
        self.hand_out = DragOut()
        self.forget = QPushButton(self.tr("Forget…"))
        self.forget.setAccessibleName(self.tr("Forget this moment"))
        self.forget.setIconSize(icon_size())
        self.forget.clicked.connect(lambda: self.moment and self.forget_wanted.emit(self.moment.id))
        self.on_timeline = build_button(self.tr("On the timeline"), name=self.tr("Show on the timeline (Ctrl+T)"))
        self.on_timeline.clicked.connect(lambda: self.moment and self.timeline_wanted.emit(self.moment.id))
        self.words_line, self.speaker_line = CorrectionLine(), SpeakerLine()
        self.correct = build_button(self.tr("Correct…"), name=self.tr("Correct the words (F2)"))
        self.correct.clicked.connect(lambda: self._open_line(self.words_line))
        self.who = build_button(self.tr("Who said this?"), name=self.tr("Correct who said this (N)"))
        self.who.clicked.connect(lambda: self._open_line(self.speaker_line))
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
        self.around = AroundPanel(theme)
        self.around.event_chosen.connect(lambda event: self.timeline_wanted.emit(event.moments[0]))
        self.text = Transcript(self.tr("Words of the moment"), theme)
        self.text.play_wanted.connect(self.play_wanted)
        self._player = player
        player.changed.connect(self._follow)
        self.text.selectionChanged.connect(self._on_text_selected)
        self.smaller.clicked.connect(self.picture.zoom_out)
        self.larger.clicked.connect(self.picture.zoom_in)
        self.picture.pressed.connect(self.hand_out.want_file)
        self.picture.dragged.connect(self.hand_out.drag)
        self.picture.text_dragged.connect(self.hand_out.drag_text)
        for line in (self.words_line, self.speaker_line):
            line.closed.connect(self.text.setFocus)
        self._arrange()
        self.set_theme(theme)

    def _arrange(self) -> None:
        bar = QHBoxLayout()
        bar.addWidget(self.back)
        bar.addStretch(1)
        bar.addWidget(self.smaller)
        bar.addWidget(self.larger)
        bar.addWidget(self.correct)
        bar.addWidget(self.who)
        bar.addWidget(self.hand_out)
        bar.addWidget(self.on_timeline)
        bar.addWidget(self.forget)
        self._body = QGridLayout()
        self._body.setHorizontalSpacing(24)
        self._body.setVerticalSpacing(12)
        self._body.setColumnStretch(0, 3)
        self._body.setColumnStretch(1, 2)
        self._body.setRowStretch(0, 3)
        self._body.setRowStretch(1, 2)
        self.text.setMaximumWidth(_READABLE_PX)
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
        layout.addWidget(self.words_line)
        layout.addWidget(self.speaker_line)
        layout.addLayout(self._body, 1)
        layout.addWidget(self.trail)

    def _place_body(self, *, is_picture: bool) -> None:
        """A picture stands left of its words with what lies around it below them; other words have the left alone."""
        body = self._body
        for widget in (self.picture, self.text, self.around):
            body.removeWidget(widget)
        if is_picture:
            body.addWidget(self.picture, 0, 0, 2, 1)
            body.addWidget(self.text, 0, 1)
            body.addWidget(self.around, 1, 1)
        else:
            body.addWidget(self.text, 0, 0, 2, 1)
            body.addWidget(self.around, 0, 1, 2, 1)

    def _build_zoom(self, sign: str, name: str, key: str) -> QPushButton:
        button = build_button(sign, name=name, role="quiet")
        button.setToolTip(f"{name} ({key})")
        return button

    def set_theme(self, theme: Theme) -> None:
        """Dress again."""
        self.theme = self.picture.theme = self.trail.theme = self.text.theme = self.around.theme = theme
        self.back.setIcon(build_icon("back", theme.accent))
        self.forget.setIcon(build_icon("forget", theme.text))
        self.sound.set_theme(theme)

    def show_moment(self, moment: Moment, now_us: int, matched: Sequence[Span] = ()) -> None:
        """Show what is known at once; picture, waveform and neighbours follow."""
        self.moment, self._neighbours, self._matched = moment, (), matched
        self.title.setText(breakable(source_words(moment)))
        parts = (when_words(moment, now_us), breakable(detail_words(moment)))
        self.subtitle.setText(" · ".join(part for part in parts if part))
        self.setAccessibleName(", ".join(part for part in (self.title.text(), *parts) if part))
        doubt = doubt_words(moment.time_source)
        self.doubt.setText(doubt)
        self.doubt.setVisible(bool(doubt))
        self._place_body(is_picture=has_picture(moment))
        self.picture.setVisible(has_picture(moment))
        self.around.clear()
        self.hand_out.show_moment(moment)
        self.trail.show_steps((), lambda _moment, _give: None)
        self.picture.show_moment(moment, matched, describe(moment) or moment.text)
        for button in (self.smaller, self.larger):
            button.setVisible(has_picture(moment))
        for button in (self.correct, self.who):
            button.setVisible(moment.kind is Kind.UTTERANCE)
        for line in (self.words_line, self.speaker_line):
            line.hide()
        self.sound.setVisible(has_sound(moment))
        if has_sound(moment):
            self.sound.set_moment(moment)
        self._fill_text()

    def set_image(self, image: QImage | None) -> None:
        """Show its picture large; None where there is none to be shown."""
        self.picture.set_image(image)
        self.hand_out.take_image(image)
        if image is None:
            self.picture.show_lost()
        for button in (self.smaller, self.larger):
            button.setVisible(image is not None)

    def set_neighbours(self, moments: Sequence[Moment]) -> None:
        """Show what came before and after, in order, the moment itself included."""
        self._neighbours = moments
        self._fill_text()

    def find_next(self, moment: str) -> str | None:
        """What was said next after a moment of the transcript and can be heard; None after the last."""
        ids = [each.id for each in self._neighbours]
        after = self._neighbours[ids.index(moment) + 1 :] if moment in ids else ()
        return next((each.id for each in after if has_sound(each)), None)

    def _open_line(self, line: CorrectionLine | SpeakerLine) -> None:
        if self.moment is not None and self.moment.kind is Kind.UTTERANCE:
            self.put_away()
            line.open_line(self.moment)
            self.lines_opened.emit()

    def put_away(self) -> bool:
        """Put a line to correct something away; say whether one was open."""
        opened = [line for line in (self.words_line, self.speaker_line) if line.isVisible()]
        for line in opened:
            line.close_line()
        return bool(opened)

    def find_moment(self, moment: str) -> Moment | None:
        """The moment, or what is named beside it, with this id."""
        if self.moment and self.moment.id == moment:
            return self.moment
        around = (*self._neighbours, *(step.moment for step in self.trail.steps), *self.around.moments)
        return next((each for each in around if each.id == moment), None)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Space plays or holds, F2 and N correct, Delete forgets."""
        if event.key() == Qt.Key.Key_Space and self.moment and has_sound(self.moment):
            self._tell_play(-1.0)
        elif event.key() == Qt.Key.Key_F2:
            self._open_line(self.words_line)
        elif event.key() == Qt.Key.Key_N:
            self._open_line(self.speaker_line)
        elif event.key() == Qt.Key.Key_Delete and self.moment:
            self.forget_wanted.emit(self.moment.id)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Say less on the buttons where there is little room."""
        super().resizeEvent(event)
        is_wide = self.width() >= _ROOM_FOR_WORDS_PX
        self.who.setText(self.tr("Who said this?") if is_wide else self.tr("Who?"))
        self.on_timeline.setText(self.tr("On the timeline") if is_wide else self.tr("When?"))
        self.trail.set_room(is_there=self.height() >= _ROOM_FOR_TRAIL_PX)

    def sizeHint(self) -> QSize:  # noqa: N802, RUF100 - Qt's name
        """Any size will do."""
        return QSize(600, 400)

    def _fill_text(self) -> None:
        moment = self.moment
        assert moment is not None
        if moment.kind is Kind.UTTERANCE:
            self.text.show_talk(self._neighbours or (moment,), moment.id, self._matched)
            self._follow()
        else:
            words = marked_html(moment.text, self._matched, self.theme.mark)
            words = words or escape(self.tr("There are no words in it."))
            label = self.tr("Words in it") if has_picture(moment) else ""
            head = f'<p style="color:{self.theme.soft}">{escape(label)}</p>' if label else ""
            self.text.show_html(f'{head}<p style="line-height:140%">{words}</p>')

    def _follow(self) -> None:
        """Mark the word that is heard."""
        if self.moment is not None:
            self.text.follow(self._player.moment, self._player.position_s)

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
