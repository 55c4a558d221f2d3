"""One call of an import: what it has brought so far, and what of it still waits to be embedded.

Role: a record that the importer and its last stage (``last_stage``) share. It does nothing by itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.progress import Meter
from ingest.records import ImportFailure, ImportNote, ImportReport
from ingest.work import Outcome
from memory.store import Job
from models.errors import ModelError
from models.protocols import CancelToken


@dataclass(slots=True)
class Run:
    """One call of ``import_paths`` or ``resume``: what it has to report."""

    meter: Meter
    cancel: CancelToken
    n_imported: int = 0
    n_duplicates: int = 0
    n_moments: int = 0
    failures: list[ImportFailure] = field(default_factory=list)
    notes: list[ImportNote] = field(default_factory=list)
    sessions: dict[str, None] = field(default_factory=dict)
    to_embed: list[Job] = field(default_factory=list)
    n_unembedded: int = 0
    fault: ModelError | None = None  # why nothing is embedded any more

    def take_in(self, job: Job, outcome: Outcome) -> None:
        """A file went through all stages but the last."""
        self.n_imported += 1
        self.n_moments += outcome.n_moments
        self.n_unembedded += outcome.n_moments
        self.sessions.update(dict.fromkeys(outcome.sessions))
        self.notes.extend(ImportNote(job.path, note) for note in outcome.notes)
        if job.state != "done":
            self.to_embed.append(job)

    def to_report(self) -> ImportReport:
        """What it comes to."""
        return ImportReport(
            imported=self.n_imported,
            duplicates=self.n_duplicates,
            failed=tuple(self.failures),
            moments=self.n_moments,
            sessions=tuple(self.sessions),
            took_s=round(self.meter.took_s, 3),
            notes=tuple(self.notes),
        )
