"""When something happened, as the memory tells it: the sentence that tells it and the days that its words mean.

Role: from a phrase ("I attended the photography workshop") to the one sentence that tells of it, by rule, or to None
wherever there is any choice. Sentences that plan or deny, and other people's, do not count. No model is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from memory.records import Kind, Moment
from recall.names import holds
from recall.time_words import TimeWords, find_time_words, tell_day
from recall.words import SENTENCE, STOP_WORDS, stem, tokens

_ALIKE: tuple[frozenset[str], ...] = tuple(
    frozenset(words.split())
    for words in (
        "start started starting begin began begun join joined joining taking getting",
        "finish finished complete completed",
        "buy bought purchase purchased order ordered got get",
        "receive received arrive arrived arrival got get",
        "sell sold selling",
        "lose lost losing",
        "meet met meeting meetup",
        "move moved",
        "break broke broken malfunction malfunctioned",
        "replace replaced",
        "fix fixed repair repaired",
        "book booked",
        "visit visited went trip",
        "adopt adopted adopting",
    )
)
# Words of taking part: any sentence that tells of the thing in the past tells of this.
_LIGHT = frozenset(
    """
    attend attended attendance participate participated participation go went gone do did take took event day time date
    new own use used using recover recovered set up regularly trip had have been start see saw make made post
    happen happened purchase event events participating attending one going doing taking making lately recently
    """.split()
) - {"start"}
_PLANS = re.compile(
    r"\b(?:will|'ll|going\s+to|gonna|plan(?:ning|s)?\s+(?:to|on|a)|think(?:ing)?\s+(?:of|about)|want(?:ed)?\s+to"
    r"|would\s+like|hop(?:e|ing)\s+to|consider(?:ing)?|might|should|didn't|did\s+not|haven't|hasn't|never|not\s+yet"
    r"|looking\s+(?:for|forward|to)|if\s+i|instead\s+of|before|until)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"\b(?:who|whom|which|that|where|since)\s+(?:I|we|he|she|they)\b")
_PLANNED_WITHIN = 48  # characters before the first word that tells of it
_JUST = re.compile(r"\bjust\b", re.IGNORECASE)
_JUST_DAYS = 7
_NAMED = re.compile(r"[\"“'‘]([^\"”'’]{2,60})[\"”'’](?!\w)|#\w+|\b[A-Z][\w-]*(?:\s+[A-Z0-9][\w-]*)*")
_COVERED_AT_LEAST = 0.7
_NEAR = 0.15
_FIRST_PERSON = re.compile(r"\b(?:i|me|my|mine|we|our|us|i'd|i've|narrator)\b", re.IGNORECASE)
_OTHERS = frozenset({"assistant"})


@dataclass(frozen=True, slots=True)
class Happening:
    """What a sentence tells of, and when.

    Attributes:
        moment: Where it is told.
        sentence: The words that tell it.
        first, last: The days it can mean, both included.
        told: These days in words that keep the doubt.
        covered: Share of the phrase's words that the sentence holds.
    """

    moment: Moment
    sentence: str
    first: date
    last: date
    told: str
    covered: float

    @property
    def n_loose(self) -> int:
        """How many days of doubt there are; 0 where the day is known."""
        return (self.last - self.first).days


def happenings(
    phrase: str,
    moments: Sequence[Moment],
    *,
    people: Collection[str] = (),
    me: Collection[str] = (),
    local: Callable[[int, str], datetime],
) -> list[Happening]:
    """Every sentence that tells of a phrase with a time, those that hold most of its words first.

    Args:
        phrase: What happened, in the question's words.
        moments: What was found for it.
        people: Speakers that the phrase names; it is then theirs to tell.
        me: Names under which the user speaks.
        local: UTC microseconds and a zone to a local time.
    """
    wanted = _Wanted.of(phrase, people)
    if not wanted.stems and not wanted.names:
        return []
    told = [
        h
        for moment in moments
        if _may_tell(moment, phrase, people, me)
        for h in _told_by(moment, wanted, local(moment.started_us, moment.zone))
    ]
    return sorted(told, key=lambda h: -h.covered)


def only(told: Sequence[Happening]) -> Happening | None:
    """The one happening that is meant; None where another day is told nearly as well."""
    if not told:
        return None
    best = min((h for h in told if h.covered >= told[0].covered), key=lambda h: h.n_loose)
    for other in told:
        apart = other.first > best.last or other.last < best.first
        if apart and other.covered >= best.covered - _NEAR:
            return None
    return best


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a sentence must hold: names, words by stem, and a word that is like one of its verbs."""

    names: tuple[str, ...]
    stems: frozenset[str]
    groups: tuple[frozenset[str], ...]

    @classmethod
    def of(cls, phrase: str, people: Collection[str]) -> _Wanted:
        theirs = {t for person in people for t in tokens(person)}
        names = tuple(
            name
            for m in _NAMED.finditer(phrase)
            if (name := (m[1] or m.group())) and set(tokens(name)) - theirs - STOP_WORDS - {"i"}
        )
        words = [w for w in tokens(phrase) if w not in STOP_WORDS and w not in theirs and w not in ("narrator",)]
        groups = tuple(g for g in _ALIKE if any(w in g for w in words if w not in _LIGHT))
        grouped = {w for g in groups for w in g}
        stems = frozenset(stem(w) for w in words if w not in grouped and w not in _LIGHT)
        return cls(names, stems, groups)

    def covered(self, sentence: str) -> float:
        """Share of the words held, 0 where a name is not held, or no word is like one of the verbs."""
        words = set(tokens(sentence))
        if not all(holds(name, sentence) for name in self.names):
            return 0.0
        if self.groups and not any(words & group for group in self.groups):
            return 0.0
        said = {stem(w) for w in words}
        return len(self.stems & said) / len(self.stems) if self.stems else 1.0


