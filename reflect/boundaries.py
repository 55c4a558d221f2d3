"""Where one thing ends and the next begins, in the moments of one day.

Role: arrays in, evidence for a boundary at each step from one moment to the next out. No database, no model, no words
for people. Cost grows with the number of moments, never with its square.

Each kind of evidence is read as log-odds and they are added, so that no one of them decides: a long silence inside a
talk about one thing is no boundary, and a new thing right after another is one. The numbers are round guesses of how
much each says, not learned.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from memory.records import CALENDAR, Kind, Trace

Floats = NDArray[np.float64]
Around = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]  # first row before a step, first and end after

IDLE_S = 30 * 60.0  # after so long without anything the next is another event; papers.md 1.34, idle gap of 25 to 30 min
_USUAL_GAP_S = 5 * 60.0  # as likely between two events as within one
_LOCAL = 10  # gaps to either side that say how fast things come; Platt et al. 2003, PhotoTOC, d = 10
_LOCAL_FACTOR = 17.0  # a gap so many times the local mean is a new group of photos; ibid., K = log 17
_MOVED_M = 500.0  # papers.md 1.2: another place
_NEAR_M = 200.0  # what a telephone errs inside buildings, and a little
_NEAR_FOR_S = 3600.0
_PLANNED_WITHIN_US = 10 * 60 * 1_000_000  # people are as late as that
_AROUND = 6  # moments to either side that are compared; Hearst 1997, TextTiling, block size 6
_FLOWING = (Kind.UTTERANCE, Kind.SCREENSHOT)  # what comes in a stream; photos and notes come one by one
_N_HASHED = 256
_PRIOR = -2.5  # one step in twelve
_DAY_S = 86400.0
_EARTH_M = 6_371_000.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """Log-odds for a boundary between each moment and the next, float64 (n - 1,) each.

    Attributes:
        gap_s: The time in between; 0 where moments overlap.
        moved_m: How far the place has changed, put at the longest gap in between; 0 where it is not known.
        parts: By name: "time", "place", "session", "people", "mode", "topic", "title", "calendar".
        total: Their sum with the prior; above 0 a boundary is more likely than not.
    """

    gap_s: Floats
    moved_m: Floats
    parts: dict[str, Floats]
    total: Floats


def is_planned(trace: Trace) -> bool:
    """Whether it is an appointment of a calendar, which says what was planned and not what was captured."""
    return trace.kind is Kind.NOTE and trace.app == CALENDAR


def weigh_steps(day: Sequence[Trace], planned: Sequence[Trace] = ()) -> Evidence:
    """Weigh all steps of a day.

    Args:
        day: Two moments or more, in order of their start.
        planned: Appointments of the calendar.
    """
    gap_s = find_gaps(day)
    around = _find_windows(gap_s)
    place, moved_m = _weigh_places(day, gap_s)
    parts = {
        "time": _weigh_gaps(gap_s),
        "place": place,
        "session": _weigh_sessions(day, gap_s),
        "people": _weigh_people(day, around),
        "mode": _weigh_modes(day, around),
        "topic": _weigh_topics(day, gap_s),
        "title": _weigh_titles(day, around),
        "calendar": _weigh_plans(day, planned),
    }
    total = _PRIOR + np.sum(list(parts.values()), axis=0)
    total[gap_s >= IDLE_S] = np.inf
    return Evidence(gap_s, moved_m, parts, total)


def find_gaps(day: Sequence[Trace]) -> Floats:
    """Seconds between the end of all before and the start of the next, float64 (n - 1,), at least 0."""
    starts = np.array([t.started_us for t in day], np.int64)
    ends = np.maximum.accumulate(np.array([t.ended_us for t in day], np.int64))
    return np.maximum(0, starts[1:] - ends[:-1]) / 1e6


def _weigh_gaps(gap_s: Floats) -> Floats:
    """A gap against the usual one, and against those around it."""
    logs = np.log(gap_s + 1.0)
    sums = np.concatenate([[0.0], np.cumsum(logs)])
    rows = np.arange(len(logs))
    first, last = np.maximum(0, rows - _LOCAL), np.minimum(len(logs), rows + _LOCAL + 1)
    local = (sums[last] - sums[first]) / (last - first)
    usual = np.clip(logs - np.log(_USUAL_GAP_S), -3.0, 2.0)
    relative = np.clip((logs - local) / np.log(_LOCAL_FACTOR), -1.0, 1.5)
    return np.asarray(0.5 * usual + 2.0 * relative)


def _weigh_places(day: Sequence[Trace], gap_s: Floats) -> tuple[Floats, Floats]:
    """Two known places: far apart, they are parted by the longest gap in between; close, by none of them."""
    odds, moved = np.zeros(len(gap_s)), np.zeros(len(gap_s))
    located = [row for row, t in enumerate(day) if t.lat is not None and t.lon is not None]
    for before, after in pairwise(located):
        one, other = day[before], day[after]
        far_m = distance_m(one.lat or 0.0, one.lon or 0.0, other.lat or 0.0, other.lon or 0.0)
        if far_m > _MOVED_M:
            row = before + int(np.argmax(gap_s[before:after]))
            odds[row] += 4.0
            moved[row] = far_m
        elif far_m < _NEAR_M and (other.started_us - one.ended_us) / 1e6 < _NEAR_FOR_S:
            odds[before:after] -= 1.0
    return odds, moved


def distance_m(lat: float, lon: float, lat_2: float, lon_2: float) -> float:
    """Metres along the Earth's surface between two positions in degrees (haversine)."""
    phi, phi_2 = np.radians(lat), np.radians(lat_2)
    half = np.sin((phi_2 - phi) / 2) ** 2 + np.cos(phi) * np.cos(phi_2) * np.sin(np.radians(lon_2 - lon) / 2) ** 2
    return float(2 * _EARTH_M * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0))))


