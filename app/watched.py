"""Folders that are watched while the window is open: which, how each stands, and which files in them are new.

Role: joins the setting with ``ingest.watch``. It looks and notes; importing is whoever's asked for the files.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.clock import now_us
from app.errors import Exit, UserError
from ingest.watch import FolderWatch

if TYPE_CHECKING:
    from app.engine import Engine

SETTING = "watched_folders"


@dataclass(frozen=True, slots=True)
class WatchedFolder:
    """One folder; ``n_files`` of the memory came from it, as far as that was counted."""

    path: Path
    is_there: bool
    n_files: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchLook:
    """What one look has shown.

    Attributes:
        folders: All that are watched.
        ready: Files that are new and complete; to be imported, and then noted with ``WatchDesk.note_done``.
        at_us: When it was.
        took_s: How long it took.
    """

    folders: tuple[WatchedFolder, ...]
    ready: tuple[Path, ...]
    at_us: int
    took_s: float


class WatchDesk:
    """The watched folders of one memory. Thread-safe."""

    def __init__(self, engine: Engine, home: Path) -> None:
        self._engine = engine
        self._home = home
        self._looking = threading.Lock()
        self._paths: tuple[Path, ...] = ()
        self._watch: FolderWatch | None = None

    def list_folders(self) -> tuple[Path, ...]:
        """The folders, as they were added."""
        return parse_folders(self._engine.settings.watched_folders)

    def count(self) -> tuple[WatchedFolder, ...]:
        """The folders, each with how many files came from it."""
        memory = self._engine.memory
        return tuple(
            WatchedFolder(path, path.is_dir(), len(memory.sources.list_under([path]))) for path in self.list_folders()
        )

    def add(self, folder: Path) -> None:
        """Watch a folder, with all in it, from now on.

        Raises:
            UserError: there is none, or it is watched already.
        """
        path = folder.expanduser().absolute()
        if not path.is_dir():
            raise UserError(f"There is no folder “{path}”.", hint="Check the path.", code=Exit.NOT_FOUND)
        if path.is_relative_to(self._home.absolute()):
            raise UserError(f"“{path}” is part of the memory itself.", hint="Choose another folder.")
        folders = self.list_folders()
        inside = next((other for other in folders if path.is_relative_to(other)), None)
        if inside is not None:
            raise UserError(f"“{path}” is watched already, with “{inside}”.")
        self._keep([other for other in folders if not other.is_relative_to(path)] + [path])

    def remove(self, folder: Path) -> None:
        """Watch a folder no more; what was imported from it stays."""
        self._keep([other for other in self.list_folders() if other != folder])

    def look(self) -> WatchLook:
        """Look once. Where files went and none came it is noted that their originals are gone; their copies stay."""
        with self._looking:
            started_s = time.monotonic()
            watch = self._current()
            paths = self._paths
            ready = watch.look(started_s) if paths else []
            gone = watch.take_folders_with_gone(started_s) if paths and not ready else []
            if gone:
                self._engine.note_originals(gone)
            folders = tuple(WatchedFolder(path, path.is_dir()) for path in paths)
            took_s = time.monotonic() - started_s
            return WatchLook(folders=folders, ready=tuple(ready), at_us=now_us(), took_s=took_s)

    def note_done(self, paths: tuple[Path, ...]) -> None:
        """These were imported, or cannot be, as they were when they were handed on."""
        with self._looking:
            if self._watch is not None:
                self._watch.note_done(paths)

    def _current(self) -> FolderWatch:
        """The watch on the folders of the setting; made anew when they change."""
        paths = self.list_folders()
        if self._watch is None or paths != self._paths:
            self._paths, self._watch = paths, FolderWatch(paths, home=self._home)
        return self._watch

    def _keep(self, folders: list[Path]) -> None:
        self._engine.change_setting(SETTING, "\n".join(str(path) for path in folders))


def parse_folders(text: str) -> tuple[Path, ...]:
    """Read the setting: one folder a line."""
    return tuple(dict.fromkeys(Path(line.strip()) for line in text.splitlines() if line.strip()))
