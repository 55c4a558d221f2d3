"""Computed answers: which came first, how long ago, how long between, the first and the last time.

Role: arithmetic over the days of ``recall.happened``; the words are ours, no model is asked. Wherever the days overlap,
or the doubt in them is as large as the unit asked for, there is no computed answer and the model reads on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from recall.happened import Happening
from recall.reckon import Reckon, Reckoning, alternatives
from recall.results import Citation

_DAYS = {"day": 1, "week": 7, "month": 30.4375, "year": 365.25}
# The doubt that an answer in a unit may have: "about 3 weeks" of days known to a week, "4 months" of a known month.
_MAY_BE_LOOSE = {"day": 0, "week": 7, "month": 31, "year": 366}


@dataclass(frozen=True, slots=True)
class Computed:
    """An answer that was computed, each thing reckoned with cited."""

    text: str
    citations: tuple[Citation, ...]


Tell = Callable[[Reckoning, Sequence[Happening], str, date], Computed | None]


def compute(reckoning: Reckoning, found: Sequence[Happening], *, question: str, today: date) -> Computed | None:
    """Compute the answer.

    Args:
        reckoning: What is asked.
        found: One happening a phrase of it, in its order; of a first or last time, all that are told of.
        question: As asked, for the words of its alternatives.
        today: The local day it is asked on.
    """
    return _TELLERS[reckoning.kind](reckoning, found, question, today) if reckoning.kind in _TELLERS else None


def cite(found: Sequence[Happening]) -> tuple[list[int], tuple[Citation, ...]]:
    """Number the moments, each once.

    Returns:
        The number of each happening, and the citations.
    """
    numbers: dict[str, int] = {}
    citations = []
    for each in found:
        if each.moment.id not in numbers:
            numbers[each.moment.id] = len(numbers) + 1
            citations.append(Citation(numbers[each.moment.id], each.moment.id, each.sentence))
    return [numbers[each.moment.id] for each in found], tuple(citations)


def _order(reckoning: Reckoning, found: Sequence[Happening], question: str, _today: date) -> Computed | None:
    names = alternatives(question)
    if len(found) != 2 or names is None:
        return None
    both = sorted(zip(found, names, strict=True), key=lambda pair: pair[0].first, reverse=reckoning.later)
    (one, first), (other, second) = both
    if not (other.last < one.first if reckoning.later else one.last < other.first):
        return None
    (n, m), citations = cite((one, other))
    word, then = ("Last", "before it") if reckoning.later else ("First", "then")
    return Computed(f"{word} {first} ({one.told}) [{n}], {then} {second} ({other.told}) [{m}].", citations)


def _ago(reckoning: Reckoning, found: Sequence[Happening], _question: str, today: date) -> Computed | None:
    if len(found) != 1 or found[0].first > today:
        return None
    event = found[0]
    length = _tell_length(reckoning.unit, (event, _at(today, event)))
    if length is None:
        return None
    (n,), citations = cite(found)
    return Computed(f"{length[0].upper()}{length[1:]} ago: {event.told} [{n}].", citations)


def _between(reckoning: Reckoning, found: Sequence[Happening], _question: str, _today: date) -> Computed | None:
    if len(found) != 2 or found[0].moment.id == found[1].moment.id:
        return None
    one, other = sorted(found, key=lambda h: h.first)
    length = _tell_length(reckoning.unit, (one, other))
    if length is None or one.last > other.first:
        return None
    (n, m), citations = cite((one, other))
    return Computed(
        f"{length[0].upper()}{length[1:]}: from {one.told} [{n}] to {other.told} [{m}].",
        citations,
    )


def _once(reckoning: Reckoning, found: Sequence[Happening], _question: str, _today: date) -> Computed | None:
    """The first or last of all that are told of; one that may lie on either side of another decides nothing."""
    ranked = sorted(found, key=lambda h: h.first, reverse=reckoning.kind is Reckon.LAST)
    if not ranked:
        return None
    best = ranked[0]
    (n,), citations = cite((best,))
    word = "first" if reckoning.kind is Reckon.FIRST else "last"
    return Computed(f"The {word} time that the memory tells of: {best.told} [{n}].", citations)


_TELLERS: dict[Reckon, Tell] = {
    Reckon.ORDER: _order,
    Reckon.AGO: _ago,
    Reckon.BETWEEN: _between,
    Reckon.FIRST: _once,
    Reckon.LAST: _once,
}


def _at(day: date, like: Happening) -> Happening:
    return Happening(like.moment, like.sentence, day, day, "", like.covered)


def _tell_length(unit: str, ends: tuple[Happening, Happening]) -> str | None:
    """The time between two happenings in the unit asked for (or the one that suits), None where it is in doubt."""
    one, other = ends
    middle = (other.first.toordinal() + other.last.toordinal() - one.first.toordinal() - one.last.toordinal()) / 2
    loose = one.n_loose + other.n_loose
    unit = unit or _suiting(middle, loose)
    if middle < 0 or loose > _MAY_BE_LOOSE[unit]:
        return None
    number = round(middle / _DAYS[unit])
    if number == 0 and unit != "day":
        return None
    about = "about " if loose or abs(middle / _DAYS[unit] - number) > 0.15 else ""
    return f"{about}{number} {unit}{'' if number == 1 else 's'}"


def _suiting(n_days: float, loose: int) -> str:
    """The unit that a length is told in where none was asked for."""
    for unit, least in (("year", 730), ("month", 75), ("week", 21)):
        if n_days >= least:
            return unit
    return "day" if loose == 0 else "week"
