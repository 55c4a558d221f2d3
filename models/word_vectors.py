"""Vectors of single words, looked up in an encoder's own table: what it knows of a word before it reads a sentence.

Role: rows of the official safetensors file, mapped into memory; no network is run, so that thousands of words cost
milliseconds. "Camping" lies near "hiking" there, and that is enough to say that a moment is about what was asked.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from models.protocols import FloatArray

WORDS = "embeddings.word_embeddings.weight"
_FIRST_WORD = 1000  # BERT's table begins with [PAD], unused rows, [CLS], signs
_SAMPLE = 8  # every eighth row is enough to know the mean (3,700 of 29,500)


class WordTable:
    """Word-piece rows, float32 (pieces, dims), and their mean.

    The rows of such a table share one large component that says nothing; it is taken away first.
    Source: Mu & Viswanath 2018, All-but-the-Top, section 2 (the mean; taking principal components away as well
    measured worse here).

    Args:
        path: ``model.safetensors``.
        tokenizer: The encoder's own (``tokenizers.Tokenizer``).
    """

    def __init__(self, path: Path, tokenizer: Any) -> None:
        self._rows = map_tensor(path, WORDS)
        self._tokenizer = tokenizer
        self._mean: FloatArray = self._rows[_FIRST_WORD::_SAMPLE].mean(axis=0)

    def embed(self, words: Sequence[str]) -> FloatArray:
        """Mean of each word's pieces.

        Returns:
            float32 (words, dims), each row of unit length, or zero for a word without pieces.
        """
        out = np.zeros((len(words), self._rows.shape[1]), np.float32)
        for row, encoded in zip(out, self._tokenizer.encode_batch(list(words), add_special_tokens=False), strict=True):
            if encoded.ids:
                row += self._rows[encoded.ids].mean(axis=0) - self._mean
        unit: FloatArray = out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-9)
        return unit


def map_tensor(path: Path, name: str) -> FloatArray:
    """Map one float32 tensor of a safetensors file into memory.

    Raises:
        ValueError: It is not there, or not float32.
    """
    with path.open("rb") as stream:
        n_header = int.from_bytes(stream.read(8), "little")
        entry = json.loads(stream.read(n_header)).get(name)
    if entry is None or entry["dtype"] != "F32":
        raise ValueError("The table of words is not in the safetensors file")
    offset = 8 + n_header + entry["data_offsets"][0]
    return np.memmap(path, "<f4", "r", offset=offset, shape=tuple(entry["shape"]))
