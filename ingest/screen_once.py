"""One picture of the screen now, under the same rules as those that are kept all day.

Role: for "remember this". Madeleine's own windows are painted over, for the wish may come from there.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from ingest.screen import Screen, View
from ingest.screen_book import BLANK, Shot
from ingest.screen_change import is_blank
from ingest.screen_privacy import OWN, Exclusions
from ingest.screen_recorder import LOCKED, SETTLE_S, UNSURE, cut_monitor, is_unchanged
from models.protocols import ImageArray

_TRIES = 5


@dataclass(frozen=True, slots=True)
class Taken:
    """What may be kept of each monitor, and why nothing of the others may; reasons name no window."""

    shots: tuple[Shot, ...] = ()
    reasons: tuple[str, ...] = ()


def take_now(
    screen: Screen,
    exclusions: Exclusions,
    *,
    now_us: Callable[[], int],
    rest: Callable[[float], None] = time.sleep,
) -> Taken:
    """Take a picture of all monitors.

    Args:
        screen: What to look at.
        exclusions: What is never kept.
        now_us: Tells the time.
        rest: Waits so many seconds, between picture and last look.

    Raises:
        NoScreen: it cannot be looked at.
    """
    for _ in range(_TRIES):
        before, at_us = screen.look(), now_us()
        if before.is_locked:
            return Taken(reasons=(LOCKED,))
        if all(_judge(exclusions, before, n) for n in range(len(before.monitors))):
            break
        pixels = screen.grab()
        if is_unchanged(before, screen.look()):
            rest(SETTLE_S)
            if is_unchanged(before, screen.look()):
                return _cut(pixels, before, exclusions, at_us)
    else:
        return Taken(reasons=(UNSURE,))
    return Taken(reasons=tuple(filter(None, (_judge(exclusions, before, n) for n in range(len(before.monitors))))))


def _judge(exclusions: Exclusions, view: View, number: int) -> str | None:
    reason = exclusions.judge(view, view.monitors[number].box)
    return None if reason == OWN else reason


def _cut(pixels: ImageArray, view: View, exclusions: Exclusions, at_us: int) -> Taken:
    shots: list[Shot] = []
    reasons: list[str] = []
    for number, monitor in enumerate(view.monitors):
        reason = _judge(exclusions, view, number)
        part = None if reason else cut_monitor(pixels, view, monitor)
        if part is None or is_blank(part):
            reasons.append(reason or BLANK)
        else:
            shots.append(Shot(part, monitor, view, at_us, 0.0))
    return Taken(tuple(shots), tuple(dict.fromkeys(reasons)))
