"""Likeness of words: how well each word of a question is met by the words of a moment, in letters or in meaning.

Role: between BM25, which wants the very word, and the embedding of a whole utterance, in which one word is lost. Each
word of the question takes the word of the moment that is most like it; rare words count more. It keeps the vectors of
words it has met, and nothing that outlives the process.

Source: Khattab & Zaharia 2020, ColBERT (the sum of best matches), here over word vectors that need no network, and
with the weights of Robertson & Spärck Jones for words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from memory.records import Moment
from models.protocols import WordEmbedder
from recall.words import content_words, stem

Floats = NDArray[np.float32]
_EQUAL = 1e-6
_LEAST = 0.1  # cosine below which two words are strangers
_N_WORDS = 65_536  # remembered at most: 50 MB of 384 dimensions, more words than a person's year has
_N_TEXTS = 16_384


@dataclass(frozen=True, slots=True)
class Met:
    """How well each term is met, float32 (moments, terms), 0 to 1, and what each term counts, summing to 1."""

    best: Floats
    weights: Floats

    def shares(self) -> Floats:
        """Of each moment the share of the question that it meets, float32 (moments,)."""
        shares: Floats = self.best @ self.weights
        return shares

    def shares_around(self, around: Sequence[Sequence[int]]) -> Floats:
        """The same where a term may be met by any of the rows around a moment (itself included)."""
        widest = max((len(rows) for rows in around), default=1)
        padded = np.array([[*rows, *[rows[0]] * (widest - len(rows))] for rows in around], np.int64)
        shares: Floats = self.best[padded].max(axis=1) @ self.weights
        return shares


class Likeness:
    """Compares words, and remembers their vectors and which words a text has.

    Args:
        words: Knows what words mean; without it only the same stem is alike.
    """

    def __init__(self, words: WordEmbedder | None) -> None:
        self._words = words or _Letters()
        self._forget()

    def meet(self, terms: Sequence[str], moments: Sequence[Moment]) -> Met:
        """Compare the terms of a question with the words of moments, at least one of each."""
        if len(self._numbers) > _N_WORDS or len(self._texts) > _N_TEXTS:
            self._forget()
        rows = self._rows([m.text for m in moments])
        used, places = np.unique(np.concatenate(rows), return_inverse=True)
        cosines = self._words.embed_words(terms) @ self._vectors[used].astype(np.float32).T
        likeness = np.clip((cosines - _LEAST) / (1 - _LEAST), 0.0, 1.0)
        for row, term in zip(likeness, terms, strict=True):
            row[np.isin(used, self._of_stem.get(stem(term), []))] = 1.0
        best = _best_per_text(likeness[:, places], [len(row) for row in rows])
        n_with = (best >= 1.0 - _EQUAL).sum(axis=0)
        weights = np.log((len(rows) - n_with + 0.5) / (n_with + 0.5) + 1).astype(np.float32)
        return Met(best, weights / max(float(weights.sum()), _EQUAL))

    def _forget(self) -> None:
        self._numbers: dict[str, int] = {}
        self._of_stem: dict[str, list[int]] = defaultdict(list)
        self._vectors: NDArray[np.float16] = np.empty((0, 0), np.float16)  # half the room; cosines to three digits
        self._texts: dict[str, NDArray[np.int64]] = {}

    def _rows(self, texts: Sequence[str]) -> list[NDArray[np.int64]]:
        """The numbers of each text's words; new words are looked up."""
        new = {text: content_words(text) for text in texts if text not in self._texts}
        self._learn(list(dict.fromkeys(w for words in new.values() for w in words if w not in self._numbers)))
        for text, words in new.items():
            self._texts[text] = np.array([self._numbers[word] for word in words], np.int64)
        return [self._texts[text] for text in texts]

    def _learn(self, words: Sequence[str]) -> None:
        if not words:
            return
        first, vectors = len(self._numbers), self._words.embed_words(words)
        if first + len(words) > len(self._vectors):  # room for twice as many: each is copied twice at most
            grown = np.empty((2 * (first + len(words)), vectors.shape[1]), np.float16)
            if first:
                grown[:first] = self._vectors[:first]
            self._vectors = grown
        self._vectors[first : first + len(words)] = vectors
        for number, word in enumerate(words, first):
            self._numbers[word] = number
            self._of_stem[stem(word)].append(number)


class _Letters:
    """Knows no word."""

    def embed_words(self, words: Sequence[str]) -> Floats:
        return np.zeros((len(words), 1), np.float32)


def _best_per_text(likeness: Floats, lengths: Sequence[int]) -> Floats:
    """The best of each text's words: from float32 (terms, words of all texts) to (texts, terms); 0 without words."""
    best = np.zeros((len(lengths), len(likeness)), np.float32)
    filled = np.flatnonzero(lengths)
    if len(filled):
        starts = np.cumsum([0, *lengths])[filled]
        best[filled] = np.maximum.reduceat(likeness, starts, axis=1).T
    return best
