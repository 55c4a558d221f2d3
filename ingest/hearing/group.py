"""Which directions are one conversation: neighbours that take turns.

Role: two people who talk in turns side by side are one stream; two who talk at once are two, however near.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ingest.hearing.directions import Direction, Sightings
from ingest.hearing.gate import smooth_level
from ingest.hearing.geometry import angle_between
from ingest.hearing.stft import ComplexArray, FloatArray, Stft

REACH_RAD = float(np.deg2rad(25.0))  # people of one conversation sit within this of each other, seen from the array
OWN_RAD = float(np.deg2rad(7.0))  # a sighting this near to a direction is its own
WINDOW_S = 1.0
BOTH_SHARE = 0.25  # in a window both talk when the lesser has this part of the sightings of the two
MAX_TOGETHER = 0.5  # part of the windows in which people who take turns may be heard both


@dataclass(frozen=True, slots=True)
class Group:
    """Directions that make one stream.

    Attributes:
        members: Indices of the directions.
        azimuth_rad: Their mean, weighted by share.
    """

    members: tuple[int, ...]
    azimuth_rad: float

    @classmethod
    def of(cls, members: Sequence[int], directions: Sequence[Direction]) -> Group:
        """Build a group and its mean azimuth (half way between the outermost would forget who speaks more)."""
        phasors = [directions[index].share * np.exp(1j * directions[index].azimuth_rad) for index in members]
        return cls(tuple(members), float(np.angle(sum(phasors)) % (2 * np.pi)))

    @classmethod
    def singles(cls, directions: Sequence[Direction]) -> list[Group]:
        """Each direction a group of its own."""
        return [cls((index,), direction.azimuth_rad) for index, direction in enumerate(directions)]


def group_directions(directions: Sequence[Direction], sightings: Sightings) -> list[Group]:
    """Join neighbours that take turns, nearest first."""
    groups = [[index] for index in range(len(directions))]
    turns = _presence(directions, sightings)
    pairs = sorted(
        (float(angle_between(directions[one].azimuth_rad, directions[other].azimuth_rad)), one, other)
        for one in range(len(directions))
        for other in range(one + 1, len(directions))
    )
    for apart, one, other in pairs:
        first = next(group for group in groups if one in group)
        second = next(group for group in groups if other in group)
        if first is second or apart > REACH_RAD or not _fits(first, second, directions):
            continue
        if all(_take_turns(turns[i], turns[j]) for i in first for j in second):
            first.extend(second)
            groups.remove(second)
    return [Group.of(sorted(members), directions) for members in groups]


def _fits(first: Sequence[int], second: Sequence[int], directions: Sequence[Direction]) -> bool:
    return all(
        angle_between(directions[i].azimuth_rad, directions[j].azimuth_rad) <= REACH_RAD for i in first for j in second
    )


def _presence(directions: Sequence[Direction], sightings: Sightings) -> FloatArray:
    """Weight of each direction's own sightings in each window, float32 (directions, windows)."""
    if not len(sightings.time_s):
        return np.zeros((len(directions), 1), dtype=np.float32)
    window = ((sightings.time_s - sightings.time_s[0]) / WINDOW_S).astype(np.intp)
    azimuths = np.array([direction.azimuth_rad for direction in directions])
    apart = angle_between(sightings.azimuth_rad[None, :], azimuths[:, None])
    nearest = apart.argmin(axis=0)
    presence = np.zeros((len(directions), int(window.max()) + 1), dtype=np.float32)
    for index in range(len(directions)):
        own = (nearest == index) & (apart[index] <= OWN_RAD)
        np.add.at(presence[index], window[own], sightings.weight[own])
    return presence


def _take_turns(first: FloatArray, second: FloatArray) -> bool:
    total = first + second
    floor = 0.1 * max(float(np.percentile(total, 90)), 1e-9)
    heard = total > floor
    both = heard & (np.minimum(first, second) >= BOTH_SHARE * total)
    return float(both.sum()) <= MAX_TOGETHER * float(min((first > floor).sum(), (second > floor).sum()))


def join_outputs(outputs: ComplexArray, groups: Sequence[Group], stft: Stft) -> ComplexArray:
    """Add the outputs of each group, each faded down while its neighbours speak.

    A talker's filter lets through more of the other conversations than of silence while the neighbour speaks, so each
    moment takes mostly the output of the one who has the floor.

    Args:
        outputs: complex64 (directions, bins, frames).
        groups: Which of them belong together.
        stft: Of the outputs.

    Returns:
        complex64 (groups, bins, frames).
    """
    joined = []
    for group in groups:
        members = list(group.members)
        if len(members) == 1:
            joined.append(outputs[members[0]])
            continue
        level = smooth_level(outputs[members], stft)
        gain = np.sqrt(level / (level.sum(axis=0, keepdims=True) + 1e-14)).astype(np.float32)
        joined.append((outputs[members] * gain[:, None, :]).sum(axis=0))
    return np.stack(joined)
