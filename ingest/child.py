"""Our own modules in a process of their own, and what they say: a line of JSON, then the bytes that it announces.

Role: what the readers of pictures, videos and screens share, on both sides of the pipe. A hostile file can end a child,
or keep it busy; the parent has a limit for each message and ends it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def start(module: str, *words: str, takes_requests: bool = False) -> subprocess.Popen[bytes]:
    """Start a module as a child with one thread, deaf to what the user's environment says of Python.

    Args:
        module: Named in ``packaging/bundle/entry.py`` as well, for a bundle has no other Python than itself.
        words: Its arguments.
        takes_requests: Whether it is written to.
    """
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    return subprocess.Popen(
        [sys.executable, "-P", "-m", module, *words],
        stdin=subprocess.PIPE if takes_requests else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | threads | {"PYTHONPATH": os.pathsep.join(paths)},
    )


def read_message(child: subprocess.Popen[bytes], limit_s: float) -> tuple[dict[str, Any], bytes]:
    """Wait for the next message of a child; one that takes too long is killed.

    Not by ``select``, which knows no pipes on Windows.

    Args:
        child: As ``start`` gave it.
        limit_s: How long it may take.

    Raises:
        TimeoutError: it took longer.
        EOFError: the child is gone.
        ValueError: what it said is no message.
    """
    assert child.stdout is not None
    is_late = threading.Event()

    def give_up() -> None:
        is_late.set()
        child.kill()

    watchdog = threading.Timer(limit_s, give_up)
    watchdog.daemon = True
    watchdog.start()
    try:
        line = child.stdout.readline()
        if line.endswith(b"\n"):
            head = json.loads(line)
            body = child.stdout.read(int(head["n_bytes"]))
            if len(body) == head["n_bytes"]:
                return head, body
    finally:
        watchdog.cancel()
        watchdog.join()
    raise TimeoutError if is_late.is_set() else EOFError


def tell(head: dict[str, Any], body: bytes = b"") -> None:
    """Say something, in the child."""
    out = sys.stdout.buffer
    out.write(json.dumps({**head, "n_bytes": len(body)}).encode() + b"\n")
    out.write(body)
    out.flush()


def end(child: subprocess.Popen[bytes]) -> None:
    """End a child, whatever it is doing."""
    child.kill()
    child.wait()
    for pipe in (child.stdin, child.stdout):
        if pipe:
            try:
                pipe.close()
            except BrokenPipeError:
                continue  # what was still to be written has no reader any more
