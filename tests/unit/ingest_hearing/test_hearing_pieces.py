"""Dereverberation, extraction and masks, each by itself on a scene with a bound in decibels."""

import numpy as np
import pytest

from ingest.hearing import cacgmm, overiva, wpe
from ingest.hearing.geometry import MicArray
from ingest.hearing.stft import Stft
from tests.support.hearing_room import CIRCLE_4, scene, si_sdr_db


def test_wpe_brings_a_reverberant_voice_nearer_to_the_direct_sound() -> None:
    wet = scene(CIRCLE_4, [70.0], seconds=5, rt60_s=0.5, snr_db=50, seed=2)
    dry = scene(CIRCLE_4, [70.0], seconds=5, rt60_s=0.0, snr_db=50, seed=2)
    stft = Stft(512, 128)
    cleaned = stft.inverse(wpe.dereverberate(stft.forward(wet.audio), n_taps=10, delay=3), wet.audio.shape[1])
    assert si_sdr_db(cleaned[0], dry.images[0]) > si_sdr_db(wet.audio[0], dry.images[0]) + 1.0


def test_wpe_leaves_what_is_too_short_alone() -> None:
    spectra = np.ones((4, 5, 6), dtype=np.complex64)
    assert np.array_equal(wpe.dereverberate(spectra), spectra)


@pytest.mark.parametrize(("rt60_s", "gain_db"), [(0.0, 15.0), (0.2, 4.0)])
def test_overiva_takes_two_talkers_apart(rt60_s: float, gain_db: float) -> None:
    heard = scene(CIRCLE_4, [20.0, 150.0], seconds=6, rt60_s=rt60_s, snr_db=40, seed=4)
    stft = Stft(2048, 512)
    out = stft.inverse(overiva.extract(stft.forward(heard.audio), 2, n_iterations=30), heard.audio.shape[1])
    gains = np.array([[si_sdr_db(o, r) - si_sdr_db(heard.audio[0], r) for r in heard.images] for o in out])
    assert max(min(gains[0, 0], gains[1, 1]), min(gains[0, 1], gains[1, 0])) > gain_db


@pytest.mark.parametrize("n_sources", [0, 5])
def test_overiva_refuses_more_sources_than_microphones(n_sources: int) -> None:
    with pytest.raises(ValueError, match="cannot be taken"):
        overiva.extract(np.ones((4, 5, 20), dtype=np.complex64), n_sources)


def test_guided_masks_find_whose_cell_it_is() -> None:
    heard = scene(CIRCLE_4, [20.0, 150.0], seconds=5, rt60_s=0.2, snr_db=40, seed=6)
    stft = Stft(1024, 256)
    spectra = stft.forward(heard.audio)
    array = MicArray.from_positions(CIRCLE_4)
    initial = cacgmm.initial_from_directions(spectra, array.steering(heard.azimuths_rad, stft.freqs_hz()))
    masks = cacgmm.posteriors(spectra, initial, n_iterations=10)
    assert masks.shape == (3, *spectra.shape[1:])
    assert np.allclose(masks.sum(axis=0), 1, atol=1e-4)
    images = np.abs(stft.forward(heard.images)) ** 2
    kept = [float((masks[index] * images[index]).sum() / images[index].sum()) for index in range(2)]
    leaked = [float((masks[index] * images[1 - index]).sum() / images[1 - index].sum()) for index in range(2)]
    assert min(kept) > 0.75
    assert max(leaked) < 0.2


def test_a_class_known_to_be_silent_gets_nothing() -> None:
    rng = np.random.default_rng(9)
    spectra = (rng.normal(size=(3, 20, 30)) + 1j * rng.normal(size=(3, 20, 30))).astype(np.complex64)
    initial = np.full((2, 20, 30), 0.5, dtype=np.float32)
    activity = np.ones((2, 30), dtype=np.float32)
    activity[1, 10:] = 0
    masks = cacgmm.posteriors(spectra, initial, n_iterations=3, activity=activity)
    assert masks[1, :, 10:].max() < 1e-2
