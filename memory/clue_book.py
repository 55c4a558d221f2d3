"""What moments share, to be read: places, applications, and the moments of a voice, a place or an application.

Role: the part of ``Memory`` that a walk through people, places and applications reads, as ``memory.clues``. It writes
nothing; who the voices are is in ``memory.voices``.
"""

from __future__ import annotations

from collections.abc import Iterator

from memory import clues
from memory.clues import AppSum, Clue, PlaceSum, Spot
from memory.database import Database
from memory.records import Moment
from memory.scope import DayCount

_MOST_SPOTS = 200
_PAGE = 2000


class ClueBook:
    """Reads what moments share. Made by ``Memory``; safe from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def list_places(self) -> list[PlaceSum]:
        """All names of places, those with most moments first."""
        with self._database.read() as connection:
            return clues.list_places(connection)

    def list_spots(self, place: str) -> list[Spot]:
        """Where in a place moments were taken, most first, at most 200."""
        with self._database.read() as connection:
            return clues.list_spots(connection, place, _MOST_SPOTS)

    def list_apps(self) -> list[AppSum]:
        """All applications that were seen on the screen, those seen longest first."""
        with self._database.read() as connection:
            return clues.list_apps(connection)

    def count_days(self, clue: Clue) -> list[DayCount]:
        """How many moments of a clue began on each local date that has any, oldest first."""
        with self._database.read() as connection:
            return clues.count_days(connection, clue)

    def list_moments(
        self,
        clue: Clue,
        *,
        days: tuple[str, str] | None = None,
        before: tuple[int, str] | None = None,
        limit: int = 50,
    ) -> list[Moment]:
        """Moments of a clue, newest first.

        Args:
            clue: What they share.
            days: First and last local date (ISO), or None for all.
            before: (started_us, id) of the last one read before, or None.
            limit: How many at most.
        """
        with self._database.snapshot() as connection:
            return clues.list_moments(connection, clue, days=days, before=before, limit=limit)

    def iter_located(self) -> Iterator[tuple[str, str, float, float]]:
        """Imported moments with a position: id, name of the place, latitude and longitude in degrees."""
        after = -1
        while True:
            with self._database.read() as connection:
                page = clues.list_located(connection, after, _PAGE)
            for _n, moment, name, lat, lon in page:
                yield moment, name, lat, lon
            if len(page) < _PAGE:
                return
            after = page[-1][0]
