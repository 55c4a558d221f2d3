"""Small pictures of things, drawn by us, with captions: what the test model of CLIP is trained on and measured with.

A picture is a combination: how many, in which colour, of which thing, in which place. What a combination looks like is
never drawn twice alike (sizes, positions, shades and noise are random). Pillow and numpy only; nothing of anybody's.
"""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

SIDE_PX = 64
COUNTS = {1: "one", 2: "two", 3: "three", 4: "four"}
COLOURS = {
    "red": (206, 36, 38),
    "green": (34, 130, 46),
    "blue": (34, 62, 196),
    "yellow": (246, 214, 38),
    "white": (246, 246, 246),
    "black": (22, 22, 24),
    "purple": (128, 40, 150),
}
PLACES = {
    "on the beach": ((122, 196, 236), (232, 206, 150)),
    "in the meadow": ((168, 214, 250), (132, 190, 92)),
    "in the snow": ((188, 200, 214), (226, 232, 240)),
    "at night": ((12, 16, 48), (40, 42, 64)),
    "at sunset": ((250, 150, 90), (120, 72, 88)),
    "on the street": ((176, 176, 180), (108, 108, 112)),
}
_WORDS = ("a picture of {}", "a photo of {}", "{}", "there are {}", "{} to see")


@dataclass(frozen=True, slots=True)
class Combination:
    """What a picture shows."""

    count: int
    colour: str
    thing: str
    place: str

    def caption(self, rng: random.Random | None = None) -> str:
        """Say it: always in the same words without a ``rng``."""
        some = f"{COUNTS[self.count]} {self.colour} {self.thing}{'s' if self.count > 1 else ''} {self.place}"
        return (rng.choice(_WORDS) if rng else _WORDS[0]).format(some)


def list_combinations() -> list[Combination]:
    """All there are, in a fixed order."""
    return [Combination(*parts) for parts in itertools.product(COUNTS, COLOURS, THINGS, PLACES)]


def split_combinations(n_unseen: int, seed: int = 7) -> tuple[list[Combination], list[Combination]]:
    """Those to train with, and ``n_unseen`` whose combination never occurs in training (each of their words does)."""
    every = list_combinations()
    random.Random(seed).shuffle(every)
    return every[n_unseen:], every[:n_unseen]


def draw(combination: Combination, rng: random.Random, side_px: int = SIDE_PX) -> NDArray[np.uint8]:
    """Draw one picture: uint8 (side, side, 3), RGB."""
    scale = 2  # drawn at twice the size and made smaller, so that edges are smooth
    side = side_px * scale
    image = _background(combination.place, side, rng)
    pen = ImageDraw.Draw(image)
    colour = tuple(_near(value, 14, rng) for value in COLOURS[combination.colour])
    for x, y, radius in _spots(combination.count, side, rng):
        THINGS[combination.thing](pen, x, y, radius, colour)
    pixels = np.asarray(image.resize((side_px, side_px), Image.Resampling.BOX), np.int16)
    noise = np.random.default_rng(rng.getrandbits(32)).normal(0, 4, pixels.shape)
    return np.clip(pixels + noise, 0, 255).astype(np.uint8)


