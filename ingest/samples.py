"""Which utterances of a voice to play so that a person knows who it is, and which may be somebody else's.

Role: likenesses and lengths in, ids out; no sound is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from memory.records import Heard

N_SAMPLES = 3
_LONG_ENOUGH_S = 10.0  # nobody listens longer to know a voice; beyond it clearness alone counts
_LEAST_S = 1.0


def choose_samples(heard: Sequence[Heard], n: int = N_SAMPLES) -> list[str]:
    """Choose up to ``n`` utterances: the longest of those that are typical, each from another occasion if possible.

    Typical is what sounds at least as much like the voice as half of its utterances do: where two people speak at once,
    or noise covers the words, the print is unlike both.
    """
    likes = [each.likeness for each in heard if each.likeness is not None]
    middle = median(likes) if likes else 0.0

    def rank(each: Heard) -> tuple[bool, bool, float, float]:
        is_typical = each.likeness is None or each.likeness >= middle
        return (each.seconds >= _LEAST_S, is_typical, min(each.seconds, _LONG_ENOUGH_S), each.likeness or 0.0)

    ordered = sorted(heard, key=rank, reverse=True)
    occasions: set[str] = set()
    first: list[str] = []
    rest: list[str] = []
    for each in ordered:
        (rest if each.occasion in occasions else first).append(each.moment)
        occasions.add(each.occasion)
    return [*first, *rest][:n]


def order_unlike(heard: Sequence[Heard]) -> list[str]:
    """All utterances, those that sound least like the voice first; those without a print come last, newest first."""
    return [each.moment for each in sorted(heard, key=lambda each: 2.0 if each.likeness is None else each.likeness)]
