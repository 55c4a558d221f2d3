"""Vectors: blobs in SQLite (the truth) and the exact search over them.

Role: keeps float32 vectors of unit length under the producer's name it is given, knows which moments still lack them,
and finds nearest neighbours exactly. It knows no model and no Chroma.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from memory import failpoints
from memory.database import Connection, Database
from memory.errors import MemoryFault
from memory.matrix import FloatArray, Matrix
from memory.moments import COLUMNS, find_rows, read_moment
from memory.records import Moment
from memory.scope import UNIT_NUMBERS, Hit, Scope, Unit, VectorRow, is_everything, scope_sql

_LOG = logging.getLogger(__name__)
_NORM_SLACK = 1e-4
_BATCH = 4096
_SAMPLE_ROWS = 16
_DEAD_SHARE = 0.25


def put(connection: Connection, model: str, rows: Sequence[VectorRow]) -> None:
    """Keep vectors in the caller's transaction; those of the same moments and units are replaced.

    Raises:
        ValueError: a vector is not finite, is zero, or has another length than the model's.
    """
    number = _register(connection, model, dim=len(rows[0].vector) if rows else None)
    numbers = {moment.id: n for n, moment in find_rows(connection, {row.moment for row in rows}).items()}
    known = [row for row in rows if row.moment in numbers]  # a moment forgotten meanwhile is no error
    blobs = [_to_blob(row.vector) for row in known]
    if len({len(blob) for blob in blobs}) > 1:
        raise ValueError("vectors of one model differ in length")
    connection.executemany(
        "DELETE FROM vector WHERE moment = ? AND model = ? AND unit = ?",
        {(numbers[row.moment], number, UNIT_NUMBERS[row.unit]) for row in known},
    )
    connection.executemany(
        "INSERT INTO vector (model, unit, moment, part, data) VALUES (?, ?, ?, ?, ?)",
        [
            (number, UNIT_NUMBERS[row.unit], numbers[row.moment], row.part, blob)
            for row, blob in zip(known, blobs, strict=True)
        ],
    )
    connection.executemany(
        "DELETE FROM unembedded WHERE moment = ? AND model = ?", {(numbers[row.moment], number) for row in known}
    )
    failpoints.hit("vectors_put")


def mark_stale(connection: Connection, whole: Iterable[int], windows: Iterable[int]) -> None:
    """Drop vectors that no longer say what their moments say, and put those moments on every embedder's list.

    Args:
        connection: The caller's transaction.
        whole: Row numbers of moments whose own words changed (or are new).
        windows: Row numbers of moments whose neighbours changed: only the vectors of their windows are stale.
    """
    whole, windows = list(whole), list(windows)
    picture = UNIT_NUMBERS["picture"]  # what a picture shows does not change with the words read in it
    connection.executemany(f"DELETE FROM vector WHERE moment = ? AND unit <> {picture}", [(n,) for n in whole])
    window = UNIT_NUMBERS["window"]
    lost = [
        n
        for n in windows
        if connection.execute(f"DELETE FROM vector WHERE moment = ? AND unit = {window} RETURNING 1", (n,)).fetchall()
    ]
    connection.executemany("DELETE FROM unembedded WHERE moment = ?", [(n,) for n in whole])
    connection.executemany(
        "INSERT OR IGNORE INTO unembedded (model, started_us, moment) SELECT model.n, moment.started_us, moment.n"
        " FROM moment JOIN model ON model.wants_text WHERE moment.n = ? AND trim(moment.text) <> ''",
        [(n,) for n in (*whole, *lost)],
    )


def want_texts(connection: Connection, model: str) -> None:
    """From now on keep the list of moments that this model has not embedded; lists those of the past once."""
    number = _register(connection, model, dim=None)
    connection.execute("UPDATE model SET wants_text = 1 WHERE n = ?", (number,))
    connection.execute(
        "INSERT OR IGNORE INTO unembedded (model, started_us, moment) SELECT ?1, started_us, n FROM moment"
        " WHERE trim(text) <> '' AND NOT EXISTS (SELECT 1 FROM vector WHERE vector.moment = moment.n AND model = ?1)",
        (number,),
    )


def is_listed(connection: Connection, model: str) -> bool:
    """Whether ``want_texts`` was called for this model."""
    return bool(connection.execute("SELECT 1 FROM model WHERE name = ? AND wants_text", (model,)).fetchone())


WITHOUT_VECTORS = (
    f"SELECT {COLUMNS} FROM unembedded CROSS JOIN moment ON moment.n = unembedded.moment"
    " WHERE unembedded.model = (SELECT n FROM model WHERE name = ?)"
    " ORDER BY unembedded.started_us, unembedded.moment LIMIT ?"
)


def list_without(connection: Connection, model: str, limit: int) -> list[Moment]:
    """Moments with text that this model has not embedded, oldest first."""
    return [read_moment(row) for row in connection.execute(WITHOUT_VECTORS, (model, limit))]


UNSEEN = (
    "SELECT moment.id FROM moment WHERE moment.kind = ? AND NOT EXISTS"
    " (SELECT 1 FROM vector WHERE vector.moment = moment.n AND vector.unit = ? AND vector.model ="
    " (SELECT n FROM model WHERE name = ?)) AND (CASE moment.kind"
    " WHEN 'scene' THEN moment.picture_sha256 ELSE moment.media_sha256 END) IS NOT NULL ORDER BY moment.started_us DESC"
)


def list_unseen(connection: Connection, model: str, kinds: Iterable[str]) -> list[str]:
    """Ids of moments of these kinds whose pictures have no vector of this model, newest first within a kind."""
    unit = UNIT_NUMBERS["picture"]
    return [row[0] for kind in kinds for row in connection.execute(UNSEEN, (kind, unit, model))]


def has(connection: Connection, *, model: str, unit: Unit) -> bool:
    """Whether there is any vector of a model and unit."""
    wanted = (model, UNIT_NUMBERS[unit])
    sql = "SELECT 1 FROM vector WHERE model = (SELECT n FROM model WHERE name = ?) AND unit = ? LIMIT 1"
    return connection.execute(sql, wanted).fetchone() is not None


def find(connection: Connection, ids: Iterable[str], *, model: str, unit: Unit) -> dict[str, FloatArray]:
    """Vectors of moments, float32 (parts, dim) each; those that have none are left out."""
    rows = connection.execute(
        "SELECT moment.id, vector.data FROM json_each(?) AS wanted CROSS JOIN moment ON moment.id = wanted.value"
        " CROSS JOIN vector ON vector.moment = moment.n"
        " WHERE vector.model = (SELECT n FROM model WHERE name = ?) AND vector.unit = ? ORDER BY vector.part",
        (json.dumps(list(ids)), model, UNIT_NUMBERS[unit]),
    )
    parts: dict[str, list[FloatArray]] = {}
    for moment, data in rows:
        parts.setdefault(moment, []).append(np.frombuffer(data, np.float32))
    return {moment: np.stack(vectors) for moment, vectors in parts.items()}


def find_model(connection: Connection, model: str) -> tuple[int, int] | None:
    """Number and vector length of a model that has vectors."""
    row = connection.execute("SELECT n, dim FROM model WHERE name = ? AND dim IS NOT NULL", (model,)).fetchone()
    return (int(row[0]), int(row[1])) if row else None


def score_exactly(connection: Connection, query: FloatArray, numbers: Iterable[int], limit: int) -> list[Hit]:
    """Score vectors by their blobs: best part of each moment, best moment first; numbers that are gone are left out."""
    rows = connection.execute(
        "SELECT moment.id, vector.data FROM json_each(?) AS wanted CROSS JOIN vector ON vector.n = wanted.value"
        " CROSS JOIN moment ON moment.n = vector.moment",
        (json.dumps([int(n) for n in numbers]),),
    ).fetchall()
    if not rows:
        return []
    vectors = np.frombuffer(b"".join(data for _id, data in rows), np.float32).reshape(len(rows), -1)
    scores = np.einsum("ij,j->i", vectors, query)  # unlike BLAS, the same for a row whatever stands around it
    best: dict[str, float] = {}
    for (moment, _data), score in zip(rows, scores.tolist(), strict=True):
        best[moment] = max(score, best.get(moment, -2.0))
    ranked = sorted(best.items(), key=lambda item: (-item[1], item[0]))
    return [Hit(moment, score) for moment, score in ranked[:limit]]


class ExactSearch:
    """Exact nearest neighbours over one database, with a mapped matrix per model and unit."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._folder = folder
        self._lock = threading.Lock()
        self._matrices: dict[tuple[int, int], Matrix] = {}

    def search(self, query: FloatArray, *, model: str, unit: Unit, scope: Scope | None, limit: int) -> list[Hit]:
        """Nearest moments by cosine, best first; a scope narrows before anything is scored."""
        with self._database.snapshot() as connection:
            known = find_model(connection, model)
            if known is None or limit <= 0:
                return []
            number, dim = known
            direction = to_direction(query, dim)
            with self._lock:
                matrix = self._matrix(connection, number, UNIT_NUMBERS[unit], dim)
                tail = self._sync(connection, matrix, number, UNIT_NUMBERS[unit])
                keys, scores = self._score(connection, matrix, direction, scope, tail)
            return _take_best(connection, direction, keys, scores, limit)

    def rebuild(self) -> None:
        """Throw every matrix away; the next search makes it again from the blobs."""
        with self._lock:
            for matrix in self._matrices.values():
                matrix.clear()
            self._matrices.clear()
            for path in [*self._folder.glob("*.f32"), *self._folder.glob("*.keys")]:
                path.unlink(missing_ok=True)

    def erase(self, vectors: Sequence[tuple[int, int, int, int]]) -> None:
        """Overwrite forgotten vectors in the files.

        Args:
            vectors: (vector number, model number, unit number, dim) of each.
        """
        with self._lock:
            for model, unit, dim in {row[1:] for row in vectors}:
                stem = self._stem(model, unit)
                matrix = self._matrices.get((model, unit)) or Matrix(stem, dim, may_write=True)
                numbers = [row[0] for row in vectors if row[1:] == (model, unit, dim)]
                matrix.erase(np.array(numbers, np.int64))

    def relax(self) -> None:
        """Give mapped pages back to the system; the next search maps them in again."""
        with self._lock:
            for matrix in self._matrices.values():
                matrix.relax()

    def close(self) -> None:
        """Let go of the mapped files."""
        with self._lock:
            for matrix in self._matrices.values():
                matrix.close()
            self._matrices.clear()

    def _stem(self, model: int, unit: int) -> Path:
        return self._folder / f"{model}-{unit}"

    def _matrix(self, connection: Connection, model: int, unit: int, dim: int) -> Matrix:
        matrix = self._matrices.get((model, unit))
        if matrix is None:
            may_write = not self._database.is_read_only
            matrix = Matrix(self._stem(model, unit), dim, may_write=may_write)
            if not _is_true(connection, matrix, model, unit):
                matrix.clear()
            self._matrices[model, unit] = matrix
        return matrix

    def _sync(
        self, connection: Connection, matrix: Matrix, model: int, unit: int
    ) -> tuple[NDArray[np.int64], FloatArray] | None:
        """Append what is new; who may not (a reader beside the owner) or cannot (a full disk) gets it as a tail."""
        keys: list[NDArray[np.int64]] = []
        blobs: list[bytes] = []
        last = matrix.last
        rows = connection.execute(
            "SELECT n, moment, data FROM vector WHERE model = ? AND unit = ? AND n > ? ORDER BY n", (model, unit, last)
        )
        while batch := rows.fetchmany(_BATCH):
            new_keys = np.array([row[:2] for row in batch], np.int64).reshape(-1, 2)
            if keys or not self._try_append(matrix, new_keys, [row[2] for row in batch]):
                keys.append(new_keys)
                blobs.extend(row[2] for row in batch)
        if not keys:
            return None
        return np.concatenate(keys), np.frombuffer(b"".join(blobs), np.float32).reshape(len(blobs), -1)

    def _try_append(self, matrix: Matrix, keys: NDArray[np.int64], blobs: list[bytes]) -> bool:
        if self._database.is_read_only:
            return False
        try:
            matrix.append(keys, blobs)
        except MemoryFault as fault:
            _LOG.warning("matrix not extended (%s); its new rows are read from the database", type(fault).__name__)
            return False
        return True

    @staticmethod
    def _score(
        connection: Connection,
        matrix: Matrix,
        query: FloatArray,
        scope: Scope | None,
        tail: tuple[NDArray[np.int64], FloatArray] | None,
    ) -> tuple[NDArray[np.int64], FloatArray]:
        """Vector numbers and scores of all rows in scope."""
        if is_everything(scope):
            keys, scores = matrix.keys[:, 0], matrix.scores(query)
            if tail is not None:
                return np.concatenate([keys, tail[0][:, 0]]), np.concatenate([scores, tail[1] @ query])
            return keys, scores
        condition, values = scope_sql(scope)
        wanted = np.array(
            [row[0] for row in connection.execute(f"SELECT n FROM moment WHERE 1{condition}", values)], np.int64
        )
        rows = np.flatnonzero(np.isin(matrix.keys[:, 1], wanted))
        keys, scores = matrix.keys[rows, 0], matrix.scores(query, rows)
        if tail is not None:
            inside = np.isin(tail[0][:, 1], wanted)
            return np.concatenate([keys, tail[0][inside, 0]]), np.concatenate([scores, tail[1][inside] @ query])
        return keys, scores


