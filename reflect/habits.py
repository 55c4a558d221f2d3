"""Habits: what comes back on the same weekday, or on most days, with the events that show it.

Role: counts over the events of the last weeks; no database, no model. Nothing is kept: a habit is counted when it is
asked for, and is gone as soon as its evidence is. What chance alone could have made is not told: among fifty people and
seven weekdays somebody was there on three of four Fridays without meaning to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from math import comb

from memory.records import Trait

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LEAST_WEEKS = 3  # twice is no habit
_LEAST_DAYS = 7
_MOST = 0.6
_BY_CHANCE = 0.05  # probability that any of all things looks regular by chance (Bonferroni over things and weekdays)
_N_EVIDENCE = 10  # papers.md 1.2: at most ten items stand for a habit


@dataclass(frozen=True, slots=True)
class Habit:
    """One habit.

    Attributes:
        text: In words, with its count.
        weekday: From 0 for Monday; None for most days.
        kind, name: What comes back: "person", "place", "app" or "appointment".
        n_days, of_days: On how many of the days of which anything is known.
        events: Ids of the newest that show it.
    """

    text: str
    weekday: int | None
    kind: str
    name: str
    n_days: int
    of_days: int
    events: tuple[str, ...]


def find_habits(traits: Iterable[Trait], *, me: Collection[str] = ()) -> list[Habit]:
    """Find what comes back.

    Args:
        traits: Of all events of some weeks.
        me: The user's own names: to be there oneself is no habit.

    Returns:
        Habits, the most regular first.
    """
    own = {name.casefold() for name in me}
    known: set[date] = set()
    seen: dict[tuple[str, str], dict[date, list[str]]] = defaultdict(lambda: defaultdict(list))
    for trait in traits:
        day = date.fromisoformat(trait.local_date)
        known.add(day)
        if trait.name and trait.name.casefold() not in own:
            seen[trait.kind, trait.name][day].append(trait.event)
    limit = _BY_CHANCE / max(1, 7 * len(seen))
    found = (_find_habit(kind, name, days, known, limit) for (kind, name), days in seen.items())
    habits = [habit for habit in found if habit is not None]
    return sorted(habits, key=lambda h: (-h.n_days / h.of_days, -h.n_days, h.text))


def _find_habit(
    kind: str, name: str, days: dict[date, list[str]], known: Collection[date], limit: float
) -> Habit | None:
    """The habit of one thing: of most days, else of the weekday on which it is most regular."""
    if len(days) >= _LEAST_DAYS and len(days) >= _MOST * len(known):
        return _to_habit(kind, name, None, days, len(known))
    best: tuple[float, Habit] | None = None
    for weekday in range(7):
        on = {day: events for day, events in days.items() if day.weekday() == weekday}
        n_known = sum(day.weekday() == weekday for day in known)
        n_other = len(known) - n_known
        if len(on) < _LEAST_WEEKS or len(on) < _MOST * n_known:
            continue
        elsewhere = (len(days) - len(on) + 1) / (n_other + 2)  # Laplace: never having been there is no certainty
        chance = _tail(len(on), n_known, elsewhere)
        if chance < limit and (best is None or chance < best[0]):
            best = chance, _to_habit(kind, name, weekday, on, n_known)
    return best[1] if best else None


def _tail(n_hits: int, n_tries: int, share: float) -> float:
    """Probability of so many hits or more in so many tries (binomial)."""
    return sum(
        comb(n_tries, hits) * share**hits * (1 - share) ** (n_tries - hits) for hits in range(n_hits, n_tries + 1)
    )


def _to_habit(kind: str, name: str, weekday: int | None, days: dict[date, list[str]], of_days: int) -> Habit:
    when = "On most days" if weekday is None else f"On most {_DAYS[weekday]}s"
    words = {"person": f"with {name}", "place": f"in {name.split(',')[0]}", "app": f"{name} on the screen"}
    what = words.get(kind, name)
    events = [event for day in sorted(days, reverse=True) for event in days[day]][:_N_EVIDENCE]
    counted = "days" if weekday is None else f"{_DAYS[weekday]}s"
    text = f"{when}: {what} ({len(days)} of {of_days} {counted})."
    return Habit(text, weekday, kind, name, len(days), of_days, tuple(events))
