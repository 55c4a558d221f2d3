"""The colours that a picture mostly has, in everyday words.

Role: pixels in, at most three names with their shares out; part of the description that screen readers read.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_Floats = NDArray[np.float32]
_STEP_PX = 48  # about so many samples along each side are enough
_LEAST_SHARE = 0.15
_MOST = 3
# Borders of hues in degrees of HSV, each with the name that ends there.
_HUES = (
    (15, "red"),
    (45, "orange"),
    (68, "yellow"),
    (170, "green"),
    (255, "blue"),
    (290, "purple"),
    (340, "pink"),
    (361, "red"),
)
_DARK, _LIGHT = 0.22, 0.82  # values below are black; above, without colour, white
_GREY = 0.18  # saturation below which there is no hue to speak of
_BROWN = 0.6  # an orange darker than this is brown


def name_colours(image: NDArray[np.uint8]) -> tuple[tuple[str, float], ...]:
    """Name the main colours.

    Args:
        image: uint8 (height, width, 3), RGB.

    Returns:
        (name, share of the picture) of at most three, largest first.
    """
    down, across = (max(1, side // _STEP_PX) for side in image.shape[:2])
    pixels = image[::down, ::across].reshape(-1, 3).astype(np.float32) / np.float32(255)
    high: _Floats = pixels.max(axis=1)
    low: _Floats = pixels.min(axis=1)
    spread: _Floats = high - low
    saturation = np.divide(spread, high, out=np.zeros_like(high), where=high > 0)
    names = np.select(
        [high < _DARK, (saturation < _GREY) & (high > _LIGHT), saturation < _GREY],
        ["black", "white", "grey"],
        default="",
    ).astype("U8")
    hue = _hue_deg(pixels, high, spread)
    lower = 0.0
    for upper, name in _HUES:
        names[(names == "") & (hue >= lower) & (hue < upper)] = name
        lower = upper
    names[(names == "orange") & (high < _BROWN)] = "brown"
    found, counts = np.unique(names, return_counts=True)
    order = np.argsort(-counts, kind="stable")[:_MOST]
    shares = [(str(found[n]), round(float(counts[n] / len(names)), 2)) for n in order]
    return tuple((name, share) for name, share in shares if share >= _LEAST_SHARE)


def _hue_deg(
    pixels: NDArray[np.float32], high: NDArray[np.float32], spread: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Hue of each pixel, 0 to 360. Source: Smith 1978, "Color gamut transform pairs" (the hexcone)."""
    red, green, blue = pixels.T
    safe = np.where(spread > 0, spread, 1)
    hue = np.select(
        [high == red, high == green],
        [(green - blue) / safe, 2 + (blue - red) / safe],
        default=4 + (red - green) / safe,
    )
    return np.asarray(hue * 60 % 360, np.float32)
