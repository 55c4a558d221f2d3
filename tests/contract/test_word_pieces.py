"""A tokenizer put together in steps is the one that its library reads in one."""

from __future__ import annotations

import json
import signal
import stat
import subprocess
import sys
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


_LOADING = """
import sys, time
from pathlib import Path
from models.word_pieces import without_pieces
with without_pieces(Path(sys.argv[1]), home=Path(sys.argv[2])) as (passing, _pieces):
    print(passing, flush=True)
    time.sleep(60)
"""


def test_what_a_kill_left_is_swept_and_what_another_process_uses_is_not(tmp_path: Path) -> None:
    weights, home = tmp_path / "weights", tmp_path / "cache" / "passing"
    weights.mkdir()
    model = {"type": "BPE", "vocab": {"a": 0, "b": 1, "ab": 2}, "merges": ["a b"]}
    (weights / FILE).write_text(json.dumps({"model": model, "added_tokens": []}))
    command = [sys.executable, "-c", _LOADING, str(weights), str(home)]
    loading = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    try:
        killed, living = (Path(each.stdout.readline().strip()) for each in loading if each.stdout is not None)
        loading[0].send_signal(signal.SIGKILL)
        loading[0].wait()
        assert killed.parent == living.parent == home
        assert killed.is_dir()
        with without_pieces(weights, home=home) as (passing, _pieces):
            assert sorted(home.iterdir()) == sorted((living, passing))
            assert stat.S_IMODE(home.stat().st_mode) == stat.S_IMODE(passing.stat().st_mode) == 0o700
        assert [*home.iterdir()] == [living]
    finally:
        for each in loading:
            each.kill()
            each.communicate()
