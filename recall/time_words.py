"""Times in words inside a moment, read against the moment's own time: "last Friday" said on 15 July is 14 July.

Role: rules only; text and the local time it was said at in, dates and how they are told out. The doubt that is in the
words stays in the telling ("the week before 6 March 2023"). What a *question* means by "last week" is ``recall.times``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from recall.holidays import NAMES, find_holiday
from recall.times import MONTHS, NUMBERS, SEASONS, WEEKDAYS

_ABOUT = frozenset({"a couple of", "couple of", "a few", "few", "several"})
_MONTH_SHORT = {name[:3]: number for number, name in enumerate(MONTHS, 1)}


@dataclass(frozen=True, slots=True)
class TimeWords:
    """A time expression and the days it means.

    Attributes:
        span: (start, end) characters in the text.
        first, last: The first and the last day it can mean, both included.
        told: In words that keep the doubt: "7 May 2023", "the week before 6 March 2023", "2022", "about June 2023".
        absolute: The words are a date themselves ("14 March"), not counted from the time they were said.
    """

    span: tuple[int, int]
    first: date
    last: date
    told: str
    absolute: bool = False


_Days = tuple[date, date, str]
_Reader = Callable[[re.Match[str], date], _Days]


def find_time_words(text: str, said_at: datetime) -> list[TimeWords]:
    """Find the expressions that name a time and resolve them.

    Args:
        text: What was said, read or written, in English.
        said_at: The local time of the moment.

    Returns:
        In order of the text; where two overlap, the longer rule wins.
    """
    found: list[TimeWords] = []
    day = said_at.date()
    for pattern, read, absolute in _RULES:
        for match in pattern.finditer(text):
            if any(match.start() < w.span[1] and w.span[0] < match.end() for w in found):
                continue
            try:
                first, last, told = read(match, day)
            except (ValueError, OverflowError):  # 31 February, a year before 1
                continue
            found.append(TimeWords(match.span(), first, last, told, absolute))
    return sorted(found, key=lambda w: w.span)


def with_dates(text: str, said_at: datetime) -> str:
    """The text with what its relative times mean in brackets behind them: "yesterday (7 May 2023)"."""
    for words in reversed(find_time_words(text, said_at)):
        if not words.absolute:
            text = f"{text[: words.span[1]]} ({words.told}){text[words.span[1] :]}"
    return text


def tell_day(day: date) -> str:
    """A day as it is told: "7 May 2023"."""
    return f"{day.day} {MONTHS[day.month - 1].capitalize()} {day.year}"


def _tell_month(day: date) -> str:
    return f"{MONTHS[day.month - 1].capitalize()} {day.year}"


def _one(day: date) -> _Days:
    return day, day, tell_day(day)


def _month(day: date, n: int) -> tuple[date, date]:
    """The first and last day of the month ``n`` months after that of ``day``."""
    months = day.year * 12 + day.month - 1 + n
    first = date(months // 12, months % 12 + 1, 1)
    following = date((months + 1) // 12, (months + 1) % 12 + 1, 1)
    return first, following - timedelta(days=1)


def _near_day(match: re.Match[str], day: date) -> _Days:
    word = match["word"].lower()
    away = {
        "the day before yesterday": -2,
        "the day after tomorrow": 2,
        "yesterday": -1,
        "last night": -1,
        "tomorrow": 1,
    }
    return _one(day + timedelta(days=next((n for name, n in away.items() if word.startswith(name)), 0)))


def _weekday(match: re.Match[str], day: date) -> _Days:
    """Read "last Friday" as the one before the day, "next Friday" as the one after it, told with that doubt."""
    which = " ".join(match["which"].lower().split())
    return _to_weekday(match["weekday"], day, ahead=which in ("next", "this", "this coming", "coming"))


def _to_weekday(word: str, day: date, *, ahead: bool) -> _Days:
    wanted = next(i for i, name in enumerate(WEEKDAYS) if name.startswith(word.lower()[:3]))
    name = WEEKDAYS[wanted].capitalize()
    if ahead:
        found = day + timedelta(days=(wanted - day.weekday() - 1) % 7 + 1)
        return found, found, f"the {name} after {tell_day(day)}, that is {tell_day(found)}"
    found = day - timedelta(days=(day.weekday() - wanted - 1) % 7 + 1)
    return found, found, f"the {name} before {tell_day(day)}, that is {tell_day(found)}"


# What is still to come, whatever else the sentence tells.
_AHEAD = re.compile(
    r"\b(?:will|'ll|going\s+to|gonna|can't\s+wait|tomorrow|upcoming)\b|\blet['’]?s\b|\b(?:is|are|am)\s+\w+ing\b"
    r"|['’](?:m|re)\s+\w+ing\b|\b(?:he|she|it|who)['’]s\s+\w+ing\b|\b(?:is|are)\s+on\s+\w+day\b",
    re.IGNORECASE,
)
_TENSELESS = "put|cut|let|hit|set|read|quit|shut|split|cost|beat|hurt"  # tell by themselves no time
# The past of common verbs, and the second half of a perfect.
_IRREGULAR = (
    "was|were|wasn't|weren't|did|didn't|had|hadn't|couldn't|been|done|gone|seen|taken|given|eaten|written|driven|shown"
    "|known|went|came|got|gave|took|made|met|saw|said|told|found|left|lost|bought|brought|thought|taught|caught|felt"
    "|overslept|overheard|understood|swept|wept|crept|slid|swung|stuck|dug|tore|blew|froze|shook|sank|hid|fled|swore|clung"
    "|kept|held|heard|knew|ran|sat|sent|slept|spoke|spent|stood|swam|sang|drank|drove|ate|fell|flew|forgot|wore|won|wrote"
    "|paid|built|began|became|chose|broke|grew|threw|rode|rang|led|lent|meant|sold|showed|drew|hung|dealt|dreamt|learnt"
    "|woke|stole|burst|lit|fought|sought|struck"
)
_REGULAR = (
    r"(?!(?:need|feed|speed|seed|weed|deed|breed|bleed|proceed|succeed|exceed|indeed|hundred|embed|shed|sled|bed|red|wed"
    r"|med|ted|fred|ned|alfred|ahmed|mohammed)\b)\w+ed"
)
_PAST = re.compile(
    rf"\b(?:{_REGULAR}|{_IRREGULAR})\b|\b(?:i|he|she|it|we|they|who|(?-i:(?!Please|Then|Must|Always)[A-Z][a-z]+))"
    rf"\s+(?:just\s+|then\s+|also\s+|\w+ly\s+)?(?:{_TENSELESS})\b",
    re.IGNORECASE,
)
# Words of the past that tell nothing of it: "it must be done", "is closed", "has got a test", "get paid", "need it
# done", "parcel expected on Friday", "can we cut the grass".
_NO_PAST = re.compile(
    rf"\b(?:is|are|am|be|['’]m|['’]re|get|gets|getting)\s+(?:not\s+|\w+ly\s+)?(?:{_REGULAR}|{_IRREGULAR}|{_TENSELESS})\b"
    r"|(?:\b(?:have|has)|['’](?:ve|s))\s+(?:also\s+|still\s+|\w+ly\s+)?got\b"
    rf"|\b(?:get|need|want)s?\s+(?:it|this|that|them|everything)\s+(?:{_REGULAR}|done|made|built|sent|{_TENSELESS})\b"
    r"|\b(?:expected|scheduled|due|planned)\s+(?=on\s+\w+day)"
    r"|\b(?:can|could|shall|should|must|may|might|do|does)\s+(?:i|he|she|it|we|they|you)\s+(?:get\s+)?\w+",
    re.IGNORECASE,
)


def _on_weekday(match: re.Match[str], day: date) -> _Days:
    """Read "on Friday" as the last one where its sentence tells what was, and as the next one elsewhere.

    "The plumber comes on Friday", "Dentist on Friday" and "ask him on Friday" look ahead without saying so; "is" and
    "hope" may stand beside what was ("I hope you liked what came on Friday").
    """
    text = match.string
    start = max((text.rfind(mark, 0, match.start()) for mark in ".!?\n"), default=-1) + 1
    ends = [at for mark in ".!?\n" if (at := text.find(mark, match.end())) >= 0]
    sentence = text[start : min(ends, default=len(text))]
    is_past = not _AHEAD.search(sentence) and _PAST.search(_NO_PAST.sub(" ", sentence))
    return _to_weekday(match["weekday"], day, ahead=not is_past)


def _lasting(match: re.Match[str], day: date) -> _Days:
    """Read "I've had them for 3 years" as since when."""
    words, unit = match["n"].lower(), match["unit"].lower()
    first, last, told = _away(_number(words), unit, day, ahead=False, loose=words in _ABOUT, words=words)
    return first, last, f"since {told}"


def _unit(match: re.Match[str], day: date) -> _Days:
    which, unit = match["which"].lower(), match["unit"].lower()
    step = {"last": -1, "past": -1, "previous": -1, "this past": -1, "next": 1, "coming": 1, "this coming": 1}.get(
        which, 0
    )
    if unit == "year":
        year = day.year + step
        return date(year, 1, 1), date(year, 12, 31), str(year)
    if unit == "month":
        first, last = _month(day, step)
        return first, last, _tell_month(first)
    if unit == "weekend":
        return _weekend(day, step)
    if unit == "week":
        if step == 0:
            monday = day - timedelta(days=day.weekday())
            return monday, monday + timedelta(days=6), f"the week of {tell_day(day)}"
        side = "before" if step < 0 else "after"
        ends = (day - timedelta(days=13), day - timedelta(days=1))
        if step > 0:
            ends = (day + timedelta(days=1), day + timedelta(days=13))
        return *ends, f"the week {side} {tell_day(day)}"
    raise ValueError(unit)


def _weekend(day: date, step: int) -> _Days:
    if step > 0 or (step == 0 and day.weekday() < 5):
        saturday = day + timedelta(days=(5 - day.weekday() - 1) % 7 + 1)
        return saturday, saturday + timedelta(days=1), f"the weekend after {tell_day(day)}"
    if step == 0:
        saturday = day - timedelta(days=day.weekday() - 5)
        return saturday, saturday + timedelta(days=1), f"the weekend of {tell_day(day)}"
    saturday = day - timedelta(days=(day.weekday() - 6) % 7 + 1)
    return saturday, saturday + timedelta(days=1), f"the weekend before {tell_day(day)}"


def _season(match: re.Match[str], day: date) -> _Days:
    which, name = match["which"].lower(), match["season"].lower()
    month = SEASONS[name]
    year = day.year
    first, last = date(year, month, 1), _month(date(year, month, 1), 2)[1]
    if which == "last" and last >= day:
        year -= 1
    elif which == "next" and first <= day:
        year += 1
    first = date(year, month, 1)
    return first, _month(first, 2)[1], f"{name} {year}"


def _number(words: str) -> int:
    plain = words.lower()
    return int(plain) if plain.isdigit() else NUMBERS[plain]


def _counted(match: re.Match[str], day: date) -> _Days:
    """Read "four years ago", "two weeks ago" and "in three days"."""
    groups = match.groupdict()
    words, unit = match["n"].lower(), match["unit"].lower()
    ahead = groups.get("ahead") is not None or groups.get("later") is not None
    return _away(_number(words), unit, day, ahead=ahead, loose=words in _ABOUT, words=words)


def _away(n: int, unit: str, day: date, *, ahead: bool, loose: bool, words: str) -> _Days:
    sign, side = (1, "after") if ahead else (-1, "before")
    if unit == "day" and not loose:
        return _one(day + timedelta(days=sign * n))
    if unit == "year":
        year = day.year + sign * n
        slack = 1 if loose else 0
        return date(year - slack, 1, 1), date(year + slack, 12, 31), f"about {year}" if loose else str(year)
    if unit == "month":
        slack = 1 if loose else 0
        first, last = _month(day, sign * n - slack)[0], _month(day, sign * n + slack)[1]
        return first, last, f"about {_tell_month(_month(day, sign * n)[0])}"
    n_days = {"day": 1, "week": 7, "weekend": 7}[unit]
    centre = day + timedelta(days=sign * n * n_days)
    slack_days = 3 if unit != "day" else 2
    count = "the" if n == 1 else words
    plural = unit if n == 1 else f"{unit}s"
    return (
        centre - timedelta(days=slack_days),
        centre + timedelta(days=slack_days),
        f"{count} {plural} {side} {tell_day(day)}",
    )


def _holiday(match: re.Match[str], day: date) -> _Days:
    """Read "on Black Friday" as the nearest one, "last Christmas" as the one before, "a week before Easter" from it."""
    which, name = (match.groupdict().get("which") or "").lower(), match["holiday"]
    years = [find_holiday(name, day.year + n) for n in (-1, 0, 1)]
    if which == "last":
        found = max(d for d in years if d < day)
    elif which == "next":
        found = min(d for d in years if d > day)
    else:
        found = min(years, key=lambda d: abs((d - day).days))
    side = match.groupdict().get("side")
    if side is None:
        return _one(found)
    words = match["n"].lower()
    ahead = side.lower() == "after"
    return _away(_number(words), match["unit"].lower(), found, ahead=ahead, loose=words in _ABOUT, words=words)


def _other_day(_match: re.Match[str], day: date) -> _Days:
    return day - timedelta(days=7), day - timedelta(days=1), f"a few days before {tell_day(day)}"


def _date(match: re.Match[str], day: date) -> _Days:
    month, number = _MONTH_SHORT[match["month"].lower()[:3]], int(match["day"])
    if match["year"]:
        return _one(date(int(match["year"]), month, number))
    return _one(min((date(day.year + n, month, number) for n in (-1, 0, 1)), key=lambda d: abs((d - day).days)))


def _slashed(match: re.Match[str], day: date) -> _Days:
    """Read "on 1/20" and "on 20/1"; where either may be the month nothing is read."""
    one, other = int(match["one"]), int(match["other"])
    if (one > 12) == (other > 12):
        raise ValueError(match.group())
    month, number = (other, one) if one > 12 else (one, other)
    return _one(min((date(day.year + n, month, number) for n in (-1, 0, 1)), key=lambda d: abs((d - day).days)))


def _iso(match: re.Match[str], _day: date) -> _Days:
    return _one(date(int(match["year"]), int(match["month"]), int(match["day"])))


def _named_month(match: re.Match[str], day: date) -> _Days:
    """Read "in March" as the one closest to the day; "last March" as the one before it, "next March" after it."""
    month = _MONTH_SHORT[match["month"].lower()[:3]]
    which = (match.groupdict().get("which") or "").lower()
    if match["year"]:
        first = date(int(match["year"]), month, 1)
    elif which == "last":
        first = date(day.year - (month >= day.month), month, 1)
    elif which == "next":
        first = date(day.year + (month <= day.month), month, 1)
    else:
        near = (date(day.year + n, month, 1) for n in (-1, 0, 1))
        first = min(near, key=lambda d: abs((d - day.replace(day=1)).days))
    return first, _month(first, 0)[1], _tell_month(first)


def _year(match: re.Match[str], _day: date) -> _Days:
    year = int(match["year"])
    return date(year, 1, 1), date(year, 12, 31), str(year)


def _build_rules() -> Iterator[tuple[re.Pattern[str], _Reader, bool]]:
    """Longest first: a rule takes its words away from those below it."""
    month = r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"  # noqa: E501 - one alternation reads best on one line
    number = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
    year = r"(?:,?\s+(?:of\s+)?(?P<year>(?:19|20)\d\d))?"
    weekday = r"(?P<weekday>(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat)\b)"
    n = r"(?P<n>\d{1,3}|" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + ")"
    unit = r"(?P<unit>day|weekend|week|month|year)"

    def rule(pattern: str, read: _Reader, *, absolute: bool = False) -> tuple[re.Pattern[str], _Reader, bool]:
        return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), read, absolute

    yield rule(r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)", _iso, absolute=True)
    yield rule(r"(?:on|by|since|until)\s+(?P<one>[0-3]?\d)/(?P<other>[0-3]?\d)(?!/)", _slashed, absolute=True)
    yield rule(rf"(?:the\s+)?{number}\s+(?:of\s+)?{month}{year}", _date, absolute=True)
    yield rule(rf"{month}\.?\s+(?:the\s+)?{number}(?!\s*(?::|[ap]m\b)){year}", _date, absolute=True)
    yield rule(rf"{month},?\s+(?P<year>(?:19|20)\d\d)", _named_month, absolute=True)
    yield rule(
        r"(?P<word>the\s+day\s+before\s+yesterday|the\s+day\s+after\s+tomorrow|yesterday|tomorrow|last\s+night)"
        r"(?:\s+(?:morning|afternoon|evening|night))?",
        _near_day,
    )
    yield rule(r"(?P<word>today|tonight|this\s+(?:morning|afternoon|evening))", _near_day)
    yield rule(rf"{n}\s+{unit}s?\s+(?:ago|back)", _counted)
    yield rule(rf"(?P<ahead>in|within)\s+{n}\s+{unit}s?(?:\s+(?:time|from\s+now))?", _counted)
    yield rule(rf"{n}\s+{unit}s?\s+(?P<later>from\s+now)", _counted)
    yield rule(r"(?P<which>last|next|this)\s+(?P<season>spring|summer|autumn|fall|winter)", _season)
    yield rule(rf"(?P<which>last|next|this\s+coming|coming|this|this\s+past|past)\s+{weekday}", _weekday)
    yield rule(rf"on\s+{weekday}(?!\s+(?:morning|afternoon|evening|night)s\b)", _on_weekday)
    yield rule(
        rf"(?:have|has|ve|s|been)\s[^.!?]{{0,90}}?for\s+(?:the\s+(?:past|last)\s+)?"
        rf"(?:about\s+|over\s+|almost\s+|nearly\s+)?{n}\s+{unit}s?",
        _lasting,
    )
    yield rule(rf"{n}\s+{unit}s?\s+(?P<side>before|after)\s+(?P<holiday>{NAMES})", _holiday)
    yield rule(rf"(?:on|at|over|(?P<which>last|next|this))\s+(?P<holiday>{NAMES})", _holiday)
    yield rule(rf"(?P<which>last|next)\s+{month}(?P<year>)", _named_month)
    yield rule(rf"(?P<which>last|this\s+past|past|previous|next|this\s+coming|coming|this)\s+{unit}(?!s)", _unit)
    yield rule(r"the\s+other\s+day|a\s+few\s+days\s+ago", _other_day)
    yield rule(rf"(?:in|since|during|by|until|till|of|early|late|mid)\s+{month}(?P<year>)", _named_month)
    yield rule(r"(?:in|since|during|of|back\s+in)\s+(?P<year>(?:19|20)\d\d)", _year, absolute=True)


_RULES = tuple(_build_rules())
