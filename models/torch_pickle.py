"""Reads the tensors of a PyTorch checkpoint without PyTorch and without running anything in it.

Role: a pickle is a program; here only the few words of it are known that build dictionaries and tensors, and whatever
else it names is refused before it is called. Knows the format that PyTorch wrote up to version 1.5.

Source: pytorch/torch/serialization.py, ``_legacy_save`` and ``_legacy_load``; Python's ``pickle`` manual, "Restricting
Globals".
"""

from __future__ import annotations

import collections
import pickle
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

_MAGIC = 0x1950A86A20F9469CFC6C
_PROTOCOL = 1001
_DTYPES = {
    "DoubleStorage": "<f8",
    "FloatStorage": "<f4",
    "HalfStorage": "<f2",
    "LongStorage": "<i8",
    "IntStorage": "<i4",
    "ShortStorage": "<i2",
    "CharStorage": "<i1",
    "ByteStorage": "<u1",
}
_MOST_ELEMENTS = 1 << 30


class BadCheckpoint(ValueError):
    """The file is no checkpoint of this kind, or holds more than tensors."""


class _Storage:
    """Numbers that one or more tensors look at; filled after the dictionaries are read, as they lie in the file."""

    def __init__(self, dtype: str, n_elements: int) -> None:
        self.dtype = dtype
        self.n_elements = n_elements
        self.data: NDArray[Any] | None = None


class _Tensor:
    """A view of a storage: offset, shape and strides in elements."""

    def __init__(self, storage: object, offset: object, shape: object, strides: object, *_rest: object) -> None:
        if not (isinstance(storage, _Storage) and isinstance(shape, tuple) and isinstance(strides, tuple)):
            raise BadCheckpoint("A tensor of the checkpoint is not put together as tensors are.")
        numbers = (offset, *shape, *strides)
        if not all(isinstance(n, int) and n >= 0 for n in numbers) or len(shape) != len(strides):
            raise BadCheckpoint("A tensor of the checkpoint has no valid shape.")
        self._storage = storage
        self._offset = int(str(offset))
        self._shape: tuple[int, ...] = shape
        self._strides: tuple[int, ...] = strides

    def __setstate__(self, _state: object) -> None:
        raise BadCheckpoint("The checkpoint tries to change a tensor after it was checked.")

    def to_array(self) -> NDArray[Any]:
        """Copy the view into an array of its own."""
        data = self._storage.data
        assert data is not None
        last = self._offset + sum((n - 1) * step for n, step in zip(self._shape, self._strides, strict=True))
        if 0 in self._shape:
            return np.zeros(self._shape, data.dtype)
        if last >= len(data):
            raise BadCheckpoint("A tensor of the checkpoint is longer than its numbers.")
        strides = tuple(step * data.itemsize for step in self._strides)
        return np.lib.stride_tricks.as_strided(data[self._offset :], self._shape, strides).copy()


class _Reader(pickle.Unpickler):
    """An unpickler that knows four kinds of names and no other."""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__(stream)
        self.storages: dict[str, _Storage] = {}

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("collections", "OrderedDict"):
            return collections.OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return _Tensor
        if module == "torch" and name in _DTYPES:
            return name  # only ever compared, never called: a str is not callable
        raise BadCheckpoint(f"The checkpoint names {module}.{name}, which is no tensor; it was not read further.")

    def persistent_load(self, pid: Any) -> _Storage:
        if not (isinstance(pid, tuple) and len(pid) == 6 and pid[0] == "storage" and pid[1] in _DTYPES):
            raise BadCheckpoint("The checkpoint refers to something that is no storage of numbers.")
        _kind, dtype, key, _device, n_elements, view = pid
        if view is not None or not isinstance(n_elements, int) or not 0 <= n_elements <= _MOST_ELEMENTS:
            raise BadCheckpoint("A storage of the checkpoint has an impossible size.")
        return self.storages.setdefault(str(key), _Storage(_DTYPES[dtype], n_elements))


def read_checkpoint(path: Path) -> Any:
    """Read a checkpoint: its dictionaries and lists as they are, each tensor as an array of its own.

    Raises:
        BadCheckpoint: it has another format, is cut, or holds anything but numbers, texts, containers and tensors.
    """
    with path.open("rb") as stream:
        try:
            return _read(stream)
        except BadCheckpoint:
            raise
        except Exception as error:
            # A damaged pickle may fail in any way that Python knows.
            raise BadCheckpoint("The file is not a checkpoint that can be read.") from error


def _read(stream: BinaryIO) -> Any:
    if _Reader(stream).load() != _MAGIC or _Reader(stream).load() != _PROTOCOL:
        raise BadCheckpoint("The file is not a checkpoint of the format that is read here.")
    system = _Reader(stream).load()
    if not isinstance(system, dict) or system.get("little_endian") is not True:
        raise BadCheckpoint("The checkpoint was written on a machine with another order of bytes.")
    reader = _Reader(stream)
    tree = reader.load()
    for key in _Reader(stream).load():
        storage = reader.storages[key]
        n_elements = int.from_bytes(stream.read(8), "little")
        if n_elements != storage.n_elements:
            raise BadCheckpoint("A storage of the checkpoint has another size than its tensors say.")
        data = np.frombuffer(stream.read(n_elements * np.dtype(storage.dtype).itemsize), storage.dtype)
        if len(data) != n_elements:
            raise BadCheckpoint("The checkpoint ends too early.")
        storage.data = data
    return _to_arrays(tree)


def _to_arrays(node: Any) -> Any:
    if isinstance(node, _Tensor):
        return node.to_array()
    if isinstance(node, Mapping):
        return {key: _to_arrays(value) for key, value in node.items()}
    if isinstance(node, (list, tuple)):
        return type(node)(_to_arrays(value) for value in node)
    return node
