"""What lies around a moment: on the screen, said by others and photographed within the same minutes; its event.

Role: reads a memory; bounded however much was kept at that time. It finds by time alone, not by meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice

from memory.records import Event, Kind, Moment
from memory.store import Memory, Scope
from recall.trails import iter_steps

_REACH_US = 5 * 60 * 1_000_000  # before it begins and after it ends
_MOST = 5  # of a kind: what is nearest
_MOST_READ = 300  # of a kind on either side: some minutes of talk of many
_MOST_MEMBERS = 300  # of an event, whose people and places are told


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What lies around a moment; the moment itself is in none of it, each in order of time.

    Attributes:
        event: What it belongs to, or None where it stands alone or its day was not cut yet.
        shown: Pages of the screen, one for each window that was looked at.
        said: Utterances of other directions and recordings.
        photographed: Photos and scenes of videos.
        noted: Notes and appointments.
        people: Who spoke in its event, by name, each with the nearest other moment in which they do.
        places: Where its event was, by name, each with the nearest other moment there.
    """

    event: Event | None = None
    shown: tuple[Moment, ...] = ()
    said: tuple[Moment, ...] = ()
    photographed: tuple[Moment, ...] = ()
    noted: tuple[Moment, ...] = ()
    people: tuple[tuple[str, Moment], ...] = ()
    places: tuple[tuple[str, Moment], ...] = ()

    @property
    def moments(self) -> tuple[Moment, ...]:
        """All moments that are named in it."""
        led_to = (moment for _name, moment in (*self.people, *self.places))
        return (*self.shown, *self.said, *self.photographed, *self.noted, *led_to)


def find_around(memory: Memory, moment: Moment) -> Around:
    """Find what lies around a moment."""
    event = next(iter(memory.events.find_events(memory.events.find_of([moment.id]).values()).values()), None)
    members = memory.find_moments(event.moments[:_MOST_MEMBERS]).values() if event is not None else ()

    def near(*kinds: Kind) -> list[Moment]:
        return _read_near(memory, moment, frozenset(kinds))

    screens = sorted([*near(Kind.SCREENSHOT), *([moment] if moment.kind is Kind.SCREENSHOT else [])], key=_time)
    steps = [group for group in iter_steps(screens) if moment not in group]
    heard = [m for m in near(Kind.UTTERANCE) if moment.session is None or _place(m) != _place(moment)]
    return Around(
        event=event,
        shown=_nearest(moment, (min(group, key=lambda m: _distance_us(moment, m)) for group in steps)),
        said=_nearest(moment, heard),
        photographed=_nearest(moment, near(Kind.PHOTO, Kind.SCENE)),
        noted=_nearest(moment, near(Kind.NOTE)),
        people=_find_named(moment, members, lambda m: m.speaker),
        places=_find_named(moment, members, lambda m: m.place.name if m.place else None),
    )


def _read_near(memory: Memory, moment: Moment, kinds: frozenset[Kind]) -> list[Moment]:
    before = Scope(since_us=moment.started_us - _REACH_US, until_us=moment.started_us, kinds=kinds)
    after = Scope(since_us=moment.started_us, until_us=moment.ended_us + _REACH_US, kinds=kinds)
    found = [
        *memory.iter_moments(before, newest_first=True, limit=_MOST_READ),
        *memory.iter_moments(after, limit=_MOST_READ),
    ]
    return [each for each in found if each.id != moment.id]


def _nearest(moment: Moment, found: Iterable[Moment]) -> tuple[Moment, ...]:
    near = islice(sorted(found, key=lambda each: _distance_us(moment, each)), _MOST)
    return tuple(sorted(near, key=_time))


def _find_named(
    moment: Moment, members: Iterable[Moment], name_of: Callable[[Moment], str | None]
) -> tuple[tuple[str, Moment], ...]:
    """Names in an event, each with the moment nearest to the one that is looked at."""
    found: dict[str, Moment] = {}
    for each in sorted(members, key=lambda m: _distance_us(moment, m)):
        name = name_of(each)
        if name and each.id != moment.id:
            found.setdefault(name, each)
    return tuple(islice(found.items(), _MOST))


def _distance_us(moment: Moment, other: Moment) -> int:
    """How long there is between two moments; nothing while they overlap."""
    return max(0, other.started_us - moment.ended_us, moment.started_us - other.ended_us)


def _place(moment: Moment) -> tuple[str | None, int | None]:
    return moment.session, moment.stream


def _time(moment: Moment) -> tuple[int, str]:
    return moment.started_us, moment.id
