"""``madeleine capture`` on a real sound server: bit-exact, readable after kill -9, back after the device was away."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from app.settings import Settings, save_settings
from ingest import recorder as rules
from ingest.handover import ENDED
from ingest.spool import Spool
from memory.records import Media
from memory.store import Memory
from tests.support.capture_fakes import RATE_HZ, noise, read_session
from tests.support.capture_frames import build_frames, build_frames_at, read_numbers
from tests.support.capture_pulse import VirtualArray, virtual_array
from tests.support.e2e_files import SAMPLE_DAY
from tests.support.e2e_process import Madeleine, Ran

LEAD_S = 0.6  # the monitor loses its first frames


@pytest.fixture
def short_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="array") as folder:
        yield Path(folder)


def build_madeleine(tmp_path: Path, array: VirtualArray, models: Path | None = None) -> Madeleine:
    return Madeleine(tmp_path / "home", models or tmp_path / "no weights", environment=array.environment)


@contextmanager
def recording(madeleine: Madeleine, *options: object) -> Iterator[subprocess.Popen[str]]:
    """``capture`` while the block runs; the process is ended if the block did not."""
    process = madeleine.start("capture", "--audio", "--device", "array", "--json", *options)
    try:
        wait_for(process, "Recording “array”")
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def wait_for(process: subprocess.Popen[str], words: str, *, limit_s: float = 60.0) -> None:
    """Read standard error line by line until it says so."""
    assert process.stderr is not None
    until_s, heard = time.monotonic() + limit_s, ""
    while words not in heard:
        ready, _, _ = select.select([process.stderr], [], [], max(0.0, until_s - time.monotonic()))
        line = os.read(process.stderr.fileno(), 65536).decode() if ready else ""
        assert line, f"it did not say “{words}” but: {heard}"
        heard += line


def stop(process: subprocess.Popen[str]) -> Ran:
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=300)
    return Ran(process.returncode, out, err)


def write(path: Path, pcm: NDArray[np.int16]) -> Path:
    """A file to play: silence before and after the sound."""
    quiet = np.zeros((round(LEAD_S * RATE_HZ), pcm.shape[1]), np.int16)
    soundfile.write(path, np.concatenate([quiet, pcm, quiet]), RATE_HZ, subtype="PCM_16")
    return path


def cut_out(heard: NDArray[np.int16], played: NDArray[np.int16]) -> NDArray[np.int16]:
    """The part of a recording that begins where the sound begins."""
    sounding = np.flatnonzero(heard.any(axis=1))
    assert len(sounding), "nothing was heard"
    return heard[sounding[0] : sounding[0] + len(played)]


def read_kept(home: Path) -> list[tuple[Any, NDArray[np.int16]]]:
    """Sessions in memory with their sound, in order."""
    with Memory.open(home, read_only=True) as memory:
        out = []
        for job in memory.jobs.list_jobs():
            session = memory.find_session("s" + str(job.sha256)[:21])
            path = memory.media_path(Media(str(job.sha256), str(job.payload["suffix"])))
            out.append((session, np.asarray(soundfile.read(path, dtype="int16", always_2d=True)[0])))
    return out


@pytest.mark.parametrize("n_channels", [4, 6, 8])
def test_every_channel_of_a_virtual_array_is_kept_bit_exact(
    tmp_path: Path, short_folder: Path, n_channels: int
) -> None:
    played = noise(6.0, n_channels, seed=n_channels)
    file = write(tmp_path / "played.wav", played)
    with virtual_array(short_folder, n_channels) as array:
        madeleine = build_madeleine(tmp_path, array)
        with recording(madeleine, "--channels", n_channels) as process:
            array.play(file)
            time.sleep(1.0)
            ran = stop(process)
    assert ran.code == 3  # no weights here: kept, and said so
    assert ran.json["failed"][0]["waits"]
    ((session, heard),) = read_kept(madeleine.home)
    assert (session.n_channels, session.rate_hz) == (n_channels, RATE_HZ)
    np.testing.assert_array_equal(cut_out(heard, played), played)
    assert Spool(madeleine.home).list_keys() == []
    with Memory.open(madeleine.home, read_only=True) as memory:
        assert memory.list_gaps() == []


def test_the_list_names_the_array(tmp_path: Path, short_folder: Path) -> None:
    with virtual_array(short_folder, 4) as array:
        ran = build_madeleine(tmp_path, array)("capture", "--list", "--json")
    assert ran.code == 0
    assert "array" in [device["name"] for device in ran.json["devices"]]
    assert ran.err == ""  # the sound libraries' own chatter is kept away


def test_a_device_that_is_not_there_is_an_error_of_the_surroundings(tmp_path: Path, short_folder: Path) -> None:
    with virtual_array(short_folder, 4) as array:
        ran = build_madeleine(tmp_path, array)("capture", "--audio", "--device", "studio desk")
    assert ran.code == 3
    assert "There is no microphone “studio desk”." in ran.err
    assert "Choose one of:" in ran.err


def test_torn_audio_kill_9_while_recording(tmp_path: Path, short_folder: Path) -> None:
    played = noise(14.0, 4)
    file = write(tmp_path / "played.wav", played)
    with virtual_array(short_folder, 4) as array:
        madeleine = build_madeleine(tmp_path, array)
        with recording(madeleine, "--channels", 4) as process:
            array.play(file)
            os.killpg(process.pid, signal.SIGKILL)
            killed_us = time.time_ns() // 1000
            process.wait()
        spool = Spool(madeleine.home)
        (key,) = spool.list_keys()
        heard = read_session(spool, key)
        np.testing.assert_array_equal(cut_out(heard, played)[: len(played) - RATE_HZ], played[: len(played) - RATE_HZ])

        time.sleep(1.0)
        with recording(madeleine, "--channels", 4) as process:  # the next start brings in what is left
            array.play(write(tmp_path / "short.wav", noise(1.0, 4)))
            stop(process)
    sessions = read_kept(madeleine.home)
    assert len(sessions) == 2
    np.testing.assert_array_equal(sessions[0][1], heard)
    assert killed_us - sessions[0][0].ended_us < 1_500_000
    with Memory.open(madeleine.home, read_only=True) as memory:
        (gap,) = memory.list_gaps()
    assert gap.reason == ENDED
    assert abs(gap.started_us - sessions[0][0].ended_us) < 100_000
    assert abs(gap.ended_us - sessions[1][0].started_us) < 5_000_000


def test_hotplug_the_array_goes_and_comes_back(tmp_path: Path, short_folder: Path) -> None:
    played = noise(3.0, 4)
    file = write(tmp_path / "played.wav", played)
    with virtual_array(short_folder, 4) as array:
        madeleine = build_madeleine(tmp_path, array)
        with recording(madeleine, "--channels", 4) as process:
            array.play(file)
            array.unplug()
            unplugged_us = time.time_ns() // 1000
            wait_for(process, "NOTHING IS KEPT", limit_s=15)
            array.plug()
            wait_for(process, "It records again", limit_s=15)
            array.play(file)
            time.sleep(1.0)
            stop(process)
    sessions = read_kept(madeleine.home)
    np.testing.assert_array_equal(cut_out(sessions[0][1], played), played)
    np.testing.assert_array_equal(cut_out(sessions[-1][1], played), played)
    with Memory.open(madeleine.home, read_only=True) as memory:
        gaps = memory.list_gaps()
    assert gaps[0].reason.startswith(rules.LOST)
    assert abs(gaps[0].started_us - unplugged_us) < 2_000_000
    assert gaps[-1].ended_us - gaps[0].started_us < 30_000_000


def test_sleep_the_process_stands_still_for_half_a_minute_of_its_life(tmp_path: Path, short_folder: Path) -> None:
    """SIGSTOP and SIGCONT: what the sound server kept (16 s of eight channels) is kept where it was heard, what it did
    not is a gap, and recording goes on."""
    with virtual_array(short_folder, 8) as array:
        madeleine = build_madeleine(tmp_path, array)
        with recording(madeleine, "--channels", 8) as process, playing_numbers(array, 45.0) as player:
            time.sleep(4.0)
            os.killpg(process.pid, signal.SIGSTOP)
            stopped_us = time.time_ns() // 1000
            time.sleep(30.0)
            os.killpg(process.pid, signal.SIGCONT)
            player.join()
            time.sleep(1.0)
            stop(process)
    runs = [run for session, heard in read_kept(madeleine.home) for run in find_runs(session, heard)]
    with Memory.open(madeleine.home, read_only=True) as memory:
        gaps = memory.list_gaps()
    assert {gap.reason for gap in gaps} <= {rules.HALTED, rules.OVERRUN, rules.MISSING}
    assert all(earlier.last < later.first for earlier, later in pairwise(runs))  # in order, and none twice
    began_us = runs[0].started_us - round(runs[0].first / RATE_HZ * 1e6)
    for run in runs:  # a scrap at the edge of the hole may count to its other side: nobody tells when the rush ended
        if run.last - run.first > 1.5 * RATE_HZ:
            assert (run.started_us - began_us) / 1e6 == pytest.approx(run.first / RATE_HZ, abs=2.0)
    assert runs[-1].last / RATE_HZ == pytest.approx(45.0, abs=1.0)
    kept_s = sum(run.last + 1 - run.first for run in runs) / RATE_HZ
    missing_s = sum(gap.ended_us - gap.started_us for gap in gaps) / 1e6
    assert missing_s > 5.0
    assert kept_s + missing_s == pytest.approx(45.0, abs=2.0)
    assert min(gap.started_us for gap in gaps) > stopped_us + 5_000_000  # kept by the server: heard, and not lost


@contextmanager
def playing_numbers(array: VirtualArray, duration_s: float) -> Iterator[threading.Thread]:
    """Play frames that carry their numbers, beside what the block does."""
    player = array.player()

    def feed() -> None:
        assert player.stdin is not None
        for first in range(0, round(duration_s * RATE_HZ), RATE_HZ // 10):
            player.stdin.write(build_frames(first, RATE_HZ // 10, array.n_channels).tobytes())
        player.stdin.close()
        player.wait()

    thread = threading.Thread(target=feed, daemon=True)
    thread.start()
    yield thread
    thread.join(30)


class Run(NamedTuple):
    """Numbered frames that follow each other in a recording, and when it says that the first one was heard."""

    first: int
    last: int
    started_us: int


def find_runs(session: Any, heard: NDArray[np.int16]) -> list[Run]:
    """The runs of numbered frames in a session, each with all its channels."""
    places = np.flatnonzero(heard.any(axis=1))
    numbers = read_numbers(heard[places])
    np.testing.assert_array_equal(build_frames_at(numbers, heard.shape[1]), heard[places])
    cuts = np.flatnonzero((np.diff(numbers) != 1) | (np.diff(places) != 1)) + 1
    return [
        Run(int(numbers[run[0]]), int(numbers[run[-1]]), session.started_us + round(places[run[0]] / RATE_HZ * 1e6))
        for run in np.split(np.arange(len(places)), cuts)
        if len(run)
    ]


def test_what_was_said_into_the_array_is_found(tmp_path: Path, short_folder: Path, weights: Path) -> None:
    """From the sound server to the search, with the real models."""
    spoken = SAMPLE_DAY / "2026-10-14_09-30-00 stand-up.flac"
    sound, rate_hz = soundfile.read(spoken, dtype="int16", always_2d=True, frames=20 * RATE_HZ)
    assert rate_hz == RATE_HZ
    with virtual_array(short_folder, 4) as array:
        madeleine = build_madeleine(tmp_path, array, weights)
        with recording(madeleine, "--channels", 4) as process:
            array.play(write(tmp_path / "played.wav", np.repeat(sound[:, :1], 4, axis=1)))
            time.sleep(0.5)
            ran = stop(process)
        assert ran.code == 0, ran.err
        assert ran.json["moments"] > 0
        told = madeleine("timeline", "--json").json["days"]
        moments = [moment for day in told for moment in day["moments"]]
        word = max((word.strip(".,?!") for moment in moments for word in moment["text"].split()), key=len)
        found = madeleine("search", word, "--json").json["moments"]
    assert any(word in moment["text"] for moment in found)
    assert {moment["time_source"] for moment in moments} == {"recording"}


def test_a_note_said_into_the_microphone_is_kept_and_found(tmp_path: Path, short_folder: Path, weights: Path) -> None:
    """``remember --speak``: it ends when the speaker is silent, without a key; no screen here, and none is wanted."""
    spoken = SAMPLE_DAY / "2026-10-14_09-30-00 stand-up.flac"
    sound, _rate_hz = soundfile.read(spoken, dtype="int16", always_2d=True, frames=8 * RATE_HZ)
    quiet = np.zeros((4 * RATE_HZ, 1), np.int16)
    file = tmp_path / "played.wav"
    soundfile.write(file, np.concatenate([sound[:, :1], quiet]), RATE_HZ, subtype="PCM_16")
    with virtual_array(short_folder, 1) as array:
        madeleine = build_madeleine(tmp_path, array, weights)
        madeleine.home.mkdir(mode=0o700)
        save_settings(madeleine.home, Settings(microphone="array"))  # it was recorded with last
        process = madeleine.start("remember", "the stand-up", "--speak", "--no-screen", "--json")
        wait_for(process, "Speak now")
        time.sleep(1.0)
        array.play(file)
        out, err = process.communicate(timeout=120)
        ran = Ran(process.returncode, out, err)
        assert ran.code == 0, ran.err
        typed, said = ran.json["moments"]
        assert (typed["text"], said["audio"]["session"]) == ("the stand-up", ran.json["session"])
        assert 6.0 < said["media"]["duration_s"] < 14.0
        word = max((word.strip(".,?!") for word in said["text"].split()), key=len)
        found = madeleine("search", word, "--json").json["moments"]
    assert said["id"] in [moment["id"] for moment in found]
