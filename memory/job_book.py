"""The jobs of one memory: files on their way into it, each verb is one transaction.

Role: the part of ``Memory`` that deals with jobs, as ``memory.jobs``. A step whose moments are written with it goes
through the verbs of ``Memory`` that take a ``job_step``, so that both share a transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from memory import jobs as table
from memory.database import Database
from memory.jobs import Job, State


class JobBook:
    """The jobs of one memory. Made by ``Memory``; safe from any thread."""

    def __init__(self, database: Database, now_us: Callable[[], int]) -> None:
        self._database, self._now_us = database, now_us

    def add(self, path: str, *, stage: str, payload: Mapping[str, object]) -> int:
        """Queue a file for ingestion; returns the job's number."""
        with self._database.transaction() as connection:
            return table.add_job(connection, str(path), stage=stage, payload=payload, now_us=self._now_us())

    def add_parked(self, path: str, *, stage: str, payload: Mapping[str, object], error: str, hint: str) -> int:
        """Note a file that nothing can be done with, and why, in one transaction; returns the job's number."""
        with self._database.transaction() as connection:
            number = table.add_job(connection, path, stage=stage, payload=payload, now_us=self._now_us())
            table.fail_job(connection, number, error, hint, park=True, now_us=self._now_us())
        return number

    def list_jobs(self, states: Iterable[State] | None = None, *, sha256: str | None = None) -> list[Job]:
        """Jobs in the order they were added: all of them, or those in ``states``, or of one file's content."""
        with self._database.read() as connection:
            return table.list_jobs(connection, states, sha256=sha256)

    def find(self, job_id: int) -> Job | None:
        """Find one job."""
        with self._database.read() as connection:
            return table.find_job(connection, job_id)

    def start(self, job_id: int) -> None:
        """Note that a job's stage begins; a crash from here on counts as a try."""
        with self._database.transaction() as connection:
            table.start_job(connection, job_id, now_us=self._now_us())

    def advance(self, job_id: int, stage: str, payload: Mapping[str, object]) -> None:
        """Note that a job's stage is done and which comes next ("done" finishes it)."""
        with self._database.transaction() as connection:
            table.advance_job(connection, job_id, stage, payload, now_us=self._now_us())

    def finish(self, job_id: int) -> None:
        """Note that nothing is left to do for a job."""
        with self._database.transaction() as connection:
            table.finish_job(connection, job_id, now_us=self._now_us())

    def drop(self, job_id: int) -> None:
        """Forget a job for which nothing is left to do."""
        with self._database.transaction() as connection:
            table.drop_job(connection, job_id)

    def fail(self, job_id: int, error: str, hint: str, *, park: bool) -> None:
        """Note why a job failed, in words; parked jobs wait for the user."""
        with self._database.transaction() as connection:
            table.fail_job(connection, job_id, error, hint, park=park, now_us=self._now_us())

    def retry(self, job_id: int) -> None:
        """Queue a failed or parked job again."""
        with self._database.transaction() as connection:
            table.retry_job(connection, job_id, now_us=self._now_us())
