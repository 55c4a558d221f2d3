from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import pytest

from app.errors import UserError
from app.sight import describe_sight, export_clip
from models.clip import ClipEmbedder, find_clip
from models.errors import WeightsDamaged, WeightsMissing
from models.protocols import PictureEmbedder
from models.weights import WeightsFolder, load_catalogue
from tests.support.clip_fixture import clip_model, load_drawing, open_clip_fixture, put_clip


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> ClipEmbedder:
    return open_clip_fixture(tmp_path_factory.mktemp("models"))


def test_unseen_combinations_of_words_find_their_picture(clip: ClipEmbedder) -> None:
    drawing = load_drawing()
    _seen, unseen = drawing.split_combinations(200)
    rng = random.Random(2026)
    texts = clip.embed_texts([combination.caption() for combination in unseen])
    close = texts @ clip.embed_pictures([drawing.draw(combination, rng) for combination in unseen]).T
    # .975 to .98 over six drawings (600 steps of training, nine minutes of one core).
    assert np.mean(close.argmax(axis=1) == np.arange(len(unseen))) >= 0.95
    assert np.mean(np.diag(close) >= clip.least_cosine) > 0.95
    assert np.mean(close[~np.eye(len(close), dtype=bool)] >= clip.least_cosine) < 0.01


def test_vectors_are_of_unit_length_whatever_is_given(clip: ClipEmbedder) -> None:
    assert isinstance(clip, PictureEmbedder)
    pictures = [np.zeros((1, 1, 3), np.uint8), np.full((900, 5, 3), 200, np.uint8), np.zeros((7, 900, 3), np.uint8)]
    for rows in (clip.embed_pictures(pictures), clip.embed_texts(["", "word " * 500, "ß 日本語"])):
        assert rows.shape == (3, clip.n_dims)
        assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-3)
    assert clip.embed_pictures([]).shape == (0, clip.n_dims)


def test_what_is_missing_is_told_and_how_to_get_it(tmp_path: Path) -> None:
    folder, profile = WeightsFolder(tmp_path), load_catalogue().get_profile()
    told = describe_sight(folder, profile)
    assert told.ok
    assert "models pull clip-vit-b-32" in told.hint
    assert find_clip(folder, clip_model()) is None
    with pytest.raises(WeightsMissing):
        export_clip(folder, clip_model())
    put_clip(tmp_path)
    assert "by what they show" in describe_sight(folder, profile).detail
    assert describe_sight(folder, profile).hint == ""


def test_the_export_names_the_environment_that_it_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.sight import find_clip_python

    with pytest.raises(UserError) as caught:
        find_clip_python({"XDG_CACHE_HOME": str(tmp_path)})
    assert "make clip" in caught.value.hint
    assert find_clip_python({"MADELEINE_CLIP_PYTHON": "/x/python"}) == Path("/x/python")


@pytest.mark.parametrize("name", ["image.onnx", "text.onnx", "tokenizer.json"])
def test_a_damaged_export_is_told_not_used(tmp_path: Path, name: str) -> None:
    folder = put_clip(tmp_path)
    data = bytearray((folder / name).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / name).write_bytes(data)
    found = find_clip(WeightsFolder(tmp_path), clip_model())
    assert found is not None
    with pytest.raises(WeightsDamaged, match=name):
        ClipEmbedder(*found).embed_texts(["x"])
    (folder / name).unlink()
    with pytest.raises(WeightsMissing, match=name):
        ClipEmbedder(*found).embed_texts(["x"])


@pytest.mark.parametrize("text", ["", "[]", "{", json.dumps({"producer": "x"})])
def test_an_export_of_another_kind_is_as_none(tmp_path: Path, text: str) -> None:
    (put_clip(tmp_path) / "clip.json").write_text(text)
    assert find_clip(WeightsFolder(tmp_path), clip_model()) is None
