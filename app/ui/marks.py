"""Where matched words stand: in a text as marked rich text, in a picture as boxes.

Role: pure functions over a moment and the spans that matched in its text.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from memory.records import Moment

Span = tuple[int, int]
Box = tuple[float, float, float, float]


def marked_html(text: str, spans: Sequence[Span], colour: str) -> str:
    """Escape a text and put a ground of ``colour`` behind its spans."""
    parts: list[str] = []
    at = 0
    for start, end in spans:
        if start < at or end > len(text):
            continue  # spans of another text, or overlapping ones
        parts.append(escape(text[at:start]))
        parts.append(f'<span style="background-color:{colour}">{escape(text[start:end])}</span>')
        at = end
    parts.append(escape(text[at:]))
    return "".join(parts).replace("\n", "<br/>")


def find_boxes(moment: Moment, spans: Sequence[Span]) -> list[Box]:
    """Find where spans of a picture's text stand in the picture.

    The reader gives a box a line; a word's place in its line is estimated from its place among the characters.

    Returns:
        (left, top, right, bottom), each 0 to 1 of the picture's width or height; empty when nothing is known.
    """
    size, lines = moment.details.get("size_px"), moment.details.get("lines")
    if not size or not lines or min(size) <= 0:
        return []
    boxes: list[Box] = []
    at = 0
    for line in lines:
        text = str(line.get("text", ""))
        for start, end in spans:
            first, last = max(start, at), min(end, at + len(text))
            if first < last and line.get("box"):
                boxes.append(_part_of(line["box"], (first - at) / len(text), (last - at) / len(text), size))
        at += len(text) + 1
    return boxes


def _part_of(corners: Sequence[Sequence[float]], start: float, end: float, size: Sequence[float]) -> Box:
    xs, ys = [corner[0] for corner in corners], [corner[1] for corner in corners]
    left, width = min(xs), max(xs) - min(xs)
    return (
        (left + start * width) / size[0],
        min(ys) / size[1],
        (left + end * width) / size[0],
        max(ys) / size[1],
    )
