"""The rows of a page as a reader sees them: "Total", "RM" and "5.30" on one height are one row.

Role: from the lines that OCR found, with their boxes, to rows of text. Source: the boxes are those of
``models.protocols.TextLine`` (pixels of the upright picture, corners clockwise from the upper left).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from memory.records import Moment
from recall.words import tokens

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


def rows_in_sections(moment: Moment, terms: Sequence[str]) -> tuple[str, ...]:
    """The rows of a page; below the heading that a question names, each tells the heading it stands under.

    A timetable of two lines says "Last bus" twice. A heading is a row that begins with a number or code of the question
    ("728"), where other rows begin with another of the same form ("734").

    Args:
        moment: The page.
        terms: Words of the question.

    Returns:
        As ``rows``; rows under such headings begin with the heading's code.
    """
    page = rows(moment)
    forms = {_form(term) for term in terms if any(c.isdigit() for c in term)}
    codes = [(tokens(row) or [""])[0] for row in page]
    heads = {code for code in codes if code and _form(code) in forms}
    if len(heads) < 2 or heads.isdisjoint(terms):
        return page
    named, under = [], ""
    for code, row in zip(codes, page, strict=True):
        under = code if code in heads else under
        named.append(row if not under or code == under else f"{under}: {row}")
    return tuple(named)


def _form(code: str) -> str:
    """What a number or code looks like: "728" and "734" alike, "a17" and "b3" not."""
    return "".join("0" if c.isdigit() else "a" if c.isalpha() else c for c in code)


def _shares_row(first: tuple[float, float], second: tuple[float, float]) -> bool:
    shared = min(first[1], second[1]) - max(first[0], second[0])
    return shared > _SHARED * min(first[1] - first[0], second[1] - second[0])
