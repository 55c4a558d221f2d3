"""How well events that were found fit the true ones of a generated month.

Role: ids and their events in, numbers out. What truly belongs to no event counts for nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from _month_life import Kept

TOLERANCE = timedelta(minutes=5)  # a boundary is found when the event begins within five minutes of the true one


@dataclass(frozen=True, slots=True)
class Fit:
    """Boundaries inside days, and members.

    Attributes:
        n_true, n_found, n_right: Beginnings of events, the first of each day left out; right within the tolerance.
        n_exact: Right to the very moment.
        together: B-cubed F1 of who is with whom (Bagga and Baldwin 1998).
    """

    n_true: int
    n_found: int
    n_right: int
    n_exact: int
    together: float

    @property
    def precision(self) -> float:
        """Share of the boundaries found that are right."""
        return self.n_right / max(1, self.n_found)

    @property
    def recall(self) -> float:
        """Share of the true boundaries that were found."""
        return self.n_right / max(1, self.n_true)

    @property
    def f1(self) -> float:
        """F1 of boundaries."""
        return 2 * self.n_right / max(1, self.n_true + self.n_found)

    @property
    def exact_f1(self) -> float:
        """F1 of boundaries found at the very moment."""
        return 2 * self.n_exact / max(1, self.n_true + self.n_found)


def fit(kept: Sequence[Kept], found: Mapping[str, str]) -> Fit:
    """Compare the events found (event by id of the moment) with the true ones."""
    rows = [one for one in kept if one.event is not None]
    true = _beginnings(rows, {one.id: str(one.event) for one in rows})
    ours = _beginnings(rows, {one.id: found.get(one.id, one.id) for one in rows})
    exact = len({one.id for one in true} & {one.id for one in ours})
    return Fit(len(true), len(ours), _match(true, ours), exact, _b_cubed(rows, found))


def _beginnings(rows: Sequence[Kept], event_of: Mapping[str, str]) -> list[Kept]:
    """The first moment of each event, without those that open a day."""
    seen: set[str] = set()
    days: set[object] = set()
    begins = []
    for one in rows:
        is_new = event_of[one.id] not in seen
        seen.add(event_of[one.id])
        if is_new and one.at.date() in days:
            begins.append(one)
        days.add(one.at.date())
    return begins


def _match(true: Sequence[Kept], ours: Sequence[Kept]) -> int:
    """How many pairs lie within the tolerance, each boundary in one pair at most; closest pairs first."""
    pairs = sorted(
        (abs(a.at - b.at), i, j)
        for i, a in enumerate(true)
        for j, b in enumerate(ours)
        if abs(a.at - b.at) <= TOLERANCE
    )
    used_true: set[int] = set()
    used_ours: set[int] = set()
    for _apart, i, j in pairs:
        if i not in used_true and j not in used_ours:
            used_true.add(i)
            used_ours.add(j)
    return len(used_true)


def _b_cubed(rows: Sequence[Kept], found: Mapping[str, str]) -> float:
    ours: dict[str, set[str]] = defaultdict(set)
    true: dict[str, set[str]] = defaultdict(set)
    for one in rows:
        ours[found.get(one.id, one.id)].add(one.id)
        true[str(one.event)].add(one.id)
    precision = recall = 0.0
    for one in rows:
        mine, its = ours[found.get(one.id, one.id)], true[str(one.event)]
        both = len(mine & its)
        precision += both / len(mine)
        recall += both / len(its)
    return 2 * precision * recall / max(1e-9, len(rows) * (precision + recall))
