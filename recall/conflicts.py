"""Facts that changed: two moments that tell different values for what was asked; the latest wins, the older is named.

Role: rules over sentences and their times; no model. Only what is a single fact at a time can conflict: a number, an
amount, a time of day or a day that *is* so ("When is the meeting?", "How many bikes do I own?"). What happened more
than once, what is asked about the past, and values that do not stand with all the words of the question are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from memory.records import Kind, Moment
from recall.about import attribute
from recall.computed import Computed
from recall.fits import question_stems
from recall.question import Asked, Question
from recall.results import Citation, Found
from recall.time_words import find_time_words, tell_day
from recall.times import NUMBERS
from recall.words import SHARED_PICTURE, stem, tokens

_NOW = re.compile(
    r"^(?:(?:when|at\s+what\s+time|what\s+time|(?:on\s+)?(?:what|which)\s+day(?:\s+of\s+the\s+week)?)\s+(?:is|are|do|does|will)\b"
    r"|how\s+(?:much|many|long)\b[^?]*?\b(?:is|are|do|does|have|has|can|will)\b"
    r"|what\s+(?:is|are|'s)\b)",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:previous(?:ly)?|before|initial(?:ly)?|original(?:ly)?|used\s+to|at\s+first|first|last|total|altogether|combined"
    r"|average|more|less|fewer|than|between|ago|change[ds]?|increase|decrease|did|was|were|old|earlier|until|since)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?=\d)[^.!?\n]+)*[.!?]*")
_NUMBER_WORD = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|hundred"
)
_ORDINAL = r"\d+(?:st|nd|rd|th)|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth"
_NUMBER = re.compile(
    rf"(?<![\w.,$€£/-])(?:\d+\s?[-–]\s?\d+|{_ORDINAL}|\d+(?:[.,]\d+)*|{_NUMBER_WORD}|single)(?!\w|[:.]\d|%|-)",
    re.IGNORECASE,
)
_NTH = re.compile(rf"(?:{_ORDINAL})|single", re.IGNORECASE)
_LENGTH = re.compile(
    rf"\b(?:\d+(?:\s?[-–]\s?\d+)?|an?|{_NUMBER_WORD})\s+(?P<unit>minute|hour|day|week|month|year)s?\b", re.IGNORECASE
)
_AMOUNT = re.compile(
    r"(?:[€$£¥]|\b(?:RM|EUR|USD|GBP)\s?)\s?\d[\d.,]*\d|\b\d[\d.,]*\s?(?:€|euros?\b|dollars?\b|pounds?\b|EUR\b|USD\b|GBP\b)",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\b(?:[0-2]?\d[:.][0-5]\d(?:\s?[ap]\.?m\b)?|\d{1,2}\s?[ap]\.?m\b|(?:at\s+)?(?:\d{1,2}|"
    + _NUMBER_WORD
    + r")\s+o'clock|noon\b|midnight\b)|(?<=\bat )(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b", re.IGNORECASE)
_MOVED = re.compile(
    r"\b(?:from\s+(?P<old>[\w:.$€£ ]{1,24}?)\s+to\b|instead\s+of\b|rather\s+than\b|(?:,|\band)\s+not\b|no\s+longer\b)"
)
_OPEN = frozenset("current currently now day time week moment today still date".split())
_COVERED_AT_LEAST = 0.65
_COVERED_SURELY = 0.8
_LEAST_HELD = 2
_WORDS = {
    "single": "1", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6", "seventh": "7", "eighth": "8", "ninth": "9",
    "tenth": "10",
}  # fmt: skip
_CARDINALS = {
    "single": "one", "third": "three", "fourth": "four", "fifth": "five", "sixth": "six", "seventh": "seven",
    "eighth": "eight", "ninth": "nine", "tenth": "ten",
}  # fmt: skip
_MOST_VALUES = 3
_NOUN_WITHIN = 3


@dataclass(frozen=True, slots=True)
class _Told:
    """One sentence that tells the value."""

    moment: Moment
    sentence: str
    value: str
    plain: str
    held: frozenset[str]
    covered: float

    def tells_the_same_as(self, other: _Told) -> bool:
        """Whether two sentences are about one fact: both hold nearly all that is asked for, or the very same of it."""
        if min(self.covered, other.covered) >= _COVERED_SURELY:
            return True
        return self.held == other.held and len(self.held) >= _LEAST_HELD


_Local = Callable[[int, str], datetime]


def find_change(
    question: Question, found: Sequence[Found], *, me: Collection[str] = (), local: _Local
) -> Computed | None:
    """Tell the latest value and the older ones, where what was found tells more than one.

    Args:
        question: As understood.
        found: What may be read, best first.
        me: Names under which the user speaks.
        local: UTC microseconds and a zone to a local time.

    Returns:
        None where nothing changed, or where it is not clear that all tell of the same.
    """
    if not _NOW.match(question.text) or asks_past(question) or question.asked is Asked.WHAT:
        return None
    wanted = {s for s in question_stems(question) if s not in _OPEN} - {stem(n) for n in NUMBERS}
    if not wanted:
        return None
    told = [
        t
        for hit in found
        if _may_tell(question, hit.moment, me)
        for t in _tellings(question, hit.moment, wanted, local)
    ]
    told.sort(key=lambda t: (t.moment.started_us, t.covered))
    told = [t for t in told if t.tells_the_same_as(told[-1])]
    values = list(dict.fromkeys(t.plain for t in told))
    if not 2 <= len(values) <= _MOST_VALUES or len({t.moment.id for t in told}) < 2:
        return None
    return _tell(told, local)


def asks_past(question: Question) -> bool:
    """Whether a question is about what was; "how many have I ... since" counts up to now."""
    text = question.text
    for span in sorted(question.times, key=lambda t: -t.span[0]):
        text = text[: span.span[0]] + " " + text[span.span[1] :]
    words = {m.group().lower() for m in _PAST.finditer(text)}
    if re.match(r"how\s+(?:many|much)\b[^?]*?\b(?:have|has)\b", text, re.IGNORECASE):
        words -= {"since"}
    return bool(words)


def _may_tell(question: Question, moment: Moment, me: Collection[str]) -> bool:
    """Whether a moment is told by those whose the fact is."""
    speaker = moment.speaker
    if speaker is not None and speaker.lower() == "assistant":
        return False
    if question.people:
        return speaker in question.people
    if moment.kind is Kind.UTTERANCE and re.search(r"\b(?:I|my|me)\b", question.text):
        return speaker is None or speaker in me or speaker.lower() in ("me", "user")
    return True


def _tellings(question: Question, moment: Moment, wanted: set[str], local: _Local) -> Iterator[_Told]:
    own = bool(question.people)
    for match in _SENTENCE.finditer(SHARED_PICTURE.sub(" ", moment.text)):
        sentence = match.group().strip()
        said = {stem(t) for t in tokens(sentence)}
        held = frozenset(wanted & said)
        covered = len(held) / len(wanted)
        if covered < _COVERED_AT_LEAST or sentence.endswith("?"):
            continue
        if own and any(a.whose < 0 for a in attribute(sentence)):
            continue
        values = list(_values(question, sentence, moment, local, is_sure=covered >= _COVERED_SURELY))
        if len(values) == 1:
            yield _Told(moment, sentence, values[0][0], values[0][1], held, covered)


def _values(
    question: Question, sentence: str, moment: Moment, local: _Local, *, is_sure: bool
) -> Iterator[tuple[str, str]]:
    """The values of the kind asked for, as written and in one spelling; of "from A to B" the new one."""
    moved = _MOVED.search(sentence)
    start, end = 0, len(sentence)
    if moved is not None and moved["old"]:
        start = moved.end()
    elif moved is not None:
        end = moved.start()
    text = sentence[start:end]
    if question.asked is Asked.WHEN:
        yield from _times(question, text, moment, local)
    elif question.asked is Asked.HOW_MUCH and (amounts := [m.group().strip(" .,") for m in _AMOUNT.finditer(text)]):
        yield from ((a, a.lower()) for a in dict.fromkeys(amounts))
    elif question.asked is Asked.HOW_LONG or re.match(r"how\s+much\s+time\b", question.text, re.IGNORECASE):
        lengths = [m.group() for m in _LENGTH.finditer(text)]
        yield from ((told, _plain_number(told)) for told in dict.fromkeys(lengths))
    elif question.asked in (Asked.HOW_MANY, Asked.HOW_MUCH):
        yield from _numbers(question, text, local(moment.started_us, moment.zone), is_sure=is_sure)


def _times(question: Question, text: str, moment: Moment, local: _Local) -> Iterator[tuple[str, str]]:
    clocks = list(dict.fromkeys(m.group() for m in _CLOCK.finditer(text)))
    days = list(dict.fromkeys(m.group() for m in _WEEKDAY.finditer(text)))
    if re.search(r"\btime\b", question.text):
        yield from ((c, re.sub(r"[\s.]", "", c.lower().removeprefix("at "))) for c in clocks)
        return
    if re.search(r"\bday\b", question.text):
        yield from ((d, d.lower().rstrip("s")) for d in days)
        return
    dates = find_time_words(text, local(moment.started_us, moment.zone))
    if len(dates) > 1 or len(days) > 1 or len(clocks) > 1:
        return
    plain = days[0].lower().rstrip("s") if days else dates[0].first.isoformat() if dates else ""
    if plain or clocks:
        told = [text[dates[0].span[0] : dates[0].span[1]]] if dates else days
        yield " ".join([*told, *(f"at {c.removeprefix('at ')}" for c in clocks)]), plain or clocks[0].lower()


def _numbers(question: Question, text: str, said_at: datetime, *, is_sure: bool) -> Iterator[tuple[str, str]]:
    """The number that counts what is asked for: just before that word, else (in a sure sentence) the only one."""
    spans = [words.span for words in find_time_words(text, said_at)] + [m.span() for m in _CLOCK.finditer(text)]
    numbers = [m for m in _NUMBER.finditer(text) if not any(a <= m.start() < b for a, b in spans)]
    noun = re.search(
        r"\bhow\s+(?:many|much)\s+(?:\w+\s+)*?(\w+)\s+(?:is|are|do|does|have|has|can|will)\b", question.text, re.I
    )
    if noun is None and question.asked is Asked.HOW_MANY:
        return
    wanted = {stem(w) for w in tokens(question.text[: noun.end(1)])} if noun else set()
    near = [m for m in numbers if wanted & {stem(t) for t in tokens(text[m.end() :])[:_NOUN_WITHIN]}]
    plain = [m for m in numbers if not _NTH.fullmatch(m.group())]
    chosen = near if len(near) == 1 else plain if is_sure else []
    if len(chosen) == 1:
        told = chosen[0].group()
        yield _CARDINALS.get(told.lower(), re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", told)), _plain_number(told)


def _plain_number(told: str) -> str:
    """One spelling: "an hour" is "1 hour", "fifth" and "5th" are "5"."""
    words = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", told.lower().replace("–", "-")).split()
    return " ".join(_WORDS.get(w, str(NUMBERS.get(w, w.rstrip("s")))) for w in words)


def _tell(told: Sequence[_Told], local: _Local) -> Computed:
    """The latest value, and each older one with its day."""
    latest = told[-1]
    older = {t.plain: t for t in told if t.plain != latest.plain}
    chosen = [latest, *sorted(older.values(), key=lambda t: -t.moment.started_us)]
    citations = tuple(Citation(n, t.moment.id, t.sentence) for n, t in enumerate(chosen, 1))
    days = [tell_day(local(t.moment.started_us, t.moment.zone).date()) for t in chosen]
    text = f"{latest.value[0].upper()}{latest.value[1:]}, as of {days[0]} [1]."
    for n, (t, day) in enumerate(zip(chosen[1:], days[1:], strict=True), 2):
        text += f" Before, on {day}: {t.value} [{n}]."
    return Computed(text, citations)
