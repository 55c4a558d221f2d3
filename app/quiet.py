"""Whether this memory is left in peace: what is done by the way begins only then, and ends when somebody comes.

Role: counts what is at work, remembers when it was last needed, and cancels what was begun by the way. It does nothing
itself.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator

from models.protocols import CancelToken


class Quiet:
    """Thread-safe.

    Args:
        clock: Monotonic seconds.
    """

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._n_busy = 0
        self._last_s = clock()
        self._running: set[CancelToken] = set()
        self._watched: list[Callable[[], bool]] = []

    @contextlib.contextmanager
    def busy(self) -> Iterator[None]:
        """While somebody waits for something, or something is brought in."""
        with self._lock:
            self._n_busy += 1
        self.touch()
        try:
            yield
        finally:
            with self._lock:
                self._n_busy -= 1
                self._last_s = self._clock()

    def touch(self) -> None:
        """Somebody is here: what runs by the way ends at its next token."""
        with self._lock:
            self._last_s = self._clock()
            for cancel in self._running:
                cancel.cancel()

    def watch(self, is_at_work: Callable[[], bool]) -> None:
        """Have something asked as well whether it is at work: a recorder."""
        self._watched.append(is_at_work)

    @property
    def is_free(self) -> bool:
        """Whether nothing is at work here, whoever looks on."""
        with self._lock:
            is_busy = self._n_busy > 0
        return not is_busy and not any(is_at_work() for is_at_work in self._watched)

    def since_s(self) -> float:
        """For how many seconds nobody has wanted anything."""
        with self._lock:
            return self._clock() - self._last_s

    @contextlib.contextmanager
    def by_the_way(self, cancel: CancelToken) -> Iterator[None]:
        """While something runs that is to end when somebody comes."""
        with self._lock:
            self._running.add(cancel)
            if self._n_busy:
                cancel.cancel()
        try:
            yield
        finally:
            with self._lock:
                self._running.discard(cancel)
