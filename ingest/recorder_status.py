"""Is it really recording? Told from what the disk holds, never from what the program believes.

Role: the states of a recorder and the one rule that turns the age of the newest byte on disk into them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ingest.levels import Levels
from ingest.recorder_clock import Instant

RED_S = 10.0  # pieces grow about four times a second; this allows for a busy disk


class State(StrEnum):
    """What a recorder does, as far as the disk bears it out."""

    OFF = "off"
    PAUSED = "paused"
    STARTING = "starting"
    RECORDING = "recording"
    FAILING = "failing"  # it should record, and nothing reaches the disk


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What a person may know of a recording at this moment.

    Attributes:
        reason: Why nothing reaches the disk, in words; empty while all is well.
        n_bytes: Of the present session, on disk.
        grown_s: Seconds since the disk last got sound, or None when it got none yet.
        recorded_s: Seconds of sound since the start, over all sessions.
        n_lost_frames: Frames that the ring had no room for.
    """

    state: State
    reason: str
    device: str
    n_channels: int
    rate_hz: int
    n_bytes: int
    grown_s: float | None
    recorded_s: float
    n_lost_frames: int
    levels: Levels


OFF = Status(
    state=State.OFF, reason="", device="", n_channels=0, rate_hz=0, n_bytes=0, grown_s=None, recorded_s=0.0,
    n_lost_frames=0, levels=Levels(),
)  # fmt: skip


class DiskWatch:
    """Tells how long ago the disk last got sound: by the files' own times, and by looking twice.

    The files' times alone would be fooled by a clock that is set back, looking twice alone by one who looks seldom.
    """

    def __init__(self) -> None:
        self._seen = (-1, 0.0)

    def look(self, n_bytes: int, grown_at_s: float, now: Instant) -> float | None:
        """Seconds since the last growth, or None while there is no sound on disk.

        Args:
            n_bytes: Bytes of the present session on disk.
            grown_at_s: When its newest file was written, in seconds since the epoch; 0 when there is none.
            now: The time.
        """
        if n_bytes != self._seen[0]:
            self._seen = (n_bytes, now.elapsed_s)
        if not grown_at_s:
            return None
        return max(0.0, now.wall_us / 1e6 - grown_at_s, now.elapsed_s - self._seen[1])


def judge(*, is_on: bool, is_paused: bool, has_gap: bool, grown_s: float | None, on_for_s: float) -> State:
    """Say what the disk bears out. What the program believes can only make it worse.

    Args:
        is_on: Recording was asked for.
        is_paused: The user paused it.
        has_gap: The recorder knows that nothing is kept.
        grown_s: Seconds since the newest byte of sound on disk, or None.
        on_for_s: Seconds since recording was asked for (or went on after a pause).
    """
    if not is_on:
        return State.OFF
    if is_paused:
        return State.PAUSED
    if has_gap or min(on_for_s, on_for_s if grown_s is None else grown_s) > RED_S:
        return State.FAILING
    return State.RECORDING if grown_s is not None and grown_s < on_for_s else State.STARTING
