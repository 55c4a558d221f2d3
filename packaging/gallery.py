"""Every view of the window on one sheet each: light and dark, at 100 % and at 200 %, into docs/.

    python packaging/gallery.py --home DIR            docs/views-light-100.webp and its three like

Role: has ``screenshots.py --all`` draw the views (a process for each scale, for Qt reads it once) and lays them out
with their names, so that a change of looks is seen at a glance.
"""

from __future__ import annotations

import argparse
import math
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

CHECKOUT = Path(__file__).resolve().parents[1]
DOCS = CHECKOUT / "docs"
THEMES, SCALES = ("light", "dark"), (1, 2)
COLUMNS, VIEW_PX, LABEL_PX, GAP_PX = 4, (600, 375), 22, 10
GROUND, INK = {"light": "#dcd8cf", "dark": "#0b0b0a"}, {"light": "#211f1b", "dark": "#ece8e0"}


def main() -> int:
    """Draw all views at each scale and lay them out."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--home", type=Path, required=True, help="data folder of a memory of the sample day")
    options = parser.parse_args()
    for scale in SCALES:
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, CHECKOUT / "packaging" / "screenshots.py", "--home", options.home]
            env = {**os.environ, "QT_SCALE_FACTOR": str(scale)}
            subprocess.run([*map(str, command), "--all", folder], check=True, env=env, cwd=CHECKOUT)
            for theme in THEMES:
                pictures = sorted(Path(folder).glob(f"*-{theme}.png"))
                sheet = lay_out(pictures, theme)
                sheet.save(DOCS / f"views-{theme}-{scale * 100}.webp", "WEBP", quality=72, method=6)
    return 0


def lay_out(pictures: list[Path], theme: str) -> Image.Image:
    """One sheet: the views in rows, their names above them."""
    n_rows = math.ceil(len(pictures) / COLUMNS)
    cell_w, cell_h = VIEW_PX[0] + GAP_PX, VIEW_PX[1] + LABEL_PX + GAP_PX
    sheet = Image.new("RGB", (COLUMNS * cell_w + GAP_PX, n_rows * cell_h + GAP_PX), GROUND[theme])
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(14)
    for n, path in enumerate(pictures):
        left, top = GAP_PX + n % COLUMNS * cell_w, GAP_PX + n // COLUMNS * cell_h
        draw.text((left, top), path.stem.removesuffix(f"-{theme}"), fill=INK[theme], font=font)
        with Image.open(path) as view:
            small = view.convert("RGB")
            small.thumbnail(VIEW_PX, Image.Resampling.LANCZOS)
            sheet.paste(small, (left, top + LABEL_PX))
    return sheet


if __name__ == "__main__":
    sys.exit(main())
