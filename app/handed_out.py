"""Copies of pictures that are handed to other programs by dragging or copying.

Role: another program may write into what it is given, so it never gets the file that the memory keeps. The copies lie
in the data folder, are named so that a person knows them again, and go when the next one is made, when something is
forgotten, and at the end; what a dead process left goes at the next start.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path


class HandedOut:
    """The folder of copies.

    Args:
        folder: Made when it is needed.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def copy(self, source: Path, name: str) -> Path:
        """Copy a file under another name; the copies before it go.

        Raises:
            OSError: it is not there, or there is no room.
        """
        self.clear()
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        target = self._folder / name
        with source.open("rb") as read, os.fdopen(os.open(target, os.O_CREAT | os.O_WRONLY, 0o600), "wb") as out:
            shutil.copyfileobj(read, out)
        return target

    def clear(self) -> None:
        """Delete all copies."""
        shutil.rmtree(self._folder, ignore_errors=True)
