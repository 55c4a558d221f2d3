from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from memory.errors import HomeLocked, NotFound
from memory.records import Gap, Kind, Place, Session, Source
from memory.store import Memory, Scope, VectorRow
from tests.support.memory_samples import DAY_US, MAY_8_2023_US, build_utterance, hash_vector

LINES = ["the boiler breaks every winter", "we moved the inspection to friday", "bring the dog to the park"]


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with Memory.open(tmp_path / "home") as opened:
        yield opened


def talk(lines: list[str] = LINES, **changes: object) -> list:
    return [replace(build_utterance(line, ordinal=n), **changes) for n, line in enumerate(lines)]


def test_a_moment_comes_back_as_it_went_in(memory: Memory) -> None:
    media = memory.keep_bytes(b"sound", ".FLAC")
    moment = replace(
        talk()[0],
        media=replace(media, offset_s=1.5, duration_s=2.0),
        place=Place("Köln", 50.9, 6.96),
        app="Firefox",
        window="Rechnung",
        azimuth_rad=1.25,
        producer="whisper@1",
        details={"words": [["the", 0.1, 0.2]], "exif": {"Make": "Äpfel"}},
        kind=Kind.SCENE,
        zone="Europe/Berlin",
    )
    changes = memory.write_moments([moment])
    assert changes.added == {moment.id}
    assert memory.get_moment(moment.id) == moment
    assert memory.media_path(media).read_bytes() == b"sound"
    assert memory.write_moments([moment]).updated == frozenset()
    assert memory.write_moments([replace(moment, text="new")]).updated == {moment.id}
    assert memory.get_moment(moment.id).text == "new"
    with pytest.raises(NotFound):
        memory.get_moment("nothing")


