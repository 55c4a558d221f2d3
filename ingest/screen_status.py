"""How the recording of screens stands, told from what was kept and never from what the program believes.

Role: one record for the window and the command line.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

RED_S = 15.0


class ScreenState(StrEnum):
    """What a recorder of screens does."""

    OFF = "off"
    STARTING = "starting"
    KEEPING = "keeping"
    PAUSED = "paused"  # by the user
    HIDDEN = "hidden"  # by a rule: locked, or something that is never kept is on the screen
    FAILING = "failing"  # it should keep and does not


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenStatus:
    """How it stands.

    Attributes:
        reason: Why nothing is kept, in words; empty where it is.
        n_pictures: Kept since the start, on disk; ``n_bytes`` their size.
        n_seen: Looks that were kept as a picture or found to be the same as the last one.
        last_us: When the screen was last kept or found to be as it is kept, UTC microseconds; None before that.
    """

    state: ScreenState
    reason: str = ""
    n_pictures: int = 0
    n_bytes: int = 0
    n_seen: int = 0
    last_us: int | None = None


SCREEN_OFF = ScreenStatus(state=ScreenState.OFF)
