"""Finding: from an understood question to ranked moments with their signals and the words to mark.

Role: asks the store for its lists (lexical and semantic, over moments and over windows of three), adds the signals,
weighs, cuts what is not close. No text is generated here. Source of the windows: papers.md, conclusion 3 (windows of
three, stride one, lift any-hit by 9 to 17 points).
"""

from __future__ import annotations

import heapq
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from memory.records import Journey, Kind, Moment
from memory.store import Hit, LexicalUnit, Memory, Scope, Unit
from models.errors import ModelError
from models.protocols import Embedder, PictureEmbedder, WordEmbedder
from recall import signals
from recall.anchors import Anchor, AnchorWords, best_told, find_anchor, resolve
from recall.beside import Surroundings, asks_for_more, bring_beside, find_next, find_surroundings, is_of_many
from recall.feedback import Judged, read_judged
from recall.fusion import Weights, scale, weigh, weigh_lists
from recall.happened import happenings, only
from recall.journeys import asks_for_journey, find_journey, to_anchor, to_happening
from recall.known import Known, find_known, put_known_first
from recall.likeness import Likeness
from recall.meaning import try_embed
from recall.on_screen import Seen, find_seen, put_first
from recall.orders import usable
from recall.question import Question, understand
from recall.reckon import read_reckoning
from recall.results import Found, SearchResult
from recall.seen import Eye
from recall.times import TimeRange, local_time
from recall.versions import fold
from recall.words import find_spans

N_LISTED = 200  # moments each list may propose
N_WEIGHED = 150  # of those, how many are read and weighed
_N_FOR_ANCHOR = 20
# Up to so many moments in scope every one is read and weighed, and nothing is cut by a number; a moment costs 0.1 ms.
READ_WHOLE = 600

_LEXICAL: tuple[tuple[str, LexicalUnit], ...] = (("lexical", "moment"), ("lexical_window", "window"))
_RATES: tuple[tuple[str, Callable[[Question, Moment], float]], ...] = (
    ("speaker", signals.speaker),
    ("own_words", signals.own_words),
    ("addressed", signals.addressed),
    ("named", signals.named),
    ("temporal", signals.temporal),
    ("expression", signals.expression),
    ("kind", signals.kind),
    ("place", signals.place),
    ("length", lambda _question, moment: signals.length(moment)),
)


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
    """What the store proposed, each list scaled; beside them the raw cosines, the best of all units."""

    scores: Mapping[str, Mapping[str, float]]
    cosine: Mapping[str, float]


