import numpy as np
import pytest

from ingest.hearing.directions import Direction, Sightings
from ingest.hearing.group import group_directions
from ingest.hearing.separate import hear, hear_blind
from tests.support.hearing_room import CIRCLE_4, LINE_4, error_deg, scene, si_sdr_db, voice


def nearest(streams: list, azimuth_rad: float) -> np.ndarray:
    return min(streams, key=lambda s: error_deg([s.azimuth_rad], [azimuth_rad])[0]).audio


def test_two_talkers_in_a_room_become_two_streams_10_db_clearer() -> None:
    heard = scene(CIRCLE_4, [20.0, 150.0], seconds=7, rt60_s=0.25, seed=4)
    streams = hear(heard.audio, CIRCLE_4)
    assert len(streams) == 2
    assert error_deg([s.azimuth_rad for s in streams], heard.azimuths_rad).max() < 3
    for azimuth, image in zip(heard.azimuths_rad, heard.images, strict=True):
        audio = nearest(streams, azimuth)
        assert audio.shape == image.shape
        assert audio.dtype == np.float32
        assert si_sdr_db(audio, image) - si_sdr_db(heard.audio[0], image) > 8
    assert all(s.activity and s.mirror_rad is None for s in streams)


def test_two_conversations_of_two_become_two_streams() -> None:
    turns = [[(0, 2.4), (5, 7.2)], [(2.6, 4.8), (7.4, 10)], [(0.3, 3), (5.6, 8)], [(3.2, 5.4), (8.2, 10)]]
    heard = scene(CIRCLE_4, [93.0, 107.0, 233.0, 247.0], seconds=10, rt60_s=0.2, seed=21, turns=turns)
    streams = hear(heard.audio, CIRCLE_4)
    assert len(streams) == 2
    assert sorted(len(s.talkers) for s in streams) == [2, 2]
    for azimuth_deg, image in ((100.0, heard.images[:2].sum(axis=0)), (240.0, heard.images[2:].sum(axis=0))):
        audio = nearest(streams, np.deg2rad(azimuth_deg))
        assert si_sdr_db(audio, image) - si_sdr_db(heard.audio[0], image) > 5


def test_a_line_says_that_front_and_back_sound_alike() -> None:
    heard = scene(LINE_4, [60.0], seconds=4, seed=1)
    (stream,) = hear(heard.audio, LINE_4)
    assert error_deg([stream.azimuth_rad], [np.deg2rad(60)])[0] < 4
    assert error_deg([stream.mirror_rad], [np.deg2rad(300)])[0] < 4


def test_two_microphones_give_what_two_can() -> None:
    pair = [(-0.05, 0.0, 0.0), (0.05, 0.0, 0.0)]
    heard = scene(pair, [30.0, 120.0], seconds=6, seed=7)
    streams = hear(heard.audio, pair)
    assert 1 <= len(streams) <= 2
    assert all(s.mirror_rad is not None for s in streams)


def test_one_microphone_is_one_stream_without_a_direction() -> None:
    audio = voice(3, 3.0)[None]
    (stream,) = hear(audio, [(0.0, 0.0, 0.0)])
    assert stream.azimuth_rad is None
    assert np.array_equal(stream.audio, audio[0])
    assert stream.activity


@pytest.mark.parametrize("n_channels", [1, 4])
def test_silence_is_no_stream(n_channels: int) -> None:
    assert hear(np.zeros((n_channels, 48_000), dtype=np.float32), CIRCLE_4[:n_channels]) == []


def test_steady_noise_is_no_stream() -> None:
    noise = np.random.default_rng(5).normal(0, 0.02, (4, 64_000)).astype(np.float32)
    assert hear(noise, CIRCLE_4) == []


def test_samples_that_are_no_numbers_are_survived() -> None:
    heard = scene(CIRCLE_4, [20.0], seconds=3, seed=4)
    audio = heard.audio.copy()
    audio[1, 100:110] = np.nan
    audio[2, 500] = np.inf
    streams = hear(audio, CIRCLE_4)
    assert all(np.isfinite(s.audio).all() for s in streams)


@pytest.mark.parametrize("n_samples", [0, 1, 500, 5000])
def test_scraps_are_survived(n_samples: int) -> None:
    audio = scene(CIRCLE_4, [20.0], seconds=1, seed=4).audio[:, :n_samples]
    assert all(len(s.audio) == n_samples for s in hear(audio, CIRCLE_4))


def test_audio_and_positions_must_fit() -> None:
    with pytest.raises(ValueError, match="3 channels"):
        hear(np.zeros((3, 100), dtype=np.float32), CIRCLE_4)


def test_without_a_geometry_streams_come_without_directions() -> None:
    heard = scene(CIRCLE_4, [20.0, 150.0], seconds=6, snr_db=40, seed=4)
    streams = hear_blind(heard.audio)
    assert [s.azimuth_rad for s in streams] == [None, None]
    best = [max(si_sdr_db(s.audio, r) - si_sdr_db(heard.audio[0], r) for s in streams) for r in heard.images]
    assert min(best) > 8


def sightings_of(turns: list[tuple[float, float, float]]) -> Sightings:
    times = np.arange(0, 20, 0.016)
    azimuths = np.zeros_like(times)
    for start, end, degrees in turns:
        azimuths[(times >= start) & (times < end)] = np.deg2rad(degrees)
    return Sightings(times, azimuths, np.ones(len(times), dtype=np.float32))


def test_neighbours_who_take_turns_are_one_and_those_who_do_not_are_two() -> None:
    directions = [Direction(np.deg2rad(10.0), 0.5), Direction(np.deg2rad(24.0), 0.5)]
    turns = sightings_of([(0, 5, 10), (5, 10, 24), (10, 15, 10), (15, 20, 24)])
    assert [g.members for g in group_directions(directions, turns)] == [(0, 1)]
    times = np.arange(0, 20, 0.016)
    mixed = Sightings(times, np.deg2rad(np.where(np.arange(len(times)) % 7 < 4, 10.0, 24.0)), turns.weight)
    assert len(group_directions(directions, mixed)) == 2


def test_people_far_apart_are_never_joined() -> None:
    directions = [Direction(np.deg2rad(10.0), 0.5), Direction(np.deg2rad(50.0), 0.5)]
    turns = sightings_of([(0, 10, 10), (10, 20, 50)])
    assert len(group_directions(directions, turns)) == 2
