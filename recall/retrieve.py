"""Finding: from an understood question to ranked moments with their signals and the words to mark.

Role: asks the store for its lists (lexical and semantic, over moments and over windows of three), adds the signals,
weighs, cuts what is not close. No text is generated here. Source of the windows: papers.md, conclusion 3 (windows of
three, stride one, lift any-hit by 9 to 17 points).
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from memory.records import Moment
from memory.store import Hit, Memory, Scope
from models.protocols import Embedder
from recall import signals
from recall.fusion import SIGNALS, Weights, min_max, weigh
from recall.question import Question, understand
from recall.results import Found, SearchResult
from recall.times import TimeRange
from recall.words import find_spans

N_LISTED = 200  # moments each list may propose
N_WEIGHED = 160  # of those, how many are read and weighed


@dataclass(frozen=True, slots=True, kw_only=True)
class Closeness:
    """What counts as close: a word of the question in the moment itself, or one of these.

    Attributes:
        cosine: Least cosine of the moment or of the window around it.
        window: Least share of the best window's BM25 that the window around the moment has.
    """

    cosine: float = 0.30
    window: float = 0.50


@dataclass(frozen=True, slots=True)
class _Lists:
    """What the store proposed, each list normalized; ``cosine`` is the best raw cosine of a moment."""

    scores: Mapping[str, Mapping[str, float]]
    cosine: Mapping[str, float]


class Retriever:
    """Finds moments for a question. Without an embedder it searches words only."""

    def __init__(
        self,
        memory: Memory,
        embedder: Embedder | None,
        *,
        weights: Weights | None = None,
        closeness: Closeness | None = None,
    ) -> None:
        self._memory = memory
        self._embedder = embedder
        self._weights = weights or Weights()
        self._closeness = closeness or Closeness()

    def understand(self, text: str, *, now: datetime) -> Question:
        """Understand a question with what the memory knows: its speakers, and which times it holds."""
        return understand(text, now=now, speakers=self._memory.list_speakers(), holds=self._holds)

    def _holds(self, span: TimeRange) -> bool:
        return next(self._memory.iter_moments(_within(span, Scope()), limit=1), None) is not None

    def find(self, question: Question, *, scope: Scope, limit: int) -> list[Found]:
        """Find the moments that fit, best first; empty when nothing is close.

        Args:
            question: As understood.
            scope: Hard limits the caller set; what the question itself says is only a leaning.
            limit: At most so many.
        """
        lists = self._propose(question, scope)
        base = self._base(lists)
        kept = sorted(base, key=lambda key: -base[key])[:N_WEIGHED]
        moments = list(self._memory.find_moments(kept).values())
        found = self._weigh(question, moments, base, lists)
        ranked = sorted(found, key=lambda f: (-f.score, f.moment.started_us, f.moment.id))
        close = islice((f for f in ranked if self._is_close(question, f, lists)), limit)
        return [replace(f, matched=find_spans(f.moment.text, question.terms)) for f in close]

    def _propose(self, question: Question, scope: Scope) -> _Lists:
        raw: dict[str, dict[str, float]] = {}
        if question.terms:
            raw["lexical"] = _scores(
                self._memory.search_lexical(question.terms, unit="moment", scope=scope, limit=N_LISTED)
            )
            raw["lexical_window"] = _scores(
                self._memory.search_lexical(question.terms, unit="window", scope=scope, limit=N_LISTED)
            )
        cosine: dict[str, float] = {}
        vector = self._embed(question.semantic) if question.terms else None
        if vector is not None and self._embedder is not None:
            near = {
                unit: _scores(
                    self._memory.search_vectors(
                        vector, model=self._embedder.producer, unit=unit, scope=scope, limit=N_LISTED
                    )
                )
                for unit in ("moment", "window", "passage")
            }
            raw["semantic"] = _best_of(near["moment"], near["passage"])
            raw["semantic_window"] = _best_of(near["window"], near["moment"]) if near["window"] else {}
            cosine = _best_of(raw["semantic"], near["window"])
        if question.times:
            raw["temporal"] = dict.fromkeys(self._in_time(question, scope), 1.0)
        return _Lists({name: min_max(scores) for name, scores in raw.items()}, cosine)

    def _in_time(self, question: Question, scope: Scope) -> Iterator[str]:
        """Moments in the times the question names, so that they are weighed even where no word fits."""
        for span in question.times:
            for moment in self._memory.iter_moments(_within(span, scope), limit=N_LISTED):
                yield moment.id

    def _embed(self, text: str) -> NDArray[np.float32] | None:
        if self._embedder is None or not text.strip():
            return None
        vector: NDArray[np.float32] = self._embedder.embed([text])[0]
        return vector

    def _base(self, lists: _Lists) -> dict[str, float]:
        base: dict[str, float] = {}
        for name, scores in lists.scores.items():
            weight = getattr(self._weights, name)
            for key, value in scores.items():
                base[key] = base.get(key, 0.0) + weight * value
        return min_max(base) if len(base) > 1 else base

    def _weigh(
        self, question: Question, moments: Sequence[Moment], base: Mapping[str, float], lists: _Lists
    ) -> list[Found]:
        around = signals.neighbours(moments, base)
        of_session = signals.sessions(moments, base)
        found = []
        for m in moments:
            values = {name: scores.get(m.id, 0.0) for name, scores in lists.scores.items() if name != "temporal"}
            values["neighbour_before"], values["neighbour_after"] = around[m.id]
            values["session"] = of_session[m.id]
            values["speaker"] = signals.speaker(question, m)
            values["temporal"] = signals.temporal(question, m)
            values["expression"] = signals.expression(question, m)
            values["kind"] = signals.kind(question, m)
            values["length"] = signals.length(m)
            score = weigh(values, self._weights)
            found.append(Found(moment=m, score=score, signals=values))
        return _scaled(found, self._weights)

    def _is_close(self, question: Question, found: Found, lists: _Lists) -> bool:
        if question.times and not question.terms:
            return found.signals["temporal"] > 0.3  # "What happened yesterday?": the time is the question
        if lists.cosine.get(found.moment.id, 0.0) >= self._closeness.cosine:
            return True
        if found.moment.id in lists.scores.get("lexical", ()):
            return True
        return lists.scores.get("lexical_window", {}).get(found.moment.id, 0.0) >= self._closeness.window


def search(retriever: Retriever, query: str, *, scope: Scope, limit: int, now: datetime) -> SearchResult:
    """Understand and find, and say how long it took."""
    started_s = time.perf_counter()
    question = retriever.understand(query, now=now)
    found = retriever.find(question, scope=scope, limit=limit)
    return SearchResult(
        query=query,
        interpreted=question.interpreted(),
        found=tuple(found),
        took_ms=(time.perf_counter() - started_s) * 1000,
    )


def _within(span: TimeRange, scope: Scope) -> Scope:
    """The part of a scope that lies in a range."""
    return replace(
        scope,
        since_us=span.since_us if scope.since_us is None else max(span.since_us, scope.since_us),
        until_us=span.until_us if scope.until_us is None else min(span.until_us, scope.until_us),
    )


def _scores(hits: Iterable[Hit]) -> dict[str, float]:
    return {hit.moment: hit.score for hit in hits}


def _best_of(*lists: Mapping[str, float]) -> dict[str, float]:
    best: dict[str, float] = {}
    for scores in lists:
        for key, value in scores.items():
            best[key] = max(value, best.get(key, value))
    return best


def _scaled(found: Sequence[Found], weights: Weights) -> list[Found]:
    """Scores as a share of what all signals together could give, 0 to 1."""
    most = sum(max(0.0, getattr(weights, name)) for name in SIGNALS) or 1.0
    return [replace(f, score=min(1.0, max(0.0, f.score / most))) for f in found]
