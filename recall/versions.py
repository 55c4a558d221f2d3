"""Versions of one picture told once: what was found is folded, and one picture's versions are looked up.

Role: over ``memory.versions``, for what was found. The others stay reachable by their ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from memory.records import Kind, Moment
from memory.store import Memory
from memory.versions import front_of, group, marks_of
from recall.results import Found


def fold(found: Iterable[Found]) -> list[Found]:
    """Show one of each picture's versions where the best of them stood, a photo rather than the seconds around it."""
    every = list(found)
    return [_fold_one([every[n] for n in alike]) for alike in group(marks_of(f.moment) for f in every)]


def _fold_one(alike: Sequence[Found]) -> Found:
    if len(alike) == 1:
        return alike[0]
    front = alike[front_of([f.moment.kind is Kind.SCENE for f in alike])]
    others = dict.fromkeys(m for f in alike for m in (f.moment.id, *f.versions) if m != front.moment.id)
    return replace(front, score=alike[0].score, versions=tuple(others))


def find_versions(memory: Memory, moment: Moment) -> list[Moment]:
    """All versions of a picture in order of time, itself included; empty where it is the only one."""
    marks = marks_of(moment)
    if marks is None:
        return []
    alike = [m for m in memory.find_alike_named(moment) if (other := marks_of(m)) is not None and marks.is_of(other)]
    return alike if len(alike) > 1 else []
