"""Weighing signals into one score: the weights in their one typed place, and the sum.

Role: arithmetic only. A weighted sum of per-query normalized scores beats reciprocal-rank fusion here (facts.md: R@10
.665 with RRF, .714 with the sum of the same two lists). The weights were learned by ``benchmarks/learn_weights.py``
on the dev conversations (listwise softmax, folds by conversation); that script prints them.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What each signal counts. Signals are 0 to 1 within one query; a negative weight speaks against a moment.

    Attributes:
        lexical, lexical_window: BM25 of the moment's own words, and of the window of three around it.
        semantic, semantic_window: Cosine of the same two.
        visual: How near what the picture shows is to the question; fades where words answer it (``recall.seen``).
        semantic_before: Cosine of the utterance before, which often is the question that this one answers.
        likeness, likeness_window: Share of the question's words that the moment (or its window) meets, in letters or
            in meaning.
        neighbour_before: The base score of the utterance before in the same session.
        session: The mean base score of the session's best three.
        speaker: 1 where the question names the one who speaks.
        own_words: 1 where that one speaks of themselves.
        addressed: 1 where another one says "you".
        named: 1 where the person asked about is called by name.
        temporal: 1 inside the time the question names, falling off outside.
        expression: 1 where the question asks when (how many) and the words hold a time (a number).
        kind, place: 1 where the question names this kind of source; its place or application.
        length: The logarithm of the number of words.
    """

    lexical: float = 0.85
    lexical_window: float = 1.45
    semantic: float = 0.6
    semantic_window: float = 1.1
    visual: float = 10.0
    semantic_before: float = 0.6
    likeness: float = 2.0
    likeness_window: float = 2.0
    neighbour_before: float = 1.3
    session: float = 2.7
    speaker: float = 0.3
    own_words: float = 1.1
    addressed: float = -0.6
    named: float = 1.0
    temporal: float = 2.8
    expression: float = 1.2
    kind: float = 1.5
    place: float = 1.5
    length: float = 0.45


SIGNALS = tuple(f.name for f in fields(Weights))
LISTS = ("lexical", "lexical_window", "semantic", "semantic_window")
_BASE = {
    "lexical": 1.15,
    "lexical_window": 1.45,
    "semantic": 0.3,
    "semantic_window": 1.1,
    "temporal": 1.3,
    "visual": 1.3,
}


def weigh_lists(lists: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """The base score of every moment that a list proposes, 0 to 1: it decides which are looked at closely.

    Its weights are those that these lists had when they were learned without the signals made from them.
    """
    base: dict[str, float] = {}
    for name, weight in _BASE.items():
        for key, value in lists.get(name, {}).items():
            base[key] = base.get(key, 0.0) + weight * value
    highest = max(base.values(), default=0.0) or 1.0
    return {key: value / highest for key, value in base.items()}


def scale(scores: Mapping[str, float], *, n_down: int | None = None) -> dict[str, float]:
    """Scale scores so that the best is 1; nothing is below 0.

    Args:
        scores: Higher is better.
        n_down: 0 lies at the score so many places down (or at the last), for scores without a zero of their own, like
            cosines; it lies at 0 without it. A longer list changes nothing above it either way.
    """
    if not scores:
        return {}
    high, low = max(scores.values()), 0.0
    if n_down is not None:
        low = heapq.nlargest(n_down, scores.values())[-1]
    spread = high - low
    return {key: max(0.0, (value - low) / spread) if spread > 0 else 1.0 for key, value in scores.items()}


def weigh(signals: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The weighted sum of a moment's signals; one that is missing counts 0."""
    return sum(weights[name] * value for name, value in signals.items())
