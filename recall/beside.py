"""What belongs to what was found: other moments of the same event, and the event before or after it.

Role: from scores of single moments to what their surroundings say about others. Source of the idea: OmniQuery (arXiv
2409.08250, papers.md 1.2): three of four questions to one's own photos need context that no single one holds.
"The bill of the dinner where Ana told of her new job": the receipt knows nothing of Ana, and was taken beside her
words.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo

from memory.event_book import EventBook
from memory.records import Event, Kind, Moment
from memory.store import Memory, Scope
from recall.question import Asked, Question
from recall.results import Found
from recall.times import TimeRange

_N_STRONG = 30  # of the moments found, so many may speak for others
_N_EVENTS = 4
_N_BROUGHT = 40  # of each event
_STRONG = 0.35  # share of the best score from which a moment speaks for others
_N_SEEN = 5
_N_TOGETHER = 4
_NEAR_US = 15 * 60 * 1_000_000  # what was seen so soon before or after may belong to it
_CLEARLY = 0.9  # of the best score: another event that is as near speaks against it
_FRINGE_US = 10 * 60 * 1_000_000  # so little beside an event is not yet what came before or after it
_NEXT_WITHIN = timedelta(hours=2)
_NEXT_ALONE = timedelta(hours=1)  # where no event is known right there

# The question says by what else it was ("where Ana told of …", "the day we met"), or asks for all of it.
_RELATED = re.compile(
    r"\S\s+(?:where|when|while|(?:at|on|in|during)\s+which|the\s+(?:time|day|evening|night|morning))\s+"
    r"(?:I|[Ww]e|[Hh]e|[Ss]he|[Tt]hey|[Mm]y|[Oo]ur|[A-ZÀ-Þ]\w+)\b"
)
_SEVERAL = re.compile(r"\b(?:all|every|each)\b", re.IGNORECASE)  # of many events, and not one
_WHOLE = re.compile(
    r"^(?:(?:please|can you|could you)\s+)*(?:sum(?:mari[sz]e)?\b|recap\b|describe\b|how\s+was\b"
    r"|tell\s+me\s+(?:all\s+)?about\b"
    r"|what\s+happened\b|what\s+was\s.{1,40}\slike\b"
    r"|what\s+(?:did|have)\s.{1,40}\b(?:see|seen|do|done|visit(?:ed)?)\s+(?:at|in|on|during)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Events of what was found.

    Attributes:
        event_of: The event of each moment that speaks for others, and of those they bring.
        brought: Other moments of the best events, which are not looked at anyway.
        near: Those that are not of the event, but were seen shortly before or after it.
    """

    event_of: Mapping[str, str]
    brought: tuple[str, ...]
    near: frozenset[str] = frozenset()


def find_surroundings(
    book: EventBook, base: Mapping[str, float], close: Collection[str], known: Collection[str]
) -> Surroundings:
    """Look at the events of the best moments.

    Args:
        book: The events.
        base: Scores of moments, the best 1.
        close: Those of them that are close to the question by themselves; others speak for nobody.
        known: Those that are looked at anyway.
    """
    strong = heapq.nlargest(_N_STRONG, (m for m in close if base.get(m, 0.0) >= _STRONG), key=lambda m: (base[m], m))
    event_of = book.find_of(strong)
    by_event: dict[str, dict[str, float]] = {}
    for moment in strong:
        if moment in event_of:
            by_event.setdefault(event_of[moment], {})[moment] = base[moment]
    best = heapq.nlargest(_N_EVENTS, by_event, key=lambda event: (max(by_event[event].values()), event))
    seen = book.list_seen(best, limit=_N_BROUGHT, near_us=_NEAR_US)
    belongs = {moment: event for event in reversed(best) for moment in seen[event]} | event_of
    brought = tuple(dict.fromkeys(m for ids in seen.values() for m in ids if m not in known))
    true = book.find_of(belongs)
    near = frozenset(moment for moment, event in belongs.items() if true.get(moment) != event)
    return Surroundings(belongs, brought, near)


def is_of_many(question: Question) -> bool:
    """Whether a question is about many events, so that what lies beside one of them is no answer: counts, "all"."""
    return question.asked is Asked.HOW_MANY or _SEVERAL.search(question.text) is not None


def asks_for_more(question: Question) -> bool:
    """Whether one event is asked for by more than its moments tell each: by what else it was, by a kind, as a whole."""
    asks = question.kinds or _RELATED.search(question.text) or _WHOLE.search(question.text)
    return bool(asks) and not is_of_many(question)


