from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np

from ingest import handover as rules
from ingest.capture import hash_file
from ingest.devices import Wanted
from ingest.handover import Handover
from ingest.records import ImportReport
from memory.errors import DiskFull
from memory.records import TimeSource
from memory.store import Memory
from models.protocols import Cancelled, CancelToken
from tests.support.capture_fakes import DESK, RATE_HZ, Studio, noise
from tests.support.ingest_files import SENTENCES, build_importer, wait_until


def record(home: Path, *seconds: float) -> Studio:
    """Record once for each length, each time as a session of its own."""
    studio = Studio(home, options={"wanted": Wanted(n_channels=2)})
    for number, length_s in enumerate(seconds):
        studio.recorder.begin()
        studio.hear(noise(length_s, 2, seed=number))
        studio.recorder.finish()
        studio.clock.advance(60)
    return studio


def build_handover(memory: Memory, studio: Studio, **parts: object) -> Handover:
    importer = build_importer(memory, now_us=lambda: studio.clock.now().wall_us)

    def take_in(path: Path, array: str | None, cancel: CancelToken) -> ImportReport:
        return importer.import_paths([path], array=array, cancel=cancel)

    return Handover(
        studio.spool,
        **{
            "take_in": take_in,
            "is_kept": lambda sha256: memory.sources.find(sha256) is not None,
            "add_gap": memory.add_gap,
            "zone": "Europe/Berlin",
            **parts,
        },  # type: ignore[arg-type]
    )


def test_a_session_becomes_moments_at_the_time_they_were_heard(tmp_path: Path, memory: Memory) -> None:
    studio = record(tmp_path / "home", 12.0)
    handover = build_handover(memory, studio)
    handover.bring_in(studio.sessions[0])
    moments = list(memory.iter_moments())
    assert [moment.text for moment in moments] == list(SENTENCES)
    session = memory.find_session(str(moments[0].session))
    assert session is not None
    assert session.started_us == studio.clock.now().wall_us - 72_000_000
    assert (session.n_channels, session.rate_hz) == (2, RATE_HZ)
    assert session.title.startswith("Recording 20")
    assert {moment.time_source for moment in moments} == {TimeSource.RECORDING}
    assert studio.spool.list_keys() == []
    assert session.media is not None
    import soundfile

    kept = soundfile.read(memory.media_path(session.media), dtype="int16", always_2d=True)[0]
    np.testing.assert_array_equal(kept, noise(12.0, 2, seed=0))


def test_what_an_earlier_run_left_is_brought_in_and_its_end_is_a_gap(tmp_path: Path, memory: Memory) -> None:
    studio = Studio(tmp_path / "home", options={"wanted": Wanted(n_channels=2)})
    studio.recorder.begin()
    studio.hear(noise(3.05, 2))
    # killed here: nothing is closed, noted or handed over
    died_us = studio.clock.now().wall_us

    handover = build_handover(memory, studio)
    assert handover.recover(now_us=died_us + 3_600_000_000) == 1
    handover.start()
    assert handover.finish(20)
    assert handover.handed.n_recordings == 1
    assert memory.count_moments() > 0
    (gap,) = memory.list_gaps()
    assert gap.reason == rules.ENDED
    assert died_us - 1_000_000 <= gap.started_us <= died_us
    assert gap.ended_us == died_us + 3_600_000_000
    assert studio.spool.find_intent() is None
    assert studio.spool.list_keys() == []


def test_killed_between_keeping_and_deleting_no_recording_is_doubled(tmp_path: Path, memory: Memory) -> None:
    studio = record(tmp_path / "home", 5.0)
    (key,) = studio.sessions
    copy = tmp_path / "as it was"
    shutil.copytree(studio.spool.session_folder(key), copy)
    handover = build_handover(memory, studio)
    handover.bring_in(key)
    n_moments = memory.count_moments()
    copy.rename(studio.spool.session_folder(key))
    handover.bring_in(key)
    assert memory.count_moments() == n_moments
    assert len(memory.jobs.list_jobs()) == 1
    assert studio.spool.list_keys() == []


def test_what_cannot_be_kept_stays_in_the_spool_and_the_next_goes_on(tmp_path: Path, memory: Memory) -> None:
    studio = record(tmp_path / "home", 2.0, 2.0)
    importer = build_importer(memory)
    troubles = [DiskFull("The disk is full.", hint="Free some space.")]

    def take_in(path: Path, array: str | None, cancel: CancelToken) -> ImportReport:
        if troubles:
            raise troubles.pop()
        return importer.import_paths([path], array=array, cancel=cancel)

    handover = build_handover(memory, studio, take_in=take_in)
    handover.start()
    for key in studio.sessions:
        handover.put(key)
    assert handover.finish(20)
    assert studio.spool.list_keys() == [studio.sessions[0]]
    assert [failure.error for failure in handover.handed.failures] == ["The disk is full."]
    assert handover.handed.n_recordings == 1


def test_cancel_leaves_the_session_for_the_next_start(tmp_path: Path, memory: Memory) -> None:
    studio = record(tmp_path / "home", 2.0)
    begun: list[Path] = []

    def take_in(path: Path, array: str | None, cancel: CancelToken) -> ImportReport:
        begun.append(path)
        wait_until(lambda: cancel.is_cancelled)
        raise Cancelled

    handover = build_handover(memory, studio, take_in=take_in)
    handover.put(studio.sessions[0])
    handover.start()
    wait_until(lambda: begun)
    assert not handover.finish(0.05)
    handover.cancel()
    assert handover.finish(20)
    assert studio.spool.list_keys() == studio.sessions


def test_a_hole_is_told_once(tmp_path: Path, memory: Memory) -> None:
    studio = record(tmp_path / "home", 25.0)
    (key,) = studio.sessions
    piece = sorted(studio.spool.session_folder(key).glob("000001_*"))[0]
    piece.write_bytes(piece.read_bytes()[:20_000])
    handover = build_handover(memory, studio)
    handover.bring_in(key)
    (gap,) = memory.list_gaps()
    assert (gap.source, gap.reason) == (DESK.name, rules.DAMAGED)


def test_a_session_that_holds_nothing_is_cleared_away(tmp_path: Path, memory: Memory) -> None:
    studio = record(tmp_path / "home", 1.0)
    folder = studio.spool.folder / "20261014T000000000000Z"
    folder.mkdir()
    handover = build_handover(memory, studio)
    handover.bring_in(folder.name)
    handover.bring_in("never there")
    assert studio.spool.list_keys() == studio.sessions


def test_the_hash_that_is_asked_for_is_that_of_the_recording(tmp_path: Path, memory: Memory) -> None:
    studio = record(tmp_path / "home", 1.0)
    asked: list[str] = []
    hashes: list[str] = []

    def take_in(path: Path, array: str | None, cancel: CancelToken) -> ImportReport:
        hashes.append(hash_file(path, cancel))
        return ImportReport(imported=0, duplicates=0, failed=(), moments=0, sessions=(), took_s=0.0)

    handover = build_handover(memory, studio, take_in=take_in, is_kept=lambda h: asked.append(h) or False)
    handover.bring_in(studio.sessions[0])
    assert set(asked) == set(hashes)
    assert studio.spool.list_keys() == studio.sessions  # memory does not hold it, so the spool does
