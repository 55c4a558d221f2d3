"""What records, seen together: microphone, screen, pauses of both, and incognito; their bars and what joins them.

Role: makes and joins their controllers, models and bars, and does what the buttons, the tray and the commands want of
them. Each of them is its own affair; whether a source may be recorded at all is asked elsewhere (``ensure``).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QPushButton

from app.consent import Source
from app.ui.capture_bar import CaptureBar
from app.ui.capture_controller import CaptureController, DeskFactory
from app.ui.capture_view_model import CaptureViewModel
from app.ui.incognito_bar import IncognitoBar
from app.ui.pause_controller import PauseController
from app.ui.screen_bar import ScreenBar
from app.ui.screen_controller import ScreenController, ScreenDeskFactory
from app.ui.screen_view_model import ScreenViewModel
from app.ui.task_runner import Lane, TaskRunner
from app.ui.theme import Theme

if TYPE_CHECKING:
    from app.engine import Engine

_log = logging.getLogger(__name__)


class Capturing(QObject):
    """Records, keeps the screen, pauses, and keeps nothing.

    Args:
        runner: The lanes.
        theme: Light or dark.
        ensure: Goes on if a source may be recorded, else asks first.
        desk_factory: Makes the recording desk; None where nothing can be recorded.
        screen_factory: Makes the screen desk likewise.
    """

    incognito_changed = Signal(bool)
    capture_changed = Signal()
    screen_changed = Signal()
    brought_in = Signal()  # something recorded is in memory now
    failed = Signal(object)  # what could not be begun or ended, as an exception

    def __init__(
        self,
        runner: TaskRunner,
        theme: Theme,
        *,
        ensure: Callable[[Source, Callable[[], None]], None],
        desk_factory: DeskFactory | None,
        screen_factory: ScreenDeskFactory | None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._ensure = ensure
        self._engine: Engine | None = None
        self.capture_model = CaptureViewModel()
        self.capture = CaptureController(self.capture_model, runner, desk_factory, self) if desk_factory else None
        self.screen_model = ScreenViewModel()
        self.screens = ScreenController(self.screen_model, runner, screen_factory, self) if screen_factory else None
        self.pauses = PauseController(runner, self)
        self.incognito_bar = IncognitoBar(theme)
        self.capture_bar = CaptureBar(theme)
        self.screen_bar = ScreenBar(theme)
        self._connect()

    # building ----------------------------------------------------------------------------------------------------
    @property
    def bars(self) -> tuple[IncognitoBar, CaptureBar, ScreenBar]:
        """What stands above the pages, from the top."""
        return self.incognito_bar, self.capture_bar, self.screen_bar

    def _connect(self) -> None:
        self.incognito_bar.end_wanted.connect(self.toggle_incognito)
        self.incognito_changed.connect(self._on_incognito, Qt.ConnectionType.QueuedConnection)
        self.pauses.changed.connect(self._on_pause)
        self.pauses.failed.connect(self.failed)
        for bar in (self.capture_bar, self.screen_bar):
            bar.lengths.length_chosen.connect(self.pauses.begin)
        if self.capture is not None:
            self._connect_capture(self.capture)
        if self.screens is not None:
            self._connect_screens(self.screens)

    def _connect_capture(self, capture: CaptureController) -> None:
        bar = self.capture_bar
        capture.changed.connect(self._on_capture_changed)
        capture.brought_in.connect(self.brought_in)
        bar.start_wanted.connect(lambda at, layout: self._ensure(Source.MICROPHONE, partial(capture.start, at, layout)))
        bar.stop_wanted.connect(capture.stop)
        bar.pause_wanted.connect(lambda paused: self._pause_or_go_on(capture.pause, paused))
        bar.look_again_wanted.connect(capture.look_for_devices)
        bar.close_wanted.connect(capture.close)
        bar.compass_shown.connect(capture.show_bearing)

    def _connect_screens(self, screens: ScreenController) -> None:
        screens.changed.connect(self._on_screen_changed)
        screens.brought_in.connect(self.brought_in)
        self.screen_bar.pause_wanted.connect(lambda paused: self._pause_or_go_on(screens.pause, paused))
        self.screen_bar.stop_wanted.connect(screens.toggle)
        self.screen_bar.close_wanted.connect(screens.close)

    def set_theme(self, theme: Theme) -> None:
        """Dress again."""
        for bar in self.bars:
            bar.set_theme(theme)

    # opening and closing -----------------------------------------------------------------------------------------
    def set_engine(self, engine: Engine) -> None:
        """The memory is open; incognito or a pause of an earlier run may still hold."""
        self._engine = engine
        if self.capture is not None:
            self.capture.set_engine(engine)
        if self.screens is not None:
            self.screens.set_engine(engine)
        self.pauses.set_engine(engine)
        engine.incognito.listen(self.incognito_changed.emit)
        self.incognito_changed.emit(engine.incognito.is_on)

    def stop_recording(self) -> bool:
        """The first step of shutting down: what was heard and seen is on disk; whether that was in time."""
        in_time = self.capture is None or self.capture.stop_recording()
        return (self.screens is None or self.screens.stop_recording()) and in_time

    def shut_down(self) -> bool:
        """After the lanes have ended: leave to the next start what is not brought in; whether that was in time."""
        in_time = True
        if self.capture is not None:
            in_time = self.capture.shut_down()
            _log.info("recording desk left: %s", in_time)
        if self.screens is not None:
            in_time = self.screens.shut_down() and in_time
            _log.info("screen desk left: %s", in_time)
        return in_time

    # recording ---------------------------------------------------------------------------------------------------
    def toggle_recording(self) -> None:
        """The record button: choose and start, or stop."""
        if self.capture is None:
            return
        if self.capture_model.is_on:
            self.capture.stop()
        else:
            self._ensure(Source.MICROPHONE, self.capture.toggle)

    def toggle_screen(self) -> None:
        """The screen button: keep the screen, or stop."""
        if self.screens is None:
            return
        if self.screen_model.is_on:
            self.screens.toggle()
        else:
            self._ensure(Source.SCREEN, self.screens.toggle)

    def withdraw(self, source: Source) -> None:
        """A source may be recorded no more."""
        recording = self.capture if source is Source.MICROPHONE else self.screens
        if recording is not None:
            recording.withdraw()

    def _on_capture_changed(self) -> None:
        self.capture_bar.show_model(self.capture_model)
        self._offer_going_on(self.capture_bar.pause)
        self.capture_changed.emit()

    def _on_screen_changed(self) -> None:
        self.screen_bar.show_model(self.screen_model)
        self._offer_going_on(self.screen_bar.pause)
        self.screen_changed.emit()

    def _offer_going_on(self, button: QPushButton) -> None:
        """Under incognito it goes on when that ends, at an excluded place elsewhere: a button could do nothing."""
        is_incognito = self._engine is not None and self._engine.incognito.is_on
        button.setEnabled(not (is_incognito or self.pauses.is_by_place))
        words = self.tr("It goes on by itself at another place.")
        button.setToolTip(words if self.pauses.is_by_place else button.accessibleName())

    # pauses ------------------------------------------------------------------------------------------------------
    @property
    def is_paused(self) -> bool:
        """Whether anything is paused, be it for a time or until the user goes on."""
        return self.pauses.is_on or self.screen_model.is_paused or self.capture_model.is_paused

    def go_on(self) -> None:
        """End whatever pauses."""
        for source in (self.capture, self.screens):
            if source is not None:
                source.pause(False)
        if self.pauses.is_on:
            self.pauses.end()

    def _pause_or_go_on(self, pause: Callable[[bool], None], paused: bool) -> None:
        """Pause one source, or let it go on; what pauses all of them for a time ends then."""
        pause(paused)
        if not paused and self.pauses.is_on:
            self.pauses.end()

    def _on_pause(self) -> None:
        self.capture_model.pause_words = self.screen_model.pause_words = self.pauses.words()
        self._on_capture_changed()
        self._on_screen_changed()

    # incognito ---------------------------------------------------------------------------------------------------
    def toggle_incognito(self) -> None:
        """Keep nothing from now on, or end that."""
        engine = self._engine
        if engine is None:
            return
        switch = engine.incognito.end if engine.incognito.is_on else engine.incognito.begin
        self._runner.submit(Lane.SWITCH, lambda _cancel, _report: switch(), on_error=self.failed.emit)

    def _on_incognito(self, _is_on: bool) -> None:
        if self._engine is not None:
            self.incognito_bar.show_since(self._engine.incognito.since_us)
            self._on_capture_changed()
