"""Make the small CLIP model of the tests anew: train it where that was not done, export it, and say what it finds.

    MADELEINE-CLIP-PYTHON packaging/clip/fixture.py FOLDER

``FOLDER`` is where ``train.py`` wrote; ``tests/fixtures/clip`` is written. A picture counts as close from what nearly
all captions of training pictures reach with their own pictures.
"""

from __future__ import annotations

import argparse
import random
import shutil
from pathlib import Path

import numpy as np
from pictures import draw, split_combinations

from models import clip_export
from models.clip import ClipAbout, ClipEmbedder

FIXTURE = Path(__file__).resolve().parents[2] / "tests" / "fixtures" / "clip"
KEPT = ("model.json", "vocabulary.txt.gz", "weights.pt")


def main() -> None:
    """Export, measure, and export again with the measured closeness."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    trained = parser.parse_args().folder
    kept = {name: (trained / name).read_bytes() for name in KEPT}
    options = {"config": trained / "model.json", "vocabulary": trained / "vocabulary.txt.gz"}
    origin = {"name": "", "origin": "madeleine/clip-drawn@1"}
    draft = trained / "export"
    about = clip_export.export(trained / "weights.pt", draft, **origin, **options)
    model = ClipEmbedder(draft, ClipAbout(**about))
    seen, unseen = split_combinations(200)
    rng = random.Random(9)
    close = cosines(model, random.Random(1).sample(seen, 200), rng)
    own, others = np.diag(close), close[~np.eye(len(close), dtype=bool)]
    least = float(np.percentile(own, 2))
    shutil.rmtree(FIXTURE, ignore_errors=True)
    clip_export.export(trained / "weights.pt", FIXTURE, least_cosine=round(least, 3), **origin, **options)
    for name, data in kept.items():
        (FIXTURE / name).write_bytes(data)
    found = cosines(model, unseen, rng)
    right = found.argmax(axis=1) == np.arange(len(found))
    print(f"{about['producer']}: recall@1 on {len(unseen)} unseen combinations {right.mean():.3f}")
    print(f"close from {least:.3f} on: own {np.mean(own >= least):.3f}, others {np.mean(others >= least):.3f}")


def cosines(model: ClipEmbedder, some: list, rng: random.Random) -> np.ndarray:
    """Of each caption (row) with each picture (column)."""
    texts = model.embed_texts([c.caption() for c in some])
    return texts @ model.embed_pictures([draw(c, rng) for c in some]).T


if __name__ == "__main__":
    main()
