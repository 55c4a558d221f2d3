"""Jobs: one row per file on its way into memory, with the stage it has reached. They survive any crash.

Role: rows and their states; what a stage does is ingest's business. Functions take a connection, so that a step and
the moments it made can share a transaction.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from memory.database import Connection
from memory.errors import NotFound
from memory.texts import dump_json, dump_path, load_path, to_storable

State = Literal["queued", "running", "done", "failed", "parked"]
DONE = "done"
_COLUMNS = "id, path, sha256, stage, state, tries, error, hint, payload, created_us, updated_us"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One file's way through the stages.

    Attributes:
        id: Number of the row.
        path: Where the file was found.
        sha256: Hash of its bytes once known ("sha256" in the payload), or None.
        stage: The stage that comes next (or runs now); "done" at the end.
        state: "queued", "running", "done", "failed" (may be retried) or "parked" (needs the user).
        tries: How often the present stage was begun.
        error, hint: Why it failed and what to do, in words; empty otherwise.
        payload: What the stages hand on, JSON-able.
    """

    id: int
    path: str
    sha256: str | None
    stage: str
    state: State
    tries: int
    error: str
    hint: str
    payload: Mapping[str, Any]
    created_us: int
    updated_us: int


def add_job(connection: Connection, path: str, *, stage: str, payload: Mapping[str, object], now_us: int) -> int:
    """Queue a file; returns the job's number."""
    cursor = connection.execute(
        "INSERT INTO job (path, sha256, stage, state, payload, created_us, updated_us)"
        " VALUES (?, ?, ?, 'queued', ?, ?, ?)",
        (dump_path(path), payload.get("sha256"), stage, dump_json(dict(payload)), now_us, now_us),
    )
    return int(cursor.lastrowid or 0)


def list_jobs(connection: Connection, states: Iterable[State] | None = None, *, sha256: str | None = None) -> list[Job]:
    """Read jobs in the order they were added; all of them, or those in ``states``, or of one file's content."""
    where, values = "", []
    if states is not None:
        where, values = " WHERE state IN (SELECT value FROM json_each(?))", [json.dumps(sorted(states))]
    if sha256 is not None:
        where, values = f"{where} AND sha256 = ?" if where else " WHERE sha256 = ?", [*values, sha256]
    return [_to_job(row) for row in connection.execute(f"SELECT {_COLUMNS} FROM job{where} ORDER BY id", values)]


def find_job(connection: Connection, job_id: int) -> Job | None:
    """Find one job."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM job WHERE id = ?", (job_id,)).fetchone()
    return _to_job(row) if row else None


def start_job(connection: Connection, job_id: int, *, now_us: int) -> None:
    """Note that its stage begins; a crash from here on counts as a try."""
    _update(connection, job_id, "state = 'running', tries = tries + 1, updated_us = ?", (now_us,))


def advance_job(connection: Connection, job_id: int, stage: str, payload: Mapping[str, object], *, now_us: int) -> None:
    """Note that a stage is done and which comes next; ``DONE`` finishes the job. The next stage's tries begin at 0."""
    state = "'done'" if stage == DONE else "CASE state WHEN 'running' THEN 'running' ELSE 'queued' END"
    _update(
        connection,
        job_id,
        f"state = {state}, stage = ?, payload = ?, sha256 = coalesce(?, sha256), tries = 0,"
        " error = '', hint = '', updated_us = ?",
        (stage, dump_json(dict(payload)), payload.get("sha256"), now_us),
    )


def finish_job(connection: Connection, job_id: int, *, now_us: int) -> None:
    """Note that nothing is left to do."""
    _update(connection, job_id, "state = 'done', stage = 'done', error = '', hint = '', updated_us = ?", (now_us,))


def drop_job(connection: Connection, job_id: int) -> None:
    """Forget a job: nothing is left to do, and nothing needs to know that it was."""
    connection.execute("DELETE FROM job WHERE id = ?", (job_id,))


def fail_job(connection: Connection, job_id: int, error: str, hint: str, *, park: bool, now_us: int) -> None:
    """Note why its stage failed; a failure that was not begun with ``start_job`` counts as a try as well."""
    _update(
        connection,
        job_id,
        "tries = tries + (state <> 'running'), state = ?, error = ?, hint = ?, updated_us = ?",
        ("parked" if park else "failed", to_storable(error), to_storable(hint), now_us),
    )


def retry_job(connection: Connection, job_id: int, *, now_us: int) -> None:
    """Queue a failed or parked job again, with no tries against it."""
    _update(connection, job_id, "state = 'queued', tries = 0, error = '', hint = '', updated_us = ?", (now_us,))


def requeue_running(connection: Connection) -> int:
    """Queue what a dead process left running; returns how many. Their tries stay: a file that kills is found out."""
    return int(connection.execute("UPDATE job SET state = 'queued' WHERE state = 'running'").rowcount)


def _update(connection: Connection, job_id: int, change: str, values: tuple[object, ...]) -> None:
    if connection.execute(f"UPDATE job SET {change} WHERE id = ?", (*values, job_id)).rowcount == 0:
        raise NotFound(f"There is no job {job_id}.")


def _to_job(row: tuple[Any, ...]) -> Job:
    number, path, sha256, stage, state, tries, error, hint, payload, created_us, updated_us = row
    return Job(
        id=number, path=load_path(path), sha256=sha256, stage=stage, state=state, tries=tries, error=error, hint=hint,
        payload=json.loads(payload), created_us=created_us, updated_us=updated_us,
    )  # fmt: skip
