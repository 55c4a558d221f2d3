"""Is every word of a few written words in one moment? What a model calls an event is looked up before it is shown.

Role: pure text. Stricter than the check of answers (``recall.check``): not numbers, names and dates alone, but each
word that carries meaning must stand there, together in one moment, so that nothing is put together that nobody said.
"""

from __future__ import annotations

import re

from memory.records import Moment
from recall.held import facts_in, is_held, words_on
from recall.orders import has_orders
from recall.pack import Note
from recall.times import local_time
from recall.words import content_words, stem, tokens

# A moment that says what an event is to be called addresses whoever names events, and no person in the room.
_NAMING = re.compile(
    r"\b(?:call|name|rename|title|label|entitle|summari[sz]e)\b[^.!?\n]{0,40}\b(?:events?|moments?|memory|notes?|titles?|summary)\b"
    r"|\b(?:titles?|summary|label)\s*(?::|\bis\b|\bmust\b|\bshould\b|\bshall\b)",
    re.IGNORECASE,
)


def is_order(moment: Moment) -> bool:
    """Whether a moment tells its reader what to write; whoever names an event does not look at it at all."""
    return has_orders(moment.text) or _NAMING.search(moment.text) is not None


def is_borne(words: str, moment: Moment) -> bool:
    """Whether a moment holds all of some words: each that carries meaning, by its stem, and each number, date and name.

    Args:
        words: A part of a title.
        moment: What it says, and who, where and in which window it was.
    """
    wanted = {stem(word) for word in content_words(words)}
    if not wanted or not wanted <= {stem(word) for word in tokens(words_on(moment))}:
        return False
    at = local_time(moment.started_us, moment.zone)
    return is_held(facts_in(words, "", at), words, [Note(1, moment, moment.text, 1.0)], {moment.id: at})
