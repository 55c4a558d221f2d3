"""The events of one memory: read by all, written by who cuts the days; each verb is one transaction.

Role: the part of ``Memory`` that deals with events, as ``memory.events``. Events are derived: all of them can be made
again from the moments.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from memory import event_words, events
from memory.database import Database
from memory.event_words import Unworded
from memory.records import Event, EventWords, Stay, Trace, Trait


class EventBook:
    """The events of one memory. Made by ``Memory``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def is_read_only(self) -> bool:
        """Whether nothing can be cut anew here."""
        return self._database.is_read_only

    def list_stale(self) -> dict[str, int]:
        """Local dates (ISO) whose events must be cut anew, each with how many changes it has seen."""
        with self._database.read() as connection:
            return events.list_stale(connection)

    def read_traces(self, dates: Sequence[str], model: str) -> list[Trace]:
        """What cutting looks at, of all moments of some local dates, in order of time; vectors are those of a model."""
        with self._database.read() as connection:
            return events.read_traces(connection, dates, model)

    def put_days(self, days: Mapping[str, Sequence[Event]], *, settled: Mapping[str, int]) -> None:
        """Put the events of some days in the place of those they had.

        Args:
            days: By local date.
            settled: Dates that are true now, with the changes they had seen when they were read; one that has seen
                more since stays stale.
        """
        with self._database.transaction() as connection:
            for date, found in days.items():
                events.put_day(connection, date, found)
            for date, changes in settled.items():
                events.settle(connection, date, changes)

    def mark_all_stale(self) -> None:
        """Throw all events away and have every day cut anew."""
        with self._database.transaction() as connection:
            events.mark_all_stale(connection)

    def list_unworded(self, *, rules: int, until_us: int, limit: int) -> list[Unworded]:
        """Events that ended before a time and that no model has read by these rules, in the order to read them."""
        with self._database.read() as connection:
            return event_words.list_unworded(connection, rules=rules, until_us=until_us, limit=limit)

    def has_unworded(self, *, rules: int, until_us: int) -> bool:
        """Whether there is any of these: quick, for it is asked each minute."""
        with self._database.read() as connection:
            return event_words.has_unworded(connection, rules=rules, until_us=until_us)

    def put_words(self, number: int, words: EventWords) -> bool:
        """Keep what a model made of an event, by the number of its row; False where that is not there any more."""
        with self._database.transaction() as connection:
            return event_words.put(connection, number, words)

    def drop_words(self) -> int:
        """Drop all that a model made of events, so that they are called as rules call them; returns how many."""
        with self._database.transaction() as connection:
            return event_words.drop_all(connection)

    def list_events(self, since_us: int | None = None, until_us: int | None = None) -> list[Event]:
        """Events that have a part in a stretch of time (None is open), in order of time."""
        with self._database.read() as connection:
            return events.list_events(connection, since_us, until_us)

    def find_events(self, ids: Iterable[str]) -> dict[str, Event]:
        """Read events; those that are not there are left out."""
        with self._database.read() as connection:
            return events.find_events(connection, ids)

    def list_traits(self, *, n_days: int) -> list[Trait]:
        """People, places, applications and appointments of the events of the newest so many days."""
        with self._database.read() as connection:
            return events.list_traits(connection, n_days)

    def list_seen(self, ids: Iterable[str], *, limit: int, near_us: int = 0) -> dict[str, list[str]]:
        """At most so many pictures and notes of each event, and behind them those that near before or after it."""
        with self._database.read() as connection:
            return events.list_seen(connection, ids, limit, near_us)

    def list_stays(self) -> list[Stay]:
        """Where each local date was spent, as far as moments know their position, in order of time."""
        with self._database.read() as connection:
            return events.list_stays(connection)

    def list_planned(self, since_us: int, until_us: int) -> list[str]:
        """Titles of the calendar's appointments of a day or longer that begin in a stretch of time."""
        with self._database.read() as connection:
            return events.list_planned(connection, since_us, until_us)

    def find_of(self, moments: Iterable[str]) -> dict[str, str]:
        """The id of the event of each moment; those that belong to none are left out."""
        with self._database.read() as connection:
            return events.find_of(connection, moments)
