"""What the benchmarks share: where things lie, children with their cost, tables.

Role: no measurement of its own. Processor time is what is compared, for it changes little when the machine is busy.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
SAMPLE_DAY = ROOT / "assets" / "sample_day"
MADELEINE = (sys.executable, "-m", "app.cli")
sys.path.insert(0, str(ROOT))  # the rooms can be imported from a checkout that is not installed


@dataclass(frozen=True, slots=True)
class Cost:
    """What a child took: processor seconds of it and its own children, seconds on the clock, most resident memory."""

    cpu_s: float
    wall_s: float
    resident_mb: float
    out: str


def measure(command: Sequence[str | Path], *, environment: dict[str, str] | None = None) -> Cost:
    """Run a child to its end.

    Raises:
        RuntimeError: it failed.
    """
    with tempfile.TemporaryFile("w+") as out:
        started_s = time.perf_counter()
        child = subprocess.Popen(
            [str(part) for part in command], cwd=ROOT, stdout=out, env={**os.environ, **(environment or {})}
        )
        _pid, status, usage = os.wait4(child.pid, 0)
        wall_s = time.perf_counter() - started_s
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            raise RuntimeError(f"{' '.join(map(str, command))} ended with {child.returncode}")
        out.seek(0)
        return Cost(usage.ru_utime + usage.ru_stime, wall_s, usage.ru_maxrss / 1024, out.read())


def read_resident_mb() -> float:
    """Resident memory of this process now (proc(5), statm)."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def provide_sample_day(home: Path, sample: Path | None) -> None:
    """Make a memory of the sample day: a copy of one that is there, or imported."""
    if sample is None:
        import_into(home, [SAMPLE_DAY])
    else:
        shutil.copytree(sample, home)


def import_into(home: Path, paths: Sequence[Path]) -> None:
    """Import files through the command line; what is there already is not read again."""
    subprocess.run([*MADELEINE, "--home", home, "import", *paths], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)


@contextmanager
def working_folder(kept: Path | None) -> Iterator[Path]:
    """The folder a person named, kept for the next run, or one that is removed at the end."""
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept.absolute()
        return
    with tempfile.TemporaryDirectory(prefix="madeleine-bench-") as folder:
        yield Path(folder)


def require_data(*names: str) -> bool:
    """Whether the development data is here; says so where it is not."""
    missing = [name for name in names if not (DATA / name).is_dir()]
    if missing:
        print(f"skipped: {', '.join(str(DATA / name) for name in missing)} is not here", file=sys.stderr)
    return not missing


def print_table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows under a head: the first column to the left, numbers to the right with three decimals."""
    cells = [[f"{cell:.3f}" if isinstance(cell, float) else str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(head))]
    for row in cells:
        print("  ".join(c.ljust(w) if i == 0 else c.rjust(w) for i, (c, w) in enumerate(zip(row, widths, strict=True))))
    print(flush=True)
