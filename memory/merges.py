"""The last merge of voices: noted when it is done, so that it can be undone until the next one.

Role: statements on the tables of migration 10; every function takes the connection of its caller's transaction. What is
noted goes with what it is about: moments and samples take their rows along, a voice that is forgotten its name.
"""

from __future__ import annotations

from memory.database import Connection
from memory.errors import NotFound
from memory.records import Merge


def begin_merge(connection: Connection) -> None:
    """Another merge begins: the one before can no longer be undone."""
    for table in ("merged_voice", "merged_moment", "merged_sample"):
        connection.execute(f"DELETE FROM {table}")


def note_merge(connection: Connection, into: int, other: int) -> None:
    """Note what belongs to a voice that is about to become one with another."""
    connection.execute(
        "INSERT INTO merged_voice SELECT n, name, ?, (SELECT name FROM voice WHERE n = ?) FROM voice WHERE n = ?",
        (into, into, other),
    )
    connection.execute("INSERT INTO merged_moment SELECT n, voice FROM moment WHERE voice = ?", (other,))
    connection.execute("INSERT INTO merged_sample SELECT n, voice FROM voice_sample WHERE voice = ?", (other,))


def find_merge(connection: Connection) -> Merge | None:
    """The merge that can be undone, or None."""
    rows = connection.execute("SELECT into_voice, voice, name, into_name FROM merged_voice ORDER BY voice").fetchall()
    if not rows:
        return None
    others = tuple((f"v{voice}", name) for _into, voice, name, _into_name in rows)
    return Merge(into=f"v{rows[0][0]}", into_name=rows[0][3], others=others)


def part_again(connection: Connection) -> list[int]:
    """Give back what the last merge took, as far as it is still there; returns the rows of the voices it was about.

    What the voice was given since stays with it, and so does a name that it was given since.

    Raises:
        NotFound: there is no merge to undo.
    """
    rows = connection.execute("SELECT into_voice, voice, name, into_name FROM merged_voice").fetchall()
    if not rows:
        raise NotFound("There is no merge of voices to undo.", hint="Only the last one can be undone.")
    into, into_name = int(rows[0][0]), rows[0][3]
    for _into, voice, name, _into_name in rows:
        connection.execute("INSERT OR IGNORE INTO voice (n, name) VALUES (?, ?)", (voice, name))
        for table, noted, key in (("moment", "merged_moment", "moment"), ("voice_sample", "merged_sample", "sample")):
            connection.execute(
                f"UPDATE {table} SET voice = ? WHERE voice = ? AND n IN (SELECT {key} FROM {noted} WHERE voice = ?)",
                (voice, into, voice),
            )
        if into_name is None:  # it had taken the name of one of them
            connection.execute("UPDATE voice SET name = NULL WHERE n = ? AND name = ?", (into, name))
    begin_merge(connection)
    return [into, *(int(row[1]) for row in rows)]


def drop_notes(connection: Connection, voice: int) -> None:
    """Keep no name of a merged voice of which nothing is left, and nothing where the voice it became is gone."""
    connection.execute(
        "DELETE FROM merged_voice WHERE into_voice = ?1 AND (NOT EXISTS (SELECT 1 FROM voice WHERE n = ?1)"
        " OR (NOT EXISTS (SELECT 1 FROM merged_moment WHERE merged_moment.voice = merged_voice.voice)"
        " AND NOT EXISTS (SELECT 1 FROM merged_sample WHERE merged_sample.voice = merged_voice.voice)))",
        (voice,),
    )
