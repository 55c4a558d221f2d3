"""Which conversation was followed, and from when to when.

Role: ratings and spans over conversations that were gathered already; no search and no model, closeness is given.
Source: papers.md 1.1 (anchors, ranges merged over short gaps, span from first start to last end).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from memory.records import Moment
from recall.by_time import ByTime, overlap_us
from recall.conversations import Conversation, angle_between
from recall.followed import Followed
from recall.words import stem, tokens

SECOND_US = 1_000_000
PAUSE_US = 60 * SECOND_US  # silence that ends a conversation
SHORT_US = 240 * SECOND_US  # a talk of up to so long is followed as a whole
_BESIDE_ANCHOR_US = 25 * SECOND_US  # in a longer one, what stands so near to words on the topic belongs to it
_COVERAGE = 0.4  # how much of a conversation's rating is that it says the topic's words,
_SHARE = 0.3  # and that the other conversations beside it do not
_N_BEST = 3
_SURE_LINES = 2
_NEAR_RAD = math.radians(35.0)  # a direction told in degrees is a guess
_ROUND_TABLE_RAD = math.radians(
    90.0
)  # people who sit this far apart may still talk to each other, if they never speak at once
_AT_ONCE = 0.1
_ON_TOPIC_TOO = 0.7
_WEAK = 0.3


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time in UTC microseconds, half open."""

    since_us: int
    until_us: int

    def touches(self, moment: Moment, *, pad_us: int = 0) -> bool:
        """Whether a moment has a part in it."""
        return moment.started_us < self.until_us + pad_us and moment.ended_us > self.since_us - pad_us


@dataclass(frozen=True, slots=True)
class Closeness:
    """How close utterances are to the topic.

    Attributes:
        cosine: Best cosine of each utterance (or the window around it) to the topic, by id.
        stems: Stems of the topic's words.
    """

    cosine: Mapping[str, float]
    stems: frozenset[str]

    def of(self, moment: Moment) -> float:
        """Cosine of an utterance to the topic, 0 where there is no vector."""
        return self.cosine.get(moment.id, 0.0)

    def words_in(self, moment: Moment) -> frozenset[str]:
        """Stems of the topic that an utterance says."""
        return self.stems & {stem(w) for w in tokens(moment.text)}


def rate(conversation: Conversation, beside: Sequence[Conversation], closeness: Closeness) -> float:
    """How much a conversation is about the topic, compared with those beside it; comparable between recordings."""
    best = sorted((closeness.of(m) for m in conversation.utterances), reverse=True)[:_N_BEST]
    rating = sum(best) / max(1, len(best))
    if not closeness.stems:
        return rating
    said = frozenset().union(*(closeness.words_in(m) for m in conversation.utterances))
    mine, others = (
        sum(len(closeness.words_in(m)) for c in group for m in c.utterances) for group in ([conversation], beside)
    )
    share = mine / (mine + others) if mine else 0.0
    return rating + _COVERAGE * len(said) / len(closeness.stems) + _SHARE * share


def is_about(conversation: Conversation, closeness: Closeness, *, cosine: float) -> bool:
    """Whether any utterance says a word of the topic or comes close to it."""
    return any(closeness.words_in(m) or closeness.of(m) >= cosine for m in conversation.utterances)


def is_surely_about(conversation: Conversation, closeness: Closeness, *, cosine: float) -> bool:
    """Whether a word of the topic is said, or it comes close more than once: one line of many is close by chance."""
    n_close = sum(closeness.of(m) >= cosine for m in conversation.utterances)
    return n_close >= _SURE_LINES or any(closeness.words_in(m) for m in conversation.utterances)


def fitting(conversations: Sequence[Conversation], followed: Followed) -> list[int]:
    """Places of those that hold the people and stand in the direction that the question names, the nearest first."""
    people = {person.casefold() for person in followed.people}
    wanted = followed.azimuth_rad
    kept: list[tuple[float, int]] = []
    for place, conversation in enumerate(conversations):
        speakers = {speaker.casefold() for speaker in conversation.direction.speakers}
        azimuth = conversation.direction.azimuth_rad
        apart = 0.0 if wanted is None else math.pi if azimuth is None else angle_between(wanted, azimuth)
        if apart <= _NEAR_RAD and (not people or people & speakers):
            kept.append((apart, place))
    return [place for _apart, place in sorted(kept)]


