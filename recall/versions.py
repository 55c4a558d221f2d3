"""Versions of one picture told once: edited, of a burst, the photo and its moving half.

Role: compares the marks that the import has left on moments, and folds what was found. The others stay reachable by
their ids.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from memory.records import Kind, Moment
from recall.results import Found

# Of 64 bits. Of data/photos/everyday, 99 % of all pairs differ in 20 or more; a photo and itself moved by 3 % differ in
# 18 or less nine times in ten. It only decides about what one camera took in one second.
_ALIKE_BITS = 18


def is_version(one: Moment, other: Moment) -> bool:
    """Whether two pictures are versions of one."""
    if one.shown is None or other.shown is None or Kind.SCREENSHOT in (one.kind, other.kind):
        return False
    first, second = one.details.get("versions") or {}, other.details.get("versions") or {}
    if one.kind is other.kind is Kind.SCENE or not first or not second:
        return False
    if first["name"] == second["name"]:
        return True
    is_at_once = first.get("second") is not None and first.get("second") == second.get("second")
    return is_at_once and _n_apart(first.get("look"), second.get("look")) <= _ALIKE_BITS


def _n_apart(one: str | None, other: str | None) -> int:
    if not one or not other:
        return 64
    return (int(one, 16) ^ int(other, 16)).bit_count()


def fold(found: Sequence[Found]) -> list[Found]:
    """Show one of each picture's versions where the best of them stood, a photo rather than the seconds around it."""
    kept: list[Found] = []
    for each in found:
        at = next((n for n, other in enumerate(kept) if is_version(each.moment, other.moment)), None)
        if at is None:
            kept.append(each)
            continue
        front = kept[at]
        if front.moment.kind is Kind.SCENE and each.moment.kind is not Kind.SCENE:
            front, each = replace(each, score=front.score), front
        kept[at] = replace(front, versions=(*kept[at].versions, each.moment.id))
    return kept
