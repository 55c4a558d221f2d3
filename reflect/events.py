"""Events of the memory: days that changed are cut anew, a few at a time.

Role: reads what cutting looks at, cuts, names, and puts the events back. It can be stopped at any point: a day is
either put whole with its mark taken away, or is still marked. Nothing here needs a model;
vectors that are there are used.
"""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Callable, Collection

from memory.records import Event, Trace
from memory.store import Memory
from reflect.segment import Run, cut_day, next_day, touched_days, waking_date
from reflect.titles import Namer

log = logging.getLogger(__name__)


class EventMaker:
    """Cuts days into events.

    Args:
        memory: Where from and where to.
        model: Whose vectors tell what moments are about; without them the other signs decide.
        idle_words: Words that say nothing in a title.
        me: The user's own names.
    """

    def __init__(
        self, memory: Memory, *, model: str | None, idle_words: Collection[str] = (), me: Collection[str] = ()
    ) -> None:
        self._memory = memory
        self._model = model or ""
        self._idle_words = idle_words
        self._me = tuple(me)
        self._cutting = threading.Lock()

    def refresh(self, *, should_stop: Callable[[], bool] = lambda: False) -> int:
        """Cut the days that changed, the newest first; returns how many were cut.

        Args:
            should_stop: Asked between days; what is left stays marked.
        """
        book = self._memory.events
        if book.is_read_only:
            return 0
        with self._cutting:
            stale = book.list_stale()
            days = sorted({day for date in stale for day in touched_days(date)}, reverse=True)
            for n_cut, day in enumerate(days):
                if should_stop():
                    return n_cut
                after = next_day(day)  # its moments count to this day too, and its own day was cut just before
                book.put_days({day: self._events_of(day)}, settled={d: stale[d] for d in (after,) if d in stale})
        if days:
            log.info("events: %d days cut", len(days))
        return len(days)

    def _events_of(self, day: str) -> list[Event]:
        dates = [day, next_day(day)]
        traces = [
            t for t in self._memory.events.read_traces(dates, self._model)
            if waking_date(t.started_us, t.zone).isoformat() == day
        ]  # fmt: skip
        runs = cut_day(traces)
        namer = Namer(runs, idle_words=self._idle_words, me=self._me)
        return [_to_event(run, day, namer) for run in runs]


def _to_event(run: Run, day: str, namer: Namer) -> Event:
    first = run.traces[0]
    return Event(
        id=event_id(first),
        local_date=day,
        started_us=first.started_us,
        ended_us=max(t.ended_us for t in run.traces),
        zone=first.zone,
        title=namer.title(run),
        summary=namer.summary(run),
        reason=run.reason,
        moments=tuple(dict.fromkeys(t.id for t in (*run.traces, *run.appointments))),
    )


def event_id(first: Trace) -> str:
    """The id of the event that begins with a moment: "e" and 84 bits of BLAKE2b in base 16."""
    return "e" + hashlib.blake2b(f"event\x1f{first.id}".encode(), digest_size=16).hexdigest()[:21]
