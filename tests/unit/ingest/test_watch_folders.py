from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from ingest.watch import AT_ONCE, NOTES, SETTLED_S, FolderWatch


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "in"
    path.mkdir()
    return path


@pytest.fixture
def watch(folder: Path, tmp_path: Path) -> FolderWatch:
    (tmp_path / "home").mkdir()
    return FolderWatch([folder], home=tmp_path / "home")


def test_a_file_is_handed_on_once_when_it_has_not_changed_for_a_while(folder: Path, watch: FolderWatch) -> None:
    file = folder / "album" / "photo.jpg"
    file.parent.mkdir()
    file.write_bytes(b"half")
    assert watch.look(10.0) == []
    file.write_bytes(b"half and half")
    assert watch.look(10.0 + SETTLED_S) == []
    assert watch.look(10.0 + 2 * SETTLED_S) == [file]
    assert watch.look(11.0 + 2 * SETTLED_S) == [file]  # nobody said that it is done
    watch.note_done([file])
    assert watch.look(100.0) == []
    file.write_bytes(b"another picture under the same name")
    assert watch.look(110.0) == []
    assert watch.look(110.0 + SETTLED_S) == [file]


def test_what_is_done_stays_done_after_a_new_start_and_its_name_is_not_kept(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    for name in ("done.jpg", "torn off.jpg"):
        (folder / name).write_bytes(b"something")
    watch = FolderWatch([folder], home=tmp_path / "home")
    watch.look(0.0)
    watch.look(SETTLED_S)
    watch.note_done([folder / "done.jpg"])
    watch = FolderWatch([folder], home=tmp_path / "home")
    watch.look(0.0)
    assert watch.look(SETTLED_S) == [folder / "torn off.jpg"]
    notes = tmp_path / "home" / NOTES
    assert "done" not in notes.read_text()
    assert notes.stat().st_mode & 0o777 == 0o600


def test_what_is_hidden_empty_unfinished_or_of_the_memory_is_left_alone(folder: Path) -> None:
    watch = FolderWatch([folder], home=folder / "home")
    (folder / "home").mkdir()
    for name in (".hidden.jpg", "film.mp4.crdownload", "thumbs.db", "notes.xmp", "home/memory.jpg"):
        (folder / name).write_bytes(b"something")
    (folder / "empty.jpg").touch()
    assert watch.look(0.0) == watch.look(100.0) == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who writes to a file")
def test_a_file_that_a_program_still_writes_to_waits_however_long_it_rests(folder: Path, watch: FolderWatch) -> None:
    file = folder / "meeting.wav"
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT)
    os.write(descriptor, b"the beginning")
    watch.look(0.0)
    assert watch.look(3600.0) == []
    os.close(descriptor)
    assert watch.look(3601.0) == [file]


def test_a_folder_that_goes_and_comes_back_is_watched_on(folder: Path, watch: FolderWatch) -> None:
    folder.rename(folder.with_name("away"))
    assert watch.look(0.0) == []
    folder.with_name("away").rename(folder)
    (folder / "photo.jpg").write_bytes(b"something")
    watch.look(1.0)
    assert watch.look(1.0 + SETTLED_S) == [folder / "photo.jpg"]


def test_thousands_of_files_come_in_parts(folder: Path, watch: FolderWatch) -> None:
    files = [folder / f"{number:04}.jpg" for number in range(AT_ONCE + 3)]
    for file in files:
        file.write_bytes(b"something")
    watch.look(0.0)
    first = watch.look(SETTLED_S)
    watch.note_done(first)
    assert (first, watch.look(SETTLED_S)) == (files[:AT_ONCE], files[AT_ONCE:])
