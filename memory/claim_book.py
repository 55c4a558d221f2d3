"""The claims of one memory: read by all, written by who reads moments for them; each verb is one transaction.

Role: the part of ``Memory`` that deals with claims, as ``memory.claims``. Claims are derived: all of them can be read
again from the moments.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from memory import claims as table
from memory import failpoints
from memory.database import Database
from memory.records import Claim, Moment


class ClaimBook:
    """The claims of one memory. Made by ``Memory``; safe from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def is_read_only(self) -> bool:
        """Whether nothing can be read anew here."""
        return self._database.is_read_only

    def list_unread(self, *, limit: int) -> list[tuple[int, int, Moment]]:
        """The newest moments that are still to be read: row number, how many changes it has seen, and the moment."""
        with self._database.read() as connection:
            return table.list_unread(connection, limit)

    def put(self, claims: Mapping[int, Sequence[Claim]], *, seen: Mapping[int, int]) -> None:
        """Put the claims of some moments (by row number) in the place of those they had; ``seen`` are their changes."""
        with self._database.transaction() as connection:
            table.put(connection, claims, seen)
            failpoints.hit("claims_put")

    def use_rules(self, version: int) -> None:
        """Have every moment read anew where what is kept was read by other rules."""
        with self._database.read() as connection:
            if table.read_version(connection) == version:
                return
        with self._database.transaction() as connection:
            table.mark_all_unread(connection)
            table.set_version(connection, version)

    def mark_all_unread(self) -> None:
        """Throw all claims away and have every moment read."""
        with self._database.transaction() as connection:
            table.mark_all_unread(connection)

    def list_claims(self) -> list[Claim]:
        """All claims, in order of the time they were told."""
        with self._database.read() as connection:
            return table.list_claims(connection)

    def find_claims(self, subjects: Iterable[str]) -> list[Claim]:
        """Claims about some subjects (as keys), in order of the time they were told."""
        with self._database.read() as connection:
            return table.find_claims(connection, subjects)
