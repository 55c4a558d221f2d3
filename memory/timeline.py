"""What a timeline shows of a stretch of time: how many moments there are, which, and the events and gaps beside them.

Role: statements that read no more than what is asked for: few moments one by one, many as numbers, from ``tally`` (kept
by triggers, see migration 8) where a bucket is an hour or more. Every function takes the connection of its caller's
snapshot. It knows nothing of pixels.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from memory import version_tally
from memory.database import Connection
from memory.events import LONGEST_US
from memory.records import Kind
from memory.versions import VersionMarks, front_of, group

HOUR_US = 3_600_000_000
DAY_US = 24 * HOUR_US
_N_LETTERS = 160  # of a moment's words: as much as a preview holds
_N_RUNNING = 4  # of a kind that began before the stretch and still run in it: people talk over each other


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One moment, as far as a timeline shows it.

    Attributes:
        words: The beginning of its text.
        who: Name of who speaks, else the id of the voice, else None.
        azimuth_rad: Where it was heard from, or None.
        has_picture: Whether there is a picture to see.
        marks: What tells its versions, or None.
        versions: Ids of other versions of this picture, which it stands for once ``tell_once`` has folded them.
    """

    id: str
    kind: Kind
    started_us: int
    ended_us: int
    words: str
    who: str | None = None
    azimuth_rad: float | None = None
    app: str | None = None
    place: str | None = None
    has_picture: bool = False
    marks: VersionMarks | None = None
    versions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Band:
    """One event, or a journey over several, without its members."""

    id: str
    title: str
    started_us: int
    ended_us: int
    is_journey: bool = False


