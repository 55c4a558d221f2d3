"""Is a fact of a claim held by the notes? Its numbers, clock times, dates, names, currencies and quoted words.

Role: pure text and days. A number of a date holds only a date: "13 euros" is not carried by a note of 13 October. A day
that a note tells in words ("last Friday") is held as the date that it means, and "half past two" is 14:30.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from memory.records import Kind, Moment
from recall.names import holds
from recall.numerals import numbers_in, ordinals_in
from recall.pack import Note
from recall.time_words import TimeWords, find_time_words
from recall.times import MONTHS, NUMBERS, WEEKDAYS
from recall.words import STOP_WORDS, fold, stem, tokens

_CURRENCY = re.compile(r"[€$£¥]|\b(?:EUR|USD|GBP|CHF|JPY|RM|MYR|euros?|dollars?|pounds?)\b")
_SAME_CURRENCY = {"€": "eur", "euro": "eur", "$": "usd", "dollar": "usd", "£": "gbp", "pound": "gbp", "rm": "myr"}
_QUOTED = re.compile(r"[\"“]([^\"”]+)[\"”]")
_HOUR = r"(?:\d{1,2}|" + "|".join(n for n, value in NUMBERS.items() if 1 < value <= 12 and " " not in n) + "|one)"
_CLOCK = re.compile(
    rf"\b(?P<side>half\s+past|quarter\s+past|quarter\s+to)\s+(?P<h0>{_HOUR})\b"
    r"|\b(?P<h1>[0-2]?\d):(?P<m1>[0-5]\d)(?!\d)(?:\s?[ap]\.?m\b)?"
    rf"|\b(?P<h2>{_HOUR})\s?(?:[ap]\.?m\b\.?|o['’]clock)|\b(?P<word>noon|midnight)\b",
    re.IGNORECASE,
)
_LOOSE_CLOCK = re.compile(
    rf"\b(?:at|by|until|till|from|around|about|to)\s+(?P<h>{_HOUR})\b|\b(?P<h2>\d{{1,2}})\.(?P<m>[0-5]\d)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-ZÀ-Þ][\w'’-]+")
_SUBJECT = re.compile(r"(?:['’]s)?\s+(?:is|was|has|had|said|says|will|would|can|went|and\s+[A-ZÀ-Þ]|[A-ZÀ-Þ])")
_HALF_DAY_MIN = 720
_CALENDAR = frozenset(
    (*MONTHS, *WEEKDAYS, *(m[:3] for m in MONTHS), *(d[:3] for d in WEEKDAYS), "sept", "tues", "thurs")
)
_NO_NAMES = frozenset(
    "yes no both he she they it we i you someone somebody nobody everyone everybody mr mrs ms dr".split()
)
_LONG = 8  # letters from which a misread name of a page counts as held


@dataclass(frozen=True, slots=True)
class Facts:
    """What a claim says that can be looked up, beside what the question brought itself."""

    numbers: tuple[str, ...]
    clocks: tuple[int, ...]
    dates: tuple[TimeWords, ...]
    names: tuple[str, ...]
    quotes: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.numbers or self.clocks or self.dates or self.names or self.quotes)


def facts_in(claim: str, question: str, said_at: datetime) -> Facts:
    """Read the facts of a claim.

    Args:
        claim: One sentence without citations.
        question: What it already says is no fact of the claim.
        said_at: The local time that relative words of the claim would be read against.
    """
    dates = [w for w in find_time_words(claim, said_at) if w.absolute]
    spans = [w.span for w in dates] + [m.span() for m in _CLOCK.finditer(claim)]
    rest = _without(claim, spans)
    asked_numbers, asked_words = set(numbers_in(question)), set(tokens(question))
    asked = fold(question)
    return Facts(
        numbers=tuple(n for n in numbers_in(rest) if n not in asked_numbers),
        clocks=tuple(c for c in _clocks(claim) if c not in set(_clocks(question))),
        dates=tuple(w for w in dates if fold(claim[w.span[0] : w.span[1]]) not in asked),
        names=tuple(_names(_without(claim, [w.span for w in dates]), asked_words)),
        quotes=tuple(q for q in _QUOTED.findall(claim) if _plain(q) and _plain(q) not in _plain(question)),
    )


def is_held(facts: Facts, claim: str, notes: Sequence[Note], local: Mapping[str, datetime]) -> bool:
    """Whether notes hold every fact of a claim together."""
    text = "\n".join(words_on(note.moment) for note in notes)
    days = list(_days(notes, local))
    if not all(_holds_number(n, text, days) for n in facts.numbers):
        return False
    if not set(facts.clocks) <= set(_loose_clocks(text)) | {_minute(local[n.moment.id]) for n in notes}:
        return False
    if not all(any(w.first <= last and w.last >= first for first, last in days) for w in facts.dates):
        return False
    if currencies(claim) - currencies(text):
        return False
    if not all(_plain(quote) in _plain(text) for quote in facts.quotes):
        return False
    return all(_holds_name(name, text, days, notes) for name in facts.names)


def currencies(text: str) -> set[str]:
    """The currencies a text names, each under one spelling."""
    return {_SAME_CURRENCY.get(word.lower().rstrip("s"), word.lower()) for word in _CURRENCY.findall(text)}


def without_currency(text: str) -> str:
    """The claim without the currency that a model likes to add to a bare sum."""
    return " ".join(_CURRENCY.sub(" ", text).split())


def words_on(moment: Moment) -> str:
    """What a moment says, and what stands on it; dates that its words mean are days, not words."""
    place = moment.place.name if moment.place else ""
    return "\n".join(part for part in (moment.text, moment.speaker, place, moment.app, moment.window) if part)


def _days(notes: Sequence[Note], local: Mapping[str, datetime]) -> Iterator[tuple[date, date]]:
    """The day of each note, and the days that its words mean."""
    for note in notes:
        at = local[note.moment.id]
        yield at.date(), at.date()
        for words in find_time_words(note.moment.text, at):
            yield words.first, words.last


def _holds_number(number: str, text: str, days: Sequence[tuple[date, date]]) -> bool:
    if number in numbers_in(text) or number in ordinals_in(text):
        return True
    is_year = re.fullmatch(r"(?:19|20)\d\d", number) is not None
    return is_year and any(first.year <= int(number) <= last.year for first, last in days)


def _names(text: str, asked: set[str]) -> Iterator[str]:
    """Capitalised words that the question did not bring; the first of a sentence only where it is its subject."""
    for match in _WORD.finditer(text):
        if match.start() == len(text) - len(text.lstrip()) and not _SUBJECT.match(text, match.end()):
            continue
        parts = set(tokens(match.group()))
        if parts <= asked | STOP_WORDS | _NO_NAMES or match.group() == "I":
            continue
        yield match.group()


def _holds_name(name: str, text: str, days: Sequence[tuple[date, date]], notes: Sequence[Note]) -> bool:
    word = fold(name)
    if word.rstrip(".") in _CALENDAR:
        return word[:3] in {t[:3] for t in tokens(text) if t in _CALENDAR} or any(
            word[:3] in (MONTHS[d.month - 1][:3], WEEKDAYS[d.weekday()][:3]) for pair in days for d in pair
        )
    said = set(tokens(text))
    wanted = tokens(name)
    if all(t in said or stem(t) in {stem(s) for s in said} for t in wanted):
        return True
    is_page = any(n.moment.kind not in (Kind.UTTERANCE, Kind.NOTE) for n in notes)
    return is_page and len(word) >= _LONG and holds(name, text)


def _clocks(text: str) -> Iterator[int]:
    """Clock times in minutes of the half day: 14:30, "half past two" and "2:30 pm" are one."""
    for m in _CLOCK.finditer(text):
        if m["word"]:
            yield 0
        elif m["side"]:
            hour, side = _hour(m["h0"]), m["side"].lower().split()
            yield (hour * 60 + (30 if side[0] == "half" else 15 if side[1] == "past" else -15)) % _HALF_DAY_MIN
        else:
            yield (_hour(m["h1"] or m["h2"]) * 60 + int(m["m1"] or 0)) % _HALF_DAY_MIN


def _loose_clocks(text: str) -> Iterator[int]:
    """Clock times as notes tell them: "at ten" and "9.30" too."""
    yield from _clocks(text)
    for m in _LOOSE_CLOCK.finditer(text):
        yield (_hour(m["h"] or m["h2"]) * 60 + int(m["m"] or 0)) % _HALF_DAY_MIN


def _hour(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS.get(word.lower(), 1)


def _minute(at: datetime) -> int:
    return (at.hour * 60 + at.minute) % _HALF_DAY_MIN


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + " , " + text[end:]
    return text


def _plain(text: str) -> str:
    return " ".join(tokens(text))
