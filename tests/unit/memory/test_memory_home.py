from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from memory.errors import DiskFull, HomeLocked, HomeUnusable
from memory.home import Home, HomeLock, explained, make_dir, open_private
from memory.store import Memory
from tests.support.memory_process import run_python

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")


def modes_of(root: Path) -> dict[str, int]:
    return {str(path.relative_to(root)): stat.S_IMODE(path.lstat().st_mode) for path in [root, *root.rglob("*")]}


@posix_only
def test_everything_is_private_whatever_the_umask(tmp_path: Path) -> None:
    home = tmp_path / "home"
    done = run_python(
        """
        os.umask(0)
        with Memory.open(home) as memory:
            (home.parent / "sound.wav").write_bytes(b"RIFF")
            media = memory.keep_file(home.parent / "sound.wav")
            moment = build_utterance("hello", media=media)
            memory.write_moments([moment])
            memory.put_vectors("hash", rows([moment]))
            memory.search_vectors(hash_vector("hello"), model="hash")
            memory.drain_outbox()
            memory._database.backup(home / "backups" / "copy.db")
            memory.thumbnail_path(moment.id)
            for path in [home, *home.rglob("*")]:
                print(path.relative_to(home), oct(path.lstat().st_mode & 0o777), "d" if path.is_dir() else "f")
        """,
        home,
    )
    assert done.returncode == 0, done.stderr
    rows = [line.rsplit(" ", 2) for line in done.stdout.splitlines()]
    assert {name for name, mode, kind in rows if (mode, kind) not in {("0o700", "d"), ("0o600", "f")}} == set()
    assert {"memory.db", "memory.db-wal", "memory.db-shm", "lock", "backups/copy.db"} <= {row[0] for row in rows}
    assert any("chroma.sqlite3" in row[0] for row in rows)
    assert set(modes_of(home).values()) <= {0o700, 0o600}


@posix_only
def test_a_folder_that_is_too_open_is_tightened(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    Memory.open(tmp_path).close()
    assert modes_of(tmp_path)["."] == 0o700


def test_a_second_process_is_refused_and_told_who_has_it(tmp_path: Path) -> None:
    with Memory.open(tmp_path):
        other = run_python(
            """
            from memory.errors import HomeLocked
            try:
                Memory.open(home)
            except HomeLocked as error:
                print(error, "|", error.hint)
            with Memory.open(home, read_only=True) as reader:
                print(reader.count_moments())
            """,
            tmp_path,
        )
    assert other.returncode == 0, other.stderr
    first, second = other.stdout.splitlines()
    assert str(os.getpid()) in first
    assert "|" in first
    assert second == "0"


def test_the_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    died = run_python("memory = Memory.open(home); import signal; os.kill(os.getpid(), signal.SIGKILL)", tmp_path)
    assert died.returncode == -9
    Memory.open(tmp_path).close()


def test_a_lock_can_be_taken_again_after_release(tmp_path: Path) -> None:
    first, second = HomeLock(tmp_path / "lock"), HomeLock(tmp_path / "lock")
    first.acquire()
    with pytest.raises(HomeLocked):
        second.acquire()
    first.release()
    first.release()
    second.acquire()
    second.release()


def test_a_home_that_cannot_be_made_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(HomeUnusable) as caught:
        Memory.open(tmp_path / "file" / "home")
    assert caught.value.hint
    with pytest.raises(HomeUnusable):
        Memory.open(tmp_path / "nothing", read_only=True)
    assert not (tmp_path / "nothing").exists()


def test_the_systems_errors_get_words(tmp_path: Path) -> None:
    with pytest.raises(DiskFull, match="full"), explained(tmp_path):
        raise OSError(errno.ENOSPC, "x")
    with pytest.raises(HomeUnusable, match="Permission"), explained(tmp_path):
        raise OSError(errno.EACCES, "x")


@posix_only
def test_a_file_that_was_there_is_tightened_when_opened_for_writing(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"")
    path.chmod(0o644)
    os.close(open_private(path, os.O_RDWR | os.O_CREAT))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    make_dir(tmp_path / "a")
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o700


def test_opening_imports_no_heavy_library(tmp_path: Path) -> None:
    code = "import sys; from memory.store import Memory; print('chromadb' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_layout_is_under_the_root(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.create()
    for folder in (home.media, home.thumbnails, home.index, home.matrices, home.backups):
        assert folder.is_dir()
        assert folder.is_relative_to(tmp_path)
