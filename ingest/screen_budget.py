"""Room for pictures of the screen: the oldest pictures go first, what was read in them stays.

Role: counts what screen capture kept and thins it to a budget. Pictures that a person imported are never touched, nor
those whose words are still to be read.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

from memory.records import Kind, Moment
from memory.store import Memory, Scope

log = logging.getLogger(__name__)
_DOWN_TO = 0.95  # of the budget: thinned in one go, not a picture at a time
_BATCH = 200


class ScreenBudget:
    """The pictures of one memory. Belongs to one thread.

    Args:
        memory: What holds them.
        most_bytes: The budget; asked each time, so that a change of settings holds at once.
    """

    def __init__(self, memory: Memory, most_bytes: Callable[[], int]) -> None:
        self._memory = memory
        self._most_bytes = most_bytes
        self._held_bytes: int | None = None
        self._kept_bytes = 0
        self._thinned_until_us: int | None = None
        self.n_thinned = 0

    def set_kept(self, n_bytes: int) -> None:
        """Tell how many bytes were kept since the recorder was started."""
        if self._held_bytes is not None:
            self._held_bytes += max(0, n_bytes - self._kept_bytes)
        self._kept_bytes = n_bytes

    def thin(self) -> int:
        """Let the oldest pictures go if there are more than the budget allows; returns how many went.

        Raises:
            MemoryFault: the home cannot be used.
        """
        most = self._most_bytes()
        if self._held_bytes is None:
            self._held_bytes = sum(size for _moment, size in self._iter_pictures(None))
        if self._held_bytes <= most:
            return 0
        chosen: list[str] = []
        for moment, size in self._iter_pictures(self._thinned_until_us):
            if self._held_bytes <= _DOWN_TO * most:
                break
            chosen.append(moment.id)
            self._held_bytes -= size
            self._thinned_until_us = moment.started_us
        for start in range(0, len(chosen), _BATCH):
            self._memory.drop_media(chosen[start : start + _BATCH])
        self.n_thinned += len(chosen)
        log.info("%d old pictures of the screen were let go", len(chosen))
        return len(chosen)

    def _iter_pictures(self, since_us: int | None) -> Iterator[tuple[Moment, int]]:
        """Pictures that may go, the oldest first, with their bytes."""
        scope = Scope(since_us=since_us, kinds=frozenset({Kind.SCREENSHOT}))
        for moment in self._memory.iter_moments(scope):
            is_live = "monitor" in moment.details and moment.session is None  # what was to be remembered stays
            if moment.media is None or not moment.producer or not is_live:
                continue
            path = self._memory.media_path(moment.media)
            if path.is_file():
                yield moment, path.stat().st_size
