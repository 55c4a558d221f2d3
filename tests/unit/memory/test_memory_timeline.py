from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from memory.database import Database
from memory.home import Home
from memory.migrate import load_migrations, migrate
from memory.records import Gap, Kind, Moment
from memory.store import Memory
from memory.timeline import DAY_US, HOUR_US
from tests.support.memory_samples import MAY_8_2023_US, build_utterance

YEAR_US = 366 * DAY_US


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with Memory.open(tmp_path / "home", use_chroma=False) as opened:
        yield opened


def build_many(seed: int, n: int) -> list[Moment]:
    """Moments of all kinds, in clusters, some of them before 1970."""
    dice = random.Random(seed)
    kinds = list(Kind)
    starts = [dice.randrange(-3 * YEAR_US, 3 * YEAR_US) for _ in range(12)]
    return [
        build_utterance(
            f"words {i}",
            ordinal=i,
            kind=dice.choice(kinds),
            started_us=dice.choice(starts) + dice.randrange(dice.choice((HOUR_US, 40 * DAY_US))),
        )
        for i in range(n)
    ]


def count_plainly(moments: list[Moment], since_us: int, bucket_us: int, n_buckets: int) -> dict[Kind, Counter[int]]:
    """The same by counting one by one."""
    out: dict[Kind, Counter[int]] = {}
    for moment in moments:
        bucket = (moment.started_us - since_us) // bucket_us
        if 0 <= bucket < n_buckets:
            out.setdefault(moment.kind, Counter())[bucket] += 1
    return out


def tell(memory: Memory, since_us: int, bucket_us: int, n_buckets: int) -> dict[Kind, Counter[int]]:
    """What the store counts."""
    tile = memory.timeline.read_tile(since_us, bucket_us, n_buckets)
    return {kind: Counter(dict(counts)) for kind, counts in tile.counts.items()}


