"""Originals that move, go and come back: the moments stay the same, and say where their files are."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ingest.importer import Importer
from ingest.watch import SETTLED_S, FolderWatch
from memory.store import Memory
from tests.support.ingest_files import write_picture


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    folder.mkdir()
    for n in (1, 2):
        write_picture(folder / f"IMG_{n}.png", (64 + n, 48))
    return folder


def where(memory: Memory) -> dict[str, tuple[str, str | None]]:
    return {m.id: (Path(m.details["path"]).name, "gone" if m.is_original_gone else None) for m in memory.iter_moments()}


def test_a_moved_file_is_the_same_moment_with_a_new_path(memory: Memory, importer: Importer, library: Path) -> None:
    importer.import_paths([library])
    before = {moment.id: moment for moment in memory.iter_moments()}
    (library / "summer").mkdir()
    shutil.move(library / "IMG_1.png", library / "summer" / "lake.png")
    report = importer.import_paths([library])
    assert (report.imported, report.duplicates, report.notes) == (0, 2, ())
    after = {moment.id: moment for moment in memory.iter_moments()}
    assert after.keys() == before.keys()
    assert sorted(where(memory).values()) == [("IMG_2.png", None), ("lake.png", None)]
    assert {m.started_us for m in after.values()} == {m.started_us for m in before.values()}


def test_a_copy_is_no_move(memory: Memory, importer: Importer, library: Path) -> None:
    importer.import_paths([library])
    before = where(memory)
    shutil.copy(library / "IMG_1.png", library / "copy.png")
    importer.import_paths([library])
    assert where(memory) == before


def test_a_removed_file_stays_remembered_and_says_so_until_it_is_back(
    memory: Memory, importer: Importer, library: Path, tmp_path: Path
) -> None:
    importer.import_paths([library])
    shutil.move(library / "IMG_1.png", tmp_path / "away.png")
    report = importer.import_paths([library])
    [note] = report.notes
    assert note.path.endswith("IMG_1.png")
    assert "gone" in note.text
    assert sorted(where(memory).values()) == [("IMG_1.png", "gone"), ("IMG_2.png", None)]
    assert all(m.media and memory.media_path(m.media).is_file() for m in memory.iter_moments())
    assert importer.import_paths([library]).notes == ()  # said once
    shutil.move(tmp_path / "away.png", library / "IMG_1.png")
    importer.import_paths([library])
    assert sorted(where(memory).values()) == [("IMG_1.png", None), ("IMG_2.png", None)]


def test_a_folder_that_is_not_there_says_nothing(memory: Memory, importer: Importer, library: Path) -> None:
    importer.import_paths([library])
    shutil.move(library, library.with_name("unplugged"))
    assert importer.note_originals([library]) == []
    assert {original for _name, original in where(memory).values()} == {None}


def test_a_watch_tells_once_of_folders_from_which_files_went(library: Path, tmp_path: Path) -> None:
    watch = FolderWatch([library], home=tmp_path / "home")
    watch.look(0.0)
    (library / "IMG_1.png").unlink()
    watch.look(10.0)
    assert watch.take_folders_with_gone(10.0) == []
    assert watch.take_folders_with_gone(10.0 + 2 * SETTLED_S) == [library]
    assert watch.take_folders_with_gone(100.0) == []


def test_what_was_forgotten_does_not_come_back_because_another_file_went(
    memory: Memory, importer: Importer, library: Path
) -> None:
    importer.import_paths([library])
    forgotten = next(iter(memory.iter_moments()))
    memory.forget([forgotten.id])
    (library / "IMG_1.png").unlink()
    importer.note_originals([library])
    assert forgotten.id not in where(memory)
    assert memory.count_moments() == 1


def test_of_a_file_of_which_nothing_is_kept_it_is_not_said_that_it_is(
    memory: Memory, importer: Importer, library: Path
) -> None:
    bad = library / "bad.png"
    bad.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    assert len(importer.import_paths([library]).failed) == 1
    bad.unlink()
    assert importer.import_paths([library]).notes == ()
