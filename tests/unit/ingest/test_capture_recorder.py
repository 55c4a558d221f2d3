from __future__ import annotations

import json
import os
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ingest import recorder as rules
from ingest import recorder_keeper
from ingest.arrays import Array
from ingest.devices import NoMicrophone, Wanted
from ingest.recorder import Recorder
from ingest.recorder_status import RED_S, State
from ingest.spool import SessionWriter, Spool, find_facts, list_pieces
from memory.errors import DiskFull
from memory.records import Gap
from tests.support.capture_fakes import DESK, LAPTOP, RATE_HZ, ReplayedMicrophones, Studio, noise
from tests.support.ingest_files import wait_until


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    return Studio(tmp_path)


def begin(studio: Studio) -> None:
    studio.recorder.begin()


def test_what_is_heard_is_kept_bit_exact_and_without_a_gap(studio: Studio) -> None:
    pcm = noise(12.3)
    begin(studio)
    began_us = studio.clock.now().wall_us
    studio.hear(pcm)
    studio.recorder.finish()
    (key,) = studio.sessions
    np.testing.assert_array_equal(studio.read(key), pcm)
    facts = find_facts(studio.spool.session_folder(key))
    assert facts is not None
    assert facts.started_us == began_us
    assert (facts.device, facts.n_channels, facts.rate_hz) == ("Desk array", 4, RATE_HZ)
    assert studio.gaps == []
    assert studio.recorder.status().state is State.OFF
    assert studio.spool.find_intent() is None


def test_the_array_is_kept_where_it_fits(tmp_path: Path) -> None:
    array = Array("four", tuple((0.01 * n, 0.0, 0.0) for n in range(4)))
    studio = Studio(tmp_path, options={"array": array})
    begin(studio)
    studio.hear(noise(0.5))
    studio.recorder.finish()
    facts = find_facts(studio.spool.session_folder(studio.sessions[0]))
    assert facts is not None
    assert facts.array is not None
    assert json.loads(facts.array) == array.to_json()


def test_without_a_microphone_it_does_not_begin(tmp_path: Path) -> None:
    studio = Studio(tmp_path, devices=())
    with pytest.raises(NoMicrophone):
        begin(studio)
    assert studio.recorder.status().state is State.OFF
    assert studio.spool.find_intent() is None


def test_long_recordings_are_cut_in_quiet_moments_without_losing_a_frame(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder_keeper, "SESSION_S", 20.0)
    monkeypatch.setattr(recorder_keeper, "LONGEST_S", 60.0)
    pcm = noise(65.0)
    pcm[23 * RATE_HZ : 24 * RATE_HZ] = 1  # the one quiet second
    begin(studio)
    studio.hear(pcm)
    studio.recorder.finish()
    heard = [studio.read(key) for key in studio.sessions]
    assert [round(len(part) / RATE_HZ, 1) for part in heard] == [23.1, 41.9]
    np.testing.assert_array_equal(np.concatenate(heard), pcm)
    facts = [find_facts(studio.spool.session_folder(key)) for key in studio.sessions]
    assert facts[0] is not None
    assert facts[1] is not None
    assert facts[1].started_us == facts[0].started_us + round(len(heard[0]) / RATE_HZ * 1e6)
    assert studio.gaps == []


def test_where_nobody_is_ever_quiet_it_is_cut_all_the_same(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorder_keeper, "SESSION_S", 5.0)
    monkeypatch.setattr(recorder_keeper, "LONGEST_S", 8.0)
    pcm = noise(20.0)
    begin(studio)
    studio.hear(pcm)
    studio.recorder.finish()
    heard = [studio.read(key) for key in studio.sessions]
    assert [len(part) / RATE_HZ for part in heard] == [8.0, 8.0, 4.0]
    np.testing.assert_array_equal(np.concatenate(heard), pcm)


