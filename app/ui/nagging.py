"""Notifications that do not nag: each cause at most once an hour, and nothing the user can see anyway.

Role: decides whether to tell; it knows no tray and no words.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from enum import StrEnum

AGAIN_S = 3600.0


class Cause(StrEnum):
    """What may be told while the window is not looked at."""

    NOT_KEPT = "not-kept"
    DISK = "disk"
    IMPORTED = "imported"


class Restraint:
    """Remembers when each cause was told.

    Args:
        clock_s: A clock that does not go back.
    """

    def __init__(self, clock_s: Callable[[], float] = time.monotonic) -> None:
        self._clock_s = clock_s
        self._told_s: dict[Cause, float] = {}

    def may_tell(self, cause: Cause, *, is_seen: bool, is_wanted: bool) -> bool:
        """Whether to tell it now; telling is counted from then on.

        Args:
            cause: What happened.
            is_seen: Whether the window is in front of the user, which shows it.
            is_wanted: The setting ``notify``.
        """
        now_s, told_s = self._clock_s(), self._told_s.get(cause)
        if is_seen or not is_wanted or (told_s is not None and now_s - told_s < AGAIN_S):
            return False
        self._told_s[cause] = now_s
        return True
