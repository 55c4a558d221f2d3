"""The user's verbs on what was heard wrongly: the words of an utterance.

Role: puts memory and importer together; no printing, no Qt. What is typed is searched and answered from at once, by its
words and by its meaning; while an import runs, its meaning follows at the end of that. Who spoke is ``app.voices``.
"""

from __future__ import annotations

from app.errors import Exit, UserError
from ingest.importer import Importer
from memory.records import Changes, Correction
from memory.store import Memory

_LONGEST = 20_000  # letters; an utterance has some hundreds


class CorrectionDesk:
    """Corrections in one memory.

    Args:
        memory: Where they are kept.
        importer: Embeds again what changed.
    """

    def __init__(self, memory: Memory, importer: Importer) -> None:
        self._memory, self._importer = memory, importer

    def correct(self, moment: str, text: str) -> Changes:
        """Put typed words in the place of those that were heard.

        Raises:
            NotFound: there is no such moment.
            UserError: there are no words, or far too many, or they were read in a picture, where each has its place;
                nothing was changed.
        """
        if self._memory.get_moment(moment).shown is not None:
            raise UserError("Words in a picture cannot be corrected.", hint="Write a note of what it says.")
        tidy = text.strip()
        if not tidy:
            hint = "Write what was said, or forget the moment if nothing was."
            raise UserError("There are no words to keep.", hint=hint, code=Exit.USAGE)
        if len(tidy) > _LONGEST:
            raise UserError("That is too long for what was said in one go.", hint="Keep it as a note of its own.")
        changes = self._memory.corrections.correct(moment, tidy)
        self._importer.try_embed_pending()
        return changes

    def restore(self, moment: str) -> Changes:
        """Bring back the words as they were heard.

        Raises:
            NotFound: there is no such moment.
        """
        changes = self._memory.corrections.restore(moment)
        self._importer.try_embed_pending()
        return changes

    def list_versions(self, moment: str) -> list[Correction]:
        """All that was ever typed for a moment, newest first."""
        return self._memory.corrections.list_versions(moment)
