"""What the user said of evidence, put to use: "not this" keeps a moment out, "more like this" leads the search there.

Role: which questions count as the same, and what a verdict does to a query and to a ranking. Source: Rocchio (1971),
relevance feedback: the query moves towards what was liked and a little away from what was not; weights as in Manning,
Raghavan and Schütze (2008), Introduction to Information Retrieval, section 9.1.1.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from memory.scope import Unit
from memory.store import Memory
from models.protocols import Embedder
from recall.results import Found
from recall.words import stems, tokens

FloatArray = NDArray[np.float32]
_ALPHA, _BETA, _GAMMA = 1.0, 0.75, 0.15


def question_key(text: str) -> str:
    """What stands for a question and those that ask the same in other order: its content words' stems, sorted.

    A question of function words only stands for itself.
    """
    return " ".join(sorted(stems(text)) or tokens(text))


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
        """What was liked before everything else and as certain as can be, in its own order of rank."""
        liked = set(self.liked)
        first = [replace(f, score=1.0) for f in ranked if f.moment.id in liked]
        return [*first, *(f for f in close if f.moment.id not in liked)]


def read_judged(memory: Memory, question: str) -> Judged:
    """The verdicts for a question and those like it."""
    verdicts = memory.feedback.verdicts(question_key(question))
    return Judged(tuple(m for m, v in verdicts.items() if v > 0), tuple(m for m, v in verdicts.items() if v < 0))


def _centre(ids: Collection[str], memory: Memory, model: str) -> FloatArray | None:
    unit: Unit = "moment"
    vectors = memory.find_vectors(ids, model=model, unit=unit) if ids else {}
    return np.concatenate([*vectors.values()]).mean(axis=0) if vectors else None