class Retriever:
    """Finds moments for a question.

    Without an embedder, or where it cannot be loaded, it searches words and times only; ``me`` are the user's own
    names, ``journeys`` tells the journeys.
    """

    def __init__(
        self,
        memory: Memory,
        embedder: Embedder | None,
        *,
        weights: Weights | None = None,
        closeness: Closeness | None = None,
        me: Collection[str] = (),
        eye: PictureEmbedder | None = None,
        journeys: Callable[[], Sequence[Journey]] = tuple,
    ) -> None:
        self._memory = memory
        self._embedder = embedder
        self._eye = Eye(memory, eye) if eye is not None else None
        self._weights = asdict(weights or Weights())
        if eye is None:
            del self._weights["visual"]
        else:
            self._weights["visual"] *= eye.certainty
        self._closeness = closeness or Closeness()
        self._me = tuple(me)
        self._journeys = journeys
        self._likeness = Likeness(embedder if isinstance(embedder, WordEmbedder) else None)
        self._letters = Likeness(None)
        self.lacks_meaning = False  # whether the last search was by words and times only, for want of the model

    def understand(self, text: str, *, now: datetime, ignore: Collection[str] = ()) -> Question:
        """Understand a question with what the memory knows: its speakers, which times it holds, and its events.

        Args:
            text: In plain words.
            now: The aware time it is asked at, in the user's zone.
            ignore: What the user took out of what was understood, see ``Question.ignoring``.
        """
        question = self._read(text, now)
        if "when" not in ignore and not question.times:
            question = self._on_journey(question, now)
        if "when" not in ignore and not question.times:
            question = self._anchored(question, now)
        return question.ignoring(ignore)

    def _read(self, text: str, now: datetime) -> Question:
        return understand(
            text,
            now=now,
            speakers=self._memory.list_speakers(),
            places=self._memory.list_places(),
            apps=self._memory.list_apps(),
            holds=self._holds,
        )

    def _on_journey(self, question: Question, now: datetime) -> Question:
        """The question with the time of the journey it means ("on the trip to Seville"), where that is clear.

        Where it names but a place, and wants something counted, the place itself decides.
        """
        if find_anchor(question.text) is not None or not asks_for_journey(question):
            return question
        found = find_journey(question, self._journeys())
        if found is None or (not found[2] and read_reckoning(question.text) is not None):
            return question
        return question.anchored(to_anchor(found[0], question, found[1], now.tzinfo), holds=self._holds)

    def _anchored(self, question: Question, now: datetime) -> Question:
        """The question with the time of the event it names ("the week before the birthday"), where that is clear."""
        words = find_anchor(question.text)
        if words is None or read_reckoning(question.text) is not None:
            return question
        found = self.find(self._read(words.what, now), scope=Scope(), limit=_N_FOR_ANCHOR)
        moments = [f.moment for f in usable(found)]
        if words.is_next and words.side in ("before", "after") and moments:
            told = best_told(words.what, moments)
            return question.anchored(self._beside(words, told, question, now), holds=self._holds)
        journey = find_journey(self._read(words.what, now), self._journeys()) if asks_for_journey(question) else None
        if journey is not None and journey[2]:
            was = to_happening(journey[0], self._memory.get_moment(journey[0].first))
            return question.anchored(resolve(words, was, question.text, now), holds=self._holds)
        event = only(happenings(words.what, moments, people=question.people, me=self._me, local=local_time))
        if event is None:
            return question
        return question.anchored(resolve(words, event, question.text, now), holds=self._holds)

    def _beside(self, words: AnchorWords, moment: Moment, question: Question, now: datetime) -> Anchor:
        """What lies right before or after the event that a moment tells of."""
        span = find_next(self._memory, moment, words.side, now.tzinfo, words.span)
        said = question.text[words.span[0] : words.span[1]]
        told = local_time(moment.started_us, moment.zone).strftime("%-d %B %Y, %H:%M")
        return Anchor(said, moment.id, told, span, is_measured=True, is_next=True, is_before=words.side == "before")

    def _holds(self, span: TimeRange) -> bool:
        return next(self._memory.iter_moments(_within(span, Scope()), limit=1), None) is not None

    def find_seen(self, question: Question, *, scope: Scope, now: datetime) -> Seen | None:
        """Find the pages that a question asks for by their place in time, see ``recall.on_screen``."""

        def find(what: str, kinds: frozenset[Kind]) -> list[Found]:
            return usable(self.find(self._read(what, now), scope=replace(scope, kinds=kinds), limit=_N_FOR_ANCHOR))

        return find_seen(question, self._memory, scope, find=find)

    def find(
        self,
        question: Question,
        *,
        scope: Scope,
        limit: int,
        without: Collection[str] = frozenset(),
        widely: bool = False,
    ) -> list[Found]:
        """Find the moments that fit, best first; empty when nothing is close.

        Args:
            question: As understood.
            scope: Hard limits the caller set; what the question itself says is only a leaning.
            limit: At most so many.
            without: Ids that are ranked as if they were not there.
            widely: Bring what was seen beside the best moment however the question is put: for who looks at a list. For
                an answer it is brought only where the words of the question ask for it.
        """
        judged = read_judged(self._memory, question.key)
        without = {*without, *judged.disliked}
        is_small = self._memory.has_at_most(READ_WHOLE, scope)
        lists = self._propose(question, scope, READ_WHOLE if is_small else N_LISTED, without, judged)
        base = weigh_lists(lists.scores)
        kept = list(base) if is_small else heapq.nlargest(N_WEIGHED, base, key=base.__getitem__)
        looks = asks_for_more(question) or (widely and not is_of_many(question))
        beside = self._look_beside(base, lists, scope, set(kept)) if looks else None
        kept += [m for m in beside.brought if m not in without] if beside else []
        known = self.find_known(question) if scope == Scope() else None
        kept += [m for m in known.evidence if m not in without and m not in kept] if known else []
        kept += [m for m in judged.liked if m not in without and m not in kept and scope == Scope()]
        moments = [m for m in self._memory.find_moments(kept).values() if not question.leaves_out(m)]
        found = self._weigh(question, moments, base, lists)
        ranked = sorted(found, key=lambda f: (-f.score, f.moment.started_us, f.moment.id))
        near = list(islice(fold(f for f in ranked if self._is_close(question, f, lists)), limit))
        close = fold(bring_beside(question, near, ranked, beside))[:limit] if beside else near
        close = put_known_first(known, close, ranked)[:limit] if known else close
        close = judged.put_first(close, ranked)[:limit]
        return [replace(f, matched=find_spans(f.moment.text, question.terms)) for f in close]

    def find_known(self, question: Question) -> Known | None:
        """Find the facts that a question asks for, see ``recall.known``."""
        return find_known(question, self._memory.claims, me=self._me)

    def _look_beside(
        self, base: Mapping[str, float], lists: _Lists, scope: Scope, known: Collection[str]
    ) -> Surroundings:
        close = [m for m in base if self._is_close_by_itself(m, lists)]
        found = find_surroundings(self._memory.events, base, close, known)
        return found if scope == Scope() else replace(found, brought=())

    def _propose(
        self, question: Question, scope: Scope, n_listed: int, without: Collection[str], judged: Judged
    ) -> _Lists:
        scores: dict[str, dict[str, float]] = {}
        if question.terms:
            for name, unit in _LEXICAL:
                hits = self._memory.search_lexical(question.terms, unit=unit, scope=scope, limit=n_listed)
                scores[name] = scale(_scores(hits, without))
        cosine: dict[str, float] = {}
        own: dict[str, float] = {}
        vector = self._embed(question.semantic) if question.terms else None
        if vector is not None and self._embedder is not None:
            vector = judged.move(vector, self._memory, self._embedder)
            near = {
                unit: self._near(vector, unit, scope, n_listed, without) for unit in ("moment", "window", "passage")
            }
            own = _best_of(near["moment"], near["passage"])
            cosine = _best_of(own, near["window"])
            scores["semantic"] = scale(own, n_down=N_LISTED)
            if near["window"]:
                scores["semantic_window"] = scale(_best_of(near["window"], near["moment"]), n_down=N_LISTED)
        if self._eye is not None and question.terms:
            answered = max(cosine.values(), default=0.0)
            scores["visual"] = self._eye.look(question.semantic, scope, n_listed, answered=answered, without=without)
        if question.times:
            scores["temporal"] = {m: 1.0 for m in self._in_time(question, scope) if m not in without}
        return _Lists(scores, cosine)

    def _near(
        self, vector: NDArray[np.float32], unit: Unit, scope: Scope, n_listed: int, without: Collection[str]
    ) -> dict[str, float]:
        if self._embedder is None:
            return {}
        model = self._embedder.producer
        hits = self._memory.search_vectors(vector, model=model, unit=unit, scope=scope, limit=n_listed)
        return _scores(hits, without)

    def _in_time(self, question: Question, scope: Scope) -> Iterator[str]:
        """Moments in the times the question names, so that they are weighed even where no word fits."""
        for span in question.times:
            for moment in self._memory.iter_moments(_within(span, scope), limit=N_LISTED):
                yield moment.id

    def _embed(self, text: str) -> NDArray[np.float32] | None:
        if self._embedder is None or not text.strip():
            return None
        vectors = try_embed(self._embedder, [text])
        self.lacks_meaning = vectors is None
        return None if vectors is None else vectors[0]

    def _weigh(
        self, question: Question, moments: Sequence[Moment], base: Mapping[str, float], lists: _Lists
    ) -> list[Found]:
        around = signals.places_around(moments)
        of_session = signals.sessions(moments, base)
        likeness, likeness_window = self._like(question, moments, around)
        most = sum(weight for name, weight in self._weights.items() if weight > 0 and name != "visual")
        found = []
        for row, m in enumerate(moments):
            before = around[row][1]
            earlier = "" if before is None else moments[before].id
            values = {name: scores.get(m.id, 0.0) for name, scores in lists.scores.items() if name != "temporal"}
            values |= {name: rate(question, m) for name, rate in _RATES}
            values["likeness"], values["likeness_window"] = likeness[row], likeness_window[row]
            values["session"] = of_session[m.id]
            values["semantic_before"] = lists.scores.get("semantic", {}).get(earlier, 0.0)
            values["neighbour_before"] = base.get(earlier, 0.0)
            score = min(1.0, max(0.0, weigh(values, self._weights) / most))
            found.append(Found(moment=m, score=score, signals=values))
        return found

    def _like(
        self, question: Question, moments: Sequence[Moment], around: Sequence[signals.Around]
    ) -> tuple[list[float], list[float]]:
        """Likeness of each moment's words, and of its window's, each 1 at the best."""
        terms = signals.terms_without_people(question)
        if not terms or not any(moment.text.strip() for moment in moments):
            return [0.0] * len(moments), [0.0] * len(moments)
        try:
            met = self._likeness.meet(terms, moments)
        except ModelError:  # without the model the same stem is alike, and nothing else
            met = self._letters.meet(terms, moments)
        windows = [[row for row in rows if row is not None] for rows in around]
        return _to_best(met.shares()), _to_best(met.shares_around(windows))

    def _is_close(self, question: Question, found: Found, lists: _Lists) -> bool:
        if question.times and not question.terms:
            return found.signals.get("temporal", 0.0) > 0.3  # "What happened yesterday?": the time is the question
        if question.anchor is not None and question.anchor.is_next:
            return found.signals.get("temporal", 0.0) > 0.0
        return self._is_close_by_itself(found.moment.id, lists)

    def _is_close_by_itself(self, moment: str, lists: _Lists) -> bool:
        if lists.cosine.get(moment, 0.0) >= self._closeness.cosine:
            return True
        if moment in lists.scores.get("lexical", ()) or moment in lists.scores.get("visual", ()):
            return True
        return lists.scores.get("lexical_window", {}).get(moment, 0.0) >= self._closeness.window


