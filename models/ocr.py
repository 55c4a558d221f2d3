"""Text in pictures with RapidOCR: the one door to it and to onnxruntime.

Role: an upright picture in, lines with boxes in reading order out. The models are those inside the installed package;
their paths are given, so that the library never looks for a download. Pictures that a computer drew go another way
(``screen_text``): their lines are found by geometry, and only the recognizer is asked.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any

import numpy as np

from models.loading import IDLE_S, Lazy, LazyBackend, load_weights
from models.protocols import ImageArray, TextLine
from models.reading_order import sort_lines
from models.screen_text import ScreenText
from models.weights import Model, WeightsFolder

# Letters that the one recognizer of the package knows (PP-OCRv6 small; a test reads them off its dictionary): there is
# nothing to choose between, and no other recognizer is in the list of weights.
READS = ("Latin", "Greek", "Chinese", "Japanese")
READS_NOT = ("Cyrillic", "Arabic", "Hebrew", "Korean", "Thai", "Indian")
_MAX_SIDE_PX = 2000
_MIN_SIDE_PX = 4
_MIN_CONFIDENCE = 0.5
# Pictures taller than this many times their width are read in bands; text lower than half the overlap is whole in one.
_TALL = 3.5
_OVERLAP_PX = 120
_STAGES = ("det", "cls", "rec")
# Screens are upright: the classifier turns three of a hundred of their lines upside down. A second thread costs 45 %
# more processor time for two thirds of the wait, and nobody waits for screens. Crops of single words need not be padded
# to the width of a line.
_SCREEN_PARAMS = {
    "Global.use_cls": False,
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "Rec.rec_img_shape": [3, 48, 48],
}


class RapidTextReader(LazyBackend[Any]):
    """PP-OCR through RapidOCR and onnxruntime.

    Args:
        folder: The folder of weights.
        model: Its entry in the catalogue (bundled in the package).
        n_threads: Of the processor.
        max_side_px: Larger pictures are made smaller first, or read in bands where they are tall; boxes are in pixels
            of the picture given.
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

        def load_screen() -> ScreenText:
            engine = load_weights(folder, model, lambda path: _load(path, model, params | _SCREEN_PARAMS))
            return ScreenText(lambda crops: _recognize(engine, crops), lambda image: _detect(engine, image))

        super().__init__(model.origin, Lazy(load, clock=clock, idle_s=idle_s))
        self._screen = Lazy(load_screen, clock=clock, idle_s=idle_s)
        self._max_side_px = max_side_px
        # The engine keeps its options and sizes in itself: one picture at a time.
        self._one_at_a_time = threading.Lock()

    @property
    def is_loaded(self) -> bool:
        """Whether the models of either way are in memory now."""
        return super().is_loaded or self._screen.is_loaded

    def unload(self) -> None:
        """Put both out of memory, with what is remembered of screens."""
        super().unload()
        self._screen.unload()

    def unload_idle(self) -> bool:
        """Put out of memory what was not used for a while; never waits."""
        dropped = [super().unload_idle(), self._screen.unload_idle()]
        return any(dropped)

    def read_screen(self, image: ImageArray) -> tuple[TextLine, ...]:
        """Read a picture that a computer drew, each of its lines once however often it is seen.

        Args:
            image: uint8 (height, width, 3), RGB, upright.

        Raises:
            ValueError: The picture has another form.
            WeightsMissing: The models are not there.
        """
        _require_picture(image)
        if min(image.shape[:2]) < _MIN_SIDE_PX:
            return ()
        with self._screen.borrow() as screen, self._one_at_a_time:
            return screen.read(image)

    def read(self, image: ImageArray) -> tuple[TextLine, ...]:
        """Read all lines in reading order; items of one visual row stay beside each other.

        Args:
            image: uint8 (height, width, 3), RGB, upright.

        Raises:
            ValueError: The picture has another form.
            WeightsMissing: The models are not there.
        """
        _require_picture(image)
        if min(image.shape[:2]) < _MIN_SIDE_PX:
            return ()
        lines: list[TextLine] = []
        with self._lazy.borrow() as engine, self._one_at_a_time:
            for tile in cut_tiles(image.shape[0], image.shape[1], self._max_side_px):
                found = engine(_to_bgr(image[tile.top : tile.bottom], self._max_side_px))
                lines += _to_lines(found, tile)
        return sort_lines(lines)


def _require_picture(image: ImageArray) -> None:
    if image.ndim != 3 or image.shape[2] != 3 or image.dtype != np.uint8:
        raise ValueError(f"A picture must be uint8 (height, width, 3), not {image.dtype} {image.shape}")


def _recognize(engine: Any, crops: Sequence[ImageArray]) -> list[tuple[str, float]]:
    """Read crops of single lines."""
    found = engine.recognize_txt([np.ascontiguousarray(crop[:, :, ::-1]) for crop in crops])
    return [(str(text), float(score)) for text, score in zip(found.txts, found.scores, strict=True)]


def _detect(engine: Any, image: ImageArray) -> list[TextLine]:
    """Find and read the lines of a photo within a page."""
    height, width = image.shape[:2]
    found = engine(_to_bgr(image, max(height, width)))
    return list(_to_lines(found, Tile(0, height, float("-inf"), float("inf"))))


@dataclass(frozen=True, slots=True)
class Tile:
    """A band of a picture: its rows, and those in which a line's middle must lie to count here."""

    top: int
    bottom: int
    keep_from: float
    keep_to: float


def cut_tiles(height: int, width: int, max_side_px: int) -> tuple[Tile, ...]:
    """Cut a tall picture (a scrolled page) into overlapping bands, so that it is not made smaller as a whole.

    Other pictures are one tile.
    """
    if height <= max_side_px or height < _TALL * width:
        return (Tile(0, height, float("-inf"), float("inf")),)
    step = max_side_px - _OVERLAP_PX
    tops = range(0, height - _OVERLAP_PX, step)
    half = _OVERLAP_PX / 2
    return tuple(
        Tile(
            top,
            min(top + max_side_px, height),
            float("-inf") if top == 0 else top + half,
            float("inf") if top + step >= height - _OVERLAP_PX else top + step + half,
        )
        for top in tops
    )


def _to_bgr(image: ImageArray, max_side_px: int) -> ImageArray:
    """Turn the colours round as OpenCV has them; widen a very thin picture, which would shrink to nothing."""
    bgr = image[:, :, ::-1]
    shrink = max(1.0, max(image.shape[:2]) / max_side_px)
    missing = [max(0, ceil(32 * shrink) - side) for side in image.shape[:2]]
    if any(missing):
        bgr = np.pad(bgr, ((0, missing[0]), (0, missing[1]), (0, 0)), mode="edge")
    return np.ascontiguousarray(bgr)


def _to_lines(found: Any, tile: Tile) -> Iterator[TextLine]:
    if found.boxes is None or found.txts is None:
        return
    for box, text, score in zip(found.boxes, found.txts, found.scores, strict=True):
        corners = [(float(x), float(y) + tile.top) for x, y in box]
        middle = sum(y for _, y in corners) / 4
        if text.strip() and tile.keep_from <= middle < tile.keep_to:
            yield TextLine(text.strip(), (corners[0], corners[1], corners[2], corners[3]), float(score))


def _load(path: Path, model: Model, params: dict[str, Any]) -> Any:
    from rapidocr import RapidOCR

    names = {stage: next(file.name for file in model.files if f"_{stage}_" in file.name) for stage in _STAGES}
    paths = {f"{stage.capitalize()}.model_path": str(path / name) for stage, name in names.items()}
    engine = RapidOCR(params=params | paths)
    logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
    return engine
