from __future__ import annotations

import errno
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from memory.database import Database
from memory.errors import DatabaseDamaged, DiskFull, HomeUnusable, NewerDatabase
from memory.home import Home
from memory.migrate import Migration, check_version, load_migrations, migrate
from memory.store import Memory
from tests.support.memory_process import run_python
from tests.support.memory_samples import build_utterance

ONE = Migration(1, "one", "CREATE TABLE a (x);\nINSERT INTO a VALUES (1);\n")
TWO = Migration(2, "two", "CREATE TABLE b (y);\nINSERT INTO b SELECT x FROM a;\n")
BROKEN = Migration(2, "two", "CREATE TABLE b (y);\nINSERT INTO a VALUES (2);\nINSERT INTO nowhere VALUES (1);\n")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    place = Home(tmp_path)
    place.create()
    return place


@pytest.fixture
def database(home: Home) -> Iterator[Database]:
    opened = Database(home.database)
    yield opened
    opened.close()


def values(database: Database, table: str) -> list[object]:
    with database.read() as connection:
        return [row[0] for row in connection.execute(f"SELECT * FROM {table}")]


def test_steps_are_applied_once_and_in_order(database: Database, home: Home) -> None:
    assert migrate(database, home, now_us=1, migrations=[ONE]) == [ONE]
    assert list(home.backups.iterdir()) == []  # nothing to lose yet
    assert migrate(database, home, now_us=2, migrations=[ONE, TWO]) == [TWO]
    assert migrate(database, home, now_us=3, migrations=[ONE, TWO]) == []
    assert values(database, "b") == [1]
    (backup,) = home.backups.iterdir()
    copy = Database(backup)
    assert check_version(copy, [ONE, TWO]) == 1
    assert values(copy, "a") == [1]
    copy.close()


def test_a_step_that_fails_leaves_nothing_behind(database: Database, home: Home) -> None:
    migrate(database, home, now_us=1, migrations=[ONE])
    with pytest.raises(Exception, match="nowhere"):
        migrate(database, home, now_us=2, migrations=[ONE, BROKEN])
    assert values(database, "a") == [1]
    assert check_version(database, [ONE]) == 1
    assert migrate(database, home, now_us=3, migrations=[ONE, TWO]) == [TWO]


def test_a_newer_database_is_refused_and_not_touched(tmp_path: Path) -> None:
    with Memory.open(tmp_path) as memory, memory._database.transaction() as connection:
        connection.execute("PRAGMA user_version = 99")
    before = (tmp_path / "memory.db").read_bytes()
    for read_only in (False, True):
        with pytest.raises(NewerDatabase, match="99") as caught:
            Memory.open(tmp_path, read_only=read_only)
        assert "Update" in caught.value.hint
    assert (tmp_path / "memory.db").read_bytes() == before


def test_a_changed_migration_is_noticed(database: Database, home: Home) -> None:
    migrate(database, home, now_us=1, migrations=[ONE])
    changed = replace(ONE, script=ONE.script + "-- more\n")
    with pytest.raises(DatabaseDamaged, match="format 1"):
        migrate(database, home, now_us=2, migrations=[changed, TWO])


def test_shipped_migrations_are_numbered_and_load(tmp_path: Path) -> None:
    steps = load_migrations()
    assert [step.number for step in steps] == list(range(1, len(steps) + 1))
    (tmp_path / "0002_x.sql").write_text("SELECT 1;")
    with pytest.raises(ValueError, match="numbered"):
        load_migrations(tmp_path)


def test_line_ends_do_not_change_the_hash(tmp_path: Path) -> None:
    (tmp_path / "0001_x.sql").write_bytes(b"SELECT 1;\r\nSELECT 2;\r\n")
    (windows,) = load_migrations(tmp_path)
    (tmp_path / "0001_x.sql").write_bytes(b"SELECT 1;\nSELECT 2;\n")
    (unix,) = load_migrations(tmp_path)
    assert windows.sha256 == unix.sha256


def test_killed_in_the_first_migration_the_next_opening_works(tmp_path: Path) -> None:
    assert run_python("Memory.open(home)", tmp_path, failpoint="migration").returncode == -9
    with Memory.open(tmp_path) as memory:
        memory.write_moments([build_utterance("hello")])
        assert memory.count_moments() == 1


def test_an_older_database_is_not_read_beside_nobody(database: Database, home: Home) -> None:
    migrate(database, home, now_us=1, migrations=load_migrations()[:0])
    with pytest.raises(HomeUnusable, match="older"):
        Memory.open(home.root, read_only=True)


def test_updates_that_were_cut_leave_one_copy_and_not_one_each(database: Database, home: Home) -> None:
    migrate(database, home, now_us=1, migrations=[ONE])
    (home.backups / "before-0002-5.db.part").write_bytes(b"torn")
    (home.backups / "before-0002-5.db.part-journal").write_bytes(b"torn")
    (home.backups / "before-0002-6.db").write_bytes(b"of a try that was cut after its copy")
    (home.backups / "my own.db").write_bytes(b"the user's")
    migrate(database, home, now_us=7, migrations=[ONE, TWO])
    assert {path.name for path in home.backups.iterdir()} == {"before-0002-7.db", "my own.db"}


def test_half_a_copy_does_not_keep_the_disk_full(
    database: Database, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_file: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    migrate(database, home, now_us=1, migrations=[ONE])
    with monkeypatch.context() as full:
        full.setattr("memory.database.os.fsync", refuse)
        with pytest.raises(DiskFull):
            migrate(database, home, now_us=5, migrations=[ONE, TWO])
    assert list(home.backups.iterdir()) == []
    migrate(database, home, now_us=7, migrations=[ONE, TWO])
    assert [path.name for path in home.backups.iterdir()] == ["before-0002-7.db"]


def test_the_copy_of_an_update_does_not_outlive_what_is_forgotten(tmp_path: Path) -> None:
    with Memory.open(tmp_path, use_chroma=False) as memory:
        memory.write_moments([build_utterance("quokka"), build_utterance("wombat", ordinal=1)])
        copy = memory.home.backups / "before-0016-1.db"
        memory._database.backup(copy)
        assert b"quokka" in copy.read_bytes()
        memory.forget(["nobody"])
        assert copy.is_file()
        memory.forget([build_utterance("quokka").id])
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"quokka" not in kept
    assert b"wombat" in kept
