"""Event anchors: "the week before the birthday", "after the trip to Porto" become times, once the event is found.

Role: reads the anchor from a question, and turns the days of the event that was found into a soft range. It finds
nothing itself; what cannot be found clearly stays words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from memory.records import Moment
from recall.happened import Happening
from recall.times import DAYS_IN, NUMBERS, TimeRange
from recall.words import content_words, stem, tokens

_N_DAYS_LOOSE = 30  # "after the trip", without a length
_LONG_DAYS = 36_500
_N = r"(?P<n>\d{1,2}|" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + ")"
_LENGTH = rf"(?:(?:in|on|during|over)\s+)?(?:the\s+|a\s+)?(?:{_N}\s+)?(?P<unit>day|weekend|week|month|year)s?\s+"
_WHOSE = r"(?:(?:the|my|our|his|her|their)\b|[A-Z]\w+['’]s)"
_NEXT = r"(?P<next>(?i:just|right|directly|immediately|shortly|straight))\s+"
_ANCHOR = re.compile(
    rf"\b(?:{_LENGTH}|{_NEXT})?(?P<side>before|after|since|until|during)\s+(?P<what>{_WHOSE}\s+[^,?.!;]+)"
)
_TAIL = re.compile(
    r"\s+(?:to\s+(?!the\b|a\b|my\b|our\b)[a-z]|(?:did|was|were|had|who|what|that|which|when|where|how|and)\b).*$"
)
_LEAST_WORDS = 2


@dataclass(frozen=True, slots=True)
class AnchorWords:
    """An anchor as it stands in a question.

    Attributes:
        span: (start, end) characters.
        side: "before", "after", "since", "until" or "during".
        is_next: What lies right beside it is meant: "just before", "right after".
        n_days: How far to that side; None where the words do not say.
        what: The event in words: "the trip to Porto".
    """

    span: tuple[int, int]
    side: str
    is_next: bool
    n_days: int | None
    what: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """An anchor whose event was found.

    Attributes:
        text: Its words in the question.
        moment: The one that tells of the event.
        told: When the event was.
        range: What is meant.
        is_next: What lies right beside the event is meant, whatever it is about; before it where ``is_before``.
        is_measured: The words say how far from it ("the week before"): the event then is but a mark in time, and its
            words are not looked for.
        is_journey: It is a run of days away from home.
    """

    text: str
    moment: str
    told: str
    range: TimeRange
    is_measured: bool
    is_next: bool = False
    is_before: bool = False
    is_journey: bool = False


def find_anchor(text: str) -> AnchorWords | None:
    """Find the event a question counts its time from; None where it names none."""
    for match in _ANCHOR.finditer(text):
        what = _TAIL.sub("", match["what"]).strip()
        if len(what.split()) < _LEAST_WORDS:
            continue
        n_days = None
        if match["unit"]:
            number = match["n"] or "1"
            n_days = (int(number) if number.isdigit() else NUMBERS[number]) * DAYS_IN[match["unit"]]
        span = match.start(), match.start("what") + len(what)
        return AnchorWords(span, match["side"], bool(match["next"]), n_days, what)
    return None


def best_told(what: str, moments: Sequence[Moment]) -> Moment:
    """The moment that holds most words of an event's phrase; of those that hold as many, the one found first.

    Args:
        what: "the call with the bank".
        moments: As found, best first; at least one.
    """
    wanted = {stem(word) for word in content_words(what)}
    return max(moments, key=lambda m: len(wanted & {stem(word) for word in tokens(m.text)}))


def resolve(words: AnchorWords, event: Happening, text: str, now: datetime) -> Anchor:
    """Turn the days of the event into the range that the words mean, in the zone of ``now``."""
    first = datetime.combine(event.first, time(), tzinfo=now.tzinfo)
    over = datetime.combine(event.last, time(), tzinfo=now.tzinfo) + timedelta(days=1)
    reach = timedelta(days=words.n_days if words.n_days is not None else _N_DAYS_LOOSE)
    since, until = {
        "before": (first - reach, first),
        "after": (over, over + reach),
        "since": (first, max(over, now + timedelta(days=1))),
        "until": (first - timedelta(days=_LONG_DAYS), over),
        "during": (first, over),
    }[words.side]
    if words.n_days == DAYS_IN["day"] and words.side == "after":
        until = since + timedelta(days=1)
    said = text[words.span[0] : words.span[1]]
    return Anchor(said, event.moment.id, event.told, TimeRange(since, until, words.span), words.n_days is not None)