@dataclass(frozen=True, slots=True)
class GapSpan:
    """One gap."""

    source: str
    reason: str
    started_us: int
    ended_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A stretch of time cut into equal buckets.

    Attributes:
        since_us, bucket_us, n_buckets: It lasts from ``since_us`` for ``n_buckets`` times ``bucket_us``.
        counts: For each kind that there is: how many began in each bucket that has any, as (bucket, n) in order; of a
            picture's versions in one hour only one.
        marks: For each kind with few moments: these, in order of time, with those that began before and still run.
        bands: The longest events that have a part in it, in order of time.
        gaps: Likewise the longest gaps.
    """

    since_us: int
    bucket_us: int
    n_buckets: int
    counts: dict[Kind, tuple[tuple[int, int], ...]]
    marks: dict[Kind, tuple[Mark, ...]]
    bands: tuple[Band, ...] = ()
    gaps: tuple[GapSpan, ...] = ()

    @property
    def until_us(self) -> int:
        """Where it ends."""
        return self.since_us + self.n_buckets * self.bucket_us

    def count(self, kind: Kind) -> int:
        """How many moments of a kind began in it."""
        return sum(n for _bucket, n in self.counts.get(kind, ()))


_MARK = (
    f"id, kind, started_us, ended_us, substr(text, 1, {_N_LETTERS}), coalesce(speaker, 'v' || voice), azimuth_rad,"
    " app, place_name, CASE WHEN kind IN ('photo', 'screenshot') THEN media_sha256 IS NOT NULL"
    " ELSE kind = 'scene' AND picture_sha256 IS NOT NULL END,"  # Moment.shown
    " CASE WHEN kind IN ('photo', 'scene') THEN json_extract(details, '$.versions') END"
)


def read_tile(
    connection: Connection, since_us: int, bucket_us: int, n_buckets: int, *, most_marks: int, most_bands: int
) -> Tile:
    """Read a stretch of time.

    Args:
        connection: Of a snapshot.
        since_us: Where it begins; a multiple of the bucket.
        bucket_us: How long a bucket lasts; from an hour on a multiple of an hour, from a day on a multiple of a day.
        n_buckets: How many there are.
        most_marks: A kind with no more moments than this is read one by one as well.
        most_bands: How many events and how many gaps are read at most, the longest of them.
    """
    until_us = since_us + n_buckets * bucket_us
    counts: dict[Kind, tuple[tuple[int, int], ...]] = {}
    marks: dict[Kind, tuple[Mark, ...]] = {}
    for kind in Kind:
        found = _count(connection, kind, since_us, until_us, bucket_us)
        if found:
            counts[kind] = _told_once(found, version_tally.list_extra(connection, kind, since_us, until_us, bucket_us))
        if sum(n for _bucket, n in found) <= most_marks:
            listed = _list_running(connection, kind, since_us) + _list_marks(connection, kind, since_us, until_us)
            if listed:
                marks[kind] = tuple(listed)
    return Tile(
        since_us=since_us,
        bucket_us=bucket_us,
        n_buckets=n_buckets,
        counts=counts,
        marks=marks,
        bands=tuple(list_bands(connection, since_us, until_us, most_bands)),
        gaps=tuple(list_gaps(connection, since_us, until_us, most_bands)),
    )


def _count(
    connection: Connection, kind: Kind, since_us: int, until_us: int, bucket_us: int
) -> tuple[tuple[int, int], ...]:
    step_us = next((step for step in (DAY_US, HOUR_US) if bucket_us % step == 0), None)
    if step_us is not None and since_us % step_us == 0:
        rows = connection.execute(
            "SELECT (begins_us - ?1) / ?2, sum(n) FROM tally WHERE step_us = ?3 AND kind = ?4 AND begins_us >= ?1"
            " AND begins_us < ?5 GROUP BY 1 ORDER BY 1",
            (since_us, bucket_us, step_us, str(kind), until_us),
        )
    else:
        rows = connection.execute(
            "SELECT (started_us - ?1) / ?2, count(*) FROM moment INDEXED BY moment_kind"
            " WHERE kind = ?3 AND started_us >= ?1 AND started_us < ?4 GROUP BY 1 ORDER BY 1",
            (since_us, bucket_us, str(kind), until_us),
        )
    return tuple((int(bucket), int(n)) for bucket, n in rows)


def _told_once(counts: Sequence[tuple[int, int]], extra: Mapping[int, int]) -> tuple[tuple[int, int], ...]:
    """Numbers without the versions that another picture stands for."""
    once = ((bucket, n - extra.get(bucket, 0)) for bucket, n in counts)
    return tuple((bucket, n) for bucket, n in once if n > 0)


def _list_marks(connection: Connection, kind: Kind, since_us: int, until_us: int) -> list[Mark]:
    rows = connection.execute(
        f"SELECT {_MARK} FROM moment INDEXED BY moment_kind WHERE kind = ? AND started_us >= ? AND started_us < ?"
        " ORDER BY started_us, n",
        (str(kind), since_us, until_us),
    )
    return [_to_mark(row) for row in rows]


def _list_running(connection: Connection, kind: Kind, at_us: int) -> list[Mark]:
    """Of the last few that began before a time those that have not ended by then."""
    rows = connection.execute(
        f"SELECT {_MARK} FROM moment INDEXED BY moment_kind WHERE kind = ? AND started_us < ?"
        " ORDER BY started_us DESC, n DESC LIMIT ?",
        (str(kind), at_us, _N_RUNNING),
    ).fetchall()
    return [mark for mark in map(_to_mark, reversed(rows)) if mark.ended_us > at_us]


def find_beside(connection: Connection, kinds: Sequence[Kind], at: tuple[int, str], *, forward: bool) -> Mark | None:
    """The next moment of some kinds behind (or before) a place in time.

    Args:
        connection: Of a snapshot.
        kinds: Which.
        at: (started_us, id) of the moment one is at; an id that is none ("") stands before all of that time.
        forward: Onwards, or back.
    """
    row = connection.execute("SELECT n FROM moment WHERE id = ?", (at[1],)).fetchone()
    number = int(row[0]) if row else (-1 if forward else 0)
    sign, order = (">", "ASC") if forward else ("<", "DESC")
    best: list[tuple[tuple[int, int], Mark]] = []
    for kind in kinds:
        found = connection.execute(
            f"SELECT n, {_MARK} FROM moment INDEXED BY moment_kind WHERE kind = ? AND (started_us, n) {sign} (?, ?)"
            f" ORDER BY started_us {order}, n {order} LIMIT 1",
            (str(kind), at[0], number),
        ).fetchone()
        if found is not None:
            mark = _to_mark(found[1:])
            best.append(((mark.started_us, int(found[0])), mark))
    best.sort(key=lambda each: each[0], reverse=not forward)
    return best[0][1] if best else None


def find_mark(connection: Connection, moment: str) -> Mark | None:
    """A moment by its id."""
    row = connection.execute(f"SELECT {_MARK} FROM moment WHERE id = ?", (moment,)).fetchone()
    return None if row is None else _to_mark(row)


_BAND = (
    "SELECT id, coalesce((SELECT event_words.title FROM event_words WHERE event_words.event = event.n), title),"
    " started_us, ended_us FROM"
)


def list_bands(connection: Connection, since_us: int, until_us: int, limit: int) -> list[Band]:
    """The longest events that have a part in a stretch of time, in order of time."""
    rows = connection.execute(  # the longest are found first, so that better titles are looked up for these alone
        f"{_BAND} (SELECT * FROM event WHERE started_us >= ? AND started_us < ? AND ended_us >= ?"
        " ORDER BY ended_us - started_us DESC, n LIMIT ?) AS event",
        (since_us - LONGEST_US, until_us, since_us, limit),
    )
    return sorted((Band(*row) for row in rows), key=lambda band: (band.started_us, band.ended_us))


def find_band_beside(connection: Connection, at: tuple[int, str], *, forward: bool) -> Band | None:
    """The next event after (or before) that at ``at``: (started_us, id)."""
    sign, order = (">", "ASC") if forward else ("<", "DESC")
    row = connection.execute(
        f"{_BAND} event WHERE (started_us, id) {sign} (?, ?) ORDER BY started_us {order}, id {order} LIMIT 1",
        at,
    ).fetchone()
    return None if row is None else Band(*row)


def list_gaps(connection: Connection, since_us: int, until_us: int, limit: int) -> list[GapSpan]:
    """The longest gaps that have a part in a stretch of time, in order of time."""
    rows = connection.execute(
        "SELECT source, reason, started_us, ended_us FROM gap WHERE started_us < ? AND ended_us > ?"
        " ORDER BY ended_us - started_us DESC LIMIT ?",
        (until_us, since_us, limit),
    )
    return sorted((GapSpan(*row) for row in rows), key=lambda gap: gap.started_us)


def find_gap_beside(connection: Connection, at_us: int, *, forward: bool) -> GapSpan | None:
    """The gap that begins next after (or before) a time."""
    sign, order = (">", "ASC") if forward else ("<", "DESC")
    row = connection.execute(
        f"SELECT source, reason, started_us, ended_us FROM gap WHERE started_us {sign} ?"
        f" ORDER BY started_us {order} LIMIT 1",
        (at_us,),
    ).fetchone()
    return None if row is None else GapSpan(*row)


def read_bounds(connection: Connection) -> tuple[int, int] | None:
    """When the first and the last moment began; None where there is none."""
    first, last = connection.execute(
        "SELECT (SELECT min(started_us) FROM moment), (SELECT max(started_us) FROM moment)"
    ).fetchone()
    return None if first is None else (int(first), int(last))


_COUNTED = (
    "SELECT step_us, kind, started_us - (started_us % step_us + step_us) % step_us AS begins_us, count(*) AS n"
    " FROM moment CROSS JOIN tally_step GROUP BY 1, 2, 3"
)


def rebuild(connection: Connection) -> None:
    """Count everything anew."""
    connection.execute("DELETE FROM tally")
    connection.execute(f"INSERT INTO tally {_COUNTED}")
    version_tally.mark_all_stale(connection)


def count_differences(connection: Connection) -> int:
    """How many numbers are not what counting everything anew gives; reads all moments."""
    cells = "SELECT step_us, kind, begins_us"
    both = f"{cells}, n FROM tally UNION ALL {cells}, -n FROM ({_COUNTED})"
    differing = f"SELECT 1 FROM ({both}) GROUP BY step_us, kind, begins_us HAVING sum(n) <> 0"
    return int(connection.execute(f"SELECT count(*) FROM ({differing})").fetchone()[0])


def _to_mark(row: Sequence[Any]) -> Mark:
    id_, kind, started_us, ended_us, words, who, azimuth_rad, app, place, has_picture, marks = row
    return Mark(
        id=id_, kind=Kind(kind), started_us=started_us, ended_us=ended_us, words=words, who=who,
        azimuth_rad=azimuth_rad, app=app, place=place, has_picture=bool(has_picture),
        marks=VersionMarks.parse(json.loads(marks), Kind(kind)) if marks and has_picture else None,
    )  # fmt: skip


def is_same_picture(one: Mark, other: Mark) -> bool:
    """Whether two marks are versions of one picture."""
    return one.marks is not None and other.marks is not None and one.marks.is_of(other.marks)


def tell_once(marks: Sequence[Mark]) -> list[Mark]:
    """Versions of one picture as one mark that names the others; all else as it was."""
    told = []
    for alike in group(mark.marks for mark in marks):
        front = marks[alike[front_of([marks[n].kind is Kind.SCENE for n in alike])]]
        others = tuple(marks[n].id for n in alike if marks[n].id != front.id)
        told.append(replace(front, versions=others) if others else front)
    return told
