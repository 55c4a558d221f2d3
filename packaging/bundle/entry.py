"""What the bundle starts: the command line, or one of our modules in a process of its own.

A part that reads hostile files, and pip, are started as ``python -P -m MODULE``; in a bundle there is no other Python
than itself, so that these words are understood here, for these modules and for no others.
"""

from __future__ import annotations

import runpy
import sys

MODULES = (
    "app.measure_model",
    "app.ui.screen_agent",
    "ingest.decode_worker",
    "ingest.video_worker",
    "memory.chroma",
    "pip",
)


def main() -> int:
    """Run what was asked for; returns the exit code."""
    words = sys.argv[1:]
    if words[:1] == ["-P"]:
        words = words[1:]
    if words[:1] == ["-m"] and words[1:2] and words[1] in MODULES:
        sys.argv = words[1:]
        runpy.run_module(words[1], run_name="__main__", alter_sys=True)
        return 0
    from app.cli import main as run

    return run()


if __name__ == "__main__":
    sys.exit(main())
