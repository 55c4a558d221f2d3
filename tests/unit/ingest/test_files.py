from __future__ import annotations

import os
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import BadInput
from ingest.files import Holds, check_file, sniff, walk
from ingest.records import ImportFailure, ImportNote
from tests.support.ingest_files import write_picture, write_wav


def test_folders_are_walked_in_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b/2.txt", "a/1.txt", "b/.hidden.txt", ".secret/3.txt", "c.txt", "Thumbs.db"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("words")
    names = [path.relative_to(tmp_path).as_posix() for path in walk([tmp_path]) if isinstance(path, Path)]
    assert names == ["a/1.txt", "b/2.txt", "c.txt"]


def test_loops_of_links_end_and_each_file_comes_once(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "note.txt").write_text("words")
    (tmp_path / "deep" / "loop").symlink_to(tmp_path)
    (tmp_path / "again.txt").symlink_to(tmp_path / "deep" / "note.txt")
    assert len(list(walk([tmp_path, tmp_path / "deep", tmp_path / "deep" / "note.txt"]))) == 1


def test_what_is_missing_or_no_file_is_a_failure_in_words(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.wav")
    (tmp_path / "dangling.jpg").symlink_to(tmp_path / "gone.jpg")
    found = list(walk([tmp_path, tmp_path / "nowhere.wav", Path("/dev/null")]))
    assert [Path(failure.path).name for failure in found if isinstance(failure, ImportFailure)] == [
        "dangling.jpg",
        "pipe.wav",
        "nowhere.wav",
        "null",
    ]
    errors = [failure.error for failure in found if isinstance(failure, ImportFailure)]
    assert errors[1] == "“pipe.wav” is not a file but a pipe."
    assert errors[2] == "There is no file or folder “nowhere.wav”."
    assert errors[3] == "“null” is not a file but a device."


def test_a_folder_named_like_a_picture_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").mkdir()
    assert list(walk([tmp_path / "holiday.jpg"])) == []
    with pytest.raises(BadInput, match="not a file but a folder"):
        check_file(tmp_path / "holiday.jpg")


def test_sidecars_are_noted_and_left_out(tmp_path: Path) -> None:
    (tmp_path / "IMG_1.json").write_text("{}")
    (tmp_path / "questions.jsonl").write_text('{"question": "Where?"}')
    (tmp_path / "talk.jsonl").write_text('{"started_at": "2026-01-01T00:00:00Z"}')
    found = list(walk([tmp_path]))
    assert [type(item) for item in found if not isinstance(item, Path)] == [ImportNote, ImportNote]
    assert [item.name for item in found if isinstance(item, Path)] == ["talk.jsonl"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file_is_refused(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "locked.wav")
    path.chmod(0)
    with pytest.raises(BadInput, match="permission denied"):
        check_file(path)


def test_an_empty_file_is_refused_with_a_hint(tmp_path: Path) -> None:
    (tmp_path / "x.wav").touch()
    with pytest.raises(BadInput, match=r"“x.wav” is empty \(0 bytes\)\.") as caught:
        check_file(tmp_path / "x.wav")
    assert caught.value.hint


@pytest.mark.parametrize(
    ("data", "name", "holds", "suffix"),
    [
        (b"\xff\xd8\xff\xe0....", "x.png", "picture", ".jpg"),
        (b"\x89PNG\r\n\x1a\n....", "x.jpg", "picture", ".png"),
        (b"\x00\x00\x00\x18ftypheic....", "x", "picture", ".heic"),
        (b"\x00\x00\x00\x18ftypM4A ....", "x.mp3", "audio", ".m4a"),
        (b"\x00\x00\x00\x18ftypisom....", "x.mov", "audio", ".mp4"),
        (b"RIFF....WAVEfmt ", "x.txt", "audio", ".wav"),
        (b"RIFF....WEBPVP8 ", "x.jpg", "picture", ".webp"),
        (b"OggS....", "x", "audio", ".ogg"),
        (b"ID3\x03....", "x.bin", "audio", ".mp3"),
        (b"\xff\xfb\x90\x00....", "x.bin", "audio", ".mp3"),
        (b"\xff\xfeh\x00i\x00", "x.txt", "note", ".txt"),
        (b"Buy milk", "README", "note", ".txt"),
        (b"# Title", "x.md", "note", ".md"),
        (b'{"kind": "note"}', "x.moments.jsonl", "moments", ".jsonl"),
        (b'{"started_at": "2026"}', "x.jsonl", "moments", ".jsonl"),
        (bytes(200), "broken.wav", "audio", ".wav"),
    ],
)
def test_content_decides(tmp_path: Path, data: bytes, name: str, holds: str, suffix: str) -> None:
    (tmp_path / name).write_bytes(data)
    found = sniff(tmp_path / name)
    assert (found.holds, found.suffix) == (holds, suffix)


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"%PDF-1.7", "scan.jpg", "“scan.jpg” is named .jpg but holds a PDF."),
        (b"just words", "photo.jpg", "“photo.jpg” is named .jpg but holds text."),
        (b"PK\x03\x04", "x.docx", "“x.docx” holds a zip archive or an office document"),
        (b"\x7fELF\x02", "x", "“x” holds a program"),
        (bytes(range(200)), "x.jpg", "“x.jpg” holds nothing that Madeleine can read, although it is named .jpg."),
    ],
)
def test_foreign_content_is_named(tmp_path: Path, data: bytes, name: str, words: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(BadInput) as caught:
        sniff(tmp_path / name)
    assert str(caught.value).startswith(words)
    assert caught.value.hint


@given(data=st.binary(min_size=1, max_size=600), suffix=st.sampled_from(["", ".wav", ".jpg", ".txt", ".jsonl", ".zip"]))
def test_any_bytes_get_a_kind_or_a_sentence(tmp_path_factory: pytest.TempPathFactory, data: bytes, suffix: str) -> None:
    path = tmp_path_factory.getbasetemp() / f"any{suffix}"
    path.write_bytes(data)
    try:
        found = sniff(path).holds
    except BadInput as error:
        found = str(error)
    assert found in get_args(Holds) or path.name in found


def test_real_files_are_told(tmp_path: Path) -> None:
    assert sniff(write_wav(tmp_path / "a.dat")).mime == "audio/x-wav"
    assert sniff(write_picture(tmp_path / "a.gif")).mime == "image/gif"
    assert sniff(write_picture(tmp_path / "a.tif")).mime == "image/tiff"
