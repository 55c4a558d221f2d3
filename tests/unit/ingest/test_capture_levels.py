from __future__ import annotations

import numpy as np
import pytest

from ingest.levels import QuietWatch, ZeroWatch, measure
from tests.support.capture_fakes import noise


def test_levels_of_each_channel() -> None:
    wave = np.sin(2 * np.pi * 300 * np.arange(16_000) / 16_000)
    pcm = np.stack([16384 * wave, np.zeros(16_000), np.full(16_000, -32768.0)], axis=1).astype(np.int16)
    levels = measure(pcm)
    assert levels.peak == pytest.approx((0.5, 0.0, 1.0), abs=1e-3)
    assert levels.rms == pytest.approx((0.5 / np.sqrt(2), 0.0, 1.0), abs=1e-3)


def test_zeros_are_counted_to_the_sample_and_one_living_channel_is_enough() -> None:
    watch = ZeroWatch()
    for _ in range(50):
        watch.look(np.zeros((1600, 4), np.int16), 16_000)
    assert watch.zero_s == pytest.approx(5.0)
    block = np.zeros((1600, 4), np.int16)
    block[399, 2] = 1
    watch.look(block, 16_000)
    assert watch.zero_s == pytest.approx(1200 / 16_000)


def test_a_pause_in_loud_speech_is_quiet_and_speech_is_not() -> None:
    watch = QuietWatch()
    loud, soft = noise(0.1), noise(0.1, level=300.0)
    assert not any([watch.is_quiet(measure(loud), 0.1) for _ in range(600)][50:])
    assert watch.is_quiet(measure(soft), 0.1)
