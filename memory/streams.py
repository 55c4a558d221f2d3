"""Rows of streams: which directions of a session were separated, where each stretch lies and who spoke when in it.

Role: statements on one table; every function takes the connection of its caller's transaction or snapshot.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from memory.database import Connection
from memory.records import Media, StreamPart, StreamSpan
from memory.texts import dump_json


def add_streams(connection: Connection, parts: Sequence[StreamPart]) -> None:
    """Add parts, or replace those of the same session, number and start."""
    connection.executemany(
        "INSERT OR REPLACE INTO stream (session, number, start_s, duration_s, azimuth_rad, media_sha256, media_suffix,"
        " spans) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                part.session, part.number, part.start_s, part.media.duration_s, part.azimuth_rad, part.media.sha256,
                part.media.suffix, dump_json([[span.start_s, span.end_s, span.azimuth_rad] for span in part.spans]),
            )
            for part in parts
        ],
    )  # fmt: skip


def list_streams(connection: Connection, session: str) -> list[StreamPart]:
    """The parts of a session by number, each stream's in order of time."""
    rows = connection.execute(
        "SELECT number, start_s, duration_s, azimuth_rad, media_sha256, media_suffix, spans FROM stream"
        " WHERE session = ? ORDER BY number, start_s",
        (session,),
    )
    return [
        StreamPart(
            session=session,
            number=number,
            start_s=start_s,
            azimuth_rad=azimuth_rad,
            media=Media(sha256, suffix, 0.0, duration_s),
            spans=tuple(StreamSpan(*span) for span in json.loads(spans)),
        )
        for number, start_s, duration_s, azimuth_rad, sha256, suffix, spans in rows
    ]


def list_settled(connection: Connection, until_us: int) -> list[tuple[str, int]]:
    """Sessions, each with its job, whose separation was finished by a time and that still have all their channels."""
    rows = connection.execute(
        "SELECT session.id, job.id FROM session JOIN job ON job.sha256 = session.source"
        " WHERE session.array IS NOT NULL AND session.n_channels > 1 AND session.media_sha256 IS NOT NULL"
        " AND job.state = 'done' AND job.updated_us <= ? AND json_extract(job.payload, '$.separated.finished')"
        " AND json_extract(job.payload, '$.is_mixed_down') IS NULL ORDER BY job.id",
        (until_us,),
    )
    return [(str(session), int(job)) for session, job in rows]


def delete_streams(connection: Connection, sessions: Iterable[str]) -> list[Media]:
    """Delete the streams of sessions; returns the media they had."""
    rows = connection.execute(
        "DELETE FROM stream WHERE session IN (SELECT value FROM json_each(?)) RETURNING media_sha256, media_suffix",
        (json.dumps(sorted(sessions)),),
    ).fetchall()
    return [Media(sha256, suffix) for sha256, suffix in rows]
