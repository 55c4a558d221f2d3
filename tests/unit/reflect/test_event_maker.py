from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from memory.records import Event, Moment
from memory.store import Memory
from reflect.events import EventMaker
from tests.support.memory_samples import DAY_US, MAY_8_2023_US, build_utterance

MORNING_US = MAY_8_2023_US + 9 * 3_600_000_000
EVENING_US = MAY_8_2023_US + 23 * 3_600_000_000 + 3_500_000_000  # 23:58:20


def days(n_days: int = 3) -> list[Moment]:
    """A talk each morning, and one around each midnight."""
    rows = []
    for day in range(n_days):
        for hour, start_us in enumerate((MORNING_US, EVENING_US)):
            for n in range(8):
                rows.append(
                    build_utterance(
                        f"line {n} of talk {hour}", ordinal=n, session=f"talk-{day}-{hour}",
                        started_us=start_us + day * DAY_US + n * 30_000_000,
                    )
                )  # fmt: skip
    return rows


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with Memory.open(tmp_path, use_chroma=False) as opened:
        yield opened


def refresh(memory: Memory) -> list[Event]:
    EventMaker(memory, model=None).refresh()
    return memory.events.list_events()


def test_a_talk_over_midnight_is_one_event_of_the_day_before(memory: Memory) -> None:
    memory.write_moments(days(2))
    events = refresh(memory)
    assert [len(event.moments) for event in events] == [8, 8, 8, 8]
    assert [event.local_date for event in events] == ["2023-05-08", "2023-05-08", "2023-05-09", "2023-05-09"]
    assert memory.events.list_stale() == {}


def test_one_after_the_other_gives_the_same_as_all_anew(memory: Memory) -> None:
    for moment in reversed(days()):
        memory.write_moments([moment])
        EventMaker(memory, model=None).refresh()
    bit_by_bit = memory.events.list_events()
    memory.events.mark_all_stale()
    assert memory.events.list_events() == []
    assert refresh(memory) == bit_by_bit
    assert len(bit_by_bit) == 6


def test_what_a_stop_leaves_is_still_marked_and_is_done_the_next_time(memory: Memory) -> None:
    memory.write_moments(days())
    asked: list[bool] = []

    def stop() -> bool:
        asked.append(True)
        return len(asked) > 2

    assert EventMaker(memory, model=None).refresh(should_stop=stop) == 2
    assert 0 < len(memory.events.list_events()) < 6
    assert memory.events.list_stale()
    assert len(refresh(memory)) == 6
    assert memory.events.list_stale() == {}


def test_a_correction_renames_the_event_and_keeps_its_id(memory: Memory) -> None:
    rows = days(1)[:8]
    memory.write_moments(rows)
    (before,) = refresh(memory)
    memory.write_moments([replace(row, text="the hedge is cut") for row in rows])
    (after,) = refresh(memory)
    assert after.id == before.id
    assert "hedge" in after.title.lower()


def test_beside_an_owner_nothing_is_cut(memory: Memory) -> None:
    memory.write_moments(days(1))
    with Memory.open(memory.home.root, read_only=True) as beside:
        assert EventMaker(beside, model=None).refresh() == 0
        assert beside.events.list_events() == []