def test_hotplug_the_same_device_comes_back(studio: Studio) -> None:
    begin(studio)
    studio.hear(noise(2.0))
    studio.microphones.unplug(DESK)
    studio.microphones.devices.clear()
    unplugged_us = studio.clock.now().wall_us
    studio.wait(4.0)
    assert studio.recorder.status().state is State.FAILING
    assert studio.recorder.status().reason == rules.LOST
    studio.microphones.plug(DESK)
    plugged_us = studio.clock.now().wall_us
    studio.wait(2.5)
    studio.hear(noise(1.0, seed=2))
    studio.recorder.finish()
    (gap,) = studio.gaps
    assert (gap.source, gap.reason) == ("Desk array", rules.LOST)
    assert gap.started_us == unplugged_us
    assert plugged_us < gap.ended_us <= plugged_us + 3_000_000
    np.testing.assert_array_equal(studio.read(studio.sessions[0]), noise(2.0))
    np.testing.assert_array_equal(studio.read(studio.sessions[1]), noise(1.0, seed=2))


def test_hotplug_the_new_default_goes_on_within_15_s_with_its_own_rate_and_channels(tmp_path: Path) -> None:
    studio = Studio(tmp_path, options={"wanted": Wanted(device="Desk array", n_channels=4)})
    begin(studio)
    studio.hear(noise(1.0))
    studio.microphones.unplug(DESK)
    lost_us = studio.clock.now().wall_us
    for _ in range(150):
        studio.wait(0.1)
        if studio.live.is_active():
            break
    assert studio.live.device == LAPTOP
    assert studio.clock.now().wall_us - lost_us <= 15_000_000
    studio.hear(noise(1.0, 2))
    studio.recorder.finish()
    facts = find_facts(studio.spool.session_folder(studio.sessions[1]))
    assert facts is not None
    assert (facts.device, facts.n_channels, facts.rate_hz) == ("Laptop pair", 2, 48_000)
    assert studio.gaps[0].reason == f"{rules.LOST}; then “Laptop pair” went on with 2 channels at 48000 Hz"


def test_hotplug_an_array_that_is_gone_is_replaced_by_what_there_is(tmp_path: Path) -> None:
    array = Array("four", tuple((0.01 * n, 0.0, 0.0) for n in range(4)))
    studio = Studio(tmp_path, options={"array": array})
    begin(studio)
    studio.hear(noise(1.0))
    studio.microphones.unplug(DESK)
    for _ in range(150):
        studio.wait(0.1)
        if studio.live.is_active():
            break
    assert studio.live.device == LAPTOP
    studio.hear(noise(1.0, 2))
    studio.recorder.finish()
    arrays = [find_facts(studio.spool.session_folder(key)) for key in studio.sessions]
    assert [facts.array is None for facts in arrays if facts is not None] == [False, True]


def test_hotplug_a_stream_that_falls_silent_without_a_word_is_opened_anew(studio: Studio) -> None:
    begin(studio)
    studio.hear(noise(1.0))
    fell_silent_us = studio.clock.now().wall_us
    studio.wait(4.0)
    assert studio.microphones.n_opened == 2
    studio.hear(noise(1.0))
    studio.recorder.finish()
    (gap,) = studio.gaps
    assert gap.started_us == fell_silent_us
    assert gap.ended_us == fell_silent_us + 4_000_000


def test_hotplug_half_the_samples_of_a_changed_rate_are_noticed(studio: Studio) -> None:
    begin(studio)
    studio.hear(noise(2.0))
    for _ in range(60):  # the device now gives 8000 samples a second into a stream of 16000
        studio.clock.advance(0.1)
        if studio.live.is_active():
            studio.live.hear(noise(0.05))
        studio.recorder.step()
    assert studio.microphones.n_opened >= 2
    studio.recorder.finish()
    assert studio.gaps[0].reason == rules.MISSING


def test_an_overrun_that_lasts_until_the_end_is_told_as_well(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "RING_S", 1.0)
    begin(studio)
    studio.hear(noise(1.0))
    ended_us = studio.clock.now().wall_us
    studio.hear(noise(2.0, seed=2), steps=False)
    studio.recorder.finish()
    assert studio.recorder.status().n_lost_frames == RATE_HZ
    (gap,) = studio.gaps
    assert (gap.started_us, gap.ended_us) == (ended_us + 1_000_000, ended_us + 2_000_000)


