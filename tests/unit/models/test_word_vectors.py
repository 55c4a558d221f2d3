"""Word pieces: cut as WordPiece cuts them."""

from __future__ import annotations

from models.word_vectors import cut_word

VOCABULARY = {"camp": 1, "##ing": 2, "##i": 3, "a": 4, "##b": 5, "7": 6, "##3": 7, "camping": 8}


def test_takes_the_longest_pieces_from_the_start() -> None:
    assert cut_word("camping", VOCABULARY) == [8]
    assert cut_word("campi", VOCABULARY) == [1, 3]
    assert cut_word("Abing", VOCABULARY) == [4, 5, 2]
    assert cut_word("733", VOCABULARY) == [6, 7, 7]


def test_a_word_with_an_unknown_part_has_no_pieces() -> None:
    assert cut_word("campx", VOCABULARY) is None
    assert cut_word("", VOCABULARY) == []
