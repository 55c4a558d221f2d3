"""Separation of array recordings: one stream and one sound file a direction, chapter by chapter.

Role: the splitter that hears directions. Its stage keeps each chapter's voices as media and commits them together with
the job's progress, so that a crash costs one chapter; hours of audio need the memory of one. The raw file stays the
session's media.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ingest.arrays import Array
from ingest.audio import RATE_HZ, Recording, Stretch
from ingest.channels import Chapter, iter_chapters
from ingest.chapters import Voice, hear_chapter, mean_azimuth_rad
from ingest.errors import BadInput
from ingest.hearing.blocks import MATCH_RAD, BlockOptions
from ingest.hearing.calibrate import Calibration
from ingest.hearing.geometry import angle_between
from ingest.mixdown import FloatArray
from ingest.streams import MixDown, SoundStream, Spot
from ingest.work import LIVE, Task, session_id
from memory import failpoints
from memory.records import Media, StreamPart, StreamSpan
from memory.store import Memory

CHAPTER_S = 240.0  # 16 channels of it are 245 MB
PAD_S = 0.3  # kept around speech: soft beginnings and ends
BRIDGE_S = 1.0  # a shorter pause in a stream is heard as well
_CHECK_AGAIN_S = 120.0  # microphones that were well are not looked at again before in a recording that still goes on


@dataclass(frozen=True, slots=True)
class _Progress:
    """How far a recording is separated, as it stands in the job's payload.

    Attributes:
        ends: Where each finished chapter ends, in samples.
        tracks: Number and last azimuth of each stream so far.
        notes: What a person should know, in words.
    """

    ends: tuple[int, ...] = ()
    finished: bool = False
    tracks: tuple[tuple[int, float | None], ...] = ()
    notes: tuple[str, ...] = ()

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> _Progress:
        told = payload.get("separated") or {}
        return cls(
            ends=tuple(told.get("ends", ())),
            finished=bool(told.get("finished")),
            tracks=tuple((number, azimuth_rad) for number, azimuth_rad in told.get("tracks", ())),
            notes=tuple(told.get("notes", ())),
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "ends": list(self.ends),
            "finished": self.finished,
            "tracks": [list(track) for track in self.tracks],
            "notes": list(self.notes),
        }


class DirectionSplitter:
    """Separates a recording whose array is known into its directions; others are mixed down.

    Args:
        chapter_s: Separated and committed in one go: a crash costs at most this much.
        options: How a chapter is cut into blocks and separated.
    """

    def __init__(self, *, chapter_s: float = CHAPTER_S, options: BlockOptions | None = None) -> None:
        self._chapter_s = chapter_s
        self._options = options or BlockOptions()
        self._well: _Well | None = None

    def separate(self, task: Task, recording: Recording, array: Array) -> Mapping[str, Any]:
        """Separate what is left of a recording."""
        progress = _Progress.from_payload(task.payload)
        if progress.finished:
            return {"separated": progress.to_json()}
        done = progress.ends[-1] if progress.ends else 0
        for chapter in iter_chapters(recording, chapter_s=self._chapter_s, skip_samples=done):
            progress = replace(progress, notes=tuple(dict.fromkeys((*progress.notes, *recording.notes))))
            progress = self._separate_chapter(task, chapter, array, progress)
            failpoints.hit("ingest.chapter")
        return {"separated": progress.to_json()}

    def separate_chapter(self, task: Task, chapter: Chapter, array: Array, *, context: FloatArray) -> None:
        """Separate and commit the next chapter of a recording that still goes on.

        Args:
            task: Its job, at any stage; the stage stays.
            chapter: What follows the chapters before.
            array: The microphones.
            context: The sound before it, float32 (channels, samples): heard with it, for longer blocks separate better.
        """
        self._separate_chapter(task, chapter, array, _Progress.from_payload(task.payload), context=context)

    def split(self, task: Task, recording: Recording, array: Array | None) -> Sequence[SoundStream]:
        """Give a stream a direction; one mixed down where nothing was separated."""
        progress = _Progress.from_payload(task.payload)
        if array is None or not (progress.finished or task.job.stage == LIVE):
            return MixDown().split(task, recording, array)
        recording.notes.extend(progress.notes)
        parts = task.memory.list_streams(session_id(task.sha256))
        numbers = sorted({part.number for part in parts}) or [0]  # silence is a stream without parts
        return [
            _Separated(
                task.memory,
                number,
                tuple(p for p in parts if p.number == number),
                progress.ends,
                recording.name,
                is_whole=progress.finished,
            ).to_stream()
            for number in numbers
        ]

    def _find_well(self, task: Task, chapter: Chapter) -> Calibration | None:
        """What was found of the microphones a short while ago, if they were well."""
        well = self._well
        if well is None or well.sha256 != task.sha256:
            return None
        return well.calibration if 0 <= chapter.start_sample - well.sample < _CHECK_AGAIN_S * RATE_HZ else None

    def _separate_chapter(
        self, task: Task, chapter: Chapter, array: Array, before: _Progress, *, context: FloatArray | None = None
    ) -> _Progress:
        total_s = max(float(task.payload.get("claimed_s") or 0.0), chapter.end_sample / RATE_HZ)

        def step(share: float) -> None:
            task.cancel.raise_if_cancelled()
            task.report(min(1.0, (chapter.start_sample + share * chapter.audio.shape[1]) / RATE_HZ / total_s))

        audio = chapter.audio if context is None else np.concatenate([context, chapter.audio], axis=1)
        well = None if context is None else self._find_well(task, chapter)
        heard = hear_chapter(audio, array.positions_m, options=self._options, calibration=well, step=step)
        if well is None and heard.calibration is not None and not heard.calibration.issues:
            self._well = _Well(task.sha256, chapter.start_sample, heard.calibration)
        heard = replace(heard, voices=tuple(cut_voices(heard.voices, audio.shape[1] - chapter.audio.shape[1])))
        numbers, tracks = match_tracks([voice.azimuth_rad for voice in heard.voices], before.tracks)
        loudest = max((float(np.abs(voice.audio).max()) for voice in heard.voices), default=0.0)
        gain = np.float32(min(1.0, 1.0 / max(loudest, 1e-9)))  # one for all: how they compare must not change
        session = session_id(task.sha256)
        parts = []
        for number, voice in zip(numbers, heard.voices, strict=True):
            step(1.0)
            media = task.memory.keep_bytes(_encode(voice.audio * gain), ".flac")
            parts.append(_to_part(session, number, voice, chapter.start_sample / RATE_HZ, media))
        progress = _Progress(
            ends=(*before.ends, chapter.end_sample),
            finished=chapter.is_last,
            tracks=tracks,
            notes=tuple(dict.fromkeys((*before.notes, *heard.notes))),
        )
        payload = {**task.payload, "separated": progress.to_json()}
        task.memory.add_streams(parts, job_step=(task.job.id, task.job.stage, payload))
        return progress


@dataclass(frozen=True, slots=True)
class _Well:
    """In which recording, and from which sample on, nothing was wrong with the microphones."""

    sha256: str
    sample: int
    calibration: Calibration


def cut_voices(voices: Sequence[Voice], n_context: int) -> list[Voice]:
    """Leave out the first samples, which were heard only to separate better, and who speaks in them alone."""
    if n_context == 0:
        return list(voices)
    context_s = n_context / RATE_HZ
    cut = []
    for voice in voices:
        spans = tuple(
            StreamSpan(max(0.0, span.start_s - context_s), span.end_s - context_s, span.azimuth_rad)
            for span in voice.spans
            if span.end_s > context_s
        )
        if spans:
            azimuth_rad = mean_azimuth_rad(spans)
            azimuth_rad = voice.azimuth_rad if azimuth_rad is None else azimuth_rad
            cut.append(Voice(azimuth_rad, voice.audio[n_context:], spans))
    return cut


def match_tracks(
    azimuths_rad: Sequence[float | None], tracks: Sequence[tuple[int, float | None]]
) -> tuple[list[int], tuple[tuple[int, float | None], ...]]:
    """Tie the directions of a chapter to those before: the nearest pairs first, each at most once.

    Args:
        azimuths_rad: Of the new directions.
        tracks: Number and last azimuth of the known ones.

    Returns:
        A number for each new direction, and the tracks as they are now.
    """
    pairs = sorted(
        (apart, index, number)
        for index, azimuth in enumerate(azimuths_rad)
        for number, known in tracks
        if (apart := _apart_rad(azimuth, known)) <= MATCH_RAD
    )
    chosen: dict[int, int] = {}
    for _apart, index, number in pairs:
        if index not in chosen and number not in chosen.values():
            chosen[index] = number
    now = dict(tracks)
    for index, azimuth in enumerate(azimuths_rad):
        number = chosen.setdefault(index, len(now))
        now[number] = azimuth
    return [chosen[index] for index in range(len(azimuths_rad))], tuple(sorted(now.items(), key=lambda item: item[0]))


def open_spans(spans: Sequence[StreamSpan]) -> list[tuple[float, float]]:
    """Where a stream is listened to: its speech with a little around it, short pauses bridged; seconds, in order."""
    opened: list[tuple[float, float]] = []
    for span in sorted(spans, key=lambda span: span.start_s):
        start_s, end_s = span.start_s - PAD_S, span.end_s + PAD_S
        if opened and start_s - opened[-1][1] < BRIDGE_S:
            opened[-1] = (opened[-1][0], max(opened[-1][1], end_s))
        else:
            opened.append((start_s, end_s))
    return opened


@dataclass(frozen=True, slots=True)
class _Separated:
    """One direction as it lies in memory."""

    memory: Memory
    number: int
    parts: tuple[StreamPart, ...]
    ends: tuple[int, ...]
    name: str
    is_whole: bool

    def to_stream(self) -> SoundStream:
        spans = [span for part in self.parts for span in part.spans]
        return SoundStream(
            number=self.number,
            azimuth_rad=mean_azimuth_rad(spans),
            iter_stretches=self.iter_stretches,
            locate=self.locate if self.parts else None,
        )

    def iter_stretches(self, skip_samples: int) -> Iterator[Stretch]:
        """Chapter by chapter, silent where nobody speaks there."""
        parts = {round(part.start_s * RATE_HZ): part for part in self.parts}
        start = 0
        for end in self.ends:
            if start >= skip_samples:
                audio = np.zeros(end - start, np.float32)
                if start in parts:
                    self._read(parts[start], audio)
                yield Stretch(audio, start, is_last=self.is_whole and end == self.ends[-1])
            start = end

    def locate(self, start_s: float, end_s: float) -> Spot:
        """The direction between two times, and where in which file it lies."""
        middle_s = (start_s + end_s) / 2
        before = [part for part in self.parts if part.start_s <= middle_s]
        part = before[-1] if before else self.parts[0]
        azimuth_rad = mean_azimuth_rad(part.spans, start_s, end_s)
        offset_s = max(0.0, start_s - part.start_s)
        duration_s = max(0.0, min(end_s - part.start_s, part.media.duration_s) - offset_s)
        media = replace(part.media, offset_s=round(offset_s, 3), duration_s=round(duration_s, 3))
        return Spot(part.azimuth_rad if azimuth_rad is None else azimuth_rad, media)

    def _read(self, part: StreamPart, into: FloatArray) -> None:
        import soundfile

        try:
            audio, _rate_hz = soundfile.read(self.memory.media_path(part.media), dtype="float32")
        except (OSError, soundfile.LibsndfileError) as error:
            raise BadInput(
                f"What was separated from “{self.name}” cannot be read any more.", hint="Forget it and import it again."
            ) from error
        for start_s, end_s in open_spans(part.spans):
            opened = slice(max(0, round((start_s - part.start_s) * RATE_HZ)), round((end_s - part.start_s) * RATE_HZ))
            n = len(audio[opened][: max(0, len(into) - opened.start)])
            into[opened.start : opened.start + n] = audio[opened.start : opened.start + n]


def _to_part(session: str, number: int, voice: Voice, start_s: float, media: Media) -> StreamPart:
    return StreamPart(
        session=session,
        number=number,
        start_s=start_s,
        azimuth_rad=voice.azimuth_rad,
        media=replace(media, duration_s=len(voice.audio) / RATE_HZ),
        spans=tuple(
            StreamSpan(round(span.start_s + start_s, 3), round(span.end_s + start_s, 3), span.azimuth_rad)
            for span in voice.spans
        ),
    )


def _encode(audio: FloatArray) -> bytes:
    import soundfile

    file = io.BytesIO()
    soundfile.write(file, audio, RATE_HZ, format="FLAC", subtype="PCM_16")
    return file.getvalue()


def _apart_rad(one: float | None, other: float | None) -> float:
    """Unplaced sound stays with unplaced sound."""
    if one is None or other is None:
        return 0.0 if one is None and other is None else np.inf
    return float(angle_between(one, other))
