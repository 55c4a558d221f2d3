"""What it costs to say what takes space, over a memory of many pictures of the screen.

    .venv/bin/python benchmarks/storage.py [--home DIR] [--pictures 100000]

Role: files of a few bytes and the rows that name them are made here; then the whole memory is measured as the library
and ``madeleine storage`` do it, beside the plain walk over the same files that no counting can do without.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from _common import print_table, working_folder

from memory.records import Kind, Media, Moment
from memory.store import Memory

DAY_US = 86_400_000_000
NOW_US = 1_800_000_000_000_000
_BATCH = 2000


def main() -> int:
    """Make the memory where it is not there yet, then measure it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--home", type=Path, help="keep the memory here")
    parser.add_argument("--pictures", type=int, default=100_000)
    options = parser.parse_args()
    with working_folder(options.home) as folder, Memory.open(folder, use_chroma=False, now_us=lambda: NOW_US) as memory:
        if not memory.count_moments():
            _fill(memory, options.pictures)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        walk_s = _cpu_s(lambda: sum(entry.st_size for entry in _iter_states(folder)))
        count_s = _cpu_s(memory.measure_storage)
        grown_mb = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print_table(
        ("pictures", "walk, CPU-s", "measured, CPU-s", "memory grew by, MB"),
        [(f"{options.pictures:,}", f"{walk_s:.2f}", f"{count_s:.2f}", f"{grown_mb:.0f}")],
    )
    return 0


def _fill(memory: Memory, n_pictures: int) -> None:
    """Pictures of 300 days; the files are written without the care that a real one gets, or it would take an hour."""
    for start in range(0, n_pictures, _BATCH):
        moments = []
        for n in range(start, min(start + _BATCH, n_pictures)):
            media = Media(f"{n * 2654435761 % 2**64:016x}" * 4, ".webp")
            path = memory.media_path(media)
            path.parent.mkdir(mode=0o700, exist_ok=True)
            path.write_bytes(b"picture")
            at_us = NOW_US - round(300 * DAY_US * n / n_pictures)
            moments.append(
                Moment(
                    id=f"s{n}",
                    kind=Kind.SCREENSHOT,
                    started_us=at_us,
                    ended_us=at_us,
                    text=f"page {n}",
                    media=media,
                    details={"monitor": "DP-1"},
                )
            )
        memory.write_moments(moments)


def _iter_states(folder: Path) -> list[os.stat_result]:
    return [(Path(root) / name).stat() for root, _folders, names in os.walk(folder) for name in names]


def _cpu_s(do: Callable[[], object]) -> float:
    started_s = time.process_time()
    do()
    return time.process_time() - started_s


if __name__ == "__main__":
    sys.exit(main())
