"""The last stage of an import: what has arrived becomes searchable by meaning, and its jobs end.

Role: many files at a time, for vectors are made in batches. Without a model that works it waits: what was imported is
found by words and time.
"""

from __future__ import annotations

import contextlib

from ingest.embed import embed_pending
from ingest.import_run import Run
from ingest.records import ImportFailure
from ingest.screen_keeper import HOLDS as SCREEN
from ingest.work import LAST_STAGES, LISTS
from memory import failpoints
from memory.errors import MemoryFault
from memory.records import Media
from memory.store import Job, Memory
from models.errors import NO_WEIGHTS, ModelError
from models.protocols import Embedder

_FLUSH_JOBS = 32
_FLUSH_MOMENTS = 256
_AGAIN = "Then try it again in the library, or import it again."
_BY_WORDS = "It can be found by words and time, not yet by meaning."


class LastStage:
    """Ends jobs. One import thinks at a time, and it alone calls this."""

    def __init__(self, memory: Memory, embedder: Embedder) -> None:
        self._memory = memory
        self._embedder = embedder

    def embed_full(self, run: Run) -> None:
        """Embed what has arrived where it is a batch by now."""
        if len(run.to_embed) >= _FLUSH_JOBS or run.n_unembedded >= _FLUSH_MOMENTS:
            self.embed(run)

    def embed(self, run: Run, *, is_last: bool = False) -> None:
        """Make what has arrived searchable by meaning; without weights it waits, searchable by words and time."""
        if run.fault is not None or not (run.to_embed or is_last):
            self._leave_unembedded(run)
            return
        path = run.to_embed[-1].path if run.to_embed else ""
        run.meter.embed(path)
        try:
            embed_pending(self._memory, self._embedder, cancel=run.cancel, report=lambda _n: run.meter.embed(path))
        except ModelError as error:
            run.fault = error
            if run.to_embed or run.n_imported:
                first, waits = next((job.path for job in run.to_embed), ""), isinstance(error, NO_WEIGHTS)
                hint = error.hint if waits else _hint_of(error)
                run.failures.append(ImportFailure(first, f"{_BY_WORDS} {error}", hint, waits=waits))
            self._leave_unembedded(run)
            return
        if is_last:  # what an earlier run had to leave is embedded by now as well
            run.to_embed += [job for job in self._memory.jobs.list_jobs(("parked",)) if job.stage in LAST_STAGES]
        for job in run.to_embed:
            self._finish(job)
        run.to_embed, run.n_unembedded = [], 0

    def put_back(self, run: Run) -> None:
        """Queue what was not brought to its end, so that ``resume`` finds it."""
        with contextlib.suppress(MemoryFault):
            for job in run.to_embed:
                self._memory.jobs.retry(job.id)

    def _leave_unembedded(self, run: Run) -> None:
        """Say at each job what it lacks. A model that is here and does not load is not waited for: it is named."""
        for job in run.to_embed:
            if run.fault is None or isinstance(run.fault, NO_WEIGHTS):
                self._memory.jobs.fail(job.id, _BY_WORDS, "Run `madeleine models pull`.", park=False)
            else:
                self._memory.jobs.fail(job.id, f"{_BY_WORDS} {run.fault}", _hint_of(run.fault), park=True)
        run.to_embed, run.n_unembedded = [], 0

    def _finish(self, job: Job) -> None:
        """End a job. The copy of a list goes: each line is a moment now, and a forgotten one must not live on in it."""
        if job.payload["holds"] in LISTS:
            copy = Media(str(job.payload["sha256"]), str(job.payload["suffix"]))
            self._memory.media_path(copy).unlink(missing_ok=True)
        if job.payload["holds"] == SCREEN:  # some thousands a day, and nobody will bring the same one again
            self._memory.jobs.drop(job.id)
        else:
            self._memory.jobs.finish(job.id)
        failpoints.hit("ingest.done")


def _hint_of(error: ModelError) -> str:
    return f"{error.hint} {_AGAIN}".strip()