def _weigh_sessions(day: Sequence[Trace], gap_s: Floats) -> Floats:
    """A recording that goes on binds what lies in it; where one ends and another begins, something may have ended."""
    odds = np.zeros(len(gap_s))
    heard = [row for row, t in enumerate(day) if t.session is not None]
    for before, after in pairwise(heard):
        if day[before].session == day[after].session:
            if day[after].started_us - day[before].ended_us < _USUAL_GAP_S * 1e6:
                odds[before:after] = -1.0
        else:
            odds[before + int(np.argmax(gap_s[before:after]))] = 1.0
    return odds


def _weigh_plans(day: Sequence[Trace], planned: Sequence[Trace]) -> Floats:
    """An appointment begins or ends nearby: at the step that is nearest to it."""
    odds = np.zeros(len(day) - 1)
    begins_us = np.array([t.started_us for t in day[1:]], np.int64)
    for time_us in {us for one in planned for us in (one.started_us, one.ended_us)}:
        away_us = np.abs(begins_us - time_us)
        step = int(np.argmin(away_us))
        if away_us[step] <= _PLANNED_WITHIN_US:
            odds[step] = 2.0
    return odds


def _weigh_people(day: Sequence[Trace], around: Around) -> Floats:
    """Whether the same people speak before and after."""
    return _weigh_sets([t.voice or t.speaker for t in day], around, weight=1.5, even=0.6)


def _weigh_modes(day: Sequence[Trace], around: Around) -> Floats:
    """Whether people talk, or look at a screen, before and after; photos are taken beside either."""
    shares = _shares([str(t.kind) if t.kind in _FLOWING else None for t in day], around)
    apart = 0.5 * np.abs(shares[0] - shares[1]).sum(axis=1)
    known = shares[0].any(axis=1) & shares[1].any(axis=1)
    return np.where(known, 3.0 * apart - 1.0, 0.0)


def _weigh_sets(names: Sequence[Hashable | None], around: Around, *, weight: float, even: float) -> Floats:
    """Jaccard distance of who is there before and after; 0 where on one side nobody is known.

    Args:
        names: One a moment, or None.
        around: Of each step.
        weight: Log-odds of 1 in distance.
        even: The distance that says nothing.
    """
    left, right = _shares(names, around)
    has_left, has_right = left > 0, right > 0
    both, either = (has_left & has_right).sum(axis=1), (has_left | has_right).sum(axis=1)
    apart = 1.0 - both / np.maximum(either, 1)
    known = has_left.any(axis=1) & has_right.any(axis=1)
    return np.where(known, weight * (apart - even), 0.0)


