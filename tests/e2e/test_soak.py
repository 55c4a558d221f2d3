"""Half a minute of what benchmarks/soak.py does for an hour: whatever is pressed, nothing warns, raises or crashes."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.support.e2e_process import ROOT, Day

SECONDS = 30


def test_pressing_anything_troubles_nothing(day: Day) -> None:
    command = [sys.executable, "benchmarks/soak.py", "--minutes", str(SECONDS / 60), "--seed", "7"]
    done = subprocess.run(
        [*command, "--sample", str(day.madeleine.home)],
        cwd=ROOT,
        env={**os.environ, "MADELEINE_MODELS": str(day.madeleine.models), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert "0 troubles, closed in time: True" in done.stdout
