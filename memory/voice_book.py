"""Who is who: the voices of one memory and their names; each verb is one transaction.

Role: the part of ``Memory`` that deals with voices, as ``memory.voices``. Ids are opaque ("v3"); a voice keeps its id
while it exists, and its number is never given again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from memory import merges, voices
from memory.database import Database
from memory.errors import NotFound
from memory.moments import read_numbered
from memory.records import Changes, Heard, Merge, Moment, Voice, VoiceCentre, VoiceLevel, Voiceprint

NEWEST = 2000  # utterances of a voice that are looked at: choosing among more would take long


class VoiceBook:
    """The voices of one memory. Made by ``Memory``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def list_voices(self) -> list[Voice]:
        """All voices, those heard most first."""
        with self._database.read() as connection:
            return voices.list_voices(connection)

    def get(self, voice: str) -> Voice:
        """Read one voice.

        Raises:
            NotFound: there is none.
        """
        for one in self.list_voices():
            if one.id == voice:
                return one
        raise NotFound(f"There is no voice {voice}.", hint="See them with: madeleine voices list")

    def list_prints(
        self, session: str, producer: str, *, after: tuple[int, str] | None = None, limit: int
    ) -> list[Voiceprint]:
        """Prints of a session's utterances that belong to no voice yet, in order of time, after one read before."""
        with self._database.read() as connection:
            return voices.list_prints(connection, session, producer, after=after, limit=limit)

    def list_unheard(
        self, producer: str, *, after: tuple[str, int] | None = None, limit: int
    ) -> list[tuple[int, Moment]]:
        """Utterances that have sound and no print of this producer, by session, under their row numbers."""
        with self._database.read() as connection:
            rows = voices.list_unheard(connection, producer, after=after, limit=limit)
            found = read_numbered(connection, rows)
        return [(n, found[n]) for n in rows if n in found]

    def put_prints(self, prints: Sequence[Voiceprint]) -> None:
        """Keep how the voices of utterances sound; utterances that were forgotten meanwhile are left out."""
        with self._database.transaction() as connection:
            voices.put_prints(connection, prints)

    def find_print(self, moment: str, producer: str) -> NDArray[np.float32] | None:
        """How the voice sounds in one utterance, or None."""
        with self._database.read() as connection:
            return voices.find_print(connection, moment, producer)

    def list_centres(self, producer: str) -> list[VoiceCentre]:
        """How every voice sounds on the whole."""
        with self._database.read() as connection:
            return voices.list_centres(connection, producer)

    def list_levels(self) -> list[VoiceLevel]:
        """How loud each voice is in each session."""
        with self._database.read() as connection:
            return voices.list_levels(connection)

    def list_spans(self, voice: str, session: str) -> list[tuple[int | None, int, int]]:
        """When a voice speaks in a session: (stream, started_us, ended_us)."""
        with self._database.read() as connection:
            return voices.list_spans(connection, voices.to_number(connection, voice), session)

    def assign(self, groups: Iterable[tuple[str | None, Sequence[str]]]) -> Changes:
        """Tie utterances to voices in one transaction.

        Args:
            groups: (voice, or None for a new one; the utterances).
        """
        changed: list[str] = []
        with self._database.transaction() as connection:
            for voice, moments in groups:
                number = voices.add_voice(connection) if voice is None else voices.to_number(connection, voice)
                voices.tie(connection, number, moments)
                changed += moments
        return Changes(updated=frozenset(changed))

    def name(self, voice: str, name: str | None) -> Changes:
        """Name a voice; everything it said, before and from now on, carries the name. None takes the name away.

        Raises:
            NotFound: there is no such voice.
        """
        tidy = " ".join(name.split()) if name else None
        with self._database.transaction() as connection:
            return _changed(voices.set_name(connection, voices.to_number(connection, voice), tidy or None))

    def merge(self, into: str, others: Sequence[str]) -> Changes:
        """Make one voice of several; the first keeps its name, or takes that of another where it has none.

        It can be undone until the next merge.

        Raises:
            NotFound: one of them is not there; nothing was changed.
        """
        with self._database.transaction() as connection:
            kept = voices.to_number(connection, into)
            rest = dict.fromkeys(voices.to_number(connection, other) for other in others)
            rest.pop(kept, None)
            if rest:
                merges.begin_merge(connection)
            return _changed([m for n in rest for m in voices.merge(connection, kept, n)])

    def find_merge(self) -> Merge | None:
        """The last merge, which ``undo_merge`` would undo; None where there is none."""
        with self._database.read() as connection:
            return merges.find_merge(connection)

    def undo_merge(self) -> Changes:
        """Undo the last merge: each voice has its own utterances, recordings and name again.

        What was tied to the voice since, and a name it was given since, stay with it.

        Raises:
            NotFound: there is none to undo.
        """
        with self._database.transaction() as connection:
            return _changed(voices.undo_merge(connection))

    def split(self, voice: str, moments: Sequence[str], *, to: str | None = None) -> str:
        """Take utterances out of a voice: as a voice of its own, or for another that is known; returns its id.

        Raises:
            NotFound: a voice is not there, or one of the moments is none of its utterances; nothing was changed.
        """
        with self._database.transaction() as connection:
            number = voices.to_number(connection, voice)
            for moment in moments:
                if not voices.says(connection, number, moment):
                    raise NotFound(f"{moment} is no utterance of voice {voice}.")
            new = voices.add_voice(connection) if to is None else voices.to_number(connection, to)
            voices.tie(connection, new, moments)
            return voices.to_id(new)

    def give(self, moment: str, name: str | None) -> Changes:
        """Say who spoke one utterance: the voice of that name, a new one where there is none, nobody known for None.

        Raises:
            NotFound: there is no such utterance.
        """
        tidy = " ".join(name.split()) if name else ""
        with self._database.transaction() as connection:
            if connection.execute("SELECT 1 FROM moment WHERE id = ?", (moment,)).fetchone() is None:
                raise NotFound("There is no such moment.", hint="It may have been forgotten.")
            wanted = tidy.casefold()
            known = [v.id for v in voices.list_voices(connection) if wanted and (v.name or "").casefold() == wanted]
            number = voices.to_number(connection, known[0]) if known else voices.add_voice(connection, tidy or None)
            voices.tie(connection, number, [moment])
        return Changes(updated=frozenset({moment}))

    def list_heard(self, voice: str, *, limit: int = NEWEST) -> list[Heard]:
        """The newest utterances of a voice that can be played, and how much each sounds like the voice.

        Raises:
            NotFound: there is no such voice.
        """
        with self._database.snapshot() as connection:
            return voices.list_heard(connection, voices.to_number(connection, voice), limit)

    def enrol(self, name: str, producer: str, seconds: float, vector: NDArray[np.float32]) -> str:
        """Keep how a named person sounds; returns the id of the voice of that name, a new one where there is none."""
        with self._database.transaction() as connection:
            known = [v for v in voices.list_voices(connection) if (v.name or "").casefold() == name.casefold()]
            number = voices.to_number(connection, known[0].id) if known else voices.add_voice(connection, name)
            voices.add_sample(connection, number, producer, seconds, vector)
            voices.settle(connection, [number])
            return voices.to_id(number)

    def forget(self, voice: str) -> Changes:
        """Forget how a person sounds and what they are called; what was said stays, its speaker unknown.

        Raises:
            NotFound: there is no such voice.
        """
        with self._database.transaction() as connection:
            return _changed(voices.delete_voice(connection, voices.to_number(connection, voice)))


def _changed(moments: Iterable[str]) -> Changes:
    return Changes(updated=frozenset(moments))
