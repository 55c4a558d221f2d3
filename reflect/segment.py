"""Cutting a day into events: boundaries where the evidence is strongest, and why each is one, in words.

Role: from the moments of one day to runs of them. No database, no titles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from memory.records import Trace
from memory.zones import to_local_date
from reflect.boundaries import IDLE_S, Evidence, is_planned, weigh_steps

NIGHT_US = 4 * 3_600_000_000  # a day lasts until 4 in the night, as in the diaries of the American Time Use Survey
_LONG_US = 12 * 3_600_000_000  # a longer appointment (a holiday, a birthday) is no one event of a day
_LEAST_APART = 2  # moments; two boundaries closer than this are one

_WORDS = {
    "place": "the place changes",
    "session": "another recording begins",
    "people": "other people speak",
    "mode": "it goes on in another way",
    "topic": "it is about something else",
    "title": "other windows are open",
    "calendar": "the calendar has an appointment there",
}
_TELLING = 0.4  # log-odds from which a kind of evidence is named


@dataclass(frozen=True, slots=True)
class Run:
    """Moments that belong together, in order, and why they begin where they do.

    Attributes:
        appointments: Of the calendar, which tell what it was to be; the one that fits best first.
    """

    traces: tuple[Trace, ...]
    reason: str
    appointments: tuple[Trace, ...] = ()


def waking_date(started_us: int, zone: str) -> date:
    """The day a moment counts to, in its own zone: what happens before 4 in the night is of the day before."""
    return to_local_date(started_us - NIGHT_US, zone)


def next_day(day: str) -> str:
    """The day after a day (ISO)."""
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def touched_days(local_date: str) -> tuple[str, str]:
    """The days (ISO) that moments of a local date count to: itself, and the one before."""
    return (date.fromisoformat(local_date) - timedelta(days=1)).isoformat(), local_date


def cut_day(day: Sequence[Trace]) -> list[Run]:
    """Cut one day into events.

    Args:
        day: All of its moments, in order of their start.
    """
    planned = [t for t in day if is_planned(t)]
    runs = _cut([t for t in day if not is_planned(t)], planned)
    return join_appointments(runs, planned) if planned else runs


def _cut(day: Sequence[Trace], planned: Sequence[Trace]) -> list[Run]:
    if not day:
        return []
    if len(day) == 1:
        return [Run(tuple(day), _FIRST)]
    evidence = weigh_steps(day, planned)
    steps = _choose(evidence)
    bounds = [0, *(step + 1 for step in steps), len(day)]
    reasons = [_FIRST, *(_say(evidence, step) for step in steps)]
    return [Run(tuple(day[begin:end]), reason) for begin, end, reason in zip(bounds, bounds[1:], reasons, strict=False)]


def join_appointments(runs: Sequence[Run], planned: Sequence[Trace]) -> list[Run]:
    """Give each appointment to the run with which it shares most time; one that meets none stands alone."""
    given: dict[int, list[tuple[int, Trace]]] = {}
    alone = []
    for one in planned:
        shared = [_shared_us(run, one) for run in runs]
        best = max(range(len(runs)), key=lambda row: shared[row], default=None)
        if best is None or shared[best] <= 0 or one.ended_us - one.started_us > _LONG_US:
            alone.append(Run((one,), "It stands in the calendar; nothing was captured then.", (one,)))
        else:
            given.setdefault(best, []).append((shared[best], one))
    joined = []
    for row, run in enumerate(runs):
        best_first = sorted(given.get(row, ()), key=lambda pair: -pair[0])
        joined.append(replace(run, appointments=tuple(trace for _us, trace in best_first)))
    return sorted([*joined, *alone], key=lambda run: (run.traces[0].started_us, run.traces[0].id))


def _shared_us(run: Run, planned: Trace) -> int:
    """How long a run and an appointment last at the same time; a moment without length counts as a microsecond."""
    since, until = run.traces[0].started_us, max(t.ended_us for t in run.traces) + 1
    return min(until, planned.ended_us + 1) - max(since, planned.started_us)


_FIRST = "It is the first of the day."


def _choose(evidence: Evidence) -> list[int]:
    """Steps that are boundaries: more likely than not, and no better one right beside them."""
    total = evidence.total
    ranked = sorted((row for row in range(len(total)) if total[row] > 0), key=lambda row: (-total[row], row))
    chosen: set[int] = set()
    for row in ranked:
        is_clear = total[row] == float("inf")
        if is_clear or not any(row + near in chosen for near in range(1 - _LEAST_APART, _LEAST_APART)):
            chosen.add(row)
    return sorted(chosen)


def _say(evidence: Evidence, step: int) -> str:
    """Why a step is a boundary, the strongest reason first."""
    gap_s, moved_m = float(evidence.gap_s[step]), float(evidence.moved_m[step])
    told = {}
    by_time = float("inf") if gap_s >= IDLE_S else float(evidence.parts["time"][step])
    if by_time > _TELLING:
        told[f"nothing for {say_length(gap_s)} before"] = by_time
    for name, words in _WORDS.items():
        odds = float(evidence.parts[name][step])
        if odds > _TELLING:
            told[f"{words} ({say_distance(moved_m)})" if name == "place" else words] = odds
    reasons = sorted(told, key=lambda words: -told[words]) or ["several small signs together"]
    sentence = ", ".join(reasons[:3])
    return sentence[0].upper() + sentence[1:] + "."


def say_length(seconds: float) -> str:
    """A length of time in words: "40 s", "12 min", "3 h 20 min"."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    if minutes < 90:
        return f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60} min" if minutes % 60 else f"{minutes // 60} h"


def say_distance(metres: float) -> str:
    """A distance in words: "700 m", "12 km"."""
    if metres < 950:
        return f"{round(metres, -2):.0f} m"
    return f"{metres / 1000:.1f} km" if metres < 9500 else f"{metres / 1000:.0f} km"
