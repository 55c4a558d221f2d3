"""Weighing signals into one score: the weights in their one typed place, and the sum.

Role: arithmetic only. A weighted sum of per-query normalized scores beats reciprocal-rank fusion here (facts.md: R@10
.665 with RRF, .714 with the sum of the same two lists). The weights were learned by ``benchmarks/learn_weights.py``
on the dev conversations (listwise softmax, folds by conversation); that script prints them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What each signal counts. Signals are 0 to 1 within one query.

    Attributes:
        lexical, lexical_window: BM25 of the moment's own words, and of the window of three around it.
        semantic, semantic_window: Cosine of the same two.
        neighbour_before, neighbour_after: The base score of the utterance before and after in the same session.
        session: The mean base score of the session's best three.
        speaker: 1 where the question names the one who speaks.
        temporal: 1 inside the time the question names, falling off outside.
        expression: 1 where the question asks when (how many) and the words hold a time (a number).
        kind: 1 where the question names this kind of source.
        length: The logarithm of the number of words.
    """

    lexical: float = 1.15
    lexical_window: float = 1.45
    semantic: float = 0.3
    semantic_window: float = 1.1
    neighbour_before: float = 1.15
    neighbour_after: float = 0.0
    session: float = 1.85
    speaker: float = 0.7
    temporal: float = 1.3
    expression: float = 0.85
    kind: float = 1.5
    length: float = 1.95


SIGNALS = tuple(f.name for f in fields(Weights))


def min_max(scores: Mapping[str, float]) -> dict[str, float]:
    """Scale scores to 0 to 1 over the list; a single score becomes 1."""
    if not scores:
        return {}
    low, high = min(scores.values()), max(scores.values())
    spread = high - low
    return {key: (value - low) / spread if spread > 0 else 1.0 for key, value in scores.items()}


def weigh(signals: Mapping[str, float], weights: Weights) -> float:
    """The weighted sum of a moment's signals; one that is missing counts 0."""
    return float(sum(getattr(weights, name) * signals.get(name, 0.0) for name in SIGNALS))
