from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from models.encoder import read_safetensors


def _write(path: Path, tensors: dict[str, np.ndarray]) -> None:
    header, body = {"__metadata__": {"format": "pt"}}, b""
    for name, tensor in tensors.items():
        kind = {"float32": "F32", "int64": "I64"}[str(tensor.dtype)]
        span = [len(body), len(body) + tensor.nbytes]
        header[name] = {"dtype": kind, "shape": list(tensor.shape), "data_offsets": span}
        body += tensor.tobytes()
    data = json.dumps(header).encode()
    path.write_bytes(len(data).to_bytes(8, "little") + data + body)


def test_tensors_come_back_as_they_were(tmp_path: Path) -> None:
    a = np.arange(12, dtype=np.float32).reshape(3, 4)
    b = np.array([1.5, -2.5], dtype=np.float32)
    _write(tmp_path / "x.safetensors", {"a": a, "ids": np.arange(5), "b": b})
    tensors = read_safetensors(tmp_path / "x.safetensors")
    assert set(tensors) == {"a", "b"}
    np.testing.assert_array_equal(tensors["a"], a)
    np.testing.assert_array_equal(tensors["b"], b)


def test_lying_header_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.safetensors"
    path.write_bytes((10**12).to_bytes(8, "little") + b"{}")
    with pytest.raises(ValueError, match="impossible length"):
        read_safetensors(path)
