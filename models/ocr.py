"""Text in pictures with RapidOCR: the one door to it and to onnxruntime.

Role: an upright picture in, lines with boxes in reading order out. The models are those inside the installed package;
their paths are given, so that the library never looks for a download.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from models.loading import IDLE_S, Lazy, LazyBackend, load_weights
from models.protocols import ImageArray, TextLine
from models.reading_order import sort_lines
from models.weights import Model, WeightsFolder

_MAX_SIDE_PX = 2000
_MIN_CONFIDENCE = 0.5
_STAGES = ("det", "cls", "rec")


class RapidTextReader(LazyBackend[Any]):
    """PP-OCR through RapidOCR and onnxruntime.

    Args:
        folder: The folder of weights.
        model: Its entry in the catalogue (bundled in the package).
        n_threads: Of the processor.
        max_side_px: Larger pictures are made smaller first; boxes are in pixels of the picture given.
        min_confidence: Lines read with less are left out, 0 to 1.
        clock: Monotonic seconds.
        idle_s: Seconds without use after which it may be unloaded.
    """

    def __init__(
        self,
        folder: WeightsFolder,
        model: Model,
        *,
        n_threads: int = 2,
        max_side_px: int = _MAX_SIDE_PX,
        min_confidence: float = _MIN_CONFIDENCE,
        clock: Callable[[], float] = time.monotonic,
        idle_s: float = IDLE_S,
    ) -> None:
        params = {
            "Global.log_level": "critical",
            "Global.max_side_len": max_side_px,
            "Global.text_score": min_confidence,
            "EngineConfig.onnxruntime.intra_op_num_threads": n_threads,
        }

        def load() -> Any:
            return load_weights(folder, model, lambda path: _load(path, model, params))

        super().__init__(model.origin, Lazy(load, clock=clock, idle_s=idle_s))
        # The engine keeps its options and sizes in itself: one picture at a time.
        self._one_at_a_time = threading.Lock()

    def read(self, image: ImageArray) -> tuple[TextLine, ...]:
        """Read all lines in reading order; items of one visual row stay beside each other.

        Args:
            image: uint8 (height, width, 3), RGB, upright.

        Raises:
            ValueError: The picture has another form.
            WeightsMissing: The models are not there.
        """
        if image.ndim != 3 or image.shape[2] != 3 or image.dtype != np.uint8:
            raise ValueError(f"A picture must be uint8 (height, width, 3), not {image.dtype} {image.shape}")
        if min(image.shape[:2]) < 4:
            return ()
        bgr = np.ascontiguousarray(image[:, :, ::-1])
        with self._lazy.borrow() as engine, self._one_at_a_time:
            found = engine(bgr)
        if found.boxes is None or found.txts is None:
            return ()
        lines = [
            TextLine(text.strip(), _to_box(box), float(score))
            for box, text, score in zip(found.boxes, found.txts, found.scores, strict=True)
            if text.strip()
        ]
        return sort_lines(lines)


def _to_box(corners: Sequence[Any]) -> Any:
    return tuple((float(x), float(y)) for x, y in corners)


def _load(path: Path, model: Model, params: dict[str, Any]) -> Any:
    from rapidocr import RapidOCR

    names = {stage: next(file.name for file in model.files if f"_{stage}_" in file.name) for stage in _STAGES}
    paths = {f"{stage.capitalize()}.model_path": str(path / name) for stage, name in names.items()}
    engine = RapidOCR(params=params | paths)
    logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
    return engine
