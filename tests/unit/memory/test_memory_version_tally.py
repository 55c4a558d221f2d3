from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from memory import timeline
from memory.records import Kind, Media, Moment
from memory.store import Memory
from tests.support.memory_samples import DAY_US, MAY_8_2023_US, build_utterance

HOUR_US = 3_600_000_000
MINUTE_US = 60_000_000


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with Memory.open(tmp_path, use_chroma=False) as opened:
        yield opened


def photo(n: int, name: str | None, at_us: int, *, second: str | None = None, look: str | None = None) -> Moment:
    marks = {} if name is None else {"versions": {"name": name, "second": second, "look": look}}
    media = Media(f"{n:064x}", ".jpg")
    made = build_utterance("", ordinal=n, started_us=at_us, kind=Kind.PHOTO, session=None, stream=None, media=media)
    return replace(made, id=f"p{n}", details=marks)


def counts(memory: Memory, bucket_us: int, n: int = 192) -> dict[int, int]:
    memory.timeline.count_versions()
    tile = memory.timeline.read_tile(MAY_8_2023_US, bucket_us, n, most_marks=0)
    return dict(tile.counts.get(Kind.PHOTO, ()))


def keep(memory: Memory) -> list[Moment]:
    burst = [("a", MINUTE_US), ("a", 2 * MINUTE_US), ("b", 3 * MINUTE_US), (None, 4 * MINUTE_US), ("a", 90 * MINUTE_US)]
    rows = [photo(n, name, MAY_8_2023_US + at_us) for n, (name, at_us) in enumerate(burst)]
    alike = [photo(n, f"c{n}", MAY_8_2023_US + 5 * MINUTE_US, second="s", look=f"{n % 2:016x}") for n in (10, 11, 12)]
    memory.write_moments([*rows, *alike])
    return [*rows, *alike]


def test_numbers_tell_versions_of_a_picture_once_at_every_zoom(memory: Memory) -> None:
    keep(memory)
    assert counts(memory, MINUTE_US) == {1: 1, 3: 1, 4: 1, 5: 1, 90: 1}
    assert counts(memory, HOUR_US) == {0: 4, 1: 1}
    assert counts(memory, DAY_US) == {0: 5}
    assert counts(memory, 30 * MINUTE_US) == {0: 4, 3: 1}


def test_what_comes_changes_and_goes_is_counted_again(memory: Memory) -> None:
    rows = keep(memory)
    counts(memory, HOUR_US)
    assert memory.timeline.count_versions() == 0
    memory.forget([rows[0].id])
    assert counts(memory, HOUR_US) == {0: 4, 1: 1}
    memory.write_moments([replace(rows[2], details={"versions": {"name": "a", "second": None, "look": None}})])
    assert counts(memory, HOUR_US) == {0: 3, 1: 1}
    memory.write_moments([photo(30, "a", MAY_8_2023_US + 91 * MINUTE_US)])
    assert counts(memory, HOUR_US) == {0: 3, 1: 1}
    before = counts(memory, MINUTE_US)
    with memory._database.transaction() as connection:
        timeline.rebuild(connection)
    assert counts(memory, MINUTE_US) == before
    memory.forget([row.id for row in rows])
    assert counts(memory, HOUR_US) == {1: 1}
