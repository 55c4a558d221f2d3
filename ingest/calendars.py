"""Calendars (.ics): text in, appointments with their recurrences out.

Role: reads RFC 5545 as far as people's calendars use it; it writes nothing and asks no clock. Reminders, tasks and
free/busy times are left out. Zones are known by their names; what a file tells about a zone's rules itself is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ingest import times
from ingest.recurrence import iter_starts, parse_rule

MOST_A_SERIES = 1000  # dates of one appointment that comes again
MOST_IN_ALL = 50_000
_ESCAPED = re.compile(r"\\([\\;,nN])")
_LENGTH = re.compile(r"([+-]?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
_TIME = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """One date of a calendar.

    Attributes:
        uid: The calendar's own id of it.
        key: Tells this date from the others of its series.
        text: Title, place and description, a line each.
        zone: Of the calendar, or the user's where the file tells none.
    """

    uid: str
    key: str
    started_us: int
    ended_us: int
    zone: str
    title: str
    text: str


@dataclass(slots=True)
class _Line:
    name: str
    parameters: dict[str, str]
    value: str


@dataclass(slots=True)
class _Block:
    lines: dict[str, list[_Line]] = field(default_factory=dict)

    def value(self, name: str) -> str:
        found = self.lines.get(name)
        return _ESCAPED.sub(lambda m: "\n" if m[1] in "nN" else m[1], found[0].value).strip() if found else ""


@dataclass(frozen=True, slots=True)
class _When:
    """A time as a calendar tells it: local, its zone, and whether it is a whole day."""

    local: datetime
    zone: str
    is_day: bool

    def to_us(self) -> int:
        return times.to_us(self.local.replace(tzinfo=times.zone_info(self.zone)))


def read_calendar(text: str, *, zone: str, until_us: int) -> Iterator[Appointment]:
    """Read the appointments of a calendar; what cannot be understood is left out.

    Args:
        text: The file.
        zone: The user's, for times that name none.
        until_us: Dates of a series that lie later are left out.
    """
    blocks = list(_iter_events(text))
    moved = {(b.value("UID"), when.to_us()) for b in blocks if (when := _read_when(b, "RECURRENCE-ID", zone))}
    n_given = 0
    for block in blocks:
        if block.value("STATUS").upper() == "CANCELLED":
            continue
        for appointment in _dates_of(block, zone, until_us, moved):
            yield appointment
            n_given += 1
            if n_given >= MOST_IN_ALL:
                return


def _dates_of(block: _Block, zone: str, until_us: int, moved: set[tuple[str, int]]) -> Iterator[Appointment]:
    start = _read_when(block, "DTSTART", zone)
    title = block.value("SUMMARY")
    if start is None or not title:
        return
    length = _find_length(block, start, zone)
    uid = block.value("UID") or f"{title}/{start.local.isoformat()}"
    own = _read_when(block, "RECURRENCE-ID", zone)
    left_out = {when.to_us() for line in block.lines.get("EXDATE", ()) for when in _parse_whens(line, zone)}
    text = "\n".join(part for part in (title, block.value("LOCATION"), block.value("DESCRIPTION")) if part)
    for local in _find_starts(block, start, zone, until_us):
        when = _When(local, start.zone, start.is_day)
        started_us = when.to_us()
        if own is None and (started_us in left_out or (uid, started_us) in moved):
            continue
        if times.is_plausible(started_us):
            key = str((own or when).to_us())
            ended_us = started_us + round(length.total_seconds() * 1e6)
            yield Appointment(
                uid=uid, key=key, started_us=started_us, ended_us=ended_us, zone=start.zone, title=title, text=text
            )


def _find_starts(block: _Block, start: _When, zone: str, until_us: int) -> list[datetime]:
    rules = block.lines.get("RRULE", ())
    starts = {start.local}
    for line in rules[:1]:
        until = re.search(r"UNTIL=([\dTZ]+)", line.value.upper())
        last = _parse_when(until[1], start.zone) if until else None
        local_last = None if last is None else _end_of(last, start)
        rule = parse_rule(line.value, local_last)
        before = times.from_us(until_us, start.zone).replace(tzinfo=None)
        if rule is not None:
            for number, at in enumerate(iter_starts(start.local, rule, before=before)):
                if number >= MOST_A_SERIES:
                    break
                starts.add(at)
    for line in block.lines.get("RDATE", ()):
        starts.update(when.local for when in _parse_whens(line, zone))
    return sorted(starts)


def _end_of(last: _When, start: _When) -> datetime:
    """A rule's end in the local time of its start; a date means all of that day."""
    if last.is_day:
        return last.local + timedelta(days=1, microseconds=-1)
    return times.from_us(last.to_us(), start.zone).replace(tzinfo=None)


