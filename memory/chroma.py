"""The one door to Chroma: a folder of nearest-neighbour collections that can be thrown away at any time.

Role: ids and vectors go in, ids come out; never a text. Importing chromadb takes most of a second, so it happens when
a folder is first opened. Every failure of the library, whatever its class, comes out as ``IndexBroken``.
"""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from memory.home import DIR_MODE, FILE_MODE, make_dir

_PROBE_TIMEOUT_S = 120.0
_PAGE = 5000
_HEADER = struct.Struct("<i4Q")
# More candidates looked at than the library's default of 100: recall before speed, scores are exact afterwards.
_CONFIGURATION = {"hnsw": {"space": "cosine", "ef_search": 300}}


class IndexBroken(Exception):
    """Chroma cannot be used; the index must be rebuilt. Nothing is lost: the vectors are in SQLite."""


class ChromaFolder:
    """One generation of the index.

    Raises:
        IndexBroken: Chroma is not installed or cannot open the folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._collections: dict[str, Any] = {}
        self._client: Any = None
        with _contained():
            make_dir(folder)
            _blank_unused(folder)  # a dead process could not
            import chromadb
            from chromadb.config import Settings

            settings = Settings(anonymized_telemetry=False, allow_reset=False, is_persistent=True)
            self._client = chromadb.PersistentClient(path=str(folder), settings=settings)
            self.tighten()

    def upsert(self, collection: str, ids: Sequence[int], vectors: NDArray[np.float32]) -> None:
        """Add vectors, float32 (rows, dim), or replace those with the same ids."""
        with _contained():
            target = self._collection(collection)
            for start in range(0, len(ids), _PAGE):
                part = slice(start, start + _PAGE)
                target.upsert(
                    ids=[str(n) for n in ids[part]],
                    embeddings=vectors[part],
                    metadatas=[{"unit": collection.partition("-")[2]} for _ in ids[part]],
                )

    def delete(self, collection: str, ids: Sequence[int]) -> None:
        """Take vectors out; ids that are not there are no error."""
        with _contained():
            if ids and collection in self._names():
                self._collection(collection).delete(ids=[str(n) for n in ids])

    def query(self, collection: str, vector: NDArray[np.float32], limit: int) -> list[int]:
        """Ids of the (nearly) nearest vectors, best first."""
        with _contained():
            if collection not in self._collections and collection not in self._names():  # listing takes 5 ms
                return []
            found = self._collection(collection).query(query_embeddings=[vector], n_results=limit, include=[])
            return [int(n) for n in found["ids"][0]]

    def ids(self, collection: str) -> set[int]:
        """Every id that is in the collection: all are listed, none is counted only."""
        with _contained():
            found: set[int] = set()
            if collection not in self._names():
                return found
            while page := self._collection(collection).get(include=[], limit=_PAGE, offset=len(found))["ids"]:
                found.update(int(n) for n in page)
            return found

    def names(self) -> list[str]:
        """Names of the collections."""
        with _contained():
            return self._names()

    def tighten(self) -> None:
        """Give the files that Chroma made their private modes (it follows the umask)."""
        for path in [self._folder, *self._folder.rglob("*")]:
            mode = DIR_MODE if path.is_dir() else FILE_MODE
            if path.exists() and path.stat().st_mode & 0o777 != mode:
                path.chmod(mode)

    def close(self) -> None:
        """Close the files; safe to call twice."""
        client, self._client = self._client, None
        self._collections.clear()
        if client is not None:
            with _contained():
                client.close()
                _blank_unused(self._folder)
            self.tighten()

    def _names(self) -> list[str]:
        return [str(found.name) for found in self._client.list_collections()]

    def _collection(self, name: str) -> Any:  # chromadb.Collection; its types stay behind this door
        if name not in self._collections:
            self._collections[name] = self._client.get_or_create_collection(
                name, embedding_function=None, configuration=_CONFIGURATION
            )
        return self._collections[name]


def collection_name(model: int, unit: int) -> str:
    """Name of the collection of one model's vectors of one unit (Chroma wants three characters or more)."""
    return f"m{model:04d}-{unit}"


def fingerprint(folder: Path) -> str:
    """Names, sizes and times of change of a folder's files: equal means that nobody touched them since."""
    rows = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            stat = path.stat()
            rows.append(f"{path.relative_to(folder).as_posix()}:{stat.st_size}:{stat.st_mtime_ns}")
    return "|".join(rows)


def is_readable(folder: Path) -> bool:
    """Open and read a folder in a child process: a damaged index may crash the reader, which must not be this one."""
    root = str(Path(__file__).resolve().parent.parent)
    command = [sys.executable, "-P", "-m", "memory.chroma", str(folder)]  # a bundle understands these words, too
    try:
        done = subprocess.run(
            command,
            cwd=root,
            env={**os.environ, "PYTHONPATH": root},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PROBE_TIMEOUT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def probe(folder: str) -> None:
    """Read everything that a search reads. Runs in the child that ``is_readable`` starts."""
    index = ChromaFolder(Path(folder))
    for name in index.names():
        ids = sorted(index.ids(name))
        for number in ids[:: max(1, len(ids) // 8)]:
            vector = index._collection(name).get(ids=[str(number)], include=["embeddings"])["embeddings"][0]
            if not index.query(name, np.asarray(vector, np.float32), min(len(ids), 50)):
                raise IndexBroken("a search found nothing")
    index.close()


def _blank_unused(folder: Path) -> None:
    """Zero the unused end of the HNSW segments of a folder that nobody has open.

    A new segment is written with room for some elements, uninitialised: whatever the process had in that memory before,
    forgotten words and vectors among it. Source: hnswlib's ``saveIndex``; the header is int32 version, then uint64
    offset, capacity, count and bytes per element, and the files hold the elements one after the other.
    """
    for header in folder.glob("*/header.bin"):
        data = header.read_bytes()[: _HEADER.size]
        if len(data) < _HEADER.size:
            continue
        version, _offset, _capacity, count, n_bytes = _HEADER.unpack(data)
        if version == 1:
            _blank_from(header.with_name("data_level0.bin"), count * n_bytes)
            _blank_from(header.with_name("length.bin"), count * 4)


def _blank_from(path: Path, used: int) -> None:
    size = path.stat().st_size if path.exists() else 0
    if used < size:
        with path.open("r+b") as file:
            file.seek(used)
            file.write(bytes(size - used))


@contextmanager
def _contained() -> Iterator[None]:
    try:
        yield
    except (KeyboardInterrupt, SystemExit, GeneratorExit, IndexBroken):
        raise
    except BaseException as error:  # its Rust half raises PanicException, which is no Exception
        raise IndexBroken(type(error).__name__) from error


if __name__ == "__main__":
    probe(sys.argv[1])
