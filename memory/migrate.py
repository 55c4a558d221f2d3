"""Bringing a database up to this code: numbered SQL files with stored hashes, each whole in one transaction.

Role: compares what was applied with what is shipped, writes a backup before it changes an existing database, and
refuses a database that is newer. It never downgrades and never runs a file that changed after it was applied.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from memory import failpoints
from memory.database import Connection, Database, iter_statements
from memory.errors import DatabaseDamaged, HomeUnusable, NewerDatabase
from memory.home import Home

FOLDER = Path(__file__).parent / "migrations"
_TABLE = """
CREATE TABLE IF NOT EXISTS migration (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    applied_us INTEGER NOT NULL
)
"""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the schema; ``number`` counts from 1 without holes."""

    number: int
    name: str
    script: str

    @property
    def sha256(self) -> str:
        """Hash of the script with line ends made equal, so that a checkout on Windows gives the same."""
        return hashlib.sha256(self.script.encode()).hexdigest()


def load_migrations(folder: Path = FOLDER) -> list[Migration]:
    """Read the shipped migrations in order.

    Raises:
        ValueError: the numbers are not 1, 2, 3, …
    """
    found = [
        Migration(int(path.name[:4]), path.stem[5:], path.read_text(encoding="utf-8"))
        for path in sorted(folder.glob("[0-9][0-9][0-9][0-9]_*.sql"))
    ]
    if [step.number for step in found] != list(range(1, len(found) + 1)):
        raise ValueError("migrations are not numbered 1, 2, 3, …")
    return found


def migrate(
    database: Database, home: Home, *, now_us: int, migrations: Sequence[Migration] | None = None
) -> list[Migration]:
    """Apply what is pending.

    Returns:
        The migrations that were applied now.

    Raises:
        NewerDatabase: the database knows more than this code.
        DatabaseDamaged: an applied migration is not the one shipped.
    """
    steps = load_migrations() if migrations is None else list(migrations)
    version = check_version(database, steps)
    pending = steps[version:]
    if pending and version:
        _back_up(database, home, pending[0].number, now_us)
    for step in pending:
        with database.transaction() as connection:
            _apply(connection, step, now_us=now_us)
    return pending


def _back_up(database: Database, home: Home, number: int, now_us: int) -> None:
    """Write a copy before an update; what earlier tries at it have left goes, for each is as large as the memory."""
    for torn in home.backups.glob("before-*.db.part*"):
        torn.unlink(missing_ok=True)
    target = home.backups / f"before-{number:04d}-{now_us}.db"
    database.backup(target)
    for earlier in home.backups.glob(f"before-{number:04d}-*.db"):
        if earlier != target:
            earlier.unlink(missing_ok=True)


def check_version(database: Database, steps: Sequence[Migration] | None = None) -> int:
    """Compare the database with the shipped migrations, without changing anything.

    Returns:
        How many migrations it has.

    Raises:
        NewerDatabase: the database knows more than this code.
        DatabaseDamaged: an applied migration is not the one shipped.
    """
    shipped = load_migrations() if steps is None else steps
    with database.read() as connection:
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        applied = dict(_read_applied(connection)) if version else {}
    if version > len(shipped):
        raise NewerDatabase(
            f"This memory was written by a newer Madeleine (format {version}, this one knows {len(shipped)}).",
            hint="Update Madeleine; the memory was not touched.",
        )
    for step in shipped[:version]:
        if applied.get(step.number) != step.sha256:
            raise DatabaseDamaged(
                f"The memory's format {step.number} is not the one this Madeleine knows. It was left as it is.",
                hint="Open it with the Madeleine that wrote it, or restore a backup.",
            )
    return version


def require_current(database: Database) -> None:
    """Make sure that a database which may not be changed is readable by this code.

    Raises:
        HomeUnusable: it is older, or was never finished.
        NewerDatabase: it is newer.
        DatabaseDamaged: an applied migration is not the one shipped.
    """
    if check_version(database) < len(load_migrations()):
        raise HomeUnusable(
            "This memory was written by an older Madeleine.", hint="Open it once with this one, which updates it."
        )


def _read_applied(connection: Connection) -> list[tuple[int, str]]:
    if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'migration'").fetchone():
        return []
    return [(int(n), str(digest)) for n, digest in connection.execute("SELECT number, sha256 FROM migration")]


def _apply(connection: Connection, step: Migration, *, now_us: int) -> None:
    connection.execute(_TABLE)
    for statement in iter_statements(step.script):
        connection.execute(statement)
    failpoints.hit("migration")
    connection.execute(
        "INSERT INTO migration (number, name, sha256, applied_us) VALUES (?, ?, ?, ?)",
        (step.number, step.name, step.sha256, now_us),
    )
    connection.execute(f"PRAGMA user_version = {step.number:d}")
