"""Recording for a long time: is any frame lost, and if so, by whom?

    python benchmarks/capture_soak.py [--minutes 30] [--channels 4] [--busy 1]

A real sound server with a virtual array plays frames that carry their own number; ``madeleine capture`` records them in
a process of its own, as a person would start it, while other processes keep the computer busy. Beside it a witness, the
sound server's own ``parec``, records the same monitor. Then every frame is looked for in the recordings that memory
holds: its number, in order, once, with all its channels. What the witness has and we have not is *lost by us*. What
neither has never left the server: when its player runs dry, the server puts silence into the monitor and drops up to a
tenth of a second of what the player gives then. Where frames are missing is printed. Must: none lost by us, no gap.
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
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from _common import MADELEINE, ROOT, print_table
from numpy.typing import NDArray

from memory.store import Memory
from tests.support.capture_frames import build_frames, build_frames_at, read_numbers
from tests.support.capture_pulse import NoSoundServer, VirtualArray

RATE_HZ = 16_000
QUIET_S = 1.0
PATIENCE_S = 10.0  # of the player, on a busy computer
MOST_PLACES = 10


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
        home, raw = Path(folder) / "home", Path(folder) / "witness.raw"
        n_frames = round(arguments.minutes * 60 * RATE_HZ)
        witness = array.witness(raw)
        try:
            report, cpu_s, resident_mb = record(array, home, n_frames=n_frames)
        finally:
            for process in busy:
                process.kill()
            witness.terminate()
            witness.wait()
            array.stop()
        found = look(home, raw, n_channels=arguments.channels, n_frames=n_frames)
    found |= {
        "recorded s": report["recorded_s"],
        "recordings": report["recordings"],
        "CPU-s per s": round(cpu_s / report["recorded_s"], 4),
        "resident MB": round(resident_mb),
    }
    print_table(("what", "value"), list(found.items()))
    return 0 if found["frames lost by us"] == found["frames wrong"] == found["gaps"] == 0 else 1


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
    player = array.player(latency_s=PATIENCE_S)
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


@dataclass(slots=True)
class Tally:
    """What became of the frames in one recording of them.

    Attributes:
        has: bool (frames,), which numbers came, in order and with all their channels.
        n_wrong: Frames that are no frame that was played.
        n_silent: Frames of silence.
    """

    has: NDArray[np.bool_]
    n_wrong: int = 0
    n_silent: int = 0
    last: int = -1

    def take(self, block: NDArray[np.int16]) -> None:
        """Count what follows, int16 (frames, channels)."""
        sounding = block[block.any(axis=1)]
        self.n_silent += len(block) - len(sounding)
        if not len(sounding):
            return
        number = read_numbers(sounding)
        whole = (build_frames_at(number, block.shape[1]) == sounding).all(axis=1)
        later = number > np.maximum.accumulate(np.concatenate([[self.last], number[:-1]]))
        right = whole & later & (number >= 0) & (number < len(self.has))
        self.has[number[right]] = True
        self.n_wrong += int((~right).sum())
        self.last = max(self.last, int(number[right].max(initial=-1)))


def look(home: Path, raw: Path, *, n_channels: int, n_frames: int) -> dict[str, float]:
    """Count what became of the frames with us and with the witness, and print where some are missing."""
    import soundfile

    ours, witness = (Tally(np.zeros(n_frames, np.bool_)) for _ in range(2))
    with Memory.open(home, read_only=True) as memory:
        jobs = memory.jobs.list_jobs()
        n_gaps = len(memory.list_gaps())
        paths = [home / "media" / str(job.sha256)[:2] / f"{str(job.sha256)[2:]}{job.payload['suffix']}" for job in jobs]
    for path in paths:
        for block in soundfile.blocks(path, blocksize=RATE_HZ * 60, dtype="int16", always_2d=True):
            ours.take(block)
    kept = np.memmap(raw, "<i2", "r")
    for start in range(0, len(kept), RATE_HZ * 60 * n_channels):
        part = np.asarray(kept[start : start + RATE_HZ * 60 * n_channels])
        witness.take(part[: len(part) // n_channels * n_channels].reshape(-1, n_channels))
    tell_places("lost by us", witness.has & ~ours.has)
    tell_places("never left the sound server", ~witness.has & ~ours.has)
    return {
        "frames played": n_frames,
        "frames kept": int(ours.has.sum()),
        "frames lost by us": int((witness.has & ~ours.has).sum()),
        "frames that never left the sound server": int((~witness.has & ~ours.has).sum()),
        "frames only we have": int((ours.has & ~witness.has).sum()),
        "frames wrong": ours.n_wrong,
        "frames of silence": ours.n_silent,
        "gaps": n_gaps,
    }


def tell_places(what: str, missing: NDArray[np.bool_]) -> None:
    """Print the first runs of missing frames."""
    edges = np.flatnonzero(np.diff(missing.astype(np.int8), prepend=0, append=0)).reshape(-1, 2)
    for first, end in edges[:MOST_PLACES]:
        print(f"{what}: {end - first} frames from {first} ({first / RATE_HZ:.3f} s) on")


def keep_busy() -> None:
    """Compute until killed."""
    os.nice(5)
    total = np.zeros((200, 200))
    while True:
        total = total @ total + 1.0
        total /= np.abs(total).max()


if __name__ == "__main__":
    sys.exit(main())
