from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from app.errors import UserError
from app.likes import LikeFinder
from ingest.importer import Importer
from memory.records import Kind, Moment
from memory.store import Memory, Scope
from models.errors import ModelError
from models.protocols import Seen, Tag
from recall.retrieve import Retriever, search
from recall.seen import Eye, to_shares
from tests.support.clip_fixture import load_drawing, open_clip_fixture
from tests.support.ingest_files import build_importer
from tests.support.models_fakes import ColourEye, FixedTextReader, HashEmbedder

NOW = datetime(2026, 11, 18, tzinfo=UTC)
PRODUCER = "fake/colour-eye@1"


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "photos"
    folder.mkdir()
    paths = []
    for n, name in enumerate(("red", "green", "blue")):
        Image.new("RGB", (90 + n, 70), ColourEye.COLOURS[name]).save(folder / f"{name}.jpg", quality=95)
        paths.append(folder / f"{name}.jpg")
    return paths


@pytest.fixture
def importing() -> Iterator[Callable[..., Importer]]:
    made: list[Importer] = []

    def build(memory: Memory, **parts: Any) -> Importer:
        made.append(build_importer(memory, text_reader=FixedTextReader(()), **parts))
        return made[-1]

    yield build
    for importer in made:
        importer.close()


def look_for(memory: Memory, eye: ColourEye, words: str, scope: Scope | None = None) -> list[str]:
    retriever = Retriever(memory, HashEmbedder(), eye=eye)
    found = search(retriever, words, scope=scope or Scope(), limit=9, now=NOW).found
    return [Path(f.moment.details["path"]).stem for f in found]


def by_name(memory: Memory) -> dict[str, Moment]:
    return {Path(m.details["path"]).stem: m for m in memory.iter_moments()}


def test_a_photo_is_found_by_what_it_shows(memory: Memory, importing: Any, photos: list[Path]) -> None:
    eye = ColourEye()
    importing(memory, eye=eye).import_paths(photos)
    assert look_for(memory, eye, "a green thing") == ["green"]
    assert look_for(memory, eye, "the boiler inspection") == []
    found = search(Retriever(memory, HashEmbedder(), eye=eye), "something blue", scope=Scope(), limit=3, now=NOW).found
    assert found[0].signals["visual"] == 1.0
    assert eye.n_pictures == 3


def test_without_an_eye_there_is_no_signal_and_no_harm(memory: Memory, importing: Any, photos: list[Path]) -> None:
    importing(memory).import_paths(photos)
    found = search(Retriever(memory, HashEmbedder()), "photos", scope=Scope(), limit=9, now=NOW).found
    assert all("visual" not in f.signals for f in found)


def test_pictures_kept_before_are_seen_at_the_next_import(memory: Memory, importing: Any, photos: list[Path]) -> None:
    eye = ColourEye()
    importing(memory).import_paths(photos[:2])
    importing(memory, eye=eye).import_paths(photos[2:])
    assert memory.unseen_pictures(PRODUCER) == []
    assert look_for(memory, eye, "red") == ["red"]


def test_an_eye_that_fails_leaves_the_import_whole_and_is_asked_again(
    memory: Memory, importing: Any, photos: list[Path]
) -> None:
    eye = ColourEye()
    eye.error = ModelError("no memory left")
    importer = importing(memory, eye=eye)
    report = importer.import_paths(photos)
    assert (report.imported, report.failed) == (3, ())
    assert look_for(memory, eye, "red") == []
    eye.error = None
    importer.embed_pending()
    assert look_for(memory, eye, "red") == ["red"]


def test_a_picture_that_is_gone_does_not_stop_the_others(memory: Memory, importing: Any, photos: list[Path]) -> None:
    importing(memory).import_paths(photos)
    gone = by_name(memory)["green"].media
    assert gone is not None
    memory.media_path(gone).unlink()
    importing(memory, eye=ColourEye()).embed_pending()
    assert [memory.get_moment(m).id for m in memory.unseen_pictures(PRODUCER)] == [by_name(memory)["green"].id]


