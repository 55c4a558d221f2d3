from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

import pytest

from memory.errors import DiskFull, HomeUnusable
from memory.home import Home
from memory.media import MediaStore, clean_suffix
from memory.records import Media


@pytest.fixture
def store(tmp_path: Path) -> MediaStore:
    home = Home(tmp_path / "home")
    home.create()
    return MediaStore(home)


def test_a_file_is_named_by_its_bytes(store: MediaStore, tmp_path: Path) -> None:
    data = os.urandom(3_000_000)
    (tmp_path / "Song.FLAC").write_bytes(data)
    media = store.keep_file(tmp_path / "Song.FLAC")
    assert media == Media(hashlib.sha256(data).hexdigest(), ".flac")
    assert store.path(media).read_bytes() == data
    assert (tmp_path / "Song.FLAC").exists()
    assert store.keep_bytes(data, ".flac") == media
    assert len(list(store.iter_files())) == 1


def test_moving_takes_the_original_away(store: MediaStore, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"png")
    media = store.keep_file(tmp_path / "a.png", move=True)
    assert not (tmp_path / "a.png").exists()
    assert store.path(media).read_bytes() == b"png"


def test_a_cut_file_under_the_right_name_is_replaced(store: MediaStore) -> None:
    media = store.keep_bytes(b"whole", ".wav")
    store.path(media).write_bytes(b"wh")
    store.keep_bytes(b"whole", ".wav")
    assert store.path(media).read_bytes() == b"whole"


def test_names_cannot_lead_out_of_the_folder(store: MediaStore) -> None:
    assert clean_suffix(".JPG") == ".jpg"
    assert clean_suffix("/../x") == ""
    assert clean_suffix(".tar.gz") == ""
    for media in (Media("../../etc", ".x"), Media("ab" * 32, "/../x"), Media("AB" * 32, ".x")):
        with pytest.raises(ValueError, match="name"):
            store.path(media)
    with pytest.raises(HomeUnusable):
        store.delete("../outside")


def test_a_full_disk_leaves_no_half_file(store: MediaStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr("memory.media.os.fsync", refuse)
    with pytest.raises(DiskFull) as caught:
        store.keep_bytes(b"x" * 100, ".wav")
    assert caught.value.hint
    assert [path for path in (tmp_path / "home" / "media").rglob("*") if path.is_file()] == []


def test_a_missing_original_is_said_in_words(store: MediaStore, tmp_path: Path) -> None:
    with pytest.raises(HomeUnusable, match="No such file"):
        store.keep_file(tmp_path / "none.wav")


def test_leftovers_of_a_dead_process_go(store: MediaStore, tmp_path: Path) -> None:
    (tmp_path / "home" / "media" / "abc.part").write_bytes(b"half")
    assert store.delete_leftovers() == 1
    assert store.delete_leftovers() == 0


def test_thumbnails_have_a_place(store: MediaStore) -> None:
    path = store.thumbnail_path("any/../thing")
    assert path.parent.is_dir()
    assert path.suffix == ".jpg"
    assert path.is_relative_to(store._home.thumbnails)
    assert store.thumbnail_path("other") != path
