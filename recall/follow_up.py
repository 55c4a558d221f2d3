"""Follow-up questions: "and who said that?", "the day before?", "and the price?" are made whole from the last turn.

Role: rules over the new words, the last question and the moments its answer cited. What is made of them is a question
in full, to be shown and asked; who said it, when and where are told from the cited moments at once. A question that
stands for itself is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from memory.records import Kind, Moment
from recall.check import best_quote
from recall.computed import Computed
from recall.results import Citation
from recall.time_words import tell_day
from recall.times import DAYS_IN, TimeRange, find_times
from recall.words import STOP_WORDS, tokens

_LEAD = re.compile(r"^(?:(?:and|also|but|so|ok(?:ay)?|then)[,\s]+)?(?:(?:what|how)\s+about\s+)?", re.IGNORECASE)
_SAID = re.compile(
    r"^who\s+(?:said|told|mentioned|wrote|asked|was)\s+(?:that|this|it|so)(?:\s+to\s+me)?\W*$|^who\s+was\s+that\W*$",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"^when\s+(?:was|is|did)\s+(?:that|this|it)(?:\s+(?:said|happen|written|mentioned|taken))?\W*$"
    r"|^when\s+did\s+(?:he|she|they|i|we)\s+(?:say|mention|write)\s+(?:that|this|it|so)\W*$",
    re.IGNORECASE,
)
_WHERE = re.compile(r"^where\s+(?:was|is|did)\s+(?:that|this|it)(?:\s+(?:said|happen|taken))?\W*$", re.IGNORECASE)
_SHIFT = re.compile(
    r"^(?:(?:on|in)\s+)?the\s+(?P<unit>day|week|month|weekend)\s+(?P<side>before|after)(?:\s+(?:that|it|then))?\W*$"
    r"|^the\s+(?P<which>previous|next|following)\s+(?P<unit2>day|week|month|weekend)\W*$",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"^(?:who|whom|whose|what|when|where|which|why|how|is|are|was|were|do|does|did|has|have|had|can|could|will|would|should"
    r"|list|show|find|name|tell)\b",
    re.IGNORECASE,
)
_THING = re.compile(r"\b(?:it|that|this|they|them|those|these)\b(?!\s+(?:of|was\s+said))", re.IGNORECASE)
_PERSON = re.compile(r"\b(?:he|she|him)\b", re.IGNORECASE)
_THEIR = re.compile(r"\b(?:his|her|hers)\b", re.IGNORECASE)
_THEN = re.compile(r"\bthen\b|\bthat\s+day\b", re.IGNORECASE)
_NOUN = re.compile(  # overlapping: "the booking at the Hotel Astor" holds two
    r"\b(?=((?:the|my|our|his|her|their|a|an|this|that)\s+(?:[\w'’&.-]+\s*){1,5}))", re.IGNORECASE
)
_NOUN_ENDS = re.compile(
    r"\s+(?:is|are|was|were|do|does|did|has|have|had|will|can|come|comes|say|said|cost|costs|on|at|in|for|from|with|about|by|and|or"
    r"|that|which|who|to|before|after)\b.*$",
    re.IGNORECASE,
)
_MOST_WORDS = 8
_CITED = 3


@dataclass(frozen=True, slots=True)
class Turn:
    """What was asked last, in full, and the ids of the moments its answer cited."""

    question: str
    cited: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What a follow-up means: the question in full, and its answer where the cited moments tell it themselves."""

    question: str
    told: Computed | None = None


_Local = Callable[[int, str], datetime]


def follow(
    text: str,
    last: Turn,
    *,
    cited: Sequence[Moment],
    speakers: Collection[str],
    now: datetime,
    local: _Local,
) -> FollowUp | None:
    """Make a follow-up whole.

    Args:
        text: The new words.
        last: The turn before.
        cited: The moments that its answer cited, in order.
        speakers: Names that occur in the memory.
        now: The aware time it is asked at.
        local: UTC microseconds and a zone to a local time.

    Returns:
        None where the words stand for themselves.
    """
    tidy = " ".join(text.split())
    bare = _LEAD.sub("", tidy).strip()
    told = _tell(bare, cited, local)
    if told is not None:
        return FollowUp(f"{bare.rstrip('?. ')} (“{last.question.rstrip('?')}”)?", told)
    if match := _SHIFT.match(bare):
        return _shift(match, last, cited, now, local)
    if _ASKS.match(bare):
        whole = _put_in(bare, last, cited, speakers, local)
        return FollowUp(whole) if whole != bare else None
    is_led = bare != tidy
    if not is_led or not bare or len(bare.split()) > _MOST_WORDS:
        return None
    return _fragment(bare, last, speakers, now)


def _tell(bare: str, cited: Sequence[Moment], local: _Local) -> Computed | None:
    """Who said it, when or where, from the cited moments."""
    shown = cited[:_CITED]
    if not shown:
        return None
    tell: Callable[[Moment], str | None]
    if _SAID.match(bare):
        tell = _who
    elif _WHEN.match(bare):
        tell = lambda m: _at(m, local)  # noqa: E731 - one of three short ways to tell
    elif _WHERE.match(bare):
        tell = lambda m: m.place.name if m.place is not None else None  # noqa: E731
    else:
        return None
    parts = [(m, words) for m in shown if (words := tell(m))]
    if not parts:
        return None
    citations = tuple(Citation(n, m.id, best_quote(m.text, bare)) for n, (m, _words) in enumerate(parts, 1))
    told = ", ".join(f"{words} [{n}]" for n, (_m, words) in enumerate(parts, 1))
    return Computed(f"{told[0].upper()}{told[1:]}.", citations)


