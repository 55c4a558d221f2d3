"""Recording for a long time: is any frame lost?

    python benchmarks/capture_soak.py [--minutes 30] [--channels 4] [--busy 1]

A real sound server with a virtual array plays frames that carry their own number; ``madeleine capture`` records them in
a process of its own, as a person would start it, while other processes keep the computer busy. Then every frame is
looked for in the recordings that memory holds: its number, in order, once, with all its channels. Silence that the
player put in because it was late is no loss and is told apart. Must: no frame lost, no gap.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from _common import MADELEINE, ROOT, print_table

from memory.store import Memory
from tests.support.capture_frames import build_frames, build_frames_at, read_numbers
from tests.support.capture_pulse import NoSoundServer, VirtualArray

RATE_HZ = 16_000
QUIET_S = 1.0


def main() -> int:
    """Record, look for every frame, print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--channels", type=int, default=4, choices=(2, 4, 6, 8))
    parser.add_argument("--busy", type=int, default=1, help="processes that compute meanwhile")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="soak") as folder:
        array = VirtualArray(Path(folder), arguments.channels)
        try:
            array.start()
        except NoSoundServer as error:
            print(error)
            return 3
        busy = [multiprocessing.Process(target=keep_busy, daemon=True) for _ in range(arguments.busy)]
        for process in busy:
            process.start()
        try:
            home = Path(folder) / "home"
            report, cpu_s, resident_mb = record(array, home, n_frames=round(arguments.minutes * 60 * RATE_HZ))
        finally:
            for process in busy:
                process.kill()
            array.stop()
        found = look(home, arguments.channels, round(arguments.minutes * 60 * RATE_HZ))
    found |= {
        "recorded s": report["recorded_s"],
        "recordings": report["recordings"],
        "CPU-s per s": round(cpu_s / report["recorded_s"], 4),
        "resident MB": round(resident_mb),
    }
    print_table(("what", "value"), list(found.items()))
    return 0 if found["frames lost"] == found["frames wrong"] == found["gaps"] == 0 else 1


def record(array: VirtualArray, home: Path, *, n_frames: int) -> tuple[dict[str, float], float, float]:
    """Play all frames into ``madeleine capture``; returns its report, its processor seconds and its memory in MB."""
    child = subprocess.Popen(
        [*MADELEINE, "--home", str(home), "capture", "--audio", "--device", "array", "--json",
         "--channels", str(array.n_channels)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, **array.environment, "MADELEINE_MODELS": str(home / "none")},
    )  # fmt: skip
    assert child.stdout is not None
    assert child.stderr is not None
    if not (told := child.stderr.readline()).startswith("Recording"):
        child.kill()
        raise RuntimeError(told)
    print(told.strip(), file=sys.stderr)
    player = array.player(latency_s=2.0)
    assert player.stdin is not None
    quiet = np.zeros((round(QUIET_S * RATE_HZ), array.n_channels), np.int16).tobytes()
    player.stdin.write(quiet)
    for first in range(0, n_frames, RATE_HZ):
        player.stdin.write(build_frames(first, min(RATE_HZ, n_frames - first), array.n_channels).tobytes())
    player.stdin.write(quiet)
    player.stdin.close()
    player.wait()
    time.sleep(2.0)
    child.send_signal(signal.SIGINT)
    out = child.stdout.read()
    print(child.stderr.read().strip(), file=sys.stderr)
    _pid, _status, usage = os.wait4(child.pid, 0)
    child.returncode = 0
    return json.loads(out), usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def look(home: Path, n_channels: int, n_frames: int) -> dict[str, float]:
    """Count what became of the frames."""
    import soundfile

    n_right = n_wrong = n_inserted = 0
    expected = 0
    with Memory.open(home, read_only=True) as memory:
        jobs = memory.iter_jobs()
        n_gaps = len(memory.list_gaps())
        paths = [home / "media" / str(job.sha256)[:2] / f"{str(job.sha256)[2:]}{job.payload['suffix']}" for job in jobs]
    for path in paths:
        for block in soundfile.blocks(path, blocksize=RATE_HZ * 60, dtype="int16", always_2d=True):
            sounding = block[block.any(axis=1)]
            n_inserted += len(block) - len(sounding)
            if not len(sounding):
                continue
            number = read_numbers(sounding)
            in_order = np.diff(number, prepend=expected - 1) == 1
            whole = (build_frames_at(number, n_channels) == sounding).all(axis=1)
            n_right += int((in_order & whole).sum())
            n_wrong += int((~whole).sum())
            expected = int(number[-1]) + 1
    return {
        "frames played": n_frames,
        "frames lost": n_frames - n_right,
        "frames wrong": n_wrong,
        "frames of silence": n_inserted,
        "gaps": n_gaps,
    }


def keep_busy() -> None:
    """Compute until killed."""
    os.nice(5)
    total = np.zeros((200, 200))
    while True:
        total = total @ total + 1.0
        total /= np.abs(total).max()


if __name__ == "__main__":
    sys.exit(main())
