import numpy as np
import pytest

from ingest.hearing.calibrate import check
from ingest.hearing.geometry import MicArray
from tests.support.hearing_room import CIRCLE_4, CIRCLE_6, Scene, scene

ARRAY = MicArray.from_positions(CIRCLE_6)


@pytest.fixture(scope="module")
def heard() -> Scene:
    return scene(CIRCLE_6, [20.0, 150.0], seconds=6, rt60_s=0.2, seed=41)


def kinds(audio: np.ndarray, array: MicArray = ARRAY) -> list[tuple[str, tuple[int, ...]]]:
    return [(issue.kind, issue.channels) for issue in check(audio, array).issues]


def test_a_sound_array_has_no_issue(heard: Scene) -> None:
    calibration = check(heard.audio, ARRAY)
    assert calibration.issues == ()
    assert calibration.usable == tuple(range(6))


def test_a_dead_microphone_is_left_out(heard: Scene) -> None:
    audio = heard.audio.copy()
    audio[2] = 1e-6
    assert kinds(audio) == [("dead", (2,))]
    used, array = check(audio, ARRAY).apply(audio, ARRAY)
    assert used.shape[0] == array.n_channels == 5


def test_an_overdriven_microphone_is_seen(heard: Scene) -> None:
    audio = heard.audio.copy()
    audio[3] = np.clip(audio[3] * 12, -0.9, 0.9)
    assert ("clipped", (3,)) in kinds(audio)


def test_reversed_polarity_is_seen_and_put_right(heard: Scene) -> None:
    audio = heard.audio.copy()
    audio[4] *= -1
    assert kinds(audio) == [("inverted", (4,))]
    used, _ = check(audio, ARRAY).apply(audio, ARRAY)
    assert np.array_equal(used, heard.audio)


def test_a_copy_is_seen(heard: Scene) -> None:
    audio = heard.audio.copy()
    audio[5] = 0.7 * audio[1]
    assert kinds(audio) == [("doubled", (1, 5))]


def test_exchanged_neighbours_are_seen(heard: Scene) -> None:
    audio = heard.audio[[1, 0, 2, 3, 4, 5]]
    assert kinds(audio) == [("swapped", (0, 1))]


@pytest.mark.parametrize("scale", [0.5, 2.0])
def test_wrong_distances_are_noticed(heard: Scene, scale: float) -> None:
    wrong = MicArray.from_positions(np.array(CIRCLE_6) * scale)
    assert [kind for kind, _ in kinds(heard.audio, wrong)] == ["wrong_geometry"]


def test_silence_accuses_nobody_of_a_swap() -> None:
    noise = np.random.default_rng(3).normal(0, 1e-3, (4, 48_000)).astype(np.float32)
    assert [k for k, _ in kinds(noise, MicArray.from_positions(CIRCLE_4)) if k in ("swapped", "dead")] == []
