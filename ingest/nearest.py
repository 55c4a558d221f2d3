"""Which voice is the nearest to the microphones: a hint at whose they are.

Role: levels in, a guess out; no sound is read and nothing is named. A person who wears or holds the microphone, or sits
at it, is louder than all others in most recordings: sound falls by 6 dB with each doubling of the distance. That is a
hint and no more, for who sits nearest at a table may be anyone; enrolment or a name says it surely.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from ingest.mixdown import FloatArray
from memory.records import VoiceLevel

NEARER_DB = 6.0  # twice as near (inverse distance law; Kuttruff 2016, "Room Acoustics", section 1.3)
_LEAST_UTTERANCES = 3  # of a voice in a recording: fewer say little of its level
_LEAST_RECORDINGS = 2
_MOST_OF = 2 / 3


@dataclass(frozen=True, slots=True)
class Nearest:
    """The voice that is the nearest again and again, and in how many of the recordings it shares with others."""

    voice: str
    n_nearest: int
    n_recordings: int


def level_db(sound: FloatArray) -> float:
    """Mean power of float32 (samples,), in decibels of full scale."""
    return 10 * float(np.log10(np.mean(sound.astype(np.float64) ** 2) + 1e-12)) if len(sound) else -120.0


def find_nearest(levels: Iterable[VoiceLevel]) -> Nearest | None:
    """Find the one voice that is clearly nearer than all others in most of its recordings.

    Args:
        levels: Of each voice in each recording; only within a recording can they be compared.
    """
    rooms: dict[str, list[VoiceLevel]] = defaultdict(list)
    for level in levels:
        if level.n_moments >= _LEAST_UTTERANCES:
            rooms[level.session].append(level)
    shared: dict[str, int] = defaultdict(int)
    nearest: dict[str, int] = defaultdict(int)
    for heard in rooms.values():
        if len(heard) < 2:
            continue
        loudest, second = sorted(heard, key=lambda level: -level.level_db)[:2]
        for level in heard:
            shared[level.voice] += 1
        nearest[loudest.voice] += loudest.level_db >= second.level_db + NEARER_DB
    found = [
        Nearest(voice, n, shared[voice])
        for voice, n in nearest.items()
        if n >= _LEAST_RECORDINGS and n >= _MOST_OF * shared[voice]
    ]
    return found[0] if len(found) == 1 else None  # two who are: neither can be told for the owner
