"""Texts into memory: a note is one moment, a list of moments is many, in batches.

Role: the stage "read" of texts. A bad line of a list is noted with its number and the others are kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from ingest.errors import BadInput
from ingest.texts import LineFault, choose_time, iter_lines, read_note
from ingest.work import Task
from memory import failpoints
from memory.records import Kind, Moment, Session, moment_id
from memory.store import Scope

BATCH = 1000  # lines a transaction
_MOST_FAULTS = 100  # listed one by one; the rest is counted


def read_text(task: Task) -> None:
    """Keep a note as one moment.

    Raises:
        BadInput: it holds no words.
    """
    note = read_note(task.kept_path, name=task.name)
    when = choose_time(
        note, name=task.name, file_us=task.payload["file_us"], zone=task.zone, at_us=task.payload.get("at_us")
    )
    moment = Moment(
        id=moment_id(task.sha256, "note"),
        kind=Kind.NOTE,
        started_us=when.us,
        ended_us=when.us,
        text=note.text,
        zone=when.zone,
        time_source=when.source,
        source=task.sha256,
        media=task.media,
        details={"path": task.job.path},
    )
    task.memory.write_moments([moment], job_step=(task.job.id, "embed", task.payload))
    task.outcome.n_moments += 1


@dataclass(slots=True)
class _Span:
    """What is known of a session while its lines are read."""

    n_lines: int
    started_us: int
    ended_us: int
    zone: str


class _ListReader:
    """Gives the moments of a list their place in their sessions, batch by batch."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self.bases: dict[str, int] = dict(task.payload.get("bases", {}))
        self._done_lines = int(task.payload.get("n_lines", 0))
        self.spans: dict[str, _Span] = {}
        self.faults: list[LineFault] = []
        self.n_faults = 0

    def iter_batches(self) -> Iterator[tuple[list[Moment], int]]:
        """Moments that are not kept yet, and the line up to which they go; bad lines are collected."""
        batch: list[Moment] = []
        number = 0
        for number, found in iter_lines(self._task.kept_path, self._task.sha256):
            if isinstance(found, LineFault):
                self.n_faults += 1
                if len(self.faults) < _MOST_FAULTS:
                    self.faults.append(found)
                continue
            placed = self._place(found, is_done=number <= self._done_lines)
            if number > self._done_lines:
                batch.append(placed)
            if len(batch) >= BATCH:
                yield batch, number
                batch = []
        if batch:
            yield batch, number

    def _place(self, moment: Moment, *, is_done: bool) -> Moment:
        """Number a moment inside its session, behind what other files have put there."""
        if moment.session is None:
            return moment
        span = self.spans.get(moment.session)
        if span is None:
            if not is_done:
                n_before = self._task.memory.count_moments(Scope(sessions=frozenset({moment.session})))
                if n_before:
                    self.bases[moment.session] = n_before
            span = self.spans[moment.session] = _Span(0, moment.started_us, moment.ended_us, moment.zone)
        span.started_us = min(span.started_us, moment.started_us)
        span.ended_us = max(span.ended_us, moment.ended_us)
        span.n_lines += 1
        return replace(moment, ordinal=self.bases.get(moment.session, 0) + span.n_lines - 1)


def read_list(task: Task) -> list[str]:
    """Keep the moments of a list, a batch a transaction.

    Returns:
        What is wrong with its bad lines, in words.

    Raises:
        BadInput: not one line of it is a moment.
        Cancelled: what was committed stays.
    """
    reader = _ListReader(task)
    n_bytes = max(1, task.kept_path.stat().st_size)
    n_kept = n_characters = 0
    for batch, number in reader.iter_batches():
        task.cancel.raise_if_cancelled()
        payload: dict[str, Any] = {**task.payload, "n_lines": number, "bases": reader.bases}
        task.memory.write_moments(batch, job_step=(task.job.id, "read", payload))
        failpoints.hit("ingest.batch")
        n_kept += len(batch)
        n_characters += sum(len(moment.text) + 120 for moment in batch)
        task.report(min(1.0, n_characters / n_bytes))
    _record_sessions(task, reader.spans)
    task.outcome.n_moments += n_kept
    task.outcome.sessions.extend(reader.spans)
    faults = [f"Line {fault.n}: {fault.error}." for fault in reader.faults]
    if reader.n_faults > len(reader.faults):
        faults.append(f"{reader.n_faults - len(reader.faults)} more lines are wrong.")
    if not n_kept and not task.payload.get("n_lines"):
        raise BadInput(
            f"“{task.name}” holds no moments. " + " ".join(faults[:3]), hint="Each line must be one JSON object."
        )
    task.memory.jobs.advance(task.job.id, "embed", dict(task.payload))
    return faults


def _record_sessions(task: Task, spans: dict[str, _Span]) -> None:
    """Record each session of a list, or widen the one that is there; one that did not change is left alone."""
    for name, span in spans.items():
        known = task.memory.find_session(name)
        if known is None:
            new = Session(
                id=name, started_us=span.started_us, ended_us=span.ended_us, zone=span.zone, title=name,
                source=task.sha256,
            )  # fmt: skip
            task.memory.add_session(new)
        elif span.started_us < known.started_us or span.ended_us > known.ended_us:
            widened = replace(
                known,
                started_us=min(known.started_us, span.started_us),
                ended_us=max(known.ended_us, span.ended_us),
            )
            task.memory.add_session(widened)