def test_sound_that_the_system_lost_is_a_gap_even_if_short(studio: Studio) -> None:
    begin(studio)
    studio.hear(noise(2.0))
    lost_us = studio.clock.now().wall_us
    studio.clock.advance(0.6)
    studio.live.lose()
    studio.hear(noise(0.1))
    studio.wait(0.2)
    studio.hear(noise(1.0, seed=2))
    studio.recorder.finish()
    (gap,) = studio.gaps
    assert gap.reason == rules.MISSING
    assert gap.started_us == pytest.approx(lost_us, abs=200_000)
    assert gap.ended_us - gap.started_us == pytest.approx(600_000, abs=300_000)


@pytest.mark.parametrize("lost_s", [0.0, 0.03, 0.15])
def test_sound_that_the_system_lost_is_told_where_it_is_missing_however_little(studio: Studio, lost_s: float) -> None:
    """A card's buffer ran over: nothing tells how much is lost, and it is less than the clocks can see."""
    begin(studio)
    studio.hear(noise(2.0))
    lost_us = studio.clock.now().wall_us
    studio.hear(noise(1.0, seed=2), steps=False)
    studio.live.lose()
    studio.clock.advance(lost_s)
    studio.hear(noise(1.0, seed=3), steps=False)  # one step takes all of it
    studio.hear(noise(1.0, seed=4))
    studio.recorder.finish()
    (gap,) = studio.gaps
    assert gap.reason == rules.MISSING
    assert gap.started_us == lost_us + 1_000_000
    assert gap.ended_us - gap.started_us == pytest.approx(max(10_000, lost_s * 1e6), abs=1)
    heard = [studio.read(key) for key in studio.sessions]
    np.testing.assert_array_equal(heard[0], np.concatenate([noise(2.0), noise(1.0, seed=2)]))
    np.testing.assert_array_equal(heard[1], np.concatenate([noise(1.0, seed=3), noise(1.0, seed=4)]))


def test_a_device_that_runs_a_little_slow_loses_nothing(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorder_keeper, "SESSION_S", 20.0)
    monkeypatch.setattr(recorder_keeper, "LONGEST_S", 20.0)
    begin(studio)
    for _ in range(600):  # 2 % slow: 1.2 s in a minute, 0.4 s a session
        studio.clock.advance(0.002)
        studio.hear(noise(0.1))
    studio.recorder.finish()
    assert studio.gaps == []
    assert sum(len(studio.read(key)) for key in studio.sessions) == 60 * RATE_HZ


def test_overrun_the_gap_is_known_to_the_frame(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "RING_S", 2.0)
    begin(studio)
    studio.hear(noise(1.0))
    studio.hear(noise(2.9, seed=2), steps=False)  # nobody writes for so long; two seconds fit
    studio.recorder.step()
    studio.hear(noise(1.0, seed=3))
    studio.recorder.finish()
    assert studio.recorder.status().n_lost_frames == round(0.9 * RATE_HZ)
    (gap,) = studio.gaps
    assert gap.reason == rules.OVERRUN
    assert gap.ended_us - gap.started_us == pytest.approx(900_000, abs=250_000)
    np.testing.assert_array_equal(
        studio.read(studio.sessions[0]), np.concatenate([noise(1.0), noise(2.9, seed=2)[:32000]])
    )
    np.testing.assert_array_equal(studio.read(studio.sessions[1]), noise(1.0, seed=3))


@pytest.mark.parametrize(("asleep", "reason"), [(True, rules.SLEPT), (False, rules.HALTED)])
def test_sleep(studio: Studio, asleep: bool, reason: str) -> None:
    begin(studio)
    studio.hear(noise(1.0))
    slept_us = studio.clock.now().wall_us
    studio.clock.advance(600.0, asleep=asleep)
    woke_us = studio.clock.now().wall_us
    studio.hear(noise(3.0, seed=2))
    studio.recorder.finish()
    (gap,) = studio.gaps
    assert (gap.started_us, gap.reason) == (slept_us, reason)
    assert gap.ended_us == pytest.approx(woke_us, abs=200_000)
    np.testing.assert_array_equal(studio.read(studio.sessions[0]), noise(1.0))
    np.testing.assert_array_equal(studio.read(studio.sessions[1]), noise(3.0, seed=2))


