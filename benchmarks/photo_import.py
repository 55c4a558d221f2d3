"""What a library of photos costs: the first import of each beside its models alone, and looking at it again.

    .venv/bin/python benchmarks/photo_import.py [--photos 60] [--files 50000] [--only first,again]

First import: photos of data/photos/everyday through `madeleine import`, beside decoding (Pillow), text reading
(RapidOCR) and seeing (the profile's CLIP, or the small classifier) alone, in children of their own with the same models
and threads. A tenth of the photos is run apart and taken away from both sides, so that starting and loading do not
count; 50,000 photos are that many times the rest: an extrapolation, and told as one.

Looking again: a library of so many small pictures, all different, kept by the real capture and written as moments, is
given to `madeleine import` once more. Nothing in it has changed. Musts: 1.2 times, and 20 s.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from _common import DATA, MADELEINE, Cost, measure, print_table, require_data

MOST_RATIO, MOST_S, N_LIBRARY = 1.2, 20.0, 50_000
_BATCH = 500
N_DIMS = 64


def main() -> int:
    """Measure what was asked for and print a table each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=int, default=60)
    parser.add_argument("--files", type=int, default=N_LIBRARY)
    parser.add_argument("--only", default="first,again")
    parser.add_argument("--bare", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("paths", nargs="*", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.bare:
        look_alone(arguments.paths)
        return 0
    if "first" in arguments.only and require_data("photos"):
        import_first(arguments.photos)
    if "again" in arguments.only:
        look_again(arguments.files)
    return 0


def import_first(n_photos: int) -> None:
    """Compare the import of photos with their models alone."""
    photos = sorted((DATA / "photos" / "everyday").glob("*.jpg"))[:n_photos]
    few = photos[: max(1, len(photos) // 10)]
    ours = [run_import(paths).cpu_s for paths in (few, photos)]
    bare = [measure([sys.executable, __file__, "--bare", *paths]).cpu_s for paths in (few, photos)]
    n_more = len(photos) - len(few)
    each, each_bare = ((more - less) / n_more for less, more in (ours, bare))
    rows = [
        (f"{len(few)} photos", ours[0], bare[0], ours[0] / bare[0], ""),
        (f"{len(photos)} photos", ours[1], bare[1], ours[1] / bare[1], ""),
        ("each further photo", each, each_bare, each / each_bare, f"{MOST_RATIO:.2f}"),
        (f"{N_LIBRARY:,} photos, hours, extrapolated", *(N_LIBRARY * one / 3600 for one in (each, each_bare)), "", ""),
    ]
    print_table(("first import", "import CPU-s", "bare CPU-s", "ratio", "must"), rows)


def run_import(paths: list[Path]) -> Cost:
    """Import into a new home."""
    with tempfile.TemporaryDirectory(prefix="madeleine-home-") as home:
        cost = measure([*MADELEINE, "--home", home, "import", "--json", *paths])
    told = json.loads(cost.out)
    if told["imported"] != len(paths):
        raise RuntimeError(f"{told['imported']} of {len(paths)} photos were imported: {told['failed'][:3]}")
    return cost


def look_alone(paths: list[Path]) -> None:
    """Decode, read and see pictures, and nothing else."""
    import numpy as np
    from PIL import Image, ImageOps

    from app.compose import TAGS
    from models.profile import build_embedder, build_eye, build_tagger, build_text_reader
    from models.weights import WeightsFolder, find_weights_folder, load_catalogue

    folder, profile = WeightsFolder(find_weights_folder()), load_catalogue().get_profile()
    reader = build_text_reader(folder, profile)
    tagger = build_tagger(TAGS, build_embedder(folder, profile))
    clip = build_eye(folder, profile)
    for path in paths:
        with Image.open(path) as image:
            pixels = np.asarray(ImageOps.exif_transpose(image).convert("RGB"))
        reader.read(pixels)
        if tagger is not None:
            tagger.see(pixels)
        if clip is not None:
            clip.embed_pictures([pixels])


def look_again(n_files: int) -> None:
    """Import a library that did not change."""
    with tempfile.TemporaryDirectory(prefix="madeleine-library-") as folder:
        library, home = Path(folder) / "library", Path(folder) / "home"
        write_library(library, n_files)
        keep_library(library, home)
        again = [*MADELEINE, "--home", home, "import", "--json", library]
        measure(again)  # cuts the days into events, which the first import would have done
        cost = measure(again)
    told = json.loads(cost.out)
    if told["duplicates"] != n_files or told["imported"]:
        raise RuntimeError(f"{told['duplicates']} of {n_files} files were known: {told['failed'][:3]}")
    rows = [(f"{n_files:,} files", cost.cpu_s, cost.wall_s, f"{MOST_S:g}", round(cost.resident_mb))]
    print_table(("looked at again", "CPU-s", "clock s", "must", "MB"), rows)


def write_library(library: Path, n_files: int) -> None:
    """Small pictures, all different, a thousand a folder, as if they had lain there for a minute."""
    import io
    import os
    import time

    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(out, "JPEG")
    minute_ago = time.time() - 60
    for n in range(n_files):
        path = library / f"{n // 1000:03d}" / f"IMG_{n:06d}.jpg"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(out.getvalue() + str(n).encode())  # what follows the end of a JPEG is read by nobody
        os.utime(path, (minute_ago, minute_ago))


def find_eye() -> str:
    """The producer whose vectors an import looks for; with them no picture is looked at again."""
    from app.compose import TAGS
    from models.profile import build_embedder, build_eye, build_tagger
    from models.weights import WeightsFolder, find_weights_folder, load_catalogue

    folder, profile = WeightsFolder(find_weights_folder()), load_catalogue().get_profile()
    eye = build_eye(folder, profile) or build_tagger(TAGS, build_embedder(folder, profile))
    return "" if eye is None else eye.producer


def keep_library(library: Path, home: Path) -> None:
    """Keep it as an import does, without the models: every file by the real capture, a moment and a vector each."""
    import numpy as np

    from ingest.capture import Capture, Telling
    from memory.records import Kind, Media, Moment, moment_id
    from memory.store import Memory, VectorRow
    from models.protocols import CancelToken

    eye = find_eye()
    rng = np.random.default_rng(1)
    with Memory.open(home) as memory:
        capture = Capture(memory, now_us=1)
        moments: list[Moment] = []

        def keep(some: list[Moment]) -> None:
            vectors = rng.standard_normal((len(some), N_DIMS)).astype(np.float32)
            vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
            memory.write_moments(some)
            memory.put_vectors(eye, [VectorRow(m.id, "picture", 0, v) for m, v in zip(some, vectors, strict=True)])

        for n, path in enumerate(sorted(library.rglob("*.jpg"))):
            number = capture.keep(path, Telling(), CancelToken()).job
            job = memory.jobs.find(number)
            assert job is not None
            sha256, at_us = str(job.payload["sha256"]), 1_700_000_000_000_000 + n * 60_000_000
            moments.append(
                Moment(
                    id=moment_id(sha256, "picture"),
                    kind=Kind.PHOTO,
                    started_us=at_us,
                    ended_us=at_us,
                    text="",
                    source=sha256,
                    media=Media(sha256, ".jpg"),
                    details={"path": str(path)},
                )
            )
            memory.jobs.finish(number)
            if len(moments) == _BATCH:
                keep(moments)
                moments = []
        keep(moments)
        memory.drain_outbox()


if __name__ == "__main__":
    raise SystemExit(main())
