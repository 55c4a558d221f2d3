"""From the moments of recordings to conversations: streams that stand close together and take turns are one.

Role: moments in, conversations out; no search, no model. Separation may give each talker a stream of its own or one
stream to a pair; either way two people who talk to each other are told as one direction.
"""

from __future__ import annotations

import cmath
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from memory.records import Kind, Moment
from recall.by_time import ByTime, overlap_us
from recall.leaks import containment
from recall.missed_results import Direction

REACH_RAD = math.radians(25.0)  # people of one conversation sit within this, seen from the array
MAX_TOGETHER = 0.3  # part of the lesser's speech during which both may be heard and still take turns
_SAME_WORDS = 0.6


@dataclass(frozen=True, slots=True)
class Conversation:
    """What one direction of one recording said, in order of time."""

    session: str | None
    direction: Direction
    utterances: tuple[Moment, ...]


def gather(moments: Iterable[Moment]) -> list[Conversation]:
    """Build the conversations of recordings, in order of their first word; a moment without words belongs to none."""
    streams: dict[tuple[str | None, int | None], list[Moment]] = defaultdict(list)
    for moment in moments:
        if moment.kind is Kind.UTTERANCE and moment.text.strip():
            streams[moment.session, moment.stream].append(moment)
    conversations = []
    for session in dict.fromkeys(session for session, _stream in streams):
        own = {stream: rows for (of, stream), rows in streams.items() if of == session}
        conversations += [_build(session, group, own) for group in _group(own)]
    return sorted(conversations, key=lambda c: (c.utterances[0].started_us, c.direction.azimuth_rad or 0.0))


def mean_azimuth(moments: Sequence[Moment]) -> float | None:
    """Circular mean of the directions of moments, weighted by their length; None where none is known."""
    total = sum(
        (
            max(1, m.ended_us - m.started_us) * cmath.exp(1j * m.azimuth_rad)
            for m in moments
            if m.azimuth_rad is not None
        ),
        0j,
    )
    return cmath.phase(total) % (2 * math.pi) if abs(total) > 0 else None


def angle_between(one_rad: float, other_rad: float) -> float:
    """The angle between two azimuths, 0 to pi."""
    return abs((one_rad - other_rad + math.pi) % (2 * math.pi) - math.pi)


def _build(session: str | None, group: Sequence[int | None], streams: dict[int | None, list[Moment]]) -> Conversation:
    rows = sorted((m for stream in group for m in streams[stream]), key=lambda m: (m.started_us, m.ordinal, m.id))
    rows = list(_once(rows)) if len(group) > 1 else rows
    speakers = tuple(dict.fromkeys(m.speaker for m in rows if m.speaker))
    return Conversation(session, Direction(mean_azimuth(rows), speakers, tuple(group)), tuple(rows))


def _once(rows: Sequence[Moment]) -> Iterator[Moment]:
    """Leave out an utterance that a neighbouring stream heard as well, and fuller."""
    by_time = ByTime(rows)
    for row in rows:
        fuller = (
            other
            for other in by_time.beside(row)
            if other.stream != row.stream and (len(other.text), other.id) > (len(row.text), row.id)
        )
        if not any(containment(row.text, other.text) >= _SAME_WORDS for other in fuller):
            yield row


def _group(streams: dict[int | None, list[Moment]]) -> list[list[int | None]]:
    """Join neighbours that take turns, nearest first."""
    groups: list[list[int | None]] = [[stream] for stream in streams]
    azimuths = {stream: mean_azimuth(rows) for stream, rows in streams.items()}
    pairs = []
    for one, other in combinations(streams, 2):
        first, second = azimuths[one], azimuths[other]
        if first is not None and second is not None and angle_between(first, second) <= REACH_RAD:
            pairs.append((angle_between(first, second), one, other))
    near = {frozenset((one, other)) for _apart, one, other in pairs}
    for _apart, one, other in sorted(pairs, key=lambda pair: pair[0]):
        mine = next(group for group in groups if one in group)
        theirs = next(group for group in groups if other in group)
        if mine is theirs or not all(frozenset((i, j)) in near for i in mine for j in theirs):
            continue
        if all(_take_turns(streams[i], streams[j]) for i in mine for j in theirs):
            mine.extend(theirs)
            groups.remove(theirs)
    return groups


def _take_turns(first: Sequence[Moment], second: Sequence[Moment]) -> bool:
    """Whether two streams are seldom heard at once; the same words in both are one talker heard twice."""
    together = same = 0
    by_time = ByTime(second)
    for one in first:
        for other in by_time.beside(one):
            if max(containment(one.text, other.text), containment(other.text, one.text)) >= _SAME_WORDS:
                same += overlap_us(one, other)
            else:
                together += overlap_us(one, other)
    lesser = min(sum(m.ended_us - m.started_us for m in rows) for rows in (first, second)) - same
    return together <= MAX_TOGETHER * max(lesser, 0)
