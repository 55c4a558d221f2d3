"""Voices of what was heard before: prints of utterances that have none, then whose they are.

Role: for recordings that were written down without the voice embedder (its weights were missing, or it is another one
now). What is done is committed batch by batch; done again, it goes on where it was.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

import numpy as np

from ingest.audio import RATE_HZ, read_clip
from ingest.errors import BadInput
from ingest.speakers import tie_session
from memory.records import Moment, Voiceprint
from memory.store import Memory
from models.protocols import CancelToken, FloatArray, VoiceEmbedder

log = logging.getLogger(__name__)

_BATCH = 64
_MOST_S = 12.0


def learn_voices(
    memory: Memory,
    voices: VoiceEmbedder,
    *,
    cancel: CancelToken,
    report: Callable[[int], None] = lambda _n: None,
) -> int:
    """Make the prints that are missing and tie the utterances of their sessions to voices.

    Args:
        memory: Where from and where to.
        voices: Its producer names the prints.
        cancel: Looked at between batches.
        report: Told how many utterances were listened to so far.

    Returns:
        How many utterances were tied to a voice.

    Raises:
        ModelError: the voice embedder cannot work.
        Cancelled: what was committed stays.
    """
    after: tuple[str, int] | None = None
    n_heard = n_tied = 0
    open_session = ""
    while batch := memory.voices.list_unheard(voices.producer, after=after, limit=_BATCH):
        cancel.raise_if_cancelled()
        after = (batch[-1][1].session or "", batch[-1][0])
        memory.voices.put_prints(_listen(memory, voices, [moment for _n, moment in batch], cancel))
        n_heard += len(batch)
        report(n_heard)
        sessions = sorted({moment.session or "" for _n, moment in batch} | ({open_session} - {""}))
        for session in sessions[:-1]:  # the last may go on in the next batch
            n_tied += tie_session(memory, session, voices.producer, cancel=cancel)
        open_session = sessions[-1]
    if open_session:
        n_tied += tie_session(memory, open_session, voices.producer, cancel=cancel)
    return n_tied


def _listen(memory: Memory, voices: VoiceEmbedder, moments: list[Moment], cancel: CancelToken) -> list[Voiceprint]:
    heard = [(moment, clip) for moment in moments if len(clip := _read(memory, moment))]
    rows = voices.embed([clip for _moment, clip in heard], cancel=cancel)
    return [
        Voiceprint(moment=moment.id, producer=voices.producer, seconds=len(clip) / RATE_HZ, vector=row)
        for (moment, clip), row in zip(heard, rows, strict=True)
    ]


def _read(memory: Memory, moment: Moment) -> FloatArray:
    """The sound of an utterance; nothing where its file is gone or damaged."""
    media = moment.media
    assert media is not None
    try:
        return read_clip(memory.media_path(media), offset_s=media.offset_s, duration_s=min(media.duration_s, _MOST_S))
    except (BadInput, OSError) as error:
        log.warning("the sound of an utterance could not be read: %s", type(error).__name__)
        return np.zeros(0, np.float32)
