import numpy as np
import pytest

from ingest.hearing import beamform
from ingest.hearing.geometry import MicArray
from ingest.hearing.stft import ComplexArray, Stft
from tests.support.hearing_room import CIRCLE_6

FREQS = Stft(512, 128).freqs_hz()[20:200]
ARRAY = MicArray.from_positions(CIRCLE_6)
STEERING = ARRAY.steering(np.deg2rad([30.0, 160.0, 280.0]), FREQS)


def gain_db(weights: ComplexArray, steering: ComplexArray) -> np.ndarray:
    return 20 * np.log10(np.abs(np.sum(weights.conj() * steering, axis=1)) + 1e-9)


def noise_of(*directions: int) -> ComplexArray:
    total = 0.01 * np.tile(np.eye(6, dtype=np.complex64), (len(FREQS), 1, 1))
    for index in directions:
        total = total + STEERING[index][:, :, None] * STEERING[index].conj()[:, None, :]
    return total.astype(np.complex64)


def test_delay_and_sum_gains_ten_log_m_against_white_noise() -> None:
    weights = beamform.delay_and_sum(STEERING[0])
    assert np.abs(gain_db(weights, STEERING[0])).max() < 1e-3
    white_db = 10 * np.log10(np.sum(np.abs(weights) ** 2, axis=1))
    assert white_db == pytest.approx(-10 * np.log10(6), abs=1e-3)


def test_mvdr_keeps_its_direction_and_silences_the_interferer_by_20_db() -> None:
    weights = beamform.mvdr(noise_of(1), STEERING[0])
    assert np.abs(gain_db(weights, STEERING[0])).max() < 0.01
    assert np.median(gain_db(weights, STEERING[1])) < -20


def test_lcmv_has_its_nulls() -> None:
    noise = beamform.load(beamform.diffuse_coherence(ARRAY, FREQS), 1e-2)
    weights = beamform.lcmv(noise, STEERING, 2)
    assert np.median(np.abs(gain_db(weights, STEERING[2]))) < 0.2
    assert np.median(gain_db(weights, STEERING[0])) < -35


def test_gsc_is_mvdr_in_another_form() -> None:
    observed = noise_of(0, 1)
    weights = beamform.gsc(observed, STEERING, 0)
    assert np.abs(gain_db(weights, STEERING[0])).max() < 0.05
    assert np.median(gain_db(weights, STEERING[1])) < -15


def test_souden_mvdr_keeps_the_reference_picture_of_a_point_source() -> None:
    target = (STEERING[0][:, :, None] * STEERING[0].conj()[:, None, :]).astype(np.complex64)
    weights = beamform.souden_mvdr(target, noise_of(1), reference=2)
    response = np.sum(weights.conj() * STEERING[0], axis=1)
    assert np.abs(response - STEERING[0][:, 2]).max() < 0.01
    assert np.median(gain_db(weights, STEERING[1])) < -20


def test_masked_covariance_sees_only_what_the_mask_shows() -> None:
    rng = np.random.default_rng(4)
    spectra = (rng.normal(size=(2, 3, 50)) + 1j * rng.normal(size=(2, 3, 50))).astype(np.complex64)
    mask = np.zeros((3, 50), dtype=np.float32)
    mask[:, :10] = 1
    assert np.allclose(beamform.covariance(spectra, mask), beamform.covariance(spectra[:, :, :10]), atol=1e-5)
