"""Nearest moments: which of the two ways of searching is taken.

Role: exact search is always right, and quick enough for some ten thousand vectors or inside a scope; beyond that Chroma
names candidates, whose scores are taken from the blobs all the same.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from memory.database import Connection, Database
from memory.index import DerivedIndex
from memory.matrix import FloatArray
from memory.scope import UNIT_NUMBERS, Hit, Scope, Unit, is_everything
from memory.vectors import ExactSearch, find_model, score_exactly, to_direction

# Exact search over 50,000 x 384 takes about 12 ms on one core, Chroma about 3 ms and a share of the right answers that
# falls with size (facts: .999 at 100,000, .872 at 500,000 by its defaults).
CHROMA_FROM = 50_000
_MAX_PENDING = 2000


class NearestSearch:
    """Both ways over one database.

    Args:
        database: Where the blobs are.
        exact: Search over all of them.
        index: The derived index, or None where it is not used.
        chroma_from: How many vectors of a model and unit there must be before the index is asked.
        clock: Seconds that only go forward.
    """

    def __init__(
        self,
        database: Database,
        exact: ExactSearch,
        index: DerivedIndex | None,
        *,
        chroma_from: int = CHROMA_FROM,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._exact = exact
        self._index = index
        self._chroma_from = chroma_from
        self._clock = clock
        self._used_s = clock()
        self._is_resting = False

    def search(self, query: FloatArray, *, model: str, unit: Unit, scope: Scope | None, limit: int) -> list[Hit]:
        """Nearest moments by cosine, best first.

        Raises:
            ValueError: the query has the wrong length, is zero or not finite.
        """
        self._used_s = self._clock()
        self._is_resting = False
        if self._index is not None and is_everything(scope) and limit > 0:
            hits = self._search_index(self._index, query, model=model, unit=unit, limit=limit)
            if hits is not None:
                return hits
        return self._exact.search(query, model=model, unit=unit, scope=scope, limit=limit)

    def relax(self) -> None:
        """Give mapped vectors back to the system's cache; the next exact search maps them in again."""
        self._exact.relax()

    def rest(self, idle_s: float) -> bool:
        """Give back all memory that searches took, where none was made for so many seconds; says whether it did."""
        if self._is_resting or self._clock() - self._used_s < idle_s:
            return False
        self.relax()
        if self._index is not None:
            self._index.rest()
        self._is_resting = True
        return True

    def _search_index(
        self, index: DerivedIndex, query: FloatArray, *, model: str, unit: Unit, limit: int
    ) -> list[Hit] | None:
        """Hits by way of the index, or None when it is not worth it, not ready, or left moments out."""
        unit_number = UNIT_NUMBERS[unit]
        with self._database.snapshot() as connection:
            known = find_model(connection, model)
            if known is None or not _has_many(connection, known[0], unit_number, self._chroma_from):
                return None
            pending = _list_pending(connection, known[0], unit_number)
        if len(pending) > _MAX_PENDING:
            return None
        direction = to_direction(query, known[1])
        n_wanted = limit + max(32, limit // 4)
        numbers = index.candidates(direction, model=known[0], unit=unit_number, limit=n_wanted)
        if numbers is None:
            return None
        with self._database.read() as connection:
            hits = score_exactly(connection, direction, {*numbers, *pending}, limit)
        return hits if len(hits) >= limit else None


def _has_many(connection: Connection, model: int, unit: int, n_rows: int) -> bool:
    return bool(
        connection.execute(
            "SELECT 1 FROM vector WHERE model = ? AND unit = ? ORDER BY n LIMIT 1 OFFSET ?",
            (model, unit, max(0, n_rows - 1)),
        ).fetchone()
    )


def _list_pending(connection: Connection, model: int, unit: int) -> list[int]:
    """Vectors that the index has not got yet, at most one more than is reasonable to score one by one."""
    rows = connection.execute(
        "SELECT vector FROM outbox WHERE model = ? AND unit = ? AND NOT is_gone LIMIT ?",
        (model, unit, _MAX_PENDING + 1),
    )
    return [int(row[0]) for row in rows]