def test_sleep_a_stream_that_does_not_wake_up_is_opened_anew_and_the_gap_goes_on(studio: Studio) -> None:
    begin(studio)
    studio.hear(noise(1.0))
    studio.clock.advance(600.0, asleep=True)
    studio.wait(5.0)
    assert studio.microphones.n_opened == 2
    studio.hear(noise(1.0, seed=2))
    studio.recorder.finish()
    (gap,) = studio.gaps
    assert gap.reason == rules.SLEPT
    assert gap.ended_us - gap.started_us == 605_000_000


def test_sleep_what_the_system_kept_while_the_program_stood_still_is_no_gap(studio: Studio) -> None:
    begin(studio)
    studio.hear(noise(1.0))
    studio.clock.advance(8.0)
    studio.live.hear(noise(8.0, seed=2))
    studio.hear(noise(3.0, seed=3))
    studio.recorder.finish()
    assert studio.gaps == []
    (key,) = studio.sessions
    np.testing.assert_array_equal(
        studio.read(key), np.concatenate([noise(1.0), noise(8.0, seed=2), noise(3.0, seed=3)])
    )


def test_what_the_system_kept_of_a_longer_standstill_stays_where_it_was_heard(studio: Studio) -> None:
    begin(studio)
    studio.hear(noise(1.0))
    stopped_us = studio.clock.now().wall_us
    studio.clock.advance(60.0)
    woke_us = studio.clock.now().wall_us
    studio.live.hear(noise(20.0, seed=2))  # what a full buffer held: the first 20 s
    studio.hear(noise(4.0, seed=3))
    studio.recorder.finish()
    (gap,) = studio.gaps
    assert gap.started_us == pytest.approx(stopped_us + 20_000_000, abs=200_000)
    assert gap.ended_us == pytest.approx(woke_us, abs=200_000)
    heard = np.concatenate([studio.read(key) for key in studio.sessions])
    np.testing.assert_array_equal(heard, np.concatenate([noise(1.0), noise(20.0, seed=2), noise(4.0, seed=3)]))


def test_a_rush_that_begins_late_and_fills_the_ring_is_kept_whole(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "RING_S", 15.0)
    begin(studio)
    studio.hear(noise(1.0))
    stopped_us = studio.clock.now().wall_us
    studio.clock.advance(60.0, asleep=True)
    studio.wait(2.0)  # the sound system wakes up later than the program
    woke_us = studio.clock.now().wall_us
    for part in range(2):
        studio.live.hear(noise(10.0, seed=2 + part))
        studio.hear(noise(0.5, seed=9)[:, ::-1] if part else noise(0.5, seed=8))
    studio.hear(noise(3.0, seed=3))
    studio.recorder.finish()
    (gap,) = studio.gaps
    assert gap.started_us == pytest.approx(stopped_us + 20_000_000, abs=2_500_000)
    assert gap.ended_us == pytest.approx(woke_us, abs=2_500_000)
    assert sum(len(studio.read(key)) for key in studio.sessions) == 25 * RATE_HZ
    assert studio.recorder.status().n_lost_frames == 0


def test_a_recording_that_is_stopped_while_the_sound_still_rushes_in_is_timed_right(studio: Studio) -> None:
    begin(studio)
    studio.hear(noise(1.0))
    studio.clock.advance(60.0)
    woke_us = studio.clock.now().wall_us
    studio.hear(noise(0.5, seed=2))
    studio.recorder.finish()
    (gap,) = studio.gaps
    assert gap.ended_us == pytest.approx(woke_us, abs=200_000)


