import numpy as np
import pytest

from ingest.hearing.directions import find_directions, sight
from ingest.hearing.geometry import MicArray
from ingest.hearing.srp import SRP_STFT, onset_weight, steered_power
from tests.support.hearing_room import CIRCLE_4, CIRCLE_6, LINE_4, error_deg, scene


@pytest.mark.parametrize(
    ("positions", "truth", "rt60_s", "bound_deg"),
    [
        (CIRCLE_4, [40.0], 0.0, 1.0),
        (CIRCLE_4, [40.0, 215.0], 0.3, 2.5),
        (CIRCLE_6, [10.0, 130.0, 250.0], 0.3, 3.0),
        (LINE_4, [55.0, 120.0], 0.3, 5.0),
    ],
)
def test_talkers_are_counted_and_placed(
    positions: list[tuple[float, float, float]], truth: list[float], rt60_s: float, bound_deg: float
) -> None:
    heard = scene(positions, truth, seconds=6, rt60_s=rt60_s, seed=3)
    array = MicArray.from_positions(positions)
    found = find_directions(sight(heard.audio, array), array)
    assert len(found) == len(truth)
    errors = error_deg([direction.azimuth_rad for direction in found], heard.azimuths_rad)
    assert errors.max() < bound_deg


def test_two_who_take_turns_14_degrees_apart_are_two() -> None:
    turns = [[(0.0, 3.0)], [(3.0, 6.0)]]
    heard = scene(CIRCLE_4, [100.0, 114.0], seconds=6, rt60_s=0.25, seed=5, turns=turns)
    array = MicArray.from_positions(CIRCLE_4)
    found = find_directions(sight(heard.audio, array), array)
    assert len(found) == 2
    assert error_deg([direction.azimuth_rad for direction in found], heard.azimuths_rad).max() < 3


@pytest.mark.parametrize("level", [0.0, 1e-4, 0.05])
def test_silence_and_steady_noise_have_no_talker(level: float) -> None:
    noise = np.random.default_rng(2).normal(0, 1, (4, 5 * 16_000)).astype(np.float32) * np.float32(level)
    array = MicArray.from_positions(CIRCLE_4)
    assert find_directions(sight(noise, array), array) == ()


def test_only_spans_with_speech_count() -> None:
    turns = [[(0.0, 2.5)], [(2.5, 5.0)]]
    heard = scene(CIRCLE_4, [30.0, 200.0], seconds=5, seed=8, turns=turns)
    array = MicArray.from_positions(CIRCLE_4)
    found = find_directions(sight(heard.audio, array, speech_s=[(2.6, 5.0)]), array)
    assert len(found) == 1
    assert error_deg([found[0].azimuth_rad], [np.deg2rad(200)])[0] < 2


def test_a_known_direction_needs_less_evidence() -> None:
    turns = [[(0.0, 8.0)], [(7.0, 7.3)]]
    heard = scene(CIRCLE_4, [30.0, 200.0], seconds=8, seed=12, turns=turns)
    array = MicArray.from_positions(CIRCLE_4)
    sightings = sight(heard.audio, array)
    without = find_directions(sightings, array)
    known = find_directions(sightings, array, known_rad=[np.deg2rad(30), np.deg2rad(200)])
    assert len(without) <= len(known) <= 2


def test_steered_power_is_one_where_all_pairs_agree() -> None:
    array = MicArray.from_positions(CIRCLE_4)
    azimuths = np.deg2rad(np.arange(0, 360, 5)).astype(np.float32)
    source = array.steering([azimuths[20]], SRP_STFT.freqs_hz())[0]
    power = steered_power(np.ascontiguousarray(source.T[:, :, None]), array, azimuths)[:, 0]
    assert power.argmax() == 20
    assert power.max() == pytest.approx(1, abs=1e-3)


def test_a_decaying_tail_weighs_nothing_and_an_onset_all() -> None:
    spectra = np.zeros((1, 3, 40), dtype=np.complex64)
    spectra[:, :, 10:] = 10 ** (-3 * np.arange(30) * 0.008 / 0.4)  # 60 dB in 0.4 s
    weight = onset_weight(spectra, 0.008)
    assert weight[:, 10].min() > 0.99
    assert weight[:, 11:].max() == 0
