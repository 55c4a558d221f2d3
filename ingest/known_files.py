"""Which files on the disk hold what is in the memory already, so that a library that did not change is not read again.

Role: remembers the content hash of a file as it stood (path, device, inode, size, time of change). The notes lie in the
home as hashes that tell no name. They only save reading: whoever asks still checks that the memory has the content.
"""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

from memory.home import open_private

NOTES = "known_files.txt"
# A file changed within the same tick as it was read would look unchanged: younger files are not noted.
# Source: git's documentation, "racy git".
_SETTLED_NS = 3 * 10**9


class KnownFiles:
    """The notes of one home; new ones are appended as they come."""

    def __init__(self, home: Path) -> None:
        self._path = home / NOTES
        self._known = _read(self._path)

    def find(self, path: Path, state: os.stat_result) -> str | None:
        """The hash (sha256) of the bytes that this file held in this state, or None where nobody knows."""
        return self._known.get(_mark(path, state))

    def note(self, path: Path, state: os.stat_result, sha256: str) -> None:
        """Note what a file held; ``state`` is from before it was read."""
        mark = _mark(path, state)
        if self._known.get(mark) == sha256 or time.time_ns() - state.st_mtime_ns < _SETTLED_NS:
            return
        self._known[mark] = sha256
        descriptor = open_private(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(f"{mark} {sha256}\n")


def _mark(path: Path, state: os.stat_result) -> str:
    told = f"{path}\0{state.st_dev}\0{state.st_ino}\0{state.st_size}\0{state.st_mtime_ns}\0{state.st_ctime_ns}"
    return hashlib.sha256(told.encode(errors="surrogateescape")).hexdigest()[:32]


def _read(path: Path) -> dict[str, str]:
    try:
        lines = path.read_text(encoding="ascii", errors="replace").splitlines()
    except FileNotFoundError:
        return {}
    parts = (line.split() for line in lines)
    return {pair[0]: pair[1] for pair in parts if len(pair) == 2 and len(pair[1]) == 64}
