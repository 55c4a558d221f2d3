"""The screen desk: a recorder of screens on one engine, and the reader of what it kept, for window and command line.

Role: puts them together; a thread reads the words of pictures behind the recording, never taking more of the processor
than its share while somebody works at the computer. No printing.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from app.clock import now_us
from app.engine import Engine
from app.screen_doors import open_live
from ingest.recorder_clock import Clock
from ingest.records import ImportFailure
from ingest.screen import Screen
from ingest.screen_budget import ScreenBudget
from ingest.screen_gaps import SOURCE
from ingest.screen_keeper import HOLDS
from ingest.screen_privacy import Exclusions
from ingest.screen_recorder import PAUSED, ScreenRecorder
from ingest.screen_run import RunMark
from ingest.screen_status import SCREEN_OFF, ScreenStatus
from memory.errors import MemoryFault
from memory.records import Gap
from models.priority import step_back
from models.protocols import Cancelled, CancelToken

log = logging.getLogger(__name__)
ENDED = "the program ended without stopping the recording"
READING_SHARE = 0.2  # of one core, while somebody is at the computer or something goes on on the screen
_LONGEST_REST_S = 60.0
_LOOK_S = 0.25


def read_exclusions(engine: Engine) -> Exclusions:
    """What is never kept, as the settings say now."""
    settings = engine.settings
    return Exclusions.parse(
        settings.screen_excluded_apps, settings.screen_excluded_titles, settings.screen_excluded_addresses
    )


@dataclass(slots=True)
class ScreenRead:
    """What was read so far; ``n_thinned`` are old pictures that were let go to stay within the budget."""

    n_moments: int = 0
    n_thinned: int = 0
    failures: list[ImportFailure] = field(default_factory=list)


class ScreenDesk:
    """Records screens into an engine's memory. ``open`` once, ``start`` and ``stop`` at will, ``finish`` at the end.

    Args:
        engine: Owns the memory.
        home: Its data folder.
        open_screen: Opens the screen; that of this session by default, which may ask the user for leave.
        is_cancelled: Asked while the desktop asks its user; ``stop`` ends that as well.
        clock: Tells the time; the system's by default.
        reading_share: Of one core that reading may take while it goes on beside a recording.
    """

    def __init__(
        self,
        engine: Engine,
        home: Path,
        *,
        open_screen: Callable[[], Screen] | None = None,
        is_cancelled: Callable[[], bool] = lambda: False,
        clock: Clock | None = None,
        reading_share: float = READING_SHARE,
    ) -> None:
        self._engine = engine
        self._stopping = threading.Event()
        self._open_screen = open_screen or (
            lambda: open_live(home, is_cancelled=lambda: self._stopping.is_set() or is_cancelled())
        )
        self._clock = clock
        self._share = reading_share
        self._mark = RunMark(home)
        self._queue: queue.SimpleQueue[int | None] = queue.SimpleQueue()
        self._keeper = engine.screens.keeper_of_screens(self._put)
        self._recorder: ScreenRecorder | None = None
        self._is_paused = False
        self._cancel = CancelToken()
        self._hurry = threading.Event()
        self._thread: threading.Thread | None = None
        self._counting = threading.Lock()
        self._n_waiting = 0
        self._budget = ScreenBudget(engine.memory, lambda: engine.settings.screen_budget_gb * 10**9)
        self.read = ScreenRead()
        engine.holds.listen(self._obey)
        engine.quiet.watch(lambda: self.n_waiting > 0)  # a screen that stands still needs nobody, all day long

    @property
    def n_waiting(self) -> int:
        """Pictures whose words are still to be read."""
        with self._counting:
            return self._n_waiting

    def open(self) -> int:
        """Read what an earlier run has left, and note the gap that its end left; returns how many that are."""
        self._engine.holds.take_over()
        torn_us = self._mark.find_torn()
        if torn_us is not None:
            if now_us() > torn_us:
                self._engine.memory.add_gap(Gap(source=SOURCE, started_us=torn_us, ended_us=now_us(), reason=ENDED))
            self._mark.end()
        left = [
            job
            for job in self._engine.memory.jobs.list_jobs(("queued", "running", "failed"))
            if job.payload.get("holds") == HOLDS
        ]
        for job in left:
            if job.state == "failed":
                self._engine.memory.jobs.retry(job.id)
            self._put(job.id)
        self._thread = threading.Thread(target=self._run, name="screen-reader", daemon=True)
        self._thread.start()
        return len(left)

    def start(self) -> None:
        """Record all monitors.

        Raises:
            NoScreen: there is no screen that can be looked at.
            UserError: incognito is on.
        """
        self._engine.quiet.touch()
        self._engine.incognito.require_off()
        self._stopping.clear()
        recorder = ScreenRecorder(
            self._open_screen,
            self._keeper,
            add_gap=self._engine.memory.add_gap,
            exclusions=lambda: read_exclusions(self._engine),
            clock=self._clock,
            on_step=lambda: self._mark.beat(now_us()),
        )
        try:
            self._engine.place_guard.attend(SOURCE)
            held = self._engine.holds.reason
            if held is not None:
                recorder.pause(reason=held)
            recorder.start()
        except BaseException:
            self._engine.place_guard.leave(SOURCE)
            raise
        self._recorder, self._is_paused = recorder, False
        self._obey()  # incognito or a pause may have begun or ended meanwhile

    def pause(self, paused: bool = True) -> None:
        """Look away for a while, or go on; under incognito or a timed pause it goes on when that ends."""
        self._is_paused = paused
        self._obey()

    def _obey(self) -> None:
        if self._recorder is not None:
            held = self._engine.holds.reason
            self._recorder.pause(self._is_paused or held is not None, reason=held or PAUSED)

    def status(self) -> ScreenStatus:
        """What is true now."""
        return SCREEN_OFF if self._recorder is None else self._recorder.status()

    def stop(self) -> bool:
        """Stop; what was seen is on disk when this returns True. A start that waits for the user's leave gives up."""
        self._stopping.set()
        ended = self._recorder is None or self._recorder.stop()
        if ended and self._recorder is not None:
            self._mark.end()
        self._engine.place_guard.leave(SOURCE)
        return ended

    def finish(self, timeout_s: float | None = None) -> bool:
        """Read what is left, at full speed; False when that takes longer (call it again to wait on)."""
        if self._thread is None:
            return True
        if not self._hurry.is_set():
            self._hurry.set()
            self._queue.put(None)
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def cancel(self) -> None:
        """Leave the rest for the next start."""
        self._cancel.cancel()
        self._hurry.set()
        self._queue.put(None)

    def _put(self, job: int) -> None:
        with self._counting:
            self._n_waiting += 1
        self._queue.put(job)

    def _run(self) -> None:
        step_back()
        while (job := self._queue.get()) is not None and not self._cancel.is_cancelled:
            began_s = time.process_time()  # with the threads of the models; what the recorder uses meanwhile is little
            since_s = time.monotonic()
            self._read(job)
            self._thin()
            with self._counting:
                self._n_waiting -= 1
            self._rest(time.process_time() - began_s, time.monotonic() - since_s)

    def _read(self, job: int) -> None:
        try:
            report = self._engine.screens.finish([job], cancel=self._cancel)
        except Cancelled:
            return
        except MemoryFault as error:
            log.warning("the words of a picture wait: %s", type(error).__name__)
            self.read.failures.append(ImportFailure("", str(error), error.hint, waits=True))
            return
        except Exception as error:  # noqa: BLE001 - the edge of the thread: one picture must not stop the others
            log.warning("the words of a picture wait: %s", type(error).__name__)
            return
        self.read.n_moments += report.moments
        known = {failure.error for failure in self.read.failures}
        self.read.failures.extend(failure for failure in report.failed if failure.error not in known)

    def _thin(self) -> None:
        """Stay within the budget."""
        try:
            self._budget.set_kept(self.status().n_bytes)
            self.read.n_thinned += self._budget.thin()
        except (MemoryFault, OSError) as error:
            log.warning("old pictures of the screen stay: %s", type(error).__name__)

    def _rest(self, used_s: float, took_s: float) -> None:
        """Leave the processor to others, so that reading takes no more than its share of one core.

        Args:
            used_s: Processor seconds of the last picture.
            took_s: On the clock; on a busy computer waiting for the processor is rest enough.
        """
        rest_s = min(_LONGEST_REST_S, used_s / self._share - took_s)
        recorder = self._recorder
        until_s = time.monotonic() + rest_s
        while time.monotonic() < until_s and not self._hurry.wait(_LOOK_S):
            if recorder is None or recorder.is_idle:
                return
