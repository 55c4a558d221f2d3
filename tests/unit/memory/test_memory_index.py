from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from memory.records import Moment
from memory.store import Hit, Memory, VectorRow
from tests.support.memory_process import run_python
from tests.support.memory_samples import build_utterance, hash_vector

WORDS = "boiler friday dog park invoice train window garden winter paper coffee doctor lamp music letter".split()


def build_talk(n_moments: int) -> list[Moment]:
    rng = np.random.default_rng(3)
    return [build_utterance(" ".join(rng.choice(WORDS, 4)) + f" n{n}", ordinal=n) for n in range(n_moments)]


def build_rows(moments: list[Moment]) -> list[VectorRow]:
    return [VectorRow(m.id, unit, 0, hash_vector(m.text)) for m in moments for unit in ("moment", "window")]


def open_indexed(home: Path) -> Memory:
    return Memory.open(home, chroma_from=1)


def fill(home: Path, n_moments: int = 300) -> list[Moment]:
    moments = build_talk(n_moments)
    with open_indexed(home) as memory:
        memory.write_moments(moments)
        memory.put_vectors("hash", build_rows(moments))
        assert memory.drain_outbox() == 2 * n_moments
    return moments


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline, "took too long"
        time.sleep(0.02)


def open_index(memory: Memory) -> None:
    """Search until the folder, which is opened in the background, answers."""
    assert memory._index is not None

    def is_answering() -> bool:
        return memory._index.candidates(hash_vector("dog"), model=1, unit=0, limit=1) is not None

    wait_for(is_answering)


def assert_same_answers(memory: Memory, *, limit: int = 20) -> None:
    for words in ("dog park", "winter boiler n7", "coffee"):
        query = hash_vector(words)
        exact = memory._exact.search(query, model="hash", unit="moment", scope=None, limit=limit)
        assert memory.search_vectors(query, model="hash", limit=limit) == exact
        assert len(exact) == limit


def index_state(memory: Memory) -> tuple[str, int]:
    status = memory.status()
    return status.index_state, status.index_generation


def failures(memory: Memory) -> list[str]:
    return [check.name for check in memory.check() if not check.ok]


def test_chroma_and_exact_search_agree_also_after_a_restart(tmp_path: Path) -> None:
    fill(tmp_path)
    with open_indexed(tmp_path) as memory:
        assert memory._index.candidates(hash_vector("dog"), model=1, unit=0, limit=1) is None  # being opened
        open_index(memory)
        assert_same_answers(memory)
        assert index_state(memory) == ("ready", 1)
        assert failures(memory) == []


def test_what_the_index_has_not_got_yet_is_found_all_the_same(tmp_path: Path) -> None:
    fill(tmp_path)
    with open_indexed(tmp_path) as memory:
        open_index(memory)
        late = build_utterance("zebra crossing", ordinal=900)
        memory.write_moments([late])
        memory.put_vectors("hash", build_rows([late]))
        assert memory.status().outbox_pending == 3  # its own two, and the stale window of its neighbour
        assert memory.search_vectors(hash_vector("zebra crossing"), model="hash")[0].moment == late.id
        memory.write_moments([replace(late, text="changed words")])
        found = memory.search_vectors(hash_vector("zebra crossing"), model="hash", limit=400)
        assert late.id not in {hit.moment for hit in found}


def test_a_few_rows_may_wait_until_opening_the_index_is_worth_it(tmp_path: Path) -> None:
    fill(tmp_path)
    with open_indexed(tmp_path) as memory:
        late = build_utterance("zebra crossing", ordinal=900)
        memory.write_moments([late])
        memory.put_vectors("hash", build_rows([late]))
        assert memory.drain_outbox(at_least=4) == 0
        assert memory.search_vectors(hash_vector("zebra crossing"), model="hash")[0].moment == late.id
        assert memory.drain_outbox(at_least=3) == 3
        assert memory.status().outbox_pending == 0


