"""Vectors of single words, looked up in an encoder's own table: what it knows of a word before it reads a sentence.

Role: rows of the official safetensors file, mapped into memory; no network is run, so that thousands of words cost
milliseconds. "Camping" lies near "hiking" there, and that is enough to say that a moment is about what was asked.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
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
        self._vocabulary: dict[str, int] = tokenizer.get_vocab(with_added_tokens=False)
        self._mean: FloatArray = self._rows[_FIRST_WORD::_SAMPLE].mean(axis=0)

    def embed(self, words: Sequence[str]) -> FloatArray:
        """Mean of each word's pieces.

        Returns:
            float32 (words, dims), each row of unit length, or zero for a word without pieces.
        """
        pieces = self._pieces(words)
        lengths = np.array([len(ids) for ids in pieces])
        out = np.zeros((len(words), self._rows.shape[1]), np.float32)
        for place in range(lengths.max(initial=0)):
            longer = np.flatnonzero(lengths > place)
            out[longer] += self._rows[[pieces[row][place] for row in longer]]
        known = lengths > 0
        out[known] = out[known] / lengths[known, None] - self._mean
        unit: FloatArray = out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-9)
        return unit

    def _pieces(self, words: Sequence[str]) -> list[list[int]]:
        """Numbers of each word's pieces, as the tokenizer gives them; plain words are cut here, which is quicker."""
        pieces = [cut_word(word, self._vocabulary) if word.isascii() and word.isalnum() else None for word in words]
        others = [row for row, ids in enumerate(pieces) if ids is None]
        read = self._tokenizer.encode_batch([words[row] for row in others], add_special_tokens=False)
        for row, encoded in zip(others, read, strict=True):
            pieces[row] = encoded.ids
        return [ids or [] for ids in pieces]


def cut_word(word: str, vocabulary: Mapping[str, int]) -> list[int] | None:
    """Cut a word into the longest pieces that are known, from its start.

    Source: Wu et al. 2016, Google's Neural Machine Translation System, section 4.1 (WordPiece); BERT marks a piece that
    goes on with ``##``.

    Returns:
        Numbers of the pieces, or None where a part of the word is not known.
    """
    word, mark, pieces = word.lower(), "", []
    while word:
        end = next((end for end in range(len(word), 0, -1) if mark + word[:end] in vocabulary), 0)
        if not end:
            return None
        pieces.append(vocabulary[mark + word[:end]])
        word, mark = word[end:], "##"
    return pieces


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