def test_hotplug_a_device_that_gives_twice_the_samples_is_opened_anew(studio: Studio) -> None:
    begin(studio)
    studio.hear(noise(2.0))
    for _ in range(80):
        studio.clock.advance(0.1)
        if studio.live.is_active():
            studio.live.hear(noise(0.2))
        studio.recorder.step()
    assert studio.microphones.n_opened >= 2


def test_a_rush_that_comes_late_does_not_carry_the_times_ahead(studio: Studio) -> None:
    begin(studio)
    studio.hear(noise(2.0))
    studio.live.hear(noise(10.0, seed=2))
    studio.hear(noise(3.0, seed=3))
    studio.recorder.finish()
    facts = find_facts(studio.spool.session_folder(studio.sessions[-1]))
    assert facts is not None
    length_us = round(len(studio.read(studio.sessions[-1])) / RATE_HZ * 1e6)
    assert facts.started_us + length_us == pytest.approx(studio.clock.now().wall_us, abs=200_000)
    assert sum(len(studio.read(key)) for key in studio.sessions) == 15 * RATE_HZ


def test_sleep_what_was_off_stays_off(studio: Studio) -> None:
    begin(studio)
    studio.hear(noise(1.0))
    studio.recorder.pause()
    studio.wait(0.2)
    studio.clock.advance(600.0, asleep=True)
    studio.wait(20.0)
    assert studio.recorder.status().state is State.PAUSED
    assert studio.microphones.n_opened == 1
    studio.recorder.pause(False)
    studio.wait(0.2)
    studio.hear(noise(1.0, seed=2))
    studio.recorder.finish()
    assert studio.gaps == []  # a pause is wanted
    np.testing.assert_array_equal(studio.read(studio.sessions[1]), noise(1.0, seed=2))


@pytest.mark.parametrize("step_s", [-3600.0, 86_400.0])
def test_clock_set_while_recording_changes_no_duration(studio: Studio, step_s: float) -> None:
    begin(studio)
    studio.hear(noise(2.0))
    studio.clock.set_wall(studio.clock.now().wall_us + round(step_s * 1e6))
    studio.hear(noise(2.0, seed=2))
    studio.recorder.finish()
    (key,) = studio.sessions
    np.testing.assert_array_equal(studio.read(key), np.concatenate([noise(2.0), noise(2.0, seed=2)]))
    assert studio.gaps == []


def test_hotplug_all_zeros_are_dead_within_30_s_and_life_ends_the_gap(studio: Studio) -> None:
    begin(studio)
    studio.hear(noise(1.0))
    zeros_us = studio.clock.now().wall_us
    studio.hear(np.zeros((28 * RATE_HZ, 4), np.int16))
    assert studio.recorder.status().reason != rules.DEAD
    studio.hear(np.zeros((2 * RATE_HZ, 4), np.int16))
    status = studio.recorder.status()
    assert (status.state, status.reason) == (State.FAILING, rules.DEAD)
    studio.hear(noise(1.0, seed=2))
    studio.recorder.finish()
    (gap,) = studio.gaps
    assert (gap.started_us, gap.ended_us, gap.reason) == (zeros_us, zeros_us + 30_000_000, rules.DEAD)
    np.testing.assert_array_equal(studio.read(studio.sessions[1]), noise(1.0, seed=2))


def test_hotplug_a_dead_microphone_is_opened_anew_and_stays_red_until_it_lives(studio: Studio) -> None:
    begin(studio)
    for _ in range(75):
        studio.hear(np.zeros((RATE_HZ, 4), np.int16)) if studio.live.is_active() else studio.wait(0.1)
    studio.wait(0.1)
    assert studio.microphones.n_opened == 2
    assert studio.recorder.status().state is State.FAILING
    assert len(studio.sessions) == 1
    studio.recorder.finish()
    assert [gap.reason for gap in studio.gaps] == [rules.DEAD]


