"""When an appointment comes again: the recurrence rules of calendars, as far as people use them.

Role: pure dates. Source: RFC 5545, 3.3.10: FREQ, INTERVAL, COUNT, UNTIL, BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS and WKST
for days, weeks, months and years. Rules by hour, by week number and by day of the year give their first date only.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_UNREAD = ("BYHOUR", "BYMINUTE", "BYSECOND", "BYWEEKNO", "BYYEARDAY")
_MOST_EMPTY = 500  # periods without a date, one after the other: the rule names none (30 February)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One recurrence rule.

    Attributes:
        days: (which of the month or year, 0 for every; weekday from 0).
        until: Local, the last that counts.
    """

    frequency: str
    interval: int = 1
    count: int | None = None
    until: datetime | None = None
    days: tuple[tuple[int, int], ...] = ()
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    week_start: int = 0


def parse_rule(text: str, until: datetime | None) -> Rule | None:
    """Read a rule; None where it is not of those that are read.

    Args:
        text: "FREQ=WEEKLY;BYDAY=MO,WE".
        until: Its UNTIL in the local time of the appointment, which the caller has read.
    """
    parts = dict(part.upper().split("=", 1) for part in text.strip().split(";") if "=" in part)
    if parts.get("FREQ") not in _FREQUENCIES or any(name in parts for name in _UNREAD):
        return None
    try:
        return Rule(
            frequency=parts["FREQ"],
            interval=max(1, int(parts.get("INTERVAL", "1"))),
            count=max(1, int(parts["COUNT"])) if "COUNT" in parts else None,
            until=until,
            days=tuple(_parse_day(day) for day in parts["BYDAY"].split(",")) if "BYDAY" in parts else (),
            month_days=_parse_numbers(parts.get("BYMONTHDAY")),
            months=_parse_numbers(parts.get("BYMONTH")),
            positions=_parse_numbers(parts.get("BYSETPOS")),
            week_start=_DAYS.index(parts.get("WKST", "MO")),
        )
    except ValueError:
        return None


def iter_starts(start: datetime, rule: Rule, *, before: datetime) -> Iterator[datetime]:
    """Local starts in order, the first included, up to a time, by the rule's own count and end.

    Args:
        start: Local time without a zone: nine o'clock stays nine o'clock when the clocks change.
        rule: When it comes again.
        before: Local; later ones are not given.
    """
    n_given = n_empty = 0
    for number in count():
        dates = _dates_of(start.date(), rule, number)
        if dates is None:
            return
        n_empty = 0 if dates else n_empty + 1
        if n_empty > _MOST_EMPTY:
            return
        for day in dates:
            at = datetime.combine(day, start.time())
            if at < start:
                continue
            is_over = at >= before or (rule.until is not None and at > rule.until)
            if is_over or (rule.count is not None and n_given >= rule.count):
                return
            n_given += 1
            yield at


def _dates_of(first: date, rule: Rule, number: int) -> list[date] | None:
    """The dates of the ``number``-th period, in order; None behind the end of the calendar."""
    step = number * rule.interval
    try:
        match rule.frequency:
            case "DAILY":
                found = [first + timedelta(days=step)]
                found = [d for d in found if not rule.days or d.weekday() in {day for _nth, day in rule.days}]
            case "WEEKLY":
                monday = first - timedelta(days=(first.weekday() - rule.week_start) % 7) + timedelta(weeks=step)
                wanted = {day for _nth, day in rule.days} or {first.weekday()}
                found = [d for d in (monday + timedelta(days=n) for n in range(7)) if d.weekday() in wanted]
            case "MONTHLY":
                year, month = divmod(first.year * 12 + first.month - 1 + step, 12)
                found = _of_month(year, month + 1, first, rule)
            case _:
                months = rule.months or (first.month,)
                found = [d for month in months for d in _of_month(first.year + step, month, first, rule)]
    except (OverflowError, ValueError):
        return None
    found = sorted(d for d in found if not rule.months or d.month in rule.months)
    if rule.positions:
        picked = [p - 1 if p > 0 else p for p in rule.positions if p]
        found = sorted(found[p] for p in picked if -len(found) <= p < len(found))
    return found


def _of_month(year: int, month: int, first: date, rule: Rule) -> list[date]:
    if not 1 <= year <= 9999:
        raise OverflowError
    n_days = monthrange(year, month)[1]
    days = [date(year, month, n) for n in range(1, n_days + 1)]
    if not rule.days and not rule.month_days:
        return [days[first.day - 1]] if first.day <= n_days else []
    if rule.month_days:
        wanted = {n if n > 0 else n_days + 1 + n for n in rule.month_days}
        days = [d for d in days if d.day in wanted]
    if not rule.days:
        return days
    return sorted({d for nth, weekday in rule.days for d in _nth([d for d in days if d.weekday() == weekday], nth)})


def _nth(days: list[date], nth: int) -> list[date]:
    if nth == 0:
        return days
    place = nth - 1 if nth > 0 else nth
    return [days[place]] if -len(days) <= place < len(days) else []


def _parse_day(text: str) -> tuple[int, int]:
    return int(text[:-2] or 0), _DAYS.index(text[-2:])


def _parse_numbers(text: str | None) -> tuple[int, ...]:
    return tuple(int(number) for number in text.split(",")) if text else ()
