"""The derived nearest-neighbour index: outbox in, generations, and candidates out.

Role: keeps one Chroma folder in step with SQLite. A rebuild fills a new folder and is switched in one row; a folder
that is missing or broken is noted and rebuilt, and until then its callers search exactly. It can be cut at any point:
what it had done is repeated, and repeating changes nothing.
"""

from __future__ import annotations

import json
import logging
import shutil
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from memory import failpoints
from memory.chroma import ChromaFolder, IndexBroken, collection_name, fingerprint, is_readable
from memory.database import Connection, Database
from memory.home import Home, explained
from memory.matrix import FloatArray

_LOG = logging.getLogger(__name__)
_BATCH = 500
# A forgotten vector leaves traces in Chroma's files until they are written anew; up to this size that is done at once.
_SCRUB_UP_TO = 5_000
_KEY = "index"
_READ_OUTBOX = (
    "SELECT outbox.seq, outbox.model, outbox.unit, outbox.vector, vector.data FROM outbox"
    " LEFT JOIN vector ON vector.n = outbox.vector WHERE outbox.seq > ? ORDER BY outbox.seq LIMIT ?"
)
_READ_VECTORS = "SELECT n, model, unit, n, data FROM vector WHERE n > ? ORDER BY n LIMIT ?"


@dataclass(frozen=True, slots=True)
class IndexState:
    """The row that says which folder is the index.

    Attributes:
        generation: The folder in use; 0 when there is none yet.
        building: The folder being filled for a rebuild; 0 when none is.
        done: The last vector number in ``building``.
        seq: The outbox up to here is contained in ``building`` once it is full.
        seal: Fingerprint of the folder when it was last closed well; empty while it is open.
        is_broken: The folder could not be used; a rebuild is due.
    """

    generation: int = 0
    building: int = 0
    done: int = 0
    seq: int = 0
    seal: str = ""
    is_broken: bool = False


