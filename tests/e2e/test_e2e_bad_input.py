"""What people really hand over: each bad thing gets a sentence and an exit code, and everything else is done."""

from __future__ import annotations

import os
import shutil
import sqlite3
import struct
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from memory.store import Memory
from tests.support.e2e_files import write_page, write_speech
from tests.support.e2e_process import Madeleine, Ran
from tests.support.ingest_files import patch, write_png_bomb, write_wav


def assert_told(ran: Ran, code: int, *words: str) -> None:
    """A sentence on standard error, no result, no traceback."""
    assert ran.code == code, (ran.code, ran.out, ran.err)
    assert "Traceback" not in ran.err
    for word in words:
        assert word.lower() in ran.err.lower(), ran.err


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory, weights: Path) -> tuple[Madeleine, Path, Ran]:
    """One import of good and bad things together."""
    root = tmp_path_factory.mktemp("bad")
    folder = root / "in"
    folder.mkdir()
    write_page(folder / "good.png", "The gate code is 5927")
    (folder / "good note.md").write_text("The spare key is under the pot.")
    (folder / "empty.flac").write_bytes(b"")
    (folder / "empty.txt").write_bytes(b"")
    whole = write_page(root / "whole.png", "Gone").read_bytes()
    (folder / "cut.png").write_bytes(whole[: len(whole) // 3])
    (folder / "cut.flac").write_bytes(b"fLaC\x00\x00\x00\x22" + b"\x00" * 20)
    write_page(root / "page.png", "Wrong name 4471")
    (root / "page.png").rename(folder / "really a picture.wav")
    write_png_bomb(folder / "huge.png")
    lying = write_wav(folder / "lying.wav", 1.0)
    patch(lying, 40, struct.pack("<I", 0xFFFFFFF0))  # the length of its data: four gigabytes
    (folder / "program.exe").write_bytes(b"MZ" + bytes(range(256)) * 8)
    locked = folder / "unreadable.txt"
    locked.write_text("nobody may read this")
    locked.chmod(0)
    madeleine = Madeleine(root / "home", weights)
    ran = madeleine("import", "--json", folder, root / "nowhere.png")
    locked.chmod(0o600)
    return madeleine, folder, ran


BAD = ["empty.flac", "cut.flac", "huge.png", "program.exe", "nowhere.png"]


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_listed_with_its_reason(tried: tuple[Madeleine, Path, Ran], name: str) -> None:
    _madeleine, _folder, ran = tried
    assert_told(ran, 1, name)
    failures = {Path(f["path"]).name: f for f in ran.json["failed"]}
    assert len(failures[name]["error"]) > 15
    assert failures[name]["error"].rstrip().endswith((".", "!"))


def test_of_a_cut_picture_the_upper_part_is_kept_and_that_is_said(tried: tuple[Madeleine, Path, Ran]) -> None:
    _madeleine, _folder, ran = tried
    assert "cut.png" in {Path(told["path"]).name for told in [*ran.json["failed"], *ran.json["notes"]]}
    assert "cut.png" in ran.err


def test_an_unreadable_file_is_listed(tried: tuple[Madeleine, Path, Ran]) -> None:
    if os.geteuid() == 0:
        pytest.skip("root reads every file")
    assert "unreadable.txt" in {Path(f["path"]).name for f in tried[2].json["failed"]}


def test_the_rest_is_done_and_can_be_found(tried: tuple[Madeleine, Path, Ran]) -> None:
    madeleine, _folder, _ran = tried
    found = " ".join(m["text"] for m in madeleine.list_moments())
    for words in ("5927", "spare key", "4471"):  # the last one is a picture that calls itself a wav
        assert words in found
    again = madeleine("import", "--json", _folder)
    assert again.code == 1
    assert (again.json["imported"], again.json["moments"]) == (0, 0)


def test_a_lying_header_neither_fails_the_import_nor_takes_the_room_it_claims(
    tried: tuple[Madeleine, Path, Ran],
) -> None:
    madeleine, _folder, _ran = tried
    assert sum(path.stat().st_size for path in madeleine.home.rglob("*") if path.is_file()) < 50_000_000


def test_only_a_missing_path(madeleine: Madeleine, tmp_path: Path) -> None:
    ran = madeleine("import", tmp_path / "nowhere")
    assert_told(ran, 1, "nowhere")


@pytest.mark.parametrize("command", ["ask", "search"])
def test_an_empty_question_is_a_mistake_of_use(tried: tuple[Madeleine, Path, Ran], command: str) -> None:
    assert_told(tried[0](command, "  "), 2, "empty")


@pytest.mark.parametrize("content", [b"", b"BEGIN:VCALENDAR\n", b"\xff\xd8\xff\xe0 cut"], ids=["empty", "wrong", "cut"])
def test_pictures_like_what_is_no_picture_are_not_looked_for(
    tried: tuple[Madeleine, Path, Ran], tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "holiday.jpg"
    path.write_bytes(content)
    assert_told(tried[0]("search", "--like", path), 1, "holiday.jpg")


def test_nonsense_finds_nothing_and_is_not_answered(tried: tuple[Madeleine, Path, Ran]) -> None:
    madeleine, _folder, _ran = tried
    found = madeleine("search", "--json", "flurble grommick zanth")
    assert (found.code, found.json["moments"]) == (0, [])
    assert "Nothing close" in madeleine("search", "flurble grommick zanth").out
    answer = madeleine("ask", "--json", "Why does the flurble grommick zanth?").json
    assert (answer["abstained"], answer["reason"], answer["citations"]) == (True, "not_in_memory", [])


def test_a_locked_home_is_read_and_not_written(tried: tuple[Madeleine, Path, Ran], tmp_path: Path) -> None:
    madeleine = tried[0].on(tmp_path / "home")
    shutil.copytree(tried[0].home, madeleine.home, ignore=shutil.ignore_patterns("*.sock"))
    (tmp_path / "new.txt").write_text("new")
    with Memory.open(madeleine.home):
        assert_told(madeleine("import", tmp_path / "new.txt"), 3, "another madeleine")
        assert "5927" in madeleine("search", "--json", "gate code").json["moments"][0]["text"]
    assert madeleine("import", tmp_path / "new.txt").code == 0


def test_a_database_of_a_newer_version_is_refused_and_left_alone(madeleine: Madeleine) -> None:
    Memory.open(madeleine.home).close()
    connection = sqlite3.connect(madeleine.home / "memory.db")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = (madeleine.home / "memory.db").read_bytes()
    for command in (("search", "key"), ("timeline",), ("reindex",)):
        assert_told(madeleine(*command), 3, "newer", "update")
    assert (madeleine.home / "memory.db").read_bytes() == before


def test_a_file_that_is_no_database_is_refused(madeleine: Madeleine) -> None:
    madeleine.home.mkdir(mode=0o700)
    (madeleine.home / "memory.db").write_bytes(b"this is no database, whatever its name says" * 200)
    assert_told(madeleine("search", "key"), 3, "not a database", "backup")


def test_weights_with_other_bytes_are_found_out(madeleine: Madeleine, weights: Path, tmp_path: Path) -> None:
    """The folder is the real one by links; one file of the embedder has a byte changed."""
    models = tmp_path / "models"
    for folder in (path for path in weights.iterdir() if path.is_dir()):
        (models / folder.name).mkdir(parents=True)
        for file in (path for path in folder.rglob("*") if path.is_file()):
            link = models / folder.name / file.relative_to(folder)
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(file)
    victim = max((models / "minilm-l6").rglob("*"), key=lambda path: path.stat().st_size)
    data = bytearray(victim.read_bytes())
    data[len(data) // 2] ^= 1
    victim.unlink()
    victim.write_bytes(data)
    damaged = Madeleine(madeleine.home, models)
    verified = damaged("models", "verify", "--json")
    assert verified.code == 3
    states = {(f["model"], f["file"]): f["state"] for f in verified.json["files"]}
    assert [key for key, state in states.items() if state not in ("present", "bundled")] == [("minilm-l6", victim.name)]
    (tmp_path / "note.txt").write_text("The spare key is under the pot.")
    ran = damaged("import", "--json", tmp_path / "note.txt")
    assert_told(ran, 3, "models pull")
    assert all(failure["waits"] for failure in ran.json["failed"])
    whole = Madeleine(madeleine.home, weights)
    assert "spare key" in whole.list_moments()[0]["text"]  # it was kept, and is found once the weights are right
    assert whole("import", tmp_path / "note.txt").code == 0
    assert "spare key" in whole("search", "--json", "Where is the key?").json["moments"][0]["text"]


def test_without_weights_it_says_how_to_get_them(madeleine: Madeleine, tmp_path: Path) -> None:
    write_speech(tmp_path / "talk.wav", duration_s=2.0)
    bare = Madeleine(madeleine.home, tmp_path / "no-models")
    assert_told(bare("import", tmp_path / "talk.wav"), 3, "models pull")
    assert bare("models", "verify").code == 3
    listed = bare("models", "list", "--json")
    assert (listed.code, {f["state"] for f in listed.json["files"]} >= {"missing"}) == (0, True)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    mount = tmp_path / "disk"
    mount.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=6m,mode=0700", "none", str(mount)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small disk")
    yield mount
    subprocess.run(["umount", str(mount)], check=True)


def test_a_full_disk_is_told_and_loses_nothing(small_disk: Path, weights: Path, tmp_path: Path) -> None:
    madeleine = Madeleine(small_disk / "home", weights)
    (tmp_path / "note.txt").write_text("The spare key is under the pot.")
    assert madeleine("import", tmp_path / "note.txt").code == 0
    big = tmp_path / "big.wav"
    write_wav(big, 600.0)  # 19 MB
    ran = madeleine("import", "--json", big)
    assert_told(ran, 3, "disk is full")
    assert [m["text"] for m in madeleine.list_moments()] == ["The spare key is under the pot."]
    assert madeleine("search", "--json", "spare key").json["moments"]
    (tmp_path / "more.txt").write_text("The bin goes out on Monday.")
    assert madeleine("import", tmp_path / "more.txt").code == 0