def test_moments_are_read_in_order_of_time_and_inside_a_scope(memory: Memory) -> None:
    moments = [
        build_utterance(f"line {n}", ordinal=n, session=f"s{n % 2}", started_us=MAY_8_2023_US + (n // 3) * DAY_US)
        for n in range(1203)
    ]
    memory.write_moments(moments)
    read = list(memory.iter_moments())
    assert [m.started_us for m in read] == sorted(m.started_us for m in moments)
    assert len({m.id for m in read}) == 1203
    backwards = list(memory.iter_moments(newest_first=True))
    assert backwards == read[::-1]
    assert list(memory.iter_moments(newest_first=True, limit=7)) == backwards[:7]
    scope = Scope(since_us=MAY_8_2023_US + DAY_US, until_us=MAY_8_2023_US + 3 * DAY_US, sessions=frozenset({"s1"}))
    inside = [m for m in read if scope.since_us <= m.started_us < scope.until_us and m.session == "s1"]
    assert list(memory.iter_moments(scope)) == inside
    assert memory.count_moments(scope) == len(inside) == 3
    assert memory.count_moments(Scope(kinds=frozenset({Kind.PHOTO}))) == 0


def test_days_are_those_of_the_moments_own_zone(memory: Memory) -> None:
    late_us = MAY_8_2023_US + DAY_US - 3_600_000_000  # 23:00 UTC
    zones = ["UTC", "Europe/Berlin", "+02:00", "-11:00", "No/Where"]
    memory.write_moments([build_utterance("x", ordinal=n, started_us=late_us, zone=z) for n, z in enumerate(zones)])
    assert [(day.date, day.n_moments) for day in memory.list_days()] == [("2023-05-09", 2), ("2023-05-08", 3)]


def test_neighbours_stay_inside_session_and_stream(memory: Memory) -> None:
    here, other = talk(), [build_utterance(f"other {n}", ordinal=n, stream=1) for n in range(3)]
    loose = build_utterance("alone", session=None, ordinal=9)
    memory.write_moments([here[2], other[1], here[0], other[0], here[1], other[2], loose])
    assert memory.find_neighbours(here[1].id, 1, 1) == here
    assert memory.find_neighbours(here[0].id, 5, 1) == here[:2]
    assert memory.find_neighbours(loose.id, 2, 2) == [loose]
    assert memory.find_neighbours("nothing", 2, 2) == []
    assert memory.window_text(here[1]) == "\n".join(f"Ana: {line}" for line in LINES)


def test_words_dates_and_speakers_are_found(memory: Memory) -> None:
    moments = talk()
    memory.write_moments(moments)
    assert [h.moment for h in memory.search_lexical(["inspections", "moving"])] == [moments[1].id]
    assert {h.moment for h in memory.search_lexical(["monday"])} == {m.id for m in moments}
    assert {h.moment for h in memory.search_lexical(["ana"])} == {m.id for m in moments}
    assert {h.moment for h in memory.search_lexical(["dog"], unit="window")} == {moments[1].id, moments[2].id}
    assert memory.search_lexical(["dog"], scope=Scope(sessions=frozenset({"elsewhere"}))) == []
    assert [h.moment for h in memory.search_lexical(["dog"], scope=Scope(sessions=frozenset({"talk"})))]


def test_windows_follow_their_neighbours(memory: Memory) -> None:
    moments = talk()
    memory.write_moments([moments[0], moments[2]])
    assert {h.moment for h in memory.search_lexical(["dog"], unit="window")} == {moments[0].id, moments[2].id}
    memory.write_moments([moments[1]])
    assert {h.moment for h in memory.search_lexical(["dog"], unit="window")} == {moments[1].id, moments[2].id}
    memory.write_moments([replace(moments[2], text="bring the cat")])
    assert memory.search_lexical(["dog"], unit="window") == []
    assert {h.moment for h in memory.search_lexical(["cat"], unit="window")} == {moments[1].id, moments[2].id}
    memory.forget([moments[2].id])
    assert memory.search_lexical(["cat"], unit="window") == []


def put_all(memory: Memory, moments: list, model: str = "hash") -> None:
    memory.put_vectors(model, [VectorRow(m.id, "moment", 0, hash_vector(m.text)) for m in moments])


def test_vectors_are_listed_kept_and_searched(memory: Memory) -> None:
    moments = talk()
    memory.write_moments([*moments, build_utterance("  ", ordinal=7)])
    assert memory.moments_without_vectors("hash", limit=2) == moments[:2]
    put_all(memory, moments[:2])
    assert memory.moments_without_vectors("hash", limit=9) == moments[2:]
    put_all(memory, moments[2:])
    assert memory.moments_without_vectors("hash", limit=9) == []
    hits = memory.search_vectors(hash_vector(LINES[1]), model="hash", limit=2)
    assert hits[0].moment == moments[1].id
    assert hits[0].score == pytest.approx(1, abs=1e-5)
    assert len(hits) == 2
    assert memory.search_vectors(hash_vector(LINES[1]), model="unknown") == []
    np.testing.assert_allclose(
        memory.find_vectors([moments[0].id], model="hash", unit="moment")[moments[0].id], [hash_vector(LINES[0])]
    )
    with pytest.raises(ValueError, match="dimensions"):
        memory.put_vectors("hash", [VectorRow(moments[0].id, "moment", 0, hash_vector("x", 16))])


def test_new_words_make_vectors_stale(memory: Memory) -> None:
    moments = talk()
    memory.moments_without_vectors("hash", limit=1)
    memory.write_moments(moments)
    rows = [VectorRow(m.id, unit, 0, hash_vector(m.text)) for m in moments for unit in ("moment", "window")]
    memory.put_vectors("hash", rows)
    assert memory.moments_without_vectors("hash", limit=9) == []
    memory.write_moments([replace(moments[0], text="something else")])
    assert [m.id for m in memory.moments_without_vectors("hash", limit=9)] == [moments[0].id, moments[1].id]
    found = memory.search_vectors(hash_vector(LINES[0]), model="hash", limit=9)
    assert {h.moment for h in found} == {moments[1].id, moments[2].id}
    memory.write_moments([replace(moments[2], azimuth_rad=1.0)])
    assert len(memory.moments_without_vectors("hash", limit=9)) == 2


def test_jobs_go_their_way_and_survive(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with Memory.open(home) as memory:
        job = memory.jobs.add("/a.wav", stage="keep", payload={"n": 1})
        other = memory.jobs.add("/b.wav", stage="keep", payload={})
        memory.jobs.start(job)
        memory.write_moments(talk(), job_step=(job, "embed", {"n": 2, "sha256": "ab"}))
        memory.jobs.start(job)
        memory.jobs.fail(other, "cannot read", "look", park=True)
    with Memory.open(home) as memory:
        (queued,) = memory.jobs.list_jobs(["queued"])
        assert (queued.id, queued.stage, queued.payload, queued.sha256) == (
            job,
            "embed",
            {"n": 2, "sha256": "ab"},
            "ab",
        )
        assert queued.tries == 1
        (parked,) = memory.jobs.list_jobs({"parked"})
        assert (parked.error, parked.hint, parked.tries) == ("cannot read", "look", 1)
        memory.jobs.retry(other)
        memory.jobs.finish(job)
        assert [j.state for j in memory.jobs.list_jobs()] == ["done", "queued"]
        with pytest.raises(NotFound):
            memory.jobs.finish(99)
        with pytest.raises(NotFound):
            memory.write_moments([build_utterance("never kept", ordinal=50)], job_step=(99, "done", {}))
        assert memory.count_moments() == 3


def test_sources_sessions_gaps_and_speakers(memory: Memory) -> None:
    source = Source(sha256="ab" * 32, path="/x", n_bytes=3, mime="audio/flac", imported_us=5)
    assert memory.sources.add(source)
    assert not memory.sources.add(source)
    assert memory.sources.find(source.sha256) == source
    assert memory.sources.find("none") is None
    session = Session(
        id="talk", started_us=1, ended_us=2, title="T", source=source.sha256, array={"positions_m": [[0]]}
    )
    memory.add_session(session)
    assert memory.find_session("talk") == session
    gap = Gap(source="mic", started_us=10, ended_us=20, reason="unplugged")
    memory.add_gap(gap)
    assert memory.list_gaps(Scope(since_us=15)) == [gap]
    assert memory.list_gaps(Scope(since_us=20)) == []
    again = Gap(source="mic", started_us=10, ended_us=30, reason="unplugged")  # told again after a crash
    memory.add_gap(again)
    memory.add_gap(gap)
    assert memory.list_gaps() == [again]
    memory.add_gap(Gap(source="mic", started_us=10, ended_us=20, reason="muted"))
    assert len(memory.list_gaps()) == 2
    memory.write_moments(
        [*talk(), build_utterance("x", ordinal=8, speaker="Ben"), build_utterance("y", ordinal=9, speaker=None)]
    )
    assert memory.list_speakers() == ["Ana", "Ben"]


def test_there_is_one_owner_and_readers_beside_it(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with Memory.open(home) as owner:
        owner.write_moments(talk())
        put_all(owner, talk())
        with pytest.raises(HomeLocked):
            Memory.open(home)
        with Memory.open(home, read_only=True) as reader:
            assert reader.count_moments() == 3
            assert reader.search_vectors(hash_vector(LINES[0]), model="hash", limit=1)[0].moment == talk()[0].id
            owner.write_moments([build_utterance("later", ordinal=5)])
            assert reader.search_lexical(["later"])
    Memory.open(home).close()


def test_reindex_changes_no_answer(memory: Memory) -> None:
    memory.write_moments(talk())
    put_all(memory, talk())
    before = (memory.search_lexical(["dog", "boiler"]), memory.search_vectors(hash_vector("dog park"), model="hash"))
    memory.reindex()
    after = (memory.search_lexical(["dog", "boiler"]), memory.search_vectors(hash_vector("dog park"), model="hash"))
    assert after == before


def test_what_is_no_unicode_does_no_harm(memory: Memory) -> None:
    odd_path = "/music/caf\udce9.wav"  # how Python gives a file name that is not UTF-8
    job = memory.jobs.add(odd_path, stage="keep", payload={"name": odd_path})
    kept = memory.jobs.find(job)
    assert kept is not None
    assert (kept.path, kept.payload) == (odd_path, {"name": odd_path})
    memory.sources.add(Source(sha256="cd" * 32, path=odd_path, n_bytes=1, mime="x", imported_us=1))
    assert memory.sources.find("cd" * 32).path == odd_path
    moment = replace(talk()[0], text="half \ud800 sign", details={"path": odd_path})
    memory.write_moments([moment])
    assert memory.get_moment(moment.id).text == "half ? sign"
    assert memory.get_moment(moment.id).details == {"path": odd_path}


def test_closing_gives_the_lock_back_whatever_fails_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_self: object) -> None:
        raise OSError("cannot unmap")

    memory = Memory.open(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr("memory.vectors.ExactSearch.close", refuse)
        with pytest.raises(OSError, match="unmap"):
            memory.close()
    memory.close()
    Memory.open(tmp_path).close()


def test_status_counts_what_is_there(memory: Memory) -> None:
    media = memory.keep_bytes(b"12345", ".flac")
    memory.moments_without_vectors("hash", limit=1)
    memory.write_moments([replace(moment, media=media) for moment in talk()])
    memory.jobs.add("/a", stage="keep", payload={})
    put_all(memory, talk()[:1])
    status = memory.status()
    assert (status.moments, status.vectors, status.vectors_pending, status.outbox_pending) == (3, 1, 2, 1)
    assert (status.media_files, status.media_bytes, status.jobs) == (1, 5, {"queued": 1})
    assert (status.index_state, status.index_generation) == ("none", 0)
    assert status.database_bytes > 0
    assert {check.name: check.ok for check in memory.check()} == {
        "database": True, "words": True, "timeline": True, "media": True, "permissions": True, "index": True,
    }  # fmt: skip


def test_checks_find_what_is_wrong(memory: Memory) -> None:
    media = memory.keep_bytes(b"12345", ".flac")
    memory.write_moments([replace(moment, media=media) for moment in talk()])
    memory.media_path(media).unlink()
    (memory.home.root / "open.txt").write_text("x")
    (memory.home.root / "open.txt").chmod(0o644)
    with memory._database.transaction() as connection:
        connection.execute("DELETE FROM moment_words WHERE rowid = 1")
        connection.execute("UPDATE tally SET n = n + 1")
    wrong = {check.name: check for check in memory.check() if not check.ok}
    assert set(wrong) == {"media", "words", "timeline", "permissions"}
    assert all(check.hint for check in wrong.values())
    memory.reindex()
    assert not {"words", "timeline"} & {check.name for check in memory.check() if not check.ok}


def test_a_change_is_made_of_what_is_there_and_brings_nothing_back(tmp_path: Path) -> None:
    with Memory.open(tmp_path, use_chroma=False) as memory:
        kept, gone = build_utterance("first words", ordinal=0), build_utterance("other words", ordinal=1)
        memory.write_moments([kept, gone])
        memory.write_moments([replace(kept, text="words that were read since")])
        memory.forget([gone.id])
        changes = memory.change_moments([kept.id, gone.id], lambda now: replace(now, app="notes"))
        assert changes.updated == frozenset({kept.id})
        assert memory.get_moment(kept.id).text == "words that were read since"
        assert memory.get_moment(kept.id).app == "notes"
        assert not memory.find_moments([gone.id])


def test_a_number_that_is_none_is_kept_as_null(tmp_path: Path) -> None:
    with Memory.open(tmp_path, use_chroma=False) as memory:
        odd = replace(build_utterance("odd"), details={"gain": float("nan"), "all": [1.5, float("inf"), {"a": 2}]})
        memory.write_moments([odd])
        assert memory.get_moment(odd.id).details == {"gain": None, "all": [1.5, None, {"a": 2}]}


def test_jobs_of_one_file_are_found_by_its_content(memory: Memory) -> None:
    numbers = [memory.jobs.add(f"{n}.flac", stage="read", payload={"sha256": "ab"[n % 2] * 64}) for n in range(4)]
    assert [job.id for job in memory.jobs.list_jobs(sha256="b" * 64)] == numbers[1::2]
    assert [job.id for job in memory.jobs.list_jobs(["queued"], sha256="a" * 64)] == numbers[0::2]
    assert memory.jobs.list_jobs(["failed"], sha256="a" * 64) == memory.jobs.list_jobs(sha256="c" * 64) == []
