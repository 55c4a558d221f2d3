"""Speakers of a recording: utterances cut where the voice changes, their voiceprints, and whose they are.

Role: the steps that need the sound run with "transcribe", stretch by stretch; the stage "voices" then ties the
utterances of the session to voices, a bounded number at a time. It begins again where nothing is tied yet, so a crash
costs nothing. Without weights of the voice embedder nobody is told apart, and everything else works.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence

import numpy as np

from ingest.audio import RATE_HZ
from ingest.diarize import group_voices
from ingest.leaks import StreamWords
from ingest.mixdown import FloatArray
from ingest.utterances import Utterance, join_words
from ingest.work import Task, session_id
from memory import failpoints
from memory.records import Voiceprint
from memory.store import Memory
from models.errors import ModelError
from models.protocols import CancelToken, VoiceEmbedder

log = logging.getLogger(__name__)

_AT_ONCE = 1000  # prints grouped together: their likenesses take 16 MB
_SIDE_S = 2.4  # listened to on each side of a place where the voice may change: two partials of the encoder
_LEAST_SIDE_S = 1.4
# Cosine of both sides below which the voice clearly changes. On the development talks and scenes: changes .50 to .59
# (one at .65), none .65 and more.
_CHANGED = 0.62
_CHANGED_INSIDE = 0.52  # where no sentence ends
_PAUSE_S = 0.2
_LONG_PAUSE_S = 0.5
_PAD_S = 0.05
_MOST_S = 12.0  # listened to of one utterance
_ENDS = re.compile(r"[.!?…。！？][\"'”’)\]]*$")


class SpeakerEar:
    """Listens to who speaks in the streams of one recording.

    Args:
        voices: The voice embedder, or None: nobody is told apart.
        task: For notes and the cancel token.
    """

    def __init__(self, voices: VoiceEmbedder | None, task: Task) -> None:
        self._voices = voices
        self._task = task

    def split(self, streams: Sequence[StreamWords]) -> None:
        """Cut the utterances of a stretch where the voice clearly changes, in place."""
        for words in streams:
            words.utterances[:] = [part for u in words.utterances for part in self._split(words, u)]

    def embed(self, words: StreamWords) -> list[tuple[float, FloatArray]]:
        """How the voice sounds in each utterance of a stream: seconds and unit vector; empty without weights."""
        clips = [_middle(words.cut(u.start_s - _PAD_S, u.end_s + _PAD_S)) for u in words.utterances]
        rows = self._embed(clips)
        return [] if rows is None else [(len(c) / RATE_HZ, row) for c, row in zip(clips, rows, strict=True)]

    def _split(self, words: StreamWords, utterance: Utterance) -> list[Utterance]:
        places = _places(utterance)
        if not places:
            return [utterance]
        sides = [side for place in places for side in _sides(words, utterance, place)]
        rows = self._embed(sides)
        if rows is None:
            return [utterance]
        alike = np.sum(rows[0::2] * rows[1::2], axis=1)
        changes = [
            (float(value), place)
            for value, place in zip(alike, places, strict=True)
            if value < (_CHANGED if _is_end(utterance, place) else _CHANGED_INSIDE)
        ]
        if not changes:
            return [utterance]
        _value, place = min(changes)
        parts = [join_words(utterance.words[:place]), join_words(utterance.words[place:])]
        return [piece for part in parts for piece in self._split(words, part)]

    def _embed(self, clips: Sequence[FloatArray]) -> FloatArray | None:
        if self._voices is None or not clips:
            return None
        try:
            return self._voices.embed(clips, cancel=self._task.cancel)
        except ModelError as error:  # the words are worth more than who says them
            self._voices = None
            self._task.outcome.notes.append(f"Speakers were not told apart. {error} {error.hint}".strip())
            return None


def find_speakers(task: Task, voices: VoiceEmbedder | None) -> None:
    """Stage "voices": tie the utterances of a session to the people who say them."""
    session = session_id(task.sha256)
    if voices is not None:
        n_tied = tie_session(task.memory, session, voices.producer, cancel=task.cancel)
        log.info("session of job %d: %d utterances tied to voices", task.job.id, n_tied)
    task.memory.jobs.advance(task.job.id, "look" if "video" in task.payload else "embed", task.payload)


def tie_session(memory: Memory, session: str, producer: str, *, cancel: CancelToken) -> int:
    """Tie what belongs to no voice yet; returns how many utterances were tied."""
    book = memory.voices
    after: tuple[int, str] | None = None
    n_tied = 0
    while prints := book.list_prints(session, producer, after=after, limit=_AT_ONCE):
        cancel.raise_if_cancelled()
        after = (prints[-1].started_us, prints[-1].moment)
        groups = group_voices(prints, book.list_centres(producer), lambda voice: book.list_spans(voice, session))
        book.assign([(g.voice, [p.moment for p in g.prints]) for g in groups])
        n_tied += sum(len(g.prints) for g in groups)
        failpoints.hit("ingest.tied")
    return n_tied


def to_prints(moments: Sequence[str], sounds: Sequence[tuple[float, FloatArray]], producer: str) -> list[Voiceprint]:
    """Name whose prints they are; as many moments as sounds, or no sounds at all."""
    if not sounds:
        return []
    return [
        Voiceprint(moment=moment, producer=producer, seconds=seconds, vector=vector)
        for moment, (seconds, vector) in zip(moments, sounds, strict=True)
    ]


def _places(utterance: Utterance) -> list[int]:
    """Words before which another person may begin: after a sentence or a pause, with enough speech on both sides."""
    words = utterance.words
    return [
        place
        for place in range(1, len(words))
        if (_ENDS.search(words[place - 1].text.strip()) or words[place].start_s - words[place - 1].end_s >= _PAUSE_S)
        and words[place - 1].end_s - utterance.start_s >= _LEAST_SIDE_S
        and utterance.end_s - words[place].start_s >= _LEAST_SIDE_S
    ]


def _is_end(utterance: Utterance, place: int) -> bool:
    before, after = utterance.words[place - 1], utterance.words[place]
    return bool(_ENDS.search(before.text.strip())) or after.start_s - before.end_s >= _LONG_PAUSE_S


def _sides(words: StreamWords, utterance: Utterance, place: int) -> tuple[FloatArray, FloatArray]:
    end_s, start_s = utterance.words[place - 1].end_s, utterance.words[place].start_s
    return (
        words.cut(max(utterance.start_s, end_s - _SIDE_S), end_s + _PAD_S),
        words.cut(start_s - _PAD_S, min(utterance.end_s, start_s + _SIDE_S)),
    )


def _middle(clip: FloatArray) -> FloatArray:
    spare = max(0, len(clip) - int(_MOST_S * RATE_HZ))
    return clip[spare // 2 : len(clip) - (spare - spare // 2)]
