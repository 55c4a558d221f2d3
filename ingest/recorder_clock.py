"""The clocks of a recording: one that a person cannot set, one that stops while the computer sleeps, and the wall's.

Role: three readings taken together, and the moments after a standstill. Durations come from ``elapsed_s``, dates from
``wall_us``.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Protocol

_HOLD_S, _LONGEST_HOLD_S = 1.0, 8.0
_RUSH = 1.5  # sound that comes so many times faster than it was heard was kept by the system


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
    """The moments after the program stood still, until the sound comes at its usual pace again."""

    def __init__(self, woke_s: float, reason: str) -> None:
        self.woke_s = woke_s
        self.reason = reason
        self._seen = (woke_s, 0.0)

    def is_over(self, now_s: float, coming_s: float) -> bool:
        """Whether the rush is over; looks twice a second.

        Args:
            now_s: The time.
            coming_s: Seconds of sound that came since the program went on.
        """
        since_s, before_s = self._seen
        if now_s - since_s < _HOLD_S / 2:
            return False
        self._seen = (now_s, coming_s)
        is_calm = coming_s - before_s <= _RUSH * (now_s - since_s)
        return (is_calm and now_s - self.woke_s >= _HOLD_S) or now_s - self.woke_s > _LONGEST_HOLD_S