@pytest.mark.parametrize("seed", range(4))
def test_buckets_hold_what_plain_counting_finds_after_every_kind_of_write(memory: Memory, seed: int) -> None:
    dice = random.Random(seed)
    kept = {moment.id: moment for moment in build_many(seed, 300)}
    memory.write_moments(list(kept.values()))
    moved = [
        build_utterance(f"moved {i}", ordinal=i, kind=dice.choice(list(Kind)), started_us=dice.randrange(YEAR_US))
        for i in range(0, 300, 7)
    ]
    memory.write_moments(moved)
    kept |= {moment.id: moment for moment in moved}
    gone = dice.sample(sorted(kept), 60)
    memory.forget(gone)
    left = [moment for id_, moment in kept.items() if id_ not in gone]
    for bucket_us in (32 * DAY_US, DAY_US, 12 * HOUR_US, HOUR_US, HOUR_US // 4, 1_000_000):
        for anchor in [-2 * YEAR_US, *(moment.started_us for moment in dice.sample(left, 4))]:
            since_us = (anchor // bucket_us - 20) * bucket_us
            n_buckets = 192
            wanted = count_plainly(left, since_us, bucket_us, n_buckets)
            assert tell(memory, since_us, bucket_us, n_buckets) == wanted


def test_a_rebuild_counts_the_same(memory: Memory) -> None:
    memory.write_moments(build_many(9, 100))
    since_us = -4 * 366 * DAY_US
    before = tell(memory, since_us, 16 * DAY_US, 192)
    with memory._database.transaction() as connection:
        connection.execute("DELETE FROM tally")
    memory.reindex()
    assert tell(memory, since_us, 16 * DAY_US, 192) == before


def test_nothing_is_left_of_what_was_forgotten(memory: Memory) -> None:
    moments = build_many(3, 50)
    memory.write_moments(moments)
    memory.forget([moment.id for moment in moments])
    with memory._database.read() as connection:
        assert connection.execute("SELECT count(*) FROM tally").fetchone() == (0,)
    assert memory.timeline.read_bounds() is None


def test_few_moments_are_read_one_by_one_and_many_as_numbers(memory: Memory) -> None:
    moments = [build_utterance(f"words {i}", ordinal=i) for i in range(30)]
    memory.write_moments(moments)
    few = memory.timeline.read_tile(MAY_8_2023_US, 1_000_000, 10)
    assert [mark.id for mark in few.marks[Kind.UTTERANCE]] == [moment.id for moment in moments[:10]]
    assert few.marks[Kind.UTTERANCE][0].who == "Ana"
    many = memory.timeline.read_tile(MAY_8_2023_US, 1_000_000, 30, most_marks=20)
    assert Kind.UTTERANCE not in many.marks
    assert many.count(Kind.UTTERANCE) == 30


def test_what_began_before_and_still_runs_is_told(memory: Memory) -> None:
    moment = build_utterance("long", ordinal=0)
    memory.write_moments([moment])
    inside = memory.timeline.read_tile(MAY_8_2023_US + 500_000, 50_000, 4)
    assert [mark.id for mark in inside.marks[Kind.UTTERANCE]] == [moment.id]
    assert not inside.counts
    behind = memory.timeline.read_tile(MAY_8_2023_US + 900_000, 50_000, 4)
    assert not behind.marks


def test_steps_go_through_all_moments_of_some_kinds_and_back(memory: Memory) -> None:
    moments = build_many(5, 120)
    moments += [build_utterance("at the same time", ordinal=200 + i, kind=Kind.PHOTO, started_us=7) for i in range(5)]
    memory.write_moments(moments)
    wanted = [m.id for m in memory.iter_moments() if m.kind in (Kind.PHOTO, Kind.SCENE)]
    seen, at = [], (-(2**61), "")
    while (mark := memory.timeline.find_beside((Kind.PHOTO, Kind.SCENE), at, forward=True)) is not None:
        seen.append(mark.id)
        at = (mark.started_us, mark.id)
    assert seen == wanted
    back = [seen[-1]]
    while (mark := memory.timeline.find_beside((Kind.PHOTO, Kind.SCENE), at, forward=False)) is not None:
        back.append(mark.id)
        at = (mark.started_us, mark.id)
    assert back == wanted[::-1]


def test_the_longest_gaps_are_told_in_order_of_time(memory: Memory) -> None:
    for n in range(70):
        start_us, length_us = n * HOUR_US, (n + 1) * 1_000_000
        memory.add_gap(Gap(source="mic", started_us=start_us, ended_us=start_us + length_us, reason="unplugged"))
    gaps = memory.timeline.read_tile(0, HOUR_US, 100).gaps
    assert len(gaps) == 64
    assert [gap.started_us for gap in gaps] == [n * HOUR_US for n in range(6, 70)]
    found = memory.timeline.find_gap_beside(HOUR_US, forward=True)
    assert found is not None
    assert found.started_us == 2 * HOUR_US


def test_a_memory_from_before_counts_what_it_holds(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.create()
    database = Database(home.database)
    moments = [m for m in build_many(4, 60) if m.kind is not Kind.SCENE]
    try:
        steps = load_migrations()
        before = next(step.number for step in steps if step.name == "timeline") - 1
        migrate(database, home, now_us=1, migrations=steps[:before])
        with database.transaction() as connection:  # by the columns of that time: the code of today knows later ones
            connection.executemany(
                "INSERT INTO moment"
                " (id, kind, started_us, ended_us, zone, local_date, time_source, ordinal, producer, details, text)"
                " VALUES (?, ?, ?, ?, 'UTC', '1970-01-01', 'given', 0, '', '{}', ?)",
                [(m.id, str(m.kind), m.started_us, m.ended_us, m.text) for m in moments],
            )
    finally:
        database.close()
    with Memory.open(tmp_path, use_chroma=False) as memory:
        since_us = -4 * 366 * DAY_US
        assert tell(memory, since_us, 16 * DAY_US, 192) == count_plainly(moments, since_us, 16 * DAY_US, 192)


def test_events_that_begin_at_once_are_each_come_to(memory: Memory) -> None:
    with memory._database.transaction() as connection:
        connection.executemany(
            "INSERT INTO event (id, local_date, started_us, ended_us, zone, title, summary, reason)"
            " VALUES (?, '1970-01-02', ?, ?, 'UTC', ?, '', '')",
            [(each, at, at + 60, each) for each, at in (("a", 100), ("b", 100), ("c", 200))],
        )
    for forward, expected in ((True, ["a", "b", "c"]), (False, ["c", "b", "a"])):
        at, walked = ((0 if forward else 300), ""), []
        while band := memory.timeline.find_band_beside(at, forward=forward):
            walked.append(band.id)
            at = band.started_us, band.id
        assert walked == expected
