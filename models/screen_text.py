"""The words of a picture that a computer drew: lines by geometry, each line read once however often it is seen.

Role: between the layout (``screen_lines``) and a recognizer that is given to it. What is read is remembered by its
pixels, in memory only and only while the reader is loaded: a page that scrolls, a window that moves or a tab that is
shown again costs what is new in it. Reading the whole screen again would cost the same at every change.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from models.protocols import ImageArray, TextLine
from models.reading_order import sort_lines
from models.screen_lines import Rect, cut, cut_line, find_layout

MOST_REMEMBERED = 20_000  # lines; some 200 bytes each
_INK = 40  # of 255 from the ground
_LEAST_CONFIDENCE = 0.6  # icons and pieces of drawings are read as letters with less

Recognize = Callable[[Sequence[ImageArray]], Sequence[tuple[str, float]]]
Detect = Callable[[ImageArray], Sequence[TextLine]]
_Read = tuple[TextLine, ...]


class ScreenText:
    """Reads drawn pictures. Not thread-safe.

    Args:
        recognize: Reads crops of single lines, uint8 (height, width, 3), RGB; gives text and confidence of each.
        detect: Finds and reads the lines of a picture of another kind (a photo within the page).
    """

    def __init__(self, recognize: Recognize, detect: Detect) -> None:
        self._recognize = recognize
        self._detect = detect
        self._known: OrderedDict[bytes, _Read] = OrderedDict()
        self.n_recognized = 0

    def read(self, image: ImageArray) -> tuple[TextLine, ...]:
        """All lines in reading order.

        Args:
            image: uint8 (height, width, 3), RGB, upright.
        """
        layout = find_layout(image)
        lines = self._read_lines(image, layout.lines)
        for region in layout.pictures:
            lines += self._read_picture(image, region)
        return sort_lines(lines)

    def _read_lines(self, image: ImageArray, boxes: Sequence[Rect]) -> list[TextLine]:
        crops = [cut_line(image, box) for box in boxes]
        names = [_name(crop) for crop in crops]
        new = {name: crop for name, crop in zip(names, crops, strict=True) if name not in self._known}
        # One at a time: a batch is padded to its widest line, and does not fit the processor's cache.
        for name, crop in new.items():
            ((text, confidence),) = self._recognize([crop])
            self._known[name] = _to_line(crop, text, confidence)
        self.n_recognized += len(new)
        found = []
        for name, box, crop in zip(names, boxes, crops, strict=True):
            self._known.move_to_end(name)
            across, down = (box[2] + box[0] - crop.shape[1]) // 2, (box[3] + box[1] - crop.shape[0]) // 2
            found += [_move(line, across, down) for line in self._known[name]]
        while len(self._known) > MOST_REMEMBERED:
            self._known.popitem(last=False)
        return found

    def _read_picture(self, image: ImageArray, region: Rect) -> list[TextLine]:
        crop = cut(image, region)
        name = _name(crop)
        if name not in self._known:
            self._known[name] = tuple(self._detect(crop))
        self._known.move_to_end(name)
        return [_move(line, region[0], region[1]) for line in self._known[name]]


def _name(crop: ImageArray) -> bytes:
    """What identifies pixels: their shape and hash."""
    return hashlib.blake2b(crop.tobytes(), digest_size=16, salt=crop.shape[1].to_bytes(4, "little")).digest()


def _to_line(crop: ImageArray, text: str, confidence: float) -> _Read:
    """One line in the pixels of its crop; nothing where it is no text."""
    text = text.strip()
    if confidence < _LEAST_CONFIDENCE or not any(c.isalnum() for c in text):
        return ()
    height, width = float(crop.shape[0]), float(crop.shape[1])
    box = ((0.0, 0.0), (width, 0.0), (width, height), (0.0, height))
    return (TextLine(text, box, confidence, words=find_words(crop, text)),)


def find_words(crop: ImageArray, text: str) -> tuple[tuple[float, float], ...]:
    """Where the words of a line are: from and to, in pixels across; empty where the gaps do not tell.

    The gaps between words are the widest in a line: as many of them as the text has spaces.
    """
    n_words = len(text.split())
    spans = _find_spans(crop, n_words)
    return tuple((float(start), float(end)) for start, end in spans) if len(spans) == n_words else ()


def _find_spans(crop: ImageArray, n_words: int) -> list[tuple[int, int]]:
    """Columns from and to of the words of a line, as many as there are said to be, or fewer."""
    inked = _find_ink(crop)
    if not len(inked):
        return []
    gaps = sorted(((int(b - a), int(a), int(b)) for a, b in pairwise(inked) if b - a > 1), reverse=True)
    chosen = sorted(gaps[: n_words - 1], key=lambda gap: gap[1])
    starts = [int(inked[0]), *(after for _gap, _before, after in chosen)]
    ends = [*(before + 1 for _gap, before, _after in chosen), int(inked[-1]) + 1]
    return list(zip(starts, ends, strict=True))


def _find_ink(crop: ImageArray) -> NDArray[np.int64]:
    """Columns that have something other than the ground."""
    gray = crop[:, :, 1].astype(np.int16)
    return np.flatnonzero((np.abs(gray - np.median(gray)) > _INK).any(axis=0))


def _move(line: TextLine, across: int, down: int) -> TextLine:
    a, b, c, d = ((x + across, y + down) for x, y in line.box_px)
    return replace(line, box_px=(a, b, c, d), words=tuple((start + across, end + across) for start, end in line.words))
