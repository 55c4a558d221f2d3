"""What changed between two pictures of a monitor, counted in small tiles.

Role: arrays in, numbers out. A blinking cursor or a clock is no change; a line of text is.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.protocols import ImageArray

TILE_PX = 16
SMALL_TILES = 8  # a text cursor takes 1 to 4 tiles, a clock's minutes 2 to 6; one word of 13 px text takes about 8


def find_changed(before: ImageArray, now: ImageArray) -> NDArray[np.bool_]:
    """The tiles that differ.

    Args:
        before: uint8 (height, width, 3), RGB.
        now: The same, of the same shape.

    Returns:
        bool (tiles down, tiles across).

    Raises:
        ValueError: the shapes differ.
    """
    if before.shape != now.shape:
        raise ValueError("pictures of two shapes cannot be compared")
    height, width = now.shape[:2]
    differs = np.zeros((-(-height // TILE_PX) * TILE_PX, -(-width // TILE_PX) * TILE_PX), bool)
    # Green carries most of what is seen; a change of red or blue alone is looked for only where green finds nothing.
    np.not_equal(before[:, :, 1], now[:, :, 1], out=differs[:height, :width])
    if not differs.any():
        differs[:height, :width] = (before[:, :, 0] != now[:, :, 0]) | (before[:, :, 2] != now[:, :, 2])
    words = differs.view(np.uint64).reshape(differs.shape[0] // TILE_PX, TILE_PX, -1)
    columns: NDArray[np.uint64] = np.bitwise_or.reduce(words, axis=1)
    return np.asarray((columns[:, 0::2] | columns[:, 1::2]) != 0, bool)


def is_blank(picture: ImageArray) -> bool:
    """Whether every pixel is the same: black, or any other one colour."""
    first = picture[0, 0]
    return bool(
        (picture[::67, ::61] == first).all() and (picture == first).all()
    )  # most are not, and a few pixels tell


def is_same(before: ImageArray | None, now: ImageArray) -> bool:
    """Whether nothing a reader would call a change lies between two pictures."""
    if before is None or before.shape != now.shape:
        return False
    if np.array_equal(before, now):  # the rule, and quicker than to count
        return True
    return int(find_changed(before, now).sum()) <= SMALL_TILES
