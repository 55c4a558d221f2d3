from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from memory.records import Media, Moment, Session, Source
from memory.store import Memory, VectorRow
from tests.support.memory_process import run_python
from tests.support.memory_samples import build_utterance, hash_vector

CANARY = "xylograph quetzalcoatl"


def find_traces(home: Path, *needles: bytes) -> list[str]:
    """Files of a home that hold a needle, whatever its case."""
    return [
        path.relative_to(home).as_posix()
        for path in home.rglob("*")
        if path.is_file() and any(needle in data for data in _both(path.read_bytes()) for needle in needles)
    ]


def _both(data: bytes) -> tuple[bytes, bytes]:
    return data, data.lower()


def plant(memory: Memory) -> tuple[Moment, Media, Source]:
    media = memory.keep_bytes(b"secret sound of " + CANARY.encode(), ".flac")
    source = Source(sha256=media.sha256, path=f"/home/me/{CANARY}.flac", n_bytes=9, mime="audio/flac", imported_us=1)
    memory.sources.add(source)
    memory.add_session(Session(id="secret", started_us=1, ended_us=2, title=CANARY, source=source.sha256, media=media))
    moment = replace(
        build_utterance(CANARY, session="secret", speaker="Quetzalcoatl", media=media, source=source.sha256),
        window=CANARY,
        details={"lines": [CANARY]},
    )
    job = memory.jobs.add(source.path, stage="read", payload={"sha256": source.sha256})
    memory.write_moments([moment], job_step=(job, "done", {"sha256": source.sha256}))
    others = [build_utterance(f"harmless words {n}", ordinal=n) for n in range(200)]
    memory.write_moments(others)
    rows = [VectorRow(m.id, unit, 0, hash_vector(m.text)) for m in [moment, *others] for unit in ("moment", "window")]
    memory.put_vectors("hash", rows)
    memory.search_vectors(hash_vector(CANARY), model="hash")
    memory.thumbnail_path(moment.id).write_bytes(b"thumb " + CANARY.encode())
    memory.thumbnail_path(moment.id).chmod(0o600)
    return moment, media, source


def test_forgetting_leaves_no_trace_in_any_file(tmp_path: Path) -> None:
    needles = (b"xylograph", b"quetzalcoatl", hash_vector(CANARY).tobytes())
    with Memory.open(tmp_path, use_chroma=False) as memory:
        moment, media, source = plant(memory)
        assert len(find_traces(tmp_path, *needles)) >= 4
        changes = memory.forget([moment.id, "never was"])
        assert changes.removed == {moment.id}
        assert find_traces(tmp_path, *needles) == []
        assert memory.sources.find(source.sha256) is None
        assert memory.find_session("secret") is None
        assert memory.jobs.list_jobs() == []
        assert not memory.media_path(media).exists()
        assert memory.sources.add(replace(source, path="/elsewhere"))  # it can be imported again
        assert memory.count_moments() == 200
        assert [check.name for check in memory.check() if not check.ok] == []
    assert find_traces(tmp_path, *needles) == []


def test_the_same_with_chroma(tmp_path: Path) -> None:
    needle = hash_vector(CANARY).tobytes()
    with Memory.open(tmp_path, chroma_from=1) as memory:
        moment, _media, _source = plant(memory)
        memory.drain_outbox()
        memory.forget([moment.id])
        memory.drain_outbox()
        assert [check.name for check in memory.check() if not check.ok] == []
    assert find_traces(tmp_path, b"xylograph", b"quetzalcoatl", needle) == []


def test_media_that_others_need_stay(tmp_path: Path) -> None:
    with Memory.open(tmp_path, use_chroma=False) as memory:
        media = memory.keep_bytes(b"one recording", ".flac")
        moments = [build_utterance(f"words {n}", ordinal=n, media=media) for n in range(2)]
        memory.write_moments(moments)
        memory.forget([moments[0].id])
        assert memory.media_path(media).exists()
        assert memory.forget([moments[0].id]).removed == frozenset()
        memory.forget([moments[1].id])
        assert not memory.media_path(media).exists()


def test_a_session_that_still_has_moments_keeps_its_recording(tmp_path: Path) -> None:
    with Memory.open(tmp_path, use_chroma=False) as memory:
        media = memory.keep_bytes(b"one recording", ".flac")
        memory.add_session(Session(id="talk", started_us=1, ended_us=2, media=media))
        moments = [build_utterance("a", ordinal=0, media=media), build_utterance("b", ordinal=1)]
        memory.write_moments(moments)
        memory.forget([moments[0].id])
        assert memory.media_path(media).exists()
        memory.forget([moments[1].id])
        assert not memory.media_path(media).exists()
        assert memory.find_session("talk") is None


@pytest.mark.parametrize("point", ["mid_forget", "before_unlink"])
def test_killed_while_forgetting_it_is_all_or_nothing(tmp_path: Path, point: str) -> None:
    with Memory.open(tmp_path, use_chroma=False) as memory:
        moment, media, _source = plant(memory)
    died = run_python("Memory.open(home, use_chroma=False).forget([sys.argv[2]])", tmp_path, moment.id, failpoint=point)
    assert died.returncode == -9, died.stderr
    with Memory.open(tmp_path, use_chroma=False) as memory:
        is_there = point == "mid_forget"
        assert (moment.id in memory.find_moments([moment.id])) == is_there
        assert memory.media_path(media).exists() == is_there
        assert bool(memory.search_lexical(["xylograph"])) == is_there
        assert [check.name for check in memory.check() if not check.ok] == []
        if is_there:
            memory.forget([moment.id])
        memory.search_vectors(hash_vector("harmless"), model="hash")
        memory._database.checkpoint()
        assert find_traces(tmp_path, b"xylograph", b"quetzalcoatl") == []
