"""Rows of voices: which person an utterance belongs to, how that person sounds, and the name that was given once.

Role: statements on the tables of voices; every function takes the connection of its caller's transaction or snapshot.
It decides nothing about likeness: who sounds like whom is ingest's business.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from memory.database import Connection
from memory.errors import NotFound
from memory.merges import drop_notes, note_merge, part_again
from memory.records import Heard, Voice, VoiceCentre, VoiceLevel, Voiceprint
from memory.texts import to_storable
from memory.writing import neighbours_of, refresh_windows

_NEWEST = 2000  # prints that make a centre: a voice changes with the years, and reading more would take long
_BATCH = 500


def to_id(number: int) -> str:
    """The id that callers see."""
    return f"v{number}"


def to_number(connection: Connection, voice: str) -> int:
    """The row of a voice.

    Raises:
        NotFound: there is none.
    """
    digits = voice.removeprefix("v")
    if voice.startswith("v") and digits.isascii() and digits.isdigit() and len(digits) < 18:
        row = connection.execute("SELECT n FROM voice WHERE n = ?", (int(digits),)).fetchone()
        if row is not None:
            return int(row[0])
    raise NotFound(f"There is no voice {voice}.", hint="See them with: madeleine voices list")


def put_prints(connection: Connection, prints: Iterable[Voiceprint]) -> None:
    """Keep the prints of utterances, or replace those of the same utterance and producer."""
    connection.executemany(
        "INSERT OR REPLACE INTO voiceprint (moment, producer, seconds, data)"
        " SELECT n, ?, ?, ? FROM moment WHERE id = ?",
        [(p.producer, p.seconds, _to_blob(p.vector), p.moment) for p in prints],
    )


def list_prints(
    connection: Connection, session: str, producer: str, *, after: tuple[int, str] | None, limit: int
) -> list[Voiceprint]:
    """Prints of a session's utterances that belong to no voice yet, in order of time.

    Args:
        connection: The caller's.
        session: The session.
        producer: Of the prints.
        after: (started_us, moment) of the last one read before, or None.
        limit: How many at most.
    """
    condition = "" if after is None else " AND (moment.started_us, moment.id) > (?, ?)"
    rows = connection.execute(
        "SELECT moment.id, seconds, data, moment.stream, moment.started_us, moment.ended_us FROM moment"
        " CROSS JOIN voiceprint ON voiceprint.moment = moment.n AND voiceprint.producer = ?"
        f" WHERE moment.session = ? AND moment.voice IS NULL{condition}"
        " ORDER BY moment.started_us, moment.id LIMIT ?",
        (producer, session, *(after or ()), limit),
    )
    return [
        Voiceprint(
            moment=moment,
            producer=producer,
            seconds=seconds,
            vector=_from_blob(data),
            stream=stream,
            started_us=started_us,
            ended_us=ended_us,
        )
        for moment, seconds, data, stream, started_us, ended_us in rows
    ]


def list_unheard(connection: Connection, producer: str, *, after: tuple[str, int] | None, limit: int) -> list[int]:
    """Utterances of recordings that have sound and no print of a producer, by session; returns their rows.

    Args:
        connection: The caller's.
        producer: Of the prints.
        after: (session, row) of the last one read before, or None.
        limit: How many at most.
    """
    condition = "" if after is None else " AND (moment.session, moment.n) > (?, ?)"
    rows = connection.execute(
        "SELECT moment.n FROM moment WHERE moment.session IS NOT NULL AND moment.kind = 'utterance'"
        " AND moment.media_sha256 IS NOT NULL AND NOT EXISTS (SELECT 1 FROM voiceprint"
        " WHERE voiceprint.moment = moment.n AND voiceprint.producer = ?)"
        f"{condition} ORDER BY moment.session, moment.n LIMIT ?",
        (producer, *(after or ()), limit),
    )
    return [row[0] for row in rows]


def list_levels(connection: Connection) -> list[VoiceLevel]:
    """How loud each voice is in each session, where ingest noted it."""
    rows = connection.execute(
        "SELECT voice, session, count(*), avg(json_extract(details, '$.level_db')) FROM moment"
        " WHERE voice IS NOT NULL AND session IS NOT NULL AND json_extract(details, '$.level_db') IS NOT NULL"
        " GROUP BY voice, session ORDER BY voice, session"
    )
    return [
        VoiceLevel(voice=to_id(voice), session=session, n_moments=n, level_db=level)
        for voice, session, n, level in rows
    ]


def find_print(connection: Connection, moment: str, producer: str) -> NDArray[np.float32] | None:
    """The print of one utterance."""
    row = connection.execute(
        "SELECT data FROM moment CROSS JOIN voiceprint ON voiceprint.moment = moment.n AND voiceprint.producer = ?"
        " WHERE moment.id = ?",
        (producer, moment),
    ).fetchone()
    return None if row is None else _from_blob(row[0])


def list_heard(connection: Connection, voice: int, limit: int) -> list[Heard]:
    """The newest utterances of a voice that have sound, newest first, and how much each sounds like the voice."""
    centre = connection.execute(
        "SELECT producer, data FROM voice_centre WHERE voice = ? ORDER BY seconds DESC LIMIT 1", (voice,)
    ).fetchone()
    producer, vector = ("", None) if centre is None else (centre[0], _from_blob(centre[1]))
    rows = connection.execute(
        "SELECT moment.id, coalesce(moment.session, moment.local_date), moment.media_duration_s, voiceprint.data"
        " FROM moment LEFT JOIN voiceprint ON voiceprint.moment = moment.n AND voiceprint.producer = ?"
        " WHERE moment.voice = ? AND moment.media_sha256 IS NOT NULL AND moment.media_duration_s > 0"
        " ORDER BY moment.started_us DESC LIMIT ?",
        (producer, voice, limit),
    )
    return [
        Heard(
            moment=moment,
            occasion=occasion,
            seconds=seconds,
            likeness=None if data is None or vector is None else float(vector @ _from_blob(data)),
        )
        for moment, occasion, seconds, data in rows
    ]


def list_centres(connection: Connection, producer: str) -> list[VoiceCentre]:
    """How every voice sounds on the whole."""
    rows = connection.execute(
        "SELECT voice, seconds, data FROM voice_centre WHERE producer = ? ORDER BY voice", (producer,)
    )
    return [VoiceCentre(to_id(n), seconds, _from_blob(data)) for n, seconds, data in rows]


def list_spans(connection: Connection, voice: int, session: str) -> list[tuple[int | None, int, int]]:
    """When a voice speaks in a session: (stream, started_us, ended_us)."""
    rows = connection.execute(
        "SELECT stream, started_us, ended_us FROM moment WHERE voice = ? AND session = ?", (voice, session)
    )
    return [(stream, started_us, ended_us) for stream, started_us, ended_us in rows]


def list_voices(connection: Connection) -> list[Voice]:
    """All voices, those heard most first."""
    rows = connection.execute(
        "SELECT voice.n, voice.name, count(moment.n), coalesce(sum(moment.ended_us - moment.started_us), 0),"
        " count(DISTINCT moment.session), min(moment.started_us), max(moment.started_us),"
        " (SELECT count(*) FROM voice_sample WHERE voice_sample.voice = voice.n)"
        " FROM voice LEFT JOIN moment ON moment.voice = voice.n GROUP BY voice.n ORDER BY 3 DESC, voice.n"
    )
    return [
        Voice(
            id=to_id(n), name=name, n_moments=n_moments, seconds=us / 1e6, n_sessions=n_sessions,
            first_us=first_us, last_us=last_us, n_samples=n_samples,
        )
        for n, name, n_moments, us, n_sessions, first_us, last_us, n_samples in rows
    ]  # fmt: skip


def says(connection: Connection, voice: int, moment: str) -> bool:
    """Whether an utterance is tied to a voice."""
    row = connection.execute("SELECT 1 FROM moment WHERE id = ? AND voice = ?", (moment, voice)).fetchone()
    return row is not None


def add_voice(connection: Connection, name: str | None = None) -> int:
    """Add a voice; returns its row."""
    return int(connection.execute("INSERT INTO voice (name) VALUES (?)", (name,)).lastrowid or 0)


def add_sample(connection: Connection, voice: int, producer: str, seconds: float, vector: NDArray[np.float32]) -> None:
    """Keep how a person sounds in a recording of their own."""
    connection.execute(
        "INSERT INTO voice_sample (voice, producer, seconds, data) VALUES (?, ?, ?, ?)",
        (voice, producer, seconds, _to_blob(vector)),
    )


def set_name(connection: Connection, voice: int, name: str | None) -> list[str]:
    """Name a voice, or take its name away; returns the moments that now read otherwise."""
    connection.execute("UPDATE voice SET name = ? WHERE n = ?", (name and to_storable(name), voice))
    return _respeak(connection, [voice])


def tie(connection: Connection, voice: int, moments: Iterable[str]) -> list[str]:
    """Give moments to a voice, taking them from another; returns those that now read otherwise.

    The voices they leave are settled.
    """
    ids = json.dumps(list(moments))
    left = connection.execute(
        "SELECT DISTINCT voice FROM moment WHERE id IN (SELECT value FROM json_each(?)) AND voice IS NOT NULL", (ids,)
    ).fetchall()
    connection.execute("UPDATE moment SET voice = ? WHERE id IN (SELECT value FROM json_each(?))", (voice, ids))
    settle(connection, {voice, *(row[0] for row in left)})
    return _respeak(connection, [voice])


def merge(connection: Connection, into: int, other: int) -> list[str]:
    """Make one voice of two; the first keeps its name, or takes the other's where it has none. It is noted."""
    note_merge(connection, into, other)
    names = dict(connection.execute("SELECT n, name FROM voice WHERE n IN (?, ?)", (into, other)).fetchall())
    connection.execute("UPDATE voice SET name = ? WHERE n = ?", (names[into] or names[other], into))
    connection.execute("UPDATE moment SET voice = ? WHERE voice = ?", (into, other))
    connection.execute("UPDATE voice_sample SET voice = ? WHERE voice = ?", (into, other))
    settle(connection, {into, other})
    return _respeak(connection, [into])


