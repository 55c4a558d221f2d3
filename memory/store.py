"""The one door to what is kept: moments, sessions, media, vectors and gaps of one data folder, and the books beside.

Role: a thin façade over the rooms behind it (database, media, lexical, vectors, index). Jobs, sources, voices, events
and what else has a book of its own are reached by its name. Every write is one
transaction that carries its outbox row; every read is safe from any thread. It knows neither how a moment was captured
nor which model made its text or its vector.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from memory import forget as forgetting
from memory import jobs, lexical, streams, timeline, toll, vectors, voices, writing
from memory import moments as table
from memory.claim_book import ClaimBook
from memory.clue_book import ClueBook
from memory.correction_book import CorrectionBook
from memory.database import Database
from memory.errors import NotFound
from memory.event_book import EventBook
from memory.feedback_book import FeedbackBook
from memory.health import Check, Status, read_status, run_checks
from memory.home import Home, HomeLock
from memory.index import DerivedIndex
from memory.job_book import JobBook
from memory.jobs import Job
from memory.lexical import LexicalUnit
from memory.media import MediaStore
from memory.migrate import migrate, require_current
from memory.nearest import CHROMA_FROM, NearestSearch
from memory.records import Changes, Gap, Kind, Media, Moment, Session, StreamPart, Voiceprint
from memory.scope import DayCount, Hit, Scope, Unit, VectorRow
from memory.source_book import SourceBook
from memory.storage import Storage, measure_storage
from memory.timeline_book import TimelineBook
from memory.toll import Toll
from memory.voice_book import VoiceBook

__all__ = ["Check", "DayCount", "Hit", "Job", "LexicalUnit", "Memory", "Scope", "Status", "Unit", "VectorRow"]


def read_clock() -> int:
    """Microseconds since the epoch, by the system's clock."""
    return time.time_ns() // 1000


