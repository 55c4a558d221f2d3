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
from recall.words import count_tokens

_DAY_US = 86_400_000_000
_TYPICAL_LENGTH = 0.74
_TIME_WORDS = re.compile(
    r"\b(?:yesterday|today|tonight|tomorrow|ago|last|next|this (?:week|month|year|morning|weekend)"
    r"|mon|tues|wednes|thurs|fri|satur|sun"
    r"|january|february|march|april|may|june|july|august|september|october|november|december|week(?:end)?s?|months?|years?|days?"
    r"|o'clock|noon|midnight|(?:19|20)\d\d|\d{1,2}:\d\d)(?:day)?\b",
    re.IGNORECASE,
)
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


def kind(question: Question, moment: Moment) -> float:
    """1 where the question names this kind of source."""
    return float(moment.kind in question.kinds)


def temporal(question: Question, moment: Moment) -> float:
    """1 inside a range the question names, else falling off with the distance (half the range, a day at least).

    Source: papers.md 1.3, T(m) = exp(-gap / max(1 day, (b - a) / 2)).
    """
    best = 0.0
    for span in question.times:
        gap = max(span.since_us - moment.ended_us, moment.started_us - span.until_us + 1, 0)
        scale = max(_DAY_US, (span.until_us - span.since_us) / 2)
        best = max(best, math.exp(-gap / scale))
    return best


def length(moment: Moment) -> float:
    """Log of the number of words, 1 at 100 words: longer utterances say more (facts.md: as good as importance).

    Pictures and notes are not compared by their length; they count as an utterance of thirty words.
    """
    if moment.kind is not Kind.UTTERANCE:
        return _TYPICAL_LENGTH
    return min(1.0, math.log1p(count_tokens(moment.text)) / math.log1p(100))


def neighbours(moments: Sequence[Moment], base: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    """The base scores of the moments just before and after, inside the same session and stream."""
    places: dict[tuple[str | None, int | None, int], str] = {(m.session, m.stream, m.ordinal): m.id for m in moments}
    out = {}
    for m in moments:
        before = places.get((m.session, m.stream, m.ordinal - 1)) if m.session else None
        after = places.get((m.session, m.stream, m.ordinal + 1)) if m.session else None
        out[m.id] = (base.get(before or "", 0.0), base.get(after or "", 0.0))
    return out


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
