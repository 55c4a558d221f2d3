"""Recordings into memory: a session, then its utterances, committed stretch by stretch.

Role: the stages "read" and "transcribe" of sound. A crash costs the stretch that was being transcribed, no more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from ingest.arrays import Array, load_array
from ingest.audio import RATE_HZ, Stretch, choose_time, open_recording
from ingest.errors import BadArray
from ingest.streams import SoundStream, Splitter
from ingest.utterances import Utterance, build_utterances
from ingest.work import Task
from memory import failpoints
from memory.records import Kind, Media, Moment, Session, TimeSource, moment_id
from models.protocols import Segment, Transcriber


def session_id(sha256: str) -> str:
    """The id of the session of a recording: the same file always gives the same."""
    return "s" + sha256[:21]


def read_recording(task: Task) -> None:
    """Stage "read": find out when, how long and with which microphones; record the session.

    Raises:
        BadInput: there is no sound, or the array does not fit it.
    """
    recording = open_recording(task.kept_path, name=task.name)
    info = recording.info
    told = task.payload.get("array")
    array = _fit_array(load_array(told), info.n_channels, task.name) if told and info.n_channels > 1 else None
    length_s = info.claimed_s or 0.0
    when = choose_time(
        info,
        duration_s=length_s,
        name=task.name,
        file_us=task.payload["file_us"],
        zone=task.zone,
        now_us=task.now_us,
        at_us=task.payload.get("at_us"),
    )
    task.memory.add_session(
        Session(
            id=session_id(task.sha256),
            started_us=when.us,
            ended_us=when.us + round(length_s * 1e6),
            zone=when.zone,
            title=Path(task.name).stem,
            source=task.sha256,
            media=task.media,
            n_channels=info.n_channels,
            rate_hz=info.rate_hz,
            array=array.to_json() if array else None,
        )
    )
    progress = {"time_source": str(when.source), "claimed_s": length_s, "streams": {}}
    task.memory.advance_job(task.job.id, "transcribe", {**task.payload, **progress})


def _fit_array(array: Array, n_channels: int, name: str) -> Array:
    if len(array.positions_m) != n_channels:
        raise BadArray(
            f"“{name}” has {n_channels} channels, but “{array.name}” has {len(array.positions_m)} microphones.",
            hint="Import it again with the right --array, or without one.",
        )
    return array


def transcribe_recording(task: Task, transcriber: Transcriber, splitter: Splitter) -> None:
    """Stage "transcribe": hear the words, one stretch and one transaction at a time.

    Raises:
        BadInput: no sound can be decoded.
        ModelError: the recognizer cannot work.
        Cancelled: what was committed stays.
    """
    session = task.memory.find_session(session_id(task.sha256))
    if session is None:  # its moments were forgotten while it waited: begin again
        task.memory.advance_job(task.job.id, "read", task.payload)
        return
    task.outcome.sessions.append(session.id)
    recording = open_recording(task.kept_path, name=task.name)
    array = load_array(task.payload["array"]) if session.array is not None else None
    payload: dict[str, Any] = dict(task.payload)
    for stream in splitter.split(recording, array):
        for heard, progress in _hear(task, transcriber, session, stream, payload):
            payload["streams"] = {**payload["streams"], str(stream.number): progress}
            payload["length_s"] = max(payload.get("length_s", 0.0), progress["n_samples"] / RATE_HZ)
            task.memory.write_moments(heard, job_step=(task.job.id, "transcribe", payload))
            task.outcome.n_moments += len(heard)
            failpoints.hit("ingest.stretch")
    _close_session(task, session, payload.get("length_s", 0.0))
    task.outcome.notes.extend(dict.fromkeys(recording.notes))
    task.memory.advance_job(task.job.id, "embed", payload)


def _close_session(task: Task, session: Session, length_s: float) -> None:
    """Replace the length that the header claimed by the one that was read."""
    media = replace(task.media, duration_s=round(length_s, 3))
    task.memory.add_session(replace(session, ended_us=session.started_us + round(length_s * 1e6), media=media))


def _hear(
    task: Task, transcriber: Transcriber, session: Session, stream: SoundStream, payload: dict[str, Any]
) -> Iterator[tuple[list[Moment], dict[str, int]]]:
    """Transcribe what is left of a stream; yields each stretch's moments and how far the stream then is."""
    done = payload["streams"].get(str(stream.number), {"n_samples": 0, "n_moments": 0, "finished": 0})
    if done.get("finished"):
        return
    ordinal = int(done["n_moments"])
    claimed_s = float(payload.get("claimed_s") or 0.0)
    for stretch in stream.iter_stretches(int(done["n_samples"])):
        task.cancel.raise_if_cancelled()
        utterances = build_utterances(_transcribe(task, transcriber, stretch, claimed_s))
        moments = [
            _to_moment(task, session, stream, ordinal + index, utterance, transcriber.producer)
            for index, utterance in enumerate(utterances)
        ]
        ordinal += len(moments)
        end = stretch.start_sample + len(stretch.audio)
        yield moments, {"n_samples": end, "n_moments": ordinal, "finished": int(stretch.is_last)}


def _transcribe(task: Task, transcriber: Transcriber, stretch: Stretch, claimed_s: float) -> Iterator[Segment]:
    """Hear one stretch; times are moved to the start of the recording."""
    if len(stretch.audio) < RATE_HZ // 20:
        return

    def tell(done_s: float) -> None:
        total_s = max(claimed_s, stretch.start_s + stretch.duration_s)
        task.report(min(1.0, (stretch.start_s + done_s) / total_s))

    for segment in transcriber.transcribe(stretch.audio, cancel=task.cancel, report=tell):
        yield replace(
            segment,
            start_s=segment.start_s + stretch.start_s,
            end_s=segment.end_s + stretch.start_s,
            words=tuple(
                replace(word, start_s=word.start_s + stretch.start_s, end_s=word.end_s + stretch.start_s)
                for word in segment.words
            ),
        )
    task.cancel.raise_if_cancelled()  # a recognizer that stops early must not pass for one that heard everything


def _to_moment(
    task: Task, session: Session, stream: SoundStream, ordinal: int, utterance: Utterance, producer: str
) -> Moment:
    words = [[w.text.strip(), round(w.start_s, 3), round(w.end_s, 3), round(w.probability, 3)] for w in utterance.words]
    offset_s, duration_s = round(utterance.start_s, 3), round(utterance.end_s - utterance.start_s, 3)
    return Moment(
        id=moment_id(task.sha256, f"{stream.number}/{ordinal}"),
        kind=Kind.UTTERANCE,
        started_us=session.started_us + round(utterance.start_s * 1e6),
        ended_us=session.started_us + round(utterance.end_s * 1e6),
        text=utterance.text,
        zone=session.zone,
        time_source=TimeSource(task.payload["time_source"]),
        source=task.sha256,
        session=session.id,
        stream=stream.number,
        ordinal=ordinal,
        azimuth_rad=stream.azimuth_rad,
        media=Media(task.sha256, task.media.suffix, offset_s, duration_s),
        producer=producer,
        details={"words": words, "path": task.job.path},
    )
