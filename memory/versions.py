"""Versions of one picture: which of some moments are one picture, edited, of a burst, or its moving half.

Role: compares the marks that the import has left on moments (``ingest.versions``). Pure functions: they hide nothing
and forget nothing; who shows moments tells one of them and names the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from memory.records import Kind, Moment

PICTURES = (Kind.PHOTO, Kind.SCENE)  # of nothing else there are versions
# Of 64 bits. Of data/photos/everyday, 99 % of all pairs differ in 20 or more; a photo and itself moved by 3 % differ in
# 18 or less nine times in ten. It only decides about what one camera took in one second.
_ALIKE_BITS = 18


@dataclass(frozen=True, slots=True)
class VersionMarks:
    """What tells a picture's versions.

    Attributes:
        name: The mark of its folder and plain name.
        second: The mark of its folder, camera and second, or None.
        look: 64 bits (hex) of what it shows, or None.
        is_moving: A scene of a video: two of these are never versions of each other.
    """

    name: str
    second: str | None = None
    look: str | None = None
    is_moving: bool = False

    @classmethod
    def parse(cls, told: Mapping[str, Any] | None, kind: Kind) -> VersionMarks | None:
        """Marks as the details of a moment hold them; None where there are none."""
        if not told or kind not in PICTURES:
            return None
        return cls(told["name"], told.get("second"), told.get("look"), kind is Kind.SCENE)

    def is_of(self, other: VersionMarks) -> bool:
        """Whether both are versions of one picture."""
        if self.is_moving and other.is_moving:
            return False
        if self.name == other.name:
            return True
        is_at_once = self.second is not None and self.second == other.second
        return is_at_once and _n_apart(self.look, other.look) <= _ALIKE_BITS


def _n_apart(one: str | None, other: str | None) -> int:
    if not one or not other:
        return 64
    return (int(one, 16) ^ int(other, 16)).bit_count()


def marks_of(moment: Moment) -> VersionMarks | None:
    """The marks of a moment; None where it shows no picture of which there could be versions."""
    return None if moment.shown is None else VersionMarks.parse(moment.details.get("versions"), moment.kind)


def is_version(one: Moment, other: Moment) -> bool:
    """Whether two pictures are versions of one."""
    first, second = marks_of(one), marks_of(other)
    return first is not None and second is not None and first.is_of(second)


def group(marks: Iterable[VersionMarks | None]) -> list[list[int]]:
    """Put what is one picture together; time grows with how many share a name or a second, not with all.

    Returns:
        Positions, each group in the order given, at the place of its first; what has no marks is its own.
    """
    groups: list[list[int]] = []
    firsts: list[VersionMarks | None] = []
    by_mark: dict[str, list[int]] = {}
    for position, each in enumerate(marks):
        near = [n for key in _keys(each) for n in by_mark.get(key, ())]
        at = next((n for n in near if _are_one(each, firsts[n])), None)
        if at is not None:
            groups[at].append(position)
            continue
        for key in _keys(each):
            by_mark.setdefault(key, []).append(len(groups))
        groups.append([position])
        firsts.append(each)
    return groups


def _are_one(one: VersionMarks | None, other: VersionMarks | None) -> bool:
    return one is not None and other is not None and one.is_of(other)


def front_of(is_moving: Sequence[bool]) -> int:
    """Which of a group is shown: the first that stands still, for it says more than the seconds around it."""
    return next((n for n, moving in enumerate(is_moving) if not moving), 0)


def _keys(marks: VersionMarks | None) -> tuple[str, ...]:
    if marks is None:
        return ()
    return (f"n{marks.name}",) if marks.second is None else (f"n{marks.name}", f"s{marks.second}")
