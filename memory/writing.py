"""Writing moments: the row of truth, its words, the windows around it and its place on the embedders' lists.

Role: one function that keeps everything derived in SQLite in step with a batch of moments, in the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from memory import failpoints, lexical, vectors
from memory.database import Connection
from memory.moments import find_rows, list_beside, upsert_moment
from memory.records import Changes, Moment


def write_moments(connection: Connection, batch: Sequence[Moment]) -> Changes:
    """Add moments or replace those with the same id; a moment that is equal to what is kept changes nothing."""
    latest = {moment.id: moment for moment in batch}
    before = {moment.id: (n, moment) for n, moment in find_rows(connection, latest).items()}
    latest |= {id_: _as_corrected(latest[id_], kept) for id_, (_n, kept) in before.items()}
    changed = [m for m in latest.values() if m.id not in before or not _is_kept(m, before[m.id][1])]
    old_numbers = [before[m.id][0] for m in changed if m.id in before]
    beside = neighbours_of(connection, old_numbers)
    numbers = {upsert_moment(connection, moment): moment for moment in changed}
    failpoints.hit("row_inserted")
    beside |= neighbours_of(connection, numbers)
    reworded = [n for n, m in numbers.items() if m.id not in before or _spoken(before[m.id][1]) != _spoken(m)]
    refresh_windows(connection, numbers, beside | set(numbers), reworded)
    known = frozenset(before)
    ids = frozenset(moment.id for moment in changed)
    return Changes(added=ids - known, updated=ids & known)


def neighbours_of(connection: Connection, numbers: Iterable[int]) -> set[int]:
    """Row numbers of the moments directly beside some moments, themselves left out."""
    wanted = set(numbers)
    return {n for number in wanted for n in list_beside(connection, number)} - wanted


def refresh_windows(
    connection: Connection, words: Iterable[int], windows: Iterable[int], reworded: Iterable[int]
) -> None:
    """Bring words and windows up to date and drop the vectors that are no longer true.

    Args:
        connection: The caller's transaction.
        words: Row numbers of moments whose own lexical row may have changed.
        windows: Row numbers of moments whose window may have changed.
        reworded: Those of ``words`` whose text or speaker did change, or which are new.
    """
    lexical.put_moments(connection, words)
    whole = set(reworded)
    vectors.mark_stale(connection, whole, set(lexical.put_windows(connection, windows)) - whole)


def _is_kept(moment: Moment, kept: Moment) -> bool:
    """Whether writing a moment would change nothing: its voice, and the name that came from it, stay anyway."""
    speaker = moment.speaker if kept.voice is None else kept.speaker
    return replace(moment, voice=kept.voice, speaker=speaker) == kept


def _as_corrected(moment: Moment, kept: Moment) -> Moment:
    """What the user typed outlives a moment that is written again, unless the new words are a person's too."""
    if kept.original is None:
        return replace(moment, original=None)
    if moment.text == kept.text:
        return replace(moment, original=kept.original)
    if not moment.producer and moment.text != kept.original:
        return replace(moment, original=None)
    return replace(moment, text=kept.text, original=moment.text)


def _spoken(moment: Moment) -> tuple[object, ...]:
    """What an embedder may have read of a moment."""
    return (moment.text, moment.speaker, moment.kind, moment.media)
