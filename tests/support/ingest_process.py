"""Import in another process, so that it can be killed: ``python -m tests.support.ingest_process HOME PATH...``."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from memory.failpoints import VARIABLE
from memory.store import Memory
from tests.support.ingest_files import build_importer

ROOT = Path(__file__).resolve().parents[2]


def run_import(home: Path, *paths: Path, failpoint: str = "") -> tuple[int, dict[str, Any]]:
    """Import in a child process.

    Returns:
        Its exit code (-9 when it was killed) and its report (empty when it was).
    """
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.ingest_process", str(home), *map(str, paths)],
        cwd=ROOT,
        env={**os.environ, VARIABLE: failpoint},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    if done.returncode > 0:
        raise AssertionError(done.stderr)
    return done.returncode, json.loads(done.stdout) if done.stdout else {}


def main(arguments: list[str]) -> None:
    """Import, print the report, and leave."""
    with Memory.open(Path(arguments[0]), use_chroma=False) as memory:
        importer = build_importer(memory)
        report = importer.import_paths([Path(path) for path in arguments[1:]])
        importer.close()
    print(json.dumps(asdict(report)))


if __name__ == "__main__":
    main(sys.argv[1:])
