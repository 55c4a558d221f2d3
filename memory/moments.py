"""Rows of moments, sessions, sources and gaps: records to SQL and back.

Role: statements on the tables of truth. It knows neither vectors nor words' indexes; every function takes the
connection of its caller's transaction or snapshot.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal

from memory.database import Connection, Database
from memory.records import Gap, Kind, Media, Moment, Place, Session, Source, TimeSource
from memory.scope import DayCount, Scope, scope_sql
from memory.texts import dump_json, dump_path, load_path, to_storable
from memory.zones import to_local_date

_FIELDS = (
    "id", "kind", "started_us", "ended_us", "zone", "local_date", "time_source", "source", "external_id", "session",
    "stream", "ordinal", "speaker", "azimuth_rad", "media_sha256", "media_suffix", "media_offset_s",
    "media_duration_s", "place_name", "place_lat", "place_lon", "app", "window", "producer", "details", "text",
    "picture_sha256", "picture_suffix", "original",
)  # fmt: skip
_IS_ORIGINAL_GONE = "coalesce((SELECT is_gone FROM source WHERE source.sha256 = moment.source), 0)"
COLUMNS = ", ".join([*(f"moment.{name}" for name in (*_FIELDS, "voice")), _IS_ORIGINAL_GONE])
_UPSERT = (
    f"INSERT INTO moment ({', '.join(_FIELDS)}) VALUES ({', '.join('?' * len(_FIELDS))}) ON CONFLICT (id) DO UPDATE"
    f" SET {', '.join(f'{name} = excluded.{name}' for name in _FIELDS[1:])} RETURNING n"
)
# A name that was given to a voice outlives a moment that is written again with another or without one.
_UPSERT = _UPSERT.replace(
    "speaker = excluded.speaker",
    "speaker = CASE WHEN moment.voice IS NULL THEN excluded.speaker"
    " ELSE (SELECT name FROM voice WHERE voice.n = moment.voice) END",
)
_PAGE = 500
_SECOND_US = 1_000_000
_MOST_VERSIONS = 200  # of one picture; a burst has some dozens


def upsert_moment(connection: Connection, moment: Moment) -> int:
    """Add a moment or replace the one with its id; returns its row number, which a replacement keeps."""
    values = [to_storable(value) if isinstance(value, str) else value for value in _from_moment(moment)]
    return int(connection.execute(_UPSERT, values).fetchone()[0])


def find_rows(connection: Connection, ids: Iterable[str]) -> dict[int, Moment]:
    """Read moments by id, under their row numbers."""
    rows = connection.execute(
        f"SELECT moment.n, {COLUMNS} FROM json_each(?) AS wanted CROSS JOIN moment ON moment.id = wanted.value",
        (json.dumps(list(ids)),),
    )
    return {row[0]: read_moment(row[1:]) for row in rows}


def read_numbered(connection: Connection, numbers: Iterable[int]) -> dict[int, Moment]:
    """Read moments by row number."""
    rows = connection.execute(
        f"SELECT moment.n, {COLUMNS} FROM json_each(?) AS wanted CROSS JOIN moment ON moment.n = wanted.value",
        (json.dumps(list(numbers)),),
    )
    return {row[0]: read_moment(row[1:]) for row in rows}


def page_sql(scope: Scope | None, *, newest_first: bool, is_first: bool) -> tuple[str, list[object]]:
    """The statement of one page of moments in order of time; the caller appends (started_us, n) and the limit."""
    condition, values = scope_sql(scope)
    sign, order = ("<", "DESC") if newest_first else (">", "ASC")
    after = "" if is_first else f" AND (moment.started_us, moment.n) {sign} (?, ?)"
    return (
        f"SELECT moment.n, {COLUMNS} FROM moment INDEXED BY {_index_for(scope)} WHERE 1{condition}{after}"
        f" ORDER BY moment.started_us {order}, moment.n {order} LIMIT ?",
        values,
    )


def iter_moments(database: Database, scope: Scope | None, *, newest_first: bool, limit: int | None) -> Iterator[Moment]:
    """Read moments in order of time, page by page, so that no view of the database stays open in between."""
    left = limit
    last: tuple[int, int] | None = None
    while left is None or left > 0:
        size = _PAGE if left is None else min(left, _PAGE)
        statement, values = page_sql(scope, newest_first=newest_first, is_first=last is None)
        with database.read() as connection:
            page = connection.execute(statement, [*values, *(last or ()), size]).fetchall()
        for row in page:
            yield read_moment(row[1:])
        if len(page) < size:
            return
        last = (page[-1][3], page[-1][0])
        left = None if left is None else left - size


def count_moments(connection: Connection, scope: Scope | None) -> int:
    """Count moments."""
    condition, values = scope_sql(scope)
    return int(connection.execute(f"SELECT count(*) FROM moment WHERE 1{condition}", values).fetchone()[0])


def list_days(connection: Connection, scope: Scope | None) -> list[DayCount]:
    """Count moments by their local date, newest first."""
    condition, values = scope_sql(scope)
    rows = connection.execute(
        f"SELECT local_date, count(*) FROM moment WHERE 1{condition} GROUP BY local_date ORDER BY local_date DESC",
        values,
    )
    return [DayCount(date, n) for date, n in rows]


def list_names(connection: Connection, column: Literal["speaker", "place_name", "app"]) -> list[str]:
    """All names in a column that has an index of its own: jumps from name to name in it instead of reading it all."""
    rows = connection.execute(
        f"WITH RECURSIVE one (name) AS (SELECT min({column}) FROM moment WHERE {column} IS NOT NULL UNION ALL"
        f" SELECT (SELECT min({column}) FROM moment WHERE {column} > one.name) FROM one WHERE one.name IS NOT NULL)"
        " SELECT name FROM one WHERE name IS NOT NULL"
    )
    return [str(row[0]) for row in rows]


def has_at_most(connection: Connection, n_moments: int, scope: Scope | None) -> bool:
    """Whether a scope holds no more than so many moments; counts no further than that."""
    condition, values = scope_sql(scope)
    few = f"SELECT count(*) FROM (SELECT 1 FROM moment WHERE 1{condition} LIMIT ?)"
    return int(connection.execute(few, [*values, n_moments + 1]).fetchone()[0]) <= n_moments


def list_alike_named(connection: Connection, moment: Moment, name: str) -> list[Moment]:
    """What bears one mark of versions, or was taken within a second of a moment, in order of time."""
    kinds = "kind IN ('photo', 'scene')"
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM moment WHERE n IN (SELECT n FROM moment WHERE {kinds}"
        " AND json_extract(details, '$.versions.name') = ?1 UNION SELECT n FROM moment INDEXED BY moment_time"
        f" WHERE started_us BETWEEN ?2 AND ?3 AND {kinds}) ORDER BY started_us, n LIMIT ?4",
        (name, moment.started_us - _SECOND_US, moment.started_us + _SECOND_US, _MOST_VERSIONS),
    )
    return [read_moment(row) for row in rows]


def list_around(connection: Connection, number: int, n_before: int, n_after: int) -> list[tuple[int, Moment]]:
    """The moment and its neighbours inside its session and stream, in order, under their row numbers."""
    place = connection.execute(
        "SELECT session, stream, ordinal, started_us FROM moment WHERE n = ?", (number,)
    ).fetchone()
    if place is None:
        return []
    numbers = [number]
    if place[0] is not None:
        before = _list_beside(connection, number, place, n_before, sign="<", order="DESC")
        numbers = [*reversed(before), number, *_list_beside(connection, number, place, n_after, sign=">", order="ASC")]
    rows = read_numbered(connection, numbers)
    return [(n, rows[n]) for n in numbers]


def list_beside(connection: Connection, number: int) -> list[int]:
    """Row numbers of the moments directly before and after one, inside its session and stream."""
    place = connection.execute(
        "SELECT session, stream, ordinal, started_us FROM moment WHERE n = ?", (number,)
    ).fetchone()
    if place is None or place[0] is None:
        return []
    before = _list_beside(connection, number, place, 1, sign="<", order="DESC")
    return before + _list_beside(connection, number, place, 1, sign=">", order="ASC")


def _list_beside(
    connection: Connection, number: int, place: tuple[Any, ...], limit: int, *, sign: str, order: str
) -> list[int]:
    session, stream, ordinal, started_us = place
    rows = connection.execute(
        "SELECT n FROM moment INDEXED BY moment_place_in_session WHERE session = ? AND stream IS ?"
        f" AND (ordinal, started_us, n) {sign} (?, ?, ?)"
        f" ORDER BY ordinal {order}, started_us {order}, n {order} LIMIT ?",
        (session, stream, ordinal, started_us, number, limit),
    )
    return [row[0] for row in rows]


def add_session(connection: Connection, session: Session) -> None:
    """Add or replace a session."""
    media = session.media
    connection.execute(
        "INSERT OR REPLACE INTO session VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            session.id, session.started_us, session.ended_us, session.zone, to_storable(session.title), session.source,
            *_from_media(media), session.n_channels, session.rate_hz,
            None if session.array is None else dump_json(dict(session.array)),
        ),
    )  # fmt: skip


def find_session(connection: Connection, session_id: str) -> Session | None:
    """Find a session."""
    row = connection.execute("SELECT * FROM session WHERE id = ?", (session_id,)).fetchone()
    return None if row is None else _to_session(row)


def list_sessions(connection: Connection, *, directed: bool, limit: int) -> list[Session]:
    """The newest sessions; with ``directed`` only those in which several directions were heard apart."""
    apart = (
        " WHERE (SELECT count(DISTINCT number) FROM stream WHERE stream.session = session.id"
        " AND stream.azimuth_rad IS NOT NULL) > 1"
        if directed
        else ""
    )
    rows = connection.execute(f"SELECT * FROM session{apart} ORDER BY started_us DESC, id LIMIT ?", (limit,))
    return [_to_session(row) for row in rows]


def is_recorded(connection: Connection, since_us: int | None, until_us: int | None) -> bool:
    """Whether a session has a part in a stretch of time; None is open."""
    statement = "SELECT 1 FROM session WHERE started_us < ? AND ended_us > ? LIMIT 1"
    latest_us = 2**62 if until_us is None else until_us
    return connection.execute(statement, (latest_us, -(2**62) if since_us is None else since_us)).fetchone() is not None


def _to_session(row: Sequence[Any]) -> Session:
    number, started_us, ended_us, zone, title, source, *media, n_channels, rate_hz, array = row
    return Session(
        id=number, started_us=started_us, ended_us=ended_us, zone=zone, title=title, source=source,
        media=_to_media(media), n_channels=n_channels, rate_hz=rate_hz, array=json.loads(array) if array else None,
    )  # fmt: skip


def add_source(connection: Connection, source: Source) -> bool:
    """Add a source; False when it was there already."""
    cursor = connection.execute(
        "INSERT INTO source (sha256, path, n_bytes, mime, imported_us) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (source.sha256, dump_path(source.path), source.n_bytes, source.mime, source.imported_us),
    )
    return cursor.rowcount == 1


def find_source(connection: Connection, sha256: str) -> Source | None:
    """Find a source."""
    row = connection.execute(
        "SELECT sha256, path, n_bytes, mime, imported_us FROM source WHERE sha256 = ?", (sha256,)
    ).fetchone()
    return row and Source(sha256=row[0], path=load_path(row[1]), n_bytes=row[2], mime=row[3], imported_us=row[4])


def add_gap(connection: Connection, gap: Gap) -> None:
    """Add a gap; told again after a crash (same source, start and reason) it stays one, up to its later end."""
    known = connection.execute(
        "UPDATE gap SET ended_us = max(ended_us, ?) WHERE started_us = ? AND source = ? AND reason = ?",
        (gap.ended_us, gap.started_us, gap.source, gap.reason),
    )
    if known.rowcount:
        return
    connection.execute(
        "INSERT INTO gap (source, started_us, ended_us, reason) VALUES (?, ?, ?, ?)",
        (gap.source, gap.started_us, gap.ended_us, gap.reason),
    )


def list_gaps(connection: Connection, scope: Scope | None) -> list[Gap]:
    """Gaps that touch the time of a scope, in order of time."""
    since_us = scope.since_us if scope else None
    until_us = scope.until_us if scope else None
    rows = connection.execute(
        "SELECT source, started_us, ended_us, reason FROM gap WHERE (?1 IS NULL OR ended_us > ?1)"
        " AND (?2 IS NULL OR started_us < ?2) ORDER BY started_us",
        (since_us, until_us),
    )
    return [Gap(source=s, started_us=start, ended_us=end, reason=reason) for s, start, end, reason in rows]


def _index_for(scope: Scope | None) -> str:
    if scope is not None and scope.sessions is not None:
        return "moment_session_time"
    if scope is not None and scope.kinds is not None and len(scope.kinds) == 1:
        return "moment_kind"
    return "moment_time"


def _from_moment(moment: Moment) -> tuple[object, ...]:
    place = moment.place
    return (
        moment.id, str(moment.kind), moment.started_us, moment.ended_us, moment.zone,
        to_local_date(moment.started_us, moment.zone).isoformat(), str(moment.time_source), moment.source,
        moment.external_id, moment.session, moment.stream, moment.ordinal, moment.speaker, moment.azimuth_rad,
        *_from_media(moment.media), *((place.name, place.lat, place.lon) if place else (None, None, None)),
        moment.app, moment.window, moment.producer, dump_json(dict(moment.details)), moment.text,
        *((moment.picture.sha256, moment.picture.suffix) if moment.picture else (None, None)), moment.original,
    )  # fmt: skip


def read_moment(row: Sequence[Any]) -> Moment:
    """Build a moment from its ``COLUMNS``."""
    (
        id_, kind, started_us, ended_us, zone, _local_date, time_source, source, external_id, session, stream, ordinal,
        speaker, azimuth_rad, sha256, suffix, offset_s, duration_s, place, lat, lon, app, window, producer, details,
        text, picture_sha256, picture_suffix, original, voice, is_original_gone,
    ) = row  # fmt: skip
    return Moment(
        id=id_, kind=Kind(kind), started_us=started_us, ended_us=ended_us, zone=zone,
        time_source=TimeSource(time_source), source=source, external_id=external_id, session=session, stream=stream,
        ordinal=ordinal, speaker=speaker, azimuth_rad=azimuth_rad,
        media=_to_media((sha256, suffix, offset_s, duration_s)),
        place=None if place is None else Place(place, lat, lon), app=app, window=window, producer=producer,
        details=json.loads(details), text=text, voice=None if voice is None else f"v{voice}",
        picture=None if picture_sha256 is None else Media(picture_sha256, picture_suffix),
        is_original_gone=bool(is_original_gone), original=original,
    )  # fmt: skip


def _from_media(media: Media | None) -> tuple[object, ...]:
    if media is None:
        return (None, None, None, None)
    return (media.sha256, media.suffix, media.offset_s, media.duration_s)


def _to_media(row: Sequence[Any]) -> Media | None:
    return None if row[0] is None else Media(*row)
