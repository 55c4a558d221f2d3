"""What moments share and can be walked by: a voice, a place, an application; how much there is of each, and when.

Role: records and statements that read; every function takes the connection of its caller's snapshot. All of them go
over the index of the clue's own column, so that what they cost grows with the moments of the clue.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum

from memory.database import Connection
from memory.moments import read_numbered
from memory.records import Moment
from memory.scope import DayCount

SPOT_DIGITS = 3  # of a degree: about 110 m from north to south, as far as a phone's position is off
_AREA_DIGITS = 1  # about 11 km: a town


class ClueKind(StrEnum):
    """What kind of thing moments share."""

    VOICE = "voice"
    PLACE = "place"
    APP = "app"


@dataclass(frozen=True, slots=True)
class Clue:
    """One thing that moments share; ``key`` is the id of the voice, else the name."""

    kind: ClueKind
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceSum:
    """One name of a place and what was taken there.

    Attributes:
        lat, lon: Degrees, in the middle of where most of it was taken; None where no position is known.
    """

    name: str
    n_moments: int
    first_us: int
    last_us: int
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """A position inside a place (degrees) and how many moments are within some hundred metres of it."""

    lat: float
    lon: float
    n_moments: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AppSum:
    """One application on the screen; ``seconds`` is how long its pages stayed there, 0 for single screenshots."""

    name: str
    n_moments: int
    seconds: float
    first_us: int
    last_us: int


_WHERE = {
    ClueKind.VOICE: "moment INDEXED BY moment_voice WHERE moment.voice = ?",
    ClueKind.PLACE: "moment INDEXED BY moment_place WHERE moment.place_name = ?",
    # an appointment names the application "Calendar", which was not on the screen then
    ClueKind.APP: "moment INDEXED BY moment_app WHERE moment.app = ? AND moment.kind = 'screenshot'",
}


def list_places(connection: Connection) -> list[PlaceSum]:
    """All names of places, those with most moments first."""
    rows = connection.execute(
        "SELECT place_name, count(*), min(started_us), max(started_us), avg(place_lat), avg(place_lon) FROM moment"
        " WHERE place_name IS NOT NULL"
        f" GROUP BY place_name, round(place_lat, {_AREA_DIGITS}), round(place_lon, {_AREA_DIGITS})"
    )
    areas: dict[str, list[tuple[int, int, int, float | None, float | None]]] = defaultdict(list)
    for name, *area in rows:
        areas[name].append((area[0], area[1], area[2], area[3], area[4]))
    sums = []
    for name, parts in areas.items():
        known = [part for part in parts if part[3] is not None and part[4] is not None]
        most = max(known, default=None, key=lambda part: part[0])
        sums.append(
            PlaceSum(
                name=name,
                n_moments=sum(part[0] for part in parts),
                first_us=min(part[1] for part in parts),
                last_us=max(part[2] for part in parts),
                lat=None if most is None else most[3],
                lon=None if most is None else most[4],
            )
        )
    return sorted(sums, key=lambda place: (-place.n_moments, place.name))


def list_spots(connection: Connection, place: str, limit: int) -> list[Spot]:
    """Where in a place moments were taken, most first."""
    rows = connection.execute(
        "SELECT avg(place_lat), avg(place_lon), count(*) FROM moment INDEXED BY moment_place"
        " WHERE place_name = ? AND place_lat IS NOT NULL AND place_lon IS NOT NULL"
        f" GROUP BY round(place_lat, {SPOT_DIGITS}), round(place_lon, {SPOT_DIGITS}) ORDER BY 3 DESC, 1, 2 LIMIT ?",
        (place, limit),
    )
    return [Spot(lat, lon, n) for lat, lon, n in rows]


def list_apps(connection: Connection) -> list[AppSum]:
    """All applications that were seen on the screen, those seen longest first."""
    rows = connection.execute(
        "SELECT app, count(*), sum(ended_us - started_us), min(started_us), max(started_us) FROM moment"
        " INDEXED BY moment_app WHERE app IS NOT NULL AND kind = 'screenshot' GROUP BY app ORDER BY 3 DESC, 2 DESC, 1"
    )
    return [
        AppSum(name=name, n_moments=n, seconds=us / 1e6, first_us=first_us, last_us=last_us)
        for name, n, us, first_us, last_us in rows
    ]


def count_days(connection: Connection, clue: Clue) -> list[DayCount]:
    """How many moments of a clue began on each local date that has any, oldest first."""
    rows = connection.execute(
        f"SELECT local_date, count(*) FROM {_WHERE[clue.kind]} GROUP BY local_date ORDER BY local_date",
        (_value(clue),),
    )
    return [DayCount(date, n) for date, n in rows]


def list_moments(
    connection: Connection, clue: Clue, *, days: tuple[str, str] | None, before: tuple[int, str] | None, limit: int
) -> list[Moment]:
    """Moments of a clue, newest first.

    Args:
        connection: Of a snapshot.
        clue: What they share.
        days: First and last local date (ISO), or None for all.
        before: (started_us, id) of the last one read before, or None.
        limit: How many at most.
    """
    condition, values = "", [_value(clue)]
    if days is not None:
        condition += " AND moment.local_date BETWEEN ? AND ?"
        values += days
    if before is not None:
        condition += " AND (moment.started_us, moment.id) < (?, ?)"
        values += before
    rows = connection.execute(
        f"SELECT n FROM {_WHERE[clue.kind]}{condition} ORDER BY moment.started_us DESC, moment.id DESC LIMIT ?",
        (*values, limit),
    ).fetchall()
    found = read_numbered(connection, [n for (n,) in rows])
    return [found[n] for (n,) in rows if n in found]


def _value(clue: Clue) -> int | str:
    if clue.kind is not ClueKind.VOICE:
        return clue.key
    digits = clue.key.removeprefix("v")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 18 else -1


def list_located(connection: Connection, after: int, limit: int) -> list[tuple[int, str, str, float, float]]:
    """Imported moments with a position: (row, id, name of the place, degrees), in order of their rows after one."""
    rows = connection.execute(
        "SELECT n, id, place_name, place_lat, place_lon FROM moment WHERE n > ? AND place_lat IS NOT NULL"
        " AND place_lon IS NOT NULL AND source IS NOT NULL ORDER BY n LIMIT ?",
        (after, limit),
    )
    return [(n, moment, name or "", lat, lon) for n, moment, name, lat, lon in rows]
