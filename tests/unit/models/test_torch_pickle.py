"""A checkpoint is read without running it: tensors come out right, and whatever is no tensor is refused."""

from __future__ import annotations

import collections
import os
import pickle
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest

from models.torch_pickle import BadCheckpoint, read_checkpoint

MAGIC, PROTOCOL, SYSTEM = 0x1950A86A20F9469CFC6C, 1001, {"little_endian": True}


class FloatStorage:
    """Stands for ``torch.FloatStorage``: written by its name only."""


class Calls:
    """Pickles as a call of ``function(*arguments)``."""

    def __init__(self, function: Any, *arguments: Any) -> None:
        self._call = (function, arguments)

    def __reduce__(self) -> Any:
        return self._call


def _rebuild_tensor_v2(*_arguments: Any) -> Any: ...


class Stored:
    """A reference to a storage of four numbers."""


class Writer(pickle._Pickler):  # the one in Python lets names be chosen
    def persistent_id(self, obj: Any) -> Any:
        return ("storage", FloatStorage, "7", "cpu", 4, None) if isinstance(obj, Stored) else None

    def save_global(self, obj: Any, name: str | None = None) -> None:
        names = {FloatStorage: ("torch", "FloatStorage"), _rebuild_tensor_v2: ("torch._utils", "_rebuild_tensor_v2")}
        if obj in names:
            module, name = names[obj]
            self.write(pickle.GLOBAL + f"{module}\n{name}\n".encode())
            self.memoize(obj)
        else:
            super().save_global(obj, name)

    dispatch: ClassVar[dict[Any, Any]] = {
        **pickle._Pickler.dispatch,
        type: save_global,
        type(_rebuild_tensor_v2): save_global,
    }


def write(path: Path, tree: Any, *, numbers: Any = (1.0, 2.0, 3.0, 4.0), keys: Any = ("7",)) -> Path:
    with path.open("wb") as stream:
        for part in (MAGIC, PROTOCOL, SYSTEM):
            pickle.dump(part, stream, protocol=2)
        Writer(stream, protocol=2).dump(tree)
        pickle.dump(list(keys), stream, protocol=2)
        stream.write((4).to_bytes(8, "little") + np.asarray(numbers, "<f4").tobytes())
    return path


def tensor(offset: int, shape: tuple[int, ...], strides: tuple[int, ...]) -> Calls:
    return Calls(_rebuild_tensor_v2, Stored(), offset, shape, strides, False, collections.OrderedDict())


def test_tensors_come_out_with_their_shapes_and_strides(tmp_path: Path) -> None:
    tree = {"step": 3, "state": collections.OrderedDict(a=tensor(0, (2, 2), (1, 2)), b=tensor(3, (1,), (1,)))}
    found = read_checkpoint(write(tmp_path / "c.pt", tree))
    assert found["step"] == 3
    np.testing.assert_array_equal(found["state"]["a"], [[1, 3], [2, 4]])
    np.testing.assert_array_equal(found["state"]["b"], [4])


def test_nothing_in_a_checkpoint_is_run(tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    path = write(tmp_path / "c.pt", {"state": Calls(os.mkdir, str(mark))})
    with pytest.raises(BadCheckpoint, match="mkdir"):
        read_checkpoint(path)
    assert not mark.exists()


@pytest.mark.parametrize("name", ["builtins\neval", "torch\nload", "numpy\nfromfile", "torch._utils\nos.system"])
def test_other_names_are_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "c.pt"
    path.write_bytes(f"c{name}\n.".encode())
    with pytest.raises(BadCheckpoint, match="no tensor"):
        read_checkpoint(path)


@pytest.mark.parametrize("view", [(4, (1,), (1,)), (0, (5,), (1,)), (0, (2, 2), (2, 2)), (0, (-1,), (1,))])
def test_a_tensor_never_reaches_beyond_its_numbers(tmp_path: Path, view: Any) -> None:
    with pytest.raises(BadCheckpoint):
        read_checkpoint(write(tmp_path / "c.pt", [tensor(*view)]))


def test_cut_and_foreign_files_are_refused(tmp_path: Path) -> None:
    whole = write(tmp_path / "c.pt", [tensor(0, (4,), (1,))]).read_bytes()
    for data in (whole[:-3], whole[:40], b"", b"PK\x03\x04", os.urandom(64)):
        path = tmp_path / "bad.pt"
        path.write_bytes(data)
        with pytest.raises(BadCheckpoint):
            read_checkpoint(path)
