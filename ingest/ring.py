"""A ring of bytes between the device's thread and the writer's: preallocated, one who writes and one who reads.

Role: copies and counts. When the reader is too slow, what does not fit is left out, counted, and the place where it is
missing is remembered, so that the gap is known to the sample. Where the system itself lost sound, how much is not
known, but where is: that place is remembered too.
"""

from __future__ import annotations

import threading
from collections import deque


class Ring:
    """Bytes in order. ``write`` belongs to one thread, everything else to one other; neither waits.

    Args:
        n_bytes: Its size.
    """

    def __init__(self, n_bytes: int) -> None:
        self._buffer = memoryview(bytearray(n_bytes))
        self._size = n_bytes
        self._n_written = 0  # changed by the writer only, after the bytes are in place
        self._n_read = 0  # changed by the reader only, after the bytes are out
        self._losses: deque[tuple[int, int]] = deque()
        self._n_losing = 0
        self._breaks: deque[int] = deque()

    @property
    def n_waiting(self) -> int:
        """Bytes that can be read."""
        return self._n_written - self._n_read

    @property
    def n_lost(self) -> int:
        """Bytes that are missing among and after those that wait."""
        return sum(n_bytes for _at, n_bytes in tuple(self._losses)) + self._n_losing

    def write(self, data: bytes) -> None:
        """Copy ``data`` in whole, or leave it out whole and count it."""
        size = len(data)
        if size > self._size - (self._n_written - self._n_read):
            self._n_losing += size
            return
        if self._n_losing:  # noted before the bytes that follow it become visible
            self._losses.append((self._n_written, self._n_losing))
            self._n_losing = 0
        at = self._n_written % self._size
        first = min(size, self._size - at)
        self._buffer[at : at + first] = data[:first]
        if first < size:
            self._buffer[: size - first] = data[first:]
        self._n_written += size

    def note_overflow(self) -> None:
        """Remember that the system itself lost sound, of unknown length, before what comes next."""
        self._breaks.append(self._n_written)

    def read(self, n_bytes: int) -> bytes:
        """Take out at most ``n_bytes``; never reads across a place where bytes are missing."""
        until = min(self._n_written, self._n_read + n_bytes)
        if self._losses:
            until = min(until, max(self._losses[0][0], self._n_read))
        if self._breaks:
            until = min(until, max(self._breaks[0], self._n_read))
        at, size = self._n_read % self._size, until - self._n_read
        first = min(size, self._size - at)
        data = bytes(self._buffer[at : at + first]) + bytes(self._buffer[: size - first])
        self._n_read = until
        return data

    def take_loss(self) -> int:
        """How many bytes are missing right here; 0 when none are. Tells each loss once."""
        if self._losses and self._losses[0][0] == self._n_read:
            return self._losses.popleft()[1]
        return 0

    def take_break(self) -> bool:
        """Whether the system lost sound right here; tells each place once."""
        found = False
        while self._breaks and self._breaks[0] <= self._n_read:
            self._breaks.popleft()
            found = True
        return found


class LateSink:
    """Takes the first blocks of a device until the ring that fits it is made; then it stands aside."""

    def __init__(self) -> None:
        self._early: list[bytes] = []
        self._ring: Ring | None = None
        self._lock = threading.Lock()

    def write(self, data: bytes) -> None:
        """Copy into the ring, or keep until there is one."""
        if self._ring is not None:
            self._ring.write(data)
            return
        with self._lock:
            if self._ring is not None:
                self._ring.write(data)
            else:
                self._early.append(data)

    def note_overflow(self) -> None:
        """Pass it on."""
        if self._ring is not None:
            self._ring.note_overflow()

    def open(self, ring: Ring) -> None:
        """Hand on what came early and go on into the ring."""
        with self._lock:
            for data in self._early:
                ring.write(data)
            self._early.clear()
            self._ring = ring
