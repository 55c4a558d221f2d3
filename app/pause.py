"""A pause with an end: for 15 minutes, or until tomorrow, nothing is recorded; then recording goes on by itself.

Role: a switch that recorders obey like incognito, which a thread ends when its time has come. It outlives a crash and a
restart; an end that came while no program ran is noted at the next start. What is begun in a pause begins paused.
"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path

from app.clock import now_us, to_datetime
from app.errors import UserError
from app.switch import Switch
from memory.errors import MemoryFault
from memory.records import Gap

log = logging.getLogger(__name__)
PAUSED = "paused for a time: nothing was to be kept"
FILE_NAME = "pause.json"
MORNING = time(6)
_LEAST_NIGHT = timedelta(hours=3)  # at half past five, "until tomorrow" is not half an hour
_LOOK_S = 1.0  # the clock of a computer that slept, or was set, is looked at anew
_LONGEST = timedelta(days=7)
_SPAN = re.compile(r"(\d{1,5})\s*(m|min|minutes?|h|hours?)")


class Pause(Switch):
    """The pause of one home. Thread-safe.

    Args:
        home: The data folder.
        add_gap: Keeps a gap.
        clock_us: Tells the time.
    """

    def __init__(self, home: Path, *, add_gap: Callable[[Gap], None], clock_us: Callable[[], int] = now_us) -> None:
        super().__init__(home / FILE_NAME, reason=PAUSED, add_gap=add_gap, clock_us=clock_us)
        self._is_watched = False
        self._leaving = threading.Event()
        self._watcher: threading.Thread | None = None

    @property
    def is_on(self) -> bool:
        """Whether nothing is to be recorded now."""
        until_us = self.until_us
        return self._since_us is not None and (until_us is None or self._clock_us() < until_us)

    @property
    def until_us(self) -> int | None:
        """When it ends by itself, UTC microseconds; None where it is off, or only the user ends it."""
        told = self._told.get("until_us")
        return told if isinstance(told, int) and self._since_us is not None else None

    def begin(self, until_us: int) -> None:
        """Pause, or pause for another time than before; recorders obey before this returns.

        Raises:
            UserError: that time is past, or too far away.
            MemoryFault: it could not be written down, and a restart would end it.
        """
        ahead_us = until_us - self._clock_us()
        if not 0 < ahead_us <= _LONGEST / timedelta(microseconds=1):
            raise UserError("A pause ends within a week.", hint="Say for how long, like 15 minutes, or: tomorrow.")
        with self._changing:
            self.settle()
            self._begin(until_us=until_us)
            self._watch()

    def end(self) -> None:
        """What was recording goes on.

        Raises:
            MemoryFault: the gap could not be written down; it is still on then.
        """
        with self._changing:
            until_us = self.until_us
            ended_us = self._clock_us()
            self._end(ended_us if until_us is None else min(ended_us, until_us))

    def settle(self) -> None:
        """End it if its time has come.

        Raises:
            MemoryFault: the gap could not be written down.
        """
        with self._changing:
            if self._since_us is not None and not self.is_on:
                self.end()

    def watch(self) -> None:
        """From now on it ends by itself; only for the one who owns the memory."""
        with self._changing:
            self._is_watched = True
            self._watch()

    def leave(self) -> None:
        """Watch no more; the pause itself stays."""
        with self._changing:
            self._is_watched = False
            watcher = self._watcher
        self._leaving.set()
        if watcher is not None:
            watcher.join()

    def _watch(self) -> None:
        if self._is_watched and self._watcher is None and self._since_us is not None:
            self._watcher = threading.Thread(target=self._run, name="pause-end", daemon=True)
            self._watcher.start()

    def _run(self) -> None:
        while True:
            try:
                self.settle()
            except MemoryFault as error:
                log.warning("the end of a pause waits to be noted: %s", type(error).__name__)
            with self._changing:
                if self._since_us is None:
                    self._watcher = None
                    return
            if self._leaving.wait(_LOOK_S):
                return


def next_morning(at: datetime) -> datetime:
    """The end of "until tomorrow": the next six o'clock that is at least three hours away."""
    today = at.replace(hour=MORNING.hour, minute=MORNING.minute, second=0, microsecond=0)
    return today if today - at >= _LEAST_NIGHT else today + timedelta(days=1)


def read_until(told: str, *, at_us: int, zone: str) -> int:
    """When a pause ends that somebody asked for.

    Args:
        told: "15 minutes", "2h", or "tomorrow".
        at_us: Now.
        zone: The user's.

    Raises:
        UserError: it says no length.
    """
    words = told.strip().lower()
    if words in ("tomorrow", "until tomorrow"):
        morning = next_morning(to_datetime(at_us, zone))
        return round(morning.timestamp() * 1e6)
    span = _SPAN.fullmatch(words)
    if span is None or not int(span[1]):
        raise UserError(f"“{told}” is not how long a pause lasts.", hint="Write it like 15 minutes, 2h, or tomorrow.")
    return at_us + int(span[1]) * (3600 if span[2].startswith("h") else 60) * 1_000_000
