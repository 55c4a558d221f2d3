"""Small pictures: what is forgotten while one is made leaves none behind."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.previews import Previews
from ingest import pictures
from memory.records import Kind
from memory.store import Memory
from tests.support.ingest_files import write_picture
from tests.support.memory_samples import build_utterance


def test_a_picture_that_is_forgotten_while_it_is_made_small_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_picture(tmp_path / "a.png")
    with Memory.open(tmp_path / "home", use_chroma=False) as memory:
        media = memory.keep_bytes((tmp_path / "a.png").read_bytes(), ".png")
        photo = replace(build_utterance("", session=None), kind=Kind.PHOTO, media=media, stream=None)
        memory.write_moments([photo])
        previews, make = Previews(memory), pictures.make_thumbnail
        assert previews.thumbnail(photo) is not None

        def make_and_forget(source: Path, target: Path, *, side_px: int) -> None:
            make(source, target, side_px=side_px)
            memory.forget([photo.id])
            make_again(target)

        def make_again(target: Path) -> None:
            target.write_bytes(b"put in place a moment later")

        memory.thumbnail_path(photo.id).unlink()
        monkeypatch.setattr(pictures, "make_thumbnail", make_and_forget)
        assert previews.thumbnail(photo) is None
        assert not memory.thumbnail_path(photo.id).exists()
