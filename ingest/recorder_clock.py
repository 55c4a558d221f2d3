"""The clocks of a recording: one that a person cannot set, one that stops while the computer sleeps, and the wall's.

Role: three readings taken together, and the moments after a standstill. Durations come from ``elapsed_s``, dates from
``wall_us``.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Protocol

_LOOK_S = 0.5
_HOLD_S, _LONGEST_HOLD_S = 1.0, 8.0
_SILENT_HOLD_S = 3.0  # a stream that gives nothing for so long is not about to
_ON_ITS_WAY_S = 0.5  # so much may wait without anything having been kept
_PACE = (0.5, 1.5)  # seconds of sound a second that count as live: more is a rush of what the system kept


@dataclass(frozen=True, slots=True)
class Instant:
    """One moment on three clocks.

    Attributes:
        elapsed_s: Never set, goes on while the computer sleeps.
        awake_s: Never set, stands still while the computer sleeps.
        wall_us: UTC microseconds since the epoch; may be set at any time.
    """

    elapsed_s: float
    awake_s: float
    wall_us: int


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> Instant:
        """Read all three."""
        ...


class SystemClock:
    """The clocks of this computer.

    Source: Linux clock_gettime(2): CLOCK_BOOTTIME counts suspended time, CLOCK_MONOTONIC does not. On macOS
    CLOCK_MONOTONIC counts it and Python's ``time.monotonic`` does not; on Windows both count it.
    """

    def __init__(self) -> None:
        names = ("CLOCK_BOOTTIME", "CLOCK_MONOTONIC")
        self._with_sleep: int | None = next((getattr(time, name) for name in names if hasattr(time, name)), None)

    def now(self) -> Instant:
        """Read all three."""
        awake_s = time.monotonic()
        elapsed_s = awake_s if self._with_sleep is None else time.clock_gettime(self._with_sleep)
        return Instant(elapsed_s, awake_s, time.time_ns() // 1000)


class Standstill:
    """The moments after the program stood still, until sound comes at its usual pace again.

    Sound servers keep what comes first and drop the rest when their buffer is full (PulseAudio some 4 MB a stream);
    sound cards keep next to nothing. What was kept comes first, in a rush, and follows on the sound from before; what
    is live comes after it, and no more of it than the time that has passed.

    Args:
        woke_s: When the program went on.
        reason: Why it stood still, in words.
    """

    def __init__(self, woke_s: float, reason: str) -> None:
        self.reason = reason
        self._woke_s = woke_s
        self._taken_s = 0.0
        self._seen = (woke_s, 0.0)

    def take_kept(self, now_s: float, waiting_s: float) -> float:
        """Seconds at the beginning of what waits that cannot be live; they count as taken."""
        kept_s = waiting_s - (now_s - self._woke_s)
        if kept_s <= (0.0 if self._taken_s else _ON_ITS_WAY_S):
            return 0.0
        self._taken_s += kept_s
        return kept_s

    def is_over(self, now_s: float, waiting_s: float) -> bool:
        """Whether the rush is over; looks twice a second.

        Args:
            now_s: The time.
            waiting_s: Seconds of sound that came and were not taken.
        """
        since_s, before_s = self._seen
        if now_s - since_s < _LOOK_S:
            return False
        came_s = self._taken_s + waiting_s
        self._seen = (now_s, came_s)
        is_live = _PACE[0] <= (came_s - before_s) / (now_s - since_s) <= _PACE[1]
        held_s = now_s - self._woke_s
        longest_s = _SILENT_HOLD_S if came_s == 0 else _LONGEST_HOLD_S
        return (is_live and held_s >= _HOLD_S) or held_s >= longest_s
