"""Journeys that a question means: "on the trip to Seville", "on our last holiday", "the hotel in Lisbon".

Role: from a question's words and the journeys that there are to the one that is meant, as a time; none where several
may be meant. It finds no moments.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo

from memory.records import Journey, Moment
from recall.anchors import Anchor
from recall.happened import Happening
from recall.question import Question, find_known_names
from recall.time_words import tell_day
from recall.times import TimeRange

_TRIP = re.compile(
    r"\b(?:(?P<side>on|during|from|of|in|for|at|before|after|since)\s+)?"
    r"(?:(?:the|that|this|my|our|a)\s+)?(?:(?P<which>last|latest|most\s+recent|recent|first)\s+)?(?:[\w’'-]+\s+)?"
    r"(?:trip|journey|holidays?|vacation|getaway|city\s+break|honeymoon)\b(?:\s+(?:to|in)\s+(?:[A-ZÀ-Þ][\w’'-]+\s*)+)?"
)
_LATEST = frozenset({"last", "latest", "most recent", "recent"})
_SEVERAL = re.compile(r"\b(?:every|each|any)\b|\b(?:trips|journeys|travels)\b", re.IGNORECASE)
_BESIDE = frozenset({"before", "after", "since"})
_WITHIN = frozenset({"on", "during", "from", "of"})
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def asks_for_journey(question: Question) -> bool:
    """Whether a question may mean a journey at all, so that it is worth telling them."""
    return bool(question.places) or _TRIP.search(question.text) is not None


def find_journey(question: Question, journeys: Sequence[Journey]) -> tuple[Journey, tuple[int, int], bool] | None:
    """The journey that is meant, where its words stand, and whether they say "trip"; None where that is not clear.

    Args:
        question: As understood; one that names a time means that time.
        journeys: All of them, in order of time.
    """
    text = question.text
    if question.times or _SEVERAL.search(text):
        return None
    trip = _TRIP.search(text)
    begun = [j for j in journeys if j.started_us <= question.asked_us]
    named = {place for j in begun for place in j.places}
    places = set(find_known_names(text, named))
    if trip is None and not places:
        return None
    meant = [j for j in begun if places & set(j.places)] if places else begun
    if trip is not None and trip["which"] and trip["which"] != "first":
        meant = meant[-1:]
    elif trip is not None and trip["which"]:
        meant = meant[:1]
    if len(meant) != 1 or (trip is not None and trip["side"] in _BESIDE):
        return None
    if trip is not None and not places and not trip["which"] and trip["side"] not in _WITHIN:
        return None  # "what do we need for the holidays?"
    return meant[0], trip.span() if trip else (0, 0), trip is not None


def to_happening(journey: Journey, moment: Moment) -> Happening:
    """The journey as what a time may be counted from: "the week after the trip to Porto"."""
    first, last = date.fromisoformat(journey.first_date), date.fromisoformat(journey.last_date)
    return Happening(moment, journey.title, first, last, _say(first, last), 1.0)


def to_anchor(journey: Journey, question: Question, span: tuple[int, int], zone: tzinfo | None) -> Anchor:
    """The journey as what a question counts its time from: it lies within its days."""
    since, until = (_local(us, zone) for us in (journey.started_us, journey.ended_us))
    said = question.text[slice(*span)] or journey.title
    first, last = date.fromisoformat(journey.first_date), date.fromisoformat(journey.last_date)
    return Anchor(
        said, journey.first, _say(first, last), TimeRange(since, until, span), is_measured=False, is_journey=True
    )


def _say(first: date, last: date) -> str:
    return tell_day(first) if first == last else f"{tell_day(first)} to {tell_day(last)}"


def _local(us: int, zone: tzinfo | None) -> datetime:
    return (_EPOCH + timedelta(microseconds=us)).astimezone(zone)
