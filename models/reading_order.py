"""The order in which a person would read the lines of a picture: geometry only.

Role: rows from top to bottom, left to right in a row, so that a label and its price stay together; columns of running
text are read one after the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from models.protocols import TextLine

# A column holds at least this many lines, of running text (median length in characters).
_MIN_COLUMN_LINES = 3
_MIN_COLUMN_CHARS = 16
# A row's lines share at least this part of the lower one's height.
_MIN_SHARED = 0.5


@dataclass(frozen=True, slots=True)
class _Item:
    """A line with its upright box."""

    line: TextLine
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top


def sort_lines(lines: Sequence[TextLine]) -> tuple[TextLine, ...]:
    """Put lines into reading order."""
    return tuple(item.line for item in _sort_block([_to_item(line) for line in lines]))


def _to_item(line: TextLine) -> _Item:
    xs = [x for x, _ in line.box_px]
    ys = [y for _, y in line.box_px]
    return _Item(line, min(xs), min(ys), max(xs), max(ys))


def _sort_block(items: list[_Item]) -> list[_Item]:
    """Sort a block: its columns one after the other where it has some, else row by row."""
    if len(items) >= 2 * _MIN_COLUMN_LINES:
        for upper, left, right, lower in _iter_column_cuts(items):
            return _sort_block(upper) + _sort_block(left) + _sort_block(right) + _sort_block(lower)
    return [item for row in _group_rows(items) for item in row]


def _iter_column_cuts(
    items: list[_Item],
) -> list[tuple[list[_Item], list[_Item], list[_Item], list[_Item]]]:
    """Find a gutter between two columns of running text; what crosses it lies above or below them."""
    gap = median(item.height for item in items)
    edges = sorted({item.right for item in items})
    for edge in edges:
        left = [item for item in items if item.right <= edge]
        right = [item for item in items if item.left >= edge + gap]
        crossing = [item for item in items if item.left < edge + gap and item.right > edge]
        if not (_is_column(left) and _is_column(right)):
            continue
        top = max(min(i.top for i in left), min(i.top for i in right))
        bottom = min(max(i.bottom for i in left), max(i.bottom for i in right))
        if any(item.bottom > top + gap and item.top < bottom - gap for item in crossing):
            continue
        beside = _count_beside(left, right)
        if beside < 0.6 * min(len(left), len(right)):
            continue
        upper = [item for item in crossing if item.top < top]
        lower = [item for item in crossing if item.top >= top]
        return [(upper, left, right, lower)]
    return []


def _is_column(items: list[_Item]) -> bool:
    if len(items) < _MIN_COLUMN_LINES:
        return False
    return median(len(item.line.text) for item in items) >= _MIN_COLUMN_CHARS


def _count_beside(left: list[_Item], right: list[_Item]) -> int:
    """How many lines of the shorter side have a line of the other beside them."""
    few, many = sorted((left, right), key=len)
    return sum(any(min(a.bottom, b.bottom) > max(a.top, b.top) for b in many) for a in few)


def _group_rows(items: list[_Item]) -> list[list[_Item]]:
    """Group lines into visual rows, top to bottom; each row from left to right.

    A line is compared with its nearest neighbour in the row, so that a slightly turned page keeps its rows.
    """
    rows: list[list[_Item]] = []
    for item in sorted(items, key=lambda item: (item.top + item.bottom) / 2):
        row = next((row for row in reversed(rows[-4:]) if _belongs(item, row)), None)
        if row is None:
            rows.append([item])
        else:
            row.append(item)
    return [sorted(row, key=lambda item: item.left) for row in rows]


def _belongs(item: _Item, row: list[_Item]) -> bool:
    if any(min(item.right, other.right) - max(item.left, other.left) > 0.5 * item.height for other in row):
        return False
    nearest = min(row, key=lambda other: min(abs(item.left - other.right), abs(other.left - item.right)))
    shared = min(item.bottom, nearest.bottom) - max(item.top, nearest.top)
    return shared >= _MIN_SHARED * min(item.height, nearest.height)
