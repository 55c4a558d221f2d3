"""The compass that is looked at while recording: bounds in degrees, and silence where nothing stands out."""

from __future__ import annotations

import math

import numpy as np
import pytest

from ingest.arrays import load_array
from ingest.bearing import BearingFinder
from ingest.hearing.geometry import MicArray
from ingest.levels import Pcm

RATE_HZ = 16_000


def clap(preset: str, azimuth_deg: float, *, rate_hz: int = RATE_HZ, seed: int = 3) -> Pcm:
    """Bursts of noise that arrive as plane waves from one side, over weaker noise of each microphone's own."""
    rng = np.random.default_rng(seed)
    array = MicArray.from_positions(load_array(preset).positions_m)
    n = rate_hz // 2
    envelope = np.zeros(n)
    for start in range(rate_hz // 10, n, rate_hz // 8):
        envelope[start : start + rate_hz // 25] = 1.0
    spectrum = np.fft.rfft(rng.normal(0, 4000, n) * envelope)
    freqs = np.fft.rfftfreq(n, 1 / rate_hz)
    delays = array.delays_s(np.array([math.radians(azimuth_deg)], dtype=np.float32))[0]
    heard = np.fft.irfft(spectrum[None, :] * np.exp(-2j * np.pi * delays[:, None] * freqs[None, :]), n)
    noisy = heard + rng.normal(0, 40, heard.shape)
    return np.clip(noisy.T, -32767, 32767).astype(np.int16)


@pytest.mark.parametrize("azimuth_deg", [0, 45, 137, 200, 300])
@pytest.mark.parametrize("preset", ["circle4_45mm", "respeaker_6"])
def test_a_clap_is_found_within_ten_degrees(preset: str, azimuth_deg: float) -> None:
    found = BearingFinder(load_array(preset)).find(clap(preset, azimuth_deg), RATE_HZ)
    assert found is not None
    assert abs((math.degrees(found.azimuth_rad) - azimuth_deg + 180) % 360 - 180) <= 10


def test_another_rate_is_understood() -> None:
    found = BearingFinder(load_array("circle4_45mm")).find(clap("circle4_45mm", 90, rate_hz=48_000), 48_000)
    assert found is not None
    assert math.degrees(found.azimuth_rad) == pytest.approx(90, abs=10)


@pytest.mark.parametrize("preset", ["circle4_45mm", "respeaker_6", "laptop_pair", "webcam_linear4"])
def test_noise_of_each_microphones_own_points_nowhere(preset: str) -> None:
    array = load_array(preset)
    finder = BearingFinder(array)
    for seed in range(10):
        noise = np.random.default_rng(seed).normal(0, 1500, (RATE_HZ // 2, len(array.positions_m)))
        assert finder.find(noise.astype(np.int16), RATE_HZ) is None


def test_silence_too_little_and_other_microphones_point_nowhere() -> None:
    finder = BearingFinder(load_array("circle4_45mm"))
    assert finder.find(np.zeros((RATE_HZ // 2, 4), np.int16), RATE_HZ) is None
    assert finder.find(clap("circle4_45mm", 90)[:100], RATE_HZ) is None
    assert finder.find(clap("circle4_45mm", 90)[:, :2], RATE_HZ) is None
    assert finder.find(np.zeros((0, 0), np.int16), 0) is None
