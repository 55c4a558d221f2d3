from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from memory.chroma import ChromaFolder, IndexBroken, collection_name, fingerprint, is_readable
from tests.support.memory_samples import hash_vector

NAME = collection_name(1, 0)


def vectors(n_rows: int) -> np.ndarray:
    return np.stack([hash_vector(f"row {n}") for n in range(n_rows)])


def test_ids_and_vectors_go_in_and_ids_come_out(tmp_path: Path) -> None:
    folder = ChromaFolder(tmp_path / "gen")
    folder.upsert(NAME, range(50), vectors(50))
    folder.upsert(NAME, [7], hash_vector("other")[None])
    folder.delete(NAME, [3, 4, 999])
    folder.delete("m0009-0", [1])
    assert folder.ids(NAME) == set(range(50)) - {3, 4}
    assert folder.query(NAME, hash_vector("other"), 1) == [7]
    assert folder.query(NAME, hash_vector("row 20"), 3)[0] == 20
    assert folder.query("m0009-0", hash_vector("x"), 3) == []
    assert folder.names() == [NAME]
    folder.close()
    folder.close()
    again = ChromaFolder(tmp_path / "gen")
    assert again.ids(NAME) == set(range(50)) - {3, 4}
    again.close()


def test_no_text_is_handed_to_chroma(tmp_path: Path) -> None:
    folder = ChromaFolder(tmp_path / "gen")
    folder.upsert(NAME, [1], vectors(1))
    kept = folder._collection(NAME).get(include=["documents", "metadatas"])
    assert kept["documents"] == [None]
    assert kept["metadatas"] == [{"unit": "0"}]
    folder.close()


def test_every_failure_of_the_library_is_one_of_ours(tmp_path: Path) -> None:
    folder = ChromaFolder(tmp_path / "gen")
    folder.upsert(NAME, [1], vectors(1))
    with pytest.raises(IndexBroken):
        folder.upsert(NAME, [2], np.ones((1, 3), np.float32))
    folder.close()
    with pytest.raises(IndexBroken):
        folder.ids(NAME)
    (tmp_path / "file").write_text("")
    with pytest.raises(IndexBroken):
        ChromaFolder(tmp_path / "file" / "gen")


def test_a_child_tells_whether_a_folder_can_be_read(tmp_path: Path) -> None:
    folder = ChromaFolder(tmp_path / "gen")
    folder.upsert(NAME, range(20), vectors(20))
    folder.close()
    assert is_readable(tmp_path / "gen")
    (tmp_path / "gen" / "chroma.sqlite3").write_bytes(b"nonsense" * 1000)
    assert not is_readable(tmp_path / "gen")


def test_a_touched_folder_has_another_fingerprint(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x").write_bytes(b"1234")
    before = fingerprint(tmp_path)
    assert fingerprint(tmp_path) == before
    (tmp_path / "a" / "x").write_bytes(b"12345")
    assert fingerprint(tmp_path) != before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
def test_unused_space_holds_nothing_of_the_process(tmp_path: Path) -> None:
    """Chroma writes a new segment without clearing it first."""
    folder = ChromaFolder(tmp_path / "gen")
    folder.upsert(NAME, range(5), vectors(5))
    folder.close()
    (segment,) = (tmp_path / "gen").glob("*/data_level0.bin")
    assert set(segment.read_bytes()) <= {0}
    segment.write_bytes(b"left by a dead process".ljust(segment.stat().st_size, b"!"))
    again = ChromaFolder(tmp_path / "gen")
    assert set(segment.read_bytes()) <= {0}
    assert again.query(NAME, hash_vector("row 2"), 1) == [2]
    again.close()