def search(
    retriever: Retriever, query: str, *, scope: Scope, limit: int, now: datetime, ignore: Collection[str] = ()
) -> SearchResult:
    """Understand and find, and say how long it took."""
    started_s = time.perf_counter()
    question = retriever.understand(query, now=now, ignore=ignore)
    found = retriever.find(question, scope=scope, limit=limit, widely=True)
    found = put_first(retriever.find_seen(question, scope=scope, now=now), found, limit)
    return SearchResult(
        query=query,
        interpreted=question.interpreted(),
        found=tuple(fold(found)),
        took_ms=(time.perf_counter() - started_s) * 1000,
    )


def _within(span: TimeRange, scope: Scope) -> Scope:
    """The part of a scope that lies in a range."""
    return replace(
        scope,
        since_us=span.since_us if scope.since_us is None else max(span.since_us, scope.since_us),
        until_us=span.until_us if scope.until_us is None else min(span.until_us, scope.until_us),
    )


def _scores(hits: Iterable[Hit], without: Collection[str]) -> dict[str, float]:
    return {hit.moment: hit.score for hit in hits if hit.moment not in without}


def _best_of(*lists: Mapping[str, float]) -> dict[str, float]:
    best: dict[str, float] = {}
    for scores in lists:
        for key, value in scores.items():
            best[key] = max(value, best.get(key, value))
    return best


def _to_best(shares: NDArray[np.float32]) -> list[float]:
    scaled: list[float] = (shares / max(float(shares.max()), 1e-9)).tolist()
    return scaled
