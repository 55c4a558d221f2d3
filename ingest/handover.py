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

from ingest.audio import RATE_HZ
from ingest.capture import hash_file
from ingest.live import LiveRecording
from ingest.live_sound import LiveChapter, LiveSound
from ingest.records import ImportFailure, ImportReport
from ingest.spool import Spool, find_facts, list_pieces
from ingest.spool_join import Joined, join_session, name_recording
from memory.errors import MemoryFault
from memory.records import Gap
from models.priority import step_back
from models.protocols import Cancelled, CancelToken

log = logging.getLogger(__name__)
DAMAGED = "a part of the recording was damaged on disk"
_LOOK_S = 0.25
ENDED = "the program ended without stopping the recording"


class Live(Protocol):
    """Takes in recordings before they end; see ``ingest.importer.Importer``."""

    def begin_live(self, recording: LiveRecording) -> int | None:
        """Begin or go on; returns the samples at 16 kHz that are taken in, or None where that cannot be."""
        ...

    def take_live(self, recording: LiveRecording, heard: LiveChapter, *, cancel: CancelToken) -> int:
        """Take in a chapter; returns how many moments it gave."""
        ...

    def end_live(
        self, recording: LiveRecording, path: Path, *, length_s: float, cancel: CancelToken
    ) -> ImportReport | None:
        """Bring in the whole; None where nothing of it was taken in before."""
        ...


@dataclass(slots=True)
class _Followed:
    """The session that is being recorded, as far as it was taken in."""

    recording: LiveRecording
    sound: LiveSound


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
        live: Takes in what is still being recorded; without it sessions are taken in when they end.
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
        live: Live | None = None,
        listen: Callable[[Handed], None] = lambda _handed: None,
    ) -> None:
        self._spool = spool
        self._take_in = take_in
        self._is_kept = is_kept
        self._add_gap = add_gap
        self._zone = zone
        self._live = live
        self._open_key: str | None = None
        self._followed: _Followed | None = None
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

    @property
    def heard_until_us(self) -> int | None:
        """Up to when what is being recorded is in memory, or None where it is taken in when it ends."""
        followed = self._followed
        if followed is None:
            return None
        return followed.recording.facts.started_us + round(followed.sound.done / RATE_HZ * 1e6)

    def follow(self, key: str) -> None:
        """Take in a session that begins now, while it goes on."""
        self._open_key = key

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
        begun = self._end_live(key, joined)
        report = begun or self._take_in(joined.path, joined.facts.array, self._cancel)
        if is_new:
            for start_us, end_us in joined.holes_us:
                gap = Gap(source=joined.facts.device, started_us=start_us, ended_us=end_us, reason=DAMAGED)
                self._add_gap(gap)
        handed = self.handed
        handed.n_recordings += 1
        handed.n_moments += report.moments
        handed.sessions.extend(report.sessions)
        handed.failures.extend(report.failed)
        if begun is not None or self._is_kept(sha256):
            self._spool.delete(key)
        self._listen(handed)

    def _end_live(self, key: str, joined: Joined) -> ImportReport | None:
        if self._live is None or joined.path is None:
            return None
        recording = LiveRecording(key=key, name=joined.path.name, facts=joined.facts)
        length_s = (joined.ended_us - joined.facts.started_us) / 1e6
        return self._live.end_live(recording, joined.path, length_s=length_s, cancel=self._cancel)

    def hear_on(self) -> bool:
        """Take in the next chapter of what is being recorded; False where there is nothing to do yet.

        Raises:
            OSError, MemoryFault, ModelError: it cannot be now.
            Cancelled: ``cancel`` was called.
        """
        followed = self._find_followed()
        if followed is None or self._live is None:
            return False
        followed.sound.read_on()
        heard = followed.sound.find_next()
        if heard is None:
            return False
        n_moments = self._live.take_live(followed.recording, heard, cancel=self._cancel)
        followed.sound.done = heard.chapter.end_sample
        self.handed.n_moments += n_moments
        self._listen(self.handed)
        return True

    def _find_followed(self) -> _Followed | None:
        """The open session, begun in memory as soon as it has sound."""
        key = self._open_key
        if self._live is None or key is None:
            self._followed = None
        elif self._followed is None or self._followed.recording.key != key:
            self._followed = None
            folder = self._spool.session_folder(key)
            facts = find_facts(folder) if folder.is_dir() else None
            if facts is not None and len(list_pieces(folder)) > 1:  # what ends within a piece is taken in as a whole
                recording = LiveRecording(key=key, name=name_recording(facts, zone=self._zone), facts=facts)
                done = self._live.begin_live(recording)
                if done is None:
                    self._open_key = None
                else:
                    self._followed = _Followed(recording, LiveSound(folder, facts, done=done))
        return self._followed

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
        step_back()
        try:
            self._keep_end()
        except (OSError, MemoryFault) as error:
            log.warning("the gap of an earlier run is noted at the next start: %s", type(error).__name__)
        while not self._cancel.is_cancelled:
            key = self._next_key()
            if key is None:
                return
            self._guard(lambda key=key: self.bring_in(key))  # type: ignore[misc]
            with self._counting:
                self._n_waiting -= 1
            with contextlib.suppress(OSError):
                self._listen(self.handed)

    def _next_key(self) -> str | None:
        """Wait for a complete session, and meanwhile take in what is being recorded; None at the end."""
        while not self._cancel.is_cancelled:
            try:
                key = self._queue.get(timeout=_LOOK_S)
            except queue.Empty:
                while self._queue.empty() and self._guard_live():
                    pass
                continue
            if key == self._open_key:
                self._open_key = None
            return key
        return None

    def _guard_live(self) -> bool:
        """One step ahead; where that cannot be, the session waits for its end, and what is wrong is told then."""
        try:
            return self.hear_on()
        except Cancelled:
            return False
        except Exception as error:  # noqa: BLE001 - the edge of the thread: what is on disk is brought in at its end
            log.warning("a recording is taken in when it ends: %s", type(error).__name__)
            self._open_key = None
            return False

    def _guard(self, work: Callable[[], None]) -> None:
        try:
            work()
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
