"""Streams: what was separated from a session, kept and forgotten with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from memory.records import Kind, Media, Moment, Session, StreamPart, StreamSpan
from memory.store import Memory


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with Memory.open(tmp_path / "home", use_chroma=False) as found:
        yield found


def build_part(memory: Memory, number: int, start_s: float, *, sound: bytes | None = None) -> StreamPart:
    media = memory.keep_bytes(sound or f"sound {number} {start_s}".encode(), ".flac")
    return StreamPart(
        session="talk",
        number=number,
        start_s=start_s,
        azimuth_rad=1.5,
        media=replace(media, duration_s=240.0),
        spans=(StreamSpan(start_s + 1.0, start_s + 2.5, 1.4), StreamSpan(start_s + 3.0, start_s + 4.0)),
    )


def say(memory: Memory, name: str, media: Media | None = None) -> None:
    memory.write_moments(
        [Moment(id=name, kind=Kind.UTTERANCE, started_us=0, ended_us=1, text=name, session="talk", media=media)]
    )


def test_parts_come_back_as_they_were_by_number_and_time(memory: Memory) -> None:
    parts = [build_part(memory, number, start_s) for number in (1, 0) for start_s in (240.0, 0.0)]
    memory.add_streams(parts)
    assert memory.list_streams("talk") == sorted(parts, key=lambda part: (part.number, part.start_s))
    assert memory.list_streams("other") == []


def test_a_part_with_the_same_place_replaces_the_one_before(memory: Memory) -> None:
    memory.add_streams([build_part(memory, 0, 0.0)])
    other = replace(build_part(memory, 0, 0.0, sound=b"again"), azimuth_rad=None)
    memory.add_streams([other])
    assert memory.list_streams("talk") == [other]


def test_parts_and_the_progress_of_the_job_are_one_transaction(memory: Memory) -> None:
    number = memory.jobs.add("/in/talk.flac", stage="separate", payload={"n": 0})
    memory.add_streams([build_part(memory, 0, 0.0)], job_step=(number, "separate", {"n": 1}))
    job = memory.jobs.find(number)
    assert job is not None
    assert job.payload == {"n": 1}
    with pytest.raises(Exception, match="no job"):
        memory.add_streams([build_part(memory, 0, 240.0)], job_step=(number + 1, "separate", {}))
    assert [part.start_s for part in memory.list_streams("talk")] == [0.0]


def test_separated_sound_stays_until_its_session_goes(memory: Memory) -> None:
    memory.add_session(Session(id="talk", started_us=0, ended_us=9))
    parts = [build_part(memory, 0, 0.0), build_part(memory, 1, 0.0)]
    memory.add_streams(parts)
    say(memory, "first", parts[0].media)
    say(memory, "second", parts[1].media)
    memory.forget(["first"])
    assert all(memory.media_path(part.media).is_file() for part in parts)
    assert next(check for check in memory.check() if check.name == "media").ok
    memory.forget(["second"])
    assert memory.list_streams("talk") == []
    assert not any(memory.media_path(part.media).exists() for part in parts)


def test_a_lost_file_of_a_stream_is_found_by_the_check(memory: Memory) -> None:
    part = build_part(memory, 0, 0.0)
    memory.add_streams([part])
    memory.media_path(part.media).unlink()
    assert not next(check for check in memory.check() if check.name == "media").ok


def test_recordings_are_listed_newest_first_those_with_directions_alone_if_wanted(memory: Memory) -> None:
    for n, name in enumerate(("old", "talk", "new")):
        memory.add_session(Session(id=name, started_us=n, ended_us=n + 1))
    memory.add_streams([build_part(memory, 0, 0.0), build_part(memory, 1, 0.0)])
    assert [session.id for session in memory.list_sessions()] == ["new", "talk", "old"]
    assert [session.id for session in memory.list_sessions(limit=1)] == ["new"]
    assert [session.id for session in memory.list_sessions(directed=True)] == ["talk"]


def test_a_recording_that_was_heard_as_one_is_not_listed_with_those_that_were_taken_apart(memory: Memory) -> None:
    memory.add_session(Session(id="talk", started_us=0, ended_us=10))
    memory.add_streams([replace(build_part(memory, 0, 0.0), azimuth_rad=None)])
    assert memory.list_sessions(directed=True) == []
    memory.add_streams([build_part(memory, 1, 0.0)])
    assert memory.list_sessions(directed=True) == []  # one direction, and sound without any
    memory.add_streams([build_part(memory, 2, 0.0)])
    assert [session.id for session in memory.list_sessions(directed=True)] == ["talk"]


def test_whether_anything_was_recorded_in_a_stretch_of_time(memory: Memory) -> None:
    memory.add_session(Session(id="talk", started_us=100, ended_us=200))
    assert [memory.is_recorded(*span) for span in ((0, 100), (0, 101), (150, 160), (199, 300), (200, 300))] == [
        False, True, True, True, False,
    ]  # fmt: skip
    assert memory.is_recorded(None, None)
    assert not memory.is_recorded(200, None)
