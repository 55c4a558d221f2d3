"""What takes space in a data folder, by kind, and how much of it the last days brought.

Role: one pass over the files on the disk and the rows that name them, a few hundred files at a time, so that it needs
little memory however much is kept and can be given up at any point. It counts; it deletes nothing.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from memory.database import Connection, Database
from memory.home import Home
from memory.records import Kind

DAY_US = 86_400_000_000
RECENT_DAYS = 30
_FLOAT_BYTES = 4


class StoredKind(StrEnum):
    """What bytes are for."""

    CHANNELS = "channels"  # array recordings: the sound of each microphone
    DIRECTIONS = "directions"  # what was separated from them
    SOUND = "sound"  # all other recordings
    SCREENS = "screens"  # pictures that keeping the screen took
    PICTURES = "pictures"  # photos and screenshots that were imported
    VIDEOS = "videos"
    PREVIEWS = "previews"
    WORDS = "words"  # the database: moments, words and their index
    VECTORS = "vectors"
    BACKUPS = "backups"
    OTHER = "other"  # notes, recordings that go on, what waits to be read, what nothing uses


@dataclass(frozen=True, slots=True)
class Stored:
    """Bytes of one kind.

    Attributes:
        n_bytes: On the disk now.
        n_files: In so many files; 0 where they share files with another kind.
        recent_bytes: Of them, what belongs to the days that ``Storage.n_days`` counts.
    """

    kind: StoredKind
    n_bytes: int
    n_files: int
    recent_bytes: int


@dataclass(frozen=True, slots=True)
class Storage:
    """What a data folder holds.

    Attributes:
        stored: One entry a kind, in the order of ``StoredKind``; their sum is all that lies in the folder.
        n_days: Days that ``recent_bytes`` were counted over: 30, or fewer in a memory that is younger.
    """

    stored: tuple[Stored, ...]
    n_days: float

    @property
    def n_bytes(self) -> int:
        """Everything in the folder."""
        return sum(part.n_bytes for part in self.stored)

    @property
    def month_bytes(self) -> int:
        """What 30 days bring at the pace of the last ones."""
        return round(sum(part.recent_bytes for part in self.stored) * RECENT_DAYS / self.n_days)

    def find(self, kind: StoredKind) -> Stored:
        """The entry of a kind."""
        return next(part for part in self.stored if part.kind is kind)


@dataclass(slots=True)
class _Sum:
    n_bytes: int = 0
    n_files: int = 0
    recent_bytes: int = 0

    def add(self, n_bytes: int, *, is_recent: bool, n_files: int = 1) -> None:
        self.n_bytes += n_bytes
        self.n_files += n_files
        self.recent_bytes += n_bytes if is_recent else 0


def measure_storage(
    database: Database, home: Home, *, now_us: int, should_stop: Callable[[], bool] = lambda: False
) -> Storage | None:
    """Measure; None when it was given up.

    Args:
        database: Names what the files are.
        home: Where they lie.
        now_us: The end of the days that are counted; what happened in them counts as recent, whenever it was imported.
        should_stop: Looked at between folders of files.
    """
    sums: dict[StoredKind, _Sum] = defaultdict(_Sum)
    with database.read() as connection:
        row = connection.execute("SELECT min(started_us) FROM moment").fetchone()
        n_days = min(float(RECENT_DAYS), max(1.0, (now_us - (row[0] or now_us)) / DAY_US))
        since_us = now_us - round(n_days * DAY_US)
        for folder in sorted(home.media.glob("??")):
            if should_stop():
                return None
            _add_media(connection, folder, since_us, sums)
        _add_database(connection, home, since_us, sums)
    for _path, found in _iter_files(home.thumbnails):
        if should_stop():
            return None
        sums[StoredKind.PREVIEWS].add(found.st_size, is_recent=found.st_mtime_ns // 1000 >= since_us)
    for _path, found in _iter_files(home.backups):
        sums[StoredKind.BACKUPS].add(found.st_size, is_recent=False)  # one a change of format, not one a month
    _add_rest(home, sums)
    stored = (Stored(kind, s.n_bytes, s.n_files, s.recent_bytes) for kind in StoredKind for s in (sums[kind],))
    return Storage(tuple(stored), n_days)


def _add_media(connection: Connection, folder: Path, since_us: int, sums: dict[StoredKind, _Sum]) -> None:
    """Sort the files of one of the 256 folders of media by what their rows say they are."""
    sizes: dict[str, int] = defaultdict(int)
    for path, found in _iter_files(folder):
        sizes[folder.name + path.name.partition(".")[0]] += found.st_size
    known = _find_kinds(connection, folder.name, sizes)
    for sha256, n_bytes in sizes.items():
        kind, started_us = known.get(sha256, (StoredKind.OTHER, None))
        sums[kind].add(n_bytes, is_recent=started_us is not None and started_us >= since_us)


def _find_kinds(connection: Connection, prefix: str, sizes: Mapping[str, int]) -> dict[str, tuple[StoredKind, int]]:
    """Kind and time of the files whose names begin with two digits, as far as rows name them."""
    span = (prefix, prefix + "g")  # past every hexadecimal digit
    known: dict[str, tuple[StoredKind, int]] = {}
    for sha256, started_us in connection.execute(
        "SELECT stream.media_sha256, session.started_us FROM stream JOIN session ON session.id = stream.session"
        " WHERE stream.media_sha256 >= ? AND stream.media_sha256 < ?",
        span,
    ):
        known[sha256] = (StoredKind.DIRECTIONS, started_us)
    for sha256, started_us, is_raw, is_video in connection.execute(
        "SELECT media_sha256, started_us, array IS NOT NULL AND n_channels > 1 AND NOT EXISTS (SELECT 1 FROM job"
        " WHERE job.sha256 = session.source AND json_extract(job.payload, '$.is_mixed_down')),"
        " EXISTS (SELECT 1 FROM source WHERE source.sha256 = session.source AND source.mime LIKE 'video/%')"
        " FROM session WHERE media_sha256 >= ? AND media_sha256 < ?",
        span,
    ):
        kind = StoredKind.VIDEOS if is_video else StoredKind.CHANNELS if is_raw else StoredKind.SOUND
        known[sha256] = (kind, started_us)
    wanted = json.dumps([sha256 for sha256 in sizes if sha256 not in known])
    for sha256, kind, started_us, is_live in connection.execute(
        "SELECT wanted.value, moment.kind, moment.started_us,"
        " moment.session IS NULL AND json_extract(moment.details, '$.monitor') IS NOT NULL"
        " FROM json_each(?) AS wanted CROSS JOIN moment ON moment.n = coalesce("
        "(SELECT n FROM moment AS m WHERE m.media_sha256 = wanted.value LIMIT 1),"
        " (SELECT n FROM moment AS m WHERE m.picture_sha256 = wanted.value LIMIT 1))",
        (wanted,),
    ):
        known[sha256] = (_kind_of(Kind(kind), bool(is_live)), started_us)
    return known


def _kind_of(kind: Kind, is_live: bool) -> StoredKind:
    if kind is Kind.SCREENSHOT and is_live:
        return StoredKind.SCREENS
    return {
        Kind.SCREENSHOT: StoredKind.PICTURES,
        Kind.PHOTO: StoredKind.PICTURES,
        Kind.SCENE: StoredKind.VIDEOS,
        Kind.UTTERANCE: StoredKind.SOUND,
    }.get(kind, StoredKind.OTHER)


def _add_database(connection: Connection, home: Home, since_us: int, sums: dict[StoredKind, _Sum]) -> None:
    """Part the database's bytes in vectors and all else; what of them is recent goes by the count of moments."""
    n_all = connection.execute("SELECT count(*) FROM moment").fetchone()[0]
    n_recent = connection.execute("SELECT count(*) FROM moment WHERE started_us >= ?", (since_us,)).fetchone()[0]
    share = n_recent / n_all if n_all else 0.0
    n_vector_bytes = sum(
        dim * n * _FLOAT_BYTES
        for dim, n in connection.execute(
            "SELECT model.dim, (SELECT count(*) FROM vector WHERE vector.model = model.n) FROM model"
            " WHERE model.dim IS NOT NULL"
        )
    )
    files = [path.stat().st_size for path in home.root.glob(home.database.name + "*") if path.is_file()]
    n_words = max(0, sum(files) - n_vector_bytes)
    sums[StoredKind.WORDS] = _Sum(n_words, len(files), round(n_words * share))
    n_vector_bytes = sum(files) - n_words
    index = [found.st_size for _path, found in _iter_files(home.index)]
    n_bytes = n_vector_bytes + sum(index)
    sums[StoredKind.VECTORS] = _Sum(n_bytes, len(index), round(n_bytes * share))


def _add_rest(home: Home, sums: dict[StoredKind, _Sum]) -> None:
    """Count what lies elsewhere in the folder: notes of our own, a recording that goes on, half-written files."""
    counted = {home.media, home.thumbnails, home.index, home.backups}
    for entry in home.root.iterdir():
        if entry in counted or entry.name.startswith(home.database.name):
            continue
        for _path, found in _iter_files(entry):
            sums[StoredKind.OTHER].add(found.st_size, is_recent=False)
    for path in home.media.glob("*.part"):
        for _path, found in _iter_files(path):
            sums[StoredKind.OTHER].add(found.st_size, is_recent=False)


def _iter_files(path: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """A file, or the files below a folder; what goes meanwhile, sockets and links are left out."""
    if path.is_symlink():
        return
    if path.is_file():
        try:
            yield path, path.stat()
        except FileNotFoundError:
            return
    elif path.is_dir():
        with os.scandir(path) as entries:
            for entry in entries:
                yield from _iter_files(Path(entry.path))
