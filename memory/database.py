"""The one door to SQLite: connections, transactions and what its errors mean.

Role: one writing connection per process, guarded by a lock, which is also the only one that checkpoints (SQLite before
3.51.3 can lose a WAL reset that races with another connection's checkpoint: https://sqlite.org/wal.html#walresetbug);
reading connections are lent one at a time from a pool, so a thread never shares one. It knows no table.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from memory.errors import DatabaseDamaged, DiskFull, HomeUnusable, MemoryFault
from memory.home import explained, open_private

Connection = sqlite3.Connection
SQLITE_VERSION = sqlite3.sqlite_version
_BUSY_MS = 10_000
_WRITER_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA wal_autocheckpoint = 1000",
    "PRAGMA journal_size_limit = 16777216",
)
_SHARED_PRAGMAS = (
    f"PRAGMA busy_timeout = {_BUSY_MS}",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA mmap_size = 0",
    "PRAGMA cache_size = -16000",
)


class Database:
    """One SQLite file, opened by its owner (reads and writes) or beside it (reads only)."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self._path = path
        self._is_read_only = read_only
        self._write_lock = threading.RLock()
        self._pool_lock = threading.Lock()
        self._idle: list[Connection] = []
        self._is_closed = False
        if read_only and not path.is_file():
            raise HomeUnusable(f"There is no memory in {path.parent}.", hint="Import something first.")
        if not read_only:
            with explained(path):
                os.close(open_private(path, os.O_RDWR | os.O_CREAT))  # SQLite gives -wal and -shm the mode of this file
        self._writer = self._open_writer() if not read_only else None
        try:
            with self.read() as connection:  # fails here, with words, when the file is no database
                connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        except BaseException:
            self.close()
            raise

    @property
    def is_read_only(self) -> bool:
        """Whether this process may only read."""
        return self._is_read_only

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """One writing transaction: all of it or nothing. Not to be nested.

        Raises:
            DiskFull: no room; nothing was changed.
            DatabaseDamaged: SQLite says so.
        """
        if self._writer is None:
            raise HomeUnusable("This memory was opened for reading only.", hint="Close the other Madeleine first.")
        with self._write_lock, translated():
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield self._writer
                self._writer.execute("COMMIT")
            except BaseException:
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")
                raise

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Lend a reading connection to this thread: one consistent view for the length of each statement."""
        connection = self._take()
        try:
            with translated():
                yield connection
        finally:
            self._give_back(connection)

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """Lend a reading connection that sees one state of the database for the length of the block."""
        with self.read() as connection:
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.execute("COMMIT")

    def checkpoint(self) -> None:
        """Bring the log into the database and empty it, as far as readers allow."""
        if self._writer is not None:
            with self._write_lock, translated():
                self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def backup(self, target: Path) -> None:
        """Write a consistent copy (0600) with the backup interface, durable when this returns."""
        partial = target.with_name(target.name + ".part")
        try:
            with explained(target), translated():
                self._write_copy(partial)
                partial.replace(target)
        except Exception:  # half a copy is of no use, and the disk may be full because of it
            for torn in target.parent.glob(f"{partial.name}*"):
                torn.unlink(missing_ok=True)
            raise

    def _write_copy(self, path: Path) -> None:
        os.close(open_private(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC))
        copy = sqlite3.connect(path)
        try:
            with self.read() as connection:
                connection.backup(copy)
        finally:
            copy.close()
        with path.open("rb+") as file:
            os.fsync(file.fileno())

    def find_damage(self) -> list[str]:
        """What SQLite's quick check finds wrong; empty when all is well."""
        with self.read() as connection:
            lines = [str(row[0]) for row in connection.execute("PRAGMA quick_check(20)")]
        return [] if lines == ["ok"] else lines

    def close(self) -> None:
        """Close every connection; safe to call twice."""
        with self._write_lock, self._pool_lock:
            if self._is_closed:
                return
            self._is_closed = True
            for connection in self._idle:
                connection.close()
            self._idle.clear()
            if self._writer is not None:
                self._writer.close()

    def _open_writer(self) -> Connection:
        with translated():
            connection = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
            try:
                for pragma in _SHARED_PRAGMAS + _WRITER_PRAGMAS:
                    connection.execute(pragma).fetchone()
            except BaseException:
                connection.close()
                raise
            return connection

    def _open_reader(self) -> Connection:
        uri = f"file:{quote(str(self._path.absolute()))}?mode=ro"
        connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
        for pragma in (*_SHARED_PRAGMAS, "PRAGMA query_only = ON"):
            connection.execute(pragma).fetchone()
        return connection

    def _take(self) -> Connection:
        with self._pool_lock:
            if self._is_closed:
                raise HomeUnusable("This memory is closed.")
            if self._idle:
                return self._idle.pop()
        with translated():
            return self._open_reader()

    def _give_back(self, connection: Connection) -> None:
        with self._pool_lock:
            if self._is_closed:
                connection.close()
            else:
                self._idle.append(connection)


@contextmanager
def translated() -> Iterator[None]:
    """Turn SQLite's errors about the world (disk, file, lock) into ours; errors of our own SQL pass as they are."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        fault = _to_fault(error)
        if fault is None:
            raise
        raise fault from error


def iter_statements(script: str) -> Iterator[str]:
    """Split a script into its statements, for running them inside one transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if any(line.strip() and not line.lstrip().startswith("--") for line in statement.splitlines()):
        raise ValueError("the script ends inside a statement")


def _to_fault(error: sqlite3.DatabaseError) -> MemoryFault | None:
    code = getattr(error, "sqlite_errorcode", None)
    primary = code & 0xFF if isinstance(code, int) else None
    make = _FAULTS.get(primary) if primary is not None else None
    return make() if make else None


def _disk_full() -> MemoryFault:
    return DiskFull("The disk is full. Nothing that was stored before is lost.", hint="Free some space, then retry.")


def _damaged() -> MemoryFault:
    return DatabaseDamaged(
        "The database of this memory is damaged or is not a database. It was left as it is.",
        hint="Restore a backup, or run `madeleine doctor` for what can still be read.",
    )


def _busy() -> MemoryFault:
    return HomeUnusable("The database stayed busy for too long.", hint="Close other programs that have it open.")


def _unusable() -> MemoryFault:
    return HomeUnusable("The database cannot be read or written.", hint="Check the disk and the folder's permissions.")


_FAULTS: dict[int, Callable[[], MemoryFault]] = {
    sqlite3.SQLITE_FULL: _disk_full,
    sqlite3.SQLITE_CORRUPT: _damaged,
    sqlite3.SQLITE_NOTADB: _damaged,
    sqlite3.SQLITE_BUSY: _busy,
    sqlite3.SQLITE_LOCKED: _busy,
    sqlite3.SQLITE_IOERR: _unusable,
    sqlite3.SQLITE_CANTOPEN: _unusable,
    sqlite3.SQLITE_READONLY: _unusable,
    sqlite3.SQLITE_PERM: _unusable,
}
