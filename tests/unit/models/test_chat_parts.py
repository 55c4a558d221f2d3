from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.chat import GrowingText
from models.errors import ModelError
from models.llama import choose, softmax


class OnlyTokens:
    """A grammar that allows a few tokens."""

    def __init__(self, *tokens: int) -> None:
        self._tokens = set(tokens)

    def allow(self, tokens: list[int]) -> list[bool]:
        return [token in self._tokens for token in tokens]

    def accept(self, token: int) -> None:
        self._tokens.discard(token)


@given(st.text(), st.integers(1, 4))
def test_text_without_stop_words_comes_out_whole(text: str, n_bytes: int) -> None:
    growing = GrowingText(())
    data = text.encode("utf-8", "surrogatepass") if text.isprintable() else text.encode("utf-8", "replace")
    pieces = [growing.add(data[i : i + n_bytes]) for i in range(0, len(data), n_bytes)]
    assert "".join(pieces) + growing.finish() == data.decode("utf-8", "replace")


@given(st.text("abxy"), st.integers(1, 3))
def test_stop_word_and_what_follows_are_never_told(text: str, n_bytes: int) -> None:
    growing = GrowingText(("xyx", "bb"))
    told = ""
    data = text.encode()
    for i in range(0, len(data), n_bytes):
        told += growing.add(data[i : i + n_bytes])
        if growing.stopped:
            break
    told += growing.finish()
    cuts = [at for stop in ("xyx", "bb") if (at := text.find(stop)) >= 0]
    assert told == (text[: min(cuts)] if cuts else text)


def test_greedy_takes_the_likeliest_that_is_allowed() -> None:
    logits = np.linspace(0, 1, 1000, dtype=np.float32)
    random = np.random.default_rng(0)
    assert choose(logits, None, 0.0, random) == 999
    assert choose(logits, OnlyTokens(3, 990), 0.0, random) == 990
    assert choose(logits, OnlyTokens(3, 7), 0.0, random) == 7


def test_grammar_without_a_way_on_is_an_error() -> None:
    with pytest.raises(ModelError, match="no way to go on"):
        choose(np.zeros(100, dtype=np.float32), OnlyTokens(), 0.0, np.random.default_rng(0))


def test_draws_follow_the_probabilities() -> None:
    logits = np.log(np.array([0.7, 0.2, 0.1], dtype=np.float32))
    random = np.random.default_rng(1)
    draws = np.bincount([choose(logits, None, 1.0, random) for _ in range(3000)], minlength=3) / 3000
    np.testing.assert_allclose(draws, softmax(logits), atol=0.03)
