"""Pages of the screen that show what the page before shows: looked at once, and folded where the words are the same.

Role: between reading a page and keeping what was read. A page whose words changed is never folded, for to a model of
pictures all pages of text look alike: generated pages of quite other words had a cosine of .984 and more.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ingest.seeing import Looks
from ingest.versions import fingerprint
from memory import failpoints
from memory.records import Moment
from memory.store import Memory, VectorRow
from models.protocols import ImageArray

ALIKE = 6  # bits of 64: so near to each other, pages of text had a cosine of .984 and more
_SAME_BITS = 10
_SAME_COSINE = 0.98
_APART_US = 60_000_000  # a page that comes back later is another look at it
_MOST_FOLDED, _MOST_SEEN = 1000, 100


@dataclass(frozen=True, slots=True, eq=False)
class PageLook:
    """How a page looks: its fingerprint, and its vector where there is an eye."""

    bits: int
    vector: NDArray[np.float32] | None


class ScreenFolds:
    """Looks at pages and folds them. Looking belongs to one thread; finding what a page was folded into to any.

    Args:
        looks: Looks at pictures.
    """

    def __init__(self, looks: Looks) -> None:
        self._looks = looks
        self._anchors: dict[str, PageLook] = {}
        self._seen: dict[str, PageLook] = {}
        self._folded: dict[str, str] = {}
        self._changing = threading.Lock()

    def find(self, moment: str) -> str:
        """The page that stands for a page: the one it was folded into, or itself."""
        with self._changing:
            while moment in self._folded:
                moment = self._folded[moment]
        return moment

    def look(self, monitor: str, pixels: ImageArray) -> PageLook:
        """Look at a page; one that is alike to the page looked at last on its monitor is not looked at again.

        Args:
            monitor: Its name.
            pixels: uint8 (height, width, 3), RGB.
        """
        bits = int(fingerprint(pixels), 16)
        anchor = self._anchors.get(monitor)
        if anchor is not None and anchor.vector is not None and (bits ^ anchor.bits).bit_count() <= ALIKE:
            return PageLook(bits, anchor.vector)
        look = self._anchors[monitor] = PageLook(bits, self._looks.embed(pixels))
        return look

    def fold(self, memory: Memory, page: Moment, look: PageLook) -> bool:
        """Let a page go that shows the same as the one before it, which was to be seen until then.

        Args:
            memory: Where they are.
            page: With its words; it is kept already.
            look: How it looks.

        Returns:
            Whether it was folded: its moment, its picture and its job are gone.
        """
        front = self._find_front(memory, page, look)
        if front is None:
            self._seen[page.id] = look
            while len(self._seen) > _MOST_SEEN:
                self._seen.pop(next(iter(self._seen)))
            return False
        memory.change_moments([front.id], lambda seen: replace(seen, ended_us=max(seen.ended_us, page.ended_us)))
        failpoints.hit("screen.folded")
        with self._changing:
            self._folded[page.id] = front.id
            while len(self._folded) > _MOST_FOLDED:
                self._folded.pop(next(iter(self._folded)))
        memory.forget([page.id], is_said_elsewhere=True)
        return True

    def keep(self, memory: Memory, page: str, look: PageLook) -> None:
        """Keep the vector of a page."""
        if look.vector is not None:
            self._looks.keep_vectors(memory, [VectorRow(page, "picture", 0, look.vector)])

    def _find_front(self, memory: Memory, page: Moment, look: PageLook) -> Moment | None:
        """The page before, if nothing tells the two apart but when they were seen."""
        before = self.find(str(page.details.get("page_before", "")))
        front = memory.find_moments([before]).get(before)
        seen = self._seen.get(before)
        if front is None or seen is None or page.session is not None or front.text.split() != page.text.split():
            return None
        if _name(front) != _name(page) or page.started_us - front.ended_us > _APART_US:
            return None
        if look.vector is None or seen.vector is None or (look.bits ^ seen.bits).bit_count() > _SAME_BITS:
            return None
        return front if float(np.dot(look.vector, seen.vector)) >= _SAME_COSINE else None


def _name(page: Moment) -> tuple[object, ...]:
    return (page.app, page.window, *(page.details.get(key) for key in ("monitor", "address", "size_px")))
