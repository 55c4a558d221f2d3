from __future__ import annotations

import errno
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from memory.matrix import Matrix
from memory.records import Kind, Moment
from memory.store import Memory, Scope, VectorRow
from tests.support.memory_samples import build_utterance

N, DIM = 400, 24


def random_vectors(n_rows: int, seed: int = 1) -> NDArray[np.float32]:
    rows = np.random.default_rng(seed).standard_normal((n_rows, DIM)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


VECTORS = random_vectors(N)
MOMENTS = [build_utterance(f"words {n}", ordinal=n, session=f"s{n % 4}") for n in range(N)]
QUERY = random_vectors(1, seed=9)[0]


def put(memory: Memory, numbers: range) -> None:
    memory.put_vectors("model", [VectorRow(MOMENTS[n].id, "moment", 0, VECTORS[n]) for n in numbers])


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with Memory.open(tmp_path, use_chroma=False) as opened:
        opened.write_moments(MOMENTS)
        put(opened, range(N))
        yield opened


def best(wanted: list[int], limit: int) -> list[str]:
    order = sorted(wanted, key=lambda n: -float(VECTORS[n] @ QUERY))
    return [MOMENTS[n].id for n in order[:limit]]


def found(memory: Memory, *, limit: int = 15, scope: Scope | None = None) -> list[str]:
    return [hit.moment for hit in memory.search_vectors(QUERY, model="model", limit=limit, scope=scope)]


def matrix_files(memory: Memory) -> list[Path]:
    return sorted(memory.home.matrices.iterdir())


def test_the_nearest_are_exactly_the_nearest(memory: Memory) -> None:
    assert found(memory) == best(list(range(N)), 15)
    assert found(memory, limit=N + 5) == best(list(range(N)), N)
    hit = memory.search_vectors(QUERY, model="model", limit=1)[0]
    assert hit.score == pytest.approx(max(VECTORS @ QUERY), abs=1e-6)
    assert found(memory, limit=0) == []


def test_a_scope_narrows_before_the_search(memory: Memory) -> None:
    inside = [n for n in range(N) if n % 4 == 2]
    assert found(memory, scope=Scope(sessions=frozenset({"s2"}))) == best(inside, 15)
    since_us, until_us = MOMENTS[100].started_us, MOMENTS[110].started_us
    assert found(memory, scope=Scope(since_us=since_us, until_us=until_us)) == best(list(range(100, 110)), 15)
    assert found(memory, scope=Scope(kinds=frozenset({Kind.PHOTO}))) == []


def test_replaced_and_forgotten_vectors_are_not_found(memory: Memory) -> None:
    found(memory)
    first = best(list(range(N)), 1)[0]
    n = next(k for k, m in enumerate(MOMENTS) if m.id == first)
    memory.put_vectors("model", [VectorRow(first, "moment", 0, -VECTORS[n])])
    assert found(memory) == best([k for k in range(N) if k != n], 15)
    memory.forget(found(memory)[:10])
    assert len(found(memory)) == 15
    assert found(memory) == best([k for k in range(N) if k != n], 25)[10:]


def test_the_matrix_outlives_the_process_and_grows(memory: Memory, tmp_path: Path) -> None:
    found(memory)
    size = sum(path.stat().st_size for path in matrix_files(memory))
    memory.close()
    with Memory.open(tmp_path, use_chroma=False) as again:
        assert found(again) == best(list(range(N)), 15)
        assert sum(path.stat().st_size for path in matrix_files(again)) == size == N * (DIM * 4 + 16)
        late = replace(MOMENTS[0], id="late", ordinal=999)
        again.write_moments([late])
        again.put_vectors("model", [VectorRow("late", "moment", 0, QUERY * 3)])
        (hit,) = again.search_vectors(QUERY, model="model", limit=1)
        assert (hit.moment, round(hit.score, 5)) == ("late", 1.0)


@pytest.mark.parametrize("harm", ["cut data", "cut keys", "other data", "other keys", "no data", "no keys", "empty"])
def test_a_damaged_matrix_is_made_again(memory: Memory, tmp_path: Path, harm: str) -> None:
    found(memory)
    data, keys = matrix_files(memory)
    memory.close()
    what, which = harm.split() if " " in harm else (harm, "data")
    path = data if which == "data" else keys
    before = path.read_bytes()
    if what == "no":
        path.unlink()
    else:
        path.write_bytes({"cut": before[: len(before) // 2 + 3], "other": before[::-1], "empty": b""}[what])
    with Memory.open(tmp_path, use_chroma=False) as again:
        assert found(again) == best(list(range(N)), 15)


def test_a_matrix_of_another_past_is_not_trusted(memory: Memory, tmp_path: Path) -> None:
    """A restored backup may give the same numbers to other vectors."""
    found(memory)
    with memory._database.transaction() as connection:
        connection.execute(
            "UPDATE vector SET data = (SELECT data FROM vector AS other WHERE other.n = vector.n + 200) WHERE n <= 200"
        )
    memory.close()
    with Memory.open(tmp_path, use_chroma=False) as again:
        hits = again.search_vectors(VECTORS[307], model="model", limit=1)
        assert hits[0].score == pytest.approx(1, abs=1e-5)


def test_a_reader_beside_the_owner_finds_what_the_matrix_lacks(memory: Memory, tmp_path: Path) -> None:
    with Memory.open(tmp_path, read_only=True) as reader:
        assert found(reader) == best(list(range(N)), 15)  # there is no matrix yet
        assert matrix_files(memory) == []
    found(memory)
    late = replace(MOMENTS[0], id="late", ordinal=999)
    memory.write_moments([late])
    memory.put_vectors("model", [VectorRow("late", "moment", 0, QUERY)])
    with Memory.open(tmp_path, read_only=True) as reader:
        assert found(reader)[0] == "late"
        assert found(reader, scope=Scope(sessions=frozenset({"s0"})))[0] == "late"
    memory.close()
    with Memory.open(tmp_path, read_only=True) as reader:  # without an owner as well
        assert found(reader)[0] == "late"


def test_a_full_disk_does_not_stop_a_search(memory: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object, **_more: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr("memory.matrix._write_at", refuse)
    assert found(memory) == best(list(range(N)), 15)


def test_searches_and_writes_go_on_together(memory: Memory) -> None:
    errors: list[BaseException] = []

    def search() -> None:
        try:
            for _ in range(30):
                hits = memory.search_vectors(QUERY, model="model", limit=5)
                assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
                assert len(hits) == 5
        except BaseException as error:  # noqa: BLE001 - shown by the test
            errors.append(error)

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for n in range(0, 60, 3):
        put(memory, range(n, n + 3))
        memory.forget([MOMENTS[n + 200].id])
    for thread in threads:
        thread.join()
    assert errors == []
    assert found(memory) == best([n for n in range(N) if not (200 <= n < 260 and n % 3 == 2)], 15)


@pytest.mark.parametrize("vector", [np.zeros(DIM), np.full(DIM, np.nan), np.full(DIM, np.inf), np.ones((2, DIM))])
def test_vectors_that_point_nowhere_are_refused(memory: Memory, vector: NDArray[np.float64]) -> None:
    with pytest.raises(ValueError, match=r"vector|dimensions"):
        memory.put_vectors("model", [VectorRow(MOMENTS[0].id, "moment", 0, vector.astype(np.float32))])
    with pytest.raises(ValueError, match=r"vector|shape"):
        memory.search_vectors(vector.astype(np.float32), model="model")
    assert found(memory) == best(list(range(N)), 15)


def test_vectors_of_moments_that_are_gone_are_left_out(memory: Memory) -> None:
    memory.put_vectors("model", [VectorRow("gone", "moment", 0, QUERY)])
    assert "gone" not in found(memory)
    memory.put_vectors("model", [])


def test_two_models_are_never_compared(memory: Memory) -> None:
    memory.put_vectors("other", [VectorRow(MOMENTS[0].id, "moment", 0, np.ones(7, np.float32))])
    assert found(memory) == best(list(range(N)), 15)
    assert [h.moment for h in memory.search_vectors(np.ones(7, np.float32), model="other")] == [MOMENTS[0].id]


def test_a_matrix_gives_pages_back_and_still_answers(tmp_path: Path) -> None:
    matrix = Matrix(tmp_path / "0-0", DIM, may_write=True)
    keys = np.stack([np.arange(1, N + 1), np.arange(N)], axis=1)
    matrix.append(keys, [row.tobytes() for row in VECTORS])
    matrix.relax()
    np.testing.assert_allclose(matrix.scores(QUERY), VECTORS @ QUERY, atol=1e-6)
    matrix.erase(np.array([3]))
    assert matrix.scores(QUERY)[2] == 0
    matrix.close()


def test_moments_are_not_needed_to_read_vectors(memory: Memory) -> None:
    kept = memory.find_vectors([MOMENTS[3].id, "none"], model="model", unit="moment")
    assert list(kept) == [MOMENTS[3].id]
    np.testing.assert_allclose(kept[MOMENTS[3].id], VECTORS[3:4], atol=1e-6)
    assert memory.find_vectors([MOMENTS[3].id], model="model", unit="window") == {}
    assert isinstance(memory.get_moment(MOMENTS[3].id), Moment)
