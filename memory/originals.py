"""Where the files lie that were imported: that one moved, that one is gone, that one is back.

Role: keeps the paths of sources and moments true, and what is known of them. It never touches an original, and nothing
that is kept goes because an original went.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePath

from memory.database import Connection
from memory.moments import read_numbered
from memory.texts import dump_path, load_path
from memory.writing import write_moments


def list_origins(connection: Connection) -> dict[str, str]:
    """Hashes of all sources with the paths of their originals."""
    rows = connection.execute("SELECT sha256, path FROM source")
    return {str(sha256): load_path(path) for sha256, path in rows}


def list_under(connection: Connection, folders: Iterable[PurePath]) -> dict[str, str]:
    """Paths (as they were imported) of the sources that lay in some folders and of which something is kept.

    Returns:
        Their hashes by path.
    """
    wanted = [str(folder).rstrip("/\\") for folder in folders]
    kept = "SELECT sha256, path FROM source WHERE EXISTS (SELECT 1 FROM moment WHERE moment.source = source.sha256)"
    return {
        path: sha256
        for sha256, path in ((str(row[0]), load_path(row[1])) for row in connection.execute(kept))
        if any(path.startswith(folder) and path[len(folder) : len(folder) + 1] in ("/", "\\") for folder in wanted)
    }


def list_gone(connection: Connection) -> set[str]:
    """Hashes of the sources whose original is noted as gone."""
    return {str(row[0]) for row in connection.execute("SELECT sha256 FROM source WHERE is_gone")}


def move_source(connection: Connection, sha256: str, path: str) -> None:
    """Note that an original lies elsewhere now."""
    connection.execute("UPDATE source SET path = ?, is_gone = 0 WHERE sha256 = ?", (dump_path(path), sha256))
    numbers = [row[0] for row in connection.execute("SELECT n FROM moment WHERE source = ?", (sha256,))]
    moments = read_numbered(connection, numbers).values()
    write_moments(connection, [replace(m, details={**m.details, "path": path}) for m in moments])


def note_gone(connection: Connection, hashes: Iterable[str], *, is_gone: bool) -> None:
    """Note that the originals of sources are gone, or are back."""
    connection.executemany("UPDATE source SET is_gone = ? WHERE sha256 = ?", [(is_gone, each) for each in hashes])
