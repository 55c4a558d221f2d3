"""Hot statements are answered from an index: none of them reads all moments."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from memory.records import Kind
from memory.store import Memory, Scope, VectorRow
from tests.support.memory_samples import MAY_8_2023_US, build_utterance, hash_vector

NARROW = Scope(since_us=MAY_8_2023_US, until_us=MAY_8_2023_US + 5_000_000)
SESSION = Scope(sessions=frozenset({"talk"}))
KIND = Scope(kinds=frozenset({Kind.NOTE}))


@pytest.fixture(scope="module")
def memory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Memory]:
    with Memory.open(tmp_path_factory.mktemp("home"), use_chroma=False) as opened:
        moments = [build_utterance(f"words {n}", ordinal=n) for n in range(50)]
        opened.write_moments(moments)
        opened.put_vectors("hash", [VectorRow(m.id, "moment", 0, hash_vector(m.text)) for m in moments])
        opened.moments_without_vectors("hash", limit=1)
        yield opened


CALLS: dict[str, Callable[[Memory, str], Any]] = {
    "first page": lambda m, _id: list(m.iter_moments(limit=10)),
    "newest": lambda m, _id: list(m.iter_moments(newest_first=True, limit=10)),
    "page of a day": lambda m, _id: list(m.iter_moments(NARROW)),
    "page of a session": lambda m, _id: list(m.iter_moments(SESSION)),
    "get": lambda m, id_: m.get_moment(id_),
    "find": lambda m, id_: m.find_moments([id_, "other"]),
    "neighbours": lambda m, id_: m.find_neighbours(id_, 2, 2),
    "window": lambda m, id_: m.window_text(m.get_moment(id_)),
    "count of a day": lambda m, _id: m.count_moments(NARROW),
    "count of a session": lambda m, _id: m.count_moments(SESSION),
    "count of a kind": lambda m, _id: m.count_moments(KIND),
    "days of a week": lambda m, _id: m.list_days(NARROW),
    "speakers": lambda m, _id: m.list_speakers(),
    "places": lambda m, _id: m.list_places(),
    "applications": lambda m, _id: m.list_apps(),
    "at most a few in a day": lambda m, _id: m.has_at_most(5, NARROW),
    "words": lambda m, _id: m.search_lexical(["changed", "words"], unit="window"),
    "words of a day": lambda m, _id: m.search_lexical(["words"], scope=NARROW),
    "backlog": lambda m, _id: m.moments_without_vectors("hash", limit=5),
    "vectors": lambda m, id_: m.find_vectors([id_], model="hash", unit="moment"),
    "nearest": lambda m, _id: m.search_vectors(hash_vector("words"), model="hash"),
    "nearest of a day": lambda m, _id: m.search_vectors(hash_vector("words"), model="hash", scope=NARROW),
    "nearest of a session": lambda m, _id: m.search_vectors(hash_vector("words"), model="hash", scope=SESSION),
    "stale days": lambda m, _id: m.events.list_stale(),
    "what a day is cut by": lambda m, _id: m.events.read_traces(["2023-05-08"], "hash"),
    "events of a day": lambda m, _id: m.events.list_events(MAY_8_2023_US, MAY_8_2023_US + 5_000_000),
    "event of": lambda m, id_: m.events.find_of([id_]),
    "seen in an event": lambda m, id_: m.events.list_seen([id_], limit=5, near_us=5),
    "jobs of a file": lambda m, _id: m.jobs.list_jobs(sha256="00"),
    "moments to be read": lambda m, _id: m.claims.list_unread(limit=5),
    "claims of a subject": lambda m, _id: m.claims.find_claims(["ana", "the budget"]),
    "claims of some moments": lambda m, _id: m.claims.put({1: []}, seen={1: 1}),
    "versions of a picture": lambda m, id_: m.find_alike_named(
        replace(m.get_moment(id_), details={"versions": {"name": "x"}})
    ),
    "tile of a timeline": lambda m, _id: m.timeline.read_tile(MAY_8_2023_US, 1_000_000, 192),
    "tile of years": lambda m, _id: m.timeline.read_tile(0, 86_400_000_000 * 64, 192),
    "bounds of a timeline": lambda m, _id: m.timeline.read_bounds(),
    "step on a timeline": lambda m, id_: m.timeline.find_beside(tuple(Kind), (MAY_8_2023_US, id_), forward=False),
    "originals gone": lambda m, _id: m.sources.list_gone(),
    "an original moved": lambda m, _id: m.sources.move("a" * 64, Path("elsewhere.jpg")),
    "write": lambda m, _id: m.write_moments([build_utterance("changed", ordinal=3)]),
    "forget": lambda m, _id: m.forget([build_utterance("", ordinal=49).id]),
    "job": lambda m, _id: m.jobs.list_jobs(["queued"]),
}


@pytest.mark.parametrize("name", CALLS)
def test_no_call_scans_moments(memory: Memory, name: str) -> None:
    seen: list[str] = []
    database = memory._database
    connections = [database._writer, *database._idle]
    for connection in connections:
        connection.set_trace_callback(seen.append)
    try:
        CALLS[name](memory, build_utterance("", ordinal=20).id)
    finally:
        for connection in connections:
            connection.set_trace_callback(None)
    statements = [s for s in seen if s.split(maxsplit=1)[0] in {"SELECT", "INSERT", "UPDATE", "DELETE", "WITH"}]
    assert statements
    bad = []
    with database.read() as connection:
        for statement in statements:
            try:
                steps = connection.execute("EXPLAIN QUERY PLAN " + statement).fetchall()
            except Exception:  # noqa: BLE001 - statements inside FTS5 name its own tables with parameters
                continue
            bad += [
                (step[3], statement)
                for step in steps
                if step[3] in {"SCAN moment", "SCAN vector", "SCAN session", "SCAN job", "SCAN claim"}
            ]
    assert bad == []
