"""Where the words of a picture stand in it, character by character, and which character stands where.

Role: pure geometry over a moment's lines, for marking, selecting and copying. No Qt. All places are shares of the
picture's width and height, 0 to 1, so that they hold at any zoom.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from memory.records import Moment

Span = tuple[int, int]
Box = tuple[float, float, float, float]
Point = tuple[float, float]
Quad = tuple[Point, Point, Point, Point]

_SAME_ROW = 0.5  # of the lower line's height: lines that overlap by so much stand in one row of a table
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it was read.

    Attributes:
        start: Where it begins in the moment's text.
        text: Its characters.
        corners: Its box, clockwise from where it begins; tilted where the line is.
        stops: How far along the line each character begins, 0 to 1, and where the last one ends.
    """

    start: int
    text: str
    corners: Quad
    stops: tuple[float, ...]

    @property
    def end(self) -> int:
        """Where it ends in the moment's text."""
        return self.start + len(self.text)

    @property
    def top(self) -> float:
        """Its upper edge."""
        return min(y for _x, y in self.corners)

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return max(y for _x, y in self.corners)

    def cut(self, start: int, end: int) -> Quad | None:
        """The part of its box that holds these characters of the moment's text, or None."""
        first, last = max(start, self.start) - self.start, min(end, self.end) - self.start
        if first >= last:
            return None
        upper_left, upper_right, lower_right, lower_left = self.corners
        begin, stop = self.stops[first], self.stops[last]
        return (
            _between(upper_left, upper_right, begin),
            _between(upper_left, upper_right, stop),
            _between(lower_left, lower_right, stop),
            _between(lower_left, lower_right, begin),
        )

    def caret(self, at: int) -> tuple[Point, Point]:
        """Upper and lower end of the stroke before a character of the moment's text."""
        upper_left, upper_right, lower_right, lower_left = self.corners
        share = self.stops[min(max(at - self.start, 0), len(self.text))]
        return _between(upper_left, upper_right, share), _between(lower_left, lower_right, share)

    def distance(self, point: Point) -> tuple[float, float]:
        """How far above or below, and left or right of its box a point lies; 0 inside."""
        xs = [x for x, _y in self.corners]
        return _outside(point[1], self.top, self.bottom), _outside(point[0], min(xs), max(xs))

    def find_stop(self, point: Point) -> int:
        """The place between two characters that is nearest to a point, in the moment's text."""
        upper_left, upper_right, _lower_right, _lower_left = self.corners
        along = (upper_right[0] - upper_left[0], upper_right[1] - upper_left[1])
        length2 = along[0] ** 2 + along[1] ** 2
        if length2 <= 0:
            return self.start
        share = ((point[0] - upper_left[0]) * along[0] + (point[1] - upper_left[1]) * along[1]) / length2
        return self.start + min(range(len(self.stops)), key=lambda n: abs(self.stops[n] - share))


