"""Capture before thinking: a file's bytes are kept and its job is queued before anything is understood.

Role: paths in, durable copies and job rows out. Once this returns, the original may be deleted.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import BadInput
from ingest.files import check_file, sniff
from ingest.known_files import KnownFiles
from ingest.work import LISTS, FileFacts
from memory import failpoints
from memory.records import Media, Source
from memory.store import Job, Memory
from models.protocols import CancelToken

_CHUNK_BYTES = 2**20
MAX_SIDECAR_BYTES = 2**18
FIRST_STAGE = "read"


@dataclass(frozen=True, slots=True)
class Captured:
    """A file that is kept: its job's number, and whether it was known and finished before."""

    job: int
    is_duplicate: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What the user told about all files of an import."""

    at_us: int | None = None
    array: str | None = None


class Capture:
    """Brings files in, each content once."""

    def __init__(self, memory: Memory, *, now_us: int) -> None:
        self._memory = memory
        self._now_us = now_us
        self._files = KnownFiles(memory.home.root)
        # Asked of SQLite file by file, a large library would take many seconds longer to look at again.
        self._origins = memory.sources.list_origins()
        self._jobs: dict[str, Job] = {job.sha256: job for job in memory.jobs.list_jobs() if job.sha256}

    def keep(self, path: Path, telling: Telling, cancel: CancelToken) -> Captured:
        """Keep one file and queue it.

        Raises:
            BadInput: it is empty, unreadable, or holds nothing that is taken.
            MemoryFault: the home is full or cannot be used.
            Cancelled: the import was cancelled; nothing of this file is kept.
        """
        state = _find_state(path)
        unchanged = self._find_unchanged(path, state)
        if unchanged is not None:
            return unchanged
        check_file(path)
        kind = sniff(path)
        sha256 = hash_file(path, cancel)
        if state is not None:
            self._files.note(path, state, sha256)
        known = self._jobs.get(sha256)
        if known is not None and self._memory.sources.find(sha256) is not None:
            return self._meet_again(known, path, telling)
        found = path.stat()
        media = self._memory.keep_file(path)
        if media.sha256 != sha256:
            raise BadInput(f"“{path.name}” changed while it was read.", hint="Import it again when it is finished.")
        self._memory.sources.add(
            Source(sha256=sha256, path=str(path), n_bytes=found.st_size, mime=kind.mime, imported_us=self._now_us)
        )
        facts = FileFacts(
            sha256=sha256,
            suffix=media.suffix,
            holds=kind.holds,
            mime=kind.mime,
            name=path.name,
            file_us=found.st_mtime_ns // 1000,
            at_us=telling.at_us,
            array=telling.array if kind.holds == "audio" else None,
        )
        if kind.holds == "picture" and (sidecar := read_sidecar(path)):
            facts["sidecar"] = sidecar
        return Captured(self._add_job(path, facts), is_duplicate=False)

    def _find_unchanged(self, path: Path, state: os.stat_result | None) -> Captured | None:
        """A finished file that stands on the disk as it did then, and whose kept copy is there; else None."""
        sha256 = self._files.find(path, state) if state is not None else None
        known = self._jobs.get(sha256) if sha256 is not None else None
        if sha256 is None or known is None or known.state != "done" or sha256 not in self._origins:
            return None
        self._follow(sha256, path)
        kept = self._memory.media_path(Media(sha256, str(known.payload["suffix"])))
        return Captured(known.id, is_duplicate=True) if kept.is_file() else None

    def _follow(self, sha256: str, path: Path) -> None:
        """Where the original of a finished file lies no more, and the same bytes lie here, it was moved here."""
        origin = self._origins.get(sha256)
        if origin is not None and origin != str(path) and not os.path.lexists(origin):
            self._memory.sources.move(sha256, path)
            self._origins[sha256] = str(path)

    def _meet_again(self, known: Job, path: Path, telling: Telling) -> Captured:
        """A finished file is a duplicate; one that failed or was interrupted goes on with what is told now."""
        is_list = known.payload["holds"] in LISTS and known.state == "done"  # its copy went when it was done
        is_mixed_down = bool(known.payload.get("is_mixed_down"))  # so did the channels, as the user set
        if (
            not (is_list or is_mixed_down)
            and not self._memory.media_path(Media(str(known.sha256), str(known.payload["suffix"]))).is_file()
        ):
            self._memory.keep_file(path)  # the kept copy was lost; here it is again
        if known.state == "done":
            self._follow(str(known.sha256), path)
            return Captured(known.id, is_duplicate=True)
        if known.state in ("failed", "parked"):
            self._memory.jobs.retry(known.id)
        if known.stage == FIRST_STAGE:
            told = {"at_us": telling.at_us, "array": telling.array, "name": path.name}
            payload = dict(known.payload) | {key: value for key, value in told.items() if value is not None}
            if payload != known.payload:  # otherwise its tries stay counted: it may be what killed us
                self._memory.jobs.advance(known.id, known.stage, payload)
        return Captured(known.id, is_duplicate=False)

    def _add_job(self, path: Path, facts: FileFacts) -> int:
        payload: Mapping[str, object] = {**facts}
        number = self._memory.jobs.add(str(path), stage=FIRST_STAGE, payload=payload)
        job = self._memory.jobs.find(number)
        if job is not None:
            self._jobs[facts["sha256"]] = job
        failpoints.hit("ingest.keep")
        return number


def read_sidecar(path: Path) -> str:
    """The text of the XMP file that another program keeps beside a picture ("a.jpg.xmp" or "a.xmp"); may be empty."""
    for beside in (path.with_name(path.name + ".xmp"), path.with_suffix(".xmp"), path.with_suffix(".XMP")):
        try:
            if beside.is_file() and beside.stat().st_size <= MAX_SIDECAR_BYTES:
                return beside.read_text(encoding="utf-8", errors="replace")
        except (OSError, ValueError):
            continue
    return ""


def _find_state(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except (OSError, ValueError):
        return None  # said in words by whoever checks it


def hash_file(path: Path, cancel: CancelToken) -> str:
    """Hash a file's bytes (sha256).

    Raises:
        BadInput: it cannot be read to its end.
    """
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK_BYTES):
                cancel.raise_if_cancelled()
                digest.update(chunk)
    except OSError as error:
        reason = "the disk it lies on is damaged" if error.errno == errno.EIO else (error.strerror or "unknown").lower()
        raise BadInput(f"“{path.name}” cannot be read to its end: {reason}.", hint="Copy it anew.") from error
    return digest.hexdigest()
