"""Pictures and texts in one space (CLIP), from the two networks that ``models.clip_export`` has written.

Role: the embedder behind ``models.protocols.PictureEmbedder``. It runs onnxruntime only; torch and open_clip are needed
once, at the export, in an environment of their own.

Source: Radford et al. 2021 (CLIP); open_clip's ``transform.py`` (inference) for how a picture is prepared and
``tokenizer.py`` for how a text is cut.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from models.errors import ModelError, WeightsDamaged, WeightsMissing
from models.loading import IDLE_S, Lazy, LazyBackend
from models.offline import set_offline_flags, set_thread_flags
from models.onnx import Network
from models.protocols import CancelToken, FloatArray, ImageArray
from models.weights import Model, WeightsFolder, hash_file

EXPORTED = "onnx"  # the folder beside the checkpoint that the export writes
ABOUT = "clip.json"
IMAGE, TEXT, WORDS = "image.onnx", "text.onnx", "tokenizer.json"
_BATCH = 8
_TOLERANCE = 1e-3
_AGAIN = "Export it again with `madeleine models export-clip`."


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipAbout:
    """What ``clip.json`` says of an export.

    Attributes:
        producer: Model, revision, precision and a part of the networks' hash.
        n_dims: Length of a vector.
        side_px: Pictures are given to the network as squares of this side.
        mean, std: Of each colour, 0 to 1; subtracted and divided by.
        n_tokens: A text is cut to so many.
        end_token: Ends every text.
        least_cosine: A picture is close to a text from this cosine on.
        sha256: Of each file.
    """

    producer: str
    n_dims: int
    side_px: int
    mean: tuple[float, float, float]
    std: tuple[float, float, float]
    n_tokens: int
    end_token: int
    least_cosine: float
    sha256: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Engine:
    image: Network
    text: Network
    tokenizer: Any


def find_clip(folder: WeightsFolder, model: Model) -> tuple[Path, ClipAbout] | None:
    """The export of a CLIP model and what it says of itself; None where it was not made (or not by this program)."""
    path = folder.root / model.id / EXPORTED
    try:
        told = json.loads((path / ABOUT).read_text("utf-8"))
        about = ClipAbout(**told | {"mean": tuple(told["mean"]), "std": tuple(told["std"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return path, about


class ClipEmbedder(LazyBackend[_Engine]):
    """Both towers of a CLIP model.

    Args:
        path: The folder of the export.
        about: What its ``clip.json`` says.
        n_threads: Of the processor.
        clock: Monotonic seconds.
        idle_s: Seconds without use after which it may be unloaded.
    """

    def __init__(
        self,
        path: Path,
        about: ClipAbout,
        *,
        n_threads: int = 1,
        clock: Callable[[], float] = time.monotonic,
        idle_s: float = IDLE_S,
    ) -> None:
        super().__init__(about.producer, Lazy(lambda: _load(path, about, n_threads), clock=clock, idle_s=idle_s))
        self._about = about

    @property
    def n_dims(self) -> int:
        """Length of a vector."""
        return self._about.n_dims

    @property
    def least_cosine(self) -> float:
        """From this cosine on a picture is close to a text."""
        return self._about.least_cosine

    @property
    def certainty(self) -> float:
        """It was trained on pairs of picture and text: its word counts in full."""
        return 1.0

    def embed_pictures(self, images: Sequence[ImageArray], *, cancel: CancelToken | None = None) -> FloatArray:
        """Embed pictures.

        Args:
            images: Each uint8 (height, width, 3), RGB, upright.
            cancel: Looked at between batches.

        Returns:
            float32 (pictures, dims), each row of unit length.
        """
        return self._embed([prepare(image, self._about) for image in images], lambda engine: engine.image, cancel)

    def embed_texts(self, texts: Sequence[str], *, cancel: CancelToken | None = None) -> FloatArray:
        """Embed texts; what is longer than the model reads is cut at its end.

        Returns:
            float32 (texts, dims), each row of unit length.
        """
        with self._lazy.borrow() as engine:
            rows = list(tokenize(engine.tokenizer, texts, self._about))
        return self._embed(rows, lambda engine: engine.text, cancel)

    def _embed(
        self, inputs: Sequence[Any], tower: Callable[[_Engine], Network], cancel: CancelToken | None
    ) -> FloatArray:
        rows = np.zeros((len(inputs), self.n_dims), np.float32)
        with self._lazy.borrow() as engine:
            for start in range(0, len(inputs), _BATCH):
                if cancel is not None:
                    cancel.raise_if_cancelled()
                batch = np.stack(inputs[start : start + _BATCH])
                rows[start : start + len(batch)] = tower(engine).run(batch)
        lengths = np.linalg.norm(rows, axis=1)
        if not np.all(np.abs(lengths - 1.0) < _TOLERANCE):  # False for what is not finite, too
            raise ModelError(f"{self.producer} gave a vector that is not of unit length.", hint=_AGAIN)
        return rows


def prepare(image: ImageArray, about: ClipAbout) -> FloatArray:
    """A picture as the network wants it: shortest side scaled (bicubic), middle square cut out, colours normalized.

    Returns:
        float32 (3, side, side).
    """
    from PIL import Image

    side = about.side_px
    height, width = image.shape[:2]
    # torchvision.transforms.functional._compute_resized_output_size: the longer side is cut down to whole pixels.
    size = (side, int(side * height / width)) if width <= height else (int(side * width / height), side)
    picture = Image.fromarray(image).resize(size, Image.Resampling.BICUBIC)
    left, top = round((size[0] - side) / 2), round((size[1] - side) / 2)
    square = np.asarray(picture.crop((left, top, left + side, top + side)), np.float32) / np.float32(255)
    normal = (square - np.array(about.mean, np.float32)) / np.array(about.std, np.float32)
    return np.ascontiguousarray(normal.transpose(2, 0, 1), np.float32)


def tokenize(tokenizer: Any, texts: Sequence[str], about: ClipAbout) -> Iterator[np.ndarray[Any, np.dtype[np.int64]]]:
    """Token ids of each text, int64 (tokens,), padded with 0; of a text that is cut the last one ends it."""
    for encoded in tokenizer.encode_batch(list(texts)):
        row = np.zeros(about.n_tokens, np.int64)
        ids = encoded.ids[: about.n_tokens]
        row[: len(ids)] = ids
        if len(encoded.ids) > about.n_tokens:
            row[-1] = about.end_token
        yield row


def _load(path: Path, about: ClipAbout, n_threads: int) -> _Engine:
    for name in (IMAGE, TEXT, WORDS):
        if not (path / name).is_file():
            raise WeightsMissing(f"CLIP is not whole: {path / name} is not here.", hint=_AGAIN)
        if hash_file(path / name) != about.sha256.get(name):
            raise WeightsDamaged(f"CLIP is damaged: {path / name} has wrong bytes.", hint=_AGAIN)
    set_offline_flags()
    set_thread_flags()
    from tokenizers import Tokenizer

    try:
        image, text = (Network(path / name, n_threads=n_threads) for name in (IMAGE, TEXT))
        return _Engine(image, text, Tokenizer.from_file(str(path / WORDS)))
    except Exception as error:
        # onnxruntime and tokenizers raise anything, even bare Exceptions.
        raise ModelError(f"CLIP could not be loaded ({type(error).__name__}).", hint=_AGAIN) from error
