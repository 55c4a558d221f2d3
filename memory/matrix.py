"""A derived file of vectors beside SQLite: one growing float32 matrix per model and unit, mapped into memory.

Role: makes exact search over a whole memory fast without holding it in memory. It can be deleted at any time; its rows
are checked against the blobs before they are trusted, and results are always taken from the blobs.
"""

from __future__ import annotations

import mmap
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from memory.home import explained, make_dir, open_private

FloatArray = NDArray[np.float32]
_KEY_BYTES = 16  # two int64: the vector's row number and its moment's
_CHUNK_ROWS = 16_384
# Mapping pages in again costs three times the search itself (measured at 150 MB): done for huge files only.
_RELAX_FROM_BYTES = 512 << 20


class Matrix:
    """Rows of one model and unit: ``keys`` int64 (rows, 2) ascending by vector number; vectors float32 (rows, dim).

    Args:
        stem: Path of the pair of files without their suffixes.
        dim: Length of a vector.
        may_write: False for a reader beside the owner.
    """

    def __init__(self, stem: Path, dim: int, *, may_write: bool) -> None:
        self._data_path = stem.with_suffix(".f32")
        self._keys_path = stem.with_suffix(".keys")
        self._dim = dim
        self._may_write = may_write
        self._map: mmap.mmap | None = None
        self.keys: NDArray[np.int64] = np.empty((0, 2), np.int64)
        self._load()

    @property
    def last(self) -> int:
        """The highest vector number in the matrix; 0 when it is empty."""
        return int(self.keys[-1, 0]) if len(self.keys) else 0

    def vectors(self) -> FloatArray:
        """All rows, float32 (rows, dim), mapped read-only."""
        n_rows = len(self.keys)
        if self._map is None or n_rows == 0:
            return np.empty((0, self._dim), np.float32)
        return np.frombuffer(self._map, np.float32, count=n_rows * self._dim).reshape(n_rows, self._dim)

    def append(self, keys: NDArray[np.int64], data: Sequence[bytes]) -> None:
        """Add rows at the end: keys int64 (rows, 2), data one blob a row. Vectors go first, so a cut leaves no key."""
        with explained(self._data_path):
            make_dir(self._data_path.parent)
            n_rows = len(self.keys)
            _write_at(self._data_path, n_rows * self._dim * 4, b"".join(data))
            _write_at(self._keys_path, n_rows * _KEY_BYTES, np.ascontiguousarray(keys, np.int64).tobytes())
        self.keys = np.concatenate([self.keys, keys.astype(np.int64)])
        self._remap()

    def erase(self, numbers: NDArray[np.int64]) -> None:
        """Overwrite the vectors of some numbers with zeros, in the file; the rows stay until the next rebuild."""
        rows = np.flatnonzero(np.isin(self.keys[:, 0], numbers))
        if len(rows) == 0:
            return
        with explained(self._data_path):
            for row in rows:
                _write_at(self._data_path, int(row) * self._dim * 4, bytes(self._dim * 4), truncate=False)

    def clear(self) -> None:
        """Throw every row away, on disk as well."""
        self.close()
        self.keys = np.empty((0, 2), np.int64)
        if self._may_write:
            with explained(self._data_path):
                self._keys_path.unlink(missing_ok=True)
                self._data_path.unlink(missing_ok=True)

    def scores(self, query: FloatArray, rows: NDArray[np.int64] | None = None) -> FloatArray:
        """Inner products of a query, float32 (dim,), with all rows or with some, chunk by chunk."""
        vectors = self.vectors()
        n_rows = len(vectors) if rows is None else len(rows)
        found = np.empty(n_rows, np.float32)
        for start in range(0, n_rows, _CHUNK_ROWS):
            stop = min(start + _CHUNK_ROWS, n_rows)
            part = vectors[start:stop] if rows is None else vectors[rows[start:stop]]
            np.dot(part, query, out=found[start:stop])
        if len(vectors) * self._dim * 4 > _RELAX_FROM_BYTES:
            self.relax()
        return found

    def close(self) -> None:
        """Let go of the mapping; arrays that still look at it keep it alive."""
        self._map = None

    def relax(self) -> None:
        """Give the mapped pages back to the system's cache, so that a search does not stay in resident memory."""
        if self._map is not None and hasattr(mmap, "MADV_DONTNEED"):
            self._map.madvise(mmap.MADV_DONTNEED)

    def _load(self) -> None:
        try:
            keys = np.fromfile(self._keys_path, np.int64)
            n_data = self._data_path.stat().st_size // (self._dim * 4)
        except FileNotFoundError:
            return
        keys = keys[: len(keys) // 2 * 2].reshape(-1, 2)[:n_data]
        self.keys = keys if len(keys) < 2 or bool((np.diff(keys[:, 0]) > 0).all()) else keys[:0]
        self._remap()

    def _remap(self) -> None:
        self.close()
        if len(self.keys):
            with explained(self._data_path), self._data_path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), len(self.keys) * self._dim * 4, access=mmap.ACCESS_READ)


def _write_at(path: Path, offset: int, data: bytes, *, truncate: bool = True) -> None:
    with os.fdopen(open_private(path, os.O_RDWR | os.O_CREAT), "r+b") as file:
        if truncate:
            file.truncate(offset)
        file.seek(offset)
        file.write(data)
