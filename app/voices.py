"""The user's verbs on voices: who is there, what they are called, who is the same, how I sound.

Role: puts memory, importer and the voice embedder together; no printing, no Qt. Names are given once: everything a
voice said, and all it says from then on, carries the name. After a change the windows that quote the speaker are
embedded again; while an import runs, that is done at its end. Who shows the change at once asks for that ``later``, and
calls ``catch_up`` then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from app.errors import Exit, UserError
from ingest.diarize import KNOWN
from ingest.enrol import listen
from ingest.importer import Importer
from ingest.nearest import Nearest, find_nearest
from ingest.relearn import learn_voices
from ingest.samples import choose_samples, order_unlike
from memory.records import Changes, Merge, Moment, Voice
from memory.store import Memory
from models.protocols import CancelToken, VoiceEmbedder

ME = "me"
_LONGEST_NAME = 80


class VoiceDesk:
    """Voices of one memory.

    Args:
        memory: Where they are kept.
        importer: Embeds again what a new name changes.
        embedder: Turns enrolment recordings into vectors; None where there is none.
        own_name: What the user is called; a voice that is named "me" gets this name.
    """

    def __init__(
        self, memory: Memory, importer: Importer, embedder: VoiceEmbedder | None = None, *, own_name: str = ""
    ) -> None:
        self._memory = memory
        self._importer = importer
        self._embedder = embedder
        self._own_name = own_name

    def list_voices(self) -> list[Voice]:
        """All voices, those heard most first."""
        return self._memory.voices.list_voices()

    def guess_own(self) -> Nearest | None:
        """The voice that may be the user's: nearest to the microphones again and again; None once one is known."""
        own = {ME, self._own_name.casefold()}
        if any(v.n_samples or (v.name or "").casefold() in own - {""} for v in self.list_voices() if v.name):
            return None
        return find_nearest(self._memory.voices.list_levels())

    def name(self, voice: str, name: str | None, *, later: bool = False) -> Changes:
        """Name a voice everywhere; None or an empty name takes the name away.

        Raises:
            NotFound: there is no such voice.
            UserError: the name is not usable.
        """
        changes = self._memory.voices.name(voice, self._tidy(name) if name else None)
        self._catch_up(later)
        return changes

    def merge(self, into: str, others: Sequence[str], *, later: bool = False) -> Changes:
        """Make one voice of several that are the same person.

        Raises:
            NotFound: one of them is not there; nothing was changed.
        """
        changes = self._memory.voices.merge(into, others)
        self._catch_up(later)
        return changes

    def find_merge(self) -> Merge | None:
        """The last merge, which can be undone; None where there is none."""
        return self._memory.voices.find_merge()

    def undo_merge(self, *, later: bool = False) -> Changes:
        """Undo the last merge: each voice has its own utterances and name again.

        Raises:
            NotFound: there is none to undo.
        """
        changes = self._memory.voices.undo_merge()
        self._catch_up(later)
        return changes

    def split(self, voice: str, moments: Sequence[str], *, to: str | None = None, later: bool = False) -> str:
        """Take utterances that another person said out of a voice: as a voice of its own, or for one that is known.

        Returns:
            The id of the voice that they belong to now.

        Raises:
            NotFound: there is no such voice, or one of the moments is not its.
        """
        new = self._memory.voices.split(voice, moments, to=to)
        self._catch_up(later)
        return new

    def give(self, moment: str, name: str | None) -> Changes:
        """Say who spoke one utterance; what else that voice said stays as it is.

        Args:
            moment: Its id.
            name: Of a voice that is known or of a new one; None or empty where nobody can say who it was.

        Raises:
            NotFound: there is no such utterance.
            UserError: the name is not usable.
        """
        changes = self._memory.voices.give(moment, self._tidy(name) if name else None)
        self._importer.try_embed_pending()
        return changes

    def list_samples(self, voice: str) -> list[Moment]:
        """Up to three utterances to know a voice by: long, typical of it, from different occasions.

        Raises:
            NotFound: there is no such voice.
        """
        return self._read(choose_samples(self._memory.voices.list_heard(voice)))

    def list_unlike(self, voice: str, *, limit: int = 200) -> list[Moment]:
        """Utterances of a voice, those that sound least like it first: where somebody else would stand.

        Raises:
            NotFound: there is no such voice.
        """
        return self._read(order_unlike(self._memory.voices.list_heard(voice))[:limit])

    def catch_up(self) -> None:
        """Embed again what was changed with ``later``."""
        self._importer.try_embed_pending()

    def _catch_up(self, later: bool) -> None:
        if not later:
            self.catch_up()

    def _read(self, ids: Sequence[str]) -> list[Moment]:
        found = self._memory.find_moments(ids)
        return [found[moment] for moment in ids if moment in found]

    def enrol(self, path: Path, name: str, *, cancel: CancelToken | None = None) -> str:
        """Learn how a person sounds from a recording; voices heard before that sound so get the name too.

        Returns:
            The id of the voice.

        Raises:
            UserError: there is no such file, or the name is not usable; nothing was changed.
            BadInput: the recording cannot be read.
            ModelError: the weights are missing.
        """
        if self._embedder is None:
            raise UserError("This Madeleine has no model of voices.", code=Exit.ENVIRONMENT)
        tidy = self._tidy(name)
        if not path.exists():
            raise UserError(f"There is no file {path}.", hint="Check its name.", code=Exit.NOT_FOUND)
        sample = listen(path, self._embedder, cancel=cancel)
        book, producer = self._memory.voices, self._embedder.producer
        nameless = {v.id for v in book.list_voices() if v.name is None}
        alike = [c.voice for c in book.list_centres(producer) if float(c.vector @ sample.vector) >= KNOWN]
        voice = book.enrol(tidy, producer, sample.seconds, sample.vector)
        book.merge(voice, [other for other in alike if other in nameless])
        self._importer.try_embed_pending()
        return voice

    def learn(self, *, cancel: CancelToken | None = None, report: Callable[[int], None] = lambda _n: None) -> int:
        """Listen to recordings whose voices were never told apart; returns how many utterances got a voice.

        Raises:
            UserError: there is no voice embedder.
            ModelError: its weights are missing.
        """
        if self._embedder is None:
            raise UserError("This Madeleine has no model of voices.", code=Exit.ENVIRONMENT)
        n_tied = learn_voices(self._memory, self._embedder, cancel=cancel or CancelToken(), report=report)
        self._importer.try_embed_pending()
        return n_tied

    def forget(self, voice: str, *, later: bool = False) -> Changes:
        """Forget how a person sounds and what they are called; what was said stays, its speaker unknown.

        Raises:
            NotFound: there is no such voice.
        """
        changes = self._memory.voices.forget(voice)
        self._memory.drop_copies()
        self._catch_up(later)
        return changes

    def _tidy(self, name: str) -> str:
        tidy = " ".join(name.split())
        if not any(c.isalpha() for c in tidy) or len(tidy) > _LONGEST_NAME:
            raise UserError("That is not a name.", hint=f"Give one with letters, of up to {_LONGEST_NAME} characters.")
        return (self._own_name or ME) if tidy.casefold() == ME else tidy
