"""A switch in a file of the home that keeps recorders still, and the gap that is noted when it is over.

Role: what incognito and a timed pause share. The file outlives a crash, a quit and a restart; recorders are told before
``_begin`` returns. It knows no recorder.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.clock import now_us
from memory.home import explained, write_whole
from memory.records import Gap

log = logging.getLogger(__name__)
SOURCE = "sound and screen"


class Switch:
    """One switch of one home. Thread-safe.

    Args:
        path: Its file; there while it is on.
        reason: Of the gap.
        add_gap: Keeps a gap.
        clock_us: Tells the time.
    """

    def __init__(
        self, path: Path, *, reason: str, add_gap: Callable[[Gap], None], clock_us: Callable[[], int] = now_us
    ) -> None:
        self._path = path
        self._reason = reason
        self._add_gap = add_gap
        self._clock_us = clock_us
        self._changing = threading.RLock()
        self._listeners: list[Callable[[bool], None]] = []
        self._told: dict[str, Any] = {}
        self._since_us = self._read()

    @property
    def is_on(self) -> bool:
        """Whether recorders have to keep still now."""
        return self._since_us is not None

    @property
    def since_us(self) -> int | None:
        """When it began, UTC microseconds, or None."""
        return self._since_us

    def listen(self, listener: Callable[[bool], None]) -> None:
        """Have someone told of each change, on the thread that made it; a recorder obeys before a change returns."""
        with self._changing:
            self._listeners.append(listener)

    def _begin(self, **told: Any) -> None:
        """Turn it on; recorders obey even where the switch itself cannot be written down.

        Raises:
            MemoryFault: it could not be written down, and a restart would end it.
        """
        self._since_us = self._since_us or self._clock_us()
        self._told = told
        self._tell(True)
        self._note(**told)

    def _note(self, *, is_synced: bool = True, **told: Any) -> None:
        """Write it down; nobody is told.

        Raises:
            MemoryFault: it could not be written down.
        """
        self._told = told
        with explained(self._path):
            write_whole(self._path, json.dumps({"since_us": self._since_us, **told}), is_synced=is_synced)

    def _end(self, ended_us: int) -> None:
        """Turn it off and note the gap.

        Raises:
            MemoryFault: the gap could not be written down; it is still on then.
        """
        since_us = self._since_us
        if since_us is None:
            return
        if ended_us > since_us:
            self._add_gap(Gap(source=SOURCE, started_us=since_us, ended_us=ended_us, reason=self._reason))
        with explained(self._path):
            self._path.unlink(missing_ok=True)
        self._since_us, self._told = None, {}
        self._tell(False)

    def _tell(self, is_on: bool) -> None:
        for listener in self._listeners:
            try:
                listener(is_on)
            except Exception as error:  # noqa: BLE001 - one that fails must not keep the others recording
                log.warning("one who was told of a switch failed: %s", type(error).__name__)

    def _read(self) -> int | None:
        """A file that cannot be understood still says that it is on: the safe direction."""
        try:
            self._told = json.loads(self._path.read_text(encoding="utf-8"))
            return int(self._told["since_us"])
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as error:
            log.warning("the file of a switch cannot be read: %s", type(error).__name__)
            self._told = {}
            return self._clock_us()
