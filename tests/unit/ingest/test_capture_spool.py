from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from ingest.audio import choose_time, open_recording
from ingest.spool import SessionFacts, SessionWriter, Spool, list_pieces, parse_stamp, stamp
from ingest.spool_join import join_session
from memory.records import TimeSource
from tests.support.capture_fakes import noise, read_session

START_US = 1_791_963_000_123_456
ROOT = Path(__file__).resolve().parents[3]


def write_session(
    home: Path, pcm: np.ndarray, *, rate_hz: int = 16_000, started_us: int = START_US
) -> tuple[Spool, str]:  # type: ignore[type-arg]
    spool = Spool(home)
    spool.create()
    facts = SessionFacts(started_us=started_us, device="Büro: Array (4)", n_channels=pcm.shape[1], rate_hz=rate_hz)
    writer = SessionWriter(spool, facts)
    for start in range(0, len(pcm), 1600):
        writer.write(pcm[start : start + 1600])
    writer.close()
    return spool, writer.key


@pytest.mark.parametrize("n_channels", [1, 2, 3, 4, 5, 6, 7, 8, 9, 16])
def test_every_channel_comes_back_bit_exact(tmp_path: Path, n_channels: int) -> None:
    pcm = noise(1.3, n_channels)
    spool, key = write_session(tmp_path, pcm)
    np.testing.assert_array_equal(read_session(spool, key), pcm)


def test_pieces_are_ten_seconds_and_named_by_start_number_and_device(tmp_path: Path) -> None:
    spool, key = write_session(tmp_path, noise(23.0, 1))
    pieces = list_pieces(spool.session_folder(key))
    assert [piece.number for piece in pieces] == [0, 1, 2]
    assert [piece.started_us - START_US for piece in pieces] == [0, 10_000_000, 20_000_000]
    assert pieces[0].path.name == f"000000_{stamp(START_US)}_b-ro-array-4.flac"
    assert parse_stamp(stamp(START_US)) == START_US


def test_files_are_private_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        spool, key = write_session(tmp_path / "home", noise(0.5))
        join_session(spool.session_folder(key), zone="UTC")
    finally:
        os.umask(before)
    for path in [spool.folder, *spool.folder.rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)


@pytest.mark.parametrize("n_channels", [4, 12])
def test_the_recording_tells_its_own_start(tmp_path: Path, n_channels: int) -> None:
    spool, key = write_session(tmp_path, noise(2.0, n_channels))
    joined = join_session(spool.session_folder(key), zone="Europe/Berlin")
    assert joined is not None
    assert joined.path is not None
    assert joined.ended_us == START_US + 2_000_000
    assert joined.path.stem == "Recording 2026-10-14 09-30-00"
    info = open_recording(joined.path).info
    when = choose_time(
        info, duration_s=2.0, name="x", file_us=0, zone="Europe/Berlin", now_us=START_US + 10**9, at_us=None
    )
    assert (when.us, when.source) == (START_US, TimeSource.RECORDING)


def test_joining_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    spool, key = write_session(tmp_path, noise(12.0, 2))
    first = join_session(spool.session_folder(key), zone="UTC")
    assert first is not None
    assert first.path is not None
    before = first.path.read_bytes()
    again = join_session(spool.session_folder(key), zone="UTC")
    assert again == first
    assert first.path.read_bytes() == before


def test_a_torn_piece_in_the_middle_leaves_a_hole_of_silence_and_is_told(tmp_path: Path) -> None:
    pcm = noise(30.0, 2)
    spool, key = write_session(tmp_path, pcm)
    middle = list_pieces(spool.session_folder(key))[1].path
    os.truncate(middle, middle.stat().st_size // 2)
    joined = join_session(spool.session_folder(key), zone="UTC")
    assert joined is not None
    ((hole_start_us, hole_end_us),) = joined.holes_us
    assert hole_end_us == START_US + 20_000_000
    assert 14_000_000 <= hole_start_us - START_US <= 15_000_000
    heard = read_session(spool, key)
    n_good = round((hole_start_us - START_US) / 1e6 * 16_000)
    np.testing.assert_array_equal(heard[:n_good], pcm[:n_good])
    assert not heard[n_good:320_000].any()
    np.testing.assert_array_equal(heard[320_000:], pcm[320_000:])


def test_a_lost_note_of_the_session_is_replaced_by_what_the_pieces_tell(tmp_path: Path) -> None:
    pcm = noise(1.0, 6)
    spool, key = write_session(tmp_path, pcm)
    (spool.session_folder(key) / "session.json").write_text("{")
    joined = join_session(spool.session_folder(key), zone="UTC")
    assert joined is not None
    assert (joined.facts.started_us, joined.facts.n_channels) == (START_US, 6)
    np.testing.assert_array_equal(read_session(spool, key), pcm)


def test_a_session_without_sound_joins_to_nothing(tmp_path: Path) -> None:
    spool, key = write_session(tmp_path, np.zeros((0, 2), np.int16))
    joined = join_session(spool.session_folder(key), zone="UTC")
    assert joined is not None
    assert joined.path is None
    assert join_session(tmp_path, zone="UTC") is None


_WRITE_UNTIL_KILLED = """
import sys
from pathlib import Path
from ingest.spool import SessionFacts, SessionWriter, Spool
from tests.support.capture_fakes import noise
n_channels = int(sys.argv[2])
spool = Spool(Path(sys.argv[1])); spool.create()
writer = SessionWriter(spool, SessionFacts(started_us=10**15, device="x", n_channels=n_channels, rate_hz=16000))
pcm = noise(60.0, n_channels)
for start in range(0, len(pcm), 1600):
    writer.write(pcm[start : start + 1600])
    print(start + 1600, flush=True)
    sys.stdin.readline()
"""


@pytest.mark.parametrize(("n_channels", "n_blocks"), [(1, 7), (4, 33), (8, 118), (16, 41)])
def test_torn_audio(tmp_path: Path, n_channels: int, n_blocks: int) -> None:
    """Kill -9 in the middle of a piece: all but the last second is there, bit-exact."""
    with subprocess.Popen(
        [sys.executable, "-c", _WRITE_UNTIL_KILLED, str(tmp_path), str(n_channels)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        n_written = 0
        for _ in range(n_blocks):
            n_written = int(child.stdout.readline())
            if n_written < 1600 * n_blocks:
                child.stdin.write("\n")
                child.stdin.flush()
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdin.close()
    spool = Spool(tmp_path)
    heard = read_session(spool, spool.list_keys()[0])
    assert n_written - 16_000 <= len(heard) <= n_written
    np.testing.assert_array_equal(heard, noise(60.0, n_channels)[: len(heard)])
