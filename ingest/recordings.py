"""Recordings into memory: a session, then its utterances, committed stretch by stretch.

Role: the stages "read", "separate" and "transcribe" of sound. A crash costs the stretch that was being worked on, no
more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from ingest.arrays import Array, load_array
from ingest.audio import RATE_HZ, AudioInfo, Recording, Stretch, choose_time, open_recording
from ingest.errors import BadArray
from ingest.leaks import StreamWords, drop_leaks
from ingest.nearest import level_db
from ingest.speakers import SpeakerEar, to_prints
from ingest.streams import SoundStream, Splitter, Spot
from ingest.times import When
from ingest.utterances import Utterance, build_utterances
from ingest.work import Task, session_id, to_place
from memory import failpoints
from memory.records import Kind, Media, Moment, Session, TimeSource, Voiceprint, moment_id
from models.protocols import Segment, Transcriber, VoiceEmbedder

_SEPARATE_SHARE = 0.5  # of the work on a recording whose directions are separated
_PEAK = 0.5  # what the recognizer is given of a separated stream; its detector of speech goes by level


def read_recording(task: Task, *, when: When | None = None, added: Mapping[str, Any] | None = None) -> None:
    """Stage "read": find out when, how long and with which microphones; record the session.

    Args:
        task: The recording.
        when: When it began, where the caller knows better than the sound.
        added: More for the payload of a video, whose scenes come before its sound.

    Raises:
        BadInput: there is no sound, or the array does not fit it.
    """
    recording = open_recording(task.kept_path, name=task.name)
    info = recording.info
    told = task.payload.get("array")
    array = _fit_array(load_array(told), info.n_channels, task.name) if told and info.n_channels > 1 else None
    length_s = info.claimed_s or 0.0
    when = when or choose_time(
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
    progress = {"time_source": str(when.source), "claimed_s": length_s, "streams": {}, "separated": None}
    stage = "separate" if array else "transcribe"
    if added is None:
        task.memory.jobs.advance(task.job.id, stage, {**task.payload, **progress})
    else:
        task.memory.jobs.advance(task.job.id, "scenes", {**task.payload, **progress, **added, "then": stage})


def _fit_array(array: Array, n_channels: int, name: str) -> Array:
    if len(array.positions_m) != n_channels:
        raise BadArray(
            f"“{name}” has {n_channels} channels, but “{array.name}” has {len(array.positions_m)} microphones.",
            hint="Import it again with the right --array, or without one.",
        )
    return array


def separate_recording(task: Task, splitter: Splitter) -> None:
    """Stage "separate": find the directions of a recording whose array is known.

    Raises:
        BadInput: no sound can be decoded.
        Cancelled: what was committed stays.
    """
    recording = open_recording(task.kept_path, name=task.name)
    halved = replace(task, report=lambda share: task.report(_SEPARATE_SHARE * share))
    added = splitter.separate(halved, recording, load_array(task.payload["array"]))
    task.memory.jobs.advance(task.job.id, "transcribe", {**task.payload, **added})


def transcribe_recording(
    task: Task, transcriber: Transcriber, splitter: Splitter, voices: VoiceEmbedder | None = None
) -> None:
    """Stage "transcribe": hear the words and the voices, one stretch of all streams and one transaction at a time.

    Raises:
        BadInput: no sound can be decoded.
        ModelError: the recognizer cannot work.
        Cancelled: what was committed stays.
    """
    session = task.memory.find_session(session_id(task.sha256))
    if session is None:  # its moments were forgotten while it waited: begin again
        task.memory.jobs.advance(task.job.id, "read", task.payload)
        return
    task.outcome.sessions.append(session.id)
    recording = open_recording(task.kept_path, name=task.name)
    array = load_array(task.payload["array"]) if session.array is not None else None
    payload: dict[str, Any] = dict(task.payload)
    streams = splitter.split(task, recording, array)
    hearers = (transcriber, voices)
    spoken = Counter(payload.get("spoken") or {})
    for moments, prints, progress in _hear(task, hearers, session, streams, spoken):
        payload["streams"], payload["spoken"] = progress, dict(spoken)
        payload["length_s"] = max(one["n_samples"] for one in progress.values()) / RATE_HZ
        task.memory.write_moments(moments, job_step=(task.job.id, "transcribe", payload), voiceprints=prints)
        task.outcome.n_moments += len(moments)
        failpoints.hit("ingest.stretch")
    _close_session(task, session, payload.get("length_s", 0.0))
    task.outcome.notes.extend(dict.fromkeys(recording.notes))
    task.memory.jobs.advance(task.job.id, "voices", payload)


def transcribe_chapters(
    task: Task, transcriber: Transcriber, splitter: Splitter, voices: VoiceEmbedder | None = None
) -> None:
    """Hear what was separated so far of a recording that still goes on.

    Raises:
        ModelError: the recognizer cannot work.
        Cancelled: what was committed stays.
    """
    session = task.memory.find_session(session_id(task.sha256))
    if session is None:
        return
    info = AudioInfo(
        n_channels=session.n_channels, rate_hz=session.rate_hz, codec="", has_video=False, created_us=None,
        claimed_s=None,
    )  # fmt: skip
    streams = splitter.split(task, Recording(Path(), task.name, info), load_array(task.payload["array"]))
    payload: dict[str, Any] = dict(task.payload)
    spoken = Counter(payload.get("spoken") or {})
    for moments, prints, progress in _hear(task, (transcriber, voices), session, streams, spoken):
        payload["streams"], payload["spoken"] = progress, dict(spoken)
        task.memory.write_moments(moments, job_step=(task.job.id, task.job.stage, payload), voiceprints=prints)
        task.outcome.n_moments += len(moments)


def _close_session(task: Task, session: Session, length_s: float) -> None:
    """Replace the length that the header claimed by the one that was read."""
    media = replace(task.media, duration_s=round(length_s, 3))
    task.memory.add_session(replace(session, ended_us=session.started_us + round(length_s * 1e6), media=media))


_Progress = dict[str, dict[str, int]]


def _hear(
    task: Task,
    hearers: tuple[Transcriber, VoiceEmbedder | None],
    session: Session,
    streams: Sequence[SoundStream],
    spoken: Counter[str],
) -> Iterator[tuple[list[Moment], list[Voiceprint], _Progress]]:
    """Transcribe what is left; yields each stretch's moments and prints and how far the streams then are.

    ``spoken`` are the letters that were heard in each language so far; what is heard now is added.
    """
    transcriber, voices = hearers
    ear = SpeakerEar(voices, task)
    done: _Progress = dict(task.payload["streams"])
    nothing = {"n_samples": 0, "n_moments": 0, "finished": 0}
    states = [done.get(str(stream.number), nothing) for stream in streams]
    if all(state["finished"] for state in states):
        return
    skip_samples = max(int(state["n_samples"]) for state in states)
    ordinals = [int(state["n_moments"]) for state in states]
    for stretches in zip(*(stream.iter_stretches(skip_samples) for stream in streams), strict=True):
        heard = []
        for index, stretch in enumerate(stretches):
            task.cancel.raise_if_cancelled()
            likely = max(spoken, key=spoken.__getitem__, default=None) or None
            segments = list(_transcribe(task, transcriber, stretch, (index, len(streams)), likely=likely))
            for segment in segments:
                spoken[segment.language] += len(segment.text)
            heard.append(StreamWords(build_utterances(segments), stretch.audio, stretch.start_s))
        drop_leaks(heard)
        ear.split(heard)
        moments: list[Moment] = []
        prints: list[Voiceprint] = []
        for index, (stream, words) in enumerate(zip(streams, heard, strict=True)):
            said = [
                _to_moment(
                    task,
                    session,
                    stream,
                    ordinals[index] + nth,
                    utterance,
                    transcriber.producer,
                    level_db=level_db(words.cut(utterance.start_s, utterance.end_s)),
                )
                for nth, utterance in enumerate(words.utterances)
            ]
            prints += to_prints([m.id for m in said], ear.embed(words), voices.producer if voices else "")
            moments += said
            ordinals[index] += len(said)
            end = stretches[index].start_sample + len(stretches[index].audio)
            is_last = int(stretches[index].is_last)
            done[str(stream.number)] = {"n_samples": end, "n_moments": ordinals[index], "finished": is_last}
        yield moments, prints, dict(done)


def _transcribe(
    task: Task, transcriber: Transcriber, stretch: Stretch, place: tuple[int, int], *, likely: str | None
) -> Iterator[Segment]:
    """Hear one stretch of one of several streams; times are moved to the start of the recording.

    ``likely`` is what the streams before it speak: a short or faint one alone may be taken for any language.
    """
    is_separated = task.payload.get("separated") is not None
    if len(stretch.audio) < RATE_HZ // 20 or (is_separated and not stretch.audio.any()):
        return
    claimed_s = float(task.payload.get("claimed_s") or 0.0)

    def tell(done_s: float) -> None:
        total_s = max(claimed_s, stretch.start_s + stretch.duration_s)
        nth, n_streams = place
        share = min(1.0, (stretch.start_s + (nth * stretch.duration_s + done_s) / n_streams) / total_s)
        task.report(_SEPARATE_SHARE + (1 - _SEPARATE_SHARE) * share if is_separated else share)

    audio = stretch.audio
    if is_separated:
        audio = audio * np.float32(_PEAK / np.abs(audio).max())
    for segment in transcriber.transcribe(audio, likely=likely, cancel=task.cancel, report=tell):
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
    task: Task,
    session: Session,
    stream: SoundStream,
    ordinal: int,
    utterance: Utterance,
    producer: str,
    *,
    level_db: float,
) -> Moment:
    words = [[w.text.strip(), round(w.start_s, 3), round(w.end_s, 3), round(w.probability, 3)] for w in utterance.words]
    spot = _locate(task, stream, utterance)
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
        azimuth_rad=spot.azimuth_rad,
        media=spot.media,
        place=to_place(task.payload),
        producer=producer,
        details={"words": words, "path": task.job.path, "level_db": round(level_db, 1)},
    )


def _locate(task: Task, stream: SoundStream, utterance: Utterance) -> Spot:
    if stream.locate is not None:
        return stream.locate(utterance.start_s, utterance.end_s)
    offset_s, duration_s = round(utterance.start_s, 3), round(utterance.end_s - utterance.start_s, 3)
    return Spot(stream.azimuth_rad, Media(task.sha256, task.media.suffix, offset_s, duration_s))
