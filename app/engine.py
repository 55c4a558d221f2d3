"""All that Madeleine can do, as plain calls: what the window, the command line and a test share.

Role: one object that holds the composed rooms and offers the user's verbs. No Qt, no printing, no argument parsing.
Made in ``app.compose`` only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.records import ImportProgress, ImportReport
from memory.records import Changes, Kind, Moment
from memory.store import Memory, Scope
from models.protocols import CancelToken
from recall.results import Answer, AskEvent, SearchResult


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of ``doctor``: what was looked at, whether it is well, what was seen and what to do."""

    name: str
    ok: bool
    detail: str
    hint: str = ""


class Engine:
    """The verbs. Safe from any thread; writes are serialized inside."""

    memory: Memory

    def import_paths(
        self,
        paths: Sequence[Path],
        *,
        at_us: int | None = None,
        array: str | None = None,
        cancel: CancelToken | None = None,
        report: Callable[[ImportProgress], None] = lambda _progress: None,
    ) -> ImportReport:
        """Import files and folders; returns when everything is searchable."""
        raise NotImplementedError

    def search(
        self,
        query: str,
        *,
        kinds: Iterable[Kind] = (),
        since_us: int | None = None,
        until_us: int | None = None,
        limit: int = 20,
        now_us: int | None = None,
    ) -> SearchResult:
        """Find moments."""
        raise NotImplementedError

    def ask(
        self,
        question: str,
        *,
        since_us: int | None = None,
        until_us: int | None = None,
        now_us: int | None = None,
        cancel: CancelToken | None = None,
        listen: Callable[[AskEvent], None] = lambda _event: None,
    ) -> Answer:
        """Answer a question; ``listen`` hears the evidence first and then the growing answer, on the calling thread."""
        raise NotImplementedError

    def forget(self, ids: Iterable[str]) -> Changes:
        """Delete moments everywhere."""
        raise NotImplementedError

    def thumbnail(self, moment: Moment) -> Path | None:
        """Path of a small JPEG of a picture (made when absent), or None when there is no picture."""
        raise NotImplementedError

    def waveform(self, moment: Moment, n_points: int) -> list[float]:
        """Peak level (0 to 1) of ``n_points`` equal stretches of the moment's sound; empty when there is none."""
        raise NotImplementedError

    def doctor(self) -> list[Finding]:
        """Check weights, disk, permissions, database, index and devices."""
        raise NotImplementedError

    def close(self) -> None:
        """Stop, unload, close index and database."""
        raise NotImplementedError
