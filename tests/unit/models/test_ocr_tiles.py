from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from models.ocr import cut_tiles


@given(st.integers(4, 60_000), st.integers(4, 4_000))
def test_every_line_counts_in_exactly_one_tile_that_holds_it(height: int, width: int) -> None:
    tiles = cut_tiles(height, width, 2000)
    assert tiles[0].top == 0
    assert tiles[-1].bottom == height
    assert len(tiles) == 1 or all(tile.bottom - tile.top <= 2000 for tile in tiles)
    for middle in range(0, height, max(1, height // 50)):
        (tile,) = [tile for tile in tiles if tile.keep_from <= middle < tile.keep_to]
        assert tile.top <= middle < tile.bottom
        assert tile.top == 0 or middle - tile.top >= 60
        assert tile.bottom == height or tile.bottom - middle >= 60


def test_ordinary_pictures_are_one_tile() -> None:
    assert len(cut_tiles(1080, 1920, 2000)) == 1
    assert len(cut_tiles(2340, 1080, 2000)) == 1
    assert len(cut_tiles(8000, 1080, 2000)) > 3
