"""The rows of a page as a reader sees them: "Total", "RM" and "5.30" on one height are one row.

Role: from the lines that OCR found, with their boxes, to rows of text. Source: the boxes are those of
``models.protocols.TextLine`` (pixels of the upright picture, corners clockwise from the upper left).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from memory.records import Moment

_SHARED = 0.5  # of the lower line's height: two lines that overlap so much in height stand in one row


def rows(moment: Moment) -> tuple[str, ...]:
    """The rows of a moment's text; its lines as they are where there are no boxes.

    Returns:
        Rows from top to bottom, each its pieces from left to right, parted by two spaces.
    """
    lines: Sequence[Mapping[str, Any]] = moment.details.get("lines") or ()
    if not lines:
        return tuple(line.strip() for line in moment.text.splitlines() if line.strip())
    grouped: list[list[tuple[float, str]]] = []
    span: tuple[float, float] | None = None
    for line in lines:
        xs, ys = zip(*line["box"], strict=True)
        top, bottom = min(ys), max(ys)
        if span is not None and _shares_row(span, (top, bottom)):
            grouped[-1].append((min(xs), line["text"]))
        else:
            grouped.append([(min(xs), line["text"])])
            span = (top, bottom)
    return tuple("  ".join(text for _x, text in sorted(row)) for row in grouped)


def _shares_row(first: tuple[float, float], second: tuple[float, float]) -> bool:
    shared = min(first[1], second[1]) - max(first[0], second[0])
    return shared > _SHARED * min(first[1] - first[0], second[1] - second[0])
