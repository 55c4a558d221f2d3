"""Spoken notes of one engine: listened to, kept, let go, and brought in after a crash.

Role: knows which microphone to take: the sound that is being recorded anyway, else the one that was recorded with last,
else the system's own. No printing.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.clock import now_us
from app.errors import Exit, UserError
from ingest.devices import Microphones, NoMicrophone, Wanted
from ingest.levels import Levels
from ingest.recorder_taps import RunningSound
from ingest.spoken import LONGEST_S, Heard, NoteListener
from ingest.spoken_notes import FOLDER, KeptNote, is_cleared, keep_note, note_cleared, note_session
from ingest.spool import Spool
from memory.errors import MemoryFault

if TYPE_CHECKING:
    from app.holds import Holds
    from app.settings import Settings
    from memory.store import Memory

HELD = "For a while nothing was to be kept, so this was let go."
_SOURCE = "spoken note"
MUTED = "The microphone gave no sound: it is muted or dead."


@dataclass(frozen=True, slots=True)
class Loudness:
    """What somebody who speaks is shown: how loud it is, 0 to 1, and the seconds so far."""

    peak: float
    seconds: float


def system_microphones() -> Microphones:
    """The microphones of this computer."""
    from ingest.microphone import PortAudioMicrophones

    return PortAudioMicrophones()


class SpokenNotes:
    """Listens to notes and keeps them. Thread-safe.

    Args:
        home: The data folder.
        memory: Where notes go.
        holds: Under incognito and at an excluded place nothing is heard.
        settings: Tells which microphone was recorded with last.
        zone: The user's.
    """

    def __init__(
        self,
        home: Path,
        memory: Memory,
        *,
        holds: Holds,
        settings: Callable[[], Settings],
        zone: str,
    ) -> None:
        self._spool = Spool(home, FOLDER)
        self._memory = memory
        self._holds = holds
        self._settings = settings
        self._zone = zone
        self._find_running: Callable[[], RunningSound | None] = lambda: None
        self._lock = threading.Lock()
        self._in_hand: set[str] = set()
        self._n_listening = 0
        self.microphones: Callable[[], Microphones] = system_microphones

    def listen_in(self, find_running: Callable[[], RunningSound | None]) -> None:
        """Have the sound of a recording taken while one runs; ``find_running`` says whether one does."""
        self._find_running = find_running

    def listen(
        self,
        *,
        longest_s: float = LONGEST_S,
        session: str | None = None,
        ordinal: int = 0,
        is_stopped: Callable[[], bool] = lambda: False,
        report: Callable[[Loudness], None] = lambda _loudness: None,
    ) -> Heard:
        """Listen to one note; it is on disk when this returns, and in memory once it is kept.

        Args:
            longest_s: Most seconds.
            session: What it belongs to, and which place it has in there.
            ordinal: That place.
            is_stopped: Asked many times a second.
            report: Told the loudness ten times a second.

        Raises:
            UserError: there is no microphone, it gave nothing, or nothing may be kept now or here.
            OSError: the disk is full or gone; what was heard before is brought in at the next start.
        """
        self._holds.require_off()

        def begin(key: str) -> None:
            with self._lock:
                self._in_hand.add(key)
            if session is not None:
                note_session(self._spool, key, session, ordinal)

        was_held = False

        def is_over() -> bool:
            nonlocal was_held
            was_held = was_held or self._holds.incognito.is_on or self._holds.place_guard.is_on
            return was_held or is_stopped()

        try:
            with self._listening(), self._watching():
                heard = self._listen(
                    longest_s=longest_s,
                    is_stopped=is_over,
                    on_begin=begin,
                    report=lambda levels, seconds: report(Loudness(max(levels.peak, default=0.0), seconds)),
                )
        except NoMicrophone as error:
            raise UserError(str(error), hint=error.hint, code=Exit.ENVIRONMENT) from error
        if heard is None:
            raise UserError(MUTED, hint="Check its switch and its volume, or type the note.", code=Exit.ENVIRONMENT)
        try:  # one may have come to such a place while somebody spoke
            self._holds.require_off()
            if was_held:
                raise UserError(HELD, hint="Say it again.")
        except UserError:
            self.drop(heard.key)
            raise
        note_cleared(self._spool, heard.key)
        return heard

    @contextlib.contextmanager
    def _watching(self) -> Iterator[None]:
        """While somebody speaks it is looked every few seconds where the computer is, as while anything is recorded."""
        guard, source = self._holds.place_guard, f"{_SOURCE} {threading.get_ident()}"  # two may be spoken at once
        guard.attend(source)
        try:
            yield
        finally:
            guard.leave(source)

    @contextlib.contextmanager
    def _listening(self) -> Iterator[None]:
        """While a session may be made whose name is not known yet."""
        with self._lock:
            self._n_listening += 1
        try:
            yield
        finally:
            with self._lock:
                self._n_listening -= 1

    def _listen(
        self,
        *,
        longest_s: float,
        is_stopped: Callable[[], bool],
        on_begin: Callable[[str], None],
        report: Callable[[Levels, float], None],
    ) -> Heard | None:
        running = self._find_running()
        last = Wanted(device=self._settings().microphone or None)
        for microphones, wanted in ((running, Wanted()), (self.microphones(), last), (self.microphones(), Wanted())):
            if microphones is None:
                continue
            listener = NoteListener(self._spool, microphones, now_us=now_us)
            try:
                return listener.listen(
                    wanted, longest_s=longest_s, is_stopped=is_stopped, on_begin=on_begin, report=report
                )
            except NoMicrophone:
                if microphones is not running and wanted == Wanted():
                    raise
        raise AssertionError("the system's own microphone is the last one that is tried")

    def keep(self, key: str, *, session: str | None = None, ordinal: int = 0) -> KeptNote | None:
        """Bring a note into memory; None where it holds no sound.

        Raises:
            MemoryFault, OSError: the disk is full; it is brought in at the next start.
        """
        if session is not None and self._spool.session_folder(key).is_dir():
            note_session(self._spool, key, session, ordinal)
        try:
            return keep_note(self._memory, self._spool, key, zone=self._zone)
        finally:
            with self._lock:
                self._in_hand.discard(key)

    def drop(self, key: str) -> None:
        """Let a note go that the user does not want after all."""
        self._spool.delete(key)
        with self._lock:
            self._in_hand.discard(key)

    def recover(self) -> list[KeptNote]:
        """Bring in what a crash has left, unless somebody speaks now; what cannot be brought in waits for a start.

        Where the crash came while somebody spoke, nobody has said that it may be kept: under incognito or at an
        excluded place it is let go.
        """
        with self._lock:
            keys = [] if self._n_listening else [key for key in self._spool.list_keys() if key not in self._in_hand]
        kept: list[KeptNote] = []
        for key in keys:
            if not is_cleared(self._spool, key) and not self._may_keep():
                self.drop(key)
                continue
            with contextlib.suppress(MemoryFault, OSError):
                kept += filter(None, [self.keep(key)])
        return kept

    def _may_keep(self) -> bool:
        try:
            self._holds.require_off()
        except UserError:
            return False
        return True
