"""What forgetting one moment would take along, and what of it stays: read before it is done.

Role: says what ``forget`` does, by the same rules, and changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from memory.database import Connection
from memory.media import MediaStore
from memory.moments import find_rows
from memory.records import Media


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """What goes with a moment.

    Attributes:
        n_bytes: Of files that go: its picture, or the recording that it is the last of.
        n_beside: Moments that share its file or recording, which stays for them: its sound or picture stays in it.
        voice: Name of a voice that is known from this moment alone and goes too; "" for one without a name, else None.
        n_versions: Of its words that were typed.
    """

    n_bytes: int = 0
    n_beside: int = 0
    voice: str | None = None
    n_versions: int = 0


def read_toll(connection: Connection, media: MediaStore, moment: str) -> Toll:
    """Read what forgetting a moment would take along; nothing where there is none."""
    for number, kept in find_rows(connection, [moment]).items():
        files = [file for file in (kept.media, kept.picture) if file is not None]
        going = [file for file in files if not _count_beside(connection, number, kept.session, file)]
        going += _list_recording(connection, number, kept.session)
        paths = {media.path(file) for file in going}
        return Toll(
            n_bytes=sum(path.stat().st_size for path in paths if path.is_file()),
            n_beside=max([_count_beside(connection, number, kept.session, file) for file in files], default=0),
            voice=_find_lone_voice(connection, number),
            n_versions=_count(connection, "SELECT count(*) FROM correction WHERE moment = ?", number),
        )
    return Toll()


def _count_beside(connection: Connection, number: int, session: str | None, file: Media) -> int:
    """How many other moments keep a file: those that name it, and those of its session where it is its recording."""
    return _count(
        connection,
        "SELECT count(*) FROM moment WHERE n <> ?1 AND (media_sha256 = ?3 OR picture_sha256 = ?3 OR (session = ?2 AND"
        " (EXISTS (SELECT 1 FROM session AS own WHERE own.id = ?2 AND own.media_sha256 = ?3)"
        "  OR EXISTS (SELECT 1 FROM stream WHERE stream.session = ?2 AND stream.media_sha256 = ?3))))",
        number, session, file.sha256,
    )  # fmt: skip


def _list_recording(connection: Connection, number: int, session: str | None) -> list[Media]:
    """Files of a session that has no other moment and goes with this one."""
    if _count(connection, "SELECT count(*) FROM moment WHERE session = ? AND n <> ?", session, number):
        return []
    rows = connection.execute(
        "SELECT media_sha256, media_suffix FROM session WHERE id = ?1 AND media_sha256 IS NOT NULL"
        " UNION SELECT media_sha256, media_suffix FROM stream WHERE session = ?1 AND media_sha256 IS NOT NULL",
        (session,),
    )
    return [Media(sha256, suffix) for sha256, suffix in rows]


def _find_lone_voice(connection: Connection, number: int) -> str | None:
    row = connection.execute(
        "SELECT coalesce(voice.name, '') FROM moment CROSS JOIN voice ON voice.n = moment.voice WHERE moment.n = ?1"
        " AND NOT EXISTS (SELECT 1 FROM moment AS other WHERE other.voice = voice.n AND other.n <> ?1)"
        " AND NOT EXISTS (SELECT 1 FROM voice_sample WHERE voice_sample.voice = voice.n)",
        (number,),
    ).fetchone()
    return None if row is None else str(row[0])


def _count(connection: Connection, statement: str, *values: object) -> int:
    return int(connection.execute(statement, values).fetchone()[0])
