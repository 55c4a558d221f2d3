"""How many words of a screenshot are read right, from 11 px upwards, light and dark, several faces and programs?

    python benchmarks/screen_words.py [--pages 40] [--seed 1]

Our own pages (``_screens.py``), 1280 x 800, half drawn by Pillow and half by Qt, go through ``madeleine import`` as PNG
files; a word is right where the text of the picture's moment has it, letter by letter, once for each time it stands on
the page. Must: 97 %; aim: 99.5 %.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import Counter
from itertools import product
from pathlib import Path

from _common import MADELEINE, measure, print_table
from _screens import FACES, KINDS, Sheet, draw_sheet
from PIL import Image

from memory.store import Memory

SIZES_PX = (11, 12, 13, 14, 16, 18)
MUST = 0.97


def main() -> int:
    """Draw, import, count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    pages = list(product(KINDS, SIZES_PX, (False, True), FACES, (False, True)))
    random.Random(arguments.seed).shuffle(pages)
    with tempfile.TemporaryDirectory(prefix="screens") as folder:
        sheets: dict[str, tuple[tuple[object, ...], Sheet]] = {}
        for n, page in enumerate(pages[: arguments.pages]):
            kind, size_px, is_dark, face, with_qt = page
            sheet = draw_sheet(kind, seed=arguments.seed, size_px=size_px, is_dark=is_dark, face=face, with_qt=with_qt)
            Image.fromarray(sheet.pixels).save(Path(folder, f"screenshot {n:03}.png"))
            sheets[f"screenshot {n:03}.png"] = (page, sheet)
        home = Path(folder, "home")
        cost = measure([*MADELEINE, "--home", home, "import", *sorted(Path(folder).glob("*.png"))])
        texts = read_texts(home)
    wrong = {name: Counter(sheet.words) - Counter(texts.get(name, "").split()) for name, (_p, sheet) in sheets.items()}
    report(sheets, wrong)
    n_words = sum(len(sheet.words) for _page, sheet in sheets.values())
    share = 1 - sum(sum(missed.values()) for missed in wrong.values()) / n_words
    print(
        f"{share:.2%} of {n_words} words on {len(sheets)} pages are right; {cost.cpu_s / len(sheets):.1f} CPU-s a page"
    )
    return 0 if share >= MUST else 1


def read_texts(home: Path) -> dict[str, str]:
    """The text of each picture, by its file's name."""
    with Memory.open(home, read_only=True) as memory:
        return {Path(str(moment.details.get("path", ""))).name: moment.text for moment in memory.iter_moments()}


def report(sheets: dict[str, tuple[tuple[object, ...], Sheet]], wrong: dict[str, Counter[str]]) -> None:
    """One line for each kind, size, face and pen; then the pages that were read worst, with what was missed."""
    rows: list[tuple[str, int, float]] = []
    for part, name in enumerate(("kind", "size", "dark", "face", "Qt")):
        groups: dict[str, list[int]] = {}
        for file, (page, sheet) in sheets.items():
            counted = groups.setdefault(f"{name} {page[part]}", [0, 0])
            counted[0] += len(sheet.words)
            counted[1] += sum(wrong[file].values())
        rows += [(group, n, 1 - missed / n) for group, (n, missed) in sorted(groups.items())]
    print_table(("pages", "words", "right"), rows)
    for file in sorted(wrong, key=lambda file: -sum(wrong[file].values()))[:3]:
        print(*sheets[file][0], "missed:", *list(wrong[file])[:12])


if __name__ == "__main__":
    sys.exit(main())
