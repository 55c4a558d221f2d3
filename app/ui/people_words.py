"""What the page of people, places and applications says: names, how much there is of each, questions about them.

Role: pure functions over records; of Qt only translation and locale.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.ui.timeline_words import who_words
from app.ui.words import count_words, date_words, day_words, to_local
from memory.clues import ClueKind
from memory.records import Merge

if TYPE_CHECKING:
    from app.ui.people_view_model import Entry

translate = QCoreApplication.translate


def voice_words(voice: str, name: str | None) -> str:
    """A name, or "Voice 3" of a voice that has none."""
    return name or who_words(voice)


def place_words(name: str) -> str:
    """The name of a place; what has none is said so."""
    return name or translate("people", "A place without a name")


def hours_words(seconds: float) -> str:
    """A length for people: "40 seconds", "12 minutes", "3.5 hours"."""
    if seconds < 90:
        n = max(1, round(seconds))
        return translate("people", "1 second") if n == 1 else translate("people", "{n} seconds").format(n=n)
    if seconds < 5400:
        return translate("people", "{n} minutes").format(n=round(seconds / 60))
    return translate("people", "{n} hours").format(n=f"{seconds / 3600:.1f}".removesuffix(".0"))


def amount_words(entry: Entry, now_us: int) -> str:
    """How much there is of an entry and when last, in one line."""
    parts = [count_words(entry.n_moments)]
    if entry.seconds >= 1:
        parts.append(hours_words(entry.seconds))
    if entry.last_us is not None:
        day = day_words(to_local(entry.last_us), to_local(now_us))
        parts.append(translate("people", "last: {day}").format(day=day))
    return " · ".join(parts)


def question_words(entry: Entry) -> str:
    """A question about an entry, to begin with."""
    kind, name = entry.clue.kind, entry.title
    if kind is ClueKind.VOICE:
        return translate("people", "What did {name} say?").format(name=name)
    if kind is ClueKind.PLACE:
        return translate("people", "What did I do in {name}?").format(name=name)
    return translate("people", "What did I read in {name}?").format(name=name)


def merge_words(merge: Merge) -> str:
    """What the last merge joined."""
    others = ", ".join(voice_words(voice, name) for voice, name in merge.others)
    into = voice_words(merge.into, merge.into_name)
    return translate("people", "{others} and {into} are one voice now.").format(others=others, into=into)


def day_span_words(span: tuple[str, str] | None) -> str:
    """Some local dates (ISO, both ends included) as a heading; empty where all are meant."""
    if span is None:
        return ""
    first, last = (date_words(date.fromisoformat(day), "d MMMM yyyy") for day in span)
    if first == last:
        return first
    return translate("people", "{first} to {last}").format(first=first, last=last)