def with_partners(chosen: int, conversations: Sequence[Conversation], ratings: Sequence[float]) -> list[int]:
    """The chosen conversation and those that answer it from farther away: on the topic, never speaking at once.

    Args:
        chosen: Place of the conversation.
        conversations: All of the recording.
        ratings: Of each.

    Returns:
        Places, the chosen one first.
    """
    partners = [chosen]
    for place, other in enumerate(conversations):
        is_on_topic = place != chosen and ratings[place] >= _ON_TOPIC_TOO * ratings[chosen]
        if is_on_topic and _are_reachable(conversations[chosen], other) and _take_turns(conversations[chosen], other):
            partners.append(place)
    return partners


def _are_reachable(one: Conversation, other: Conversation) -> bool:
    first, second = one.direction.azimuth_rad, other.direction.azimuth_rad
    return first is not None and second is not None and angle_between(first, second) <= _ROUND_TABLE_RAD


def _take_turns(one: Conversation, other: Conversation) -> bool:
    by_time = ByTime(other.utterances)
    together = sum(overlap_us(m, n) for m in one.utterances for n in by_time.beside(m))
    lesser = min(sum(m.ended_us - m.started_us for m in c.utterances) for c in (one, other))
    rows = sorted([(m.started_us, 0) for m in one.utterances] + [(m.started_us, 1) for m in other.utterances])
    turns = sum(rows[i][1] != rows[i + 1][1] for i in range(len(rows) - 1))
    return together <= _AT_ONCE * lesser and turns >= 3


def find_spans(utterances: Sequence[Moment], followed: Followed, closeness: Closeness) -> list[Span]:
    """The stretches in which a conversation was on its topic.

    Args:
        utterances: What the followed conversation said, in order; not empty.
        followed: What the question says.
        closeness: To its topic.

    Returns:
        At least one span, in order. A short talk is one span, whatever else it touches.
    """
    anchors = _anchors(utterances, followed, closeness)
    spans: list[tuple[Span, float]] = []
    for run in _runs(utterances):
        held = [m for m in run if m.id in anchors]
        if not held:
            continue
        if _end(run) - run[0].started_us <= SHORT_US or not (followed.terms or followed.people):
            spans.append((Span(run[0].started_us, _end(run)), sum(anchors[m.id] for m in held)))
        else:
            spans += _around(run, anchors)
    strongest = max((strength for _span, strength in spans), default=0.0)
    kept = [span for span, strength in spans if strength >= _WEAK * strongest]
    return kept or [Span(utterances[0].started_us, _end(utterances))]


def _anchors(utterances: Sequence[Moment], followed: Followed, closeness: Closeness) -> dict[str, float]:
    """Utterances that are surely on the topic, and how strongly."""
    people = {person.casefold() for person in followed.people}
    if not followed.terms:
        return {m.id: 1.0 for m in utterances if not people or (m.speaker or "").casefold() in people}
    best = max(closeness.of(m) for m in utterances)
    floor = max(0.3, best - 0.15)
    anchors = {}
    for moment in utterances:
        words, cosine = closeness.words_in(moment), closeness.of(moment)
        if words or cosine >= floor:
            anchors[moment.id] = len(words) / max(1, len(closeness.stems)) + cosine
    return anchors or {m.id: 1.0 for m in utterances}


def _runs(utterances: Sequence[Moment]) -> list[list[Moment]]:
    """Cut at long silences."""
    runs: list[list[Moment]] = []
    for moment in utterances:
        if not runs or moment.started_us - _end(runs[-1]) > PAUSE_US:
            runs.append([])
        runs[-1].append(moment)
    return runs


def _around(run: Sequence[Moment], anchors: Mapping[str, float]) -> list[tuple[Span, float]]:
    """Stretches of a long talk around its anchors, merged where they meet."""
    merged: list[tuple[Span, float]] = []
    by_time = ByTime(run)
    for anchor in (m for m in run if m.id in anchors):
        near = list(by_time.beside(anchor, pad_us=_BESIDE_ANCHOR_US))
        span, strength = Span(near[0].started_us, _end(near)), anchors[anchor.id]
        if merged and span.since_us <= merged[-1][0].until_us:
            last, before = merged.pop()
            span, strength = Span(last.since_us, max(last.until_us, span.until_us)), before + strength
        merged.append((span, strength))
    return merged


def _end(run: Sequence[Moment]) -> int:
    return max(m.ended_us for m in run)