def _background(place: str, side: int, rng: random.Random) -> Image.Image:
    upper, lower = (tuple(_near(v, 10, rng) for v in colour) for colour in PLACES[place])
    image = Image.new("RGB", (side, side), upper)
    pen = ImageDraw.Draw(image)
    horizon = round(side * rng.uniform(0.4, 0.6))
    pen.rectangle((0, horizon, side, side), fill=lower)
    if place == "at night":
        for _ in range(14):
            x, y = rng.randrange(side), rng.randrange(horizon)
            pen.rectangle((x, y, x + 1, y + 1), fill=(240, 240, 220))
    if place == "on the beach":
        pen.rectangle((0, horizon - side // 12, side, horizon), fill=(40, 120, 180))
    if place == "on the street":
        for x in range(0, side, side // 4):
            pen.rectangle((x, side - side // 10, x + side // 8, side - side // 14), fill=(240, 240, 240))
    return image


def _spots(count: int, side: int, rng: random.Random) -> list[tuple[float, float, float]]:
    """Where the things stand: apart from each other, (x, y, radius) each."""
    cells = [(column, row) for column in range(2) for row in range(2)]
    rng.shuffle(cells)
    radius = side * rng.uniform(0.13, 0.17)
    return [
        (
            side * (0.27 + 0.46 * column) + side * rng.uniform(-0.05, 0.05),
            side * (0.27 + 0.46 * row) + side * rng.uniform(-0.05, 0.05),
            radius,
        )
        for column, row in cells[:count]
    ]


def _near(value: int, spread: int, rng: random.Random) -> int:
    return max(0, min(255, value + rng.randint(-spread, spread)))


Pen = ImageDraw.ImageDraw
Colour = tuple[int, ...]


def _ball(pen: Pen, x: float, y: float, r: float, fill: Colour) -> None:
    pen.ellipse((x - r, y - r, x + r, y + r), fill=fill)


def _box(pen: Pen, x: float, y: float, r: float, fill: Colour) -> None:
    pen.rectangle((x - 0.9 * r, y - 0.9 * r, x + 0.9 * r, y + 0.9 * r), fill=fill)


def _star(pen: Pen, x: float, y: float, r: float, fill: Colour) -> None:
    corners = [
        (x + (r * 1.2 if n % 2 == 0 else r * 0.5) * math.sin(n * math.pi / 5),
         y - (r * 1.2 if n % 2 == 0 else r * 0.5) * math.cos(n * math.pi / 5))
        for n in range(10)
    ]  # fmt: skip
    pen.polygon(corners, fill=fill)


def _house(pen: Pen, x: float, y: float, r: float, fill: Colour) -> None:
    pen.rectangle((x - 0.7 * r, y - 0.1 * r, x + 0.7 * r, y + r), fill=fill)
    pen.polygon([(x - 1.1 * r, y - 0.1 * r), (x, y - 1.2 * r), (x + 1.1 * r, y - 0.1 * r)], fill=fill)


def _tree(pen: Pen, x: float, y: float, r: float, fill: Colour) -> None:
    pen.rectangle((x - 0.14 * r, y, x + 0.14 * r, y + 1.2 * r), fill=fill)
    pen.ellipse((x - 0.8 * r, y - 1.2 * r, x + 0.8 * r, y + 0.4 * r), fill=fill)


def _cup(pen: Pen, x: float, y: float, r: float, fill: Colour) -> None:
    pen.polygon(
        [(x - r, y - 0.8 * r), (x + 0.5 * r, y - 0.8 * r), (x + 0.3 * r, y + r), (x - 0.8 * r, y + r)], fill=fill
    )
    pen.arc((x + 0.1 * r, y - 0.6 * r, x + 1.2 * r, y + 0.6 * r), -90, 100, fill=fill, width=max(2, round(0.25 * r)))


def _fish(pen: Pen, x: float, y: float, r: float, fill: Colour) -> None:
    pen.ellipse((x - 1.2 * r, y - 0.6 * r, x + 0.6 * r, y + 0.6 * r), fill=fill)
    pen.polygon([(x + 0.3 * r, y), (x + 1.3 * r, y - 0.8 * r), (x + 1.3 * r, y + 0.8 * r)], fill=fill)


def _umbrella(pen: Pen, x: float, y: float, r: float, fill: Colour) -> None:
    pen.pieslice((x - 1.2 * r, y - 1.2 * r, x + 1.2 * r, y + 1.0 * r), 180, 360, fill=fill)
    pen.rectangle((x - 0.1 * r, y - 0.1 * r, x + 0.1 * r, y + 1.2 * r), fill=fill)


THINGS: dict[str, Callable[[Pen, float, float, float, Colour], None]] = {
    "ball": _ball,
    "house": _house,
    "tree": _tree,
    "cup": _cup,
    "fish": _fish,
    "star": _star,
    "box": _box,
    "umbrella": _umbrella,
}
