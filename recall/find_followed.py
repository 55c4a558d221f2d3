"""Finding the conversation that a question says was followed: its recording, its direction, its stretches of time.

Role: asks the memory for recordings and vectors and rates what they hold; the ratings themselves live in
``recall.attended``. Nothing is told here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np

from memory.records import Kind, Moment
from memory.scope import Unit
from memory.store import Memory, Scope
from models.protocols import Embedder
from recall.attended import (
    Closeness,
    Span,
    find_spans,
    fitting,
    is_about,
    is_surely_about,
    rate,
    with_partners,
)
from recall.conversations import Conversation, gather
from recall.followed import Followed
from recall.leaks import Vectors
from recall.meaning import try_embed
from recall.missed_results import Nothing
from recall.retrieve import Retriever
from recall.times import TimeRange
from recall.words import stem, tokens

HEARD = frozenset({Kind.UTTERANCE})
_LEAST = 1e-6  # the rating of a conversation that is about the topic, however little
_N_FOUND = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class FindRules:
    """When a recording is the one that is meant.

    Attributes:
        n_recordings: Recordings that are compared where the question names none.
        cosine: From where a conversation is surely close to the topic.
        cosine_weak: What is taken where nothing is surely close, and then told as the closest only. With MiniLM, topics
            that no word of the talk names lie at .2 to .3, and so do the nearest of topics that nobody spoke about.
        cosine_told: What is taken where the recording is given.
        alone: How much less a recording with one direction is believed to be the one meant.
        later: Of recordings rated so nearly alike the latest is taken.
    """

    n_recordings: int = 6
    cosine: float = 0.3
    cosine_weak: float = 0.2
    cosine_told: float = 0.15
    alone: float = 0.2
    later: float = 0.02


@dataclass(frozen=True, slots=True)
class Setting:
    """A recording and what of it was followed.

    Attributes:
        session: The recording.
        conversations: All that was said in it, by direction.
        followed: Those of them that were followed; none while the user was away.
        spans: When, in order.
        is_sure: Whether it says a word of the topic or is surely close to it; otherwise it is only the closest.
    """

    session: str | None
    conversations: tuple[Conversation, ...]
    followed: tuple[Conversation, ...]
    spans: tuple[Span, ...]
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class _Candidate:
    session: str
    conversations: list[Conversation]
    ratings: list[float]
    closeness: Closeness
    rating: float

    @property
    def started_us(self) -> int:
        return self.conversations[0].utterances[0].started_us


class FollowedFinder:
    """Finds what was followed. Without an embedder words alone decide."""

    def __init__(
        self, memory: Memory, retriever: Retriever, embedder: Embedder | None, *, rules: FindRules | None = None
    ) -> None:
        self._memory = memory
        self._retriever = retriever
        self._embedder = embedder
        self._rules = rules or FindRules()

    def find(self, followed: Followed, scope: Scope, *, session: str | None = None) -> Setting | Nothing:
        """Find what was followed.

        Args:
            followed: As read from the question.
            scope: Hard limits of time.
            session: The recording, where it is known.

        Raises:
            ModelError: the embedder cannot work.
        """
        scope = replace(within(followed.times, scope), kinds=HEARD, sessions=frozenset({session}) if session else None)
        if followed.away:
            return self._while_away(followed, scope)
        if not followed.names_something:
            return Nothing.NOT_SAID
        if session is not None:
            best = self._best([session], followed, scope, cosine=self._rules.cosine_told)
        else:
            best = self._best(self._recordings(followed, scope), followed, scope, cosine=self._rules.cosine)
            if best is None and followed.terms:
                best = self._best(self._nearest(followed, scope), followed, scope, cosine=self._rules.cosine_weak)
        return Nothing.NOT_FOUND if best is None else self._settle(best, followed)

    def find_marked(self, session: str, streams: Collection[int], scope: Scope) -> Setting | Nothing:
        """Take the user's word for what was followed: these streams of a recording, as long as they were heard.

        Args:
            session: The recording.
            streams: Numbers of its streams; a conversation that holds one of them was followed as a whole.
            scope: Hard limits of time.
        """
        scope = replace(scope, kinds=HEARD, sessions=frozenset({session}))
        conversations = gather(self._memory.iter_moments(scope))
        marked = [c for c in conversations if not set(streams).isdisjoint(c.direction.streams)]
        if not marked:
            return Nothing.NOT_FOUND
        utterances = sorted((m for c in marked for m in c.utterances), key=lambda m: (m.started_us, m.id))
        spans = find_spans(utterances, Followed(), Closeness({}, frozenset()))
        return Setting(session, tuple(conversations), tuple(marked), tuple(spans))

    def _best(self, sessions: Iterable[str], followed: Followed, scope: Scope, *, cosine: float) -> _Candidate | None:
        best: _Candidate | None = None
        for session in sessions:
            candidate = self._candidate(session, followed, scope, cosine=cosine)
            if candidate is not None and (best is None or self._is_rather(candidate, best)):
                best = candidate
        return best

    def vectors(self, moments: Sequence[Moment]) -> Vectors:
        """Unit vectors (parts, dims) of utterances by id: the kept ones; what is absent is made, and not kept."""
        if self._embedder is None or not moments:
            return {}
        vectors = dict(self._stored(moments, "moment"))
        absent = [m for m in moments if m.id not in vectors]
        if absent:
            made = try_embed(self._embedder, [m.text for m in absent])
            vectors.update({m.id: made[i : i + 1] for i, m in enumerate(absent)} if made is not None else {})
        return vectors

    def _recordings(self, followed: Followed, scope: Scope) -> list[str]:
        """Recordings that may hold what was followed, the likeliest first."""
        scores: dict[str, float] = defaultdict(float)
        if followed.terms:
            question = self._retriever.understand(followed.topic, now=datetime.now(tz=UTC))
            question = replace(question, times=(), kinds=(), terms=followed.terms)
            for found in self._retriever.find(question, scope=scope, limit=_N_FOUND):
                name = found.moment.session
                if name is not None:
                    scores[name] = max(scores[name], found.score)
        elif followed.people:
            words = [word for person in followed.people for word in tokens(person)]
            hits = self._memory.search_lexical(words, unit="window", scope=scope)
            for moment in self._memory.find_moments(hit.moment for hit in hits).values():
                if moment.session is not None and moment.speaker in followed.people:
                    scores[moment.session] += 1.0
        else:
            newest = self._memory.iter_moments(scope, newest_first=True)
            latest = next((m.session for m in newest if m.session is not None and m.azimuth_rad is not None), None)
            return [] if latest is None else [latest]
        return sorted(scores, key=lambda name: -scores[name])[: self._rules.n_recordings]

    def _nearest(self, followed: Followed, scope: Scope) -> list[str]:
        """Recordings that come nearest in meaning, however weakly."""
        made = try_embed(self._embedder, [followed.topic])
        if made is None or self._embedder is None:
            return []
        hits = self._memory.search_vectors(made[0], model=self._embedder.producer, unit="window", scope=scope)
        near = {hit.moment: hit.score for hit in hits if hit.score >= self._rules.cosine_weak}
        moments = self._memory.find_moments(near)
        names = [moments[key].session for key in sorted(near, key=lambda key: -near[key]) if key in moments]
        return list(dict.fromkeys(name for name in names if name is not None))[: self._rules.n_recordings]

    def _candidate(self, name: str, followed: Followed, scope: Scope, *, cosine: float) -> _Candidate | None:
        conversations = gather(self._memory.iter_moments(replace(scope, sessions=frozenset({name}))))
        if not conversations:
            return None
        closeness = self._closeness(followed, conversations)
        ratings = _rate_all(conversations, followed, closeness, cosine=cosine)
        if max(ratings) <= 0.0:
            return None
        rating = max(ratings) - (self._rules.alone if len(conversations) == 1 else 0.0)
        return _Candidate(name, conversations, ratings, closeness, rating)

    def _is_rather(self, candidate: _Candidate, best: _Candidate) -> bool:
        if abs(candidate.rating - best.rating) <= self._rules.later:
            return candidate.started_us > best.started_us
        return candidate.rating > best.rating

    def _settle(self, best: _Candidate, followed: Followed) -> Setting:
        """The best conversation of a recording with those who take part in it, and when it was on its topic."""
        chosen = int(np.argmax(best.ratings))
        partners = with_partners(chosen, best.conversations, best.ratings) if followed.terms else [chosen]
        taking_part = [best.conversations[place] for place in partners]
        utterances = sorted((m for c in taking_part for m in c.utterances), key=lambda m: (m.started_us, m.id))
        spans = find_spans(utterances, followed, best.closeness)
        is_sure = not followed.terms or is_surely_about(taking_part[0], best.closeness, cosine=self._rules.cosine)
        return Setting(best.session, tuple(best.conversations), tuple(taking_part), tuple(spans), is_sure)

    def _while_away(self, followed: Followed, scope: Scope) -> Setting | Nothing:
        """Everything that was said in the time the user was not there."""
        if scope.since_us is None and scope.sessions is None:
            return Nothing.NOT_SAID
        conversations = gather(self._memory.iter_moments(scope))
        if not conversations:
            is_recorded = scope.sessions is not None or self._memory.is_recorded(scope.since_us, scope.until_us)
            return Nothing.NOTHING_BESIDE if is_recorded else Nothing.NOT_RECORDED
        longest = max(conversations, key=lambda c: len(c.utterances))
        since_us = min(c.utterances[0].started_us for c in conversations)
        until_us = max(m.ended_us for c in conversations for m in c.utterances)
        return Setting(longest.session, tuple(conversations), (), (Span(since_us, until_us),))

    def _closeness(self, followed: Followed, conversations: Sequence[Conversation]) -> Closeness:
        stems = frozenset(stem(word) for word in followed.terms)
        made = try_embed(self._embedder, [followed.topic] if followed.topic else [])
        if made is None:
            return Closeness({}, stems)
        topic = made[0]
        moments = [m for c in conversations for m in c.utterances]
        cosine: dict[str, float] = {}
        for vectors in (self.vectors(moments), self._stored(moments, "window")):
            for key, rows in vectors.items():
                cosine[key] = max(cosine.get(key, -1.0), float(np.max(rows @ topic)))
        return Closeness(cosine, stems)

    def _stored(self, moments: Iterable[Moment], unit: Unit) -> Vectors:
        if self._embedder is None:
            return {}
        return self._memory.find_vectors([m.id for m in moments], model=self._embedder.producer, unit=unit)


def within(times: Sequence[TimeRange], scope: Scope) -> Scope:
    """The part of a scope that lies in the times a question names."""
    if not times:
        return scope
    since_us, until_us = min(t.since_us for t in times), max(t.until_us for t in times)
    return replace(
        scope,
        since_us=since_us if scope.since_us is None else max(since_us, scope.since_us),
        until_us=until_us if scope.until_us is None else min(until_us, scope.until_us),
    )


def _rate_all(
    conversations: Sequence[Conversation], followed: Followed, closeness: Closeness, *, cosine: float
) -> list[float]:
    """Rate each conversation; 0 for those that cannot be the one."""
    ratings = [0.0] * len(conversations)
    for rank, place in enumerate(fitting(conversations, followed)):
        conversation = conversations[place]
        if not followed.terms:
            ratings[place] = 1.0 / (1 + rank)  # the people or the nearest direction decide
        elif is_about(conversation, closeness, cosine=cosine):
            beside = [c for c in conversations if c is not conversation]
            ratings[place] = max(_LEAST, rate(conversation, beside, closeness))
    return ratings
