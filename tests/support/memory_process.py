"""Run a few lines against a memory in another process, so that it can be killed."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

from memory.failpoints import VARIABLE

ROOT = Path(__file__).resolve().parents[2]
PRELUDE = """
import os, sys
from pathlib import Path
from memory.records import *
from memory.store import Memory, Scope, VectorRow
from tests.support.memory_samples import build_utterance, hash_vector
home = Path(sys.argv[1])
def rows(moments):
    return [VectorRow(m.id, unit, 0, hash_vector(m.text)) for m in moments for unit in ("moment", "window")]
"""


def run_python(script: str, *arguments: object, failpoint: str = "") -> subprocess.CompletedProcess[str]:
    """Run a script with ``home`` (the first argument) and the usual names at hand.

    Args:
        script: Python statements.
        arguments: What stands in ``sys.argv[1:]``.
        failpoint: Where the process dies, or "".
    """
    environment = {**os.environ, VARIABLE: failpoint, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-c", PRELUDE + textwrap.dedent(script), *map(str, arguments)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
