"""A mark that screens are being recorded, so that the next start knows what a crash has left out.

Role: one small file of the home: until when the last run was alive. It holds times and nothing else.
"""

from __future__ import annotations

import json
from pathlib import Path

from memory.home import explained, write_whole

_BEAT_US = 5_000_000


class RunMark:
    """The mark of one home."""

    def __init__(self, home: Path) -> None:
        self._path = home / "screen_run.json"
        self._beaten_us = 0

    def beat(self, now_us: int) -> None:
        """Note that the run is alive; written every few seconds only.

        Raises:
            MemoryFault: the disk is full or the home cannot be used.
        """
        if 0 <= now_us - self._beaten_us < _BEAT_US:
            return
        with explained(self._path):
            write_whole(self._path, json.dumps({"until_us": now_us}), is_synced=False)
        self._beaten_us = now_us

    def end(self) -> None:
        """The run was stopped as it should be."""
        with explained(self._path):
            self._path.unlink(missing_ok=True)
        self._beaten_us = 0

    def find_torn(self) -> int | None:
        """Until when a run was alive that was not stopped, UTC microseconds, or None."""
        try:
            told = json.loads(self._path.read_text(encoding="utf-8"))
            return int(told["until_us"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