class Memory:
    """All that one person's memory holds. Made by ``Memory.open``; close it when done."""

    def __init__(
        self,
        home: Home,
        database: Database,
        lock: HomeLock | None,
        *,
        use_chroma: bool,
        chroma_from: int,
        now_us: Callable[[], int],
    ) -> None:
        self.home = home
        self._database = database
        self._lock = lock
        self._now_us = now_us
        self.voices = VoiceBook(database)
        self.corrections = CorrectionBook(database, now_us)
        self.events = EventBook(database)
        self.claims = ClaimBook(database)
        self.timeline = TimelineBook(database)
        self.clues = ClueBook(database)
        self.feedback = FeedbackBook(database)
        self.jobs = JobBook(database, now_us)
        self.sources = SourceBook(database)
        self._media = MediaStore(home)
        self._exact = vectors.ExactSearch(database, home.matrices)
        self._index = DerivedIndex(database, home) if use_chroma and lock is not None else None
        self._nearest = NearestSearch(database, self._exact, self._index, chroma_from=chroma_from)

    @classmethod
    def open(
        cls,
        home: Path,
        *,
        read_only: bool = False,
        use_chroma: bool = True,
        chroma_from: int = CHROMA_FROM,
        now_us: Callable[[], int] = read_clock,
    ) -> Memory:
        """Open (and, unless ``read_only``, create and migrate) the data folder, taking its lock.

        Args:
            home: The data folder.
            read_only: Read beside an owner (or without one); nothing is created, migrated or locked.
            use_chroma: Whether the derived index is used at all; without it every search is exact.
            chroma_from: How many vectors there must be before an unscoped search asks Chroma.
            now_us: Clock for the times of jobs and backups.

        Raises:
            HomeLocked: another process owns it (never with ``read_only``).
            HomeUnusable: it cannot be created, read or written.
            NewerDatabase: the database is newer than this code.
            DatabaseDamaged: the database is not readable as one.
            DiskFull: no room.
        """
        place = Home(home)
        if read_only:
            database = Database(place.database, read_only=True)
            try:
                require_current(database)
            except BaseException:
                database.close()
                raise
            return cls(place, database, None, use_chroma=False, chroma_from=chroma_from, now_us=now_us)
        place.create()
        lock = HomeLock(place.lock)
        lock.acquire()
        try:
            return cls._open_owned(place, lock, use_chroma=use_chroma, chroma_from=chroma_from, now_us=now_us)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def _open_owned(
        cls, home: Home, lock: HomeLock, *, use_chroma: bool, chroma_from: int, now_us: Callable[[], int]
    ) -> Memory:
        database = Database(home.database)
        try:
            migrate(database, home, now_us=now_us())
            memory = cls(home, database, lock, use_chroma=use_chroma, chroma_from=chroma_from, now_us=now_us)
            memory._media.delete_leftovers()
            if memory._index is not None:
                memory._index.sweep()
            forgetting.delete_doomed(database, memory._media)
            with database.transaction() as connection:
                jobs.requeue_running(connection)
        except BaseException:
            database.close()
            raise
        return memory

    def __enter__(self) -> Memory:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Close index, database and lock; safe to call twice."""
        with ExitStack() as last_to_first:  # each is closed even if one before it fails
            if self._lock is not None:
                last_to_first.callback(self._lock.release)
            last_to_first.callback(self._database.close)
            last_to_first.callback(self._exact.close)
            if self._index is not None:
                last_to_first.callback(self._index.close)
                self._index = None

    # media -------------------------------------------------------------------------------------------------------
    def keep_file(self, path: Path, *, move: bool = False, suffix: str | None = None) -> Media:
        """Copy a file into the media store under its content hash, durably (fsync of file and folder)."""
        return self._media.keep_file(path, move=move, suffix=suffix)

    def draft_path(self) -> Path:
        """A path in the home for a file that is written first and kept (with ``move``) when it is whole."""
        return self._media.draft_path()

    def keep_bytes(self, data: bytes, suffix: str) -> Media:
        """Keep bytes as a media file, durably."""
        return self._media.keep_bytes(data, suffix)

    def media_path(self, media: Media) -> Path:
        """Where the file of ``media`` lies (it may have been lost: check before use)."""
        return self._media.path(media)

    def thumbnail_path(self, moment: str) -> Path:
        """Where the (derived) thumbnail of a moment lies; the caller makes it when it is absent."""
        return self._media.thumbnail_path(moment)

    # moments -----------------------------------------------------------------------------------------------------
    def add_session(self, session: Session) -> None:
        """Record a session, or replace the one with the same id."""
        with self._database.transaction() as connection:
            table.add_session(connection, session)

    def find_session(self, session_id: str) -> Session | None:
        """Find a session."""
        with self._database.read() as connection:
            return table.find_session(connection, session_id)

    def list_sessions(self, *, directed: bool = False, limit: int = 200) -> list[Session]:
        """The newest sessions first; with ``directed`` only those in which several directions were heard apart."""
        with self._database.read() as connection:
            return table.list_sessions(connection, directed=directed, limit=limit)

    def is_recorded(self, since_us: int | None, until_us: int | None) -> bool:
        """Whether a recording or a conversation has a part in a stretch of time; None is open."""
        with self._database.read() as connection:
            return table.is_recorded(connection, since_us, until_us)

    def add_streams(
        self, parts: Sequence[StreamPart], *, job_step: tuple[int, str, Mapping[str, object]] | None = None
    ) -> None:
        """Record what was separated from a session, or replace parts of the same stream and start.

        Args:
            parts: Stretches of directions; their media must be kept already.
            job_step: (job id, next stage, progress payload) committed in the same transaction, or None.
        """
        with self._database.transaction() as connection:
            streams.add_streams(connection, parts)
            if job_step is not None:
                jobs.advance_job(connection, *job_step, now_us=self._now_us())

    def list_streams(self, session_id: str) -> list[StreamPart]:
        """What was separated from a session: by number of the stream, each in order of time."""
        with self._database.read() as connection:
            return streams.list_streams(connection, session_id)

    def list_settled(self, until_us: int) -> list[tuple[str, int]]:
        """Sessions (and their jobs) separated and finished by a time that still have the sound of every microphone."""
        with self._database.read() as connection:
            return streams.list_settled(connection, until_us)

    def replace_recording(
        self, session: Session, new: Media, *, job_step: tuple[int, str, Mapping[str, object]]
    ) -> bool:
        """Put another file in the place of a session's recording; the old file goes unless something else needs it.

        Args:
            session: As it was read; where it changed meanwhile nothing is done.
            new: What was kept to stand for it.
            job_step: (job id, stage, payload) committed in the same transaction.

        Returns:
            Whether it was done.
        """
        with self._database.transaction() as connection:
            is_done = forgetting.replace_recording(connection, self._media, session.id, new, seen=session.media)
            if is_done:
                jobs.advance_job(connection, *job_step, now_us=self._now_us())
        forgetting.delete_doomed(self._database, self._media)
        return is_done

    def write_moments(
        self,
        moments: Sequence[Moment],
        *,
        job_step: tuple[int, str, Mapping[str, object]] | None = None,
        voiceprints: Sequence[Voiceprint] = (),
    ) -> Changes:
        """Add moments, or replace those with the same id, in one transaction with their outbox rows.

        Args:
            moments: What to keep. Lexical rows of moments and of the windows around them are kept up with it.
            job_step: (job id, next stage, progress payload) committed in the same transaction, or None.
            voiceprints: How the voices of these moments sound, committed in the same transaction.
        """
        with self._database.transaction() as connection:
            changes = writing.write_moments(connection, moments)
            voices.put_prints(connection, voiceprints)
            if job_step is not None:
                jobs.advance_job(connection, *job_step, now_us=self._now_us())
        return changes

    def change_moment(
        self, moment: str, change: Callable[[Moment], Moment], *, job_step: tuple[int, str, Mapping[str, object]]
    ) -> bool:
        """Replace a moment by what is made of it as it is now; one that was forgotten meanwhile stays forgotten.

        Args:
            moment: Its id.
            change: Makes the new one of it; called inside the transaction, so it should be quick.
            job_step: (job id, next stage, progress payload) committed in the same transaction, also without a moment.

        Returns:
            Whether it was there.
        """
        with self._database.transaction() as connection:
            found = list(table.find_rows(connection, [moment]).values())
            writing.write_moments(connection, [change(each) for each in found])
            jobs.advance_job(connection, *job_step, now_us=self._now_us())
        return bool(found)

    def change_moments(self, ids: Iterable[str], change: Callable[[Moment], Moment]) -> Changes:
        """Replace moments by what is made of them as they are now, in one transaction.

        Who reads and writes in steps would undo what others wrote in between, and bring back what was forgotten.

        Args:
            ids: Whose; one that was forgotten meanwhile stays forgotten.
            change: Makes the new one of each; called inside the transaction, so it should be quick.
        """
        with self._database.transaction() as connection:
            found = table.find_rows(connection, ids).values()
            return writing.write_moments(connection, [change(each) for each in found])

    def forget(self, ids: Iterable[str], *, is_said_elsewhere: bool = False) -> Changes:
        """Delete moments and everything derived from them; media no other moment needs goes too.

        Args:
            ids: Whose.
            is_said_elsewhere: Moments that stay have their words too: the index of words is not written anew (seconds),
                and the log is not emptied.
        """
        return forgetting.forget(
            self._database, self._media, self._exact, self._index, ids, is_said_elsewhere=is_said_elsewhere
        )

    def read_toll(self, moment: str) -> Toll:
        """What forgetting a moment would take along, and what would stay."""
        with self._database.snapshot() as connection:
            return toll.read_toll(connection, self._media, moment)

    def drop_media(self, ids: Iterable[str]) -> None:
        """Let go of the files of moments that no other moment needs; the moments stay, with their words."""
        forgetting.drop_media(self._database, self._media, ids)

    def drop_copies(self) -> None:
        """Let go of the copies that updates wrote by themselves: something of what they hold was forgotten."""
        with self._database.transaction() as connection:
            forgetting.doom_copies(connection, self._media)
        forgetting.delete_doomed(self._database, self._media)

    def get_moment(self, moment: str) -> Moment:
        """Read one moment.

        Raises:
            NotFound: there is none.
        """
        found = self.find_moments([moment])
        if moment not in found:
            raise NotFound("There is no such moment.", hint="It may have been forgotten.")
        return found[moment]

    def find_moments(self, ids: Iterable[str]) -> dict[str, Moment]:
        """Read several moments; those that are not there are left out."""
        with self._database.read() as connection:
            return {row.id: row for row in table.find_rows(connection, ids).values()}

    def iter_moments(
        self, scope: Scope | None = None, *, newest_first: bool = False, limit: int | None = None
    ) -> Iterator[Moment]:
        """Read moments in order of time."""
        return table.iter_moments(self._database, scope, newest_first=newest_first, limit=limit)

    def find_neighbours(self, moment: str, n_before: int, n_after: int) -> list[Moment]:
        """The moments around one inside its session and stream, in order, itself included."""
        with self._database.snapshot() as connection:
            for number in table.find_rows(connection, [moment]):
                return [row for _n, row in table.list_around(connection, number, n_before, n_after)]
        return []

    def find_alike_named(self, moment: Moment) -> list[Moment]:
        """Pictures that may be versions of one (``memory.versions`` decides), in order of time, itself included."""
        name = str((moment.details.get("versions") or {}).get("name", ""))
        with self._database.read() as connection:
            return table.list_alike_named(connection, moment, name) if name else []

    def count_moments(self, scope: Scope | None = None) -> int:
        """How many moments there are."""
        with self._database.read() as connection:
            return table.count_moments(connection, scope)

    def list_days(self, scope: Scope | None = None) -> list[DayCount]:
        """Days that have moments, newest first, each in its moment's own zone."""
        with self._database.read() as connection:
            return table.list_days(connection, scope)

    def has_at_most(self, n_moments: int, scope: Scope | None = None) -> bool:
        """Whether a scope holds no more than so many moments; quick, however many there are."""
        with self._database.read() as connection:
            return table.has_at_most(connection, n_moments, scope)

    def list_speakers(self) -> list[str]:
        """All speaker names that occur."""
        with self._database.read() as connection:
            return table.list_names(connection, "speaker")

    def list_places(self) -> list[str]:
        """All names of places that occur."""
        with self._database.read() as connection:
            return table.list_names(connection, "place_name")

    def list_apps(self) -> list[str]:
        """All names of applications that occur."""
        with self._database.read() as connection:
            return table.list_names(connection, "app")

    def list_gaps(self, scope: Scope | None = None) -> list[Gap]:
        """Recorded gaps in order of time."""
        with self._database.read() as connection:
            return table.list_gaps(connection, scope)

    def add_gap(self, gap: Gap) -> None:
        """Record a gap; told twice after a crash, it is kept once."""
        with self._database.transaction() as connection:
            table.add_gap(connection, gap)

    # vectors -----------------------------------------------------------------------------------------------------
    def moments_without_vectors(self, model: str, *, limit: int) -> list[Moment]:
        """Moments with text that have no vectors of this model yet, oldest first."""
        with self._database.read() as connection:
            is_listed = vectors.is_listed(connection, model)
        if not is_listed and not self._database.is_read_only:
            with self._database.transaction() as connection:
                vectors.want_texts(connection, model)
        with self._database.read() as connection:
            return vectors.list_without(connection, model, limit)

    def unseen_pictures(self, model: str) -> list[str]:
        """Ids of photos, screenshots and scenes whose picture this model has not embedded."""
        with self._database.read() as connection:
            return vectors.list_unseen(connection, model, (Kind.PHOTO, Kind.SCREENSHOT, Kind.SCENE))

    def window_text(self, moment: Moment) -> str:
        """The text of the window around an utterance: "speaker: words" of the one before, itself and the one after."""
        return lexical.window_text(self.find_neighbours(moment.id, 1, 1) or [moment])

    def put_vectors(self, model: str, rows: Sequence[VectorRow]) -> None:
        """Keep vectors (truth, as blobs) with their outbox rows in one transaction.

        Those of the same moments and units are replaced; moments that were forgotten meanwhile are left out.

        Raises:
            ValueError: a vector is zero, not finite, or not as long as the model's others.
        """
        with self._database.transaction() as connection:
            vectors.put(connection, model, rows)

    def drain_outbox(self, *, at_least: int = 1, should_stop: Callable[[], bool] = lambda: False) -> int:
        """Bring what was written into the derived index.

        Args:
            at_least: Fewer waiting rows are left waiting: a search reads those from SQLite, and the index need not be
                opened for them.
            should_stop: Asked between batches.

        Returns:
            How many rows were handled.
        """
        return self._index.drain(at_least=at_least, should_stop=should_stop) if self._index is not None else 0

    def reindex(self, *, report: Callable[[str, float], None] = lambda _what, _share: None) -> None:
        """Rebuild everything derived (FTS5, Chroma generation, exact matrix) from SQLite, without models.

        At the end events and claims are thrown away and marked, for whoever makes them.
        """
        report("words", 0.0)
        with self._database.transaction() as connection:
            lexical.rebuild(connection)
            timeline.rebuild(connection)
        report("vectors", 0.2)
        self._exact.rebuild()
        if self._index is not None:
            self._index.rebuild(report=lambda share: report("index", 0.2 + 0.8 * share))
        self.claims.mark_all_unread()
        self.events.mark_all_stale()  # last, so that a death before it leaves the events that there are
        report("done", 1.0)

    # search ------------------------------------------------------------------------------------------------------
    def search_lexical(
        self,
        terms: Sequence[str],
        *,
        unit: Literal["moment", "window"] = "moment",
        scope: Scope | None = None,
        limit: int = 200,
    ) -> list[Hit]:
        """BM25 over the given words (any of them), best first. Words are plain text, never FTS5 syntax."""
        with self._database.read() as connection:
            return lexical.search(connection, terms, unit=unit, scope=scope, limit=limit)

    def search_vectors(
        self,
        vector: NDArray[np.float32],
        *,
        model: str,
        unit: Unit = "moment",
        scope: Scope | None = None,
        limit: int = 200,
    ) -> list[Hit]:
        """Nearest moments by cosine, best first; exact over the slice when a scope narrows it, Chroma otherwise."""
        return self._nearest.search(vector, model=model, unit=unit, scope=scope, limit=limit)

    def find_vectors(self, ids: Iterable[str], *, model: str, unit: Unit) -> dict[str, NDArray[np.float32]]:
        """Vectors of moments (parts x dims each)."""
        with self._database.read() as connection:
            return vectors.find(connection, ids, model=model, unit=unit)

    def has_vectors(self, *, model: str, unit: Unit) -> bool:
        """Whether any moment has a vector of this model and unit."""
        with self._database.read() as connection:
            return vectors.has(connection, model=model, unit=unit)

    def relax(self) -> None:
        """Give back memory that a search left mapped."""
        self._nearest.relax()

    def rest(self, idle_s: float) -> bool:
        """Give back all memory that searches took, where none was made for so many seconds; says whether it did."""
        return self._nearest.rest(idle_s)

    # health ------------------------------------------------------------------------------------------------------
    def status(self) -> Status:
        """Count what is kept and what is pending."""
        return read_status(self._database, self.home, self._media)

    def check(self) -> list[Check]:
        """Look whether everything is sound (database, words, media files, permissions, index). Repairs nothing."""
        return run_checks(self._database, self.home, self._media, self._index)

    def measure_storage(self, *, should_stop: Callable[[], bool] = lambda: False) -> Storage | None:
        """Say what takes space, by kind; None when it was given up."""
        return measure_storage(self._database, self.home, now_us=self._now_us(), should_stop=should_stop)