def to_direction(vector: FloatArray, dim: int) -> FloatArray:
    """A query as float32 (dim,) of unit length.

    Raises:
        ValueError: wrong length, zero or not finite.
    """
    if vector.shape != (dim,):
        raise ValueError(f"the query has shape {vector.shape}, the model's vectors have ({dim},)")
    return np.frombuffer(_to_blob(vector), np.float32)


def _take_best(
    connection: Connection, query: FloatArray, keys: NDArray[np.int64], scores: FloatArray, limit: int
) -> list[Hit]:
    """The best ``limit`` moments; rows that are gone or share a moment make it look further down the list."""
    n_wanted = limit + max(16, limit // 4)
    while True:
        n_taken = min(n_wanted, len(keys))
        top = np.argpartition(-scores, n_taken - 1)[:n_taken] if n_taken < len(keys) else np.arange(len(keys))
        hits = score_exactly(connection, query, keys[top].tolist(), limit)
        if len(hits) >= limit or n_taken == len(keys):
            return hits
        n_wanted *= 4


def _is_true(connection: Connection, matrix: Matrix, model: int, unit: int) -> bool:
    """Whether a matrix from disk may be used: few of its rows are gone, none is missing, a sample equals the blobs."""
    n_rows = len(matrix.keys)
    if n_rows == 0:
        return True
    n_alive = int(
        connection.execute(
            "SELECT count(*) FROM vector WHERE model = ? AND unit = ? AND n <= ?", (model, unit, matrix.last)
        ).fetchone()[0]
    )
    if n_alive > n_rows or n_alive < n_rows * (1 - _DEAD_SHARE):
        return False
    vectors = matrix.vectors()
    for row in np.unique(np.linspace(0, n_rows - 1, _SAMPLE_ROWS).astype(int)).tolist():
        number, moment = matrix.keys[row].tolist()
        found = connection.execute("SELECT moment, data FROM vector WHERE n = ?", (number,)).fetchone()
        if found is not None and (found[0] != moment or found[1] != vectors[row].tobytes()):
            return False
    return True


def _register(connection: Connection, model: str, *, dim: int | None) -> int:
    connection.execute("INSERT INTO model (name) VALUES (?) ON CONFLICT DO NOTHING", (model,))
    number, known = connection.execute("SELECT n, dim FROM model WHERE name = ?", (model,)).fetchone()
    if dim is not None and known is None:
        connection.execute("UPDATE model SET dim = ? WHERE n = ?", (dim, number))
    elif dim is not None and known != dim:
        raise ValueError(f"the model's vectors have {known} dimensions, not {dim}")
    return int(number)


def _to_blob(vector: FloatArray) -> bytes:
    array = np.asarray(vector, np.float32)
    norm = float(np.linalg.norm(array))
    if array.ndim != 1 or not np.isfinite(norm) or norm == 0:
        raise ValueError("a vector is not finite or zero")
    if abs(norm - 1) > _NORM_SLACK:
        array = array / np.float32(norm)
    return array.astype("<f4").tobytes()
