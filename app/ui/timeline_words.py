"""What the timeline says: names of lanes and rows, an item in one line, the time in sight, the marks of the axis.

Role: pure functions over the view model; of Qt only translation.
"""

from __future__ import annotations

from datetime import datetime, tzinfo

from PySide6.QtCore import QCoreApplication

from app.ui.directions import title_words
from app.ui.gap_words import cause_words
from app.ui.timeline_scale import DAY_US, MINUTE_US, Step, to_local_time
from app.ui.timeline_view_model import Heap, Item, Lane, Row, TimelineViewModel
from app.ui.words import date_words, kind_words, length_words
from memory.timeline import Band, GapSpan, Mark

translate = QCoreApplication.translate
_US = 1_000_000


def lane_words(lane: Lane) -> str:
    """Name a lane."""
    return {
        Lane.EVENTS: translate("timeline", "Events"),
        Lane.VOICES: translate("timeline", "Voices"),
        Lane.SCREENS: translate("timeline", "Screen"),
        Lane.PICTURES: translate("timeline", "Photos"),
        Lane.NOTES: translate("timeline", "Notes"),
    }[lane]


def row_words(row: Row) -> str:
    """Name a row: who speaks, or from where."""
    if row.is_rest:
        return translate("timeline", "Others")
    if row.key.startswith("@"):
        return title_words(row.azimuth_rad)
    if not row.key:
        return translate("timeline", "A voice")
    return who_words(row.key)


def who_words(who: str) -> str:
    """A name, or the number of a voice that has none."""
    return translate("timeline", "Voice {n}").format(n=who[1:]) if who[:1] == "v" and who[1:].isdigit() else who


def head_words(mark: Mark) -> str:
    """Who, which application or where; else what kind of moment it is."""
    if mark.who:
        return who_words(mark.who)
    return mark.app or mark.place or kind_words(mark.kind)


def item_words(item: Item, zone: tzinfo) -> str:
    """An item in one sentence, for a screen reader."""
    if isinstance(item, Heap):
        many = translate("timeline", "{n} in {lane}").format(n=f"{item.n:,}", lane=lane_words(item.lane))
        return f"{many}, {span_words(item.started_us, item.ended_us, zone)}"
    if isinstance(item, GapSpan):
        return gap_words(item, zone)
    at = time_words(item.started_us, zone)
    if isinstance(item, Band):
        if item.is_journey:
            return translate("timeline", "Journey: {title}").format(title=item.title)
        length = length_words((item.ended_us - item.started_us) / _US)
        return translate("timeline", "Event: {title}, {at}, {length}").format(title=item.title, at=at, length=length)
    flat = " ".join(item.words.split())
    parts = dict.fromkeys((kind_words(item.kind), head_words(item), at, version_words(item), flat))
    return ", ".join(part for part in parts if part)  # the kind once, where nothing else is known


def version_words(mark: Mark) -> str:
    """How many versions of a picture a mark stands for; nothing where it is the only one."""
    n = 1 + len(mark.versions)
    return translate("timeline", "{n} versions").format(n=n) if n > 1 else ""


def gap_words(gap: GapSpan, zone: tzinfo) -> str:
    """What was not recorded, when and why."""
    return translate("timeline", "Not recorded ({source}): {reason}, {when}").format(
        source=gap.source, reason=cause_words(gap.reason), when=span_words(gap.started_us, gap.ended_us, zone)
    )


def time_words(at_us: int, zone: tzinfo) -> str:
    """A moment in time with its day."""
    at = to_local_time(at_us, zone)
    return f"{_day(at, short=True)}, {at:%H:%M:%S}"


def span_words(since_us: float, until_us: float, zone: tzinfo, *, short: bool = False) -> str:
    """A stretch of time, as exactly as its length asks for; ``short`` cuts the names of days and months."""
    since, until = to_local_time(round(since_us), zone), to_local_time(round(until_us), zone)
    length = until_us - since_us
    if length >= 3 * 365 * DAY_US:
        return f"{since.year} – {until.year}"
    if length >= 45 * DAY_US:
        first = date_words(since, "MMMM" if since.year == until.year else "MMMM yyyy")
        return f"{first} – {date_words(until, 'MMMM yyyy')}"
    if length >= DAY_US:
        same = (since.year, since.month) == (until.year, until.month)
        return f"{date_words(since, 'd' if same else 'd MMMM')} – {date_words(until, 'd MMMM yyyy')}"
    clock = "%H:%M:%S" if length < 10 * MINUTE_US else "%H:%M"
    if since.date() == until.date():
        return f"{_day(since, short=short)}, {since.strftime(clock)} – {until.strftime(clock)}"
    begin, end = f"{_day(since, short=short)}, {since.strftime(clock)}", until.strftime(clock)
    return f"{begin} – {date_words(until, 'd MMMM')}, {end}"


def sight_words(model: TimelineViewModel) -> str:
    """How many moments are in sight."""
    n = model.count_in_sight()
    if n == 1:
        return translate("timeline", "1 moment in sight")
    return translate("timeline", "{n} moments in sight").format(n=f"{n:,}" if n else translate("timeline", "no"))


def tick_words(at: datetime, step: Step) -> str:
    """The mark of a tick."""
    if step.unit == "year":
        return str(at.year)
    if step.unit == "month":
        return date_words(at, "MMM")
    if step.unit == "day" or (is_long(step) and at.hour == 0):
        return date_words(at, "ddd d")
    return f"{at:%H:%M:%S}" if step.unit == "second" else f"{at:%H:%M}"


def period_words(at: datetime, step: Step) -> str:
    """The larger stretch that a tick lies in: the year of months, the month of days, the day of hours."""
    if step.unit == "year":
        return ""
    if step.unit == "month":
        return str(at.year)
    return date_words(at, "MMMM yyyy") if step.unit == "day" or is_long(step) else _day(at)


def is_long(step: Step) -> bool:
    """Whether ticks are hours apart, so that a day is too narrow for its whole name."""
    return step.unit == "hour" and step.n >= 6


def _day(at: datetime, *, short: bool = False) -> str:
    return date_words(at, "ddd d MMM yyyy" if short else "dddd d MMMM yyyy")
