"""What onnxruntime gives is what open_clip gives: in the environment of ``make clip``, with ``make test-clip``."""

from __future__ import annotations

import gzip
import json
import random
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import open_clip
import pytest
import torch
from pictures import draw, split_combinations
from PIL import Image
from tokenizers import Tokenizer
from train import CONFIG, write_vocabulary

from models import clip_export
from models.clip import ClipAbout, ClipEmbedder, prepare, tokenize

FIXTURE = Path(__file__).resolve().parents[2] / "tests" / "fixtures" / "clip"
TEXTS = ["a photo of two red balls on the beach", "It's Tom's  naïve café, 3,000 €!", "", "straße 日本語", "word " * 40]
VIT = {"image_size": 64, "layers": 2, "width": 64, "head_width": 32, "patch_size": 16}


def open_export(folder: Path) -> tuple[ClipEmbedder, ClipAbout]:
    told = json.loads((folder / "clip.json").read_text())
    about = ClipAbout(**told | {"mean": tuple(told["mean"]), "std": tuple(told["std"])})
    return ClipEmbedder(folder, about), about


def open_original(folder: Path) -> tuple[Any, Any, Any]:
    """The model, the preparation of pictures and the tokenizer, all of open_clip."""
    loaded = clip_export.load(folder / "weights.pt", "", folder / "model.json")
    prepared = open_clip.image_transform(loaded.side_px, is_train=False, mean=loaded.mean, std=loaded.std)
    words = open_clip.SimpleTokenizer(bpe_path=str(folder / "vocabulary.txt.gz"), context_length=loaded.n_tokens)
    return loaded.model, prepared, words


@pytest.fixture(scope="module", params=["vit", "resnet"])
def untrained(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkpoint of either kind of image tower, with random weights."""
    folder = tmp_path_factory.mktemp(request.param)
    config = CONFIG if request.param == "resnet" else CONFIG | {"vision_cfg": VIT}
    torch.manual_seed(1)
    torch.save(open_clip.model.CLIP(**config).state_dict(), folder / "weights.pt")
    (folder / "model.json").write_text(json.dumps({"model_cfg": config}))
    write_vocabulary(folder / "vocabulary.txt.gz")
    return folder


def export(folder: Path, target: Path, **options: Any) -> dict[str, Any]:
    return clip_export.export(
        folder / "weights.pt",
        target,
        name="",
        origin="test@1",
        config=folder / "model.json",
        vocabulary=folder / "vocabulary.txt.gz",
        **options,
    )


def compare(folder: Path, exported: Path) -> tuple[float, float]:
    """The worst cosine between both, over pictures of every shape and over texts."""
    rng = random.Random(3)
    drawn = [draw(c, rng) for c in split_combinations(6)[1]]
    drawn += [np.asarray(Image.fromarray(drawn[0]).resize(size)) for size in ((300, 100), (90, 401), (64, 65))]
    model, prepared, words = open_original(folder)
    ours, _about = open_export(exported)
    with torch.no_grad():
        pictures = torch.stack([prepared(Image.fromarray(p)) for p in drawn])
        theirs = (
            model.encode_image(pictures, normalize=True).numpy(),
            model.encode_text(words(TEXTS), normalize=True).numpy(),
        )
    return tuple(
        float((a * b).sum(axis=1).min())
        for a, b in zip(theirs, (ours.embed_pictures(drawn), ours.embed_texts(TEXTS)), strict=True)
    )


def test_fp32_is_open_clips_output(untrained: Path, tmp_path: Path) -> None:
    export(untrained, tmp_path / "x", may_be_small=False)
    assert min(compare(untrained, tmp_path / "x")) > 0.99999


def test_int8_stays_near(untrained: Path, tmp_path: Path) -> None:
    about = export(untrained, tmp_path / "x")
    assert "int8" in about["producer"]
    assert min(compare(untrained, tmp_path / "x")) > clip_export.LEAST_INT8_COSINE - 0.005


def test_the_trained_model_of_the_tests_is_what_open_clip_makes_of_its_weights() -> None:
    assert min(compare(FIXTURE, FIXTURE)) > 0.98


def test_pictures_are_prepared_to_the_last_bit(untrained: Path, tmp_path: Path) -> None:
    about = ClipAbout(**{**json.loads((FIXTURE / "clip.json").read_text()), "mean": CLIP_MEAN, "std": CLIP_STD})
    theirs = open_clip.image_transform(about.side_px, is_train=False)
    for size in ((64, 64), (640, 479), (37, 600), (333, 334)):
        pixels = np.random.default_rng(2).integers(0, 255, (size[1], size[0], 3), dtype=np.uint8)
        assert np.abs(theirs(Image.fromarray(pixels)).numpy() - prepare(pixels, about)).max() < 1e-6


def test_texts_are_cut_as_open_clip_cuts_them_with_its_whole_vocabulary(tmp_path: Path) -> None:
    vocabulary = Path(open_clip.__file__).parent / "bpe_simple_vocab_16e6.txt.gz"
    end = clip_export.write_words(vocabulary, tmp_path / "words.json")
    assert end == 49407
    about = ClipAbout(**{**json.loads((FIXTURE / "clip.json").read_text()), "n_tokens": 77, "end_token": end})
    ours = list(tokenize(Tokenizer.from_file(str(tmp_path / "words.json")), TEXTS, about))
    assert np.array_equal(np.stack(ours), open_clip.get_tokenizer("ViT-B-32")(TEXTS).numpy())


def test_the_fixture_ships_the_vocabulary_that_it_was_trained_with(tmp_path: Path) -> None:
    write_vocabulary(tmp_path / "v.gz")
    read = [gzip.decompress(path.read_bytes()) for path in (tmp_path / "v.gz", FIXTURE / "vocabulary.txt.gz")]
    assert read[0] == read[1]


def test_a_broken_checkpoint_leaves_no_export(untrained: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(untrained, broken)
    (broken / "weights.pt").write_bytes(b"no checkpoint")
    with pytest.raises(Exception, match=r".+"):
        export(broken, tmp_path / "x")
    assert not (tmp_path / "x" / "clip.json").exists()


CLIP_MEAN, CLIP_STD = open_clip.OPENAI_DATASET_MEAN, open_clip.OPENAI_DATASET_STD
