"""States of prompt prefixes on disk: whole or not at all, and never of another recipe."""

from __future__ import annotations

from pathlib import Path

from models.prefixes import PrefixStore

TOKENS, STATE = (5, 6, 7), b"state" * 1000


def test_gives_back_what_was_saved_for_these_tokens_only(tmp_path: Path) -> None:
    store = PrefixStore(tmp_path / "new", "a")
    assert store.load(TOKENS) is None
    store.save(TOKENS, STATE)
    assert store.load(TOKENS) == STATE
    assert store.load((5, 6)) is None
    assert PrefixStore(tmp_path / "new", "b").load(TOKENS) is None


def test_a_damaged_state_is_thrown_away(tmp_path: Path) -> None:
    store = PrefixStore(tmp_path, "a")
    store.save(TOKENS, STATE)
    (path,) = tmp_path.glob("*.prefix")
    path.write_bytes(path.read_bytes()[:-1])
    assert store.load(TOKENS) is None
    assert not path.exists()


def test_only_the_newest_are_kept_and_no_draft_stays(tmp_path: Path) -> None:
    store = PrefixStore(tmp_path, "a")
    for number in range(7):
        store.save((number,), STATE)
    assert len(list(tmp_path.iterdir())) == 4
    assert store.load((6,)) == STATE


def test_files_are_the_owners_alone(tmp_path: Path) -> None:
    PrefixStore(tmp_path / "new", "a").save(TOKENS, STATE)
    (path,) = (tmp_path / "new").iterdir()
    assert path.stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_written_to_is_no_error(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    store = PrefixStore(blocked, "a")
    store.save(TOKENS, STATE)
    assert store.load(TOKENS) is None
