"""Days that have a name instead of a date: Christmas, Easter, Black Friday.

Role: a name and a year in, a date out. Where countries differ, the day is the one of English as most of it is written
(Thanksgiving and Mother's Day of the United States). Source of Easter: Meeus, Astronomical Algorithms, 2nd edition,
chapter 8 (Gregorian calendar).
"""

from __future__ import annotations

import re
from datetime import date, timedelta

NAMES = (
    r"(?:christmas(?:\s+(?:day|eve))?|boxing\s+day|new\s+year['’]?s\s+(?:day|eve)|valentine['’]?s(?:\s+day)?|halloween"
    r"|st\.?\s+patrick['’]?s\s+day|thanksgiving(?:\s+day)?|black\s+friday|easter(?:\s+(?:sunday|monday))?|good\s+friday"
    r"|mother['’]?s\s+day|father['’]?s\s+day|labou?r\s+day|memorial\s+day|independence\s+day)"
)
_FIXED = (
    ("christmas eve", 12, 24), ("christmas", 12, 25), ("boxing day", 12, 26), ("new years eve", 12, 31),
    ("new years day", 1, 1), ("valentines", 2, 14), ("halloween", 10, 31), ("st patricks day", 3, 17),
    ("independence day", 7, 4),
)  # fmt: skip
# Month, weekday (Monday 0), which one of the month (-1 the last), days after it.
_NTH = (
    ("thanksgiving", 11, 3, 4, 0), ("black friday", 11, 3, 4, 1), ("mothers day", 5, 6, 2, 0),
    ("fathers day", 6, 6, 3, 0), ("labor day", 9, 0, 1, 0), ("labour day", 9, 0, 1, 0), ("memorial day", 5, 0, -1, 0),
)  # fmt: skip
_FROM_EASTER = (("good friday", -2), ("easter monday", 1), ("easter", 0))


def find_holiday(name: str, year: int) -> date:
    """The day of a name in a year.

    Raises:
        ValueError: the name is none of ``NAMES``.
    """
    plain = " ".join(re.sub(r"['’.]", "", name.lower()).split())
    for begins, month, day in _FIXED:
        if plain.startswith(begins):
            return date(year, month, day)
    for begins, month, weekday, nth, after in _NTH:
        if plain.startswith(begins):
            return _nth(year, month, weekday, nth) + timedelta(days=after)
    for begins, after in _FROM_EASTER:
        if plain.startswith(begins):
            return _easter(year) + timedelta(days=after)
    raise ValueError(name)


def _nth(year: int, month: int, weekday: int, nth: int) -> date:
    first = date(year, month, 1)
    day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (max(nth, 1) - 1))
    while nth < 0 and (day + timedelta(days=7)).month == month:
        day += timedelta(days=7)
    return day


def _easter(year: int) -> date:
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (a + 11 * h) // 319
    r = (2 * e + 2 * i - k - h + m + 32) % 7
    month = (h - m + r + 90) // 25
    return date(year, month, (h - m + r + month + 19) % 32)
