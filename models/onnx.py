"""The door to onnxruntime for networks of our own export: opens a file, runs it.

Role: a path in, a session out, always on the processor and with as many threads as asked for. RapidOCR brings its own
sessions; ``models.ocr`` is its door.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.protocols import FloatArray


class Network:
    """One ONNX network with one input and one output.

    Args:
        path: The file.
        n_threads: Of the processor, inside one run.
    """

    def __init__(self, path: Path, *, n_threads: int = 1) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = n_threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.enable_cpu_mem_arena = False  # batches differ in size; the arena would keep the largest for ever
        self._session: Any = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        self._input = self._session.get_inputs()[0].name

    def run(self, batch: NDArray[np.float32] | NDArray[np.int64]) -> FloatArray:
        """Run a batch; its first axis counts the items, in and out."""
        return np.asarray(self._session.run(None, {self._input: batch})[0], np.float32)
