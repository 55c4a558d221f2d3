"""The channels of an array recording after separation: kept, kept for a while, or mixed down; never lost halfway."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
import soundfile

from ingest.chapters import AS_ONE
from ingest.raw_channels import RawChannels
from memory.records import Session
from memory.store import Memory
from tests.support.hearing_room import RATE_HZ
from tests.support.ingest_files import NOW_US, build_importer
from tests.support.separation import ARRAY, LENGTH_S, build_splitter, run_separation, two_people, write_array

DAY_US = 86_400_000_000
KEEP, DROP, MONTH = RawChannels(), RawChannels(0), RawChannels(30)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_array(tmp_path_factory.mktemp("room") / "2026-03-04_15-06-07 two.flac", two_people())


@pytest.fixture(scope="module")
def separated(tmp_path_factory: pytest.TempPathFactory, file: Path) -> Path:
    """A home that holds the recording with all its channels."""
    home = tmp_path_factory.mktemp("separated") / "home"
    settle(home, KEEP, file)
    return home


@pytest.fixture
def home(tmp_path: Path, separated: Path) -> Path:
    copy = tmp_path / "home"
    return Path(shutil.copytree(separated, copy))


def settle(home: Path, rule: RawChannels, *files: Path, now_us: int = NOW_US) -> tuple[int, int]:
    """Import under a rule; returns how many files were new and how many known."""
    with Memory.open(home, use_chroma=False, now_us=lambda: now_us) as memory:
        importer = build_importer(memory, splitter=build_splitter(), raw_channels=rule, now_us=lambda: now_us)
        report = importer.import_paths(files, array=ARRAY) if files else importer.resume()
        importer.close()
        assert report.failed == ()
        return report.imported, report.duplicates


def look(home: Path) -> tuple[Session, int, set[str]]:
    """The session, how many channels its file has, and the media files on disk."""
    with Memory.open(home, use_chroma=False) as memory:
        (session,) = memory.list_sessions(directed=True)
        assert session.media is not None
        assert all(check.ok for check in memory.check())
        names = {str(path.relative_to(home)) for path in (home / "media").rglob("*") if path.is_file()}
        for moment in memory.iter_moments():
            assert moment.media is not None
            assert memory.media_path(moment.media).is_file()
        assert all(memory.media_path(part.media).is_file() for part in memory.list_streams(session.id))
        return session, soundfile.info(memory.media_path(session.media)).channels, names


def test_by_default_the_channels_stay(home: Path) -> None:
    settle(home, KEEP, now_us=NOW_US + 10_000 * DAY_US)
    assert look(home)[1] == 4


def test_dropped_only_the_streams_and_the_mixed_sound_stay(home: Path, file: Path) -> None:
    before = look(home)[2]
    settle(home, DROP)
    session, n_channels, names = look(home)
    assert (n_channels, session.n_channels) == (1, 4)  # the file, and what it was recorded with
    assert session.media is not None
    assert session.media.duration_s == LENGTH_S
    assert len(names) == len(before)
    assert file.read_bytes() not in [(home / name).read_bytes() for name in names]
    with Memory.open(home, use_chroma=False) as memory:
        mix, rate_hz = soundfile.read(memory.media_path(session.media))
    assert (rate_hz, len(mix)) == (RATE_HZ, LENGTH_S * RATE_HZ)
    assert np.abs(mix).max() > 0.01


def test_the_time_counts_from_the_end_of_separation(home: Path) -> None:
    settle(home, MONTH, now_us=NOW_US + 29 * DAY_US)
    assert look(home)[1] == 4
    settle(home, MONTH, now_us=NOW_US + 31 * DAY_US)
    assert look(home)[1] == 1


def test_imported_again_it_is_known_and_the_channels_do_not_come_back(home: Path, file: Path) -> None:
    settle(home, DROP)
    before = look(home)
    assert settle(home, DROP, file) == (0, 1)
    assert look(home) == before


def test_forgotten_nothing_of_it_is_left_and_it_can_be_imported_anew(home: Path, file: Path) -> None:
    settle(home, DROP)
    with Memory.open(home, use_chroma=False) as memory:
        memory.forget([moment.id for moment in memory.iter_moments()])
    assert [path for path in (home / "media").rglob("*") if path.is_file()] == []
    assert settle(home, KEEP, file) == (1, 0)
    assert look(home)[1] == 4


def test_where_a_streams_sound_is_lost_the_channels_stay(home: Path) -> None:
    with Memory.open(home, use_chroma=False) as memory:
        (session,) = memory.list_sessions(directed=True)
        memory.media_path(memory.list_streams(session.id)[0].media).unlink()
    settle(home, DROP)
    with Memory.open(home, use_chroma=False) as memory:
        (session,) = memory.list_sessions(directed=True)
        assert session.media is not None
        assert soundfile.info(memory.media_path(session.media)).channels == 4


def test_where_the_array_could_not_be_believed_the_channels_stay(home: Path) -> None:
    """With the right geometry they may be separated yet."""
    with Memory.open(home, use_chroma=False) as memory:
        (job,) = memory.jobs.list_jobs()
        notes = ["Microphones 1 and 2, or 3 and 4, seem to be exchanged.", AS_ONE]
        separated = {**job.payload["separated"], "notes": notes}
        memory.jobs.advance(job.id, "done", {**job.payload, "separated": separated})
    settle(home, DROP, now_us=NOW_US + 400 * DAY_US)
    assert look(home)[1] == 4


@pytest.mark.parametrize("point", ["file_written", "raw.mixed", "before_unlink"])
def test_death_while_dropping_leaves_one_of_the_two(home: Path, file: Path, point: str) -> None:
    assert run_separation(home, file, failpoint=point, raw_channels="drop")[0] == -9
    assert look(home)[1] == (1 if point == "before_unlink" else 4)
    settle(home, DROP)
    assert look(home)[1] == 1
    assert not list((home / "media").glob("*.part"))


@pytest.mark.parametrize(("text", "days"), [("keep", None), ("drop", 0), ("30 days", 30), ("1 day", 1)])
def test_the_rule_in_words(text: str, days: int | None) -> None:
    assert RawChannels.parse(text) == RawChannels(days)


@pytest.mark.parametrize("text", ["", "delete", "-3 days", "30", "3.5 days", "days", "keep for ever"])
def test_other_words_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="neither"):
        RawChannels.parse(text)
