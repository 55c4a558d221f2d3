from __future__ import annotations

import hashlib
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from models.errors import ModelError, WeightsDamaged, WeightsMissing
from models.loading import Lazy, load_weights
from models.offline import is_hub_refused, set_offline_flags, set_thread_flags
from models.weights import WeightFile, WeightsFolder, load_catalogue


class Clock:
    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def test_nothing_is_loaded_before_the_first_use() -> None:
    made: list[int] = []
    lazy = Lazy(lambda: made.append(1) or "model")
    assert not lazy.is_loaded
    assert made == []
    with lazy.borrow() as value:
        assert value == "model"
    assert lazy.is_loaded


def test_many_threads_load_once() -> None:
    made: list[int] = []
    gate = threading.Barrier(8)
    lazy = Lazy(lambda: made.append(1) or "model")

    def use() -> None:
        gate.wait()
        with lazy.borrow():
            pass

    threads = [threading.Thread(target=use) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [1]


def test_idle_value_is_dropped_and_loaded_again() -> None:
    clock, made, closed = Clock(), [], []
    lazy = Lazy(lambda: made.append(1) or "model", close=closed.append, clock=clock, idle_s=60)
    with lazy.borrow():
        clock.now_s = 1000
        assert not lazy.unload_idle()
    clock.now_s = 1059
    assert not lazy.unload_idle()
    clock.now_s = 1060
    assert lazy.unload_idle()
    assert (lazy.is_loaded, closed) == (False, ["model"])
    with lazy.borrow():
        assert len(made) == 2


def test_unload_waits_for_the_borrower() -> None:
    lazy = Lazy(lambda: "model")
    order: list[str] = []
    inside, leave = threading.Event(), threading.Event()

    def use() -> None:
        with lazy.borrow():
            inside.set()
            leave.wait()
            order.append("used")

    user = threading.Thread(target=use)
    user.start()
    inside.wait()
    unloader = threading.Thread(target=lambda: (lazy.unload(), order.append("unloaded")))
    unloader.start()
    leave.set()
    user.join()
    unloader.join()
    assert order == ["used", "unloaded"]


def test_failed_load_is_tried_again() -> None:
    answers = iter([ValueError("no"), "model"])

    def load() -> str:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    lazy = Lazy(load)
    with pytest.raises(ValueError, match="no"), lazy.borrow():
        pass
    with lazy.borrow() as value:
        assert value == "model"


def test_missing_and_damaged_weights_are_told_apart(tmp_path: Path) -> None:
    folder, model = WeightsFolder(tmp_path), load_catalogue().models["minilm-l6"]
    with pytest.raises(WeightsMissing, match=r"tokenizer\.json"):
        load_weights(folder, model, lambda path: path)
    for file in model.files:
        path = folder.path_of(file)
        path.parent.mkdir(exist_ok=True)
        with path.open("wb") as stream:
            stream.truncate(file.n_bytes)

    with pytest.raises(WeightsDamaged, match=r"tokenizer\.json") as caught:
        load_weights(folder, model, lambda path: pytest.fail(f"{path} has wrong bytes and was loaded"))
    assert "models pull" in caught.value.hint


def test_weights_are_hashed_when_they_changed_and_a_failure_to_load_right_ones_is_told(tmp_path: Path) -> None:
    content = b"weights"
    file = WeightFile("m", "m.bin", len(content), hashlib.sha256(content).hexdigest(), "", ())
    model = replace(load_catalogue().models["minilm-l6"], id="m", files=(file,))
    folder = WeightsFolder(tmp_path)
    folder.path_of(file).parent.mkdir()
    folder.path_of(file).write_bytes(content)

    def fail(_path: Path) -> None:
        raise RuntimeError("cannot parse")

    with pytest.raises(ModelError, match="cannot parse") as caught:
        load_weights(folder, model, fail)
    assert isinstance(caught.value.__cause__, RuntimeError)
    assert folder.is_verified(file)
    folder.path_of(file).write_bytes(b"weighed")
    with pytest.raises(WeightsDamaged):
        load_weights(folder, model, lambda path: path)
    folder.path_of(file).write_bytes(content)
    assert load_weights(folder, model, lambda path: path) == tmp_path / "m"


def test_our_own_offline_flag_does_not_hold_the_pull_back() -> None:
    environ: dict[str, str] = {}
    set_offline_flags(environ)
    assert environ["HF_HUB_OFFLINE"] == "1"
    assert environ["ANONYMIZED_TELEMETRY"] == "False"
    assert not is_hub_refused(environ)
    assert is_hub_refused({"MADELEINE_NO_HUB": "1"})
    set_by_user = {"HF_HUB_OFFLINE": "1"}
    set_offline_flags(set_by_user)
    assert is_hub_refused(set_by_user)


def test_thread_flags_leave_the_users_choice() -> None:
    environ: dict[str, str] = {}
    set_thread_flags(environ)
    assert "GOMP_SPINCOUNT" in environ
    active = {"OMP_WAIT_POLICY": "ACTIVE"}
    set_thread_flags(active)
    assert active == {"OMP_WAIT_POLICY": "ACTIVE"}
