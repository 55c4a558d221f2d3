"""A tokenizer put together in steps is the one that its library reads in one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from models.word_pieces import FILE, give_back, without_pieces
from tests.support.models_weights import get_model, get_weights

TEXTS = (
    " the boiler man comes on Friday, at 10:30 for £45.50", " -", " '", "♪♪♪", "naïve façade", "東京へ行く", "Привет",
    "<|en|> <|notimestamps|>", "\n\n  two  spaces", "🙂🙃",
)  # fmt: skip


@pytest.mark.weights
@pytest.mark.parametrize("name", ["whisper-base", "whisper-tiny.en"])
def test_it_is_the_same_tokenizer(name: str) -> None:
    from tokenizers import Tokenizer

    folder = get_weights(name).folder_of(get_model(name))
    whole = Tokenizer.from_file(str(folder / FILE))
    with without_pieces(folder) as (passing, pieces):
        assert pieces is not None
        assert {file.name for file in passing.iterdir()} == {file.name for file in folder.iterdir()}
        built = Tokenizer.from_file(str(passing / FILE))
    assert not passing.exists()
    give_back(built, pieces)

    assert built.get_vocab(with_added_tokens=True) == whole.get_vocab(with_added_tokens=True)
    for text in TEXTS:
        assert built.encode(text, add_special_tokens=False).ids == whole.encode(text, add_special_tokens=False).ids
        assert built.encode(text).ids == whole.encode(text).ids
    n = whole.get_vocab_size(with_added_tokens=True)
    for begin in range(0, n, 7):
        ids = list(range(begin, min(begin + 7, n)))
        assert built.decode(ids) == whole.decode(ids)
        assert built.decode(ids, skip_special_tokens=False) == whole.decode(ids, skip_special_tokens=False)


def test_a_tokenizer_of_another_kind_is_left_whole(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(json.dumps({"model": {"type": "WordPiece", "vocab": {"a": 0}}, "added_tokens": []}))
    with without_pieces(tmp_path) as (folder, pieces):
        assert folder == tmp_path
        assert pieces is None


@pytest.mark.parametrize("damaged", ["", "{", "[]", '{"model": 7}', '{"model": {"type": "BPE", "merges": ["a b"]}}'])
def test_a_damaged_one_is_left_to_its_loader(tmp_path: Path, damaged: str) -> None:
    (tmp_path / FILE).write_text(damaged)
    with without_pieces(tmp_path) as found:
        assert found == (tmp_path, None)
