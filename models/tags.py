"""What pictures show, in everyday words, from a small classifier: for everyone, where CLIP is not there.

Role: pixels in, words with their shares out; and an embedder behind ``models.protocols.PictureEmbedder`` whose space
has one axis a word. A picture lies there by the shares of its words, a text by how near the words are to it in meaning
(the text embedder says so), so that "a puppy in the snow" finds what was called dog and ski. It is never certain, and
nobody may claim more: ``Seen.tags`` are guesses.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.errors import WeightsMissing
from models.loading import IDLE_S, Lazy, LazyBackend
from models.onnx import Network
from models.protocols import CancelToken, Embedder, FloatArray, ImageArray, Seen, Tag
from models.weights import hash_file

CLASSIFIER, WORDS = "classifier.onnx", "words.txt"
N_CLASSES = 1000
SIDE_PX = 224
# Mean and deviation of ImageNet's colours, as the checkpoint was trained with.
_MEAN = np.array([0.485, 0.456, 0.406], np.float32)
_STD = np.array([0.229, 0.224, 0.225], np.float32)
_QUARTER = 0.72  # side of each corner view, as a share of the shorter side: they overlap, so that nothing falls between
_UNRELATED = 0.20  # cosine that the text embedder gives to words that have nothing to do with each other
# Cosine to its nearest word from which a text names something that can be seen: words that do not exist come to .24 to
# .38, what people say of a photo to .53 (median; one in eight lies below .4, and found little).
_NAMED = 0.40
_TOLD = 0.35  # share from which on a word is told to a person
_MOST_TOLD = 6


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words, and which classes speak for each: float32 (classes, words), 0 or 1."""

    words: tuple[str, ...]
    spoken_for: FloatArray


@dataclass(frozen=True, slots=True)
class _Engine:
    network: Network
    vocabulary: Vocabulary


class Tagger(LazyBackend[_Engine]):
    """EfficientNet-Lite0 and a table of everyday words.

    Args:
        folder: Holds ``classifier.onnx`` and ``words.txt``.
        embedder: Says how near words and texts are in meaning.
        n_threads: Of the processor.
        clock: Monotonic seconds.
        idle_s: Seconds without use after which it may be unloaded.
    """

    least_cosine = 0.30  # 96 in 100 pairs of a question about talks and an everyday photo lie below
    certainty = 0.8

    def __init__(
        self,
        folder: Path,
        embedder: Embedder,
        *,
        n_threads: int = 1,
        clock: Callable[[], float] = time.monotonic,
        idle_s: float = IDLE_S,
    ) -> None:
        table = read_words((folder / WORDS).read_text("utf-8"))
        mark = hash_file(folder / WORDS)[:6]
        super().__init__(
            f"EfficientNet-Lite0@57934424 int8, words {mark}",
            Lazy(lambda: _load(folder, table, n_threads), clock=clock, idle_s=idle_s),
        )
        self._table = table
        self._embedder = embedder
        self._words: tuple[str, FloatArray] | None = None

    @property
    def n_dims(self) -> int:
        """One a word, and one for what no word says."""
        return len(self._table.words) + 1

    def see(self, image: ImageArray) -> Seen:
        """Look at one picture.

        Args:
            image: uint8 (height, width, 3), RGB, upright.
        """
        with self._lazy.borrow() as engine:
            shares = engine.network.run(cut_views(image)) @ engine.vocabulary.spoken_for
        best = shares.max(axis=0)
        order = [int(n) for n in np.argsort(-best, kind="stable") if best[n] >= _TOLD]
        tags = tuple(Tag(self._table.words[n], round(min(1.0, float(best[n])), 3)) for n in order[:_MOST_TOLD])
        return Seen(tags, _to_unit(np.sqrt(best.clip(0.0, 1.0))[None])[0])

    def embed_pictures(self, images: Sequence[ImageArray], *, cancel: CancelToken | None = None) -> FloatArray:
        """Embed pictures; see the module. Returns float32 (pictures, dims), each row of unit length."""
        rows = np.zeros((len(images), self.n_dims), np.float32)
        for row, image in enumerate(images):
            if cancel is not None:
                cancel.raise_if_cancelled()
            rows[row] = self.see(image).vector
        return rows

    def embed_texts(self, texts: Sequence[str], *, cancel: CancelToken | None = None) -> FloatArray:
        """Embed texts; see the module.

        Returns:
            float32 (texts, dims), each row of unit length. A text that names nothing one could see is the opposite of a
            picture in which nothing was seen, and close to none.
        """
        words = self._embed_words(cancel)
        near = self._embedder.embed(texts, cancel=cancel) @ words.T
        near[near.max(axis=1) < _NAMED] = 0.0
        rows = _to_unit(np.clip(near - _UNRELATED, 0.0, None))
        rows[:, -1] *= -1.0
        return rows

    def _embed_words(self, cancel: CancelToken | None) -> FloatArray:
        """The words in the text embedder's space, made once."""
        if self._words is None or self._words[0] != self._embedder.producer:
            self._words = (self._embedder.producer, self._embedder.embed(self._table.words, cancel=cancel))
        return self._words[1]


