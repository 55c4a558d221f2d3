"""Times as people and other programs write them: ISO 8601 with an offset, and words for a zone.

Role: conversion between UTC microseconds and text at the edge. The only place below the window that reads the system
clock and zone, and only when asked.
"""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from memory.zones import parse_zone

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def now_us() -> int:
    """The present, in UTC microseconds."""
    return time.time_ns() // 1000


def local_zone() -> str:
    """The machine's zone as an IANA name where it can be told, else as its present offset ("+02:00")."""
    named = os.environ.get("TZ", "").lstrip(":")
    if named and _is_zone(named):
        return named
    target = os.path.realpath("/etc/localtime")
    name = target.partition("zoneinfo/")[2]
    if name and _is_zone(name):
        return name
    timezone_file = Path("/etc/timezone")
    if timezone_file.is_file() and _is_zone(name := timezone_file.read_text().strip()):
        return name
    return _offset_name(datetime.now().astimezone())


def is_zone(name: str) -> bool:
    """Whether this is a zone: an IANA name or a fixed offset ("+02:00")."""
    return _is_zone(name) or parse_zone(name) is not UTC


def to_datetime(at_us: int, zone: str) -> datetime:
    """An aware time in ``zone``."""
    return (_EPOCH + timedelta(microseconds=at_us)).astimezone(parse_zone(zone))


def to_iso(at_us: int, zone: str) -> str:
    """ISO 8601 with an offset, to the millisecond where there is a fraction."""
    moment = to_datetime(at_us, zone)
    return moment.isoformat(timespec="milliseconds" if moment.microsecond else "seconds")


def from_iso(text: str, zone: str) -> int:
    """Read ISO 8601; a time without an offset is taken in ``zone``; a date alone is its midnight.

    Raises:
        ValueError: it is not a time.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=parse_zone(zone))
    delta = moment - _EPOCH
    return (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return False
    return True


def _offset_name(moment: datetime) -> str:
    text = moment.strftime("%z")
    return f"{text[:3]}:{text[3:5]}"
