import numpy as np
import pytest

from ingest.hearing.geometry import SPEED_OF_SOUND, MicArray, angle_between
from tests.support.hearing_room import CIRCLE_4, LINE_4


def test_the_nearer_microphone_hears_first() -> None:
    array = MicArray.from_positions([(0.0, 0.0, 0.0), (0.1, 0.0, 0.0)])
    delays = array.delays_s(0.0, elevation_rad=0.0)[0]
    assert delays[0] - delays[1] == pytest.approx(0.1 / SPEED_OF_SOUND)


def test_steering_agrees_with_a_delayed_tone() -> None:
    array = MicArray.from_positions(CIRCLE_4)
    freqs = np.array([1500.0], dtype=np.float32)
    steering = array.steering([0.7], freqs)[0, 0]
    delays = array.delays_s([0.7])[0]
    time = np.arange(4096) / 16_000
    heard = np.array([np.mean(np.exp(2j * np.pi * 1500 * ((time - tau) - time))) for tau in delays])
    assert np.abs(steering - heard).max() < 1e-5
    assert np.allclose(np.abs(steering), 1, atol=1e-6)


@pytest.mark.parametrize(
    ("positions", "shape", "ambiguous"),
    [
        ([(0, 0, 0)], "single", True),
        ([(0, 0), (0.1, 0)], "linear", True),
        (LINE_4, "linear", True),
        (CIRCLE_4, "planar", False),
        ([(0, 0, 0), (0.1, 0, 0), (0, 0, 0.1)], "planar", True),
        ([(0, 0, 0), (0.1, 0, 0), (0, 0.1, 0), (0, 0, 0.1)], "spatial", False),
    ],
)
def test_shape_and_ambiguity(positions: list[tuple[float, ...]], shape: str, ambiguous: bool) -> None:
    array = MicArray.from_positions(positions)
    assert array.shape == shape
    assert array.is_ambiguous is ambiguous


def test_a_line_looks_at_half_the_circle_and_its_mirror_images_sound_alike() -> None:
    array = MicArray.from_positions(LINE_4)
    grid = array.grid_rad(np.deg2rad(5))
    assert np.ptp(grid) == pytest.approx(np.pi, abs=1e-3)
    freqs = np.array([2000.0], dtype=np.float32)
    mirror = 2 * array.axis_rad - 1.1
    assert np.allclose(array.steering([1.1], freqs), array.steering([mirror], freqs), atol=1e-5)


@pytest.mark.parametrize("positions", [[], [(0, 0), (0, 0)], [(0, np.nan)], [(1, 2, 3, 4)], [1, 2]])
def test_impossible_positions_are_refused(positions: list[object]) -> None:
    with pytest.raises(ValueError, match=r"[Mm]icrophone|[Pp]ositions"):
        MicArray.from_positions(positions)


def test_the_smaller_angle_is_taken() -> None:
    assert np.rad2deg(angle_between(np.deg2rad(350), np.deg2rad(20))) == pytest.approx(30)