def _may_tell(moment: Moment, phrase: str, people: Collection[str], me: Collection[str]) -> bool:
    """Whether a moment is told by those whose it is."""
    if moment.kind not in (Kind.UTTERANCE, Kind.NOTE):
        return False
    speaker = moment.speaker
    if speaker is not None and speaker.lower() in _OTHERS:
        return False
    if people:
        return speaker in people
    if _FIRST_PERSON.search(phrase):
        return speaker is None or speaker in me or speaker.lower() in ("me", "user", "i")
    return True


def _told_by(moment: Moment, wanted: _Wanted, said_at: datetime) -> Iterator[Happening]:
    for match in SENTENCE.finditer(moment.text):
        sentence = match.group().strip()
        covered = wanted.covered(sentence)
        if covered < _COVERED_AT_LEAST or sentence.endswith("?"):
            continue
        days = _days(sentence, said_at)
        if days is None or _is_planned(sentence, wanted, days.span[0]):
            continue
        if days.first <= said_at.date():
            yield Happening(moment, sentence, days.first, days.last, days.told, covered)


def _is_planned(sentence: str, wanted: _Wanted, time_at: int) -> bool:
    """Whether words of planning or denying stand close before the words that tell of it.

    "I plan to visit Mark, whom I met a month ago" plans the visit only: a clause of its own tells when.
    """
    at = [m.start() for m in re.finditer(r"\w[\w'’-]*", sentence) if stem(m.group().lower()) in wanted.stems]
    at += [max(0, sentence.lower().find(name.lower())) for name in wanted.names]
    start = min(at, default=0)
    plan = _PLANS.search(sentence, max(0, start - _PLANNED_WITHIN), start)
    return plan is not None and _CLAUSE.search(sentence, plan.end(), max(time_at, plan.end())) is None


def _days(sentence: str, said_at: datetime) -> TimeWords | None:
    """The one time that a sentence names; of "just", the week before it was said."""
    times = find_time_words(sentence, said_at)
    if len(times) == 1:
        return times[0]
    if not times and _JUST.search(sentence):
        day = said_at.date()
        return TimeWords((0, 0), day - timedelta(days=_JUST_DAYS), day, f"shortly before {tell_day(day)}")
    return None