def bring_beside(
    question: Question, close: Sequence[Found], ranked: Sequence[Found], beside: Surroundings
) -> list[Found]:
    """Behind the best moment put what was seen and written of its event, best first; the others follow as they were.

    Where the question names a kind ("the photos from the dinner where …") that kind comes first, and the event is the
    one of which moments of other kinds fit best together, for the photo itself need not fit at all.

    Args:
        question: It is not ``is_of_many``.
        close: What is close to the question, best first.
        ranked: All that was weighed, best first; what was seen beside the best one need not be close by itself.
        beside: The events.
    """
    if not close:
        return []
    kinds = {kind for kind in question.kinds if kind is not Kind.UTTERANCE}
    event = _find_event(close, kinds, beside)
    members = [f for f in ranked if event is not None and beside.event_of.get(f.moment.id) == event]
    if not members or (not kinds and _is_rivalled(close, event, beside)):
        return list(close)
    seen = [f for f in members if (f.moment.kind in kinds if kinds else _adds(f.moment.kind, close[0].moment.kind))]
    seen = sorted(seen, key=lambda f: f.moment.id in beside.near)[:_N_SEEN]
    brought = {f.moment.id: _associated(f, close[0]) for f in seen}
    first = [] if kinds or close[0].moment.id in brought else [close[0]]
    return [*first, *brought.values(), *(f for f in close if f.moment.id not in brought and f not in first)]


def _find_event(close: Sequence[Found], kinds: Collection[Kind], beside: Surroundings) -> str | None:
    """The event of the best moment; where a kind is named, that of which moments of other kinds fit best together."""
    if not kinds:
        return beside.event_of.get(close[0].moment.id)
    scores: dict[str, list[float]] = {}
    for found in close:
        event = beside.event_of.get(found.moment.id)
        if event is not None and found.moment.kind not in kinds:
            scores.setdefault(event, []).append(found.score)
    return max(scores, key=lambda event: (sum(scores[event][:_N_TOGETHER]), event), default=None)


def _associated(found: Found, best: Found) -> Found:
    """The same, as high as the best one, with the reason among its signals."""
    return replace(found, score=best.score, signals={**found.signals, "association": 1.0})


def _adds(kind: Kind, best: Kind) -> bool:
    """Whether a moment of a kind adds to the best one; screens beside a screen are found by their own words."""
    return kind is not Kind.UTTERANCE and not (kind is best is Kind.SCREENSHOT)


def _is_rivalled(close: Sequence[Found], event: str | None, beside: Surroundings) -> bool:
    """Whether a moment of another event is nearly as good as the best one."""
    other = next((f for f in close if beside.event_of.get(f.moment.id) != event), None)
    return other is not None and other.score > _CLEARLY * close[0].score


def find_next(memory: Memory, moment: Moment, side: str, zone: tzinfo | None, words: tuple[int, int]) -> TimeRange:
    """The stretch right before or after the event of a moment: that of the event beside it, where one is near.

    Where the event begins and ends is told by its moments of the same kind: a call is over when nobody speaks any more,
    though what came on the screen next was counted to it.

    Args:
        memory: Holds the events.
        moment: It tells of the event.
        side: "before" or "after".
        zone: Of the question.
        words: (start, end) of its words in the question.
    """
    started_us, ended_us = _span_of(memory, moment)
    within_us = round(_NEXT_WITHIN.total_seconds() * 1e6)
    alone_us = round(_NEXT_ALONE.total_seconds() * 1e6)
    if side == "before":
        near = _lasting(memory.events.list_events(started_us - within_us, started_us))
        begun = sorted((e.started_us for e in near if e.started_us < started_us), reverse=True)
        stretches = [(since_us, started_us) for since_us in begun] or [(started_us - alone_us, started_us)]
    else:
        near = _lasting(memory.events.list_events(ended_us + 1, ended_us + within_us))
        ended = sorted(e.ended_us for e in near if e.ended_us > ended_us)
        stretches = [(ended_us + 1, until_us + 1) for until_us in ended] or [(ended_us + 1, ended_us + alone_us + 1)]
    since_us, until_us = _choose(memory, stretches)
    return TimeRange(_local(since_us, zone), _local(until_us, zone), words)


def _choose(memory: Memory, stretches: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The first stretch, unless it is but the fringe of the event itself: a glance that was counted to it.

    Args:
        memory: Is looked up.
        stretches: To the far side of each event nearby, the nearest first.
    """
    since_us, until_us = stretches[0]
    is_fringe = until_us - since_us < _FRINGE_US and memory.has_at_most(1, Scope(since_us=since_us, until_us=until_us))
    return stretches[1] if is_fringe and len(stretches) > 1 else stretches[0]


def _lasting(events: Sequence[Event]) -> list[Event]:
    """Events of more than one moment: a glance at the telephone is not what one did before."""
    return [event for event in events if len(event.moments) > 1] or list(events)


def _span_of(memory: Memory, moment: Moment) -> tuple[int, int]:
    """Where the event of a moment begins and ends, by its moments of the same kind."""
    events = memory.events.find_events(memory.events.find_of([moment.id]).values())
    ids = [m for event in events.values() for m in event.moments]
    alike = [m for m in memory.find_moments(ids).values() if m.kind is moment.kind] or [moment]
    return min(m.started_us for m in alike), max(m.ended_us for m in alike)


def _local(us: int, zone: tzinfo | None) -> datetime:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=us)).astimezone(zone)
