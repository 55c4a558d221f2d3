"""Times in words: "yesterday", "last Tuesday", "in March", "two weeks before 11 August 2023" become ranges.

Role: rules only, in microseconds of work; no model, no database, no clock (``now`` is given). Every range is half open
and lives in the zone of ``now``. A month or day without a year is ``yearless``: the caller may move it to an earlier
year when the memory holds nothing in the latest one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from memory.zones import parse_zone
from recall.holidays import NAMES, find_holiday

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}  # first month, meteorological, northern
NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "a couple of": 2, "couple of": 2, "a few": 3, "few": 3, "several": 4,
}  # fmt: skip
PARTS_OF_DAY = {"morning": (5, 12), "afternoon": (12, 18), "evening": (17, 24), "night": (20, 28), "noon": (11, 14)}
DAYS_IN = {"day": 1, "week": 7, "weekend": 7, "month": 30, "year": 365}

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MONTH = "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"  # noqa: E501 - one alternation reads best on one line
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_WEEKDAY = "(?P<weekday>" + "|".join(WEEKDAYS) + ")s?"
_N = r"(?P<n>\d{1,3}|" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + ")"
_UNIT = "(?P<unit>day|week|month|year|weekend)s?"
_PART = "(?P<part>" + "|".join(PARTS_OF_DAY) + ")"


@dataclass(frozen=True, slots=True)
class TimeRange:
    """A stretch of local time that words name.

    Attributes:
        since, until: Half open, aware, in the zone of ``now``.
        span: (start, end) of the words in the text.
        yearless: The words named no year; the latest one not after ``now`` was taken.
    """

    since: datetime
    until: datetime
    span: tuple[int, int]
    yearless: bool = False

    @property
    def since_us(self) -> int:
        """Start in UTC microseconds."""
        return to_us(self.since)

    @property
    def until_us(self) -> int:
        """End in UTC microseconds."""
        return to_us(self.until)

    def a_year_earlier(self) -> TimeRange:
        """The same days one year before."""
        return replace(self, since=_shift_year(self.since), until=_shift_year(self.until))


def _opened(span: TimeRange, text: str, match: re.Match[str], now: datetime) -> TimeRange:
    """A range with one end open, where "since", "after", "until" or "before" stands before its words or begins them."""
    begun = _OPENING.match(match.group())
    before = _OPENED.search(text, 0, match.start())
    word = begun[1] if begun else before[1] if before else ""
    if word in ("since", "after") and span.since <= now:
        return replace(span, since=span.until if word == "after" else span.since, until=now + timedelta(days=1))
    if word in ("until", "before"):
        return replace(span, since=span.since - _LONG_AGO, until=span.since if word == "before" else span.until)
    return span


def to_us(moment: datetime) -> int:
    """Microseconds since the epoch, exactly (no float in between)."""
    delta = moment - _EPOCH
    return (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds


def local_time(at_us: int, zone: str) -> datetime:
    """UTC microseconds as an aware time in a zone (an IANA name or "+02:00"; UTC when it is neither)."""
    return (_EPOCH + timedelta(microseconds=at_us)).astimezone(parse_zone(zone))


def find_times(text: str, now: datetime) -> list[TimeRange]:
    """Find the time expressions of a text.

    Args:
        text: A question, in English.
        now: The aware time that "yesterday" is counted from.

    Returns:
        Ranges in order of the text; the longest expression wins where two overlap.
    """
    found: list[TimeRange] = []
    taken: list[tuple[int, int]] = []
    lowered = text.lower()
    for pattern, read in _RULES:
        for match in pattern.finditer(lowered):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            span = _read(read, match, now)
            if span is not None:
                taken.append(match.span())
                found.append(replace(_opened(span, lowered, match, now), span=match.span()))
    return _placed(sorted(found, key=lambda r: r.span), lowered)


def _placed(found: list[TimeRange], text: str) -> list[TimeRange]:
    """Put hours that stand beside a day ("yesterday from 2 to 4 pm") on that day, instead of on that of ``now``."""
    for n, (one, other) in enumerate(pairwise(found)):
        day, hours = (one, other) if _is_day(one) else (other, one)
        between = text[one.span[1] : other.span[0]]
        if _is_day(one) and _is_day(other) and _WEEKDAY_ALONE.fullmatch(text[slice(*one.span)] + between):
            dated = replace(other, span=(one.span[0], other.span[1]))  # "on Friday 18 September" is one day
            return _placed([*found[:n], dated, *found[n + 2 :]], text)
        if _is_day(day) and _CLOCK.match(text[slice(*hours.span)]) and _BESIDE.fullmatch(between):
            midnight = datetime.combine(hours.since.date(), time(), tzinfo=hours.since.tzinfo)
            since, until = (day.since + (at - midnight) for at in (hours.since, hours.until))
            placed = TimeRange(since, until, (one.span[0], other.span[1]), day.yearless)
            return _placed([*found[:n], placed, *found[n + 2 :]], text)
    return found


def _is_day(span: TimeRange) -> bool:
    return span.since.time() == time() and span.until.date() - span.since.date() == timedelta(days=1)


def _read(read: _Reader, match: re.Match[str], now: datetime) -> TimeRange | None:
    try:
        return read(match, now)
    except (ValueError, OverflowError):  # 31 February, year 0: not a date after all
        return None


def _shift_year(moment: datetime) -> datetime:
    try:
        return moment.replace(year=moment.year - 1)
    except ValueError:  # 29 February
        return moment.replace(year=moment.year - 1, day=28)


def _days(first: date, n_days: int, now: datetime, *, yearless: bool = False) -> TimeRange:
    since = datetime.combine(first, time(), tzinfo=now.tzinfo)
    until = datetime.combine(first + timedelta(days=n_days), time(), tzinfo=now.tzinfo)
    return TimeRange(since, until, (0, 0), yearless)


def _months(year: int, month: int, n_months: int, now: datetime, *, yearless: bool = False) -> TimeRange:
    first = date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
    last = month - 1 + n_months
    end = date(year + last // 12, last % 12 + 1, 1)
    return _days(first, (end - first).days, now, yearless=yearless)


def _number(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word]


def _month_of(word: str) -> int:
    return next(i for i, name in enumerate(MONTHS, 1) if name.startswith(word[:3]))


def _date_of(match: re.Match[str], now: datetime) -> tuple[date, bool]:
    """Day, month and perhaps year of a match; without a year the latest such day that is not after today."""
    month, day, year = _month_of(match["month"]), int(match["day"]), match["year"]
    if year:
        return date(int(year), month, day), False
    day_this_year = date(now.year, month, day)
    return (day_this_year if day_this_year <= now.date() else date(now.year - 1, month, day)), True


def _on_date(match: re.Match[str], now: datetime) -> TimeRange:
    day, yearless = _date_of(match, now)
    return _days(day, 1, now, yearless=yearless)


def _before_date(match: re.Match[str], now: datetime) -> TimeRange:
    """Read “two weeks before 11 August 2023”, “the Sunday before …” or “the week before …”."""
    day, yearless = _date_of(match, now)
    groups = match.groupdict()
    if groups.get("weekday"):
        back = (day.weekday() - WEEKDAYS.index(groups["weekday"]) - 1) % 7 + 1
        return _days(day - timedelta(days=back), 1, now, yearless=yearless)
    unit = groups["unit"]
    if unit == "weekend":
        back = (day.weekday() - 5 - 1) % 7 + 1
        return _days(day - timedelta(days=back), 2, now, yearless=yearless)
    if groups.get("n"):
        centre = day - timedelta(days=_number(groups["n"]) * DAYS_IN[unit])
        slack = {"day": 0, "week": 3, "month": 12, "year": 120}[unit]
        return _days(centre - timedelta(days=slack), 2 * slack + 1, now, yearless=yearless)
    return _days(day - timedelta(days=DAYS_IN[unit]), DAYS_IN[unit], now, yearless=yearless)


def _in_month(match: re.Match[str], now: datetime) -> TimeRange:
    month = _month_of(match["month"])
    yearless = not match["year"]
    year = int(match["year"]) if match["year"] else now.year - (month > now.month)
    whole = _months(year, month, 1, now, yearless=yearless)
    third = match.groupdict().get("third")
    if not third:
        return whole
    days = (whole.until - whole.since).days
    first, n_days = {"b": (0, 12), "e": (0, 12), "s": (0, 12), "m": (9, 13), "l": (days - 12, 12)}[
        third[0] if third != "end" else "l"
    ]
    return _days(whole.since.date() + timedelta(days=first), n_days, now, yearless=yearless)


def _in_year(match: re.Match[str], now: datetime) -> TimeRange:
    return _months(int(match["year"]), 1, 12, now)


def _relative_day(match: re.Match[str], now: datetime) -> TimeRange:
    word = match["word"]
    back = {
        "today": 0,
        "tonight": 0,
        "this": 0,
        "yesterday": 1,
        "last night": 1,
        "the day before yesterday": 2,
        "tomorrow": -1,
    }
    day = now.date() - timedelta(days=back[word])
    part = match.groupdict().get("part") or {"tonight": "night", "last night": "night"}.get(word)
    whole = _days(day, 1, now)
    return _part_of(whole, part) if part else whole


def _part_of(day: TimeRange, part: str) -> TimeRange:
    start, end = PARTS_OF_DAY[part]
    return replace(day, since=day.since + timedelta(hours=start), until=day.since + timedelta(hours=end))


def _ago(match: re.Match[str], now: datetime) -> TimeRange:
    n, unit = _number(match["n"]), match["unit"]
    day = now.date() - timedelta(days=n * DAYS_IN[unit])
    loose = (
        not match["n"].isdigit()
        and match["n"] not in {"a", "an", "one"}
        and NUMBERS[match["n"]] in {2, 3, 4}
        and "f" in match["n"]
    )
    slack = {"day": 0, "week": 3, "weekend": 3, "month": 15, "year": 183}[unit] + (
        2 if loose or (unit == "day" and n > 3) else 0
    )
    if match.groupdict().get("weekday"):
        offset = (WEEKDAYS.index(match["weekday"]) - day.weekday() + 3) % 7 - 3
        return _days(day + timedelta(days=offset), 1, now)
    return _days(day - timedelta(days=slack), 2 * slack + 1, now)


def _last_unit(match: re.Match[str], now: datetime) -> TimeRange:
    """Read “last week” as the calendar week before this one; “the last 3 weeks” reaches back from now."""
    unit, n = match["unit"], match.groupdict().get("n")
    today = now.date()
    if n:
        n_days = _number(n) * DAYS_IN[unit]
        return _days(today - timedelta(days=n_days), n_days + 1, now)
    this = match["which"] == "this"
    if unit == "day":
        return _days(today - timedelta(days=0 if this else 1), 1, now)
    if unit == "weekend":
        saturday = (
            today - timedelta(days=(today.weekday() - 5) % 7) - timedelta(days=0 if this or today.weekday() < 5 else 7)
        )
        return _days(saturday, 2, now)
    if unit == "week":
        monday = today - timedelta(days=today.weekday() + (0 if this else 7))
        return _days(monday, 7, now)
    if unit == "month":
        month = today.month - (0 if this else 1)
        return _months(today.year - (month < 1), month or 12, 1, now)
    return _months(today.year - (0 if this else 1), 1, 12, now)


def _weekday(match: re.Match[str], now: datetime) -> TimeRange:
    """The latest such weekday before today ("on Tuesday", "last Tuesday"); "last" skips nothing else."""
    back = (now.weekday() - WEEKDAYS.index(match["weekday"]) - 1) % 7 + 1
    day = _days(now.date() - timedelta(days=back), 1, now)
    part = match.groupdict().get("part")
    return _part_of(day, part) if part else day


def _season(match: re.Match[str], now: datetime) -> TimeRange:
    month = SEASONS[match["season"]]
    year = int(match["year"]) if match.groupdict().get("year") else now.year
    span = _months(year, month, 3, now, yearless=not match.groupdict().get("year"))
    return span.a_year_earlier() if span.since > now else span


def _holiday(match: re.Match[str], now: datetime) -> TimeRange:
    """A day with a name; without a year the latest that is not after today. One that moves keeps its year."""
    if match["year"]:
        return _days(find_holiday(match["holiday"], int(match["year"])), 1, now)
    year = now.year - (match["which"] == "last" and find_holiday(match["holiday"], now.year) >= now.date())
    day = find_holiday(match["holiday"], year)
    if day > now.date() and match["which"] not in ("this", "next"):
        day = find_holiday(match["holiday"], year - 1)
    is_fixed = find_holiday(match["holiday"], 2023).replace(year=2024) == find_holiday(match["holiday"], 2024)
    return _days(day, 1, now, yearless=is_fixed and not match["which"])


def _clock_range(match: re.Match[str], now: datetime) -> TimeRange:
    halves = match.groupdict()
    first = _clock(match["h1"], match["m1"], halves.get("ap1") or halves.get("ap2"))
    last = _clock(match["h2"], match["m2"], halves.get("ap2"))
    if last <= first and not halves.get("ap1"):
        first = min(first, _clock(match["h1"], match["m1"], None))  # "from 10 to 2 pm" begins in the morning
    if last <= first:
        last += timedelta(days=1)  # past midnight
    day = _days(now.date(), 1, now)
    return replace(day, since=day.since + first, until=day.since + last)


def _clock_time(match: re.Match[str], now: datetime) -> TimeRange:
    at = _clock(match["h1"], match["m1"], match.groupdict().get("ap1"))
    day = _days(now.date(), 1, now)
    return replace(day, since=day.since + at - timedelta(minutes=10), until=day.since + at + timedelta(minutes=20))


def _clock(hour: str, minute: str | None, half: str | None) -> timedelta:
    hours = int(hour) % 12 + (12 if half and half[0] == "p" else 0) if half else int(hour)
    if hours > 24 or int(minute or 0) > 59:
        raise ValueError(hour)
    return timedelta(hours=hours, minutes=int(minute or 0))


_CLOCK = re.compile(r"(?:between|from|at|around|about)\s+\d")
_WEEKDAY_ALONE = re.compile(rf"(?:on\s+|since\s+|this\s+|last\s+)?{_WEEKDAY}[\s,]*(?:the\s+)?")
_BESIDE = re.compile(r"[\s,]*(?:on\s+)?")
_OPENING = re.compile(r"(since|after|until|before)\s")
_OPENED = re.compile(r"\b(since|after|until|before)\s+(?:the\s+)?$")
_LONG_AGO = timedelta(days=36525)
_Reader = Callable[[re.Match[str], datetime], TimeRange]
_YEAR = r"(?:,?\s+(?:of\s+)?(?P<year>(?:19|20)\d\d))?"
_DMY = rf"{_DAY}\s+(?:of\s+)?(?P<month>{_MONTH})\b\.?{_YEAR}"
_MDY = rf"(?P<month>{_MONTH})\.?\s+(?:the\s+)?{_DAY}\b{_YEAR}"
_ISO = r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)"


def _iso(match: re.Match[str], now: datetime) -> TimeRange:
    return _days(date(int(match["year"]), int(match["month"]), int(match["day"])), 1, now)


def _build_rules() -> Iterator[tuple[re.Pattern[str], _Reader]]:
    """Longest first: a rule higher up takes the words away from those below."""
    for dated in (_DMY, _MDY):
        anchor = rf"before\s+(?:the\s+)?{dated}"
        yield re.compile(rf"\b(?:the\s+|last\s+)?{_WEEKDAY}\s+{anchor}"), _before_date
        yield re.compile(rf"\b{_N}\s+{_UNIT}\s+{anchor}"), _before_date
        yield re.compile(rf"\b(?:the\s+|last\s+)?{_UNIT}\s+{anchor}"), _before_date
    yield re.compile(rf"\b{_ISO}\b"), _iso
    yield re.compile(rf"\b{_DMY}"), _on_date
    yield re.compile(rf"\b{_MDY}"), _on_date
    third = r"(?:(?P<third>beginning|early|start|mid|middle|late|end)(?:\s+of|-)?\s+)"
    yield re.compile(rf"\b{third}(?P<month>{_MONTH})\b{_YEAR}"), _in_month
    yield re.compile(rf"\b(?P<month>{_MONTH})\s+(?:of\s+)?(?P<year>(?:19|20)\d\d)\b"), _in_month
    yield (
        re.compile(rf"\b(?:in|during|since|last|this|until|before|after|from)\s+(?P<month>{_MONTH})\b{_YEAR}"),
        _in_month,
    )
    yield re.compile(r"\b(?P<season>spring|summer|autumn|fall|winter)\s+(?:of\s+)?(?P<year>(?:19|20)\d\d)\b"), _season
    yield re.compile(r"\b(?:last|this|in|during)\s+(?:the\s+)?(?P<season>spring|summer|autumn|winter)\b"), _season
    yield re.compile(rf"\b(?P<word>the day before yesterday|yesterday|today|this|tomorrow)\s+{_PART}\b"), _relative_day
    yield (
        re.compile(r"\b(?P<word>the day before yesterday|yesterday|today|tonight|tomorrow|last night)\b"),
        _relative_day,
    )
    yield re.compile(rf"\b{_WEEKDAY}\s+{_N}\s+{_UNIT}\s+ago\b"), _ago
    yield re.compile(rf"\b{_N}\s+{_UNIT}\s+ago\b"), _ago
    yield re.compile(rf"\b(?:the\s+)?(?P<which>last|past)\s+{_N}\s+{_UNIT}\b"), _last_unit
    yield re.compile(rf"\b(?P<which>last|previous|past|this)\s+{_UNIT}\b"), _last_unit
    yield re.compile(rf"\b(?:last\s+|on\s+|this\s+|since\s+){_WEEKDAY}(?:\s+{_PART})?\b"), _weekday
    yield (
        re.compile(
            r"\b(?:on|at|over|during|since|until|before|after|(?P<which>last|this|next))\s+"
            rf"(?P<holiday>{NAMES})(?:,?\s+(?:of\s+)?(?P<year>(?:19|20)\d\d))?\b"
        ),
        _holiday,
    )
    yield re.compile(r"\b(?:in|during|since|of|year)\s+(?P<year>(?:19|20)\d\d)\b"), _in_year
    clock = r"(?P<h{0}>[0-2]?\d)(?:[:.](?P<m{0}>[0-5]\d))?\s*(?P<ap{0}>[ap]\.?m\b\.?)"
    loose = clock.replace(r"\b\.?)", r"\b\.?)?")
    yield re.compile(rf"\b(?:between|from)\s+{loose.format(1)}\s*(?:and|to|until|-)\s*{clock.format(2)}"), _clock_range
    yield re.compile(rf"\b(?:at|around|about)\s+{clock.format(1)}"), _clock_time
    full = r"(?P<h{0}>[0-2]?\d):(?P<m{0}>[0-5]\d)"
    yield re.compile(rf"\b(?:between|from)\s+{full.format(1)}\s*(?:and|to|until|-)\s*{full.format(2)}\b"), _clock_range
    yield re.compile(rf"\b(?:at|around|about)\s+{full.format(1)}\b"), _clock_time


_RULES = tuple(_build_rules())
