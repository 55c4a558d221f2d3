"""Likeness of words: with word vectors, and without them by letters."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from recall.likeness import Likeness
from tests.support.app_memory import said

MEANINGS = {"hiking": 0, "camping": 0, "trip": 1, "invoice": 2, "dog": 3, "puppy": 3}


class Meanings:
    """Words of one meaning share a direction; the others are strangers."""

    def __init__(self) -> None:
        self.n_asked = 0

    def embed_words(self, words: Sequence[str]) -> NDArray[np.float32]:
        self.n_asked += len(words)
        rows = np.zeros((len(words), 5), np.float32)
        for row, word in zip(rows, words, strict=True):
            row[MEANINGS.get(word, 4)] = 1.0
        return rows


MOMENTS = [said(text, n=n) for n, text in enumerate(["We love camping", "The invoice came", "", "My puppy ran away"])]


def test_a_word_of_the_same_meaning_is_met() -> None:
    shares = Likeness(Meanings()).meet(["hiking"], MOMENTS).shares()
    assert shares.tolist() == [1.0, 0.0, 0.0, 0.0]


def test_without_meanings_the_stem_decides() -> None:
    likeness = Likeness(None)
    assert likeness.meet(["invoices"], MOMENTS).shares().tolist() == [0.0, 1.0, 0.0, 0.0]
    assert likeness.meet(["hiking"], MOMENTS).shares().tolist() == [0.0, 0.0, 0.0, 0.0]


def test_a_window_meets_what_any_of_its_rows_meets() -> None:
    met = Likeness(Meanings()).meet(["dog", "invoice"], MOMENTS)
    assert met.weights.sum() == pytest.approx(1.0)
    around = met.shares_around([[0, 1], [1, 0, 2], [2, 1, 3], [3, 2]])
    assert around.tolist() == pytest.approx([0.5, 0.5, 1.0, 0.5])


def test_rare_words_count_more() -> None:
    rows = [said(f"camping number {n}", n=n) for n in range(9)] + [said("a dog", n=9)]
    weights = Likeness(Meanings()).meet(["camping", "dog"], rows).weights
    assert weights[1] > 4 * weights[0]


def test_a_word_is_looked_up_once() -> None:
    words = Meanings()
    likeness = Likeness(words)
    likeness.meet(["dog"], MOMENTS)
    n_first = words.n_asked
    likeness.meet(["dog"], MOMENTS)
    assert words.n_asked == n_first + 1  # the question's own
