"""What callers ask of memory and get from it, beside the records: scopes, hits, vector rows and day counts.

Role: plain frozen records and the one place that turns a ``Scope`` into SQL.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from memory.records import Kind

Unit = Literal["moment", "window", "passage", "picture"]
UNIT_NUMBERS: dict[Unit, int] = {"moment": 0, "window": 1, "passage": 2, "picture": 3}


@dataclass(frozen=True, slots=True)
class VectorRow:
    """One vector of a moment: of its words, the window around it, one passage of a long text, or its picture."""

    moment: str
    unit: Unit
    part: int
    vector: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Hit:
    """A moment that a search found; a higher score is better (lexical: -bm25; vectors: cosine)."""

    moment: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a search may return; None means no limit. Time is half open: since_us <= started_us < until_us."""

    since_us: int | None = None
    until_us: int | None = None
    kinds: frozenset[Kind] | None = None
    sessions: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class DayCount:
    """A local date (ISO) and how many moments began on it."""

    date: str
    n_moments: int


def scope_sql(scope: Scope | None) -> tuple[str, list[object]]:
    """Turn a scope into conditions on table ``moment``.

    Returns:
        " AND …" (or the empty string) and the values of its placeholders.
    """
    if scope is None:
        return "", []
    parts: list[str] = []
    values: list[object] = []
    if scope.since_us is not None:
        parts.append("moment.started_us >= ?")
        values.append(scope.since_us)
    if scope.until_us is not None:
        parts.append("moment.started_us < ?")
        values.append(scope.until_us)
    if scope.kinds is not None:
        _one_of("kind", scope.kinds, parts, values)
    if scope.sessions is not None:
        _one_of("session", scope.sessions, parts, values)
    return "".join(f" AND {part}" for part in parts), values


def is_everything(scope: Scope | None) -> bool:
    """Whether a scope leaves nothing out."""
    return scope is None or scope == Scope()


def _one_of(column: str, wanted: frozenset[Kind] | frozenset[str], parts: list[str], values: list[object]) -> None:
    """One value is compared as such, so that an index on (column, started_us) gives the order of time as well."""
    if len(wanted) == 1:
        parts.append(f"moment.{column} = ?")
        values.append(str(next(iter(wanted))))
    else:
        parts.append(f"moment.{column} IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(sorted(wanted)))