class PictureText:
    """The lines of a picture. Empty where no boxes are known, or where they are not those of the text."""

    def __init__(self, moment: Moment) -> None:
        self.text = moment.text
        self.lines: tuple[Line, ...] = tuple(_read_lines(moment))

    def parts(self, start: int, end: int) -> list[Quad]:
        """Where a span of the text stands: one part a line."""
        return [part for line in self.lines if (part := line.cut(start, end)) is not None]

    def boxes(self, spans: Sequence[Span]) -> list[Box]:
        """Upright boxes around spans of the text, a box a line, in reading order."""
        return [_around(part) for line in self.lines for span in spans if (part := line.cut(*span)) is not None]

    def holds(self, point: Point) -> bool:
        """Whether a point lies on a line."""
        return any(line.distance(point) == (0.0, 0.0) for line in self.lines)

    def find_stop(self, point: Point) -> int:
        """The place in the text that is nearest to a point: that of the nearest row, then of the nearest line."""
        return min(self.lines, key=lambda line: line.distance(point)).find_stop(point) if self.lines else 0

    def line_of(self, at: int) -> Line | None:
        """The line that holds a place in the text."""
        return next((line for line in self.lines if line.start <= at <= line.end), None)

    def find_word(self, at: int) -> Span:
        """The word at a place; nothing between two spaces."""
        return next((m.span() for m in _WORD.finditer(self.text) if m.start() <= at <= m.end()), (at, at))

    def step_word(self, at: int, way: int) -> int:
        """The place a word further (1) or back (-1)."""
        if way > 0:
            return next((m.end() for m in _WORD.finditer(self.text) if m.end() > at), len(self.text))
        return next((m.start() for m in reversed(list(_WORD.finditer(self.text))) if m.start() < at), 0)

    def step_line(self, at: int, way: int) -> int:
        """The place one line further (1) or back (-1), as far along as here."""
        here = self.line_of(at)
        if here is None:
            return at
        n = self.lines.index(here) + way
        if not 0 <= n < len(self.lines):
            return 0 if way < 0 else len(self.text)
        (x, _y), _lower = here.caret(at)
        line = self.lines[n]
        return line.find_stop((x, line.top))

    def copy(self, start: int, end: int) -> str:
        """The text of a span as it is put into another program: what stands in one row is parted by tabs."""
        told: list[str] = []
        before: Line | None = None
        for line in self.lines:
            part = self.text[max(start, line.start) : min(end, line.end)]
            if not part or line.end <= start or line.start >= end:
                continue
            if before is not None:
                told.append("\t" if _share_row(before, line) else "\n")
            told.append(part)
            before = line
        return "".join(told)


def _read_lines(moment: Moment) -> list[Line]:
    size, lines = moment.details.get("size_px"), moment.details.get("lines")
    if not size or not lines or min(size) <= 0:
        return []
    read: list[Line] = []
    at = 0
    for line in lines:
        text, box = str(line.get("text", "")), line.get("box")
        if moment.text[at : at + len(text)] != text:
            return []  # the text is not the one that was read: no place of it is sure
        if text and box and len(box) == 4:
            a, b, c, d = ((x / size[0], y / size[1]) for x, y in box)
            read.append(Line(at, text, (a, b, c, d), _find_stops(text, box, line.get("words") or ())))
        at += len(text) + 1
    return read


def _find_stops(text: str, box: Sequence[Sequence[float]], words: Sequence[Sequence[float]]) -> tuple[float, ...]:
    """How far along each character begins: within its word where that is known, else as if all were equally wide."""
    left, width = box[0][0], box[1][0] - box[0][0]
    spans = [match.span() for match in _WORD.finditer(text)]
    if len(words) != len(spans) or width <= 0:
        return tuple(n / len(text) for n in range(len(text) + 1))
    known: list[tuple[int, float]] = [(0, 0.0)]
    for (start, end), (begin, stop) in zip(spans, words, strict=True):
        known += [(start, (begin - left) / width), (end, (stop - left) / width)]
    known.append((len(text), 1.0))
    stops = [0.0] * (len(text) + 1)
    for (start, begin), (end, stop) in pairwise(known):
        for n in range(start, end + 1):
            stops[n] = begin + (stop - begin) * ((n - start) / (end - start) if end > start else 1.0)
    return tuple(stops)


def _share_row(a: Line, b: Line) -> bool:
    shared = min(a.bottom, b.bottom) - max(a.top, b.top)
    return shared > _SAME_ROW * min(a.bottom - a.top, b.bottom - b.top)


def _between(a: Point, b: Point, share: float) -> Point:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def _around(quad: Quad) -> Box:
    xs, ys = [x for x, _y in quad], [y for _x, y in quad]
    return min(xs), min(ys), max(xs), max(ys)


def _outside(value: float, low: float, high: float) -> float:
    return max(low - value, 0.0, value - high)