def _find_length(block: _Block, start: _When, zone: str) -> timedelta:
    end = _read_when(block, "DTEND", zone)
    if end is not None:
        return timedelta(microseconds=max(0, end.to_us() - start.to_us()))
    told = _LENGTH.fullmatch(block.value("DURATION"))
    if told:
        weeks, days, hours, minutes, seconds = (int(n or 0) for n in told.groups()[1:])
        try:
            return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
        except OverflowError:
            return timedelta()
    return timedelta(days=1) if start.is_day else timedelta()


def _iter_events(text: str) -> Iterator[_Block]:
    """The VEVENTs of a file; what is nested in them (alarms) is left out."""
    block: _Block | None = None
    depth = 0
    for line in _iter_lines(text):
        if line.name == "BEGIN":
            kind = line.value.strip().upper()
            if block is not None:
                depth += 1
            elif kind == "VEVENT":
                block = _Block()
        elif line.name == "END":
            if block is not None and depth == 0:
                yield block
                block = None
            depth = max(0, depth - 1)
        elif block is not None and depth == 0:
            block.lines.setdefault(line.name, []).append(line)


def _iter_lines(text: str) -> Iterator[_Line]:
    """Content lines, unfolded (RFC 5545, 3.1)."""
    for row in re.sub(r"\r?\n[ \t]", "", text).splitlines():
        head, colon, value = _split_value(row)
        if colon:
            name, *parameters = head.split(";")
            told = dict(p.split("=", 1) for p in parameters if "=" in p)
            yield _Line(name.strip().upper(), {k.upper(): v.strip('"') for k, v in told.items()}, value)


def _split_value(row: str) -> tuple[str, str, str]:
    """Split at the first colon that stands in no quotes."""
    quoted = False
    for place, char in enumerate(row):
        if char == '"':
            quoted = not quoted
        elif char == ":" and not quoted:
            return row[:place], ":", row[place + 1 :]
    return row, "", ""


def _read_when(block: _Block, name: str, zone: str) -> _When | None:
    lines = block.lines.get(name)
    return next(iter(_parse_whens(lines[0], zone)), None) if lines else None


def _parse_whens(line: _Line, zone: str) -> list[_When]:
    named = _find_zone(line.parameters.get("TZID", "")) or zone
    found = (_parse_when(part.split("/")[0], named) for part in line.value.split(","))
    return [when for when in found if when is not None]


def _parse_when(text: str, zone: str) -> _When | None:
    told = _TIME.fullmatch(text.strip())
    if told is None:
        return None
    try:
        numbers = [int(n) for n in told.groups()[:6] if n is not None]
        local = datetime(*numbers)  # type: ignore[arg-type]
        if told[7]:
            local = local.replace(tzinfo=UTC).astimezone(times.zone_info(zone)).replace(tzinfo=None)
        when = _When(local, zone, told[4] is None)
        when.to_us()
    except (ValueError, OverflowError):
        return None
    return when


def _find_zone(name: str) -> str | None:
    """A zone by its name, also behind a maker's own prefix ("/example.org/2005/Europe/Berlin")."""
    parts = [part for part in name.split("/") if part]
    for n_last in range(min(3, len(parts)), 0, -1):
        candidate = "/".join(parts[-n_last:])
        try:
            ZoneInfo(candidate)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
        return candidate
    return None