def undo_merge(connection: Connection) -> list[str]:
    """Undo the last merge; returns the moments that now read otherwise.

    Raises:
        NotFound: there is none.
    """
    parted = part_again(connection)
    settle(connection, parted)
    return _respeak(connection, parted)


def delete_voice(connection: Connection, voice: int) -> list[str]:
    """Forget how a person sounds and what they are called; what was said stays, its speaker unknown.

    Returns:
        The moments that now read otherwise.
    """
    connection.execute("DELETE FROM voice_sample WHERE voice = ?", (voice,))
    connection.execute("DELETE FROM voiceprint WHERE moment IN (SELECT n FROM moment WHERE voice = ?)", (voice,))
    connection.execute("UPDATE voice SET name = NULL WHERE n = ?", (voice,))
    changed = _respeak(connection, [voice])
    connection.execute("UPDATE moment SET voice = NULL WHERE voice = ?", (voice,))
    settle(connection, {voice})
    return changed


def settle(connection: Connection, voices: Iterable[int]) -> None:
    """Compute the centres of voices anew; a voice without moments and samples goes."""
    for voice in set(voices):
        connection.execute("DELETE FROM voice_centre WHERE voice = ?", (voice,))
        sums: dict[str, tuple[float, NDArray[np.float64]]] = {}
        for producer, seconds, data in _iter_sounds(connection, voice):
            total_s, total = sums.get(producer, (0.0, np.zeros(len(data) // 4)))
            sums[producer] = (total_s + seconds, total + seconds * _from_blob(data))
        connection.executemany(
            "INSERT INTO voice_centre (voice, producer, seconds, data) VALUES (?, ?, ?, ?)",
            [(voice, producer, seconds, _to_blob(_to_unit(total))) for producer, (seconds, total) in sums.items()],
        )
        connection.execute(
            "DELETE FROM voice WHERE n = ?1 AND NOT EXISTS (SELECT 1 FROM moment WHERE voice = ?1)"
            " AND NOT EXISTS (SELECT 1 FROM voice_sample WHERE voice = ?1)",
            (voice,),
        )
        drop_notes(connection, voice)


def _iter_sounds(connection: Connection, voice: int) -> Iterator[tuple[str, float, bytes]]:
    """Producer, seconds and vector of a voice's samples and of its newest prints."""
    yield from connection.execute("SELECT producer, seconds, data FROM voice_sample WHERE voice = ?", (voice,))
    yield from connection.execute(
        "SELECT voiceprint.producer, seconds, data FROM moment CROSS JOIN voiceprint ON voiceprint.moment = moment.n"
        " WHERE moment.voice = ? ORDER BY moment.started_us DESC LIMIT ?",
        (voice, _NEWEST),
    )


def _respeak(connection: Connection, voices: Sequence[int]) -> list[str]:
    """Repeat the names of voices in their moments, words and windows included."""
    rows = connection.execute(
        "SELECT moment.n, moment.id FROM moment CROSS JOIN voice ON voice.n = moment.voice"
        " WHERE moment.voice IN (SELECT value FROM json_each(?)) AND moment.speaker IS NOT voice.name",
        (json.dumps(list(voices)),),
    ).fetchall()
    for first in range(0, len(rows), _BATCH):
        numbers = [n for n, _id in rows[first : first + _BATCH]]
        connection.execute(
            "UPDATE moment SET speaker = (SELECT name FROM voice WHERE voice.n = moment.voice)"
            " WHERE n IN (SELECT value FROM json_each(?))",
            (json.dumps(numbers),),
        )
        refresh_windows(connection, numbers, set(numbers) | neighbours_of(connection, numbers), ())
    return [moment for _n, moment in rows]


def _to_unit(vector: NDArray[np.float64]) -> NDArray[np.float32]:
    return (vector / max(float(np.linalg.norm(vector)), 1e-9)).astype(np.float32)


def _to_blob(vector: NDArray[np.float32]) -> bytes:
    return vector.astype("<f4").tobytes()


def _from_blob(data: bytes) -> NDArray[np.float32]:
    return np.frombuffer(data, "<f4").astype(np.float32)
