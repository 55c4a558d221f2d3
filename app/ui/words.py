"""Words for people: times, lengths, sources, reasons and errors as short plain sentences.

Role: everything the window says that depends on data. Pure functions over records; of Qt only translation and locale.
"""

from __future__ import annotations

import errno
import math
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from memory.records import Kind, Moment, TimeSource
from memory.toll import Toll
from recall.results import Interpreted, Reason

_US = 1_000_000
_LONG_WORD, _PIECE = re.compile(r"\S{25,}"), re.compile(r"\S{1,12}")
_BREAK = "\N{ZERO WIDTH SPACE}"
_FIXED = re.compile(r"(?:UTC)?([+-])(\d{2}):?(\d{2})")
translate = QCoreApplication.translate


class Remedy(StrEnum):
    """What a button beside a trouble can do about it."""

    MODELS = "models"  # go to where models are fetched
    FOLDER = "folder"  # open the folder of the memory
    DEFAULTS = "defaults"  # put damaged settings aside


@dataclass(frozen=True, slots=True)
class Trouble:
    """An error as a person reads it: what happened, what to do, and the button that does it where there is one."""

    message: str
    hint: str = ""
    remedy: Remedy | None = None

    @property
    def line(self) -> str:
        """Both in one line."""
        return f"{self.message} {self.hint}".strip()


