"""How many pictures of each hour are but versions of another, so that a timeline's numbers tell each picture once.

Role: statements on one derived table, and the counting behind it. Triggers say which hours are to be counted again
(migration 17). Versions that lie in two different hours are two there. Every function takes the connection of its
caller's transaction or snapshot.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

from memory.database import Connection
from memory.records import Kind
from memory.versions import PICTURES, VersionMarks, front_of, group

HOUR_US = 3_600_000_000


def list_stale(connection: Connection, limit: int) -> dict[int, int]:
    """Hours that are to be counted again, by their beginning, each with how many changes it has seen."""
    rows = connection.execute("SELECT begins_us, changes FROM stale_hour ORDER BY begins_us DESC LIMIT ?", (limit,))
    return {int(begins_us): int(changes) for begins_us, changes in rows}


def count_again(connection: Connection, begins_us: int, changes: int) -> None:
    """Count an hour; it stays stale where it has seen more changes than the caller knows."""
    extra = Counter(kind for kind, _started_us in iter_extra(connection, begins_us))
    connection.execute("DELETE FROM version_tally WHERE kind IN ('photo', 'scene') AND begins_us = ?", (begins_us,))
    connection.executemany(
        "INSERT INTO version_tally (kind, begins_us, n) VALUES (?, ?, ?)",
        [(str(kind), begins_us, n) for kind, n in extra.items()],
    )
    connection.execute("DELETE FROM stale_hour WHERE begins_us = ? AND changes = ?", (begins_us, changes))


def mark_all_stale(connection: Connection) -> None:
    """Have every hour with marks of versions counted again."""
    connection.execute("DELETE FROM version_tally")
    connection.execute(
        "INSERT OR REPLACE INTO stale_hour SELECT DISTINCT"
        " started_us - (started_us % 3600000000 + 3600000000) % 3600000000, 1 FROM moment INDEXED BY moment_versions"
        " WHERE kind IN ('photo', 'scene') AND json_extract(details, '$.versions.name') IS NOT NULL"
    )


def list_extra(connection: Connection, kind: Kind, since_us: int, until_us: int, bucket_us: int) -> dict[int, int]:
    """How many of a kind's moments in each bucket of a stretch are told by another one.

    Args:
        connection: Of a snapshot.
        kind: Only pictures have versions.
        since_us: From.
        until_us: To.
        bucket_us: Where it is no multiple of an hour, the pictures of the hours concerned are looked at one by one.
    """
    if kind not in PICTURES:
        return {}
    if bucket_us % HOUR_US == 0 and since_us % HOUR_US == 0:
        rows = connection.execute(
            "SELECT (begins_us - ?1) / ?2, sum(n) FROM version_tally WHERE kind = ?3 AND begins_us >= ?1"
            " AND begins_us < ?4 GROUP BY 1",
            (since_us, bucket_us, str(kind), until_us),
        )
        return {int(bucket): int(n) for bucket, n in rows}
    hours = connection.execute(
        "SELECT begins_us FROM version_tally WHERE kind = ? AND begins_us > ? AND begins_us < ?",
        (str(kind), since_us - HOUR_US, until_us),
    ).fetchall()
    told = (at for (hour,) in hours for of, at in iter_extra(connection, int(hour)) if of is kind)
    return dict(Counter((at - since_us) // bucket_us for at in told if since_us <= at < until_us))


def iter_extra(connection: Connection, begins_us: int) -> Iterator[tuple[Kind, int]]:
    """Kind and beginning of each picture of an hour that another one of it stands for."""
    rows = [
        (Kind(kind), int(started_us), VersionMarks.parse(json.loads(marks), Kind(kind)))
        for of in PICTURES
        for kind, started_us, marks in connection.execute(
            "SELECT kind, started_us, json_extract(details, '$.versions') FROM moment INDEXED BY moment_kind"
            " WHERE kind = ? AND started_us >= ? AND started_us < ?"
            " AND json_extract(details, '$.versions') IS NOT NULL"
            " AND (CASE kind WHEN 'photo' THEN media_sha256 ELSE picture_sha256 END) IS NOT NULL",
            (str(of), begins_us, begins_us + HOUR_US),
        )
    ]
    rows.sort(key=lambda row: row[1])
    for alike in group(marks for _kind, _started_us, marks in rows):
        front = alike[front_of([rows[n][0] is Kind.SCENE for n in alike])]
        yield from (rows[n][:2] for n in alike if n != front)
