"""Claims about when something is to be: "the review is on Thursday at three", "we moved it from Tuesday to Thursday".

Role: rules over one sentence and the time it was said at. What says a day that has been is no appointment. Days are
read by the reader that is passed in, weekdays without more words by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Protocol

from memory.facts import CANCELLED, TIME
from memory.records import Claim
from reflect.claim_words import NAME, Sentence, build_claim, find_owner, is_stated, whose

_EVENT = (
    "meeting|appointment|call|interview|exam|flight|train|concert|dinner|lunch|breakfast|party|wedding|deadline"
    "|presentation|workshop|class|lesson|match|game|check-?up|viewing|delivery|review|conference|surgery|rehearsal"
    "|ceremony|test|session|demo|launch|inspection|hearing|graduation|performance|play|show|recital|festival|reunion"
)
_NP = (
    rf"(?P<whose>[Mm]y|[Oo]ur|[Tt]he|{NAME}['’]s)\s+(?P<what>(?:[\w’'-]+\s+){{0,3}}?(?i:{_EVENT}))"
    r"(?P<with>\s+(?:with|about|for|at)\s+(?:the\s+)?[\w’'-]+(?:\s+[A-ZÀ-Þ][\w’'-]+)?)?"
)
_IS_AT = re.compile(
    rf"\b{_NP}\s+(?P<verb>is|starts|begins|takes\s+place)\s+(?P<now>now\s+)?(?:(?:scheduled|set|booked|planned|fixed)\s+(?:for\s+)?)?(?P<rest>.+)$"
)
_WAS_MOVED = re.compile(
    rf"\b{_NP}\s+(?:has\s+been|was|is|got|has)\s+(?:been\s+)?(?i:moved|rescheduled|postponed|pushed\s+back|shifted|brought\s+forward|changed)"
    r"\s+(?:from\s+(?P<old>.{2,30}?)\s+)?(?:to|until|till|for)\s+(?P<rest>.+)$"
)
_MOVED = re.compile(
    rf"\b(?:[Ww]e|[Tt]hey|I|{NAME})(?:['’]ve|\s+have|\s+has|['’]s)?\s+(?:just\s+)?(?i:moved|rescheduled|postponed|pushed|shifted|changed)\s+"
    rf"{_NP}\s+(?:from\s+(?P<old>.{{2,30}}?)\s+)?(?:to|until|till|for)\s+(?P<rest>.+)$"
)
_CANCELLED = re.compile(rf"\b{_NP}\s+(?:has\s+been|is|was|got)\s+(?P<rest>cancel?led|called\s+off)\b")
_WEEKDAY = re.compile(
    r"^(?:on\s+|this\s+|this\s+coming\s+|next\s+)?(?P<day>mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE
)
_CLOCK = re.compile(
    r"\b(?:at\s+)?(?P<hour>\d{1,2})(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap]\.?m\b\.?)"
    r"|\b(?:at\s+)?(?P<hour24>[01]?\d|2[0-3])[:.](?P<minute24>[0-5]\d)(?!\d|[.,]?\d)"
    r"|\bat\s+(?P<word>noon|midnight|\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?:\s+o['’]clock)?(?=\s*(?:$|[,;]|in\s+the|instead|on\b|now))",
    re.IGNORECASE,
)
_NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()
_DAYS = ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")
_SHY = re.compile(
    r"\b(?:every|each|usually|always|often|sometimes|mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays|or|around|about|between|sometime)\b",
    re.IGNORECASE,
)
_CANCELLED_DAYS = 14  # where no day is known on which it was to be; later there may be another of its kind
_PASSIVE = re.compile(r"\b(?:was|been|got)\b")


class Days(Protocol):
    """Words of time with the days they mean, as ``recall.time_words`` finds them."""

    @property
    def span(self) -> tuple[int, int]:
        """Where they stand."""

    @property
    def first(self) -> date:
        """The first day."""

    @property
    def last(self) -> date:
        """The last day."""


FindDays = Callable[[str, datetime], Sequence[Days]]


def read_times(sentence: Sentence, find_days: FindDays) -> Iterator[Claim]:
    """Claims of a sentence about when something is to be."""
    for pattern, is_change in ((_WAS_MOVED, True), (_MOVED, True), (_CANCELLED, True), (_IS_AT, False)):
        match = pattern.search(sentence.text)
        if match is None:
            continue
        claim = _read_one(sentence, match, find_days, is_change=is_change)
        if claim is not None:
            yield claim
            return


def _read_one(sentence: Sentence, match: re.Match[str], find_days: FindDays, *, is_change: bool) -> Claim | None:
    text = sentence.text
    if is_change:  # "has been moved" is no past
        text = text[: match.start()] + _PASSIVE.sub(lambda m: "-" * len(m.group()), match.group())
    if not is_stated(text, match.start(), len(text)) or _SHY.search(match.group()):
        return None
    subject = _subject(match, sentence)
    if subject is None:
        return None
    rest = match["rest"]
    if rest.startswith(("cancel", "called")):
        until_us = _end_of(sentence.told_at.date() + timedelta(days=_CANCELLED_DAYS), sentence.told_at)
        return build_claim(sentence, subject, TIME, CANCELLED, is_change=True, until_us=until_us)
    when = _read_when(rest, sentence.told_at, find_days)
    if when is None:
        return None
    words, day, clock = when
    told_day = sentence.told_at.date()
    if not told_day <= day <= told_day + timedelta(days=400):
        return None
    found = match.groupdict()
    key = " ".join(part for part in (day.isoformat(), clock) if part)
    until_us = _end_of(day, sentence.told_at)
    changed = is_change or bool(found.get("now")) or bool(re.search(r"\binstead\b", rest))
    return build_claim(sentence, subject, TIME, words, value_key=key, is_change=changed, until_us=until_us)


def _subject(match: re.Match[str], sentence: Sentence) -> str | None:
    owned, what = match["whose"], " ".join(match["what"].split()) + (match["with"] or "")
    if owned.casefold() in ("the", "our"):
        return f"the {what}"
    owner = find_owner(owned, sentence)
    return None if owner is None else f"{whose(owner)} {what}"


def _read_when(rest: str, told_at: datetime, find_days: FindDays) -> tuple[str, date, str] | None:
    """The words of the time that the rest begins with, the day they mean, and the time of day; None without one."""
    day, end = _read_day(rest, told_at, find_days)
    clock = _CLOCK.search(rest)
    at = ""
    if clock is not None and clock.start() <= end + 6:
        at = _to_clock(clock)
        if at and clock.end() > end:
            if day is None:  # "at three on Thursday"
                later, length = _read_day(rest[clock.end() :].lstrip(" ,"), told_at, find_days)
                day = later
                end = clock.end() + (length + 1 if later else 0)
            else:
                end = clock.end()
    if day is None:
        return None  # which day is not said: "at three" may be of any
    return rest[:end].strip(" ,").removeprefix("on ").removeprefix("at "), day, at


def _read_day(rest: str, told_at: datetime, find_days: FindDays) -> tuple[date | None, int]:
    weekday = _WEEKDAY.match(rest)
    if weekday is not None:
        wanted = _DAYS.index(weekday["day"].lower())
        dated = next(
            (d for d in find_days(rest, told_at) if d.span[0] <= weekday.end() + 2 and d.span[1] > weekday.end() + 2),
            None,
        )
        if dated is not None and dated.first == dated.last and dated.first.weekday() == wanted:
            return dated.first, dated.span[1]  # "Thursday, 14 May"
        ahead = (wanted - told_at.weekday() - 1) % 7 + 1
        return told_at.date() + timedelta(days=ahead), weekday.end()
    for days in find_days(rest, told_at):
        if days.span[0] <= 4 and days.first == days.last:
            return days.first, days.span[1]
    return None, 0


def _to_clock(match: re.Match[str]) -> str:
    """A time of day as "15:00"; what says neither morning nor afternoon stays as it is: "3 o'clock"."""
    if match["hour24"]:
        return f"{int(match['hour24']):02d}:{match['minute24']}"
    if match["hour"]:
        hour = int(match["hour"]) % 12 + (12 if match["half"].lower().startswith("p") else 0)
        return f"{hour:02d}:{match['minute'] or '00'}" if int(match["hour"]) <= 12 else ""
    word = match["word"].lower()
    if word in ("noon", "midnight"):
        return "12:00" if word == "noon" else "00:00"
    hour = int(word) if word.isdigit() else _NUMBERS.index(word) + 1
    return f"{hour} o'clock" if hour <= 24 else ""


def _end_of(day: date, told_at: datetime) -> int:
    """The end of a day in the zone of the moment, in microseconds."""
    end = datetime.combine(day + timedelta(days=1), time(), tzinfo=told_at.tzinfo)
    return round(end.timestamp() * 1e6)
