"""Local dates of moments: an IANA zone or a fixed offset turned into days and date words.

Role: pure functions over integers and names. A zone that this machine does not know counts as UTC, so that a memory
from elsewhere still opens.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MONTHS = "january february march april may june july august september october november december".split()
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()


@lru_cache(maxsize=256)
def parse_zone(zone: str) -> tzinfo:
    """Turn a zone's name into a zone.

    Args:
        zone: IANA name, "UTC", "Z" or a fixed offset such as "+02:00".
    """
    found = _OFFSET.fullmatch(zone.strip())
    if found:
        sign, hours, minutes = found.groups()
        offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
        if offset < timedelta(days=1):
            return timezone(-offset if sign == "-" else offset)
    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def to_local_date(time_us: int, zone: str) -> date:
    """The calendar day of a time in its own zone; times outside the years 1 to 9999 are clamped to them."""
    try:
        return (_EPOCH + timedelta(microseconds=time_us)).astimezone(parse_zone(zone)).date()
    except (OverflowError, ValueError):
        return date.min if time_us < 0 else date.max


def date_words(day: date) -> str:
    """How a day is said in a question: "8 may 2023 monday"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year} {_WEEKDAYS[day.weekday()]}"
