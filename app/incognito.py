"""Incognito: from its beginning to its end nothing is kept, neither sound nor screen.

Role: the one switch that all recorders of an engine obey. It stands in a file of the home, so that a crash, a quit or a
restart does not end it: only the user does. Its stretch is noted as a gap when it is over.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable
from pathlib import Path

from app.clock import now_us
from app.errors import UserError
from memory.home import explained, write_whole
from memory.records import Gap

log = logging.getLogger(__name__)
INCOGNITO = "incognito: nothing was to be kept"
SOURCE = "sound and screen"
FILE_NAME = "incognito.json"


class Incognito:
    """The switch of one home. Thread-safe.

    Args:
        home: The data folder.
        add_gap: Keeps a gap.
        clock_us: Tells the time.
    """

    def __init__(self, home: Path, *, add_gap: Callable[[Gap], None], clock_us: Callable[[], int] = now_us) -> None:
        self._path = home / FILE_NAME
        self._add_gap = add_gap
        self._clock_us = clock_us
        self._changing = threading.RLock()
        self._listeners: list[Callable[[bool], None]] = []
        self._since_us = self._read()

    @property
    def is_on(self) -> bool:
        """Whether nothing may be kept now."""
        return self._since_us is not None

    @property
    def since_us(self) -> int | None:
        """When it began, UTC microseconds, or None."""
        return self._since_us

    def listen(self, listener: Callable[[bool], None]) -> None:
        """Have someone told of each change, on the thread that made it; a recorder obeys before ``begin`` returns."""
        with self._changing:
            self._listeners.append(listener)

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
            if self._since_us is not None:
                return
            self._since_us = self._clock_us()
            self._tell(True)
            with explained(self._path):
                write_whole(self._path, json.dumps({"since_us": self._since_us}))

    def end(self) -> None:
        """What was recording goes on.

        Raises:
            MemoryFault: the gap could not be written down; it is still on then.
        """
        with self._changing:
            since_us = self._since_us
            if since_us is None:
                return
            ended_us = self._clock_us()
            if ended_us > since_us:
                self._add_gap(Gap(source=SOURCE, started_us=since_us, ended_us=ended_us, reason=INCOGNITO))
            with explained(self._path):
                self._path.unlink(missing_ok=True)
            self._since_us = None
            self._tell(False)

    def _tell(self, is_on: bool) -> None:
        for listener in self._listeners:
            listener(is_on)

    def _read(self) -> int | None:
        """A file that cannot be understood still says that it is on: the safe direction."""
        try:
            return int(json.loads(self._path.read_text(encoding="utf-8"))["since_us"])
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as error:
            log.warning("the file of incognito cannot be read: %s", type(error).__name__)
            return self._clock_us()
