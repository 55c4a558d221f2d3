"""Forgetting: taking moments out of everything that was derived from them.

Role: rows of truth, words, vectors, thumbnails, media and sources go in one transaction; files go right after it, and
on the next opening if the process died in between. What was deleted is overwritten, not only unlinked from its page.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

from memory import failpoints, lexical
from memory.database import Connection, Database
from memory.index import DerivedIndex
from memory.media import MediaStore
from memory.moments import add_session, find_rows, find_session
from memory.records import Changes, Media, Moment
from memory.streams import delete_streams
from memory.vectors import ExactSearch
from memory.voices import settle
from memory.writing import neighbours_of, refresh_windows, write_moments


def forget(
    database: Database,
    media: MediaStore,
    exact: ExactSearch,
    index: DerivedIndex | None,
    ids: Iterable[str],
    *,
    is_said_elsewhere: bool = False,
) -> Changes:
    """Delete moments and everything derived from them, see ``Memory.forget``."""
    with database.transaction() as connection:
        rows = find_rows(connection, ids)
        erased = _list_vectors(connection, rows)
        beside = neighbours_of(connection, rows)
        sessions = {m.session for m in rows.values() if m.session}
        sources = {m.source for m in rows.values() if m.source}
        files = [file for m in rows.values() for file in (m.media, m.picture) if file]
        connection.executemany("DELETE FROM moment WHERE n = ?", [(n,) for n in rows])
        settle(connection, _list_voices(rows.values()))
        failpoints.hit("mid_forget")
        refresh_windows(connection, rows, beside | set(rows), ())
        files += _delete_sessions(connection, sessions)
        files += _delete_sources(connection, sources)
        _doom(connection, media, files, rows.values())
        if rows:
            doom_copies(connection, media)
        if not is_said_elsewhere and any(_has_words(moment) for moment in rows.values()):
            lexical.optimize(connection)
        if erased and index is not None:
            index.note_forgotten(connection)
    if rows:
        exact.erase(erased)
        delete_doomed(database, media)
        if not is_said_elsewhere:  # a page that was folded: what stays in the log of it, the page before says as well
            database.checkpoint()
    return Changes(removed=frozenset(m.id for m in rows.values()))


def _has_words(moment: Moment) -> bool:
    """Whether anything but the date stands in the index of words for it, or for the windows around it."""
    return bool(moment.text or moment.speaker or moment.app or moment.window or moment.place)


def _list_voices(moments: Iterable[Moment]) -> set[int]:
    """Rows of the voices that lose moments: their sound is computed anew from what is left, or goes."""
    return {int(moment.voice.removeprefix("v")) for moment in moments if moment.voice is not None}


def replace_recording(
    connection: Connection, media: MediaStore, session: str, new: Media, *, seen: Media | None
) -> bool:
    """Put another file in the place of a session's recording; the old one is deleted with ``delete_doomed``.

    Args:
        connection: Of the caller's transaction.
        media: Names the file to delete.
        session: Whose recording it is.
        new: What stands for it from now on.
        seen: What the caller read before; where the session has another file by now, nothing is done.

    Returns:
        Whether it was done.
    """
    found = find_session(connection, session)
    if found is None or found.media is None or found.media != seen:
        return False
    add_session(connection, replace(found, media=new))
    _doom(connection, media, [found.media], ())
    return True


def drop_media(database: Database, media: MediaStore, ids: Iterable[str]) -> None:
    """Let go of the files of moments; the moments and all that is known of them stay, and say so in their details."""
    with database.transaction() as connection:
        rows = [moment for moment in find_rows(connection, ids).values() if moment.media is not None]
        write_moments(connection, [replace(m, media=None, details={**m.details, "media_gone": True}) for m in rows])
        _doom(connection, media, [m.media for m in rows if m.media], rows)
    delete_doomed(database, media)


def delete_doomed(database: Database, media: MediaStore) -> int:
    """Delete the files that a finished transaction gave up; returns how many were listed."""
    with database.read() as connection:
        paths = [str(row[0]) for row in connection.execute("SELECT path FROM doomed_file")]
    if not paths:
        return 0
    failpoints.hit("before_unlink")
    with database.transaction() as connection:  # the write lock keeps a new reference from coming in between
        for path in paths:
            if not _is_used(connection, path):
                media.delete(path)
            connection.execute("DELETE FROM doomed_file WHERE path = ?", (path,))
    return len(paths)


def _list_vectors(connection: Connection, numbers: Iterable[int]) -> list[tuple[int, int, int, int]]:
    rows = connection.execute(
        "SELECT vector.n, vector.model, vector.unit, model.dim FROM json_each(?) AS gone"
        " CROSS JOIN vector ON vector.moment = gone.value CROSS JOIN model ON model.n = vector.model",
        (json.dumps(list(numbers)),),
    )
    return [tuple(row) for row in rows]


def _delete_sessions(connection: Connection, sessions: Iterable[str]) -> list[Media]:
    """Delete sessions without moments, with what was separated from them; returns their media."""
    rows = connection.execute(
        "DELETE FROM session WHERE id IN (SELECT value FROM json_each(?))"
        " AND NOT EXISTS (SELECT 1 FROM moment WHERE moment.session = session.id)"
        " RETURNING id, media_sha256, media_suffix",
        (json.dumps(sorted(sessions)),),
    ).fetchall()
    separated = delete_streams(connection, [session for session, _sha256, _suffix in rows])
    return [Media(sha256, suffix) for _session, sha256, suffix in rows if sha256] + separated


def _delete_sources(connection: Connection, sources: Iterable[str]) -> list[Media]:
    """Delete sources without moments, their sessions and their jobs; returns the media of those sessions."""
    rows = connection.execute(
        "DELETE FROM source WHERE sha256 IN (SELECT value FROM json_each(?))"
        " AND NOT EXISTS (SELECT 1 FROM moment WHERE moment.source = source.sha256) RETURNING sha256",
        (json.dumps(sorted(sources)),),
    ).fetchall()
    gone = json.dumps([row[0] for row in rows])
    connection.execute("DELETE FROM job WHERE sha256 IN (SELECT value FROM json_each(?))", (gone,))
    sessions = connection.execute(
        "SELECT id FROM session WHERE source IN (SELECT value FROM json_each(?))", (gone,)
    ).fetchall()
    return _delete_sessions(connection, [row[0] for row in sessions])


def _doom(connection: Connection, media: MediaStore, files: Iterable[Media], moments: Iterable[Moment]) -> None:
    paths = {media.relative(media.path(file)) for file in files}
    paths |= {media.relative(media.thumbnail_path(moment.id)) for moment in moments}
    connection.executemany("INSERT OR IGNORE INTO doomed_file (path) VALUES (?)", [(path,) for path in paths])


def doom_copies(connection: Connection, media: MediaStore) -> None:
    """Let go of the copies that updates wrote: what is forgotten stands in them, and this memory is open and well."""
    connection.executemany(
        "INSERT OR IGNORE INTO doomed_file (path) VALUES (?)", [(path,) for path in media.list_copies()]
    )


def _is_used(connection: Connection, path: str) -> bool:
    folder, _, name = path.removeprefix("media/").partition("/")
    sha256 = folder + name.partition(".")[0]
    if not path.startswith("media/"):
        return False
    return any(
        connection.execute(f"SELECT 1 FROM {table} WHERE {column} = ? LIMIT 1", (sha256,)).fetchone()
        for table, column in (
            ("moment", "media_sha256"),
            ("moment", "picture_sha256"),
            ("session", "media_sha256"),
            ("stream", "media_sha256"),
        )
    )
