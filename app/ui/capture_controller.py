"""Joins the capture bar with the recording desk: opens it behind the window, starts, pauses and stops, and looks.

Role: lives on the GUI thread; the desk is touched in lanes, where devices may take their time; stopping it waits for
none of them. It is the very desk of ``madeleine capture``.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.ui.capture_view_model import CaptureViewModel, Choices, Face, Layout, Look
from app.ui.task_runner import Lane, TaskRunner
from ingest.arrays import list_presets, load_array
from models.protocols import CancelToken

if TYPE_CHECKING:
    from app.engine import Engine
    from app.recording import RecordingDesk

DeskFactory = Callable[["Engine"], "RecordingDesk"]

_log = logging.getLogger(__name__)
_LOOK_S = 0.1  # the sound itself comes ten times a second
_LOOK_AGAIN_MS = 1000  # after a look that failed
_N_LOOKS_A_BEARING = 4  # as many as a bearing listens to
_OPEN, _WATCH, _DO, _CHOOSE = "desk", "desk-watch", "desk-do", "desk-choose"
_STOP_LIMIT_S = 12.0
_FINISH_LIMIT_S = 6.0


class CaptureController(QObject):
    """Records."""

    changed = Signal()
    opened = Signal()  # from now on there is a desk
    brought_in = Signal()  # something recorded is in memory now

    def __init__(
        self, model: CaptureViewModel, runner: TaskRunner, factory: DeskFactory, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.model = model
        self._runner = runner
        self._factory = factory
        self._desk: RecordingDesk | None = None
        self._wants_bearing = threading.Event()
        self._is_withdrawn = False  # what is about to start has to stop again

    def show_bearing(self, shown: bool) -> None:
        """Say whether somebody can see the compass; it costs the processor something."""
        (self._wants_bearing.set if shown else self._wants_bearing.clear)()

    def set_engine(self, engine: Engine) -> None:
        """The memory is open: bring in what an earlier run has left, in the background."""
        factory = self._factory

        def work(_cancel: CancelToken, _report: object) -> RecordingDesk:
            desk = factory(engine)
            desk.open()
            return desk

        self._runner.submit(Lane.CAPTURE, work, slot=_OPEN, on_result=self._on_opened, on_error=self._on_error)

    def _on_opened(self, desk: RecordingDesk) -> None:
        self._desk = desk
        self.model.is_ready = True
        self.changed.emit()
        self.opened.emit()
        self._watch()

    # what the user does ------------------------------------------------------------------------------------------
    def toggle(self) -> None:
        """The record button: stop what runs, else let the user choose and start."""
        if self.model.is_on:
            self.stop()
        elif self.model.face is Face.CHOOSING:
            self.close()
        else:
            self.look_for_devices()

    def look_for_devices(self) -> None:
        """List the microphones."""

        def take(choices: Choices) -> None:
            self.model.take_choices(choices)
            self.changed.emit()

        if self._desk is not None:
            self.model.open_choices()
            self.changed.emit()
            self.list_choices(_CHOOSE, take)

    @property
    def desk(self) -> RecordingDesk | None:
        """The desk, once it is open; only for lanes."""
        return self._desk

    def list_choices(self, slot: str, take: Callable[[Choices], None]) -> None:
        """Have someone told what can be recorded with."""
        desk = self._desk
        if desk is None:
            return

        def work(_cancel: CancelToken, _report: object) -> Choices:
            arrays = [load_array(name) for name in list_presets()]
            last = desk.last_choice()
            if last.array is not None and last.array not in arrays:
                arrays.append(last.array)
            devices = tuple(desk.list_devices())
            return Choices(devices, tuple(arrays), last.wanted.device, last.wanted.n_channels, last.array)

        self._runner.submit(Lane.CAPTURE, work, slot=slot, on_result=take, on_error=self._on_error)

    def start(self, place: int, layout: Layout) -> None:
        """Record from a device of the list."""
        desk = self._desk
        if desk is None or self.model.is_busy or not 0 <= place < len(self.model.devices):
            return
        wanted = self.model.wanted(place, layout)
        self.model.trouble = None
        self._is_withdrawn = False
        self._do(lambda: desk.start(wanted, array=layout.array))

    def stop(self) -> None:
        """Stop; what was heard is then written down."""
        desk = self._desk
        if desk is None or self.model.is_busy:
            return

        def work() -> None:
            if not desk.stop():
                raise DiskSilent(self.tr("The disk does not answer."))

        self._do(work, Lane.STOP)

    def withdraw(self) -> None:
        """It may record no more: stop what runs, or what is about to."""
        if self.model.face is Face.CHOOSING:
            self.close()
        self._is_withdrawn = self.model.is_busy
        self.stop()

    def pause(self, paused: bool) -> None:
        """Let go of the microphone for a while, or go on."""
        if self._desk is not None:
            self._desk.pause(paused)

    def close(self) -> None:
        """Put the bar away."""
        self._runner.drop(_CHOOSE)
        self.model.close()
        self.changed.emit()

    def _do(self, work: Callable[[], None], lane: Lane = Lane.CAPTURE) -> None:
        def done(_nothing: Any) -> None:
            self.model.is_busy = False
            self._watch()
            self.changed.emit()
            if self._is_withdrawn:
                self._is_withdrawn = False
                self.stop()

        self.model.is_busy = True
        self.changed.emit()
        self._runner.submit(lane, lambda _cancel, _report: work(), slot=_DO, on_result=done, on_error=self._on_error)

    def _on_error(self, error: BaseException) -> None:
        self.model.take_error(error)
        self.changed.emit()

    # looking -----------------------------------------------------------------------------------------------------
    def _watch(self) -> None:
        """Look at the desk ten times a second as long as something may change."""
        desk = self._desk
        if desk is None:
            return

        def work(cancel: CancelToken, report: Callable[[Look], None]) -> Look:
            rest, wants_bearing = threading.Event(), self._wants_bearing
            look, n_looks = read_look(desk), 0
            bearing_rad, n_bearings = None, 0
            while not cancel.is_cancelled and not look.is_idle:
                report(look)
                rest.wait(_LOOK_S)
                n_looks += 1
                if wants_bearing.is_set() and n_looks % _N_LOOKS_A_BEARING == 0:
                    bearing_rad, n_bearings = find_azimuth(desk), n_looks
                look = replace(read_look(desk), bearing_rad=bearing_rad, n_bearings=n_bearings)
            return look

        self._runner.submit(
            Lane.CAPTURE,
            work,
            slot=_WATCH,
            on_report=self._on_look,
            on_result=self._on_look,
            on_error=self._on_blind,
        )

    def _on_blind(self, error: BaseException) -> None:
        """A look failed: nothing is claimed meanwhile, and it is looked again."""
        self.model.take_blind(error)
        self.changed.emit()
        QTimer.singleShot(_LOOK_AGAIN_MS, self, self._watch)

    def _on_look(self, look: Look) -> None:
        grew = look.n_recordings > self.model.look.n_recordings
        self.model.take_look(look)
        self.changed.emit()
        if grew:
            self.brought_in.emit()

    # the end -----------------------------------------------------------------------------------------------------
    def stop_recording(self) -> bool:
        """The first step of shutting down: the recorder stops, so that everything heard is on disk."""
        desk = self._desk
        return desk is None or within(_STOP_LIMIT_S, "stop-recorder", desk.stop)

    def shut_down(self) -> bool:
        """After the lanes have ended: leave to the next start what is not written down yet."""
        desk, self._desk = self._desk or self._runner.take_late(_OPEN), None
        if desk is None:
            return True
        stopped = within(_STOP_LIMIT_S, "stop-recorder", desk.stop)  # a start may have been on its way
        desk.cancel()
        return desk.finish(_FINISH_LIMIT_S) and stopped


class DiskSilent(Exception):
    """The disk does not answer."""

    hint = "What it has is brought in at the next start."


def read_look(desk: RecordingDesk) -> Look:
    """Ask the desk how it stands; touches the disk."""
    status, handed = desk.status(), desk.handed
    return Look(
        status,
        desk.n_waiting,
        handed.n_recordings,
        handed.n_moments,
        tuple(handed.failures),
        has_compass=desk.has_compass,
    )


def find_azimuth(desk: RecordingDesk) -> float | None:
    """From where sound comes, in radians; a failure costs the compass and never the look at what is kept."""
    try:
        found = desk.find_bearing()
    except Exception as error:  # noqa: BLE001 - whatever goes wrong with a bearing, the recording goes on
        _log.debug("no bearing: %s", type(error).__name__)
        return None
    return None if found is None else found.azimuth_rad


def within(limit_s: float, name: str, work: Callable[[], bool]) -> bool:
    """Do something that may hang, for so long."""
    results: list[bool] = []
    thread = threading.Thread(target=lambda: results.append(work()), name=name, daemon=True)
    thread.start()
    thread.join(limit_s)
    if not results:
        _log.warning("%s did not end within %.0f s", name, limit_s)
    return bool(results and results[0])
