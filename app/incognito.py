"""Incognito: from its beginning to its end nothing is kept, neither sound nor screen.

Role: the one switch that all recorders of an engine obey until the user ends it; no crash, quit or restart does. Its
stretch is noted as a gap when it is over.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.clock import now_us
from app.errors import UserError
from app.switch import Switch
from memory.records import Gap

INCOGNITO = "incognito: nothing was to be kept"
FILE_NAME = "incognito.json"


class Incognito(Switch):
    """The switch of one home. Thread-safe.

    Args:
        home: The data folder.
        add_gap: Keeps a gap.
        clock_us: Tells the time.
    """

    def __init__(self, home: Path, *, add_gap: Callable[[Gap], None], clock_us: Callable[[], int] = now_us) -> None:
        super().__init__(home / FILE_NAME, reason=INCOGNITO, add_gap=add_gap, clock_us=clock_us)

    def require_off(self) -> None:
        """Let nothing begin that would keep something.

        Raises:
            UserError: it is on.
        """
        if self.is_on:
            raise UserError("Incognito is on: nothing is kept.", hint="End it first: madeleine incognito off.")

    def begin(self) -> None:
        """From now on nothing is kept; recorders obey even where the switch itself cannot be written down.

        Raises:
            MemoryFault: it could not be written down, and a restart would end it.
        """
        with self._changing:
            if self._since_us is None:
                self._begin()

    def end(self) -> None:
        """What was recording goes on.

        Raises:
            MemoryFault: the gap could not be written down; it is still on then.
        """
        with self._changing:
            self._end(self._clock_us())
