"""What the page of people, places and applications reads of a large memory, in processor time.

    make bench NAME=people                                   100,000 moments
    .venv/bin/python benchmarks/people.py --home DIR         kept for the next run

The memory is that of ``timeline.py``: twelve years of talks, pages and photos. On it come six voices (and their prints,
as many as are looked at), times of words, forty towns with positions, and twenty applications. Told is the processor
time of what the lanes read: all entries as the page opens, then one entry (the largest of its kind) with its
days and newest moments.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from _common import working_folder
from timeline import fill

from ingest.samples import choose_samples
from memory.clues import Clue, ClueKind
from memory.store import Memory
from memory.voice_book import NEWEST

N_TOWNS, N_APPS = 40, 20
N_ROUNDS = 7
N_DIMS = 256  # of the voice encoder


def main() -> int:
    """Make the memory where it is not there yet, then read."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--home", type=Path, help="kept for the next run")
    parser.add_argument("--moments", type=int, default=100_000)
    options = parser.parse_args()
    with working_folder(options.home) as folder, Memory.open(folder / "memory", use_chroma=False) as memory:
        missing = options.moments - memory.count_moments()
        if missing > 0:
            fill(memory, missing)
            populate(memory)
        measure(memory)
    return 0


def populate(memory: Memory) -> None:
    """Give voices to speakers, positions to photos and other applications to pages."""
    dice = random.Random(11)
    towns = [(f"Town {n}", dice.uniform(-50, 65), dice.uniform(-170, 170)) for n in range(N_TOWNS)]
    with memory._database.transaction() as connection:
        for trigger in ("moment_changed", "moment_moved"):  # what a change does for search is not measured here
            connection.execute(f"DROP TRIGGER IF EXISTS {trigger}")
        connection.execute("INSERT INTO voice (name) SELECT DISTINCT speaker FROM moment WHERE kind = 'utterance'")
        connection.execute(
            "UPDATE moment SET voice = (SELECT n FROM voice WHERE name IS moment.speaker), media_sha256 = 'a',"
            " media_suffix = '.flac', media_offset_s = 0, media_duration_s = (ended_us - started_us) / 1e6,"
            " session = 's' || local_date, details = ? WHERE kind = 'utterance'",
            (
                json.dumps(
                    {"words": [["something", n * 0.31, n * 0.31 + 0.24, 0.93] for n in range(14)], "level_db": -31}
                ),
            ),
        )
        photos = connection.execute("SELECT n FROM moment WHERE kind = 'photo'").fetchall()
        for (row,) in photos:
            name, lat, lon = towns[min(N_TOWNS - 1, int(dice.expovariate(0.2)))]
            place = (name, lat + dice.gauss(0, 0.03), lon + dice.gauss(0, 0.03), row)
            connection.execute("UPDATE moment SET place_name = ?, place_lat = ?, place_lon = ? WHERE n = ?", place)
        connection.execute("UPDATE moment SET app = 'App ' || (n % ?) WHERE kind = 'screenshot'", (N_APPS,))
        sounds = np.random.default_rng(5)
        for (voice,) in connection.execute("SELECT n FROM voice").fetchall():
            rows = connection.execute(
                "SELECT n FROM moment WHERE voice = ? ORDER BY started_us DESC LIMIT ?", (voice, NEWEST)
            ).fetchall()
            vectors = sounds.normal(size=(len(rows), N_DIMS)).astype("<f4")
            connection.executemany(
                "INSERT INTO voiceprint VALUES (?, 'p', 2.0, ?)",
                [(row, vector.tobytes()) for (row,), vector in zip(rows, vectors, strict=True)],
            )
            connection.execute("INSERT INTO voice_centre VALUES (?, 'p', 1.0, ?)", (voice, vectors[0].tobytes()))
        connection.execute("ANALYZE")


def measure(memory: Memory) -> None:
    """Print what each read costs."""
    clues, voices = memory.clues, memory.voices
    voice = voices.list_voices()[0]
    place, app = clues.list_places()[0], clues.list_apps()[0]
    print(f"{memory.count_moments():,} moments; processor time, median of {N_ROUNDS}:")
    tell("how loud each voice is (read apart)", voices.list_levels)
    total = [tell("all voices", voices.list_voices)]
    total += [tell("all places", clues.list_places), tell("all applications", clues.list_apps)]
    print(f"  {'the lists, together':44} {sum(total):7.1f} ms")
    for words, clue, n in (
        ("a voice", Clue(ClueKind.VOICE, voice.id), voice.n_moments),
        ("a place", Clue(ClueKind.PLACE, place.name), place.n_moments),
        ("an application", Clue(ClueKind.APP, app.name), app.n_moments),
    ):
        tell(f"days of {words} of {n:,} moments", lambda clue=clue: clues.count_days(clue))
        tell("  and its newest 40", lambda clue=clue: clues.list_moments(clue, limit=40))
    tell("samples of the voice", lambda: choose_samples(voices.list_heard(voice.id)))
    tell("spots of the place", lambda: clues.list_spots(place.name))


def tell(words: str, work: Callable[[], object]) -> float:
    """Print and return the processor milliseconds of some work."""
    taken = []
    for _ in range(N_ROUNDS):
        started_s = time.process_time()
        work()
        taken.append((time.process_time() - started_s) * 1000)
    print(f"  {words:44} {statistics.median(taken):7.1f} ms", flush=True)
    return statistics.median(taken)


if __name__ == "__main__":
    raise SystemExit(main())