def test_reindex_switches_generations_and_answers_stay(tmp_path: Path) -> None:
    fill(tmp_path)
    shares: list[float] = []
    with open_indexed(tmp_path) as memory:
        memory.reindex(report=lambda _what, share: shares.append(share))
        assert index_state(memory) == ("ready", 2)
        assert sorted(path.name for path in (tmp_path / "index").glob("gen-*")) == ["gen-2"]
        open_index(memory)
        assert_same_answers(memory)
        assert failures(memory) == []
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_a_lost_folder_is_rebuilt(tmp_path: Path) -> None:
    fill(tmp_path)
    shutil.rmtree(tmp_path / "index")
    with open_indexed(tmp_path) as memory:
        assert_same_answers(memory)
        assert memory.drain_outbox() == 600
        assert index_state(memory) == ("ready", 2)
        open_index(memory)
        assert_same_answers(memory)


@pytest.mark.parametrize("harm", ["garbage", "cut", "emptied"])
def test_a_damaged_folder_is_noticed_and_rebuilt(tmp_path: Path, harm: str) -> None:
    fill(tmp_path, 1500)  # more than Chroma keeps in its own log
    for path in (tmp_path / "index" / "gen-1").rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            path.write_bytes({"garbage": b"\xa5" * len(data), "cut": data[: len(data) // 3], "emptied": b""}[harm])
    with open_indexed(tmp_path) as memory:
        assert_same_answers(memory)  # exact meanwhile
        wait_for(lambda: index_state(memory)[0] == "broken")
        assert memory.drain_outbox() == 3000
        assert index_state(memory) == ("ready", 2)
        open_index(memory)
        assert_same_answers(memory)
        assert failures(memory) == []


def test_forgotten_vectors_leave_the_index_and_its_files(tmp_path: Path) -> None:
    moments = fill(tmp_path)
    gone = {m.id for m in moments[:50]}
    with open_indexed(tmp_path) as memory:
        blob = hash_vector(moments[0].text).tobytes()
        memory.forget(gone)
        assert not gone & {hit.moment for hit in memory.search_vectors(hash_vector("dog"), model="hash", limit=300)}
        assert memory.drain_outbox() == 499  # the window beside them is stale
        open_index(memory)
        assert not gone & {hit.moment for hit in memory.search_vectors(hash_vector("dog"), model="hash", limit=300)}
        assert failures(memory) == []
    assert [p.name for p in tmp_path.rglob("*") if p.is_file() and blob in p.read_bytes()] == []


def test_a_drain_can_be_stopped_and_goes_on(tmp_path: Path) -> None:
    moments = build_talk(800)
    with open_indexed(tmp_path) as memory:
        memory.write_moments(moments)
        memory.put_vectors("hash", build_rows(moments))
        answers = iter([False, False, True])
        assert 0 < memory.drain_outbox(should_stop=lambda: next(answers, True)) < 1600
        assert 0 < memory.status().outbox_pending < 1600
        memory.drain_outbox()
        assert memory.status().outbox_pending == 0
        assert failures(memory) == []


@pytest.mark.parametrize("point", ["before_chroma", "after_chroma", "mid_rebuild:2", "after_switch"])
def test_killed_at_any_point_of_indexing_it_goes_on(tmp_path: Path, point: str) -> None:
    fill(tmp_path, 600)
    died = run_python(
        """
        with Memory.open(home, chroma_from=1) as memory:
            late = [build_utterance(f"late {n}", ordinal=2000 + n) for n in range(5)]
            memory.write_moments(late)
            memory.put_vectors("hash", rows(late))
            memory.drain_outbox()
            memory.reindex()
        """,
        tmp_path,
        failpoint=point,
    )
    assert died.returncode == -9, died.stderr
    with open_indexed(tmp_path) as memory:
        memory.drain_outbox()
        assert memory.status().outbox_pending == 0
        assert index_state(memory)[0] == "ready"
        open_index(memory)
        assert failures(memory) == []
        assert_same_answers(memory)
        assert len(list((tmp_path / "index").glob("gen-*"))) == 1


def test_without_chroma_everything_is_exact(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object, **_more: object) -> None:
        raise ImportError("chromadb is not here")

    monkeypatch.setattr("chromadb.PersistentClient", refuse)
    moments = build_talk(30)
    with open_indexed(tmp_path) as memory:
        memory.write_moments(moments)
        memory.put_vectors("hash", build_rows(moments))
        assert memory.drain_outbox() == 0
        assert index_state(memory)[0] == "broken"
        assert_same_answers(memory)
        memory.reindex()
        assert_same_answers(memory)
    monkeypatch.undo()
    with open_indexed(tmp_path) as memory:
        assert memory.drain_outbox() == 60
        assert index_state(memory)[0] == "ready"
        assert failures(memory) == []


def test_chroma_is_neither_opened_nor_imported_before_it_is_needed(tmp_path: Path) -> None:
    done = run_python(
        """
        with Memory.open(home) as memory:
            memory.write_moments([build_utterance("hello")])
            memory.put_vectors("hash", rows([build_utterance("hello")]))
            assert memory.search_vectors(hash_vector("hello"), model="hash")
            assert "chromadb" not in sys.modules
            memory.drain_outbox()
            assert "chromadb" in sys.modules
        """,
        tmp_path,
    )
    assert done.returncode == 0, done.stderr


def test_several_parts_of_a_moment_are_one_hit(tmp_path: Path) -> None:
    moments = build_talk(12)
    with open_indexed(tmp_path) as memory:
        memory.write_moments(moments)
        parts = ["alpha one", "beta two", "gamma three"]
        memory.put_vectors(
            "hash", [VectorRow(m.id, "passage", n, hash_vector(t + m.id)) for m in moments for n, t in enumerate(parts)]
        )
        memory.drain_outbox()
        open_index(memory)
        query = hash_vector("beta two" + moments[4].id)
        hits = memory.search_vectors(query, model="hash", unit="passage", limit=12)
        assert hits[0] == Hit(moments[4].id, pytest.approx(1, abs=1e-5))
        assert len({hit.moment for hit in hits}) == len(hits) == 12


def test_searches_go_on_while_the_index_is_rebuilt(tmp_path: Path) -> None:
    fill(tmp_path, 700)
    with open_indexed(tmp_path) as memory:
        open_index(memory)
        query = hash_vector("dog park")
        exact = memory._exact.search(query, model="hash", unit="moment", scope=None, limit=10)
        stop, answers, errors = threading.Event(), [], []

        def search() -> None:
            try:
                while not stop.is_set():
                    answers.append(memory.search_vectors(query, model="hash", limit=10) == exact)
            except BaseException as error:  # noqa: BLE001 - shown by the test
                errors.append(error)

        threads = [threading.Thread(target=search) for _ in range(2)]
        for thread in threads:
            thread.start()
        for _ in range(2):
            memory.reindex()
        stop.set()
        for thread in threads:
            thread.join()
        assert errors == []
        assert answers
        assert all(answers)
        assert index_state(memory) == ("ready", 3)


def test_an_index_put_to_rest_is_opened_again_by_who_asks_it(tmp_path: Path) -> None:
    fill(tmp_path)
    with open_indexed(tmp_path) as memory:
        open_index(memory)
        assert not memory.rest(3600.0)  # it was just asked
        assert memory.rest(0.0)
        assert not memory.rest(0.0)  # it rests already
        assert memory._index is not None
        assert memory._index._folder is None
        assert memory._index.state.seal  # closed well: whoever opens it need not read it through
        assert_same_answers(memory)
        open_index(memory)
        assert_same_answers(memory)
        assert memory.rest(0.0)


def test_an_index_at_work_is_not_put_to_rest(tmp_path: Path) -> None:
    fill(tmp_path)
    with open_indexed(tmp_path) as memory:
        open_index(memory)
        assert memory._index is not None
        with memory._index._work:
            memory._index.rest()
        assert memory._index._folder is not None
