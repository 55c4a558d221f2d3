"""The rows of a page as a reader sees them: "Total", "RM" and "5.30" on one height are one row.

Role: from the lines that OCR found, with their boxes, to rows of text. Source: the boxes are those of
``models.protocols.TextLine`` (pixels of the upright picture, corners clockwise from the upper left).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from memory.records import Moment
from recall.words import tokens

_SHARED = 0.5  # of the lower line's height: two lines that overlap so much in height stand in one row
_PROSE_WORDS = 6  # a line of at least so many words may be running text
_ALIKE_HEIGHT = 1.5  # lines of one paragraph differ in height by less than this factor
_CODE_LETTERS = 3  # a heading's code has at least so many; "08 x 2.95" is a row of a receipt
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"(])")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A line that OCR found: its words, and its edges in pixels."""

    text: str
    left: float
    top: float
    bottom: float

    @property
    def height(self) -> float:
        return max(self.bottom - self.top, 1.0)


def rows(moment: Moment) -> tuple[str, ...]:
    """The rows of a moment's text; its lines as they are where there are no boxes.

    Lines of running text are read on below each other, sentence by sentence, and not across to what stands beside them
    (a list of folders, a second column); all else is read across.

    Returns:
        Rows from top to bottom, each its pieces from left to right, parted by two spaces.
    """
    lines: Sequence[Mapping[str, Any]] = moment.details.get("lines") or ()
    if not lines:
        return tuple(line.strip() for line in moment.text.splitlines() if line.strip())
    paragraphs, rest = _paragraphs([_piece(line) for line in lines])
    told = [(group[0].top, sentence) for group in paragraphs for sentence in _sentences(group)]
    told += [(row[0].top, "  ".join(p.text for p in sorted(row, key=lambda p: p.left))) for row in _rows(rest)]
    return tuple(text for _top, text in sorted(told, key=lambda row: row[0]))


def _piece(line: Mapping[str, Any]) -> _Piece:
    xs, ys = zip(*line["box"], strict=True)
    return _Piece(line["text"], min(xs), min(ys), max(ys))


def _rows(pieces: Sequence[_Piece]) -> list[list[_Piece]]:
    """Pieces on one height; compared with the first of a row."""
    grouped: list[list[_Piece]] = []
    for piece in pieces:
        if grouped and _shares_row(grouped[-1][0], piece):
            grouped[-1].append(piece)
        else:
            grouped.append([piece])
    return grouped


def _paragraphs(pieces: Sequence[_Piece]) -> tuple[list[list[_Piece]], list[_Piece]]:
    """Running text of two lines and more, and all the rest in the order it came."""
    paragraphs: list[list[_Piece]] = []
    rest: list[_Piece] = []
    for piece in pieces:
        above = next((group for group in reversed(paragraphs) if _goes_on(group[-1], piece)), None)
        if above is not None:
            above.append(piece)
        elif _is_prose(piece.text):
            paragraphs.append([piece])
        else:
            rest.append(piece)
    alone = {id(group[0]) for group in paragraphs if len(group) == 1}  # perhaps a row of a table, with its amount
    kept = {id(piece) for piece in rest} | alone
    return [group for group in paragraphs if len(group) > 1], [piece for piece in pieces if id(piece) in kept]


def _is_prose(text: str) -> bool:
    """Whether a line is of running text: many words, most of them small letters only."""
    words = text.split()
    n_small = sum(word.strip(".,;:!?()'\"“”’").isalpha() and word[0].islower() for word in words)
    return len(words) >= _PROSE_WORDS and 2 * n_small > len(words)


def _goes_on(above: _Piece, below: _Piece) -> bool:
    """Whether a line is the next one of a paragraph: right below, at the same edge, as high, and prose or its end."""
    if not _is_prose(above.text) or not (_is_prose(below.text) or below.text.rstrip().endswith((".", "!", "?"))):
        return False
    gap, height = below.top - above.bottom, above.height
    alike = 1 / _ALIKE_HEIGHT < below.height / height < _ALIKE_HEIGHT
    return alike and -0.5 * height < gap < height and abs(below.left - above.left) < height


def _sentences(group: Sequence[_Piece]) -> list[str]:
    return [part for part in _SENTENCE_END.split(" ".join(piece.text.strip() for piece in group)) if part]


def rows_in_sections(moment: Moment, terms: Sequence[str]) -> tuple[str, ...]:
    """The rows of a page; where a question names one of its headings, without what stands under the others.

    A timetable of two lines says "Last bus" twice. A heading is a row that begins with a number or code of the question
    ("728"), where other rows begin with another of the same form ("734").

    Args:
        moment: The page.
        terms: Words of the question.

    Returns:
        As ``rows``; rows under the heading begin with its code.
    """
    page = rows(moment)
    codes = [(tokens(row) or [""])[0] for row in page]
    named = {term for term in terms if len(term) >= _CODE_LETTERS and any(c.isdigit() for c in term) and term in codes}
    forms = {_form(code) for code in named}
    heads = {code for code in codes if _form(code) in forms}
    has_rows = any(code in named and after not in heads for code, after in pairwise(codes))
    if heads == named or not has_rows:  # no other of its kind, or a list of items and no headings
        return page
    told, under = [], ""
    for code, row in zip(codes, page, strict=True):
        under = code if code in heads else under
        if not under or code == under in named:
            told.append(row)
        elif under in named:
            told.append(f"{under}: {row}")
    return tuple(told)


def _form(code: str) -> str:
    """What a number or code looks like: "728" and "734" alike, "a17" and "b3" not."""
    return "".join("0" if c.isdigit() else "a" if c.isalpha() else c for c in code)


def _shares_row(first: _Piece, second: _Piece) -> bool:
    shared = min(first.bottom, second.bottom) - max(first.top, second.top)
    return shared > _SHARED * min(first.bottom - first.top, second.bottom - second.top)
