"""What a memory holds and whether it is sound, for ``doctor``.

Role: counts and checks; it repairs nothing. Details carry counts, never content.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from memory import timeline
from memory.database import SQLITE_VERSION, Database
from memory.home import DIR_MODE, FILE_MODE, Home
from memory.index import DerivedIndex, read_index_state
from memory.media import MediaStore
from memory.records import Media


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Counts of one memory.

    Attributes:
        vectors_pending: Moments on the embedders' lists.
        outbox_pending: Changes of vectors that the derived index has not got yet.
        index_state: "none", "ready", "building" or "broken" (searches are exact then).
        index_generation: Number of the index's folder; 0 when there is none.
    """

    moments: int
    sessions: int
    sources: int
    vectors: int
    vectors_pending: int
    outbox_pending: int
    jobs: dict[str, int]
    media_files: int
    media_bytes: int
    database_bytes: int
    sqlite_version: str
    index_generation: int
    index_state: str


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    ok: bool
    detail: str
    hint: str = ""


def read_status(database: Database, home: Home, media: MediaStore) -> Status:
    """Count."""
    with database.snapshot() as connection:

        def count(table: str) -> int:
            return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

        jobs = {str(s): int(n) for s, n in connection.execute("SELECT state, count(*) FROM job GROUP BY state")}
        index = read_index_state(connection)
        sizes = [path.stat().st_size for path in media.iter_files()]
        return Status(
            moments=count("moment"),
            sessions=count("session"),
            sources=count("source"),
            vectors=count("vector"),
            vectors_pending=count("unembedded"),
            outbox_pending=count("outbox"),
            jobs=jobs,
            media_files=len(sizes),
            media_bytes=sum(sizes),
            database_bytes=sum(
                path.stat().st_size for path in home.root.glob(home.database.name + "*") if path.is_file()
            ),
            sqlite_version=SQLITE_VERSION,
            index_generation=index.generation,
            index_state=_say_index(index.generation, building=index.building, is_broken=index.is_broken),
        )


def run_checks(database: Database, home: Home, media: MediaStore, index: DerivedIndex | None) -> list[Check]:
    """Look at everything: database, words, numbers of the timeline, media files, permissions, derived index."""
    checks = [_check_database(database), _check_words(database), _check_timeline(database)]
    checks.append(_check_media(database, media))
    if sys.platform != "win32":
        checks.append(_check_modes(home))
    if index is not None:
        checks.append(_check_index(index))
    return checks


def _say_index(generation: int, *, building: int, is_broken: bool) -> str:
    if is_broken:
        return "broken"
    if building:
        return "building"
    return "ready" if generation else "none"


def _check_database(database: Database) -> Check:
    damage = database.find_damage()
    if not damage:
        return Check("database", True, f"sound, SQLite {SQLITE_VERSION}")
    return Check("database", False, f"{len(damage)} faults", "Restore a backup; the file was left as it is.")


def _check_words(database: Database) -> Check:
    with database.snapshot() as connection:
        n_wrong = sum(
            int(connection.execute(statement).fetchone()[0])
            for table in ("moment_words", "window_words")
            for statement in (
                f"SELECT count(*) FROM moment WHERE n NOT IN (SELECT id FROM {table}_docsize)",
                f"SELECT count(*) FROM {table}_docsize WHERE id NOT IN (SELECT n FROM moment)",
            )
        )
    if n_wrong == 0:
        return Check("words", True, "every moment can be searched by its words")
    return Check("words", False, f"{n_wrong} rows differ", "Run `madeleine reindex`.")


def _check_timeline(database: Database) -> Check:
    with database.snapshot() as connection:
        n_wrong = timeline.count_differences(connection)
    if n_wrong == 0:
        return Check("timeline", True, "every moment is counted at its time")
    return Check("timeline", False, f"{n_wrong} numbers differ", "Run `madeleine reindex`.")


def _check_media(database: Database, media: MediaStore) -> Check:
    with database.read() as connection:
        rows = connection.execute(
            "SELECT media_sha256, media_suffix FROM moment WHERE media_sha256 IS NOT NULL"
            " UNION SELECT picture_sha256, picture_suffix FROM moment WHERE picture_sha256 IS NOT NULL"
            " UNION SELECT media_sha256, media_suffix FROM session WHERE media_sha256 IS NOT NULL"
            " UNION SELECT media_sha256, media_suffix FROM stream"
        ).fetchall()
    wanted = {media.path(Media(sha256, suffix)) for sha256, suffix in rows}
    n_lost = sum(not path.is_file() for path in wanted)
    n_spare = sum(path not in wanted for path in media.iter_files())
    if n_lost:
        return Check("media", False, f"{n_lost} of {len(wanted)} files are missing", "Restore them from a backup.")
    return Check("media", True, f"{len(wanted)} files, all there; {n_spare} not used by any moment")


def _check_modes(home: Home) -> Check:
    paths = [home.root, *home.root.rglob("*")]
    n_open = sum(_is_open(path) for path in paths)
    if n_open == 0:
        return Check("permissions", True, "only you can read the folder")
    return Check("permissions", False, f"{n_open} files are open to others", "Run `chmod -R go= ` on the data folder.")


def _is_open(path: Path) -> bool:
    try:
        return path.lstat().st_mode & 0o777 & ~(DIR_MODE if path.is_dir() else FILE_MODE) != 0
    except FileNotFoundError:  # gone meanwhile
        return False


def _check_index(index: DerivedIndex) -> Check:
    state = index.state
    if state.generation == 0:
        return Check("index", True, "not made yet; searches are exact")
    if state.is_broken or state.building:
        return Check("index", False, "being rebuilt; searches are exact", "Run `madeleine reindex`.")
    n_wrong = index.count_wrong()
    if n_wrong is None:
        return Check("index", False, "cannot be read", "Run `madeleine reindex`.")
    if n_wrong == 0:
        return Check("index", True, f"generation {state.generation}, every vector is in it or on its way")
    return Check("index", False, f"{n_wrong} ids differ", "Run `madeleine reindex`.")
