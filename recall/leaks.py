"""Words of one direction that were heard in another: found and cut, so that nothing is told twice or as someone else's.

Role: pure text and vectors. What is heard in two streams at the same time belongs to the one that heard it better;
there it stays, in the other it is cut.
Source: papers.md 1.1 (5-gram containment of at least 0.6, or cosine of at least 0.92, within 3 s).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from recall.by_time import ByTime
from recall.words import STOP_WORDS, stem, tokens

if TYPE_CHECKING:
    from memory.records import Moment

N_GRAM = 5
CONTAINED = 0.6
ALIKE = 0.92
NEAR_US = 3_000_000
_RUN_WORDS = 4  # a run of so many equal words in both streams at once is no accident
_CLEARER = 0.08  # how much surer the recognizer must be of the words for them to belong to the other stream

Vectors = Mapping[str, NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Line:
    """An utterance and the words of it that are its own."""

    moment: Moment
    text: str


def containment(text: str, other: str) -> float:
    """Share of a text's five-word runs (of all its words, if fewer) that stand in another, 0 to 1."""
    words, others = [stem(w) for w in tokens(text)], [stem(w) for w in tokens(other)]
    n = min(N_GRAM, len(words))
    if n == 0:
        return 0.0
    there = {tuple(others[i : i + n]) for i in range(len(others) - n + 1)}
    runs = [tuple(words[i : i + n]) for i in range(len(words) - n + 1)]
    return sum(run in there for run in runs) / len(runs)


def own_lines(utterances: Sequence[Moment], followed: Sequence[Moment], vectors: Vectors) -> list[Line]:
    """Cut from utterances what is words of the followed conversation.

    Args:
        utterances: Of one other direction, in order.
        followed: What the followed conversation said.
        vectors: Unit vectors (parts, dims) by id; an utterance without one is compared by words only.

    Returns:
        The utterances that say something of their own, each with those words.
    """
    lines = []
    by_time = ByTime(followed)
    for moment in utterances:
        text = moment.text
        for other in by_time.beside(moment, pad_us=NEAR_US):
            if not _is_clearer(moment, other):
                text = _cut(text, other.text, are_alike=_cosine(moment, other, vectors) >= ALIKE)
        if text == moment.text or len([w for w in tokens(text) if w not in STOP_WORDS]) >= 2:
            lines.append(Line(moment, text))
    return lines


def _is_clearer(moment: Moment, other: Moment) -> bool:
    """Whether the recognizer was surer of a moment's words than of another's: then they are its own."""
    mine, theirs = confidence(moment), confidence(other)
    return mine is not None and theirs is not None and mine >= theirs + _CLEARER


def confidence(moment: Moment) -> float | None:
    """Mean probability of the words of an utterance, 0 to 1; None where the recognizer told none.

    What the user typed in their place is sure.
    """
    if moment.original is not None:
        return 1.0
    told = [float(word[3]) for word in moment.details.get("words", ()) if len(word) > 3 and word[3]]
    return sum(told) / len(told) if told else None


def _cosine(one: Moment, other: Moment, vectors: Vectors) -> float:
    if one.id not in vectors or other.id not in vectors:
        return 0.0
    return float(np.max(vectors[one.id] @ vectors[other.id].T))


def _cut(text: str, other: str, *, are_alike: bool) -> str:
    """What is left of a text without the runs of words it shares with another."""
    if are_alike or containment(text, other) >= CONTAINED:
        return ""
    words = text.split()
    mine = [_key(word) for word in words]
    theirs = [_key(word) for word in other.split()]
    kept = list(words)
    for block in SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks():
        run = mine[block.a : block.a + block.size]
        if block.size >= _RUN_WORDS and any(word not in STOP_WORDS for word in run):
            kept[block.a : block.a + block.size] = [""] * block.size
    return " ".join(word for word in kept if word)


def _key(word: str) -> str:
    return "".join(stem(w) for w in tokens(word)) or word