def read_words(text: str) -> Vocabulary:
    """Read the table of words: a word a line (it may have spaces), then numbers and ranges of classes.

    Raises:
        ValueError: a line names no class, or one that does not exist.
    """
    words: list[str] = []
    rows: list[NDArray[np.float32]] = []
    for line in text.splitlines():
        parts = line.split()
        if not parts or line.startswith("#"):
            continue
        n_words = next((n for n, part in enumerate(parts) if part[0].isdigit()), len(parts))
        row = np.zeros(N_CLASSES, np.float32)
        for part in parts[n_words:]:
            first, _, last = part.partition("-")
            if not int(first) <= int(last or first) < N_CLASSES:
                raise ValueError(f"There is no class {part!r}")
            row[int(first) : int(last or first) + 1] = 1.0
        if not row.any():
            raise ValueError(f"No class speaks for {line!r}")
        words.append(" ".join(parts[:n_words]))
        rows.append(row)
    return Vocabulary(tuple(words), np.stack(rows, axis=1))


def cut_views(image: ImageArray) -> FloatArray:
    """Six views of a picture: all of it, its middle square, and a square at each corner.

    Returns:
        float32 (6, 3, 224, 224), normalized.
    """
    from PIL import Image

    picture = Image.fromarray(image)
    width, height = picture.size
    picture.thumbnail((4 * SIDE_PX, 4 * SIDE_PX))  # the views need no more
    width, height = picture.size
    shorter = min(width, height)
    corner = max(1, int(shorter * _QUARTER))
    left, top = (width - shorter) // 2, (height - shorter) // 2
    boxes = [(0, 0, width, height), (left, top, left + shorter, top + shorter)]
    boxes += [(x, y, x + corner, y + corner) for x in (0, width - corner) for y in (0, height - corner)]
    views = [picture.resize((SIDE_PX, SIDE_PX), Image.Resampling.BICUBIC, box=box) for box in boxes]
    pixels = np.stack([np.asarray(view, np.float32) for view in views]) / np.float32(255)
    return np.ascontiguousarray(((pixels - _MEAN) / _STD).transpose(0, 3, 1, 2), np.float32)


def _to_unit(rows: FloatArray) -> FloatArray:
    """Rows of unit length, with one more axis; a row in which nothing stands lies on that axis alone."""
    wider = np.concatenate([rows, (rows.max(axis=1, keepdims=True) <= 1e-6).astype(np.float32)], axis=1)
    return np.asarray(wider / np.linalg.norm(wider, axis=1, keepdims=True), np.float32)


def _load(folder: Path, table: Vocabulary, n_threads: int) -> _Engine:
    path = folder / CLASSIFIER
    if not path.is_file():
        raise WeightsMissing(f"The classifier of pictures is not here: {path}.", hint="Install Madeleine again.")
    return _Engine(Network(path, n_threads=n_threads), table)
