"""Files that could not be imported: which, why, and one more try for one of them or for all.

Role: reads the jobs that failed; a try goes through the importer like any import.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.importer import Importer
from ingest.records import ImportProgress, ImportReport
from ingest.refused import REFUSED
from ingest.screen_keeper import HOLDS as SCREEN
from ingest.work import LIVE
from memory.store import Job, Memory
from models.protocols import CancelToken


@dataclass(frozen=True, slots=True)
class FailedFile:
    """One of them.

    Attributes:
        job: What names it for another try.
        path: Where it was found.
        error, hint: Why, and what to do.
        is_kept: Its bytes lie in the memory: the original is not needed for another try.
        waits: It goes on by itself once the hint is followed (weights that are missing).
    """

    job: int
    path: str
    error: str
    hint: str
    is_kept: bool
    waits: bool


class FailedFiles:
    """The failed files of one memory."""

    def __init__(self, memory: Memory, importer: Importer) -> None:
        self._memory = memory
        self._importer = importer

    def list_failed(self) -> list[FailedFile]:
        """All of them, the latest first; pictures that keeping the screen took wait with the screen."""
        jobs = [job for job in self._memory.jobs.list_jobs(("failed", "parked")) if job.payload.get("holds") != SCREEN]
        return [_to_failed(job) for job in sorted(jobs, key=lambda job: -job.updated_us)]

    def count_waiting(self) -> int:
        """Files that a cancel, a quit or a crash has left on their way; what is recorded now goes on by itself."""
        left = self._memory.jobs.list_jobs(("queued",))
        return sum(job.stage != LIVE and job.payload.get("holds") != SCREEN for job in left)

    def retry(
        self,
        numbers: Collection[int],
        *,
        cancel: CancelToken | None = None,
        report: Callable[[ImportProgress], None] = lambda _progress: None,
    ) -> ImportReport:
        """Try once more; what fails again is listed with its new reason.

        Raises:
            MemoryFault: the disk is full or the home cannot be used.
            Cancelled: ``cancel`` was called; ``resume_imports`` goes on from there.
        """
        wanted = [job for job in self._memory.jobs.list_jobs(("failed", "parked")) if job.id in numbers]
        kept = [job.id for job in wanted if job.stage != REFUSED]
        refused = [Path(job.path) for job in wanted if job.stage == REFUSED]
        for number in kept:
            self._memory.jobs.retry(number)
        done = self._importer.finish(kept, cancel=cancel, report=report)
        if refused:
            done = _join(done, self._importer.import_paths(refused, cancel=cancel, report=report))
        return done

    def drop(self, numbers: Collection[int]) -> int:
        """Take files off the list that were never kept; those that are kept stay. Returns how many went."""
        gone = [job for job in self._memory.jobs.list_jobs(("parked",)) if job.id in numbers and job.stage == REFUSED]
        for job in gone:
            self._memory.jobs.drop(job.id)
        return len(gone)


def _to_failed(job: Job) -> FailedFile:
    is_kept = job.stage != REFUSED
    return FailedFile(job.id, job.path, job.error, job.hint, is_kept, waits=job.state == "failed")


def _join(one: ImportReport, other: ImportReport) -> ImportReport:
    sessions: Sequence[str] = (*one.sessions, *other.sessions)
    return replace(
        other,
        imported=one.imported + other.imported,
        duplicates=one.duplicates + other.duplicates,
        failed=one.failed + other.failed,
        moments=one.moments + other.moments,
        sessions=tuple(dict.fromkeys(sessions)),
        took_s=round(one.took_s + other.took_s, 3),
        notes=one.notes + other.notes,
    )
