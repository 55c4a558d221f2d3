"""A recording that still goes on, chapter by chapter into memory: the job of its session, begun before it ends.

Role: the rows of such a job and one step of it. The job is an ordinary one that is ahead of its file: when the session
ends, its file is kept (``end_live``) and the importer does what is left, as it does after a crash. Nothing here runs by
itself.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ingest.arrays import load_array
from ingest.audio import RATE_HZ
from ingest.live_sound import LiveChapter
from ingest.recordings import transcribe_chapters
from ingest.separation import DirectionSplitter
from ingest.spool import SessionFacts
from ingest.work import LIVE, FileFacts, Task, session_id
from memory import failpoints
from memory.records import Media, Session, Source, TimeSource
from memory.store import Job, Memory
from models.protocols import Transcriber, VoiceEmbedder


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveRecording:
    """A session of the spool.

    Attributes:
        key: Its name in the spool.
        name: What its file will be called.
        facts: What was known when it began.
    """

    key: str
    name: str
    facts: SessionFacts

    @property
    def identity(self) -> str:
        """Stands for the hash of a file that is not whole yet: the same session always has the same."""
        return hashlib.sha256(f"live/{self.key}/{self.facts}".encode()).hexdigest()


def find_live_job(memory: Memory, recording: LiveRecording) -> Job | None:
    """The job of a session, whatever its stage, or None."""
    return next((job for job in memory.jobs.list_jobs() if job.sha256 == recording.identity), None)


def begin_live(memory: Memory, recording: LiveRecording, *, zone: str, now_us: int, from_sample: int = 0) -> Job:
    """Begin a session in memory and queue its job.

    Args:
        memory: Where to.
        recording: What goes on.
        zone: The user's.
        now_us: The time.
        from_sample: Sound before this (at 16 kHz) is not to be heard: the user had it forgotten.
    """
    facts, sha256 = recording.facts, recording.identity
    memory.sources.add(Source(sha256=sha256, path=recording.name, n_bytes=0, mime="audio/flac", imported_us=now_us))
    memory.add_session(
        Session(
            id=session_id(sha256), started_us=facts.started_us, ended_us=facts.started_us, zone=zone,
            title=Path(recording.name).stem, source=sha256, n_channels=facts.n_channels, rate_hz=facts.rate_hz,
            array=load_array(facts.array).to_json() if facts.array else None,
        )
    )  # fmt: skip
    told = FileFacts(
        sha256=sha256, suffix=Path(recording.name).suffix, holds="audio", mime="audio/flac", name=recording.name,
        file_us=facts.started_us, at_us=None, array=facts.array,
    )  # fmt: skip
    separated = {"ends": [from_sample]} if from_sample else None
    progress = {"time_source": str(TimeSource.RECORDING), "claimed_s": 0.0, "streams": {}, "separated": separated}
    number = memory.jobs.add(recording.name, stage=LIVE, payload={**told, **progress})
    failpoints.hit("live.begin")
    job = memory.jobs.find(number)
    assert job is not None
    return job


def take_chapter(
    task: Task,
    heard: LiveChapter,
    transcriber: Transcriber,
    splitter: DirectionSplitter,
    voices: VoiceEmbedder | None = None,
) -> None:
    """Separate and transcribe one chapter; each half is committed with the job's progress.

    Raises:
        ModelError: the recognizer cannot work; what was separated stays.
        Cancelled: what was committed stays.
    """
    memory, sha256 = task.memory, task.sha256
    session = memory.find_session(session_id(sha256))
    if session is not None:
        ended_us = session.started_us + round(heard.chapter.end_sample / RATE_HZ * 1e6)
        memory.add_session(replace(session, ended_us=max(ended_us, session.ended_us)))
    splitter.separate_chapter(task, heard.chapter, load_array(task.payload["array"]), context=heard.context)
    failpoints.hit("live.separated")
    job = memory.jobs.find(task.job.id)
    if job is not None:
        transcribe_chapters(replace(task, job=job), transcriber, splitter, voices)
    failpoints.hit("live.chapter")


def end_live(memory: Memory, job: Job, path: Path, *, length_s: float) -> None:
    """Keep the whole file of a session that has ended; what is left to do is the importer's."""
    media = memory.keep_file(path)
    failpoints.hit("live.kept")
    if job.stage != LIVE:
        return
    session = memory.find_session(session_id(str(job.sha256)))
    if session is not None:
        ended_us = session.started_us + round(length_s * 1e6)
        kept = Media(media.sha256, media.suffix, 0.0, round(length_s, 3))
        memory.add_session(replace(session, ended_us=ended_us, media=kept))
    payload: dict[str, Any] = {
        **job.payload,
        "media_sha256": media.sha256,
        "suffix": media.suffix,
        "claimed_s": length_s,
    }
    memory.jobs.advance(job.id, "separate" if session is not None else "read", payload)


def samples_done(job: Job) -> int:
    """How far a session was separated, in samples at 16 kHz."""
    ends = (job.payload.get("separated") or {}).get("ends") or [0]
    return int(ends[-1])
