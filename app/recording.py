"""The recording desk: a recorder and its handover on one engine, as the window and the command line use it.

Role: puts them together in the right order (bring in what is left, record, stop, bring in the rest), and remembers in
the settings what was recorded with. No printing.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.clock import now_us
from app.engine import Engine
from app.errors import UserError
from ingest.arrays import Array, list_presets, load_array
from ingest.devices import Device, Microphones, Wanted
from ingest.errors import BadArray
from ingest.handover import Handed, Handover
from ingest.recorder import Recorder
from ingest.recorder_clock import Clock
from ingest.recorder_status import OFF, State, Status
from ingest.recorder_taps import RunningSound
from ingest.records import ImportReport
from ingest.spool import Spool
from models.protocols import CancelToken

if TYPE_CHECKING:
    from ingest.bearing import Bearing, BearingFinder
    from ingest.sound_check import SoundCheck

log = logging.getLogger(__name__)
_SOURCE = "sound"


@dataclass(frozen=True, slots=True)
class LastChoice:
    """What was recorded with last."""

    wanted: Wanted
    array: Array | None = None


class RecordingDesk:
    """Records into an engine's memory. ``open`` once, ``start`` and ``stop`` as often as wanted, ``finish`` at the end.

    Args:
        engine: Owns the memory.
        home: Its data folder.
        microphones: The microphones of this computer.
        clock: Tells the time; the system's by default.
    """

    def __init__(self, engine: Engine, home: Path, microphones: Microphones, *, clock: Clock | None = None) -> None:
        self._engine = engine
        self._microphones = microphones
        self._clock = clock
        self._spool = Spool(home)
        self._recorder: Recorder | None = None
        self._compass: BearingFinder | None = None
        self._is_paused = False
        engine.holds.listen(self._obey)
        engine.quiet.watch(lambda: self.status().state is not State.OFF or self.n_waiting > 0)
        engine.spoken.listen_in(self._find_sound)
        self._handover = Handover(
            self._spool,
            take_in=self._take_in,
            is_kept=lambda sha256: engine.memory.sources.find(sha256) is not None,
            add_gap=engine.memory.add_gap,
            zone=engine.zone,
            live=engine.live,
        )

    @property
    def handed(self) -> Handed:
        """What was brought into memory so far."""
        return self._handover.handed

    @property
    def n_waiting(self) -> int:
        """Recordings that are complete and not yet in memory."""
        return self._handover.n_waiting

    def list_devices(self) -> list[Device]:
        """What can be recorded from at this moment.

        Raises:
            NoMicrophone: the sound system cannot be reached.
        """
        return self._microphones.list_devices()

    def check_sound(self, wanted: Wanted, array: Array | None) -> SoundCheck:
        """A test of a microphone: it listens and keeps nothing."""
        from ingest.sound_check import SoundCheck

        return SoundCheck(self._microphones, wanted, array)

    def open(self) -> int:
        """Begin to bring in what an earlier run has left; returns how many recordings that are."""
        self._spool.create()
        self._engine.holds.take_over()
        self._engine.spoken.recover()
        n_left = self._handover.recover(now_us=now_us())
        self._handover.start()
        return n_left

    def start(self, wanted: Wanted, *, array: Array | None = None, remember: bool = True) -> None:
        """Record; in a pause with an end, or at an excluded place, the microphone is opened when that is over.

        Args:
            wanted: With which microphone.
            array: Where its microphones are.
            remember: Whether the user chose this, and it is to be offered the next time.

        Raises:
            NoMicrophone: there is none, or it cannot be opened.
            UserError: incognito is on.
        """
        self._engine.quiet.touch()
        self._engine.incognito.require_off()
        try:
            self._engine.place_guard.attend(_SOURCE)
            self._start(wanted, array)
        except BaseException:
            self._engine.place_guard.leave(_SOURCE)
            raise
        if remember:
            self._remember(wanted, array)

    def _start(self, wanted: Wanted, array: Array | None) -> None:
        recorder = Recorder(
            self._spool,
            self._microphones,
            wanted=wanted,
            array=array,
            add_gap=self._engine.memory.add_gap,
            on_begin=self._handover.follow,
            on_session=self._handover.put,
            clock=self._clock,
        )
        recorder.pause(self._engine.holds.reason is not None)
        recorder.start()
        self._recorder, self._is_paused = recorder, False
        self._compass = _build_compass(array)
        self._obey()  # incognito or a pause may have begun or ended meanwhile

    def last_choice(self) -> LastChoice:
        """What was recorded with last, by the window or the command line; nothing told where nothing was."""
        settings = self._engine.settings
        try:
            array = load_array(settings.array) if settings.array else None
        except BadArray:
            array = None
        return LastChoice(Wanted(device=settings.microphone or None, n_channels=settings.channels or None), array)

    def _remember(self, wanted: Wanted, array: Array | None) -> None:
        """Keep the choice in the settings; a number in the list means another device the next time."""
        told = "" if array is None else array.name
        if array is not None and (told not in list_presets() or load_array(told).positions_m != array.positions_m):
            told = json.dumps(array.to_json())
        device = "" if wanted.device is None or wanted.device.isdigit() else wanted.device
        settings = self._engine.settings
        chosen = {"microphone": device, "channels": wanted.n_channels or 0, "array": told}
        try:
            for key, value in chosen.items():
                if getattr(settings, key) != value:
                    self._engine.change_setting(key, str(value))
        except (OSError, UserError) as error:  # recording goes on
            log.warning("the choice of microphone is not kept: %s", type(error).__name__)

    def pause(self, paused: bool = True) -> None:
        """Let go of the microphone for a while, or go on; under incognito or a timed pause when that ends."""
        self._is_paused = paused
        self._obey()

    def _obey(self) -> None:
        if self._recorder is not None:
            self._recorder.pause(self._is_paused or self._engine.holds.reason is not None)

    def _find_sound(self) -> RunningSound | None:
        """What is being recorded, for one who listens in."""
        recorder = self._recorder
        return None if recorder is None else recorder.find_sound()

    def status(self) -> Status:
        """What is true now, by the bytes on disk."""
        return OFF if self._recorder is None else self._recorder.status()

    @property
    def has_compass(self) -> bool:
        """Whether it is known where the microphones are that record now."""
        return self._compass is not None

    def find_bearing(self) -> Bearing | None:
        """Where sound comes from just now; None where that is not known. Some milliseconds of work."""
        recorder, compass = self._recorder, self._compass
        return None if recorder is None or compass is None else compass.find(*recorder.recent())

    def stop(self) -> bool:
        """Stop; what was heard is on disk when this returns True."""
        ended = self._recorder is None or self._recorder.stop()
        self._engine.place_guard.leave(_SOURCE)
        return ended

    def finish(self, timeout_s: float | None = None) -> bool:
        """Bring in what is left; False when that takes longer (call it again to wait on)."""
        return self._handover.finish(timeout_s)

    def cancel(self) -> None:
        """Leave the rest for the next start."""
        self._handover.cancel()

    def _take_in(self, path: Path, array: str | None, cancel: CancelToken) -> ImportReport:
        return self._engine.import_paths([path], array=array, cancel=cancel)


def _build_compass(array: Array | None) -> BearingFinder | None:
    if array is None or len(array.positions_m) < 2:
        return None
    from ingest.bearing import BearingFinder

    return BearingFinder(array)
