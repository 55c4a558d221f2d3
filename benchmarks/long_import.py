"""Hours of array audio: memory, cost, going on after a kill, and how good the estimate of the time left is.

    python benchmarks/long_import.py [--minutes 60] [--home DIR]

The sample day's lunch (four people, two conversations, four microphones) is played over and over, each time turned by
one microphone and with other pauses, and imported by a process that is killed with SIGKILL at two fifths of its way and
started again. *Resident* is sampled each second from ``/proc`` (Linux). The estimate is compared with how long it took.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from _common import ROOT, SAMPLE_DAY, print_table, working_folder

LUNCH = SAMPLE_DAY / "2026-10-14_12-35-00 lunch.flac"
RATE_HZ = 16_000
KILL_AT = 0.4
_PAUSES_S = (2.0, 5.0, 1.0, 9.0)


@dataclass(frozen=True, slots=True)
class Tick:
    """One sample of a run: seconds on the clock, share done, seconds left as told, resident megabytes."""

    at_s: float
    share: float
    left_s: float | None
    resident_mb: float


def write_long(path: Path, minutes: float) -> float:
    """Write the long recording piece by piece; returns its length in seconds."""
    import soundfile

    lunch, _rate_hz = soundfile.read(LUNCH, dtype="int16", always_2d=True)
    rng = np.random.default_rng(3)
    with soundfile.SoundFile(path, "w", RATE_HZ, lunch.shape[1], format="FLAC", subtype="PCM_16") as file:
        n_written = turn = 0
        while n_written < minutes * 60 * RATE_HZ:
            # Turned by a microphone, a circle hears the same people from a quarter of the way round.
            file.write(np.roll(lunch, turn % lunch.shape[1], axis=1))
            pause = int(_PAUSES_S[turn % len(_PAUSES_S)] * RATE_HZ)
            file.write(rng.normal(0, 3, (pause, lunch.shape[1])).astype(np.int16))
            n_written += len(lunch) + pause
            turn += 1
        return n_written / RATE_HZ


def run_child(home: Path, path: Path) -> None:
    """Import and tell the progress, one JSON object a line."""
    from app.compose import build_engine
    from app.paths import default_models

    engine = build_engine(home, models=default_models())
    report = engine.import_paths(
        [path],
        array="circle4_45mm",
        report=lambda p: print(json.dumps([p.share, p.left_s, p.stage]), flush=True),
    )
    moments = engine.memory.count_moments()
    engine.close()
    print(json.dumps({"failed": [f.error for f in report.failed], "moments": moments}), flush=True)


def watch(home: Path, path: Path, *, kill_at: float | None) -> tuple[list[Tick], float, dict[str, object]]:
    """Run a child; its ticks, its processor seconds and what it reported (nothing where it was killed)."""
    child = subprocess.Popen(
        [sys.executable, __file__, "--child", home, path],
        cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
    )  # fmt: skip
    assert child.stdout is not None
    began_s, ticks = time.perf_counter(), []
    report: dict[str, object] = {}
    for line in child.stdout:
        told = json.loads(line)
        if isinstance(told, dict):
            report = told
            continue
        now_s = time.perf_counter() - began_s
        if not ticks or now_s - ticks[-1].at_s >= 1.0:
            ticks.append(Tick(now_s, told[0], told[1], _resident_mb(child.pid)))
        if kill_at is not None and told[0] >= kill_at:
            child.kill()
            break
    _pid, _status, usage = os.wait4(child.pid, 0)
    child.returncode = 0
    ticks.append(Tick(time.perf_counter() - began_s, ticks[-1].share if kill_at else 1.0, None, 0.0))
    return ticks, usage.ru_utime + usage.ru_stime, report


def _resident_mb(pid: int) -> float:
    """Of the process and its children."""
    total = 0
    for one in (pid, *_children(pid)):
        try:
            total += int(Path(f"/proc/{one}/statm").read_text().split()[1])
        except FileNotFoundError:
            continue
    return total * os.sysconf("SC_PAGE_SIZE") / 2**20


def _children(pid: int) -> Iterator[int]:
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        yield from map(int, task.read_text().split())


def estimate_errors(ticks: list[Tick]) -> list[tuple[float, float, float]]:
    """At a quarter, the half and three quarters: (share, seconds told as left, seconds it took from there)."""
    end_s = ticks[-1].at_s
    found = []
    for share in (0.25, 0.5, 0.75):
        at = next((t for t in ticks if t.share >= share and t.left_s is not None), None)
        if at is not None and at.left_s is not None:
            found.append((at.share, at.left_s, end_s - at.at_s))
    return found


def main() -> int:
    """Make the recording, import it with a kill on the way, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--home", type=Path, help="a folder to keep")
    parser.add_argument("--child", nargs=2, type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child is not None:
        run_child(*arguments.child)
        return 0
    with working_folder(arguments.home) as folder:
        path = folder / "long.flac"
        length_s = write_long(path, arguments.minutes)
        first, first_cpu_s, _nothing = watch(folder / "home", path, kill_at=KILL_AT)
        second, second_cpu_s, report = watch(folder / "home", path, kill_at=None)
    rows = [
        (name, f"{ticks[-1].at_s:.0f} s", f"{cpu_s:.0f} s", *(f"{mb:.0f} MB" for mb in _by_quarter(ticks)))
        for name, ticks, cpu_s in (("to the kill", first, first_cpu_s), ("from there on", second, second_cpu_s))
    ]
    print(f"{length_s / 60:.1f} minutes, 4 channels; {report['moments']} moments, failed: {report['failed'] or 'none'}")
    print(f"{(first_cpu_s + second_cpu_s) / length_s:.3f} CPU-seconds a second of sound, both runs together\n")
    print_table(("run", "clock", "CPU", *(f"most resident, part {n}" for n in (1, 2, 3, 4))), rows)
    print_table(
        ("of the second run", "told as left, s", "took, s"),
        [(f"{share:.0%}", left_s, took_s) for share, left_s, took_s in estimate_errors(second)],
    )
    return 0


def _by_quarter(ticks: list[Tick]) -> list[float]:
    """The most resident memory in each quarter of a run's time."""
    end_s = ticks[-1].at_s
    return [max((t.resident_mb for t in ticks if n <= 4 * t.at_s / end_s <= n + 1), default=0.0) for n in range(4)]


if __name__ == "__main__":
    sys.exit(main())
