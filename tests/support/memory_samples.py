"""Small real records and vectors for tests of memory and of whoever stands on it."""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray

from memory.records import Kind, Media, Moment, TimeSource, moment_id

DAY_US = 86_400_000_000
MAY_8_2023_US = 1_683_504_000_000_000  # 2023-05-08T00:00:00Z, a Monday


def build_utterance(
    text: str,
    *,
    ordinal: int = 0,
    session: str | None = "talk",
    stream: int | None = 0,
    speaker: str | None = "Ana",
    started_us: int | None = None,
    zone: str = "UTC",
    media: Media | None = None,
    source: str | None = None,
    kind: Kind = Kind.UTTERANCE,
) -> Moment:
    """An utterance whose id follows from its session and place."""
    start = MAY_8_2023_US + ordinal * 1_000_000 if started_us is None else started_us
    return Moment(
        id=moment_id(f"{session}/{stream}", ordinal),
        kind=kind,
        started_us=start,
        ended_us=start + 900_000,
        text=text,
        zone=zone,
        time_source=TimeSource.GIVEN,
        source=source,
        external_id=f"x{ordinal}",
        session=session,
        stream=stream,
        ordinal=ordinal,
        speaker=speaker,
        media=media,
    )


def hash_vector(text: str, dim: int = 32) -> NDArray[np.float32]:
    """A vector of unit length that follows from the words of a text: equal words make near vectors."""
    total = np.zeros(dim)
    for word in text.lower().split() or [""]:
        seed = int.from_bytes(hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "little")
        total += np.random.default_rng(seed).standard_normal(dim)
    return np.asarray(total / np.linalg.norm(total), np.float32)
