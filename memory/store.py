"""The one door to what is kept: moments, sessions, sources, media, vectors, jobs and gaps of one data folder.

Role: a thin façade over the rooms behind it (database, media, lexical, vectors, index, jobs). Every write is one
transaction that carries its outbox row; every read is safe from any thread. It knows neither how a moment was captured
nor which model made its text or its vector.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from memory.records import Changes, Gap, Kind, Media, Moment, Session, Source

Unit = Literal["moment", "window", "passage"]


@dataclass(frozen=True, slots=True)
class VectorRow:
    """One vector of a moment: of its own words, of the window around it, or of one passage of a long text."""

    moment: str
    unit: Unit
    part: int
    vector: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Hit:
    """A moment that a search found; a higher score is better (lexical: -bm25; vectors: cosine)."""

    moment: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a search may return; None means no limit. Time is half open: since_us <= started_us < until_us."""

    since_us: int | None = None
    until_us: int | None = None
    kinds: frozenset[Kind] | None = None
    sessions: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class DayCount:
    """A local date (ISO) and how many moments began on it."""

    date: str
    n_moments: int


class Memory:
    """All that one person's memory holds. Made by ``Memory.open``; close it when done."""

    @classmethod
    def open(cls, home: Path, *, read_only: bool = False, use_chroma: bool = True) -> Memory:
        """Open (and, unless ``read_only``, create and migrate) the data folder, taking its lock.

        Raises:
            HomeLocked: another process owns it (never with ``read_only``).
            HomeUnusable: it cannot be created, read or written.
            NewerDatabase: the database is newer than this code.
            DatabaseDamaged: the database is not readable as one.
            DiskFull: no room.
        """
        raise NotImplementedError

    def close(self) -> None:
        """Close index, database and lock; safe to call twice."""
        raise NotImplementedError

    # media and sources -------------------------------------------------------------------------------------------
    def keep_file(self, path: Path, *, move: bool = False) -> Media:
        """Copy a file into the media store under its content hash, durably (fsync of file and folder)."""
        raise NotImplementedError

    def keep_bytes(self, data: bytes, suffix: str) -> Media:
        """Keep bytes as a media file, durably."""
        raise NotImplementedError

    def media_path(self, media: Media) -> Path:
        """Where the file of ``media`` lies (it may have been lost: check before use)."""
        raise NotImplementedError

    def thumbnail_path(self, moment: str) -> Path:
        """Where the (derived) thumbnail of a moment lies; the caller makes it when it is absent."""
        raise NotImplementedError

    def add_source(self, source: Source) -> bool:
        """Record an imported file; False when it was there already."""
        raise NotImplementedError

    def find_source(self, sha256: str) -> Source | None:
        """Find an imported file by the hash of its bytes."""
        raise NotImplementedError

    # moments -----------------------------------------------------------------------------------------------------
    def add_session(self, session: Session) -> None:
        """Record a session, or replace the one with the same id."""
        raise NotImplementedError

    def find_session(self, session_id: str) -> Session | None:
        """Find a session."""
        raise NotImplementedError

    def write_moments(
        self, moments: Sequence[Moment], *, job_step: tuple[int, str, Mapping[str, object]] | None = None
    ) -> Changes:
        """Add moments, or replace those with the same id, in one transaction with their outbox rows.

        Args:
            moments: What to keep. Lexical rows of moments and of the windows around them are kept up with it.
            job_step: (job id, next stage, progress payload) committed in the same transaction, or None.
        """
        raise NotImplementedError

    def forget(self, ids: Iterable[str]) -> Changes:
        """Delete moments and everything derived from them; media no other moment needs goes too."""
        raise NotImplementedError

    def get_moment(self, moment: str) -> Moment:
        """Read one moment.

        Raises:
            NotFound: there is none.
        """
        raise NotImplementedError

    def find_moments(self, ids: Iterable[str]) -> dict[str, Moment]:
        """Read several moments; those that are not there are left out."""
        raise NotImplementedError

    def iter_moments(
        self, scope: Scope | None = None, *, newest_first: bool = False, limit: int | None = None
    ) -> Iterator[Moment]:
        """Read moments in order of time."""
        raise NotImplementedError

    def find_neighbours(self, moment: str, n_before: int, n_after: int) -> list[Moment]:
        """The moments around one inside its session and stream, in order, itself included."""
        raise NotImplementedError

    def count_moments(self, scope: Scope | None = None) -> int:
        """How many moments there are."""
        raise NotImplementedError

    def list_days(self, scope: Scope | None = None) -> list[DayCount]:
        """Days that have moments, newest first, each in its moment's own zone."""
        raise NotImplementedError

    def list_speakers(self) -> list[str]:
        """All speaker names that occur."""
        raise NotImplementedError

    def list_gaps(self, scope: Scope | None = None) -> list[Gap]:
        """Recorded gaps in order of time."""
        raise NotImplementedError

    def add_gap(self, gap: Gap) -> None:
        """Record a gap."""
        raise NotImplementedError

    # vectors -----------------------------------------------------------------------------------------------------
    def moments_without_vectors(self, model: str, *, limit: int) -> list[Moment]:
        """Moments with text that have no vectors of this model yet, oldest first."""
        raise NotImplementedError

    def window_text(self, moment: Moment) -> str:
        """The text of the window around an utterance: "speaker: words" of the one before, itself and the one after."""
        raise NotImplementedError

    def put_vectors(self, model: str, rows: Sequence[VectorRow]) -> None:
        """Keep vectors (truth, as blobs) with their outbox rows in one transaction; replaces those of the same moments."""
        raise NotImplementedError

    def drain_outbox(self, *, should_stop: Callable[[], bool] = lambda: False) -> int:
        """Bring what was written into the derived index; returns how many rows were handled."""
        raise NotImplementedError

    def reindex(self, *, report: Callable[[str, float], None] = lambda _what, _share: None) -> None:
        """Rebuild everything derived (FTS5, Chroma generation, exact matrix) from SQLite, without models."""
        raise NotImplementedError

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
        raise NotImplementedError

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
        raise NotImplementedError

    def find_vectors(self, ids: Iterable[str], *, model: str, unit: Unit) -> dict[str, NDArray[np.float32]]:
        """Vectors of moments (parts x dims each)."""
        raise NotImplementedError
