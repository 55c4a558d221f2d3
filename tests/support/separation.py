"""For tests of separation: two people in a small room as a file, imported here or in a process that can be killed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from numpy.typing import NDArray

from ingest.hearing.blocks import BlockOptions
from ingest.raw_channels import RawChannels
from ingest.separation import DirectionSplitter
from memory.failpoints import VARIABLE
from memory.store import Memory
from tests.support.hearing_room import CIRCLE_4, RATE_HZ, scene
from tests.support.ingest_files import build_importer

ARRAY = json.dumps({"positions_m": [list(place) for place in CIRCLE_4]})
LEFT_DEG, RIGHT_DEG = 40.0, 200.0
CHAPTER_S = 12.0
LENGTH_S = 24.0
ROOT = Path(__file__).resolve().parents[2]


def two_people() -> NDArray[np.float32]:
    """One speaks all the time, one from the ninth to the fourteenth second only; float32 (4, samples)."""
    turns = [[(0.0, LENGTH_S)], [(9.0, 14.0)]]
    return scene(CIRCLE_4, [LEFT_DEG, RIGHT_DEG], seconds=LENGTH_S, rt60_s=0.15, seed=3, turns=turns).audio


def write_array(path: Path, audio: NDArray[np.float32]) -> Path:
    """Write float32 (channels, samples) at 16 kHz."""
    soundfile.write(path, audio.T, RATE_HZ, subtype="PCM_16")
    return path


def build_splitter() -> DirectionSplitter:
    """The real one, with short chapters and blocks."""
    return DirectionSplitter(chapter_s=CHAPTER_S, options=BlockOptions(block_s=8.0, overlap_s=2.0))


def run_separation(
    home: Path, path: Path, *, failpoint: str = "", raw_channels: str = "keep"
) -> tuple[int, dict[str, Any]]:
    """Import with the array in a child process, under a rule for what becomes of the channels.

    Returns:
        Its exit code (-9 when it was killed) and its report (empty when it was).
    """
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.separation", str(home), str(path), raw_channels],
        cwd=ROOT,
        env={**os.environ, VARIABLE: failpoint},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    if done.returncode > 0:
        raise AssertionError(done.stderr)
    return done.returncode, json.loads(done.stdout) if done.stdout else {}


def main(arguments: list[str]) -> None:
    """Import, print the report, and leave."""
    with Memory.open(Path(arguments[0]), use_chroma=False) as memory:
        rule = RawChannels.parse(arguments[2])
        importer = build_importer(memory, splitter=build_splitter(), raw_channels=rule)
        report = importer.import_paths([Path(arguments[1])], array=ARRAY)
        importer.close()
    print(json.dumps(asdict(report)))


if __name__ == "__main__":
    main(sys.argv[1:])
