"""Which originals of imported folders are gone, and which are back.

Role: compares what a walk over folders found with what was imported from them. It changes no file; what was kept stays.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from ingest.records import ImportNote
from memory.store import Memory


def note_originals(memory: Memory, paths: Sequence[Path], found: Sequence[Path]) -> list[ImportNote]:
    """Note on moments whose files lay in these folders whether the files are still there.

    Args:
        memory: Where from and where to.
        paths: What was imported; only the folders among them are compared.
        found: The files that the walk over them met.

    Returns:
        A note for each original that is newly found to be gone.
    """
    folders = [Path(path).expanduser() for path in paths]
    folders = [path for path in folders if path.is_absolute() and path.is_dir()]
    if not folders:
        return []
    there = {str(path) for path in found}
    known = memory.sources.list_under(folders)
    noted = memory.sources.list_gone()
    lost = {path: sha256 for path, sha256 in known.items() if path not in there and not os.path.lexists(path)}
    gone = {path: sha256 for path, sha256 in lost.items() if sha256 not in noted}
    back = [sha256 for path, sha256 in known.items() if sha256 in noted and path not in lost]
    if gone or back:
        memory.sources.note(gone=gone.values(), back=back)
    return [ImportNote(path, "its original is gone; what the memory has of it stays") for path in sorted(gone)]
