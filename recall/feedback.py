"""What the user said of evidence, put to use: "not this" keeps a moment out, "more like this" leads the search there.

Role: which questions count as the same, and what a verdict does to a query and to a ranking. Source: Rocchio (1971),
relevance feedback: the query moves towards what was liked and a little away from what was not; weights as in Manning,
Raghavan and Schütze (2008), Introduction to Information Retrieval, section 9.1.1.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from memory.scope import Unit
from memory.store import Memory
from models.protocols import Embedder
from recall.results import Found
from recall.time_words import find_time_words
from recall.times import find_times
from recall.words import fold

FloatArray = NDArray[np.float32]
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_MOVES = re.compile(r"\b(?:now|currently|just|recently|lately|ago|weekend|ahead|upcoming|next|past)\b", re.IGNORECASE)
_INSTANT = timedelta(microseconds=1)
_ALPHA, _BETA, _GAMMA = 1.0, 0.75, 0.15


def question_key(text: str, now: datetime) -> str:
    """What stands for a question: its words in order, and the local days that it means where it names a time.

    Case and punctuation make no other question. "What did I do today?" is another one tomorrow.

    Args:
        text: In plain words.
        now: The aware time it is asked at, in the user's zone.
    """
    words = _WORD.findall(fold(text).replace("’", "'")) or text.split()
    days = [day for t in find_times(text, now) for day in (t.since.date(), (t.until - _INSTANT).date())]
    days = days or [day for w in find_time_words(text, now) for day in (w.first, w.last)]
    if not days and _MOVES.search(text):
        days = [now.date()]
    return " ".join([*words, *dict.fromkeys(day.isoformat() for day in days)])


@dataclass(frozen=True, slots=True)
class Judged:
    """Ids of moments that the user judged for a question, each in the order of the verdicts."""

    liked: tuple[str, ...] = ()
    disliked: tuple[str, ...] = ()

    def move(self, query: FloatArray, memory: Memory, embedder: Embedder) -> FloatArray:
        """Move a query, float32 (dim,) of unit length, by the vectors of what was judged; of unit length again."""
        if not self.liked and not self.disliked:
            return query
        moved = _ALPHA * query
        for ids, weight in ((self.liked, _BETA), (self.disliked, -_GAMMA)):
            centre = _centre(ids, memory, embedder.producer)
            if centre is not None:
                moved = moved + weight * centre
        length = float(np.linalg.norm(moved))
        return query if length == 0.0 else (moved / length).astype(np.float32)

    def put_first(self, close: Sequence[Found], ranked: Sequence[Found]) -> list[Found]:
        """What was liked before everything else and as certain as the best of it, in its own order of rank."""
        liked = set(self.liked)
        first = [f for f in ranked if f.moment.id in liked]
        best = max((f.score for f in (*first, *close)), default=0.0)
        return [*(replace(f, score=best) for f in first), *(f for f in close if f.moment.id not in liked)]


def read_judged(memory: Memory, key: str) -> Judged:
    """The verdicts for a question, by what stands for it."""
    verdicts = memory.feedback.verdicts(key)
    return Judged(tuple(m for m, v in verdicts.items() if v > 0), tuple(m for m, v in verdicts.items() if v < 0))


def _centre(ids: Collection[str], memory: Memory, model: str) -> FloatArray | None:
    unit: Unit = "moment"
    vectors = memory.find_vectors(ids, model=model, unit=unit) if ids else {}
    return np.concatenate([*vectors.values()]).mean(axis=0) if vectors else None
