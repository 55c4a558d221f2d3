"""From the spool into memory: finished sessions are joined and imported, one after the other, behind the recording.

Role: a queue and a thread. A session leaves the spool only when its recording is kept in memory, so whatever ends the
program, the next start finds the rest (``recover``).
"""

from __future__ import annotations

import contextlib
import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from ingest.capture import hash_file
from ingest.records import ImportFailure, ImportReport
from ingest.spool import Spool
from ingest.spool_join import join_session
from memory.errors import MemoryFault
from memory.records import Gap
from models.protocols import Cancelled, CancelToken

log = logging.getLogger(__name__)
DAMAGED = "a part of the recording was damaged on disk"
ENDED = "the program ended without stopping the recording"


class TakeIn(Protocol):
    """Imports one recording."""

    def __call__(self, path: Path, array: str | None, cancel: CancelToken) -> ImportReport:
        """Bring it in, with the geometry of its array if there is one."""
        ...


@dataclass(slots=True)
class Handed:
    """What was handed over so far."""

    n_recordings: int = 0
    n_moments: int = 0
    sessions: list[str] = field(default_factory=list)
    failures: list[ImportFailure] = field(default_factory=list)


class Handover:
    """Brings sessions of the spool into memory.

    Args:
        spool: Where they are.
        take_in: Imports a recording.
        is_kept: Whether memory holds a file of this hash.
        add_gap: Keeps a gap.
        zone: The user's zone, for the names of recordings.
        listen: Told when a session was brought in.
    """

    def __init__(
        self,
        spool: Spool,
        *,
        take_in: TakeIn,
        is_kept: Callable[[str], bool],
        add_gap: Callable[[Gap], None],
        zone: str,
        listen: Callable[[Handed], None] = lambda _handed: None,
    ) -> None:
        self._spool = spool
        self._take_in = take_in
        self._is_kept = is_kept
        self._add_gap = add_gap
        self._zone = zone
        self._listen = listen
        self._queue: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._cancel = CancelToken()
        self._thread: threading.Thread | None = None
        self._ending = False
        self._left: tuple[str, ...] = ()
        self._counting = threading.Lock()
        self._n_waiting = 0
        self.handed = Handed()

    @property
    def n_waiting(self) -> int:
        """Sessions that are not brought in yet, the one in hand included."""
        with self._counting:
            return self._n_waiting

    def put(self, key: str) -> None:
        """Queue a complete session."""
        with self._counting:
            self._n_waiting += 1
        self._queue.put(key)

    def recover(self, *, now_us: int) -> int:
        """Queue what an earlier run has left, and note the gap that its end left; to be called before recording.

        Returns:
            How many sessions there are.
        """
        keys = self._spool.list_keys()
        self._spool.note_end(now_us)
        self._left = tuple(keys)
        for key in keys:
            self.put(key)
        return len(keys)

    def start(self) -> None:
        """Work on a thread of its own."""
        self._thread = threading.Thread(target=self._run, name="handover", daemon=True)
        self._thread.start()

    def finish(self, timeout_s: float | None = None) -> bool:
        """Bring in what is queued and end; False when ``timeout_s`` was not enough (call it again to wait on)."""
        if self._thread is None:
            return True
        if not self._ending:
            self._ending = True
            self._queue.put(None)
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def cancel(self) -> None:
        """Stop as soon as may be; what is not brought in stays in the spool or waits as a job."""
        self._cancel.cancel()

    def bring_in(self, key: str) -> None:
        """Join a session, import it, and take it out of the spool.

        Raises:
            OSError, MemoryFault: the disk is full or gone; the session stays in the spool.
            Cancelled: ``cancel`` was called; so it does then.
        """
        folder = self._spool.session_folder(key)
        joined = join_session(folder, zone=self._zone) if folder.is_dir() else None
        if joined is None or joined.path is None:
            self._spool.delete(key)  # not one whole block of sound was written
            return
        sha256 = hash_file(joined.path, self._cancel)
        is_new = not self._is_kept(sha256)
        report = self._take_in(joined.path, joined.facts.array, self._cancel)
        if is_new:
            for start_us, end_us in joined.holes_us:
                gap = Gap(source=joined.facts.device, started_us=start_us, ended_us=end_us, reason=DAMAGED)
                self._add_gap(gap)
        handed = self.handed
        handed.n_recordings += 1
        handed.n_moments += report.moments
        handed.sessions.extend(report.sessions)
        handed.failures.extend(report.failed)
        if self._is_kept(sha256):
            self._spool.delete(key)
        self._listen(handed)

    def _keep_end(self) -> None:
        """Note the gap that a torn-off run has left: from its last sound on disk to the next start."""
        end = self._spool.find_end()
        if end is None:
            return
        until_us, noticed_us = end
        device = ""
        for key in self._left:
            joined = join_session(self._spool.session_folder(key), zone=self._zone)
            if joined is not None:
                until_us, device = max(until_us, joined.ended_us), joined.facts.device
        if noticed_us > until_us:
            source = device or "microphone"
            self._add_gap(Gap(source=source, started_us=until_us, ended_us=noticed_us, reason=ENDED))
        self._spool.drop_end()

    def _run(self) -> None:
        try:
            self._keep_end()
        except (OSError, MemoryFault) as error:
            log.warning("the gap of an earlier run is noted at the next start: %s", type(error).__name__)
        while (key := self._queue.get()) is not None and not self._cancel.is_cancelled:
            try:
                self.bring_in(key)
            except Cancelled:
                return
            except (OSError, MemoryFault) as error:
                log.warning("a session stays in the spool: %s", type(error).__name__)
                hint = getattr(error, "hint", "") or "It is tried again at the next start."
                self.handed.failures.append(ImportFailure("", str(error), hint, waits=True))
            except Exception as error:  # noqa: BLE001 - the edge of the thread: one session must not stop the others
                log.warning("a session stays in the spool: %s", type(error).__name__)
                self.handed.failures.append(
                    ImportFailure("", f"A recording could not be brought in ({type(error).__name__}).", "It is kept.")
                )
            with self._counting:
                self._n_waiting -= 1
            with contextlib.suppress(OSError):
                self._listen(self.handed)
