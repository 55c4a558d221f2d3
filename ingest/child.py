"""Our own modules in a process of their own, and what they say: a line of JSON, then the bytes that it announces.

Role: what the readers of pictures and of videos share, on both sides of the pipe. A hostile file can end a child, or
keep it busy; the parent has a deadline for each message and ends it.
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
_N_BYTES = 1 << 20


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


def read_message(descriptor: int, buffer: bytearray, deadline_s: float) -> tuple[dict[str, Any], bytes]:
    """Wait for the next message of a child.

    Args:
        descriptor: What it writes to.
        buffer: What was received and not read yet; the caller keeps it between messages.
        deadline_s: ``time.monotonic`` at which it is given up.

    Raises:
        TimeoutError: the deadline has passed.
        EOFError: the child is gone.
        ValueError: what it said is no message.
    """
    while b"\n" not in buffer:
        buffer += _receive(descriptor, deadline_s)
    at = buffer.index(b"\n")
    head = json.loads(buffer[:at])
    del buffer[: at + 1]
    n_bytes = int(head["n_bytes"])
    while len(buffer) < n_bytes:
        buffer += _receive(descriptor, deadline_s)
    with memoryview(buffer) as view:
        body = bytes(view[:n_bytes])
    del buffer[:n_bytes]
    return head, body


def _receive(descriptor: int, deadline_s: float) -> bytes:
    left_s = deadline_s - time.monotonic()
    if left_s <= 0 or not select.select([descriptor], [], [], left_s)[0]:
        raise TimeoutError
    data = os.read(descriptor, _N_BYTES)
    if not data:
        raise EOFError
    return data


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
