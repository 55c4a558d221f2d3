"""The imported files of one memory, and what became of their originals; each verb is one transaction.

Role: the part of ``Memory`` that deals with sources, as ``memory.sources``. It never touches an original.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from memory import moments as table
from memory import originals
from memory.database import Database
from memory.records import Source


class SourceBook:
    """The sources of one memory. Made by ``Memory``; safe from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, source: Source) -> bool:
        """Record an imported file; False when it was there already."""
        with self._database.transaction() as connection:
            return table.add_source(connection, source)

    def find(self, sha256: str) -> Source | None:
        """Find an imported file by the hash of its bytes."""
        with self._database.read() as connection:
            return table.find_source(connection, sha256)

    def list_under(self, folders: Sequence[Path]) -> dict[str, str]:
        """Paths of imported files that lay in some folders, with the hashes of their bytes."""
        with self._database.read() as connection:
            return originals.list_under(connection, folders)

    def list_origins(self) -> dict[str, str]:
        """Hashes of all imported files with the paths of their originals."""
        with self._database.read() as connection:
            return originals.list_origins(connection)

    def list_gone(self) -> set[str]:
        """Hashes of imported files whose original is noted as gone."""
        with self._database.read() as connection:
            return originals.list_gone(connection)

    def move(self, sha256: str, path: Path) -> None:
        """Note that an imported file lies elsewhere now; its moments stay the same."""
        with self._database.transaction() as connection:
            originals.move_source(connection, sha256, str(path))

    def note(self, *, gone: Iterable[str] = (), back: Iterable[str] = ()) -> None:
        """Note which originals (hashes) are gone or back; nothing kept goes."""
        with self._database.transaction() as connection:
            originals.note_gone(connection, gone, is_gone=True)
            originals.note_gone(connection, back, is_gone=False)
