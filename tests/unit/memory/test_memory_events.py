from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from memory.records import Event
from memory.store import Memory
from tests.support.memory_process import run_python
from tests.support.memory_samples import DAY_US, MAY_8_2023_US, build_utterance, hash_vector

DAY = "2023-05-08"


def build_event(moments: list[str], *, day: str = DAY, title: str = "A talk") -> Event:
    return Event(
        id=f"e-{moments[0]}", local_date=day, started_us=MAY_8_2023_US, ended_us=MAY_8_2023_US + 9_000_000, zone="UTC",
        title=title, summary="", reason="", moments=tuple(moments),
    )  # fmt: skip


@pytest.fixture
def memory(tmp_path: Path):
    with Memory.open(tmp_path, use_chroma=False) as opened:
        yield opened


def settle(memory: Memory) -> None:
    memory.events.put_days({}, settled=memory.events.list_stale())


def test_a_day_is_stale_from_what_is_written_until_it_is_settled(memory: Memory) -> None:
    rows = [build_utterance("one"), build_utterance("two", ordinal=1, started_us=MAY_8_2023_US + DAY_US)]
    memory.write_moments(rows)
    assert set(memory.events.list_stale()) == {DAY, "2023-05-09"}
    settle(memory)
    assert memory.events.list_stale() == {}
    memory.write_moments(rows)  # nothing changes
    assert memory.events.list_stale() == {}


def test_what_comes_while_a_day_is_cut_keeps_it_stale(memory: Memory) -> None:
    memory.write_moments([build_utterance("one")])
    seen = memory.events.list_stale()
    memory.write_moments([build_utterance("two", ordinal=1)])
    memory.events.put_days({DAY: []}, settled=seen)
    assert set(memory.events.list_stale()) == {DAY}


def test_vectors_that_come_later_make_their_day_stale(memory: Memory) -> None:
    from memory.store import VectorRow

    moment = build_utterance("one")
    assert memory.moments_without_vectors("m", limit=9) == []
    memory.write_moments([moment])
    settle(memory)
    memory.put_vectors("m", [VectorRow(moment.id, "moment", 0, hash_vector("one"))])
    assert set(memory.events.list_stale()) == {DAY}


def test_an_event_goes_with_any_of_its_moments_in_the_same_transaction(memory: Memory) -> None:
    rows = [build_utterance(f"line {n}", ordinal=n) for n in range(3)]
    memory.write_moments(rows)
    for change in (
        lambda: memory.forget([rows[1].id]),
        lambda: memory.write_moments([replace(rows[0], text="other words")]),
    ):
        memory.events.put_days({DAY: [build_event([r.id for r in rows])]}, settled=memory.events.list_stale())
        assert memory.events.find_of([rows[0].id]) == {rows[0].id: f"e-{rows[0].id}"}
        change()
        assert memory.events.list_events() == []
        assert memory.events.find_of([r.id for r in rows]) == {}
        assert set(memory.events.list_stale()) == {DAY}


def test_words_of_a_title_are_nowhere_after_forgetting(memory: Memory) -> None:
    row = build_utterance("quokka")
    memory.write_moments([row])
    memory.events.put_days({DAY: [build_event([row.id], title="Zanzibarium")]}, settled={})
    memory.forget([row.id])
    kept = b"".join(path.read_bytes() for path in memory.home.root.rglob("*") if path.is_file())
    assert b"Zanzibarium" not in kept


def test_events_are_found_by_time_and_by_id(memory: Memory) -> None:
    rows = [build_utterance("one"), build_utterance("two", ordinal=1)]
    memory.write_moments(rows)
    memory.events.put_days({DAY: [build_event([r.id for r in rows])]}, settled={})
    (event,) = memory.events.list_events(MAY_8_2023_US, MAY_8_2023_US + 1)
    assert event.moments == tuple(r.id for r in rows)
    assert memory.events.find_events([event.id, "nothing"]) == {event.id: event}
    assert memory.events.list_events(MAY_8_2023_US + DAY_US, None) == []


def test_an_older_memory_has_all_of_its_days_marked(tmp_path: Path) -> None:
    from memory.database import Database
    from memory.home import Home
    from memory.migrate import load_migrations, migrate

    home = Home(tmp_path)
    home.create()
    database = Database(home.database)
    migrate(database, home, now_us=1, migrations=load_migrations()[:4])
    with database.transaction() as connection:
        connection.execute(  # as that code wrote it, which knew none of the later columns
            "INSERT INTO moment (id, kind, started_us, ended_us, zone, local_date, time_source, ordinal, producer,"
            " details, text) VALUES ('m1', 'utterance', ?, ?, 'UTC', ?, 'given', 0, '', '{}', 'old')",
            (MAY_8_2023_US, MAY_8_2023_US, DAY),
        )
    database.close()
    with Memory.open(tmp_path, use_chroma=False) as memory:
        assert memory.events.list_stale() == {DAY: 1}
        assert memory.count_moments() == 1


def test_killed_in_the_middle_of_forgetting_neither_loses_nor_keeps_half(tmp_path: Path) -> None:
    with Memory.open(tmp_path, use_chroma=False) as memory:
        rows = [build_utterance(f"line {n}", ordinal=n) for n in range(2)]
        memory.write_moments(rows)
        memory.events.put_days({DAY: [build_event([r.id for r in rows])]}, settled=memory.events.list_stale())
    died = run_python(
        "memory = Memory.open(home, use_chroma=False); memory.forget([sys.argv[2]])",
        tmp_path,
        rows[0].id,
        failpoint="mid_forget",
    )
    assert died.returncode < 0
    with Memory.open(tmp_path, use_chroma=False) as memory:
        assert len(memory.events.list_events()) == 1
        assert memory.count_moments() == 2
