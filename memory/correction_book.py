"""What the user says was really said: typed words in the place of those that were heard, each version kept.

Role: the part of ``Memory`` that deals with corrections, as ``memory.corrections``; each verb is one transaction that
carries the words and windows searches read. While a correction holds, ``Moment.text`` is the typed words and
``Moment.original`` the heard ones, so that whoever reads moments reads what the user says.
"""

from __future__ import annotations

from collections.abc import Callable

from memory.database import Connection, Database
from memory.errors import NotFound
from memory.moments import find_rows
from memory.records import Changes, Correction, Moment
from memory.texts import to_storable
from memory.writing import neighbours_of, refresh_windows


class CorrectionBook:
    """The corrections of one memory. Made by ``Memory``."""

    def __init__(self, database: Database, now_us: Callable[[], int]) -> None:
        self._database, self._now_us = database, now_us

    def correct(self, moment: str, text: str) -> Changes:
        """Put typed words in the place of a moment's; the words as they were heard bring those back.

        Raises:
            NotFound: there is no such moment.
        """
        with self._database.transaction() as connection:
            number, kept = _get(connection, moment)
            text = to_storable(text)
            if text == kept.text:
                return Changes()
            heard = kept.text if kept.original is None else kept.original
            if text != heard:
                connection.execute(
                    "INSERT INTO correction (moment, made_us, text) VALUES (?, ?, ?)", (number, self._now_us(), text)
                )
            connection.execute(
                "UPDATE moment SET text = ?, original = ? WHERE n = ?", (text, None if text == heard else heard, number)
            )
            refresh_windows(connection, [number], {number} | neighbours_of(connection, [number]), [number])
        return Changes(updated=frozenset({moment}))

    def restore(self, moment: str) -> Changes:
        """Bring back the words as they were heard; what was typed stays among the versions.

        Raises:
            NotFound: there is no such moment.
        """
        with self._database.read() as connection:
            _number, kept = _get(connection, moment)
        return Changes() if kept.original is None else self.correct(moment, kept.original)

    def list_versions(self, moment: str) -> list[Correction]:
        """All that was ever typed for a moment, newest first; each text once."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT correction.text, max(made_us) FROM moment CROSS JOIN correction"
                " ON correction.moment = moment.n WHERE moment.id = ? GROUP BY correction.text ORDER BY 2 DESC, 1",
                (moment,),
            )
            return [Correction(text, made_us) for text, made_us in rows]


def _get(connection: Connection, moment: str) -> tuple[int, Moment]:
    for number, kept in find_rows(connection, [moment]).items():
        return number, kept
    raise NotFound("There is no such moment.", hint="It may have been forgotten.")
