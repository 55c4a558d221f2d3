"""The timeline with its head: what is in sight, buttons that move it, and words where there is nothing."""

from __future__ import annotations

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from app.ui.aloud import Stack
from app.ui.buttons import build_button
from app.ui.theme import Theme, scaled_font
from app.ui.timeline_scale import to_local_time
from app.ui.timeline_strip import TimelineStrip
from app.ui.timeline_view_model import Phase, TimelineViewModel
from app.ui.timeline_words import sight_words, span_words
from app.ui.words import Trouble

_LEAST_HEADING_PX = 200


class TimelineView(QWidget):
    """Shows a ``TimelineViewModel``.

    Signals:
        day_wanted: A day (``QDate``) is to be shown.
        everything_wanted, now_wanted: The whole memory; the present.
        ask_wanted: A question about the time that is marked or in sight.
        retry_wanted: Try again to read.
    """

    day_wanted = Signal(object)
    everything_wanted = Signal()
    now_wanted = Signal()
    ask_wanted = Signal()
    retry_wanted = Signal()

    def __init__(self, model: TimelineViewModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setAccessibleName(self.tr("Timeline and its controls"))
        self.strip = TimelineStrip(model, theme)
        self.heading = QLabel()
        self.heading.setFont(scaled_font(self.font(), 1.25, bold=True))
        self.tally = QLabel()
        self.tally.setProperty("role", "soft")
        for label in (self.heading, self.tally):  # their words change with every frame: they may not move the window
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setWordWrap(True)
        self.hint = QLabel()
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setWordWrap(True)
        self.hint.setProperty("role", "soft")
        self.retry = build_button(self.tr("Try again"), role="primary")
        self.retry.clicked.connect(self.retry_wanted)
        self._build_buttons()
        self._arrange()

    def _build_buttons(self) -> None:
        self.closer = build_button("+", name=self.tr("Show less time, in more detail (+)"))
        self.closer.clicked.connect(lambda: self.strip.zoom(2.0))
        self.farther = build_button("−", name=self.tr("Show more time (-)"))
        self.farther.clicked.connect(lambda: self.strip.zoom(0.5))
        for button in (self.closer, self.farther):
            button.setFixedWidth(40)
        self.everything = build_button(self.tr("Everything"), name=self.tr("Show the whole memory"))
        self.everything.clicked.connect(self.everything_wanted)
        self.now = build_button(self.tr("Now"), name=self.tr("Go to the present"))
        self.now.clicked.connect(self.now_wanted)
        self.day = build_button(self.tr("Day…"), name=self.tr("Choose a day in the calendar"))
        self.calendar = QCalendarWidget()
        self.calendar.setAccessibleName(self.tr("Day to show"))
        for part in self.calendar.findChildren(QHeaderView):
            part.setAccessibleName(self.tr("Day to show"))
        self.calendar.setGridVisible(False)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.clicked.connect(self._on_day)
        self.calendar.activated.connect(self._on_day)
        menu = QMenu(self)
        menu.setAccessibleName(self.tr("Calendar"))
        action = QWidgetAction(menu)
        action.setDefaultWidget(self.calendar)
        menu.addAction(action)
        menu.aboutToShow.connect(self._on_calendar)
        self.day.setMenu(menu)
        self.ask = build_button(self.tr("Ask about this time"), role="quiet")
        self.ask.setToolTip(self.tr("Drag with Shift, or on the dates, to mark a stretch of time"))
        self.ask.clicked.connect(self.ask_wanted)

    def _arrange(self) -> None:
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self.heading)
        names.addWidget(self.tally)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addLayout(names, 1)
        for button in self._buttons():
            head.addWidget(button)
        nothing = QWidget()
        nothing.setAccessibleName(self.tr("What is the matter"))
        column = QVBoxLayout(nothing)
        column.addStretch(2)
        column.addWidget(self.words)
        column.addWidget(self.hint)
        column.addWidget(self.retry, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self._nothing = nothing
        self._stack = Stack()
        self._stack.addWidget(nothing)
        self._stack.addWidget(self.strip)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addWidget(self._stack, 1)

    def _buttons(self) -> tuple[QPushButton, ...]:
        return (self.ask, self.farther, self.closer, self.everything, self.day, self.now)

    def set_theme(self, theme: Theme) -> None:
        """Dress again."""
        self.strip.set_theme(theme)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """What is in sight is named before everything that can be done with it."""
        super().resizeEvent(event)
        needed = sum(button.sizeHint().width() + 8 for button in self._buttons())
        self.ask.setVisible(self.width() - needed >= _LEAST_HEADING_PX)

    def show_model(self, trouble: Trouble | None = None) -> None:
        """Show what the view model holds."""
        model = self._model
        ready = model.phase is Phase.READY
        self._stack.setCurrentWidget(self.strip if ready else self._nothing)
        for button in self._buttons():
            button.setEnabled(ready)
        self.retry.setVisible(model.phase is Phase.FAILED)
        if not ready:
            self.heading.setText("")
            self.tally.setText("")
            words, hint = self._what_is_the_matter(trouble)
            self.words.setText(words)
            self.hint.setText(hint)
            return
        scale = model.scale
        since_us, until_us = model.span or (scale.left_us, scale.right_us)
        self.heading.setText(span_words(since_us, until_us, model.zone))
        if model.span is not None:
            self.tally.setText(self.tr("Marked. Esc lets it go."))
        else:
            self.tally.setText(sight_words(model) if model.is_complete else self.tr("Reading…"))
        self.strip.refresh()

    def _what_is_the_matter(self, trouble: Trouble | None) -> tuple[str, str]:
        if self._model.phase is Phase.EMPTY:
            return self.tr("There is nothing on the timeline yet."), self.tr(
                "Import recordings, photos, screenshots or notes, or record something: it appears here at its time."
            )
        if self._model.phase is Phase.FAILED and trouble is not None:
            return trouble.message, trouble.hint
        return self.tr("Reading the memory…"), ""

    def _on_calendar(self) -> None:
        """The calendar opens at what is in sight, and offers the days of the memory."""
        model = self._model
        at = to_local_time(round(model.scale.left_us + model.scale.span_us / 2), model.zone)
        self.calendar.setSelectedDate(QDate(at.year, at.month, at.day))
        if model.bounds is not None:
            first, last = (to_local_time(each, model.zone) for each in model.bounds)
            self.calendar.setMinimumDate(QDate(first.year, first.month, first.day))
            now = to_local_time(model.now_us, model.zone)
            last = max(last, now)
            self.calendar.setMaximumDate(QDate(last.year, last.month, last.day))

    def _on_day(self, day: QDate) -> None:
        menu = self.day.menu()
        if menu is not None:
            menu.hide()
        self.day_wanted.emit(day)
