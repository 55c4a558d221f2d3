"""Where the files lie that were imported: that one moved, that one is gone, that one is back.

Role: keeps the paths in sources and moments true. It never touches an original, and nothing that is kept goes because
an original went.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePath

from memory.database import Connection
from memory.moments import read_numbered
from memory.records import Moment
from memory.texts import dump_path, load_path
from memory.writing import write_moments


def list_origins(connection: Connection) -> dict[str, str]:
    """Hashes of all sources with the paths of their originals."""
    rows = connection.execute("SELECT sha256, path FROM source")
    return {str(sha256): load_path(path) for sha256, path in rows}


def list_under(connection: Connection, folders: Iterable[PurePath]) -> dict[str, str]:
    """Paths (as they were imported) of the sources that lay in some folders, with their hashes."""
    wanted = [str(folder).rstrip("/\\") for folder in folders]
    return {
        path: sha256
        for sha256, path in list_origins(connection).items()
        if any(path.startswith(folder) and path[len(folder) : len(folder) + 1] in ("/", "\\") for folder in wanted)
    }


def list_gone(connection: Connection) -> set[str]:
    """Hashes of the sources whose original is noted as gone."""
    return {str(row[0]) for row in connection.execute(LIST_GONE)}


LIST_GONE = "SELECT DISTINCT source FROM moment WHERE details ->> 'original' = 'gone'"


def move_source(connection: Connection, sha256: str, path: str) -> None:
    """Note that an original lies elsewhere now."""
    connection.execute("UPDATE source SET path = ? WHERE sha256 = ?", (dump_path(path), sha256))
    moments = _of_source(connection, sha256)
    write_moments(connection, [_there(replace(m, details={**m.details, "path": path})) for m in moments])


def note_gone(connection: Connection, hashes: Iterable[str], *, is_gone: bool) -> int:
    """Note on the moments of sources that the original is gone, or is back; returns how many changed."""
    changed: list[Moment] = []
    for sha256 in hashes:
        moments = [_there(moment) for moment in _of_source(connection, sha256)]
        changed += [replace(m, details={**m.details, "original": "gone"}) for m in moments] if is_gone else moments
    changes = write_moments(connection, changed)
    return len(changes.updated)


def _there(moment: Moment) -> Moment:
    return replace(moment, details={key: value for key, value in moment.details.items() if key != "original"})


def _of_source(connection: Connection, sha256: str) -> list[Moment]:
    numbers = [row[0] for row in connection.execute("SELECT n FROM moment WHERE source = ?", (sha256,))]
    return list(read_numbered(connection, numbers).values())
