"""Facts of the memory: moments that came or changed are read for what they claim, some hundreds at a time.

Role: reads, and puts what was read back; it can be stopped at any point, for a moment is either read with its mark
taken away or still marked. No model is asked. What claims add up to is ``memory.facts``.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from memory.store import Memory
from reflect.claims import RULES, Readers, read_claims

log = logging.getLogger(__name__)
_AT_ONCE = 400  # moments in one transaction: some tens of milliseconds


class FactMaker:
    """Reads moments for claims.

    Args:
        memory: Where from and where to.
        readers: What is lent by other rooms.
    """

    def __init__(self, memory: Memory, readers: Readers) -> None:
        self._memory = memory
        self._readers = readers
        self._reading = threading.Lock()

    def refresh(self, *, should_stop: Callable[[], bool] = lambda: False, most: int | None = None) -> int:
        """Read the moments that came or changed, the newest first; returns how many were read.

        Args:
            should_stop: Asked between batches; what is left stays marked.
            most: Read no more than so many this time, and none while another reads, for somebody waits; None reads all.
                A moment costs about a third of a millisecond.
        """
        if self._memory.claims.is_read_only:
            return 0
        n_read = n_claims = 0
        while not should_stop() and (most is None or n_read < most):
            limit = _AT_ONCE if most is None else min(_AT_ONCE, most - n_read)
            if not self._reading.acquire(blocking=most is None):
                break
            try:  # held for a batch only, so that who reads all keeps nobody waiting
                n_moments, n_stated = self._read_batch(limit)
            finally:
                self._reading.release()
            if not n_moments:
                break
            n_read += n_moments
            n_claims += n_stated
        if n_read:
            log.info("facts: %d moments read, %d claims", n_read, n_claims)
        return n_read

    def _read_batch(self, limit: int) -> tuple[int, int]:
        """Read so many moments; returns how many there were, and how many claims they hold."""
        book = self._memory.claims
        book.use_rules(RULES)
        unread = book.list_unread(limit=limit)
        if not unread:
            return 0, 0
        claims = {number: read_claims(moment, self._readers) for number, _changes, moment in unread}
        book.put(claims, seen={number: changes for number, changes, _moment in unread})
        return len(unread), sum(map(len, claims.values()))
