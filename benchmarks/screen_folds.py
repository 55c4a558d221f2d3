"""Are pages of the screen folded that show the same, and only those?

    python benchmarks/screen_folds.py [--pages 12] [--seed 3]

Our own pages (``_screens.py``) are kept one after the other, each followed by itself while a film goes on in a corner,
once more, and by itself with a number written on it. The first two are to be folded, the third never: told are how many
were, and the processor seconds a page takes with all that is done for it.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from itertools import product
from pathlib import Path

import numpy as np
from _common import print_table
from _screens import FACES, KINDS, draw_sheet
from PIL import Image, ImageDraw, ImageFont

from app.compose import build_engine
from app.paths import default_models
from ingest.screen import Box, Monitor, View, Window
from ingest.screen_book import Shot
from models.protocols import ImageArray

NOON_US = 1_800_000_000_000_000
FILM_PX = 160


def main() -> int:
    """Draw, keep, read, count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=12)
    parser.add_argument("--seed", type=int, default=3)
    arguments = parser.parse_args()
    kinds = list(product(KINDS, (12, 14), (False, True), FACES))
    random.Random(arguments.seed).shuffle(kinds)
    shown: list[tuple[str, ImageArray]] = []
    for n, (kind, size_px, is_dark, face) in enumerate(kinds[: arguments.pages]):
        sheet = draw_sheet(kind, seed=arguments.seed + n, size_px=size_px, is_dark=is_dark, face=face, with_qt=False)
        page = move(sheet.pixels, 0)
        shown += [("new", page), ("moved", move(page, 1)), ("moved", move(page, 2)), ("word", write(page, n, face))]
    with tempfile.TemporaryDirectory(prefix="folds") as folder:
        return report(shown, Path(folder, "home"))


def move(page: ImageArray, step: int) -> ImageArray:
    """The page with the next picture of a film in its lower right corner: a soft light that moves over a dusk."""
    rows, columns = np.mgrid[:FILM_PX, :FILM_PX].astype(np.float64)
    light = np.exp(-((rows - 80) ** 2 + (columns - 40 - 40 * step) ** 2) / (2 * 25.0**2))
    moved = page.copy()
    for channel, strength in enumerate((140, 110, 60)):
        moved[-FILM_PX:, -FILM_PX:, channel] = 40 + 0.4 * rows + strength * light
    return moved


def write(page: ImageArray, n: int, face: str) -> ImageArray:
    """The page with a word more, at its lower left."""
    image = Image.fromarray(page)
    draw = ImageDraw.Draw(image)
    draw.rectangle((8, page.shape[0] - 40, 240, page.shape[0] - 8), fill="white")
    draw.text((16, page.shape[0] - 34), f"total {1000 + n}.50", fill="black", font=ImageFont.truetype(face, 16))
    return np.asarray(image, np.uint8)


def report(shown: list[tuple[str, ImageArray]], home: Path) -> int:
    """Keep and read them, and tell what became of each kind."""
    engine = build_engine(home, models=default_models().absolute())
    jobs: list[int] = []
    keeper, kept = engine.screens.keeper_of_screens(jobs.append), []
    used_s = 0.0
    for n, (_what, pixels) in enumerate(shown):
        monitor = Monitor("m", Box(0, 0, pixels.shape[1], pixels.shape[0]))
        window = Window(id=1, app="reader", title="page", box=monitor.box, hides=(monitor.box,), is_active=True)
        view = View(monitors=(monitor,), windows=(window,))
        kept.append(keeper.keep(Shot(pixels, monitor, view, NOON_US + n * 2_000_000, 2.0 * n))[0])
        began_s = time.process_time()
        engine.screens.finish(jobs)
        jobs.clear()
        used_s += time.process_time() - began_s
    left = engine.memory.find_moments(kept)
    engine.close()
    rows = [
        (what, [m in left for m, (kind, _p) in zip(kept, shown, strict=True) if kind == what])
        for what in ("new", "moved", "word")
    ]
    print_table(("page", "shown", "folded"), [(what, len(stays), stays.count(False)) for what, stays in rows])
    print(f"{used_s / len(shown):.2f} CPU-s a page")
    return 0 if all(rows[0][1]) and all(rows[2][1]) else 1


if __name__ == "__main__":
    sys.exit(main())