class DerivedIndex:
    """The Chroma index of one owned home. Nothing is opened, and chromadb not imported, before it is needed."""

    def __init__(self, database: Database, home: Home) -> None:
        self._database = database
        self._home = home
        self._work = threading.Lock()
        self._opening = threading.Lock()
        self._folder: ChromaFolder | None = None
        self._opener: threading.Thread | None = None
        self._is_closed = False

    @property
    def state(self) -> IndexState:
        """What the row says."""
        with self._database.read() as connection:
            return read_index_state(connection)

    def drain(self, *, should_stop: Callable[[], bool], at_least: int = 1) -> int:
        """Bring what was written into the index, finishing or starting a rebuild where one is due.

        Args:
            should_stop: Asked between batches.
            at_least: Fewer waiting rows are left waiting.

        Returns:
            How many rows (of the outbox, or of a rebuild) were handled.
        """
        with self._work:
            if not self._is_due(at_least):
                return 0
            try:
                return self._drain(lambda: self._is_closed or should_stop())
            except IndexBroken as error:
                if not self._is_closed:
                    self._note_broken(self.state.generation, error)
                return 0

    def rebuild(self, *, report: Callable[[float], None] = lambda _share: None) -> int:
        """Fill a new folder from SQLite and switch to it; returns how many rows were handled."""
        with self._work:
            self._begin_rebuild()
            try:
                return self._build(lambda: self._is_closed, report)
            except IndexBroken as error:
                if not self._is_closed:
                    self._note_broken(self.state.generation, error)
                return 0

    def candidates(self, query: FloatArray, *, model: int, unit: int, limit: int) -> list[int] | None:
        """Numbers of vectors near a query; None when the index cannot answer (the caller then searches exactly).

        Nobody waits for the folder to be opened, which takes seconds: the first call has it done in a thread.
        """
        folder = self._folder
        if folder is None:
            self._open_soon()
            return None
        if self.state.is_broken:
            return None
        try:
            return folder.query(collection_name(model, unit), query, limit)
        except IndexBroken as error:
            self._give_up(folder, error)
            return None

    def count_wrong(self) -> int | None:
        """How many vectors are in the index but not in SQLite or the other way round; None when it cannot be read."""
        state = self.state
        if state.is_broken or state.generation == 0:
            return None
        try:
            return self._count_wrong(self._open())
        except IndexBroken as error:
            _LOG.warning("index cannot be checked (%s)", error)
            return None

    def note_forgotten(self, connection: Connection) -> None:
        """In the transaction that deletes vectors: have a small index written anew, so that no trace stays in it."""
        state = read_index_state(connection)
        few = "SELECT count(*) FROM (SELECT 1 FROM vector LIMIT ?)"
        n_vectors = int(connection.execute(few, (_SCRUB_UP_TO + 1,)).fetchone()[0])
        if state.generation and n_vectors <= _SCRUB_UP_TO:
            _write_state(connection, replace(state, is_broken=True, building=0))

    def close(self) -> None:
        """Stop what runs, close the folder and note that it was closed well."""
        self._is_closed = True
        if self._opener is not None:
            self._opener.join()
        with self._work, self._opening:
            self._shut()

    def rest(self) -> None:
        """Close the folder, whose graph stays in memory while it is open; who asks it next has it opened again."""
        if not self._work.acquire(blocking=False):
            return
        try:
            with self._opening:
                self._shut()
        finally:
            self._work.release()

    def _shut(self) -> None:
        folder, self._folder = self._folder, None
        if folder is None:
            return
        try:
            folder.close()
        except IndexBroken as error:
            _LOG.warning("index did not close: %s", error)
            return
        self._change(lambda state: replace(state, seal=fingerprint(self._path(state.generation))))

    def _drain(self, should_stop: Callable[[], bool]) -> int:
        state = self.state
        n_rows = 0
        if state.building:
            n_rows = self._build(should_stop, lambda _share: None)
        elif state.is_broken or (state.generation and not self._path(state.generation).is_dir()):
            self._begin_rebuild()
            n_rows = self._build(should_stop, lambda _share: None)
        elif state.generation == 0:
            self._change(lambda before: replace(before, generation=1, seal=""))
        state = self.state
        if state.building or should_stop():
            return n_rows
        folder = self._open()
        while not should_stop():
            n_new = self._drain_batch(folder)
            n_rows += n_new
            if n_new == 0:
                break
        return n_rows

    def _drain_batch(self, folder: ChromaFolder) -> int:
        with self._database.read() as connection:
            rows = connection.execute(_READ_OUTBOX, (0, _BATCH)).fetchall()
        if not rows:
            return 0
        failpoints.hit("before_chroma")
        _put(folder, rows)
        folder.tighten()
        failpoints.hit("after_chroma")
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM outbox WHERE seq <= ?", (rows[-1][0],))
        return len(rows)

    def _begin_rebuild(self) -> None:
        with self._database.transaction() as connection:
            state = read_index_state(connection)
            seq = int(connection.execute("SELECT coalesce(max(seq), 0) FROM outbox").fetchone()[0])
            _write_state(connection, replace(state, building=state.generation + 1, done=0, seq=seq))
        self.sweep()

    def _build(self, should_stop: Callable[[], bool], report: Callable[[float], None]) -> int:
        state = self.state
        path = self._path(state.building)
        if state.done == 0 or not is_readable(path):
            shutil.rmtree(path, ignore_errors=True)
            state = replace(state, done=0)
        with self._database.read() as connection:
            last = int(connection.execute("SELECT coalesce(max(n), 0) FROM vector").fetchone()[0])
        folder = ChromaFolder(path)
        n_rows = 0
        is_full = False
        try:
            while not is_full and not should_stop():
                with self._database.read() as connection:
                    rows = connection.execute(_READ_VECTORS, (state.done, _BATCH)).fetchall()
                is_full = not rows
                if rows:
                    _put(folder, rows)
                    folder.tighten()
                    n_rows += len(rows)
                    state = replace(state, done=rows[-1][0])
                    failpoints.hit("mid_rebuild")
                    self._note_built(state.done)
                    report(min(1.0, state.done / max(1, last)))
        finally:
            folder.close()
        if is_full:
            self._switch(state)
        return n_rows

    def _note_built(self, done: int) -> None:
        self._change(lambda before: replace(before, done=done))

    def _switch(self, state: IndexState) -> None:
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM outbox WHERE seq <= ?", (state.seq,))
            seal = fingerprint(self._path(state.building))
            _write_state(connection, IndexState(generation=state.building, seal=seal))
        failpoints.hit("after_switch")
        with self._opening:
            old, self._folder = self._folder, None
        if old is not None:
            _close_quietly(old)
        self.sweep()

    def _open(self) -> ChromaFolder:
        """The folder in use, opened and trusted: sealed by whoever closed it, or read through in a child first."""
        with self._opening:
            if self._is_closed:
                raise IndexBroken("closed")
            if self._folder is None:
                state = self.state
                try:
                    self._folder = self._open_trusted(self._path(state.generation), state.seal)
                except IndexBroken as error:
                    self._note_broken(state.generation, error)
                    raise
                self._change(lambda before: replace(before, seal=""))
            return self._folder

    def _open_trusted(self, path: Path, seal: str) -> ChromaFolder:
        if not path.is_dir():
            if seal:
                raise IndexBroken("missing")
            return ChromaFolder(path)
        is_sealed = bool(seal) and fingerprint(path) == seal
        if not is_sealed and not is_readable(path):
            raise IndexBroken("unreadable")
        folder = ChromaFolder(path)
        if not is_sealed and self._count_wrong(folder):
            _close_quietly(folder)
            raise IndexBroken("incomplete")
        return folder

    def _open_soon(self) -> None:
        state = self.state
        if state.is_broken or state.generation == 0 or self._is_closed or not self._opening.acquire(blocking=False):
            return
        try:
            if self._opener is None or not self._opener.is_alive():
                self._opener = threading.Thread(target=self._open_quietly, name="index-open", daemon=True)
                self._opener.start()
        finally:
            self._opening.release()

    def _open_quietly(self) -> None:
        with suppress(IndexBroken):  # noted already; searches stay exact
            self._open()

    def _count_wrong(self, folder: ChromaFolder) -> int:
        """Compare every id (a count would not do); what the outbox still holds is not wrong."""
        found = {name: folder.ids(name) for name in folder.names()}
        with self._database.snapshot() as connection:
            kept: dict[str, set[int]] = {}
            for model, unit, number in connection.execute("SELECT model, unit, n FROM vector"):
                kept.setdefault(collection_name(model, unit), set()).add(number)
            pending = {int(row[0]) for row in connection.execute("SELECT vector FROM outbox")}
        return sum(
            len((found.get(name, set()) ^ kept.get(name, set())) - pending) for name in found.keys() | kept.keys()
        )

    def _is_due(self, at_least: int) -> bool:
        with self._database.read() as connection:
            state = read_index_state(connection)
            row = connection.execute("SELECT 1 FROM outbox LIMIT 1 OFFSET ?", (max(0, at_least - 1),)).fetchone()
        is_missing = bool(state.generation) and not self._path(state.generation).is_dir()
        return row is not None or state.is_broken or is_missing or state.building > 0

    def _give_up(self, folder: ChromaFolder, error: IndexBroken) -> None:
        """Stop using a folder that failed in use, unless it was replaced meanwhile."""
        with self._opening:
            if self._folder is not folder or self._is_closed:
                return
            self._folder = None
            self._note_broken(self.state.generation, error)
        _close_quietly(folder)

    def _note_broken(self, generation: int, error: IndexBroken) -> None:
        _LOG.warning("index unusable (%s); searching exactly until it is rebuilt", error)
        self._change(lambda state: replace(state, is_broken=True, seal="") if state.generation == generation else state)

    def _change(self, change: Callable[[IndexState], IndexState]) -> None:
        with self._database.transaction() as connection:
            _write_state(connection, change(read_index_state(connection)))

    def _path(self, generation: int) -> Path:
        return self._home.index / f"gen-{generation}"

    def sweep(self) -> None:
        """Delete the folders of generations that are neither in use nor being filled (a dead process may leave one)."""
        state = self.state
        keep = {self._path(state.generation), self._path(state.building)}
        for path in self._home.index.glob("gen-*"):
            if path not in keep:
                with explained(path):
                    shutil.rmtree(path, ignore_errors=True)


