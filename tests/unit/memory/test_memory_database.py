from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from memory.database import Database, iter_statements
from memory.errors import DatabaseDamaged, DiskFull, HomeUnusable
from memory.store import Memory
from tests.support.memory_samples import build_utterance


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path / "x.db")
    with opened.transaction() as connection:
        connection.execute("CREATE TABLE t (n INTEGER PRIMARY KEY, data BLOB)")
    yield opened
    opened.close()


def count(database: Database) -> int:
    with database.read() as connection:
        return int(connection.execute("SELECT count(*) FROM t").fetchone()[0])


def test_a_transaction_is_all_or_nothing(database: Database) -> None:
    with pytest.raises(sqlite3.IntegrityError), database.transaction() as connection:
        connection.executemany("INSERT INTO t VALUES (?, 'x')", [(1,), (2,), (1,)])
    assert count(database) == 0
    with database.transaction() as connection:
        connection.execute("INSERT INTO t VALUES (1, 'x')")
    assert count(database) == 1


def test_the_writer_is_durable_and_private(database: Database) -> None:
    with database.transaction() as connection:
        values = {
            name: connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "mmap_size")
        }
    assert values == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "mmap_size": 0}


def test_readers_cannot_write(database: Database) -> None:
    with pytest.raises(HomeUnusable), database.read() as connection:
        connection.execute("INSERT INTO t VALUES (1, 'x')")


def test_a_snapshot_sees_one_state(database: Database) -> None:
    with database.snapshot() as connection:
        assert connection.execute("SELECT count(*) FROM t").fetchone() == (0,)
        with database.transaction() as writer:
            writer.execute("INSERT INTO t VALUES (1, 'x')")
        assert connection.execute("SELECT count(*) FROM t").fetchone() == (0,)
    assert count(database) == 1


def test_many_threads_write_and_read(database: Database) -> None:
    def work(first: int) -> None:
        for n in range(first, first + 25):
            with database.transaction() as connection:
                connection.execute("INSERT INTO t VALUES (?, 'x')", (n,))
            count(database)

    threads = [threading.Thread(target=work, args=(n * 100,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert count(database) == 100


def test_a_full_disk_changes_nothing_and_says_so(database: Database) -> None:
    with database.transaction() as connection:
        connection.execute("INSERT INTO t VALUES (1, 'x')")
        n_pages = connection.execute("PRAGMA page_count").fetchone()[0]
    database._writer.execute(f"PRAGMA max_page_count = {n_pages}")  # SQLITE_FULL, as on a full disk
    with pytest.raises(DiskFull) as caught, database.transaction() as connection:
        connection.execute("INSERT INTO t VALUES (2, zeroblob(100000))")
    assert "full" in str(caught.value)
    assert caught.value.hint
    assert count(database) == 1
    database._writer.execute("PRAGMA max_page_count = 100000")
    with database.transaction() as connection:
        connection.execute("INSERT INTO t VALUES (2, 'y')")
    assert count(database) == 2


def test_our_own_mistakes_are_not_dressed_up(database: Database) -> None:
    with pytest.raises(sqlite3.OperationalError), database.read() as connection:
        connection.execute("SELECT nothing FROM nowhere")


@pytest.mark.parametrize("harm", ["garbage", "header", "zeroed page", "cut"])
def test_a_damaged_database_is_refused_and_left_alone(tmp_path: Path, harm: str) -> None:
    with Memory.open(tmp_path) as memory:
        memory.write_moments([build_utterance("some words " * 30, ordinal=n) for n in range(300)])
    path = tmp_path / "memory.db"
    data = bytearray(path.read_bytes())
    if harm == "garbage":
        data = bytearray(b"\x5a" * 4096)
    elif harm == "header":
        data[:16] = b"SQLite format 9\0"
    elif harm == "zeroed page":
        data[:8192] = data[:100] + bytes(8092)
    else:
        data = data[: len(data) // 3]
    path.write_bytes(data)
    with pytest.raises(DatabaseDamaged) as caught, Memory.open(tmp_path) as memory:
        list(memory.iter_moments())
    assert caught.value.hint
    assert path.read_bytes() == data
    path.unlink()  # the lock was given back
    Memory.open(tmp_path).close()


def test_a_backup_is_a_whole_copy(database: Database, tmp_path: Path) -> None:
    with database.transaction() as connection:
        connection.executemany("INSERT INTO t VALUES (?, 'x')", [(n,) for n in range(1000)])
    database.backup(tmp_path / "copy.db")
    copy = Database(tmp_path / "copy.db")
    assert count(copy) == 1000
    assert copy.find_damage() == []
    copy.close()
    assert not (tmp_path / "copy.db.part").exists()


def test_a_closed_database_says_so(database: Database) -> None:
    database.close()
    database.close()
    with pytest.raises(HomeUnusable):
        count(database)


def test_scripts_are_split_into_statements() -> None:
    script = (
        "-- a; b\nCREATE TABLE a (x);\nCREATE TRIGGER t AFTER INSERT ON a BEGIN\n SELECT 1;\n SELECT 2;\nEND;\n-- end\n"
    )
    first, second = iter_statements(script)
    assert first.endswith("CREATE TABLE a (x);\n")
    assert second.startswith("CREATE TRIGGER")
    assert second.endswith("END;\n")
    with pytest.raises(ValueError, match="inside"):
        list(iter_statements("SELECT 1"))
