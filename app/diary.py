"""Days and what is made of them: events, journeys, habits, facts; read, and brought up to what is kept.

Role: puts memory and ``reflect`` together for one user. What a full disk or a cancel leaves is done the next time.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from app.clock import from_iso, to_datetime
from memory.errors import MemoryFault
from memory.facts import Fact, gather, to_key
from memory.records import Event, Gap, Journey, Moment
from memory.store import Memory, Scope
from memory.zones import parse_zone
from models.protocols import CancelToken
from reflect.events import EventMaker
from reflect.facts import FactMaker
from reflect.habits import Habit, find_habits
from reflect.journeys import list_journeys

log = logging.getLogger(__name__)
# Moments that are read for facts, a third of a millisecond each.
FACTS_AFTER_IMPORT = 20_000
FACTS_WAITED_FOR = 1_000  # while somebody waits
FACTS_IDLE = 5_000  # by the way, each minute


class Diary:
    """The days of one memory. Safe from any thread.

    Args:
        memory: What is kept.
        events: Cuts days into events.
        facts: Reads moments for facts.
        zone: The user's.
        own_name: What the user is called, as it is now; may be empty.
    """

    def __init__(
        self, memory: Memory, events: EventMaker, facts: FactMaker, *, zone: str, own_name: Callable[[], str]
    ) -> None:
        self._memory, self._event_maker, self._fact_maker = memory, events, facts
        self._zone, self._own_name = zone, own_name

    def days(self, scope: Scope, *, day: str | None = None) -> Iterator[tuple[str, list[Moment], list[Gap]]]:
        """Days in order of time, each with its moments and the gaps that began on it.

        Args:
            scope: Which moments.
            day: Only this local date (ISO).
        """
        gaps: dict[str, list[Gap]] = {}
        for gap in self._memory.list_gaps(scope):
            gaps.setdefault(to_datetime(gap.started_us, self._zone).date().isoformat(), []).append(gap)
        wanted = {d.date for d in self._memory.list_days(scope)} | set(gaps)
        for name in sorted(wanted if day is None else wanted & {day}):
            around = self._around(name, scope)
            moments = [
                m
                for m in self._memory.iter_moments(around)
                if to_datetime(m.started_us, m.zone).date().isoformat() == name
            ]
            yield name, moments, gaps.get(name, [])

    def refresh_events(self, cancel: CancelToken | None = None) -> None:
        """Cut the days that changed into events anew; what a cancel or a full disk leaves is done the next time."""
        self._reflect(lambda should_stop: self._event_maker.refresh(should_stop=should_stop), cancel)
        self._reflect(lambda should_stop: self._memory.timeline.count_versions(should_stop=should_stop), cancel)

    def refresh_facts(self, cancel: CancelToken | None = None, *, most: int | None = FACTS_WAITED_FOR) -> None:
        """Read what came or changed for facts, no more than ``most`` moments; the rest is read the next time."""
        self._reflect(lambda should_stop: self._fact_maker.refresh(should_stop=should_stop, most=most), cancel)

    def reflect(self, cancel: CancelToken | None = None, *, n_facts: int | None = FACTS_WAITED_FOR) -> None:
        """Bring events up to what is kept, and facts as far as so many moments lead; the rest is read by the way."""
        self.refresh_events(cancel)
        self.refresh_facts(cancel, most=n_facts)

    def _reflect(self, refresh: Callable[[Callable[[], bool]], int], cancel: CancelToken | None) -> None:
        try:
            refresh(lambda: cancel is not None and cancel.is_cancelled)
        except MemoryFault as fault:
            log.warning("events or facts wait: %s", type(fault).__name__)

    def events(self, scope: Scope) -> dict[str, list[Event]]:
        """Events that have a part in the time of a scope, by the local date on which they begin."""
        self.refresh_events()
        by_date: dict[str, list[Event]] = {}
        for event in self._memory.events.list_events(scope.since_us, scope.until_us):
            by_date.setdefault(to_datetime(event.started_us, event.zone).date().isoformat(), []).append(event)
        return by_date

    def journeys(self, scope: Scope) -> list[Journey]:
        """Runs of days away from home that have a part in the time of a scope, told from what was captured."""
        since_us, until_us = scope.since_us, scope.until_us
        return [
            journey
            for journey in list_journeys(self._memory.events)
            if (until_us is None or journey.started_us < until_us) and (since_us is None or journey.ended_us > since_us)
        ]

    def habits(self, n_weeks: int) -> list[Habit]:
        """What comes back on the same weekday, counted over the events of the newest so many weeks."""
        self.refresh_events()
        own = self._own_name()
        return find_habits(self._memory.events.list_traits(n_days=7 * n_weeks), me=(own,) if own else ())

    def facts(self, about: str = "") -> list[Fact]:
        """What moments state, with their evidence; ``about`` keeps those that hold all of its words."""
        self.refresh_facts(most=None)
        wanted = set(to_key(about).split())
        facts = gather(self._memory.claims.list_claims())
        held = (f for f in facts if wanted <= set(to_key(f"{f.subject} {f.relation} {f.value}").split()))
        return sorted(held, key=lambda f: (f.subject.casefold(), f.relation, f.since_us))

    def _around(self, day: str, scope: Scope) -> Scope:
        """The UTC span that can hold a local date in any zone, cut to the scope."""
        first = datetime.combine(date.fromisoformat(day), datetime.min.time(), tzinfo=parse_zone(self._zone))
        since = from_iso((first - timedelta(hours=26)).isoformat(), self._zone)
        until = from_iso((first + timedelta(hours=50)).isoformat(), self._zone)
        return Scope(
            since_us=since if scope.since_us is None else max(since, scope.since_us),
            until_us=until if scope.until_us is None else min(until, scope.until_us),
            kinds=scope.kinds,
        )
