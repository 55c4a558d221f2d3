"""The timeline of one memory, to be read: stretches of time, what comes next, where it begins and ends.

Role: the part of ``Memory`` that a timeline reads, as ``memory.timeline``. It writes nothing but what it counts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from memory import timeline, version_tally
from memory.database import Database
from memory.records import Kind
from memory.timeline import Band, GapSpan, Mark, Tile, is_same_picture

MOST_MARKS = 160  # of a kind in one tile; more are shown as numbers
MOST_BANDS = 64
_HOURS_AT_ONCE = 100  # in one transaction: some tens of milliseconds


class TimelineBook:
    """Reads what a timeline shows. Made by ``Memory``; safe from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def read_tile(self, since_us: int, bucket_us: int, n_buckets: int, *, most_marks: int = MOST_MARKS) -> Tile:
        """Read a stretch of time: numbers for each bucket, single moments where there are few, events and gaps."""
        with self._database.snapshot() as connection:
            return timeline.read_tile(
                connection, since_us, bucket_us, n_buckets, most_marks=most_marks, most_bands=MOST_BANDS
            )

    def count_versions(self, *, should_stop: Callable[[], bool] = lambda: False) -> int:
        """Count which pictures are versions of others, in the hours where that changed; returns how many hours.

        Args:
            should_stop: Asked between some hours and the next; what is left is counted the next time.
        """
        n_counted = 0
        while not self._database.is_read_only:
            with self._database.read() as connection:
                stale = version_tally.list_stale(connection, _HOURS_AT_ONCE)
            if not stale or should_stop():
                break
            with self._database.transaction() as connection:
                for begins_us, changes in stale.items():
                    version_tally.count_again(connection, begins_us, changes)
            n_counted += len(stale)
            if len(stale) < _HOURS_AT_ONCE:
                break
        return n_counted

    def read_bounds(self) -> tuple[int, int] | None:
        """When the first and the last moment began; None where there is none."""
        with self._database.read() as connection:
            return timeline.read_bounds(connection)

    def find_mark(self, moment: str) -> Mark | None:
        """A moment by its id."""
        with self._database.read() as connection:
            return timeline.find_mark(connection, moment)

    def find_beside(self, kinds: Sequence[Kind], at: tuple[int, str], *, forward: bool) -> Mark | None:
        """The next moment of some kinds after (or before) that at ``at``: (started_us, id).

        What is but another version of the picture one is at is passed over.
        """
        with self._database.snapshot() as connection:
            here = timeline.find_mark(connection, at[1])
            found = timeline.find_beside(connection, kinds, at, forward=forward)
            while found is not None and here is not None and is_same_picture(here, found):
                found = timeline.find_beside(connection, kinds, (found.started_us, found.id), forward=forward)
            return found

    def find_band_beside(self, at: tuple[int, str], *, forward: bool) -> Band | None:
        """The next event after (or before) that at ``at``: (started_us, id)."""
        with self._database.read() as connection:
            return timeline.find_band_beside(connection, at, forward=forward)

    def find_gap_beside(self, at_us: int, *, forward: bool) -> GapSpan | None:
        """The gap that begins next after (or before) a time."""
        with self._database.read() as connection:
            return timeline.find_gap_beside(connection, at_us, forward=forward)
