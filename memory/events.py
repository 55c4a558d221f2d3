"""Rows of events: which moments belong together, and which days must be cut anew.

Role: statements on the derived tables of events. How a day is cut is not known here. Every function takes the
connection of its caller's transaction or snapshot.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from memory import event_words
from memory.database import Connection
from memory.records import CALENDAR, Event, Kind, Stay, Trace, Trait
from memory.scope import UNIT_NUMBERS
from memory.texts import to_storable

_EVENT = (
    "event.id, event.local_date, event.started_us, event.ended_us, event.zone, reason, event.title, event.summary,"
    " event_words.title, event_words.summary, producer, rules, made_of"
)
_EVENT_WITH_WORDS = "event LEFT JOIN event_words ON event_words.event = event.n"
_LATE_US = 2**61
LONGEST_US = 60 * 86_400_000_000  # an event lasts no more than a day, a holiday of the calendar some weeks
_LONG_PLAN_US = 20 * 3_600_000_000  # a whole day, also the shortest one of a change of clocks
_MOST_LETTERS = 600  # of a moment's text: titles and summaries need no more


def list_stale(connection: Connection) -> dict[str, int]:
    """Local dates whose events are not true any more, each with how many changes it has seen."""
    return {str(date): int(n) for date, n in connection.execute("SELECT local_date, changes FROM stale_day")}


def mark_all_stale(connection: Connection) -> None:
    """Have every day cut anew."""
    connection.execute("DELETE FROM event")
    connection.execute(
        "INSERT INTO stale_day SELECT local_date, 1 FROM moment WHERE true GROUP BY local_date"
        " ON CONFLICT (local_date) DO UPDATE SET changes = changes + 1"
    )


def settle(connection: Connection, date: str, changes: int) -> None:
    """Note that a day was cut, unless it has seen more changes since."""
    connection.execute("DELETE FROM stale_day WHERE local_date = ? AND changes = ?", (date, changes))


def put_day(connection: Connection, date: str, events: Sequence[Event]) -> None:
    """Put the events of one day in the place of those it had; members that are gone are left out.

    One that is the same as before keeps a model's words for it: had any of its moments changed, it were not there.
    """
    worded = event_words.of_day(connection, date)
    connection.execute("DELETE FROM event WHERE local_date = ?", (date,))
    for event in events:
        values = (
            event.id, date, event.started_us, event.ended_us, event.zone, to_storable(event.title),
            to_storable(event.summary), to_storable(event.reason),
        )  # fmt: skip
        (number,) = connection.execute(
            "INSERT OR REPLACE INTO event (id, local_date, started_us, ended_us, zone, title, summary, reason)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING n",
            values,
        ).fetchone()
        connection.execute(
            "INSERT OR REPLACE INTO event_member (moment, event) SELECT moment.n, ? FROM json_each(?) AS wanted"
            " CROSS JOIN moment ON moment.id = wanted.value",
            (number, json.dumps(event.moments)),
        )
        if (words := worded.get((event.id, frozenset(event.moments)))) is not None:
            event_words.put(connection, int(number), words)


def list_events(connection: Connection, since_us: int | None, until_us: int | None) -> list[Event]:
    """Events that have a part in a stretch of time (None is open), in order of time, with their members."""
    since = -_LATE_US if since_us is None else since_us
    rows = connection.execute(
        f"SELECT event.n, {_EVENT} FROM {_EVENT_WITH_WORDS} WHERE started_us >= ? AND started_us < ?"
        " AND ended_us >= ? ORDER BY started_us, event.n",
        (since - LONGEST_US, _LATE_US if until_us is None else until_us, since),
    ).fetchall()
    return _with_members(connection, rows)


def find_events(connection: Connection, ids: Iterable[str]) -> dict[str, Event]:
    """Read events by id."""
    rows = connection.execute(
        f"SELECT event.n, {_EVENT} FROM json_each(?) AS wanted CROSS JOIN event ON event.id = wanted.value"
        " LEFT JOIN event_words ON event_words.event = event.n",
        (json.dumps(list(ids)),),
    ).fetchall()
    return {event.id: event for event in _with_members(connection, rows)}


def find_of(connection: Connection, moments: Iterable[str]) -> dict[str, str]:
    """The event of each moment; those that belong to none are left out."""
    rows = connection.execute(
        "SELECT moment.id, event.id FROM json_each(?) AS wanted CROSS JOIN moment ON moment.id = wanted.value"
        " CROSS JOIN event_member ON event_member.moment = moment.n CROSS JOIN event ON event.n = event_member.event",
        (json.dumps(list(moments)),),
    )
    return {str(moment): str(event) for moment, event in rows}


def list_traits(connection: Connection, n_days: int) -> list[Trait]:
    """What the events of the newest so many days have, each thing once an event; an event without any is there too."""
    rows = connection.execute(
        "WITH recent AS (SELECT event.n, event.id, event.local_date FROM event WHERE event.local_date >"
        "  date((SELECT max(local_date) FROM event), ?)), "
        "had AS (SELECT recent.id, recent.local_date, moment.* FROM recent CROSS JOIN event_member"
        "  ON event_member.event = recent.n CROSS JOIN moment ON moment.n = event_member.moment)"
        " SELECT id, local_date, 'person', speaker FROM had WHERE speaker IS NOT NULL"
        " UNION SELECT id, local_date, 'place', place_name FROM had WHERE place_name IS NOT NULL"
        " UNION SELECT id, local_date, 'app', app FROM had WHERE app IS NOT NULL AND kind <> 'note'"
        " UNION SELECT id, local_date, 'appointment', window FROM had WHERE app = ? AND kind = 'note'"
        " UNION SELECT id, local_date, '', '' FROM recent ORDER BY 2, 1, 3, 4",
        (f"-{n_days:d} days", CALENDAR),
    )
    return [Trait(*map(str, row)) for row in rows]


def list_seen(connection: Connection, ids: Iterable[str], limit: int, near_us: int) -> dict[str, list[str]]:
    """What was seen and written in each event, then what shortly before or after it, each in order of time."""
    found: dict[str, list[str]] = {}
    for event in ids:
        rows = connection.execute(
            "SELECT moment.id FROM event CROSS JOIN moment"
            "  ON moment.started_us BETWEEN event.started_us - ?2 AND event.ended_us + ?2"
            " LEFT JOIN event_member ON event_member.moment = moment.n"
            " WHERE event.id = ?1 AND moment.kind <> 'utterance'"
            " ORDER BY event_member.event IS NOT event.n, moment.started_us, moment.n LIMIT ?3",
            (event, near_us, limit),
        )
        found[event] = [str(row[0]) for row in rows]
    return found


def list_stays(connection: Connection) -> list[Stay]:
    """What was captured in each place on each local date; read from an index alone."""
    rows = connection.execute(
        "SELECT local_date, place_name, avg(place_lat), avg(place_lon), count(*), min(started_us), max(ended_us),"
        " min(zone), min(id) FROM moment INDEXED BY moment_located"
        " WHERE place_lat IS NOT NULL AND place_lon IS NOT NULL GROUP BY local_date, place_name ORDER BY 1, 6"
    )
    return [
        Stay(
            local_date=date, place=place or "", lat=lat, lon=lon, n_moments=n, started_us=started_us,
            ended_us=ended_us, zone=zone, first=first,
        )
        for date, place, lat, lon, n, started_us, ended_us, zone, first in rows
    ]  # fmt: skip


def list_planned(connection: Connection, since_us: int, until_us: int) -> list[str]:
    """Titles of appointments of a day or longer that begin in a stretch of time."""
    rows = connection.execute(
        "SELECT window FROM moment INDEXED BY moment_kind WHERE kind = 'note' AND started_us >= ? AND started_us < ?"
        " AND app = ? AND ended_us - started_us >= ? AND window IS NOT NULL ORDER BY started_us LIMIT 8",
        (since_us, until_us, CALENDAR, _LONG_PLAN_US),
    )
    return [str(row[0]) for row in rows]


def read_traces(connection: Connection, dates: Sequence[str], model: str) -> list[Trace]:
    """What cutting a day looks at, of all moments of some local dates, in order of time.

    Args:
        connection: Of a snapshot.
        dates: ISO.
        model: Whose vectors are read: of the window around an utterance, of anything else itself.
    """
    window, own = UNIT_NUMBERS["window"], UNIT_NUMBERS["moment"]
    rows = connection.execute(
        "SELECT moment.id, kind, started_us, ended_us, zone, session, speaker, voice, place_name, place_lat, place_lon,"
        f" app, window, substr(text, 1, {_MOST_LETTERS}),"
        " (SELECT data FROM vector WHERE vector.moment = moment.n AND vector.model = wanted_model.n"
        f"   AND vector.unit = CASE kind WHEN 'utterance' THEN {window} ELSE {own} END AND vector.part = 0),"
        " CASE WHEN kind IN ('photo', 'scene') THEN json_extract(details, '$.versions') END"
        " FROM json_each(?) AS wanted CROSS JOIN moment ON moment.local_date = wanted.value"
        " LEFT JOIN (SELECT n FROM model WHERE name = ?) AS wanted_model"
        " ORDER BY started_us, moment.n",
        (json.dumps(list(dates)), model),
    )
    return [_to_trace(row) for row in rows]


def _to_trace(row: Sequence[Any]) -> Trace:
    *told, text, data, versions = row
    id_, kind, started_us, ended_us, zone, session, speaker, voice, place, lat, lon, app, window = told
    return Trace(
        id=id_, kind=Kind(kind), started_us=started_us, ended_us=ended_us, zone=zone, session=session, speaker=speaker,
        voice=None if voice is None else f"v{voice}", place=place, lat=lat, lon=lon, app=app, window=window, text=text,
        vector=None if data is None else np.frombuffer(data, np.float32),
        versions=None if versions is None else json.loads(versions),
    )  # fmt: skip


def _with_members(connection: Connection, rows: Sequence[Any]) -> list[Event]:
    members: dict[int, list[str]] = {int(row[0]): [] for row in rows}
    found = connection.execute(
        "SELECT event_member.event, moment.id FROM json_each(?) AS wanted"
        " CROSS JOIN event_member ON event_member.event = wanted.value"
        " CROSS JOIN moment ON moment.n = event_member.moment ORDER BY moment.started_us, moment.n",
        (json.dumps(list(members)),),
    )
    for event, moment in found:
        members[event].append(moment)
    return [_to_event(row, tuple(members[int(row[0])])) for row in rows]


def _to_event(row: Sequence[Any], moments: tuple[str, ...]) -> Event:
    _n, id_, date, started_us, ended_us, zone, reason, title, summary, *made = row
    words = event_words.to_words(*made) if made[0] or made[1] else None
    return Event(
        id=id_, local_date=date, started_us=started_us, ended_us=ended_us, zone=zone, title=made[0] or title,
        summary=made[1] or summary, reason=reason, moments=moments, words=words,
    )  # fmt: skip
