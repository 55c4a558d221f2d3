"""The data folder: its layout, its permissions and the lock that gives it one owner.

Role: knows paths, modes and the lock file. It opens no database and reads no content.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from memory.errors import DiskFull, HomeLocked, HomeUnusable, MemoryFault

DIR_MODE = 0o700
FILE_MODE = 0o600
_FULL = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}


class Home:
    """Paths inside one data folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.database = root / "memory.db"
        self.lock = root / "lock"
        self.media = root / "media"
        self.thumbnails = root / "thumbnails"
        self.index = root / "index"
        self.matrices = root / "index" / "exact"
        self.backups = root / "backups"

    def create(self) -> None:
        """Make the folders that are missing, each 0700 whatever the umask, and tighten those that are not.

        Raises:
            HomeUnusable: a folder cannot be made or is not ours.
            DiskFull: no room.
        """
        with explained(self.root):
            for folder in (self.root, self.media, self.thumbnails, self.index, self.matrices, self.backups):
                make_dir(folder)
            if not os.access(self.root, os.W_OK | os.X_OK):
                raise PermissionError(errno.EACCES, "not writable", str(self.root))


def make_dir(folder: Path) -> None:
    """Make a folder and its missing parents; the folder itself gets mode 0700."""
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=DIR_MODE, exist_ok=True)
    if folder.stat().st_mode & 0o777 != DIR_MODE:
        folder.chmod(DIR_MODE)


def open_private(path: Path, flags: int) -> int:
    """Open a file of the home; it has mode 0600 from the first moment on.

    Args:
        path: The file.
        flags: ``os.O_*`` flags; close-on-exec and (on Windows) binary are added.
    """
    descriptor = os.open(path, flags | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0), FILE_MODE)
    if flags & os.O_CREAT and hasattr(os, "fchmod"):
        os.fchmod(descriptor, FILE_MODE)
    return descriptor


def write_whole(path: Path, text: str, *, is_synced: bool = True) -> None:
    """Write a small file of the home so that a crash leaves the old one or the new one, never half of it; mode 0600.

    Args:
        path: The file; its new words lie beside it as ``.part`` until they are whole.
        text: What it holds.
        is_synced: Whether it is on disk when this returns; without, a crash of the machine may leave the old one.

    Raises:
        OSError: it could not be written.
    """
    part = path.with_suffix(".part")
    with os.fdopen(open_private(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), "w", encoding="utf-8") as file:
        file.write(text)
        if is_synced:
            file.flush()
            os.fsync(file.fileno())
    part.replace(path)


def sync_dir(folder: Path) -> None:
    """Make the names in a folder durable (nothing to do where folders cannot be opened)."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn an ``OSError`` inside the home into an error with words and a hint."""
    try:
        yield
    except OSError as error:
        raise to_fault(error, path) from error


def to_fault(error: OSError, path: Path) -> MemoryFault:
    """Say in words what the system could not do with ``path``."""
    if error.errno in _FULL:
        return DiskFull(
            "The disk is full. Nothing that was stored before is lost.", hint="Free some space, then do it again."
        )
    reason = os.strerror(error.errno) if error.errno else str(error)
    return HomeUnusable(f"Cannot use {path}: {reason}.", hint="Check that the folder exists and belongs to you.")


class HomeLock:
    """The lock of a data folder, held until ``release`` or the end of the process (even by SIGKILL)."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: BinaryIO | None = None

    def acquire(self) -> None:
        """Become the owner.

        Raises:
            HomeLocked: another process (or another ``Memory`` of this one) is.
        """
        with explained(self._path):
            file = os.fdopen(open_private(self._path, os.O_RDWR | os.O_CREAT), "r+b")
        if not _try_lock(file):
            owner = file.read(32).decode("ascii", "replace").strip() or "unknown"
            file.close()
            raise HomeLocked(
                f"Another Madeleine (process {owner}) has this memory open.",
                hint="Close its window, or wait until it is done.",
            )
        file.seek(0)
        file.truncate()
        file.write(f"{os.getpid()}\n".encode())
        file.flush()
        self._file = file

    def release(self) -> None:
        """Give the folder back; safe to call twice. The file stays: deleting it would let two owners in."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _try_lock(file: BinaryIO) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(1024)  # past the pid, which others may read
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            file.seek(0)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EAGAIN, errno.EACCES, errno.EDEADLK):
            file.seek(0)
            return False
        raise to_fault(error, Path(str(file.name))) from error
    return True