def test_what_a_picture_shows_outlives_new_words(memory: Memory, importing: Any, photos: list[Path]) -> None:
    importing(memory, eye=ColourEye()).import_paths(photos[:1])
    (moment,) = memory.iter_moments()
    memory.write_moments([replace(moment, text="Corrected by hand.")])
    assert moment.id in memory.find_vectors([moment.id], model=PRODUCER, unit="picture")


def test_forgetting_takes_the_vector_along(memory: Memory, importing: Any, photos: list[Path]) -> None:
    eye = ColourEye()
    importing(memory, eye=eye).import_paths(photos)
    memory.forget([by_name(memory)["red"].id])
    assert look_for(memory, eye, "red") == []
    memory.reindex()
    assert look_for(memory, eye, "blue") == ["blue"]


def test_photos_like_this(memory: Memory, importing: Any, photos: list[Path], tmp_path: Path) -> None:
    eye = ColourEye()
    Image.new("RGB", (50, 50), (250, 10, 10)).save(tmp_path / "other.png")
    importing(memory, eye=eye).import_paths([*photos, tmp_path / "other.png"])
    likes = LikeFinder(memory, eye)
    found = likes.find(by_name(memory)["red"].id, scope=Scope(), limit=2).found
    assert found[0].moment.id == by_name(memory)["other"].id
    file = likes.find(str(photos[2]), scope=Scope(kinds=frozenset({Kind.PHOTO})), limit=1).found
    assert file[0].moment.id == by_name(memory)["blue"].id
    with pytest.raises(UserError, match="no moment and no picture"):
        likes.find("nowhere", scope=Scope(), limit=2)
    with pytest.raises(UserError, match="CLIP is not here"):
        LikeFinder(memory, None).find("x", scope=Scope(), limit=2)


class RedTagger(ColourEye):
    """Says what a picture probably shows."""

    def see(self, image: Any) -> Seen:
        return Seen((Tag("paint", 0.7),), self.embed_pictures([image])[0])


def test_words_are_kept_as_guesses_and_the_picture_is_looked_at_once(
    memory: Memory, importing: Any, photos: list[Path]
) -> None:
    both = RedTagger()
    importing(memory, eye=both, tagger=both).import_paths(photos[:1])
    (moment,) = memory.iter_moments()
    assert moment.details["tags"] == [["paint", 0.7]]
    assert moment.details["tags_by"] == PRODUCER
    assert moment.text == ""
    assert both.n_pictures == 1


def test_far_pictures_are_left_out_and_words_that_answer_push_pictures_back(
    memory: Memory, importing: Any, photos: list[Path]
) -> None:
    eye = ColourEye()
    importing(memory, eye=eye).import_paths(photos)
    looked = [Eye(memory, eye).look("red", Scope(), 9, answered=cosine) for cosine in (0.2, 0.4, 0.6)]
    assert [round(sum(found.values()), 2) for found in looked] == [1.0, 0.5, 0.0]
    assert to_shares([], 0.5) == {}


def test_clip_finds_drawn_pictures_by_their_words_through_import_and_search(
    memory: Memory, importing: Any, tmp_path: Path
) -> None:
    clip, drawing, rng = open_clip_fixture(tmp_path / "models"), load_drawing(), random.Random(4)
    # "at night" would be understood as a time.
    shown = [c for c in drawing.split_combinations(40)[1] if not c.place.startswith("at ")][:12]
    for combination in shown:
        name = f"{combination.caption()}.png"
        Image.fromarray(drawing.draw(combination, rng)).save(tmp_path / name)
    importing(memory, eye=clip).import_paths(sorted(tmp_path.glob("*.png")))
    retriever = Retriever(memory, HashEmbedder(), eye=clip)
    firsts = []
    for combination in shown:
        found = search(retriever, combination.caption(), scope=Scope(), limit=3, now=NOW).found
        firsts.append(Path(found[0].moment.details["path"]).stem == combination.caption() if found else False)
    assert sum(firsts) >= 9


def test_where_there_are_no_pictures_the_model_is_not_asked(memory: Memory) -> None:
    class Unasked(ColourEye):
        def embed_texts(self, texts: Any, *, cancel: Any = None) -> Any:
            raise AssertionError(f"asked about {len(texts)} texts")

    assert not memory.has_vectors(model=PRODUCER, unit="picture")
    assert Eye(memory, Unasked()).look("red", Scope(), 10) == {}
