"""Rows of claims: what single moments say, and which moments are still to be read for them.

Role: statements on the derived tables of claims. How a claim is read from words is not known here. Every function takes
the connection of its caller's transaction or snapshot.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from memory.database import Connection
from memory.moments import COLUMNS, read_moment
from memory.records import Claim, Kind, Moment
from memory.texts import to_storable

_CLAIM = (
    "moment.id, claim.subject, subject_key, relation, about, claim.value, value_key, quote, is_change, until_us,"
    " moment.started_us, moment.zone, moment.kind, coalesce(moment.speaker, '')"
)


def list_unread(connection: Connection, limit: int) -> list[tuple[int, int, Moment]]:
    """The newest moments that are still to be read: row number, how many changes it has seen, and the moment."""
    rows = connection.execute(
        f"SELECT unread_moment.moment, changes, {COLUMNS} FROM unread_moment"
        " CROSS JOIN moment ON moment.n = unread_moment.moment ORDER BY unread_moment.moment DESC LIMIT ?",
        (limit,),
    )
    return [(int(row[0]), int(row[1]), read_moment(row[2:])) for row in rows]


def put(connection: Connection, claims: Mapping[int, Sequence[Claim]], seen: Mapping[int, int]) -> None:
    """Put the claims of some moments in the place of those they had.

    A moment that was forgotten meanwhile is left out; one that changed meanwhile stays to be read.

    Args:
        connection: The caller's transaction.
        claims: By row number of the moment.
        seen: How many changes each had seen when it was read.
    """
    numbers = json.dumps(list(seen))
    connection.execute("DELETE FROM claim WHERE moment IN (SELECT value FROM json_each(?))", (numbers,))
    rows = [
        (
            number, to_storable(c.subject), c.subject_key, c.relation, c.about, to_storable(c.value), c.value_key,
            to_storable(c.quote), int(c.is_change), c.until_us, number, seen[number],
        )
        for number, told in claims.items() for c in told
    ]  # fmt: skip
    connection.executemany(
        "INSERT INTO claim"
        " (moment, subject, subject_key, relation, about, value, value_key, quote, is_change, until_us)"
        " SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM unread_moment WHERE moment = ? AND changes = ?",
        rows,
    )
    connection.executemany("DELETE FROM unread_moment WHERE moment = ? AND changes = ?", list(seen.items()))


def mark_all_unread(connection: Connection) -> None:
    """Throw all claims away and have every moment read."""
    connection.execute("DELETE FROM claim")
    connection.execute(
        "INSERT INTO unread_moment SELECT n, 1 FROM moment WHERE true"
        " ON CONFLICT (moment) DO UPDATE SET changes = changes + 1"
    )


def read_version(connection: Connection) -> int:
    """Version of the rules that what is kept was read by."""
    return int(connection.execute("SELECT version FROM claim_rules").fetchone()[0])


def set_version(connection: Connection, version: int) -> None:
    """Note the version of the rules."""
    connection.execute("UPDATE claim_rules SET version = ?", (version,))


def list_claims(connection: Connection) -> list[Claim]:
    """All claims, in order of the time they were told."""
    rows = connection.execute(
        f"SELECT {_CLAIM} FROM claim CROSS JOIN moment ON moment.n = claim.moment ORDER BY moment.started_us, claim.n"
    )
    return [_to_claim(row) for row in rows]


def find_claims(connection: Connection, subjects: Iterable[str]) -> list[Claim]:
    """Claims about some subjects (as keys), in order of the time they were told."""
    rows = connection.execute(
        f"SELECT {_CLAIM} FROM json_each(?) AS wanted CROSS JOIN claim ON claim.subject_key = wanted.value"
        " CROSS JOIN moment ON moment.n = claim.moment ORDER BY moment.started_us, claim.n",
        (json.dumps(list(dict.fromkeys(subjects))),),
    )
    return [_to_claim(row) for row in rows]


def _to_claim(row: Sequence[Any]) -> Claim:
    id_, subject, subject_key, relation, about, value, value_key, quote, is_change, until_us, *of_moment = row
    told_us, zone, kind, teller = of_moment
    return Claim(
        moment=id_, subject=subject, subject_key=subject_key, relation=relation, about=about, value=value,
        value_key=value_key, quote=quote, is_change=bool(is_change), until_us=until_us, told_us=told_us, zone=zone,
        kind=Kind(kind), teller=teller,
    )  # fmt: skip