def test_recording_truth_comes_from_bytes_on_disk(studio: Studio) -> None:
    begin(studio)
    studio.hear(noise(1.0))
    studio.clock.set_wall(time.time_ns() // 1000)
    assert studio.recorder.status().state is State.RECORDING
    assert studio.recorder.status().n_bytes > 50_000
    studio.hear(noise(RED_S + 1), steps=False)  # the device gives sound, the recorder has noted no trouble
    status = studio.recorder.status()
    assert (status.state, status.reason) == (State.FAILING, rules.STALLED)
    assert status.grown_s is not None
    assert RED_S < status.grown_s <= 15


def test_recording_truth_is_not_fooled_by_a_clock_that_is_set_back(studio: Studio) -> None:
    begin(studio)
    studio.hear(noise(1.0))
    studio.clock.set_wall(time.time_ns() // 1000 - 3_600_000_000)
    assert studio.recorder.status().state is State.RECORDING
    studio.clock.advance(RED_S + 1)
    assert studio.recorder.status().state is State.FAILING


def test_recording_truth_when_the_files_are_taken_away(studio: Studio) -> None:
    begin(studio)
    studio.hear(noise(2.0))
    for piece in list_pieces(studio.spool.session_folder(studio.spool.list_keys()[0])):
        os.unlink(piece.path)
    studio.hear(noise(RED_S + 1))
    assert studio.recorder.status().state is State.FAILING


def test_recording_truth_a_microphone_that_never_gives_sound_is_red_within_15_s(studio: Studio) -> None:
    begin(studio)
    assert studio.recorder.status().state is State.STARTING
    studio.wait(12.0)
    assert studio.recorder.status().state is State.FAILING


def test_a_full_disk_is_a_gap_and_recording_goes_on_when_there_is_room(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(studio)
    studio.hear(noise(1.0))
    full_us = studio.clock.now().wall_us

    def refuse(_writer: SessionWriter, _pcm: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(SessionWriter, "write", refuse)
        studio.hear(noise(8.0, seed=2))
        assert studio.recorder.status().reason == rules.DISK
    studio.hear(noise(6.0, seed=3))
    studio.recorder.finish()
    gap = studio.gaps[0]
    assert (gap.started_us, gap.reason) == (full_us, rules.DISK)
    assert gap.ended_us - full_us == pytest.approx(10_500_000, abs=3_000_000)
    np.testing.assert_array_equal(studio.read(studio.sessions[-1])[-RATE_HZ:], noise(6.0, seed=3)[-RATE_HZ:])


def test_a_gap_that_cannot_be_kept_now_is_kept_later(tmp_path: Path) -> None:
    kept: list[Gap] = []
    troubles = [DiskFull("full"), DiskFull("full")]

    def add_gap(gap: Gap) -> None:
        if troubles:
            raise troubles.pop()
        kept.append(gap)

    studio = Studio(tmp_path, options={"add_gap": add_gap})
    begin(studio)
    studio.hear(noise(1.0))
    studio.wait(4.0)
    studio.hear(noise(1.0))
    assert [gap.reason for gap in kept] == [rules.LOST]


def test_a_crash_leaves_a_note_up_to_when_there_was_sound(studio: Studio) -> None:
    begin(studio)
    began_us = studio.clock.now().wall_us
    assert studio.spool.find_intent() == began_us
    studio.hear(noise(1.0))
    studio.microphones.unplug(DESK)
    studio.wait(0.2)
    assert studio.spool.find_intent() == began_us + 1_000_000


def test_with_a_thread_of_its_own(tmp_path: Path) -> None:
    spool, microphones, sessions = Spool(tmp_path), ReplayedMicrophones(replace(DESK, max_channels=2)), []
    gaps: list[Gap] = []
    recorder = Recorder(spool, microphones, wanted=Wanted(), add_gap=gaps.append, on_session=sessions.append)
    recorder.start()
    assert microphones.live is not None
    microphones.live.hear(noise(1.5, 2))
    wait_until(lambda: recorder.status().recorded_s == 1.5)
    assert recorder.status().state is State.RECORDING
    assert max(recorder.status().levels.peak) > 0.2
    assert recorder.stop()
    assert recorder.status().state is State.OFF
    assert not microphones.live.is_active()
    assert len(sessions) == 1
    assert gaps == []
