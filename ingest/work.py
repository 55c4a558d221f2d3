"""What every stage of an import is given: the memory, the clock, the cancel token and the way to report.

Role: small shared records of the importer's rooms. No logic of any one kind of file.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NotRequired, TypedDict

from memory import failpoints
from memory.records import Kind, Media, Moment, Place, moment_id
from memory.store import Job, Memory
from models.protocols import CancelToken

LISTS = ("moments", "calendar")  # what holds many moments; the copy goes when all of them are kept
LAST_STAGES = ("embed", "index")  # what has come to them is kept and found by words
LIVE = "live"  # the stage of a recording that still goes on; its chapters come from the spool, not from a kept file


class FileFacts(TypedDict):
    """What capture notes about a file in its job's payload, before anything is understood."""

    sha256: str
    suffix: str
    holds: str
    mime: str
    name: str
    file_us: int
    at_us: int | None
    array: str | None
    sidecar: NotRequired[str]


@dataclass(slots=True)
class Outcome:
    """What one job has brought into memory so far in this run."""

    n_moments: int = 0
    sessions: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One file on its way, as a stage sees it.

    Attributes:
        job: Its row when the stage began.
        memory: Where to.
        zone: The user's zone, assumed where a file tells none.
        now_us: The time now.
        cancel: Looked at between steps.
        report: Told the share of this file's work that is done, 0 to 1.
        outcome: Filled by the stages.
    """

    job: Job
    memory: Memory
    zone: str
    now_us: int
    cancel: CancelToken
    report: Callable[[float], None]
    outcome: Outcome

    @property
    def payload(self) -> Mapping[str, Any]:
        """What earlier stages handed on."""
        return self.job.payload

    @property
    def sha256(self) -> str:
        """What identifies the file: the hash of its bytes, or what stood for it before it was whole."""
        return str(self.job.payload["sha256"])

    @property
    def name(self) -> str:
        """The file's name, for messages and for the time it may tell."""
        return str(self.job.payload["name"])

    @property
    def media(self) -> Media:
        """The kept copy; a recording that was heard while it went on is known by another hash than its bytes'."""
        return Media(str(self.job.payload.get("media_sha256", self.sha256)), str(self.job.payload["suffix"]))

    @property
    def kept_path(self) -> Path:
        """Where the kept copy lies."""
        return self.memory.media_path(self.media)


def session_id(sha256: str) -> str:
    """The id of the session of a recording: the same file always gives the same."""
    return "s" + sha256[:21]


def to_place(payload: Mapping[str, Any]) -> Place | None:
    """Where a recording was made, as noted in its job."""
    return Place(*payload["place"]) if payload.get("place") else None


LEFT_OUT = "it was taken at a place where nothing is kept, and was left out"


def leave_out(task: Task) -> None:
    """Let a file go that must not be kept: the kept copy, its source and its job; the original is not touched.

    It is forgotten as a moment is, for that deletes the copy durably; after a crash in between it is read, and let go,
    once more.
    """
    nothing = Moment(
        id=moment_id(task.sha256, "left out"), kind=Kind.NOTE, started_us=task.now_us, ended_us=task.now_us, text="",
        source=task.sha256, media=task.media,
    )  # fmt: skip
    task.memory.write_moments([nothing], job_step=(task.job.id, task.job.stage, task.payload))
    failpoints.hit("ingest.left_out")
    task.memory.forget([nothing.id])
    task.outcome.notes.append(LEFT_OUT)


@contextlib.contextmanager
def held(lock: threading.Lock, cancel: CancelToken) -> Iterator[None]:
    """Hold a lock; waiting for it can be cancelled."""
    while not lock.acquire(timeout=0.1):
        cancel.raise_if_cancelled()
    try:
        yield
    finally:
        lock.release()
