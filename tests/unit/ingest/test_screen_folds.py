"""Pages that show the same as the page before are one moment with its span; pages whose words changed never are."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ingest.screen import View
from ingest.screen_book import Shot
from memory.failpoints import VARIABLE
from memory.records import Moment
from memory.store import Memory
from models.protocols import ImageArray, TextLine
from tests.support.ingest_files import build_importer
from tests.support.models_fakes import FixedTextReader
from tests.support.screen_fakes import LEFT, NOTES, WIDTH, draw

NOON_US = 1_800_000_000_000_000


class Eye:
    """Sees how red, green and blue a picture is; counts what it is shown."""

    producer, n_dims, least_cosine, certainty = "fake/colours@1", 3, 0.3, 1.0

    def __init__(self) -> None:
        self.n_seen = 0

    def embed_pictures(self, images: Sequence[ImageArray], *, cancel: object = None) -> np.ndarray:
        self.n_seen += len(images)
        rows = np.stack([image.reshape(-1, 3).mean(axis=0) + 1 for image in images]).astype(np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def embed_texts(self, texts: Sequence[str], *, cancel: object = None) -> np.ndarray:
        return np.ones((len(texts), 3), np.float32) / np.float32(np.sqrt(3))


class Reader(FixedTextReader):
    """Reads what a test has written into the picture's first pixel: the number of the words in its list."""

    words: tuple[str, ...] = ("Invoice 4711", "Invoice 4712")

    def read_screen(self, image: ImageArray) -> tuple[TextLine, ...]:
        text = self.words[int(image[0, 0, 0]) % len(self.words)]
        return (TextLine(text, ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0)), 1.0),)


class Room:
    """A memory in which pages of one window are kept every two seconds."""

    def __init__(self, home: Path) -> None:
        self.memory = Memory.open(home, use_chroma=False)
        self.eye = Eye()
        self.importer = build_importer(self.memory, eye=self.eye, text_reader=Reader())
        self.jobs: list[int] = []
        self.keeper = self.importer.keeper_of_screens(self.jobs.append)
        self.n_kept = 0

    def keep(self, seed: int, *, words: int = 0, title: str = "Shopping", monitor_window: bool = True) -> str:
        pixels = np.ascontiguousarray(draw(1)[:, :WIDTH])
        pixels[-16:, -16:] = draw(seed)[:16, :16]  # an advertisement moves in a corner
        pixels[0, 0] = words
        view = View(monitors=(LEFT,), windows=(replace(NOTES, title=title),))
        at_s = 2.0 * self.n_kept
        self.n_kept += 1
        return self.keeper.keep(Shot(pixels, LEFT, view, NOON_US + round(at_s * 1e6), at_s))[0]

    def read(self) -> list[Moment]:
        self.importer.finish(self.jobs)
        self.jobs.clear()
        return list(self.memory.iter_moments())

    def close(self) -> None:
        self.importer.close()
        self.memory.close()


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = Room(tmp_path / "home")
    yield made
    made.close()


def count_media(home: Path) -> int:
    return sum(path.is_file() for path in (home / "media").rglob("*"))


def test_pages_of_the_same_words_and_look_are_one_moment_with_its_span(room: Room, tmp_path: Path) -> None:
    first = room.keep(2)
    second, third = room.keep(3), room.keep(4)
    (moment,) = room.read()
    assert (moment.id, moment.started_us, moment.ended_us) == (first, NOON_US, NOON_US + 4_000_000)
    assert count_media(tmp_path / "home") == 1
    assert room.memory.jobs.list_jobs() == []
    log = room.memory.home.root / "memory.db-wal"
    assert log.stat().st_size > 0  # it is not emptied for each page that is folded
    assert room.eye.n_seen == 1  # what looks alike is not looked at again
    room.keeper.extend(third, NOON_US + 9_000_000)  # the recorder still calls the page by its own name
    assert room.memory.get_moment(first).ended_us == NOON_US + 9_000_000
    fourth = room.keep(5, words=1)
    kept = {m.id: m for m in room.read()}
    assert set(kept) == {first, fourth}
    assert kept[fourth].details["page_before"] == first
    assert second not in kept


def test_words_windows_and_pauses_keep_pages_apart(room: Room) -> None:
    room.keep(2)
    room.keep(2, words=1)
    assert len(room.read()) == 2  # a word changed
    room.keep(2, words=1, title="Other")
    assert len(room.read()) == 3
    room.n_kept += 60
    room.keep(3, words=1, title="Other")
    assert len(room.read()) == 4  # two minutes later it is another look at it


def test_what_was_read_before_the_page_it_belongs_to_is_linked_all_the_same(room: Room) -> None:
    first, _second = room.keep(2), room.keep(3)
    third = room.keep(4, words=1)
    fourth = room.keep(5, words=1)
    kept = {m.id: m for m in room.read()}
    assert set(kept) == {first, third}
    assert kept[third].ended_us == NOON_US + 6_000_000
    assert fourth not in kept


def test_kill_9_between_the_span_and_the_forgetting(tmp_path: Path) -> None:
    home = tmp_path / "home"
    script = (
        "import sys; from pathlib import Path; from tests.unit.ingest.test_screen_folds import *\n"
        "room = Room(Path(sys.argv[1])); room.keep(2); room.keep(3); room.read()\n"
    )
    environment = {**os.environ, VARIABLE: "screen.folded"}
    ran = subprocess.run([sys.executable, "-c", script, str(home)], env=environment, check=False)
    assert ran.returncode == -signal.SIGKILL
    room = Room(home)
    room.importer.resume()
    kept = list(room.memory.iter_moments())
    assert kept[0].ended_us == NOON_US + 2_000_000
    assert len(kept) == 2  # nothing is lost; after a crash the second page stays a page of its own
    assert all(moment.text == "Invoice 4711" for moment in kept)
    room.close()
