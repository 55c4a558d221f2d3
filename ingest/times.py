"""Times of what is imported: zones, microseconds, and the dates that file names carry.

Role: pure functions from text and numbers to UTC microseconds and a zone name. It never asks a clock.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from memory.records import TimeSource

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EARLIEST_US = -2_208_988_800_000_000  # 1900-01-01: before it, a file's date is a default value, not a memory
LATEST_US = 4_102_444_800_000_000  # 2100-01-01

_NAME_TIME = re.compile(
    r"(?<!\d)(?P<y>19\d\d|20\d\d)[-_.]?(?P<mo>0[1-9]|1[0-2])[-_.]?(?P<d>0[1-9]|[12]\d|3[01])"
    r"(?:(?:[-_. T]|\sat\s|-WA\d+){1,2}(?P<h>[01]\d|2[0-3])[-_.:h]?(?P<mi>[0-5]\d)(?:[-_.:m]?(?P<s>[0-5]\d))?)?(?!\d\d)"
)
_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)")


@dataclass(frozen=True, slots=True)
class When:
    """A moment in time, the zone it was told in, and where it came from."""

    us: int
    zone: str
    source: TimeSource


def to_us(when: datetime) -> int:
    """Turn an aware time into microseconds since the epoch, exactly."""
    return (when - _EPOCH) // timedelta(microseconds=1)


def from_us(us: int, zone: str = "UTC") -> datetime:
    """Turn microseconds into an aware time of that zone."""
    return (_EPOCH + timedelta(microseconds=us)).astimezone(zone_info(zone))


def zone_info(zone: str) -> tzinfo:
    """Find the rules of a zone: an IANA name or a fixed offset ("+02:00"); UTC where neither is known."""
    fixed = _OFFSET.fullmatch(zone)
    if fixed:
        minutes = int(fixed[2]) * 60 + int(fixed[3])
        return timezone(timedelta(minutes=-minutes if fixed[1] == "-" else minutes)) if minutes < 1440 else UTC
    try:
        return ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        return UTC


def offset_name(offset: timedelta) -> str:
    """Name a fixed offset: "+02:00"; zero is "UTC"."""
    minutes = round(offset.total_seconds() / 60)
    if minutes == 0:
        return "UTC"
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def is_plausible(us: int) -> bool:
    """Whether this can be the time of something a living person kept."""
    return EARLIEST_US <= us <= LATEST_US


def from_local(local: datetime, zone: str) -> int | None:
    """Read a wall-clock time in a zone; None when it is out of range. Of a repeated hour the first is taken."""
    try:
        us = to_us(local.replace(tzinfo=zone_info(zone)))
    except (OverflowError, ValueError):
        return None
    return us if is_plausible(us) else None


def from_name(name: str, zone: str) -> When | None:
    """Find the time that a file's name tells ("2026-11-20_14-03-05", "IMG_20261120_140305", "2026-11-20").

    A name with a date only means noon of that day.
    """
    for found in _NAME_TIME.finditer(name):
        hour = int(found["h"]) if found["h"] else 12
        try:
            local = datetime(
                int(found["y"]), int(found["mo"]), int(found["d"]), hour, int(found["mi"] or 0), int(found["s"] or 0)
            )
        except ValueError:
            continue
        us = from_local(local, zone)
        if us is not None:
            return When(us, zone, TimeSource.NAME)
    return None


def from_iso(text: str, zone: str) -> tuple[int, str] | None:
    """Read an ISO 8601 time.

    Returns:
        Microseconds and the zone it names (``zone`` when it has no offset), or None when it is not a time.
    """
    try:
        when = datetime.fromisoformat(text.strip())
        offset = when.utcoffset()
        if offset is None:
            us = from_local(when, zone)
            return None if us is None else (us, zone)
        return to_us(when), offset_name(offset)
    except (ValueError, OverflowError):
        return None
