"""What "What did I miss?" gives back: plain frozen records, ready to be shown or printed.

Role: the nouns of what ran beside a followed conversation. No search, no model, no JSON here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from memory.records import Moment


class Nothing(StrEnum):
    """Why nothing is told as missed."""

    NOT_SAID = "not_said"  # the question names no conversation
    NOT_FOUND = "not_found"  # no recording holds the conversation it names
    ONE_DIRECTION = "one_direction"  # the recording was not taken apart by direction
    NOTHING_BESIDE = "nothing_beside"  # nobody else spoke meanwhile
    NOT_RECORDED = "not_recorded"  # nothing was recorded while the user was away


@dataclass(frozen=True, slots=True)
class Direction:
    """One direction of a recording.

    Attributes:
        azimuth_rad: Mean direction of arrival, counter-clockwise from the array's x axis, 0 to 2 pi; None if unknown.
        speakers: Who spoke there, as far as names are known, in order of their first word.
        streams: The streams of the recording that make it up (more than one where people take turns side by side).
    """

    azimuth_rad: float | None
    speakers: tuple[str, ...]
    streams: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that was said and missed: its words, and the ids of the utterances that carry it, in order.

    ``is_sure`` is false where the recognizer was not sure of the words: they may be misheard.
    """

    text: str
    moments: tuple[str, ...]
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class Attended:
    """The conversation that was followed: where it came from, what was said, and one line about it.

    ``is_sure`` is false where no word of the topic was heard and it is only the closest.
    """

    directions: tuple[Direction, ...] = ()
    moments: tuple[Moment, ...] = ()
    summary: str = ""
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class MissedDirection:
    """What one other direction said meanwhile.

    Attributes:
        direction: Where.
        moments: What was heard there, by time.
        summary: One line.
        points: By importance.
        is_phrased: Whether a model worded the summary (it was checked); otherwise a rule did.
    """

    direction: Direction
    moments: tuple[Moment, ...]
    summary: str
    points: tuple[Point, ...]
    is_phrased: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """What ran beside the followed conversation; where that is nothing, ``reason`` and ``contrast`` say why."""

    question: str
    session: str | None
    attended: Attended
    missed: tuple[MissedDirection, ...]
    contrast: str
    reason: Nothing | None
    took_ms: float
