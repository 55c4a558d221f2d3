"""The signals that say how well a moment fits a question, each 0 to 1, each a small pure function.

Role: from a question and a moment (or the scores around it) to numbers. No database, no model.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from memory.records import Kind, Moment
from recall.question import Asked, Question
from recall.times import TimeRange
from recall.words import count_tokens, fold, tokens

Around = tuple[int, int | None, int | None]
_DAY_US = 86_400_000_000
_TYPICAL_LENGTH = 0.74
_TIME_WORDS = re.compile(
    r"\b(?:yesterday|today|tonight|tomorrow|ago|last|next|this (?:week|month|year|morning|weekend)"
    r"|mon|tues|wednes|thurs|fri|satur|sun"
    r"|january|february|march|april|may|june|july|august|september|october|november|december|week(?:end)?s?|months?|years?|days?"
    r"|o'clock|noon|midnight|(?:19|20)\d\d|\d{1,2}:\d\d)(?:day)?\b",
    re.IGNORECASE,
)
_SELF = re.compile(r"\b(?:I|my|me|mine|[Ww]e|our|us)\b|\b[MO](?:y|ur)\b")
_OTHER = re.compile(r"\b(?:you|yours?)\b", re.IGNORECASE)
_NUMBERS = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred|thousand|once|twice"
    r"|couple|dozen|half)\b",
    re.IGNORECASE,
)


def expression(question: Question, moment: Moment) -> float:
    """1 where the words hold the kind of thing asked for: a time for "when", a number for "how many" or "how much"."""
    if question.asked is Asked.WHEN:
        return float(bool(_TIME_WORDS.search(moment.text)))
    if question.asked in (Asked.HOW_MANY, Asked.HOW_MUCH, Asked.HOW_LONG):
        return float(bool(_NUMBERS.search(moment.text)))
    return 0.0


def speaker(question: Question, moment: Moment) -> float:
    """1 where the question names the one who speaks."""
    return float(moment.speaker is not None and moment.speaker in question.people)


def own_words(question: Question, moment: Moment) -> float:
    """1 where the person asked about speaks of themselves: "I", "my", "we"."""
    return speaker(question, moment) * float(bool(_SELF.search(moment.text)))


def addressed(question: Question, moment: Moment) -> float:
    """1 where somebody else says "you": mostly a question to the person asked about, and not what is sought."""
    return float(bool(question.people) and not speaker(question, moment) and bool(_OTHER.search(moment.text)))


def named(question: Question, moment: Moment) -> float:
    """1 where a person asked about is called by name in the words."""
    if not question.people:
        return 0.0
    said = fold(moment.text)
    first = {tokens(person)[0] for person in question.people}
    return float(any(name in said for name in first) and not first.isdisjoint(tokens(said)))


def place(question: Question, moment: Moment) -> float:
    """1 where the question names the place, the application or the window's program the moment comes from."""
    is_there = moment.place is not None and moment.place.name in question.places
    return float(is_there or (moment.app is not None and moment.app in question.apps))


def kind(question: Question, moment: Moment) -> float:
    """1 where the question names this kind of source."""
    return float(moment.kind in question.kinds)


def temporal(question: Question, moment: Moment) -> float:
    """1 inside a range the question names, else falling off with the distance (half the range, a day at least).

    Source: papers.md 1.3, T(m) = exp(-gap / max(1 day, (b - a) / 2)).
    """
    best = 0.0
    if question.anchor is not None and question.anchor.is_next:
        return _nearness(question.anchor.range, moment, from_end=question.anchor.is_before)
    for span in question.times:
        gap = max(span.since_us - moment.ended_us, moment.started_us - span.until_us + 1, 0)
        scale = max(_DAY_US, (span.until_us - span.since_us) / 2)
        best = max(best, math.exp(-gap / scale))
    return best


def _nearness(span: TimeRange, moment: Moment, *, from_end: bool) -> float:
    """1 at the end (or the start) of a range and .37 at its other side; 0 outside."""
    if not span.since_us <= moment.started_us < span.until_us:
        return 0.0
    away = span.until_us - moment.started_us if from_end else moment.started_us - span.since_us
    return math.exp(-away / max(1, span.until_us - span.since_us))


def length(moment: Moment) -> float:
    """Log of the number of words, 1 at 100 words: longer utterances say more (facts.md: as good as importance).

    Pictures and notes are not compared by their length; they count as an utterance of thirty words.
    """
    if moment.kind is not Kind.UTTERANCE:
        return _TYPICAL_LENGTH
    return min(1.0, math.log1p(count_tokens(moment.text)) / math.log1p(100))


def terms_without_people(question: Question) -> list[str]:
    """The content words of a question that are no names of people: who speaks is a signal of its own."""
    people = {part for person in question.people for part in tokens(person)}
    return [term for term in question.terms if term not in people]


def places_around(moments: Sequence[Moment]) -> list[Around]:
    """Of each moment its own row, and the rows of the one before and after it in the same session and stream."""
    rows: dict[tuple[str | None, int | None, int], int] = {
        (m.session, m.stream, m.ordinal): row for row, m in enumerate(moments) if m.session
    }
    return [
        (row, rows.get((m.session, m.stream, m.ordinal - 1)), rows.get((m.session, m.stream, m.ordinal + 1)))
        for row, m in enumerate(moments)
    ]


def sessions(moments: Sequence[Moment], base: Mapping[str, float]) -> dict[str, float]:
    """The mean base score of a session's best three: talk about the same thing comes in one stretch.

    What stands alone (a photo, a note) is a session of its own.
    """
    by_session: dict[str, list[float]] = defaultdict(list)
    for m in moments:
        by_session[m.session or m.id].append(base.get(m.id, 0.0))
    mean = {s: sum(sorted(scores, reverse=True)[:3]) / min(3, len(scores)) for s, scores in by_session.items()}
    highest = max(mean.values(), default=0.0) or 1.0
    return {m.id: mean[m.session or m.id] / highest for m in moments}
