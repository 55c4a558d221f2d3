"""What is said while the sound libraries are hushed."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import os, sys
from ingest.microphone import _hushed
with _hushed():
    os.write(2, b"chatter of a library")
    print("nothing is kept", file=sys.stderr, flush=True)
os.write(2, b"later")
"""


def test_libraries_are_hushed_and_our_own_words_are_not() -> None:
    ran = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    assert ran.stderr == "nothing is kept\nlater"
