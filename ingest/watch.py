"""Which files of watched folders are new and complete: looked at again and again, handed on once.

Role: folders in, paths out. What counts as a file to import is the import's own walk (``files.walk``). What was done is
noted in the home, as hashes that tell no name: what the user had forgotten must not come back at the next start because
its file still lies there. A file whose import was torn off is not noted and is handed on again.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.files import walk
from memory.home import open_private

SETTLED_S = 2.0  # a file that has not changed for so long may be complete
NOTES = "watched.txt"
AT_ONCE = 50  # handed on together: what comes meanwhile does not wait for thousands
_UNFINISHED = frozenset({".part", ".partial", ".crdownload", ".download", ".tmp", ".temp", ".filepart", ".opdownload"})


@dataclass(frozen=True, slots=True)
class _Mark:
    """What tells one state of a file from another."""

    inode: int
    n_bytes: int
    changed_ns: int

    def hash_with(self, path: Path) -> str:
        """Stands for this state of this file."""
        return hashlib.sha256(f"{path}\0{self}".encode(errors="surrogateescape")).hexdigest()[:32]


class FolderWatch:
    """Looks for files that came into folders, whatever wrote them.

    Args:
        folders: Where to look, with all folders in them.
        home: The data folder of the memory; holds the notes, and is left out where one of the folders holds it.
    """

    def __init__(self, folders: Sequence[Path], *, home: Path) -> None:
        self._folders = tuple(folders)
        self._home = home
        self._seen: dict[Path, tuple[_Mark, float]] = {}
        self._there: frozenset[Path] | None = None
        self._gone_s: float | None = None
        self._done = _read_notes(home / NOTES)

    def look(self, now_s: float) -> list[Path]:
        """Complete files that were not handed on as they are now, at most ``AT_ONCE``.

        Args:
            now_s: Monotonic seconds.
        """
        seen: dict[Path, tuple[_Mark, float]] = {}
        ready: list[Path] = []
        there: set[Path] = set()
        for path in walk(self._folders, home=self._home if self._home.is_dir() else None):
            if not isinstance(path, Path) or path.suffix.lower() in _UNFINISHED:
                continue
            there.add(path)
            mark = _read_mark(path)
            if mark is None or not mark.n_bytes or mark.hash_with(path) in self._done:
                continue
            before, since_s = self._seen.get(path, (None, now_s))
            seen[path] = (mark, since_s if before == mark else now_s)
            settled = now_s - seen[path][1] >= SETTLED_S
            if settled and len(ready) < AT_ONCE and not is_being_written(path):
                ready.append(path)
        self._seen = seen
        if self._there is not None and not self._there <= there:
            self._gone_s = now_s
        self._there = frozenset(there)
        return ready

    def take_folders_with_gone(self, now_s: float) -> list[Path]:
        """The folders, once, when files have gone from them and what took their place has had time to settle.

        They are not imported again for it: what the user had forgotten must not come back.
        """
        if self._gone_s is None or now_s - self._gone_s < 2 * SETTLED_S:
            return []
        self._gone_s = None
        return [folder for folder in self._folders if folder.is_dir()]

    def note_done(self, paths: Sequence[Path]) -> None:
        """These were imported, or cannot be, as they were when ``look`` gave them."""
        hashes = [self._seen.pop(path)[0].hash_with(path) for path in paths]
        self._done.update(hashes)
        descriptor = open_private(self._home / NOTES, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.writelines(f"{one}\n" for one in hashes)


def is_being_written(path: Path) -> bool:
    """Whether some program has a file open for writing, as far as the system tells.

    Source: Linux fcntl(2), "Leases": a read lease can be placed only on a file that nobody has open for writing.
    Elsewhere, on file systems without leases and on files of other users nothing is known, and the answer is no.
    """
    try:
        import fcntl
    except ImportError:  # Windows
        return False
    if not hasattr(fcntl, "F_SETLEASE"):
        return False
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    except OSError:
        return False  # said in words by the one who imports it
    try:
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return False


def _read_notes(path: Path) -> set[str]:
    try:
        return set(path.read_text(encoding="ascii", errors="replace").split())
    except FileNotFoundError:
        return set()


def _read_mark(path: Path) -> _Mark | None:
    with contextlib.suppress(OSError):
        found = path.stat()
        return _Mark(found.st_ino, found.st_size, found.st_mtime_ns)
    return None
