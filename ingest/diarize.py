"""Who is who among utterances: clusters of alike voices in a session, and which of them are known already.

Role: vectors and times in, groups out; no sound, no files, no database. When in doubt a voice stays unknown: a name on
the wrong words is worse than none.

Source: agglomerative clustering by average cosine, as in Sell and Garcia-Romero 2014 (Speaker diarization with PLDA
i-vector scoring and unsupervised calibration); the bars were set on the separated streams of the development scenes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from memory.records import VoiceCentre, Voiceprint
from models.protocols import FloatArray

# Cosines of the default profile's encoder, on the development talks (clean), conversations and scenes (separated). In a
# session two groups of one person are at .74 and more on the average, mostly above .78; of two people up to .74 where
# it is clean, .65 in separated streams. People on the whole (6 s and more) over sessions: the same .72 to .97, others
# up to .83. Where it is unsure, one person becomes two voices, which the user can join, rather than two people one.
ALIKE = 0.76  # two groups of one session are one person
_ALIKE_SHORT = 0.66  # a short utterance is that of a person of its session,
_CLEARLY = 0.06  # if so much more than that of the next
_ALIKE_BETWEEN = 0.55  # and less is asked of it between two turns of that very person
KNOWN = 0.84  # a group is a person known from other sessions,
_KNOWN_CLEARLY = 0.02
_SURE_S = 1.4  # shorter utterances do not make a person; the encoder was trained on 1.6 s
_NEW_S = 2.5  # nor does less speech altogether
_TURN_US = 1_500_000
_AT_ONCE_US = 400_000  # overlap from which two streams are two people who speak at once; word times err by .2 s


@dataclass(slots=True)
class Group:
    """Utterances of one person of a session.

    Attributes:
        prints: They.
        voice: The person, where already known to the memory.
    """

    prints: list[Voiceprint] = field(default_factory=list)
    voice: str | None = None

    @property
    def seconds(self) -> float:
        """Of speech."""
        return sum(p.seconds for p in self.prints)

    @property
    def centre(self) -> FloatArray:
        """Mean of the vectors by seconds, of unit length."""
        return _unit(np.sum([p.seconds * p.vector for p in self.prints], axis=0))


Spans = Callable[[str], Sequence[tuple[int | None, int, int]]]


def group_voices(prints: Sequence[Voiceprint], known: Sequence[VoiceCentre], spans_of: Spans) -> list[Group]:
    """Find the people of a stretch of a session.

    Args:
        prints: Of its utterances, in order of time; their number squared must fit into memory.
        known: How the voices of the memory sound.
        spans_of: When a known voice speaks in this session as far as it is assigned: (stream, started_us, ended_us).

    Returns:
        Groups of one person each. Utterances that nobody can be made of are in none.
    """
    sure = [p for p in prints if p.seconds >= _SURE_S]
    groups = _agglomerate(sure)
    _recognize(groups, known, spans_of)
    groups = _join_known(groups)
    groups = [g for g in groups if g.voice is not None or g.seconds >= _NEW_S]
    taken = {p.moment for g in groups for p in g.prints}
    _place_short([p for p in prints if p.moment not in taken], groups)
    return groups


def are_at_once(one: Sequence[tuple[int | None, int, int]], other: Sequence[tuple[int | None, int, int]]) -> bool:
    """Whether two speak at the same time in different streams: then they are two people, however alike they sound."""
    return any(
        first != second and min(first_end, second_end) - max(first_start, second_start) > _AT_ONCE_US
        for first, first_start, first_end in one
        for second, second_start, second_end in other
    )


def _agglomerate(prints: Sequence[Voiceprint]) -> list[Group]:
    """Join the two groups most alike on the average until none are alike enough; never two who speak at once."""
    n = len(prints)
    if n == 0:
        return []
    weights = np.array([p.seconds for p in prints])
    sums = np.stack([p.vector for p in prints]).astype(np.float64) * weights[:, None]
    alike = (sums @ sums.T) / np.outer(weights, weights)
    apart = _at_once(prints)
    members = [[index] for index in range(n)]
    alike[apart] = -1.0
    np.fill_diagonal(alike, -1.0)
    while True:
        one, other = (int(i) for i in np.unravel_index(int(np.argmax(alike)), alike.shape))
        if alike[one, other] < ALIKE:
            break
        members[one] += members[other]
        members[other] = []
        sums[one] += sums[other]
        weights[one] += weights[other]
        apart[one] |= apart[other]
        apart[:, one] |= apart[:, other]
        row = (sums @ sums[one]) / (weights * weights[one])
        row[apart[one]] = -1.0
        row[[index for index in range(n) if not members[index]]] = -1.0
        row[one] = -1.0
        alike[one] = alike[:, one] = row
        alike[other] = alike[:, other] = -1.0
    return [Group([prints[i] for i in sorted(indexes)]) for indexes in members if indexes]


def _at_once(prints: Sequence[Voiceprint]) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    starts = np.array([p.started_us for p in prints])
    ends = np.array([p.ended_us for p in prints])
    streams = np.array([-1 if p.stream is None else p.stream for p in prints])
    together = np.minimum(ends[:, None], ends) - np.maximum(starts[:, None], starts) > _AT_ONCE_US
    return np.asarray(together & (streams[:, None] != streams))


def _recognize(groups: Sequence[Group], known: Sequence[VoiceCentre], spans_of: Spans) -> None:
    """Tell which groups are people the memory knows; the surest first, and never one who speaks at once with them."""
    if not known or not groups:
        return
    alike = np.stack([g.centre for g in groups]) @ np.stack([k.vector for k in known]).T
    said: dict[str, list[tuple[int | None, int, int]]] = {}
    for index in np.argsort(-alike.max(axis=1)):
        group, row = groups[index], alike[index]
        best = int(np.argmax(row))
        rest = np.delete(row, best)
        clearly = not len(rest) or row[best] - rest.max() >= _KNOWN_CLEARLY
        if row[best] < KNOWN or not clearly or group.seconds < _NEW_S:
            continue
        voice = known[best].voice
        spans = said.setdefault(voice, list(spans_of(voice)))
        mine = _spans(group)
        if not are_at_once(mine, spans):
            group.voice = voice
            spans += mine


def _join_known(groups: Sequence[Group]) -> list[Group]:
    """Groups that are the same known person become one."""
    joined: dict[str, Group] = {}
    others = []
    for group in groups:
        if group.voice is None:
            others.append(group)
        elif group.voice in joined:
            joined[group.voice].prints += group.prints
        else:
            joined[group.voice] = group
    return [*joined.values(), *others]


def _place_short(rest: Sequence[Voiceprint], groups: Sequence[Group]) -> None:
    """Give what is too short to make a person to the one it sounds like; what stays unsure stays in no group."""
    if not groups:
        return
    centres = np.stack([g.centre for g in groups])
    turns = _neighbours(rest, groups)
    for one in rest:
        alike = centres @ one.vector
        mine = [(one.stream, one.started_us, one.ended_us)]
        for index, group in enumerate(groups):
            if are_at_once(mine, _spans(group)):
                alike[index] = -1.0
        best = int(np.argmax(alike))
        margin = alike[best] - max((value for i, value in enumerate(alike) if i != best), default=-1.0)
        is_short = one.seconds < _SURE_S
        is_between = is_short and turns.get(one.moment) == best
        bar = _ALIKE_BETWEEN if is_between else _ALIKE_SHORT if is_short else ALIKE
        if alike[best] >= bar and (is_between or margin >= _CLEARLY):
            groups[best].prints.append(one)


def _neighbours(rest: Sequence[Voiceprint], groups: Sequence[Group]) -> Mapping[str, int]:
    """For each utterance that stands close between two turns of one group in its stream: that group."""
    rows = sorted(
        [(p.started_us, p, index) for index, g in enumerate(groups) for p in g.prints]
        + [(p.started_us, p, -1) for p in rest],
        key=lambda row: (row[0], row[1].moment),
    )
    by_stream: dict[int | None, list[tuple[Voiceprint, int]]] = {}
    for _start, one, index in rows:
        by_stream.setdefault(one.stream, []).append((one, index))
    found = {}
    for turns in by_stream.values():
        for (before, first), (one, index), (after, second) in zip(turns, turns[1:], turns[2:], strict=False):
            close = one.started_us - before.ended_us < _TURN_US and after.started_us - one.ended_us < _TURN_US
            if index == -1 and first == second != -1 and close:
                found[one.moment] = first
    return found


def _spans(group: Group) -> list[tuple[int | None, int, int]]:
    return [(p.stream, p.started_us, p.ended_us) for p in group.prints]


def _unit(vector: FloatArray) -> FloatArray:
    return (vector / max(float(np.linalg.norm(vector)), 1e-9)).astype(np.float32)
