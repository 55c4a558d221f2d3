"""Are photos found by what they show? Captions of people as queries, against everything else that is remembered.

    .venv/bin/python benchmarks/pictures.py [--photos FOLDER] [--clip]

Imports the photos of data/photos/everyday beside the talks of LoCoMo (so that words compete with pictures), without
reading text in them, and searches with each caption. It also asks LoCoMo's questions, which no photo answers: a photo
among their first ten is a wrong one. ``--clip`` takes the profile's CLIP and fails where it is not there.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from _common import DATA

from app.compose import TAGS
from ingest.importer import Importer
from memory.records import Kind
from memory.store import Memory, Scope
from models.profile import build_embedder, build_eye, build_tagger, build_transcriber
from models.protocols import ImageArray, TextLine
from models.weights import WeightsFolder, find_weights_folder, load_catalogue
from recall.retrieve import Retriever, search

NOW = datetime(2026, 11, 26, tzinfo=UTC)


class NoReader:
    """Reads no text: what is measured is what pictures show."""

    producer, is_loaded = "none", False

    def read(self, image: ImageArray) -> tuple[TextLine, ...]:
        """Nothing."""
        return ()

    read_screen = read

    def unload(self) -> None:
        """Nothing to give back."""


def main() -> None:
    """Import, search, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--photos", type=Path, default=DATA / "photos" / "everyday")
    parser.add_argument("--clip", action="store_true")
    arguments = parser.parse_args()
    folder, profile = WeightsFolder(find_weights_folder()), load_catalogue().get_profile()
    embedder = build_embedder(folder, profile)
    tagger = build_tagger(TAGS, embedder)
    clip = build_eye(folder, profile)
    if arguments.clip and clip is None:
        raise SystemExit("CLIP is not here; see `madeleine doctor`.")
    eye = clip if arguments.clip else tagger
    assert eye is not None
    captions = [json.loads(line) for line in (arguments.photos / "captions.jsonl").read_text("utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as home, Memory.open(Path(home), use_chroma=False) as memory:
        importer = Importer(
            memory,
            transcriber=build_transcriber(folder, profile),
            text_reader=NoReader(),
            embedder=embedder,
            now_us=lambda: int(NOW.timestamp() * 1e6),
            zone="UTC",
            eye=eye,
            tagger=tagger,
        )
        began_s = time.process_time()
        report = importer.import_paths([arguments.photos / entry["file"] for entry in captions])
        took_s = time.process_time() - began_s
        importer.import_paths([DATA / "locomo" / "conv-26.moments.jsonl"])
        importer.close()
        print(f"{eye.producer}: {report.imported} photos in {took_s:.0f} CPU-s beside {memory.count_moments()} moments")
        measure(Retriever(memory, embedder, eye=eye), memory, captions)


def measure(retriever: Retriever, memory: Memory, captions: list[dict[str, object]]) -> None:
    """Print how many captions find their photo, and how many other questions are given one."""
    names = {Path(str(m.details["path"])).name: m.id for m in memory.iter_moments(Scope(kinds=frozenset({Kind.PHOTO})))}
    photos = set(names.values())
    for title, scope in (("among all", Scope()), ("among photos", Scope(kinds=frozenset({Kind.PHOTO})))):
        ranks = []
        for entry in captions:
            for caption in entry["captions"]:  # type: ignore[attr-defined]
                found = search(retriever, str(caption), scope=scope, limit=20, now=NOW).found
                ids = [f.moment.id for f in found]
                wanted = names.get(str(entry["file"]))
                ranks.append(ids.index(wanted) if wanted in ids else 99)
        shares = [sum(rank < n for rank in ranks) / len(ranks) for n in (1, 5, 10)]
        print(f"{title}: {len(ranks)} captions, R@1 {shares[0]:.3f}, R@5 {shares[1]:.3f}, R@10 {shares[2]:.3f}")
    asked = [json.loads(line)["question"] for line in (DATA / "locomo" / "conv-26.questions.jsonl").open()][:150]
    wrong = [
        sum(f.moment.id in photos for f in search(retriever, text, scope=Scope(), limit=10, now=NOW).found)
        for text in asked
    ]
    print(f"questions about talks: photos among the first ten {sum(wrong) / len(wrong):.2f} of 10 on the average")


if __name__ == "__main__":
    main()
