"""Spoken notes into memory: the sound kept as a file, a note at once, and its words later.

Role: from a session of the spool of notes (``spoken``) to a moment, and the stages "read" and "transcribe" of its job.
The session leaves the spool when the moment is written, so that whatever ends the program, ``keep_note`` does the rest
at the next start, and does it once.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from ingest.audio import open_recording
from ingest.spool import Spool
from ingest.spool_join import Joined, join_session
from ingest.utterances import build_utterances
from ingest.work import Task
from memory import failpoints
from memory.home import write_whole
from memory.records import REMEMBERED, Kind, Media, Moment, Session, Source, TimeSource, moment_id
from memory.store import Memory
from models.protocols import Segment, Transcriber

FOLDER = "spoken"  # of the home; apart from recordings, which are whole sessions of many people
HOLDS = "spoken"
NAME = "spoken note"
_BELONGS = "belongs.json"
_CLEARED = "cleared"


@dataclass(frozen=True, slots=True)
class KeptNote:
    """The moment of a note, and the job that finds its words."""

    moment: str
    job: int


def note_session(spool: Spool, key: str, session: str, ordinal: int) -> None:
    """Note what a spoken note belongs to, and which place it has in there, so that a crash does not part them."""
    write_whole(spool.session_folder(key) / _BELONGS, json.dumps({"session": session, "ordinal": ordinal}))


def note_cleared(spool: Spool, key: str) -> None:
    """Note that it was heard to its end and that it may be kept: nothing forbade it while somebody spoke."""
    write_whole(spool.session_folder(key) / _CLEARED, "")


def is_cleared(spool: Spool, key: str) -> bool:
    """Whether that was noted; where not, a crash came while somebody spoke."""
    return (spool.session_folder(key) / _CLEARED).exists()


def keep_note(memory: Memory, spool: Spool, key: str, *, zone: str) -> KeptNote | None:
    """Bring a note into memory and take it out of the spool; None where not one whole block of sound was written.

    Raises:
        MemoryFault, OSError: the disk is full or the home cannot be used; the note stays in the spool.
    """
    folder = spool.session_folder(key)
    joined = join_session(folder, zone=zone) if folder.is_dir() else None
    if joined is None or joined.path is None:
        spool.delete(key)
        return None
    media = memory.keep_file(joined.path)
    failpoints.hit("spoken.file")
    job = next(iter(memory.jobs.list_jobs(sha256=media.sha256)), None)
    payload = _describe(joined, media, _read_belongs(spool, key)) if job is None else job.payload
    number = memory.jobs.add(NAME, stage="read", payload=payload) if job is None else job.id
    failpoints.hit("spoken.job")
    if job is None or job.stage == "read":
        _write(memory, number, payload, n_bytes=joined.path.stat().st_size, zone=zone)
    failpoints.hit("spoken.kept")
    spool.delete(key)
    return KeptNote(str(payload["moment"]), number)


def recover_note(task: Task) -> None:
    """Stage "read": a crash came between the job and its moment."""
    _write(task.memory, task.job.id, task.payload, n_bytes=task.kept_path.stat().st_size, zone=task.zone)


def hear_note(task: Task, transcriber: Transcriber) -> None:
    """Stage "transcribe": the words of a note; one that was forgotten meanwhile stays forgotten.

    Raises:
        BadInput: its sound cannot be decoded.
        ModelError: the recognizer cannot work.
        Cancelled: nothing is written.
    """
    segments: list[Segment] = []
    for stretch in open_recording(task.kept_path, name=task.name).iter_stretches():
        for segment in transcriber.transcribe(stretch.audio, cancel=task.cancel):
            segments.append(_move(segment, stretch.start_s))
        task.cancel.raise_if_cancelled()  # a recognizer that stops early must not pass for one that heard everything
    utterances = build_utterances(segments)
    moment = task.memory.find_moments([str(task.payload["moment"])]).get(str(task.payload["moment"]))
    if moment is None:
        task.memory.jobs.drop(task.job.id)
        return
    words = [
        [word.text.strip(), round(word.start_s, 3), round(word.end_s, 3), round(word.probability, 3)]
        for utterance in utterances
        for word in utterance.words
    ]
    heard = replace(
        moment,
        text="\n".join(utterance.text for utterance in utterances),
        producer=transcriber.producer,
        details={**moment.details, "words": words},
    )
    task.memory.write_moments([heard], job_step=(task.job.id, "embed", task.payload))
    task.outcome.n_moments += 1


def _describe(joined: Joined, media: Media, belongs: Mapping[str, Any]) -> dict[str, Any]:
    facts = joined.facts
    return {
        "sha256": media.sha256, "suffix": media.suffix, "holds": HOLDS, "mime": "audio/flac", "name": NAME,
        "file_us": facts.started_us, "at_us": facts.started_us, "ended_us": joined.ended_us, "array": None,
        "moment": moment_id(media.sha256, HOLDS), **belongs,
    }  # fmt: skip


def _write(memory: Memory, number: int, payload: Mapping[str, Any], *, n_bytes: int, zone: str) -> None:
    """The moment without its words, and the job's next stage with it."""
    at_us, ended_us, session = int(payload["at_us"]), int(payload["ended_us"]), payload.get("session")
    sha256 = str(payload["sha256"])
    memory.sources.add(Source(sha256=sha256, path=NAME, n_bytes=n_bytes, mime=str(payload["mime"]), imported_us=at_us))
    if session is not None:
        known = memory.find_session(session)
        new = known or Session(id=session, started_us=at_us, ended_us=ended_us, zone=zone, title=REMEMBERED)
        memory.add_session(replace(new, ended_us=max(new.ended_us, ended_us)))
    moment = Moment(
        id=str(payload["moment"]),
        kind=Kind.NOTE,
        started_us=at_us,
        ended_us=ended_us,
        text="",
        zone=zone,
        time_source=TimeSource.RECORDING,
        source=sha256,
        session=session,
        ordinal=int(payload.get("ordinal", 0)),
        media=Media(sha256, str(payload["suffix"]), 0.0, round((ended_us - at_us) / 1e6, 3)),
    )
    memory.write_moments([moment], job_step=(number, "transcribe", payload))


def _read_belongs(spool: Spool, key: str) -> dict[str, Any]:
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        told = json.loads((spool.session_folder(key) / _BELONGS).read_text(encoding="utf-8"))
        return {"session": str(told["session"]), "ordinal": int(told["ordinal"])}
    return {}


def _move(segment: Segment, by_s: float) -> Segment:
    words = tuple(replace(word, start_s=word.start_s + by_s, end_s=word.end_s + by_s) for word in segment.words)
    return replace(segment, start_s=segment.start_s + by_s, end_s=segment.end_s + by_s, words=words)
