"""Where matched words stand: in a text as marked rich text, in a picture as boxes.

Role: pure functions over a moment and the spans that matched in its text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from app.ui.picture_text import Box, PictureText, Span
from memory.records import Moment

_PIECES = re.compile(r"\n|\t| {2,}| *\| *")


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

    Returns:
        (left, top, right, bottom), each 0 to 1 of the picture's width or height; empty when nothing is known.
    """
    return PictureText(moment).boxes(spans)


def find_quote(moment: Moment, quote: str) -> tuple[Span, ...]:
    """Find where the words of a citation stand in a text, however rows were put together or broken for quoting.

    Returns:
        Spans of ``moment.text`` in order; empty unless every piece of the quote stands there.
    """
    spans: list[Span] = []
    for piece in filter(None, _PIECES.split(quote.strip())):
        pattern = r"\s+".join(re.escape(word) for word in piece.split())
        found = re.search(pattern, moment.text, re.IGNORECASE)
        if found is None:
            return ()
        spans.append(found.span())
    return tuple(sorted(set(spans)))
