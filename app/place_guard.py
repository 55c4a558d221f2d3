"""Excluded places: while the computer is at one, nothing is recorded.

Role: the third switch that recorders obey, beside incognito and a timed pause. It looks where the computer is before a
recording begins and every few seconds while one runs, and its stretch is a gap that names no place. Where that cannot
be told although there are excluded places, it is on as well, unless the user wants it otherwise (``unknown_place``).
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from app.clock import now_us
from app.errors import UserError
from app.switch import SOURCE, Switch
from ingest.own_places import OwnPlace
from ingest.whereabouts import HERE, find_networks, judge_place
from memory.errors import MemoryFault
from memory.records import Gap

log = logging.getLogger(__name__)
FILE_NAME = "excluded_place.json"
_LOOK_S = 3.0
_HINT = "See: madeleine places list. It goes on by itself elsewhere."


class PlaceGuard(Switch):
    """The guard of one home. Thread-safe.

    Args:
        home: The data folder.
        add_gap: Keeps a gap.
        places: The user's own places, as they are now.
        keeps_unknown: Whether to record where it is not known where the computer is.
        clock_us: Tells the time.
    """

    def __init__(
        self,
        home: Path,
        *,
        add_gap: Callable[[Gap], None],
        places: Callable[[], Sequence[OwnPlace]],
        keeps_unknown: Callable[[], bool],
        clock_us: Callable[[], int] = now_us,
    ) -> None:
        super().__init__(home / FILE_NAME, reason=HERE, add_gap=add_gap, clock_us=clock_us)
        self._reason = str(self._told.get("reason", HERE))
        self._places = places
        self._keeps_unknown = keeps_unknown
        self._attending: set[str] = set()
        self._leaving = threading.Event()  # one for each watcher: a new one must not call an old one back
        self._is_left_over = self.is_on
        self._watcher: threading.Thread | None = None
        self.find_networks: Callable[[], Sequence[str]] = find_networks

    @property
    def reason(self) -> str:
        """Why nothing is recorded; of the last time where it is off."""
        return self._reason

    def judge(self) -> str | None:
        """Why nothing may be recorded here, or None; some milliseconds, and a second where the bus does not answer."""
        places = [place for place in self._places() if place.is_excluded and place.networks]
        networks = self.find_networks() if places else ()
        return judge_place(places, networks, keeps_unknown=self._keeps_unknown())

    def require_elsewhere(self) -> None:
        """Let nothing be kept at an excluded place.

        Raises:
            UserError: the computer is at one, or that cannot be told.
        """
        reason = self.judge()
        if reason is not None:
            raise UserError(f"Nothing is kept here: {reason}.", hint=_HINT)

    def settle(self) -> None:
        """End what a crash has left, at its last look; only for the one who owns the memory."""
        with self._changing:
            if not self._is_left_over:
                return
            looked_us = self._told.get("looked_us")
            try:
                self._end(looked_us if isinstance(looked_us, int) else self._since_us or 0)
            except MemoryFault as error:  # the next start of a recording tries again
                log.warning("a stretch at an excluded place waits to be noted: %s", type(error).__name__)
            else:
                self._is_left_over = False

    def attend(self, source: str) -> None:
        """A recording of a source begins: look at once, and from now on."""
        self.settle()
        with self._changing:
            self._is_left_over = False
            self._attending.add(source)
        self.look()
        with self._changing:
            if self._watcher is None:
                self._leaving = leaving = threading.Event()
                self._watcher = threading.Thread(target=self._run, args=(leaving,), name="place-guard", daemon=True)
                self._watcher.start()

    def leave(self, source: str) -> None:
        """It has ended; when nothing is recorded any more, nothing is missing either, and a gap that is open ends."""
        with self._changing:
            self._attending.discard(source)
            if self._attending:
                return
            watcher, self._watcher = self._watcher, None
            self._leaving.set()
        if watcher is not None:
            watcher.join()
        with self._changing:
            if not self._attending:  # another source may have begun meanwhile, and looked
                self._settle(None)

    def close(self) -> None:
        """Nothing is recorded any more."""
        for source in tuple(self._attending):
            self.leave(source)

    def look(self) -> None:
        """Look where the computer is; recorders obey before this returns."""
        self._settle(self.judge())

    def _settle(self, reason: str | None) -> None:
        with self._changing:
            try:
                if reason is None:
                    self._end(self._clock_us())
                elif not self.is_on:
                    self._reason = reason
                    self._begin(reason=reason, looked_us=self._clock_us())
                elif reason != self._reason:
                    self._go_on(reason)
                else:
                    self._note(is_synced=False, reason=reason, looked_us=self._clock_us())
            except MemoryFault as error:  # the next look tries again
                log.warning("a stretch at an excluded place waits to be noted: %s", type(error).__name__)

    def _go_on(self, reason: str) -> None:
        """It stays on for another reason: one gap ends and another begins, and no recorder stirs between."""
        since_us, at_us = self._since_us, self._clock_us()
        if since_us is not None and at_us > since_us:
            self._add_gap(Gap(source=SOURCE, started_us=since_us, ended_us=at_us, reason=self._reason))
        self._reason, self._since_us = reason, at_us
        self._begin(reason=reason, looked_us=at_us)

    def _run(self, leaving: threading.Event) -> None:
        while not leaving.wait(_LOOK_S):
            try:
                self.look()
            except Exception as error:  # noqa: BLE001 - the edge of the thread: the next look tries again
                log.warning("a look where the computer is failed: %s", type(error).__name__)
