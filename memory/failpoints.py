"""Places where a test may kill the process, to show that nothing reported is lost.

Role: ``hit(name)`` does nothing unless the environment names this very point in ``MADELEINE_FAILPOINT``; then the
process dies at once (SIGKILL), as in a power cut. Nothing in normal use sets that variable.
"""

from __future__ import annotations

import os
import signal

VARIABLE = "MADELEINE_FAILPOINT"


def hit(name: str) -> None:
    """Die here if the environment asks for it.

    Args:
        name: The point's name. "name:3" in the environment dies at the third visit.
    """
    wanted = os.environ.get(VARIABLE)
    if not wanted:
        return
    point, _, count = wanted.partition(":")
    if point != name:
        return
    left = int(count or 1) - 1
    if left > 0:
        os.environ[VARIABLE] = f"{point}:{left}"
        return
    _die()


def _die() -> None:
    kill = getattr(signal, "SIGKILL", signal.SIGTERM)  # Windows has no SIGKILL; TerminateProcess is what SIGTERM does
    os.kill(os.getpid(), kill)
