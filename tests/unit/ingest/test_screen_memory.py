"""Pictures of the screen in a memory: kept, extended, read, thinned, forgotten; with a fake reader of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ingest.importer import Importer
from ingest.screen import View
from ingest.screen_book import Shot
from ingest.screen_budget import ScreenBudget
from ingest.screen_keeper import MemoryKeeper, encode
from ingest.screen_pages import find_address
from ingest.screen_privacy import HIDDEN, Exclusions
from ingest.screen_run import RunMark
from memory.records import Kind, Moment
from memory.store import Memory
from models.protocols import TextLine
from tests.support.ingest_files import build_importer
from tests.support.screen_fakes import LEFT, NOTES, RIGHT, WIDTH, draw

NOON_US = 1_800_000_000_000_000


class Room:
    """A memory that screens are kept in."""

    def __init__(self, home: Path) -> None:
        self.memory = Memory.open(home, use_chroma=False)
        self.importer: Importer = build_importer(self.memory)
        self.jobs: list[int] = []
        self.keeper: MemoryKeeper = self.importer.keeper_of_screens(self.jobs.append)

    def keep(self, seed: int, *, at_s: float = 0.0, title: str = "Shopping") -> str:
        view = View(monitors=(LEFT,), windows=(replace(NOTES, title=title),))
        pixels = np.ascontiguousarray(draw(seed)[:, :WIDTH])
        moment, _n_bytes = self.keeper.keep(Shot(pixels, LEFT, view, NOON_US + round(at_s * 1e6), at_s))
        return moment

    def read(self) -> None:
        self.importer.finish(self.jobs)
        self.jobs.clear()

    def get(self, moment: str) -> Moment:
        return self.memory.get_moment(moment)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = Room(tmp_path / "home")
    yield made
    made.importer.close()
    made.memory.close()


def test_a_picture_is_a_moment_at_once_and_has_its_words_later(room: Room) -> None:
    kept = room.keep(1)
    moment = room.get(kept)
    assert (moment.kind, moment.app, moment.window, moment.text) == (Kind.SCREENSHOT, "notes", "Shopping", "")
    assert moment.media is not None
    assert room.memory.media_path(moment.media).is_file()
    room.keeper.extend(kept, NOON_US + 5_000_000)
    room.read()
    room.keeper.extend(kept, NOON_US + 1_000_000)  # late news do not shorten it
    moment = room.get(kept)
    assert (moment.text, moment.ended_us) == ("Invoice 4711\nTotal 12.50", NOON_US + 5_000_000)
    assert room.memory.search_lexical(["invoice"])[0].moment == kept
    assert room.memory.jobs.list_jobs() == []


def test_the_same_page_again_is_another_moment_that_shares_its_file(room: Room) -> None:
    first, second = room.keep(1), room.keep(1, at_s=60)
    room.read()
    assert first != second
    media = room.get(first).media
    assert media is not None
    assert media == room.get(second).media
    room.memory.forget([first])
    assert room.memory.media_path(media).is_file()
    room.memory.forget([second])
    assert not room.memory.media_path(media).exists()


def test_two_monitors_that_show_the_same_at_the_same_time_are_two_moments(room: Room) -> None:
    view = View(monitors=(LEFT, RIGHT), windows=(NOTES,))
    pixels = np.ascontiguousarray(draw(1)[:, :WIDTH])
    shots = [Shot(pixels, monitor, view, NOON_US, 0.0) for monitor in (LEFT, RIGHT)]
    assert len({room.keeper.keep(shot)[0] for shot in shots}) == room.memory.count_moments() == 2


def test_what_is_forgotten_before_it_was_read_stays_forgotten(room: Room) -> None:
    kept = room.keep(1)
    room.memory.forget([kept])
    room.read()
    room.keeper.extend(kept, NOON_US + 9_000_000)
    assert room.memory.count_moments() == 0


def test_a_page_with_an_excluded_address_is_deleted_once_its_address_was_read(room: Room) -> None:
    room.importer.never_kept = Exclusions.parse("", "", "bank.example; diary.test")
    ids = [room.keep(n, at_s=n, title=title) for n, title in enumerate(("Account – my.BANK.example", "Shopping"))]
    media = room.get(ids[0]).media
    assert media is not None
    room.keeper.extend(ids[0], NOON_US + 4_000_000)
    room.read()
    assert [m.id for m in room.memory.iter_moments()] == [ids[1]]
    assert not room.memory.media_path(media).exists()
    assert room.memory.jobs.list_jobs() == []
    assert [(gap.ended_us - gap.started_us, gap.reason) for gap in room.memory.list_gaps()] == [(4_000_000, HIDDEN)]
    assert room.importer.never_kept.excludes_page("https://diary.test/today", None)
    assert not room.importer.never_kept.excludes_page(None, None)


def test_consecutive_pages_are_one_trail_and_a_long_pause_ends_it(room: Room) -> None:
    ids = [room.keep(n, at_s=at_s, title=f"Page {n}") for n, at_s in enumerate((0, 30, 90, 3600))]
    details = [room.get(moment).details for moment in ids]
    assert [d["trail"] for d in details] == [ids[0], ids[0], ids[0], ids[3]]
    assert [d.get("page_before") for d in details] == [None, ids[0], ids[1], None]


def test_over_budget_the_oldest_pictures_go_and_their_words_stay(room: Room) -> None:
    ids = [room.keep(n, at_s=n) for n in range(6)]
    room.read()
    unread = room.keep(9, at_s=-100)
    sizes = {}
    for moment in ids:
        media = room.get(moment).media
        assert media is not None
        sizes[moment] = room.memory.media_path(media).stat().st_size
    budget = ScreenBudget(room.memory, lambda: sizes[ids[4]] + sizes[ids[5]] + 100)
    assert budget.thin() == 5  # down to 95 % of the budget
    assert budget.thin() == 0
    assert [room.get(moment).media is None for moment in ids] == [True] * 5 + [False]
    assert room.get(unread).media is not None
    assert room.get(ids[0]).text == "Invoice 4711\nTotal 12.50"
    assert {hit.moment for hit in room.memory.search_lexical(["invoice"])} == set(ids)
    assert all(check.ok for check in room.memory.check())


def test_what_is_drawn_is_kept_without_loss_and_a_photo_small() -> None:
    from io import BytesIO

    from PIL import Image

    flat = np.ascontiguousarray(draw(1)[:, :WIDTH])
    assert np.array_equal(np.asarray(Image.open(BytesIO(encode(flat))).convert("RGB")), flat)
    noise = np.random.default_rng(1).integers(0, 255, (200, 300, 3), dtype=np.uint8)
    assert len(encode(noise)) < noise.nbytes / 2


def line(text: str, x: float, y: float) -> TextLine:
    return TextLine(text, ((x, y), (x + 200, y), (x + 200, y + 14), (x, y + 14)), 0.99)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://www.astor.example/booking", "https://www.astor.example/booking"),
        ("Q https:/astor.example/a", "https://astor.example/a"),
        ("museum.org/tickets", "museum.org/tickets"),
        ("notes.txt", None),
        ("anna@astor.example", None),
        ("Total 12.50", None),
        ("See astor.example for more and better offers", None),
    ],
)
def test_the_address_of_a_page_is_the_line_of_its_bar(text: str, address: str | None) -> None:
    lines = [line("File Edit View", 10, 8), line(text, 120, 40), line("www.below.example", 50, 700)]
    assert find_address(lines, [0, 0, 1280, 800]) == address


def test_a_torn_run_is_known_by_its_mark(tmp_path: Path) -> None:
    mark = RunMark(tmp_path)
    assert mark.find_torn() is None
    mark.beat(NOON_US)
    mark.beat(NOON_US + 1_000_000)  # too soon to be written
    assert RunMark(tmp_path).find_torn() == NOON_US
    assert (tmp_path / "screen_run.json").stat().st_mode & 0o777 == 0o600
    mark.end()
    assert RunMark(tmp_path).find_torn() is None


def test_what_is_forgotten_while_it_is_extended_stays_forgotten(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = room.keep(1)
    find = room.memory.find_moments

    def find_and_forget(ids: Iterable[str]) -> dict[str, Moment]:
        found = find(list(ids))
        monkeypatch.undo()
        room.memory.forget([kept])  # between the reading and the writing of somebody who does both in steps
        return found

    monkeypatch.setattr(room.memory, "find_moments", find_and_forget)
    room.keeper.extend(kept, NOON_US + 5_000_000)
    room.memory.forget([kept])
    assert not room.memory.find_moments([kept])