def _weigh_topics(day: Sequence[Trace], gap_s: Floats) -> Floats:
    """How unlike in meaning before and after are, against how unlike they are all day long.

    What is said is compared with what is said, and what stands on a screen with what stands on a screen: the words of a
    talk and of a menu are far apart, though both are of one evening.
    """
    odds = np.zeros(len(day) - 1)
    for kind in _FLOWING:
        rows = [row for row, t in enumerate(day) if t.kind is kind and t.vector is not None]
        if len(rows) < 3:
            continue
        gaps_s = np.array([gap_s[before:after].max() for before, after in pairwise(rows)])
        vectors = np.stack([t.vector for t in (day[row] for row in rows) if t.vector is not None])
        found = _weigh_unlikeness(vectors, _find_windows(gaps_s), weight=1.2)
        for (before, after), told in zip(pairwise(rows), found.tolist(), strict=True):
            step = before + int(np.argmax(gap_s[before:after])) if told > 0 else slice(before, after)
            odds[step] += told
    return odds


def _weigh_titles(day: Sequence[Trace], around: Around) -> Floats:
    """How unlike the titles of windows and the programs before and after are."""
    rows = np.zeros((len(day), _N_HASHED), np.float32)
    for row, t in enumerate(day):
        if t.kind is not Kind.UTTERANCE:
            for word in f"{t.app or ''} {t.window or ''}".lower().split():
                rows[row, _hash(word)] += 1.0
    return _weigh_unlikeness(rows, around, weight=0.6)


def _weigh_unlikeness(rows: NDArray[np.float32], around: Around, *, weight: float) -> Floats:
    """1 - cosine of the sums before and after, as a robust score over the day; 0 where a side says nothing."""
    left, right = _sums(rows, around)
    norms = np.linalg.norm(left, axis=1) * np.linalg.norm(right, axis=1)
    known = norms > 1e-9
    if known.sum() < 2:
        return np.zeros(len(left))
    apart = 1.0 - np.einsum("ij,ij->i", left, right) / np.maximum(norms, 1e-9)
    middle = float(np.median(apart[known]))
    spread = max(1.4826 * float(np.median(np.abs(apart[known] - middle))), 0.05)
    return np.where(known, weight * np.clip((apart - middle) / spread, -2.0, 2.5), 0.0)


def _shares(names: Sequence[Hashable | None], around: Around) -> tuple[Floats, Floats]:
    """Of each step, the share of each name among the moments around it, before and after: (n - 1, names) each."""
    known = {name: column for column, name in enumerate(dict.fromkeys(n for n in names if n is not None))}
    rows = np.zeros((len(names), max(1, min(len(known), _N_HASHED))), np.float32)
    for row, name in enumerate(names):
        if name is not None:
            rows[row, known[name] % rows.shape[1]] = 1.0
    left, right = _sums(rows, around)
    return left / np.maximum(left.sum(axis=1, keepdims=True), 1.0), right / np.maximum(
        right.sum(axis=1, keepdims=True), 1.0
    )


def _find_windows(gap_s: Floats) -> Around:
    """The moments around each step that are compared; none from beyond a stretch without anything."""
    n = len(gap_s) + 1
    steps = np.arange(1, n)
    is_first = np.concatenate([[True], gap_s >= IDLE_S])
    begins = np.maximum.accumulate(np.where(is_first, np.arange(n), 0))
    ends = np.append(np.flatnonzero(is_first)[1:], n)[np.cumsum(is_first) - 1]
    return np.maximum(begins[:-1], steps - _AROUND), steps, np.minimum(ends[1:], steps + _AROUND)


def _sums(rows: NDArray[np.float32], around: Around) -> tuple[Floats, Floats]:
    """Of each step, the sums of the rows around it, before and after: (n - 1, columns) each."""
    sums = np.concatenate([np.zeros((1, rows.shape[1])), np.cumsum(rows, axis=0, dtype=np.float64)])
    first, steps, last = around
    return sums[steps] - sums[first], sums[last] - sums[steps]


def _hash(word: str) -> int:
    """A column for a word, the same in every process."""
    number = 0
    for char in word.encode():
        number = (number * 131 + char) & 0xFFFFFFFF
    return number % _N_HASHED
