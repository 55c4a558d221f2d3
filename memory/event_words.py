"""Rows of titles and summaries that a model made for events, and of those that still await one.

Role: statements on one derived table. How words are made and when they stand is not known here. Every function takes
the connection of its caller's transaction or snapshot.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from memory.database import Connection
from memory.records import EventWords
from memory.texts import to_storable

_UNWORDED = "FROM event LEFT JOIN event_words ON event_words.event = event.n WHERE ended_us < ? AND rules IS NOT ?"
_MADE = "title, event_words.summary, producer, rules, made_of"


@dataclass(frozen=True, slots=True)
class Unworded:
    """An event that no model has read yet.

    Attributes:
        number: Of its row. One that was cut anew has another, so that words for what is gone are never put.
        moments: Ids of its members in order of time.
    """

    number: int
    moments: tuple[str, ...]


def list_unworded(connection: Connection, *, rules: int, until_us: int, limit: int) -> list[Unworded]:
    """Events that ended before a time and were not read by these rules, in the order to read them.

    Those first of which the user wanted more for a question or corrected a moment, then the newest; what is looked at
    is noted nowhere.
    """
    rows = connection.execute(
        f"SELECT event.n {_UNWORDED} ORDER BY EXISTS (SELECT 1 FROM event_member"
        "  WHERE event_member.event = event.n AND (moment IN (SELECT moment FROM verdict WHERE value > 0)"
        "   OR moment IN (SELECT moment FROM correction))) DESC, started_us DESC, event.n LIMIT ?",
        (until_us, rules, limit),
    ).fetchall()
    return [Unworded(int(number), _list_members(connection, int(number))) for (number,) in rows]


def has_unworded(connection: Connection, *, rules: int, until_us: int) -> bool:
    """Whether there is any of these."""
    found = connection.execute(f"SELECT 1 {_UNWORDED} LIMIT 1", (until_us, rules))
    return found.fetchone() is not None


def put(connection: Connection, number: int, words: EventWords) -> bool:
    """Keep what a model made of an event; False where the event is gone, or was cut anew, meanwhile."""
    made_of = json.dumps(words.made_of)
    title, summary = to_storable(words.title) or None, to_storable(words.summary) or None
    put_rows = connection.execute(
        "INSERT OR REPLACE INTO event_words (event, title, summary, producer, rules, made_of)"
        " SELECT n, ?, ?, ?, ?, ? FROM event WHERE n = ?",
        (title, summary, words.producer, words.rules, made_of, number),
    )
    return put_rows.rowcount > 0


def drop_all(connection: Connection) -> int:
    """Go back to the titles that rules make; returns how many were dropped."""
    return int(connection.execute("DELETE FROM event_words").rowcount)


def of_day(connection: Connection, date: str) -> dict[tuple[str, frozenset[str]], EventWords]:
    """The words of the events of a day, by the event's id and members: the same event cut anew keeps them."""
    rows = connection.execute(
        f"SELECT event.n, event.id, event_words.{_MADE} FROM event CROSS JOIN event_words"
        " ON event_words.event = event.n WHERE local_date = ?",
        (date,),
    ).fetchall()
    return {(id_, frozenset(_list_members(connection, n))): to_words(*made) for n, id_, *made in rows}


def to_words(title: str | None, summary: str | None, producer: str, rules: int, made_of: str) -> EventWords:
    """The record of a row."""
    return EventWords(
        title=title or "", summary=summary or "", producer=producer, rules=rules, made_of=tuple(json.loads(made_of))
    )


def _list_members(connection: Connection, number: int) -> tuple[str, ...]:
    rows = connection.execute(
        "SELECT moment.id FROM event_member CROSS JOIN moment ON moment.n = event_member.moment"
        " WHERE event_member.event = ? ORDER BY moment.started_us, moment.n",
        (number,),
    )
    return tuple(str(row[0]) for row in rows)
