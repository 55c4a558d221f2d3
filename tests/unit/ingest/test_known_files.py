from __future__ import annotations

import os
from pathlib import Path

import pytest

from ingest import capture
from ingest.importer import Importer
from ingest.known_files import NOTES
from memory.store import Memory
from tests.support.ingest_files import write_picture

OLD_S = 1_700_000_000


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files that were read to their end."""
    names: list[str] = []
    real = capture.hash_file
    monkeypatch.setattr(capture, "hash_file", lambda path, cancel: (names.append(path.name), real(path, cancel))[1])
    return names


def aged(path: Path) -> Path:
    os.utime(path, (OLD_S, OLD_S))
    return path


def test_an_unchanged_library_is_not_read_again(importer: Importer, hashed: list[str], tmp_path: Path) -> None:
    paths = [aged(write_picture(tmp_path / f"{n}.jpg", (40 + n, 30))) for n in range(3)]
    assert importer.import_paths(paths).imported == 3
    again = importer.import_paths(paths)
    assert (again.imported, again.duplicates, again.failed) == (0, 3, ())
    assert len(hashed) == 3


def test_a_changed_file_is_read_and_taken(importer: Importer, hashed: list[str], tmp_path: Path) -> None:
    path = aged(write_picture(tmp_path / "a.jpg", (40, 30)))
    importer.import_paths([path])
    aged(write_picture(path, (41, 30)))
    assert importer.import_paths([path]).imported == 1
    assert len(hashed) == 2


def test_what_was_forgotten_or_lost_comes_back(
    importer: Importer, memory: Memory, hashed: list[str], tmp_path: Path
) -> None:
    path = aged(write_picture(tmp_path / "a.jpg", (40, 30)))
    importer.import_paths([path])
    (moment,) = memory.iter_moments()
    memory.forget([moment.id])
    assert importer.import_paths([path]).imported == 1
    (moment,) = memory.iter_moments()
    assert moment.media is not None
    memory.media_path(moment.media).unlink()
    importer.import_paths([path])
    assert memory.media_path(moment.media).is_file()


def test_the_notes_tell_no_name_and_belong_to_their_owner(importer: Importer, memory: Memory, tmp_path: Path) -> None:
    importer.import_paths([aged(write_picture(tmp_path / "secret.jpg", (40, 30)))])
    notes = memory.home.root / NOTES
    assert "secret" not in notes.read_text()
    assert notes.stat().st_mode & 0o777 == 0o600
