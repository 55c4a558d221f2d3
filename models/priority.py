"""Who goes first on a processor that several threads of one process want.

Role: lets what computes stand behind what paints and records. It limits nobody's work where the processor is free.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading

# All that somebody waits for alike: one that stood further back than others would hold them up whenever it has what
# they wait for, the interpreter above all, and is not let on (5 gives a thread a third of the weight of one at 0).
BEHIND = 5
LAST = 15  # what nobody waits for and what ends when somebody comes


def step_back(to: int = BEHIND) -> None:
    """Let the other threads of this process go first: those that paint, and those that record.

    Threads that it makes from here on, also those of the libraries that compute for it, stand where it stands. Under
    Linux only; Windows and macOS favour the window in front by themselves. One that stands further back stays there.

    Args:
        to: The nice value to stand at.

    Source: sched(7), "The nice value": under Linux it is of each thread, and inherited by those it makes.
    """
    if sys.platform == "linux":
        me = threading.get_native_id()
        with contextlib.suppress(OSError):  # a sandbox may forbid it: then all share alike
            os.setpriority(os.PRIO_PROCESS, me, max(to, os.getpriority(os.PRIO_PROCESS, me)))
