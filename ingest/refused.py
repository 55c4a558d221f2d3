"""Files that could not even be kept: noted with their reason, so that the list of what failed outlives the window.

Role: rows among the jobs, at a stage of their own, that nothing works on. A file that is kept later loses its row.
"""

from __future__ import annotations

from pathlib import Path

from ingest.errors import BadInput
from memory.store import Memory

REFUSED = "refused"


class Refused:
    """The refused files of one memory, read once for each import."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._jobs = {job.path: job.id for job in memory.jobs.list_jobs(("parked",)) if job.stage == REFUSED}

    def note(self, path: Path, error: BadInput) -> None:
        """Note why a file was not taken; what was noted of it before is replaced."""
        number = self._jobs.get(str(path))
        if number is not None:
            self._memory.jobs.fail(number, str(error), error.hint, park=True)
            return
        self._jobs[str(path)] = self._memory.jobs.add_parked(
            str(path), stage=REFUSED, payload={"name": path.name}, error=str(error), hint=error.hint
        )

    def clear(self, path: Path) -> None:
        """The file is kept."""
        number = self._jobs.pop(str(path), None)
        if number is not None:
            self._memory.jobs.drop(number)
