import numpy as np
import pytest

from ingest.hearing.blocks import BlockHearing, BlockOptions, Piece
from tests.support.hearing_room import CIRCLE_4, Scene, error_deg, scene, si_sdr_db

OPTIONS = BlockOptions(block_s=7.0, overlap_s=2.0)


@pytest.fixture(scope="module")
def long_scene() -> Scene:
    return scene(CIRCLE_4, [20.0, 150.0], seconds=16, rt60_s=0.15, seed=31)


def run(audio: np.ndarray, n_push: int) -> list[Piece]:
    hearing = BlockHearing(CIRCLE_4, options=OPTIONS)
    pieces = []
    for start in range(0, audio.shape[1], n_push):
        pieces += hearing.push(audio[:, start : start + n_push])
    return pieces + hearing.finish()


def test_tracks_stay_the_same_over_blocks_and_lose_no_sample(long_scene: Scene) -> None:
    pieces = run(long_scene.audio, 24_000)
    tracks = sorted({piece.track for piece in pieces})
    assert tracks == [0, 1]
    for track in tracks:
        own = [piece for piece in pieces if piece.track == track]
        ends = [piece.start_s + len(piece.audio) / 16_000 for piece in own]
        assert [piece.start_s for piece in own[1:]] == pytest.approx(ends[:-1])
        audio = np.concatenate([piece.audio for piece in own])
        assert len(audio) == long_scene.audio.shape[1]
        azimuth = np.median([piece.azimuth_rad for piece in own])
        which = int(error_deg([azimuth], long_scene.azimuths_rad).argmin())
        image = long_scene.images[which]
        assert si_sdr_db(audio, image) - si_sdr_db(long_scene.audio[0], image) > 6


def test_one_who_falls_silent_fades_out_and_keeps_the_number() -> None:
    turns = [[(0.0, 20.0)], [(0.0, 5.0), (14.0, 20.0)]]
    heard = scene(CIRCLE_4, [20.0, 150.0], seconds=20, seed=33, turns=turns)
    pieces = run(heard.audio, 400_000)
    far = {p.track for p in pieces if p.activity and error_deg([p.azimuth_rad], [heard.azimuths_rad[1]])[0] < 10}
    assert len(far) == 1


def test_memory_is_bounded_by_a_block() -> None:
    hearing = BlockHearing(CIRCLE_4, options=OPTIONS)
    silence = np.zeros((4, 16_000), dtype=np.float32)
    for _ in range(60):
        assert hearing.push(silence) == []
        assert hearing.n_held <= (OPTIONS.block_s + OPTIONS.overlap_s) * 16_000
    assert hearing.finish() == []


@pytest.mark.parametrize("overlap_s", [0.0, 6.0])
def test_blocks_that_cannot_overlap_are_refused(overlap_s: float) -> None:
    with pytest.raises(ValueError, match="overlap"):
        BlockOptions(block_s=10.0, overlap_s=overlap_s)
