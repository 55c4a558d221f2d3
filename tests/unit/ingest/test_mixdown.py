from __future__ import annotations

import numpy as np
import pytest

from ingest.mixdown import Mixer

RATE_HZ = 16_000


def speechlike(seed: int = 0, duration_s: float = 1.0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    noise = np.convolve(rng.standard_normal(int(duration_s * RATE_HZ)), np.ones(8) / 8, "same")
    return (0.2 * noise / noise.std() * (0.6 + 0.4 * np.sin(np.arange(len(noise)) / 900))).astype(np.float32)


def snr_db(mixed: np.ndarray, wanted: np.ndarray) -> float:
    gain = float(mixed @ wanted / (wanted @ wanted))
    return 10 * np.log10(np.sum((gain * wanted) ** 2) / max(np.sum((mixed - gain * wanted) ** 2), 1e-12))


def mix(*channels: np.ndarray) -> tuple[np.ndarray, Mixer]:
    mixer = Mixer()
    block = np.stack(channels).astype(np.float32)
    pieces = [mixer.mix(block[:, at : at + RATE_HZ]) for at in range(0, block.shape[1], RATE_HZ)]
    return np.concatenate(pieces), mixer


def test_equal_channels_keep_their_level() -> None:
    voice = speechlike()
    mixed, mixer = mix(voice, voice, voice)
    assert np.allclose(mixed, voice, atol=1e-6)
    assert mixer.dropped == {}


def test_an_inverted_channel_is_turned_back() -> None:
    voice = speechlike(duration_s=3)
    mixed, mixer = mix(voice, -voice)
    assert snr_db(mixed, voice) > 60
    assert list(mixer.dropped.values()) == ["inverted"]


def test_a_dead_channel_costs_no_level() -> None:
    voice = speechlike()
    mixed, mixer = mix(voice, np.zeros_like(voice), voice)
    assert np.allclose(mixed, voice, atol=1e-6)
    assert mixer.dropped == {1: "silent"}


def test_a_clipped_channel_is_left_out() -> None:
    voice = speechlike()
    mixed, mixer = mix(voice, np.clip(voice * 50, -1, 1))
    assert snr_db(mixed, voice) > 60
    assert mixer.dropped == {1: "clipped"}


def test_two_different_talkers_are_both_kept() -> None:
    left, right = speechlike(1), speechlike(2)
    mixed, _ = mix(left, right)
    assert np.allclose(mixed, (left + right) / 2, atol=1e-6)


def test_all_clipped_is_better_than_nothing() -> None:
    loud = np.clip(speechlike() * 50, -1, 1)
    mixed, _ = mix(loud, loud)
    assert np.abs(mixed).max() > 0.9


def test_a_channel_that_dies_fades_out_without_a_click() -> None:
    voice = np.concatenate([speechlike(1), speechlike(2, 9)])
    dying = voice.copy()
    dying[RATE_HZ:] = 0
    mixed, _ = mix(voice, dying)
    assert np.abs(np.diff(mixed)).max() <= 1.05 * np.abs(np.diff(voice)).max()


def test_no_channel_is_no_number() -> None:
    voice = speechlike()
    broken = np.full_like(voice, np.nan)
    mixed, mixer = mix(voice, broken)
    assert np.allclose(mixed, voice, atol=1e-6)
    assert mixer.n_bad_samples == len(voice)


@pytest.mark.parametrize("n_samples", [0, 1, 7])
def test_short_blocks_work(n_samples: int) -> None:
    assert Mixer().mix(np.ones((3, n_samples), np.float32) * 0.1).shape == (n_samples,)


def test_silence_stays_silence() -> None:
    mixed, mixer = mix(np.zeros(RATE_HZ), np.zeros(RATE_HZ))
    assert not mixed.any()
    assert mixer.dropped == {}
