"""The view of what was missed: the sentence, the points of each direction, and the room they come from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.ui.buttons import build_button, build_choice
from app.ui.missed_start import MissedStart
from app.ui.missed_view_model import MissedViewModel, Phase, choose_recordings, recording_words
from app.ui.points_list import PointsList
from app.ui.room_panel import RoomPanel
from app.ui.theme import Theme, scaled_font

_NARROW_PX = 900
_LONG_WORDS = 240  # a sentence on many directions reads better small
_LIST_PX, _ROOM_PX = 320, 440  # below each other they keep this height and the page scrolls


class MissedView(QWidget):
    """Shows a ``MissedViewModel``; list and room stand side by side where there is room."""

    recording_chosen = Signal(str)
    stop_wanted = Signal()
    copy_wanted = Signal()
    ask_instead_wanted = Signal()

    def __init__(
        self, model: MissedViewModel, theme: Theme, *, examples: Sequence[str] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self.setAccessibleName(self.tr("What did I miss?"))
        self.headline = QLabel()
        self.headline.setFont(scaled_font(self.font(), 1.2, bold=True))
        self.hint = QLabel()
        self.hint.setProperty("role", "soft")
        for label in (self.headline, self.hint):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.recordings = build_choice(self.tr("Recording"), view_name=self.tr("Recordings"), n_letters=26)
        self.recordings.setPlaceholderText(self.tr("Choose a recording"))
        self.recordings.activated.connect(self._on_recording)
        self.stop = build_button(self.tr("Stop"), do=self.stop_wanted.emit)
        self.copy = build_button(self.tr("Copy"), role="quiet", do=self.copy_wanted.emit)
        self.copy.setAccessibleName(self.tr("Copy what was missed, with its times"))
        self.instead = build_button(self.tr("Ask the whole memory instead"), do=self.ask_instead_wanted.emit)
        self.points = PointsList(model, theme)
        self.room = RoomPanel(model, theme)
        self.start = MissedStart(examples)
        self.start.recording_chosen.connect(self.recording_chosen)
        self._shown_recordings: object = None
        self._arrange()

    def _arrange(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.headline)
        words.addWidget(self.hint)
        side = QVBoxLayout()
        side.setSpacing(8)
        side.addWidget(self.recordings)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.copy)
        buttons.addWidget(self.stop)
        buttons.addWidget(self.instead)
        side.addLayout(buttons)
        side.addStretch(1)
        self.top = QFrame()
        self.top.setProperty("role", "card")
        self.top.setAccessibleName(self.tr("What ran beside it"))
        self.top.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight, self.top)
        self._head.setContentsMargins(20, 14, 16, 14)
        self._head.setSpacing(24)
        self._head.addLayout(words, 1)
        self._head.addLayout(side)
        self.list_card = QFrame()
        self.list_card.setProperty("role", "card")
        self.list_card.setAccessibleName(self.tr("What you missed"))
        inner = QVBoxLayout(self.list_card)
        inner.setContentsMargins(6, 6, 6, 6)
        inner.addWidget(self.points)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(16)
        self._columns.addWidget(self.list_card, 2)
        self._columns.addWidget(self.room, 3)
        content = QWidget()
        content.setObjectName("page")
        content.setAccessibleName(self.tr("What did I miss?"))
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.top)
        self.body = QWidget()
        self.body.setAccessibleName(self.tr("Points and room"))
        self.body.setLayout(self._columns)
        self._columns.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.body, 1)
        layout.addWidget(self.start, 1)
        scroll = QScrollArea()  # a small window shows a part of it
        scroll.setAccessibleName(self.tr("What did I miss?"))
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidgetResizable(True)
        scroll.setWidget(content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def show_model(self, *, is_playing: bool) -> None:
        """Show what the view model holds now."""
        model = self._model
        words = model.headline()
        is_long = len(words) > _LONG_WORDS
        self.headline.setFont(scaled_font(self.font(), 1.0 if is_long else 1.2, bold=not is_long))
        self.headline.setText(words)
        self.hint.setText(model.hint())
        self.hint.setVisible(bool(model.hint()))
        self.top.setAccessibleDescription(f"{model.headline()} {model.hint()}")
        self._fill_recordings()
        self.stop.setVisible(model.is_busy)
        self.copy.setVisible(bool(model.rows))
        self.copy.setText(self.tr("Copy"))
        self.instead.setVisible(model.offers_asking and model.phase in (Phase.NOTHING, Phase.CHOOSING))
        self.points.refresh()
        self.list_card.setVisible(bool(model.rows))
        self.room.setVisible(model.room is not None)
        self.body.setVisible(bool(model.rows) or model.room is not None)
        self.start.setVisible(self.body.isHidden())
        self.start.show_recordings(model.recordings)
        self.room.refresh(is_playing=is_playing)

    def _fill_recordings(self) -> None:
        model, box = self._model, self.recordings
        if self._shown_recordings != model.recordings:
            self._shown_recordings = model.recordings
            box.clear()
            for session in model.recordings:
                box.addItem(recording_words(session), session.id)
        box.setVisible(bool(model.recordings))
        box.setCurrentIndex(choose_recordings(model.recordings, model.room))

    def _on_recording(self, row: int) -> None:
        self.recording_chosen.emit(self.recordings.itemData(row))

    def focus_content(self) -> None:
        """Go to the points, or to the picture where there are none."""
        if self._model.rows:
            self.points.focus_first()
        elif self._model.room is not None:
            self.room.lanes.setFocus()
        elif self._model.recordings:
            self.recordings.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Dress again."""
        self.points.delegate.theme = theme
        self.room.set_theme(theme)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Put the list below the room when the window is narrow."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW_PX
        wanted = QBoxLayout.Direction.BottomToTop if narrow else QBoxLayout.Direction.LeftToRight
        if self._columns.direction() != wanted:
            self._columns.setDirection(wanted)
            self._columns.setStretch(0, 1 if narrow else 2)
            self._columns.setStretch(1, 1 if narrow else 3)
            self.list_card.setMinimumHeight(_LIST_PX if narrow else 0)
            self.room.setMinimumHeight(_ROOM_PX if narrow else 0)
            across = QBoxLayout.Direction.LeftToRight
            self._head.setDirection(QBoxLayout.Direction.BottomToTop if narrow else across)
            self._head.setSpacing(8 if narrow else 24)
