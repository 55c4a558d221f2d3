"""Which date a receipt, an invoice or a ticket bears: the labelled one, else the first at the top.

Role: rules over rows of text, as ``recall.totals`` for sums. A question for the *due* date is answered by a row that
says "due", and by no other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from recall.times import MONTHS
from recall.words import stem, tokens

PAPER = r"(?:receipt|invoice|bill|slip|voucher|ticket|statement|purchase)"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATE = re.compile(
    rf"(?<![\d/.-])(?:\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.](?:\d{{4}}|\d{{2}}(?!\d))"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[ .-]?{_MONTH},?[ .'-]?(?:\d{{4}}|\d{{2}}(?!\d))|{_MONTH} \d{{1,2}},? \d{{4}})",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\bdate|\bdated\b|\bdatum\b|\bissued\b|\btime\b|\bdt\b", re.IGNORECASE)
_ASKS_DATE = re.compile(
    rf"\bdates?\b.*\b{PAPER}\b|\b{PAPER}\b.*\b(?:dates?|dated|issued|printed)\b"
    rf"|\bwhen (?:is|was) (?:the|this|that|my) (?:\w+ )?{PAPER} (?:from|of)\b(?!.*\b(?:paid|due|payable|sent|\w+ed)\b)"
    rf"|\bwhen did (?:i|we) (?:get|receive)\b.*\b{PAPER}\b",
    re.IGNORECASE,
)
_WHICH_DATE = re.compile(r"\b(\w+) dates?\b", re.IGNORECASE)
_ANY = frozenset("the a that this of which what on and exact is was".split())
_PARTS = re.compile(r"\d+|[a-z]+", re.IGNORECASE)


def asks_page_date(text: str) -> bool:
    """Whether a question asks for the date that stands on a receipt or another such paper."""
    return bool(_ASKS_DATE.search(text))


def find_date(text: str, rows: Sequence[str]) -> str | None:
    """The date that a page bears, as it is written there.

    Args:
        text: The question; a word before "date" ("due date") must stand in the date's row.
        rows: Of the page, from top to bottom.

    Returns:
        "19/03/2018"; None where no row holds a date, or none of the kind asked for.
    """
    found = _WHICH_DATE.search(text)
    which = found[1].lower() if found else ""
    dated = [(row, match.group()) for row in rows if (match := _DATE.search(row)) and read_days(row)]
    if which and which not in _ANY and not re.fullmatch(PAPER, which):
        dated = [(row, day) for row, day in dated if stem(which) in {stem(t) for t in tokens(row)}]
    labelled = [day for row, day in dated if _LABEL.search(row)]
    return next(iter(labelled or [day for _row, day in dated]), None)


def read_days(text: str) -> list[date]:
    """The days that the first written date of a text may mean, the likelier first.

    "03/04/2018" is 3 April, and perhaps 4 March.
    """
    match = _DATE.search(text)
    if match is None:
        return []
    parts = _PARTS.findall(match.group())
    names = [p for p in parts if p.isalpha() and p[:3].lower() in {m[:3] for m in MONTHS}]
    numbers = [p for p in parts if p.isdigit()]
    if names:
        month = next(n for n, m in enumerate(MONTHS, 1) if m[:3] == names[0][:3].lower())
        orders = [(numbers[1], month, numbers[0])]
    elif len(numbers[0]) == 4:
        orders = [(numbers[0], int(numbers[1]), numbers[2])]
    else:
        orders = [(numbers[2], int(numbers[1]), numbers[0]), (numbers[2], int(numbers[0]), numbers[1])]
    days = [_day(year, month, day) for year, month, day in orders]
    return list(dict.fromkeys(day for day in days if day is not None))


def _day(year: str, month: int, day: str) -> date | None:
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, int(day))
    except ValueError:
        return None
