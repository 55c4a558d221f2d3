"""Folders that are needed for a moment: made beneath one place of our own, and swept there after a kill.

Role: a folder is locked by the process that made it for as long as it lives; what nobody has locked was left by one
that was killed. What is put in is the caller's.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path


def passing_home() -> Path:
    """Where such folders are made: in the user's own cache."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "madeleine" / "passing"


@contextlib.contextmanager
def passing_folder(home: Path) -> Iterator[Path]:
    """A folder of this process alone (mode 0700), gone at the end; before, what killed processes left is swept.

    Raises:
        OSError: it cannot be made.
        ImportError: the system has no locks of this kind (Windows).
    """
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _locked(home):  # so that nobody sweeps a folder between its making and its lock
        _sweep(home)
        folder = Path(tempfile.mkdtemp(dir=home))
        lock = contextlib.ExitStack()
        lock.enter_context(_locked(folder))
    with lock:
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _sweep(home: Path) -> None:
    for folder in home.iterdir():
        with contextlib.suppress(OSError), _locked(folder, waits=False) as is_ours:
            if is_ours:
                shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _locked(folder: Path, *, waits: bool = True) -> Iterator[bool]:
    """Lock a folder, and say whether it is; the system lets go of it when the process ends, however it ends."""
    import fcntl

    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if waits else fcntl.LOCK_NB))
    except BlockingIOError:
        os.close(handle)
        yield False
        return
    try:
        yield True
    finally:
        os.close(handle)
