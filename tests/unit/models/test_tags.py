from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from app.compose import TAGS
from models.errors import WeightsMissing
from models.protocols import PictureEmbedder, PictureTagger
from models.tags import WORDS, Tagger, cut_views, read_words
from tests.support.models_fakes import HashEmbedder


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger(TAGS, HashEmbedder(256))


def traffic_light() -> np.ndarray:
    """A thing that the classifier knows, drawn."""
    image = Image.new("RGB", (320, 400), (150, 190, 230))
    draw = ImageDraw.Draw(image)
    draw.rectangle((110, 40, 210, 330), fill=(25, 25, 28))
    for top, colour in ((55, (240, 30, 30)), (150, (90, 70, 10)), (245, (10, 70, 20))):
        draw.ellipse((120, top, 200, top + 80), fill=colour)
    draw.rectangle((150, 330, 170, 400), fill=(60, 60, 60))
    return np.asarray(image)


def test_it_keeps_its_protocols(tagger: Tagger) -> None:
    assert isinstance(tagger, PictureEmbedder)
    assert isinstance(tagger, PictureTagger)
    assert 0 < tagger.least_cosine < 1


def test_a_thing_is_told_in_an_everyday_word_and_found_by_it(tagger: Tagger) -> None:
    seen = tagger.see(traffic_light())
    assert "traffic light" in [tag.word for tag in seen.tags]
    assert all(0.35 <= tag.share <= 1 for tag in seen.tags)
    near, far = tagger.embed_texts(["traffic light", "strawberry"]) @ seen.vector
    assert near > tagger.least_cosine > far


def test_vectors_are_of_unit_length_even_of_nothing(tagger: Tagger) -> None:
    pictures = [np.full((30, 500, 3), 128, np.uint8), np.zeros((1, 1, 3), np.uint8), traffic_light()]
    for rows in (tagger.embed_pictures(pictures), tagger.embed_texts(["", "xyzzy"])):
        assert rows.shape[1] == tagger.n_dims
        assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)


def test_words_that_name_nothing_are_close_to_no_picture(tagger: Tagger) -> None:
    empty = np.full((64, 64, 3), 255, np.uint8)
    pictures = tagger.embed_pictures([empty, traffic_light()])
    nonsense = tagger.embed_texts(["flurble grommick zanth"])
    assert (nonsense @ pictures.T <= 0.0).all()


def test_views_cover_a_picture_of_any_shape() -> None:
    for shape in ((1, 1), (3, 2000), (2000, 3), (500, 700)):
        assert cut_views(np.zeros((*shape, 3), np.uint8)).shape == (6, 3, 224, 224)


def test_our_table_of_words_is_sound() -> None:
    table = read_words((TAGS / WORDS).read_text("utf-8"))
    assert len(set(table.words)) == len(table.words) > 200
    assert table.spoken_for[281:286, table.words.index("cat")].all()


@pytest.mark.parametrize("line", ["cat 1000", "cat", "cat 9-3"])
def test_a_line_that_names_no_class_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="class"):
        read_words(line)


def test_a_missing_classifier_is_told(tmp_path: Path) -> None:
    (tmp_path / WORDS).write_text("cat 281")
    with pytest.raises(WeightsMissing):
        Tagger(tmp_path, HashEmbedder()).see(traffic_light())