def _put(folder: ChromaFolder, rows: Iterable[tuple[Any, ...]]) -> None:
    """Upsert the vectors of (…, model, unit, vector, data) rows; rows without data are gone and are taken out."""
    come: dict[str, dict[int, bytes]] = {}
    gone: dict[str, set[int]] = {}
    for _position, model, unit, number, data in rows:
        name = collection_name(model, unit)
        if data is None:
            gone.setdefault(name, set()).add(number)
        else:
            come.setdefault(name, {})[number] = data
    for name, vectors in come.items():
        blobs = np.frombuffer(b"".join(vectors.values()), np.float32).reshape(len(vectors), -1)
        folder.upsert(name, list(vectors), blobs)
    for name, numbers in gone.items():
        folder.delete(name, sorted(numbers))


def read_index_state(connection: Connection) -> IndexState:
    """Read the row that says which folder is the index."""
    row = connection.execute("SELECT value FROM setting WHERE key = ?", (_KEY,)).fetchone()
    return IndexState(**json.loads(row[0])) if row else IndexState()


def _write_state(connection: Connection, state: IndexState) -> None:
    connection.execute("INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)", (_KEY, json.dumps(asdict(state))))


def _close_quietly(folder: ChromaFolder) -> None:
    try:
        folder.close()
    except IndexBroken as error:
        _LOG.warning("index did not close: %s", error)