def _who(moment: Moment) -> str:
    if moment.kind is not Kind.UTTERANCE:
        return moment.speaker or f"it stands in a {moment.kind}"
    return moment.speaker or "a voice that has no name yet"


def _at(moment: Moment, local: _Local) -> str:
    at = local(moment.started_us, moment.zone)
    return f"{tell_day(at.date())} at {at:%H:%M}"


def _shift(match: re.Match[str], last: Turn, cited: Sequence[Moment], now: datetime, local: _Local) -> FollowUp | None:
    """Ask the last question of the day (week, month) before or after its own time, or that of what it cited."""
    unit = (match["unit"] or match["unit2"]).lower()
    ahead = (match["side"] or match["which"]).lower() in ("after", "next", "following")
    times = find_times(last.question, now)
    if times:
        since, until = times[0].since, times[0].until
    elif cited:
        at = local(cited[0].started_us, cited[0].zone)
        since = at.replace(hour=0, minute=0, second=0, microsecond=0)
        until = since + timedelta(days=1)
    else:
        return None
    n_days = DAYS_IN[unit]
    first = until if ahead else since - timedelta(days=n_days)
    if n_days == 1:
        return FollowUp(_with_time(last.question, times, f"on {tell_day(first.date())}"))
    over = first + timedelta(days=n_days - 1)
    words = f"between {tell_day(first.date())} and {tell_day(over.date())}"
    return FollowUp(_with_time(last.question, times, words))


def _with_time(question: str, times: Sequence[TimeRange], words: str) -> str:
    """The question with another time in the place of its own, or at its end."""
    body, mark = question.rstrip(" ?.!"), "?" if question.rstrip().endswith("?") else ""
    if times:
        start, end = times[0].span
        before = re.sub(r"\s+(?:on|in|at|during|of)\s*$", " ", body[:start])
        return " ".join(f"{before}{words}{body[end:]}{mark}".split())
    return f"{body} {words}{mark}"


def _put_in(bare: str, last: Turn, cited: Sequence[Moment], speakers: Collection[str], local: _Local) -> str:
    """A question with its pronouns replaced by what the last turn was about; the same where it has none."""
    if len(bare.split()) > _MOST_WORDS or _names(bare, speakers):
        return bare
    person = _person(last, cited, speakers)
    topic = _topic(last.question)
    whole = bare
    if person:
        whole = _THEIR.sub(f"{person}'s", _PERSON.sub(person, whole, count=1), count=1)
    if topic and whole == bare:
        whole = _THING.sub(topic, whole, count=1)
    if cited:
        at = local(cited[0].started_us, cited[0].zone)
        whole = _THEN.sub(f"on {tell_day(at.date())}", whole, count=1)
    return whole


def _fragment(bare: str, last: Turn, speakers: Collection[str], now: datetime) -> FollowUp | None:
    """Make "and Tom?", "and on Friday?", "and the price?" whole."""
    words = bare.rstrip("?.! ")
    people = _names(words, speakers)
    before = _names(last.question, speakers)
    if len(people) == 1 and before and len(words.split()) <= len(people[0].split()) + 1:
        return FollowUp(re.sub(rf"\b{re.escape(before[0])}\b", people[0], last.question))
    if times := find_times(words, now):
        rest = (words[: times[0].span[0]] + words[times[0].span[1] :]).split()
        if all(w.lower() in STOP_WORDS for w in rest):
            return FollowUp(_with_time(last.question, find_times(last.question, now), words))
    topic = _topic(last.question)
    if topic is None or set(tokens(topic)) & set(tokens(words)) - STOP_WORDS:
        return None
    verb = "are" if words.lower().endswith("s") and not words.lower().endswith("ss") else "is"
    return FollowUp(f"What {verb} {words} of {topic}?")


def _names(text: str, speakers: Collection[str]) -> list[str]:
    """The words by which a text names speakers: the whole name, or the first one."""
    found = []
    for speaker in speakers:
        for name in dict.fromkeys((speaker, speaker.split()[0] if speaker.split() else speaker)):
            if name and re.search(rf"\b{re.escape(name)}\b", text):
                found.append(name)
                break
    return found


def _person(last: Turn, cited: Sequence[Moment], speakers: Collection[str]) -> str | None:
    """The one person that "she" can mean: of the last question, else the one who said what was cited."""
    named = _names(last.question, speakers)
    if len(named) == 1:
        return named[0]
    said = {m.speaker for m in cited if m.speaker}
    return next(iter(said)) if not named and len(said) == 1 else None


def _topic(question: str) -> str | None:
    """What a question was about: its last thing with an article, times cut ("the Hotel Astor", "the dentist")."""
    things = []
    for match in _NOUN.finditer(question.rstrip(" ?.!")):
        thing = _NOUN_ENDS.sub("", " " + match[1].strip()).strip()
        if len(thing.split()) > 1 and not {"day", "week", "month", "time", "year"} & set(tokens(thing)):
            things.append(thing)
    return things[-1] if things else None