@lru_cache(maxsize=256)
def to_zone(name: str) -> tzinfo:
    """Turn an IANA name or a fixed offset ("+02:00") into a zone; an unknown name is UTC."""
    fixed = _FIXED.fullmatch(name)
    if fixed:
        size = timedelta(hours=int(fixed[2]), minutes=int(fixed[3]))
        return timezone(-size if fixed[1] == "-" else size) if size < timedelta(hours=24) else UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def to_local(moment_us: int, zone: str | None = None) -> datetime:
    """Turn UTC microseconds into a time in ``zone``, or in the computer's own zone when it is None."""
    instant = datetime.fromtimestamp(moment_us // _US, UTC) + timedelta(microseconds=moment_us % _US)
    return instant.astimezone(to_zone(zone) if zone else None)


def day_words(at: datetime, now: datetime) -> str:
    """Name a day: "Today", "Yesterday", "Tuesday 3 March", with the year when it is not this one."""
    days = (now.astimezone(at.tzinfo).date() - at.date()).days
    if days == 0:
        return translate("words", "Today")
    if days == 1:
        return translate("words", "Yesterday")
    return date_words(at, "dddd d MMMM" if at.year == now.year else "ddd d MMMM yyyy")


def date_words(at: date, pattern: str) -> str:
    """Write a date after one of Qt's patterns, in the language of the window.

    A German day of the month is an ordinal number and carries a full stop (DIN 5008, 6.3).
    """
    if QLocale().language() == QLocale.Language.German:
        pattern = re.sub(r"\bd\b", "d.", pattern)
    return QLocale().toString(QDate(at.year, at.month, at.day), pattern)


def when_words(moment: Moment, now_us: int) -> str:
    """Say when a moment began, in its own zone; another zone than the computer's is named."""
    at = to_local(moment.started_us, moment.zone)
    clock = f"{at:%H:%M}"
    if moment.time_source is TimeSource.FILE:
        clock = translate("words", "about {clock}").format(clock=clock)
    words = f"{day_words(at, to_local(now_us))}, {clock}"
    if at.utcoffset() != to_local(moment.started_us).utcoffset():
        words += f" ({zone_words(moment.zone)})"
    return words


def zone_words(zone: str) -> str:
    """Name a zone: "Lisbon time" for "Europe/Lisbon", "UTC+02:00" for an offset, "UTC" for one nobody knows."""
    if to_zone(zone) is UTC:
        return "UTC"
    if _FIXED.fullmatch(zone):
        return zone if zone.startswith("UTC") else f"UTC{zone}"
    if "/" not in zone:
        return zone
    return translate("words", "{city} time").format(city=zone.rsplit("/", 1)[1].replace("_", " "))


def doubt_words(source: TimeSource) -> str:
    """Say how sure the time is; empty when nothing need be said."""
    return {
        TimeSource.EXIF_NO_OFFSET: translate("words", "The picture did not say its time zone; yours was assumed."),
        TimeSource.CONTAINER: translate("words", "The video did not say its time zone; some cameras set it wrong."),
        TimeSource.GPS: translate("words", "The time comes from the satellite stamp alone."),
        TimeSource.NAME: translate("words", "The time was read from the file's name."),
        TimeSource.FILE: translate("words", "The time is that of the file: a guess."),
    }.get(source, "")


def kind_words(kind: Kind) -> str:
    """Name a kind of moment in the singular."""
    return {
        Kind.UTTERANCE: translate("words", "Voice"),
        Kind.PHOTO: translate("words", "Photo"),
        Kind.SCREENSHOT: translate("words", "Screenshot"),
        Kind.SCENE: translate("words", "Video"),
        Kind.NOTE: translate("words", "Note"),
    }[kind]


def flat(name: str) -> str:
    """A name in one line: what an application calls itself or its window may hold anything."""
    return " ".join(name.split())


def breakable(name: str) -> str:
    """A name that lines can break anywhere, so that a long one without spaces does not push the window wider."""
    return _LONG_WORD.sub(lambda word: _BREAK.join(_PIECE.findall(word[0])), name)


def source_words(moment: Moment) -> str:
    """Say who spoke, which app was seen or where a picture was taken."""
    if moment.kind is Kind.UTTERANCE:
        return moment.speaker or translate("words", "A voice")
    if moment.app:
        return flat(moment.app) or kind_words(moment.kind)
    if moment.kind is not Kind.NOTE and moment.place and moment.place.name:
        return moment.place.name
    return moment.speaker or kind_words(moment.kind)


def detail_words(moment: Moment) -> str:
    """Say the second thing about a source: the window's title, the place, the direction; empty when there is none."""
    if moment.window:
        return flat(moment.window)
    if moment.place and moment.place.name and moment.place.name != source_words(moment):
        return moment.place.name
    if moment.azimuth_rad is not None:
        return translate("words", "from {degrees}°").format(degrees=round(math.degrees(moment.azimuth_rad)) % 360)
    return ""


def length_words(seconds: float) -> str:
    """Write a length as a clock does: "0:07", "12:30", "1:02:03"."""
    total = max(0, round(seconds))
    hours, rest = divmod(total, 3600)
    minutes, secs = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{secs:02d}" if hours else f"{minutes}:{secs:02d}"


def left_words(seconds: float | None) -> str:
    """Say how long something will still take, roughly; empty when it is not known."""
    if seconds is None:
        return ""
    if seconds < 10:
        return translate("words", "a few seconds left")
    if seconds <= 50:
        return translate("words", "about {n} seconds left").format(n=int(-(-seconds // 10) * 10))
    minutes = max(1, round(seconds / 60))
    if minutes < 60:
        return (
            translate("words", "about a minute left")
            if minutes == 1
            else translate("words", "about {n} minutes left").format(n=minutes)
        )
    return translate("words", "about {n} hours left").format(n=f"{seconds / 3600:.1f}".removesuffix(".0"))


def count_words(n: int) -> str:
    """Count moments in words: "no moments", "1 moment", "12 moments"."""
    if n == 0:
        return translate("words", "no moments")
    return translate("words", "1 moment") if n == 1 else translate("words", "{n} moments").format(n=f"{n:,}")


def reason_words(reason: Reason | None, *, has_evidence: bool = True) -> Trouble:
    """Say why there is no answer; ``has_evidence`` says whether anything came close."""
    unknown = translate("words", "I don't know: nothing in the memory says this.")
    if reason is Reason.NOT_INDEXED_YET:
        return Trouble(
            translate("words", "I don't know yet: an import is still being read."),
            translate("words", "Ask again when it is done."),
        )
    if reason is Reason.NOT_RECORDING:
        return Trouble(
            translate("words", "I don't know: nothing was recorded at that time."),
            translate("words", "Ask about another time, or import what you have of it."),
        )
    if not has_evidence:
        return Trouble(unknown, translate("words", "Ask in other words, or import what could tell it."))
    return Trouble(unknown, translate("words", "The moments that come closest are listed as evidence."))


def error_words(error: BaseException) -> Trouble:
    """Put an error into words; what was not foreseen is named by its class only, never by its content."""
    from app.ui.known_errors import known_words
    from app.ui.told_words import told_words

    known = known_words(error)
    if known is not None:
        return known
    hint = getattr(error, "hint", None)
    if isinstance(hint, str):
        return Trouble(told_words(str(error)), told_words(hint))
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return Trouble(translate("words", "The disk is full."), translate("words", "Make room and try again."))
    return Trouble(
        translate("words", "Something went wrong inside Madeleine."),
        translate("words", "Nothing that was kept is lost. The log says more ({name}).").format(
            name=type(error).__name__
        ),
    )


def toll_words(toll: Toll) -> str:
    """Say what is forgotten along with a moment, and what stays."""
    told: list[str] = []
    if toll.n_beside == 1:
        told.append(translate("words", "Its words go. Its sound stays in the recording, which 1 other moment needs."))
    elif toll.n_beside:
        told.append(
            translate("words", "Its words go. Its sound stays in the recording, which {n} other moments need.").format(
                n=f"{toll.n_beside:,}"
            )
        )
    if toll.n_bytes:
        told.append(
            translate("words", "Its files go too ({size}).").format(
                size=QLocale().formattedDataSize(toll.n_bytes, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
            )
        )
    if toll.voice:
        told.append(translate("words", "{name} is known from this alone and goes too.").format(name=toll.voice))
    if toll.n_versions:
        told.append(translate("words", "So does what you corrected."))
    return " ".join(told)


def range_words(since_us: int | None, until_us: int | None, now_us: int) -> str:
    """Name a half-open stretch of time in the computer's zone; empty when neither end is given."""
    now = to_local(now_us)
    first = day_words(to_local(since_us), now) if since_us is not None else ""
    last = day_words(to_local(until_us - 1), now) if until_us is not None else ""
    if first and last:
        return first if first == last else translate("words", "{first} to {last}").format(first=first, last=last)
    if first:
        return translate("words", "since {first}").format(first=first)
    return translate("words", "until {last}").format(last=last) if last else ""


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that was understood; ``key`` takes it out of the question (see ``Question.ignoring``), "" cannot be."""

    label: str
    value: str
    key: str = ""


def interpreted_chips(interpreted: Interpreted, now_us: int) -> tuple[Chip, ...]:
    """Say what was understood of a question: time, people, places, apps, kinds, what is left out and what is asked."""
    when, left_out = translate("words", "when"), translate("words", "not")
    chips: list[Chip] = []
    span = range_words(interpreted.since_us, interpreted.until_us, now_us)
    if interpreted.anchor is not None:
        chips.append(Chip(when, f"{interpreted.anchor.text} ({span})", "when"))
    elif span:
        chips.append(Chip(when, span, "when"))
    if interpreted.widened:
        chips.append(Chip(when, translate("words", "nothing then, so any time"), "when"))
    chips += [Chip(translate("words", "who"), name, f"who:{name}") for name in interpreted.people]
    chips += [Chip(translate("words", "where"), name, f"where:{name}") for name in interpreted.places]
    chips += [Chip(translate("words", "app"), name, f"app:{name}") for name in interpreted.apps]
    chips += [Chip(translate("words", "kind"), kind_words(kind), f"kind:{kind}") for kind in interpreted.kinds]
    chips += [Chip(left_out, name, f"not:{name}") for name in interpreted.without_people]
    chips += [Chip(left_out, kind_words(kind), f"not:{kind}") for kind in interpreted.without_kinds]
    asked = [words for ask in interpreted.asks if (words := reckoned_words(ask))]
    chips += [Chip(translate("words", "asked"), words) for words in asked]
    return tuple(chips)


def interpreted_words(interpreted: Interpreted, now_us: int) -> tuple[tuple[str, str], ...]:
    """Say what was understood of a question as (label, value) pairs."""
    return tuple((chip.label, chip.value) for chip in interpreted_chips(interpreted, now_us))


def reckoned_words(asks: str) -> str:
    """Name what a question wants reckoned; empty for what it merely asks ("when", "who")."""
    return {
        "first": translate("words", "the first time"),
        "last": translate("words", "the last time"),
        "order": translate("words", "which came first"),
        "how_long_ago": translate("words", "how long ago"),
        "how_long_between": translate("words", "how long between"),
        "how_often": translate("words", "how often"),
        "list": translate("words", "all of them"),
    }.get(asks, "")


def snippet(
    text: str, matched: tuple[tuple[int, int], ...], *, limit: int = 240
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Cut a text to about ``limit`` characters around its first match, keeping the spans right."""
    flat = "".join(" " if sign.isspace() else sign for sign in text)
    start, end = 0, len(flat)
    if end > limit:
        first = matched[0][0] if matched else 0
        start = max(0, min(first - limit // 4, end - limit))
        if start:
            start = flat.find(" ", start, start + 24) + 1 or start
        end = min(end, start + limit)
    before = "… " if start else ""
    after = "…" if end < len(flat) else ""
    shift = len(before) - start
    spans = tuple((max(a, start) + shift, min(b, end) + shift) for a, b in matched if b > start and a < end)
    return before + flat[start:end] + after, spans
