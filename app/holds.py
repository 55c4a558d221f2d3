"""What keeps recorders still: incognito, a pause with an end, an excluded place.

Role: the three switches of one home, made and closed together, so that whoever records asks once whether it may and
why not, and hears of each change. What each of them means is its own affair.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from app.incognito import INCOGNITO, Incognito
from app.pause import PAUSED, Pause
from app.place_guard import PlaceGuard
from ingest.own_places import OwnPlace
from memory.records import Gap


class Holds:
    """The switches of one home. Thread-safe.

    Args:
        home: The data folder.
        add_gap: Keeps a gap.
        places: The user's own places, as they are now.
        keeps_unknown: Whether to record where it is not known where the computer is.
    """

    def __init__(
        self,
        home: Path,
        *,
        add_gap: Callable[[Gap], None],
        places: Callable[[], Sequence[OwnPlace]],
        keeps_unknown: Callable[[], bool],
    ) -> None:
        self.incognito = Incognito(home, add_gap=add_gap)
        self.pause = Pause(home, add_gap=add_gap)
        self.place_guard = PlaceGuard(home, add_gap=add_gap, places=places, keeps_unknown=keeps_unknown)

    @property
    def reason(self) -> str | None:
        """Why nothing may be recorded now whatever the user does elsewhere, or None."""
        if self.incognito.is_on:
            return INCOGNITO
        if self.pause.is_on:
            return PAUSED
        return self.place_guard.reason if self.place_guard.is_on else None

    def require_off(self) -> None:
        """Let nothing be kept that somebody asks for now; a pause is about what is recorded all the time.

        Raises:
            UserError: incognito is on, or the computer is at an excluded place, or that cannot be told.
        """
        self.incognito.require_off()
        self.place_guard.require_elsewhere()

    def listen(self, obey: Callable[[], None]) -> None:
        """Have a recorder told when one of them changed, on the thread that did; it obeys before a change returns."""
        for switch in (self.incognito, self.pause, self.place_guard):
            switch.listen(lambda _is_on: obey())

    def take_over(self) -> None:
        """Somebody who owns the memory records from now on: a pause ends by itself, what a crash has left is noted."""
        self.pause.watch()
        self.place_guard.settle()

    def close(self) -> None:
        """Nothing is recorded any more."""
        self.pause.leave()
        self.place_guard.close()
