"""Calendars into memory: each date of an appointment is a note with its span, in batches.

Role: the stage "read" of calendars. Importing a newer file of the same calendar replaces what it tells anew; what was
taken out of the calendar meanwhile stays until it is forgotten.
"""

from __future__ import annotations

from ingest.calendars import Appointment, read_calendar
from ingest.errors import BadInput
from ingest.files import MAX_NOTE_BYTES
from ingest.texts import decode_text
from ingest.work import Task
from memory import failpoints
from memory.records import CALENDAR, Kind, Moment, TimeSource, moment_id

_BATCH = 500
_AHEAD_US = 366 * 86_400_000_000  # a series is written down for a year to come


def read_appointments(task: Task) -> None:
    """Keep the appointments of a calendar.

    Raises:
        BadInput: it is too large, or holds none.
        Cancelled: what was committed stays.
    """
    path = task.kept_path
    if path.stat().st_size > MAX_NOTE_BYTES:
        raise BadInput(f"“{task.name}” is too large for a calendar.", hint="Export a shorter span of it.")
    text = decode_text(path.read_bytes())
    found = [
        _to_moment(task, appointment)
        for appointment in read_calendar(text, zone=task.zone, until_us=task.now_us + _AHEAD_US)
    ]
    if not found:
        raise BadInput(f"“{task.name}” holds no appointments.", hint="Export the calendar again as .ics.")
    for start in range(0, len(found), _BATCH):
        task.cancel.raise_if_cancelled()
        task.memory.write_moments(found[start : start + _BATCH])
        failpoints.hit("ingest.batch")
        task.report((start + _BATCH) / len(found))
    task.outcome.n_moments += len(found)
    task.memory.jobs.advance(task.job.id, "embed", dict(task.payload))


def _to_moment(task: Task, appointment: Appointment) -> Moment:
    return Moment(
        id=moment_id(f"calendar/{appointment.uid}", appointment.key),
        kind=Kind.NOTE,
        started_us=appointment.started_us,
        ended_us=appointment.ended_us,
        text=appointment.text,
        zone=appointment.zone,
        time_source=TimeSource.GIVEN,
        source=task.sha256,
        app=CALENDAR,
        window=appointment.title,
        details={"path": task.job.path},
    )
