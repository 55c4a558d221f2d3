"""Enrolment: how a person sounds, learned from a recording of that person alone.

Role: a file in, one voiceprint out; the recording is not kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ingest.audio import RATE_HZ, open_recording
from ingest.errors import BadInput
from ingest.files import check_file, sniff
from ingest.mixdown import FloatArray
from models.protocols import CancelToken, VoiceEmbedder
from models.vad import find_speech

_ENOUGH_S = 60.0  # more speech changes the mean little
_LEAST_S = 4.0
_PIECE_S = 3.0
_SURE_S = 2.0
_ONE_PERSON = 0.6  # cosine of any two pieces; of one person .8 and more on the development talks, of two .4 to .65
_READ_S = 240.0
_HOW = "Record about twenty seconds of one person who speaks alone, without music."


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """Seconds of speech, and the unit vector made from them."""

    seconds: float
    vector: FloatArray


def listen(path: Path, voices: VoiceEmbedder, *, cancel: CancelToken | None = None) -> Sample:
    """Learn how a person sounds.

    Raises:
        BadInput: the file is none of sound or damaged, has too little speech, or more than one person in it.
        ModelError: the voice embedder cannot work.
    """
    check_file(path)  # a pipe, for one, would be waited for without end
    kind = sniff(path)
    if kind.holds != "audio":
        what = {
            "picture": "a picture",
            "note": "text",
            "moments": "a list of moments",
            "calendar": "a calendar",
        }[kind.holds]
        raise BadInput(f"“{path.name}” holds {what}, not a voice.", hint=_HOW)
    pieces: list[FloatArray] = []
    recording = open_recording(path)
    for stretch in recording.iter_stretches(stretch_s=_READ_S):
        for start_s, end_s in find_speech(stretch.audio):
            clip = stretch.audio[int(start_s * RATE_HZ) : int(end_s * RATE_HZ)]
            pieces += np.array_split(clip, max(1, round(len(clip) / RATE_HZ / _PIECE_S)))
        if sum(map(len, pieces)) >= _ENOUGH_S * RATE_HZ:
            break
    seconds = sum(map(len, pieces)) / RATE_HZ
    if seconds < _LEAST_S:
        heard = f"{seconds:.1f} s of speech, too little to know a voice by" if seconds else "no speech"
        damage = f" ({recording.notes[0]})" if recording.notes else ""
        raise BadInput(f"“{path.name}” holds {heard}{damage}.", hint=_HOW)
    rows = voices.embed(pieces, cancel=cancel)
    lengths = np.array([len(piece) for piece in pieces], np.float32)
    mean = (rows * lengths[:, None]).sum(axis=0)
    mean /= np.linalg.norm(mean)
    sure = rows[lengths >= _SURE_S * RATE_HZ]
    if (sure @ sure.T).min(initial=1.0) < _ONE_PERSON:
        raise BadInput(
            f"More than one person seems to speak in “{path.name}”.", hint="Record the person alone and try again."
        )
    return Sample(seconds, mean.astype(np.float32))
