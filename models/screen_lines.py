"""Where the lines of text are in a picture that a computer drew: exact pixels in, boxes out.

Role: geometry without a model. A drawn page has flat grounds and upright lines, so that edges along a row, joined over
the gaps between letters, are its lines; the same pixels always give the same boxes, wherever on the screen they are.
What is no line (photos, drawings) is told as regions for a detector that has learned.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from models.protocols import ImageArray

Mask = NDArray[np.uint8]  # (height, width), 0 or 1
Boxes = NDArray[np.int32]  # (boxes, 4): left, top, right, bottom
Rect = tuple[int, int, int, int]  # left, top, right, bottom in pixels; the last two are the first outside

_EDGE = 28  # of 255: antialiased text of low contrast still has steps of 40
_JOIN_PX = 9  # letters of one word and words of small text
_LEAST_LINE_PX = 5
_LOW_PX, _HIGH_PX = 4, 110  # heights of lines: less is a rule, more a picture
_RULE_PX = 48  # a straight run of edges so long and at most two rows high is the border of something
_GAP = 0.9  # of a line's height: words nearer than this are read together
_ALIKE = 2.2  # heights of words in one line: small letters alone are .55 of those with ascenders and descenders
_MARGIN = 0.22  # of a line's height, above and below: recognizers learned on loose boxes
_PICTURE_PX = 64  # regions smaller than this hold icons


@dataclass(frozen=True, slots=True)
class Layout:
    """What was found: boxes of lines, close around them, and regions that are pictures."""

    lines: tuple[Rect, ...]
    pictures: tuple[Rect, ...]


def find_layout(image: ImageArray) -> Layout:
    """Find lines and pictures.

    Args:
        image: uint8 (height, width, 3), RGB.
    """
    import cv2

    gray = np.asarray(cv2.cvtColor(np.ascontiguousarray(image), cv2.COLOR_RGB2GRAY), np.uint8)
    edges, borders = _find_edges(gray)
    joined = np.asarray(cv2.morphologyEx(edges, cv2.MORPH_CLOSE, np.ones((1, _JOIN_PX), np.uint8)), np.uint8)
    joined[borders > 0] = 0
    boxes = _find_pieces(edges, joined)
    heights, widths = boxes[:, 3] - boxes[:, 1], boxes[:, 2] - boxes[:, 0]
    is_picture = (heights > _HIGH_PX) | ((heights > 0.6 * _HIGH_PX) & (widths < heights))
    pictures = _merge_regions(boxes[is_picture])
    rest = boxes[~is_picture & ((heights > 1) | (widths > 2))]
    lines = _group(rest[~_lies_inside(rest, pictures)], np.cumsum(borders, axis=1, dtype=np.int32))
    return Layout(
        tuple(box for box in lines if _is_line(box)),
        tuple(picture for picture in pictures if min(picture[2] - picture[0], picture[3] - picture[1]) >= _PICTURE_PX),
    )


def _find_pieces(edges: Mask, joined: Mask) -> Boxes:
    """What hangs together, cut where lines touch each other: int32 (pieces, 4)."""
    import cv2

    _n, labels, stats, _centres = cv2.connectedComponentsWithStats(joined, connectivity=8)
    found = np.asarray(stats, np.int32)[:, :4]
    pieces: list[Rect] = []
    for number in range(1, len(found)):
        left, top, width, height = (int(v) for v in found[number])
        if height < 2 * _LEAST_LINE_PX or width < height:
            pieces.append((left, top, left + width, top + height))
            continue
        own = labels[top : top + height, left : left + width] == number
        steps = np.count_nonzero(own & (edges[top : top + height, left : left + width] > 0), axis=1)
        cuts = [0, *_find_cuts(steps), height]
        for first, last in pairwise(cuts):
            columns = np.flatnonzero(own[first:last].any(axis=0))
            pieces.append((left + int(columns[0]), top + first, left + int(columns[-1]) + 1, top + last))
    return np.array(pieces, np.int32).reshape(-1, 4)


def _find_cuts(steps: NDArray[np.int64]) -> list[int]:
    """Rows at which touching lines part: few edges (descenders and ascenders) between rows of many (letters).

    Args:
        steps: Edges in each row.
    """
    cuts: list[int] = []
    begin, row = 0, _LEAST_LINE_PX
    while row <= len(steps) - _LEAST_LINE_PX:
        reach = max(8, row - begin)
        above, below = int(steps[begin:row].max()), int(steps[row : row + reach].max())
        near = max(2, (row - begin) // 5)
        if 2 * steps[row] <= min(above, below) and steps[row] == steps[row - near : row + near + 1].min():
            cuts.append(row)
            begin, row = row, row + _LEAST_LINE_PX
        else:
            row += 1
    return cuts


def _find_edges(gray: Mask) -> tuple[Mask, Mask]:
    """Steps of brightness along each row, and apart from them the borders of boxes and columns."""
    import cv2

    steps = np.zeros_like(gray)
    cv2.absdiff(gray[:, 1:], gray[:, :-1], dst=steps[:, 1:])
    edges = (steps > _EDGE).astype(np.uint8)
    # A border is a column of steps, higher than any letter is.
    borders = cv2.morphologyEx(edges, cv2.MORPH_OPEN, np.ones((_RULE_PX, 1), np.uint8))
    return np.asarray(cv2.subtract(edges, borders), np.uint8), np.asarray(borders, np.uint8)


def _merge_regions(boxes: Boxes) -> list[Rect]:
    """Regions that touch become one."""
    regions: list[Rect] = []
    for box in sorted((tuple(int(v) for v in row) for row in boxes), key=lambda b: (b[2] - b[0]) * (b[3] - b[1])):
        left, top, right, bottom = box
        apart = []
        for other in regions:
            if other[0] < right and left < other[2] and other[1] < bottom and top < other[3]:
                left, top = min(left, other[0]), min(top, other[1])
                right, bottom = max(right, other[2]), max(bottom, other[3])
            else:
                apart.append(other)
        regions = [*apart, (left, top, right, bottom)]
    return regions


def _lies_inside(boxes: Boxes, regions: Sequence[Rect]) -> NDArray[np.bool_]:
    inside = np.zeros(len(boxes), bool)
    for left, top, right, bottom in regions:
        inside |= (boxes[:, 0] >= left) & (boxes[:, 1] >= top) & (boxes[:, 2] <= right) & (boxes[:, 3] <= bottom)
    return inside


def _group(boxes: Boxes, n_borders: NDArray[np.int32]) -> list[Rect]:
    """Pieces on one height and near each other become lines; then dots, accents and hyphens go to theirs."""
    boxes = boxes[np.argsort(boxes[:, 1] - boxes[:, 3], kind="stable")]  # high ones first: they say how high a line is
    while len(boxes):
        merged = _union(boxes, _find_pairs(boxes, n_borders))
        if len(merged) == len(boxes):
            break
        boxes = merged
    return _attach([[int(v) for v in box] for box in boxes])


def _find_pairs(boxes: Boxes, n_borders: NDArray[np.int32]) -> NDArray[np.int64]:
    """Which boxes belong to one line, (pairs, 2): on one height, of like height, a word's gap apart, no border between.

    Args:
        boxes: The pieces.
        n_borders: How many pixels of borders are in a row up to each column.
    """
    left, top, right, bottom = (boxes[:, n] for n in range(4))
    height = bottom - top
    shared = np.minimum(bottom[:, None], bottom) - np.maximum(top[:, None], top)
    gap = np.maximum(left[:, None], left) - np.minimum(right[:, None], right)
    lower, higher = np.minimum(height[:, None], height), np.maximum(height[:, None], height)
    alike = (shared >= 0.6 * lower) & (gap <= _GAP * higher) & (higher <= _ALIKE * lower) & (lower >= _LOW_PX)
    pairs: NDArray[np.int64] = np.argwhere(np.triu(alike, 1))
    one, two = boxes[pairs[:, 0]], boxes[pairs[:, 1]]
    row = (np.maximum(one[:, 1], two[:, 1]) + np.minimum(one[:, 3], two[:, 3]) - 1) // 2
    first, last = np.minimum(one[:, 2], two[:, 2]) - 1, np.maximum(one[:, 0], two[:, 0])
    is_open = n_borders[row, np.maximum(first, last)] == n_borders[row, np.minimum(first, last)]
    return np.asarray(pairs[is_open], np.int64)


def _attach(lines: list[list[int]]) -> list[Rect]:
    """Give what is much lower than the lines around it (dots, accents, commas, hyphens) to the nearest line."""
    lines.sort(key=lambda box: box[1] - box[3])
    whole = [line for line in lines if line[3] - line[1] >= _LOW_PX + 2]
    edges = np.array(whole, np.int32).reshape(-1, 4)
    alone: list[list[int]] = []
    for low in lines:
        near = _find_near(edges, low)
        if near is None:
            alone.append(low)
            continue
        line = whole[near]
        line[:] = [min(line[0], low[0]), min(line[1], low[1]), max(line[2], low[2]), max(line[3], low[3])]
    kept = [line for line in whole if line not in alone]
    return [(left, top, right, bottom) for left, top, right, bottom in [*kept, *alone]]


def _find_near(lines: Boxes, low: Sequence[int]) -> int | None:
    """The line that a low piece belongs to: beside, within, or else below it, for dots and accents stand above."""
    left, top, right, bottom = low
    height = lines[:, 3] - lines[:, 1]
    gap = np.maximum(lines[:, 0], left) - np.minimum(lines[:, 2], right)
    above, below = lines[:, 1] - bottom, top - lines[:, 3]  # pixels between: the piece above the line, and below it
    away = np.maximum(0, np.maximum(above, below + 1))
    fits = (bottom - top <= 0.45 * height) & (gap <= 0.5 * height) & (away <= 0.25 * height)
    if not fits.any():
        return None
    return int(np.argmin(np.where(fits, away + np.maximum(gap, 0) / 100, np.inf)))


def _union(boxes: Boxes, pairs: NDArray[np.int64]) -> Boxes:
    parent = list(range(len(boxes)))

    def find(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    result = boxes.copy()
    for a, b in pairs.tolist():
        a, b = find(a), find(b)
        if a == b:
            continue
        one, two = result[a], result[b]
        if max(one[3], two[3]) - min(one[1], two[1]) > 1.5 * max(one[3] - one[1], two[3] - two[1]):
            continue  # they are on two heights after all
        parent[b] = a
        result[a] = (*np.minimum(one[:2], two[:2]), *np.maximum(one[2:], two[2:]))
    return result[[n for n in range(len(boxes)) if parent[n] == n]]


def _is_line(box: Rect) -> bool:
    height, width = box[3] - box[1], box[2] - box[0]
    return _LOW_PX <= height <= _HIGH_PX and width >= 3 and (height > 2 or width < _RULE_PX)


def cut_line(image: ImageArray, box: Rect) -> ImageArray:
    """The pixels of a line on its own ground: what lies around it is not in the crop, however near it is.

    So the same line gives the same crop wherever it stands, and tight lines of a terminal do not read into each other.

    Args:
        image: uint8 (height, width, 3).
        box: Of the line.
    """
    left, top, right, bottom = box
    height, width = image.shape[:2]
    tight = image[max(0, top - 1) : min(height, bottom + 1), max(0, left - 2) : min(width, right + 2)]
    margin = max(2, round(_MARGIN * (bottom - top)))
    ground = np.median(tight.reshape(-1, 3), axis=0).astype(np.uint8)
    crop = np.empty((tight.shape[0] + 2 * margin, tight.shape[1] + 2 * margin, 3), np.uint8)
    crop[:] = ground
    crop[margin:-margin, margin:-margin] = tight
    return crop


def cut(image: ImageArray, box: Rect) -> ImageArray:
    """The pixels of a region."""
    left, top, right, bottom = box
    return np.ascontiguousarray(image[top:bottom, left:right])
