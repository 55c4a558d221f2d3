"""Text to vectors with MiniLM: tokens, batches, mean pooling.

Role: the embedder behind ``models.protocols.Embedder``. The network itself is opened by ``models.encoder``.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from models.encoder import SAFETENSORS, TOKENIZER, open_encoder, prepare_encoder
from models.errors import ModelError
from models.loading import IDLE_S, Lazy, LazyBackend, T, load_weights
from models.protocols import CancelToken, FloatArray
from models.weights import Model, WeightsFolder
from models.word_vectors import WordTable

_MAX_TOKENS = 256
_BATCH_TOKENS = 4096
_TOLERANCE = 1e-3


class BatchEmbedder(LazyBackend[T]):
    """Batches texts of like length together, and checks that every vector is finite and of unit length."""

    def __init__(self, producer: str, lazy: Lazy[T], *, n_dims: int) -> None:
        super().__init__(producer, lazy)
        self._n_dims = n_dims

    @property
    def n_dims(self) -> int:
        """Length of a vector."""
        return self._n_dims

    def embed(self, texts: Sequence[str], *, cancel: CancelToken | None = None) -> FloatArray:
        """Embed texts.

        Args:
            texts: Any number; what is longer than the model reads is cut at its end.
            cancel: Looked at between batches.

        Returns:
            float32 (texts, dims), each row of unit length.

        Raises:
            WeightsMissing: The weights are not there.
            ModelError: The model gave something that is no vector of unit length.
            Cancelled: ``cancel`` was set.
        """
        rows = np.zeros((len(texts), self._n_dims), dtype=np.float32)
        if not texts:
            return rows
        with self._lazy.borrow() as engine:
            for indexes, vectors in self._embed_batches(engine, texts):
                rows[indexes] = vectors
                if cancel is not None:
                    cancel.raise_if_cancelled()
        lengths = np.linalg.norm(rows, axis=1)
        if not np.all(np.abs(lengths - 1.0) < _TOLERANCE):
            raise ModelError(f"{self.producer} gave a vector that is not of unit length.", hint="Report this.")
        return rows

    def _embed_batches(self, engine: T, texts: Sequence[str]) -> Iterator[tuple[list[int], FloatArray]]:
        """Give (indexes, unit vectors) of one batch after the other; each text once."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class _Engine:
    tokenizer: Any
    encoder: Any
    words: WordTable


class MiniLmEmbedder(BatchEmbedder[_Engine]):
    """all-MiniLM-L6-v2, quantized to int8.

    Args:
        folder: The folder of weights.
        model: Its entry in the catalogue.
        n_threads: One is the cheapest; more is faster only where cores idle.
        clock: Monotonic seconds.
        idle_s: Seconds without use after which it may be unloaded.
    """

    def __init__(
        self,
        folder: WeightsFolder,
        model: Model,
        *,
        n_threads: int = 1,
        clock: Callable[[], float] = time.monotonic,
        idle_s: float = IDLE_S,
    ) -> None:
        sha256 = next(file.sha256 for file in model.files if file.name == SAFETENSORS)

        def load() -> _Engine:
            return load_weights(folder, model, lambda path: _load(path, sha256, n_threads))

        super().__init__(f"{model.origin} int8", Lazy(load, clock=clock, idle_s=idle_s), n_dims=384)

    def embed_words(self, words: Sequence[str]) -> FloatArray:
        """Look single words up, without running the network.

        Returns:
            float32 (words, dims), each row of unit length, or zero for a word that is not known at all.

        Raises:
            WeightsMissing: The weights are not there.
        """
        with self._lazy.borrow() as engine:
            return engine.words.embed(words)

    def _embed_batches(self, engine: _Engine, texts: Sequence[str]) -> Iterator[tuple[list[int], FloatArray]]:
        encoded = engine.tokenizer.encode_batch(list(texts))
        tokens = [item.ids for item in encoded]
        order = sorted(range(len(tokens)), key=lambda index: len(tokens[index]))
        batch: list[int] = []
        for index in order:
            if batch and (len(batch) + 1) * len(tokens[index]) > _BATCH_TOKENS:
                yield batch, _pool(engine.encoder, [tokens[i] for i in batch])
                batch = []
            batch.append(index)
        if batch:
            yield batch, _pool(engine.encoder, [tokens[i] for i in batch])


def _load(path: Any, sha256: str, n_threads: int) -> _Engine:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path / TOKENIZER))
    tokenizer.no_padding()
    tokenizer.enable_truncation(_MAX_TOKENS)
    encoder = open_encoder(prepare_encoder(path, sha256), n_threads=n_threads)
    return _Engine(tokenizer, encoder, WordTable(path / SAFETENSORS, tokenizer))


def _pool(encoder: Any, tokens: list[list[int]]) -> FloatArray:
    """Mean of the last hidden states over the tokens that are there, scaled to unit length.

    Source: Reimers & Gurevych 2019, mean pooling; sentence-transformers/all-MiniLM-L6-v2, 1_Pooling/config.json.
    """
    states = np.asarray(encoder.forward_batch(tokens).last_hidden_state, dtype=np.float32)
    lengths = np.array([len(ids) for ids in tokens])
    mask = (np.arange(states.shape[1]) < lengths[:, None]).astype(np.float32)
    means = np.einsum("btd,bt->bd", states, mask) / lengths[:, None]
    vectors: FloatArray = (means / np.linalg.norm(means, axis=1, keepdims=True)).astype(np.float32)
    return vectors
