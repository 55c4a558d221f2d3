"""A number that stands in no note, but is the difference or the sum of two that do: the working is told with it.

Role: arithmetic over the numbers of notes, for questions that ask for it ("How many pages do I have left?"). Only one
pair may give the number: where two do, nothing says which was meant.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from recall.numerals import numbers_in
from recall.pack import Note
from recall.words import SENTENCE, content_words, stem, tokens

_DIFFERENCE = re.compile(
    r"\b(?:left|remain\w*|more|fewer|less|difference|saved?|saving|needs?|still|older|younger|increased?|decreased?"
    r"|raised?|dropped|lost|gained)\b",
    re.IGNORECASE,
)
_SUM = re.compile(r"\b(?:total|altogether|combined|in all|sum|together|both)\b", re.IGNORECASE)
_SMALL = 2  # a one or a two is found anywhere


@dataclass(frozen=True, slots=True)
class Working:
    """How a number comes about: "440 − 250", and the notes that hold the two."""

    text: str
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class _Value:
    number: str
    value: Decimal
    note: Note


def asks_to_work_out(question: str) -> bool:
    """Whether a question asks for a difference or a sum."""
    return bool(_DIFFERENCE.search(question) or _SUM.search(question))


def work_out(number: str, notes: Sequence[Note], question: str) -> Working | None:
    """Find the one pair of numbers in the notes that gives a number.

    Args:
        number: As ``numbers_in`` spells it.
        notes: Where the two may stand, in sentences that share a word with the question.
        question: Decides whether differences or sums count.
    """
    wanted = Decimal(number) if _is_plain(number) else None
    if wanted is None or wanted <= 0:
        return None
    ways: dict[str, Working] = {}
    for a, b in itertools.permutations(list(_values(notes, question)), 2):
        if _DIFFERENCE.search(question) and a.value - b.value == wanted:
            ways.setdefault(f"{a.number} − {b.number}", Working(f"{a.number} − {b.number}", _both(a, b)))
        elif _SUM.search(question) and a.value >= b.value and a.value + b.value == wanted:
            ways.setdefault(f"{a.number} + {b.number}", Working(f"{a.number} + {b.number}", _both(a, b)))
    return next(iter(ways.values())) if len(ways) == 1 else None


def _values(notes: Sequence[Note], question: str) -> Iterator[_Value]:
    asked = {stem(t) for t in content_words(question)}
    for note in notes:
        for match in SENTENCE.finditer(note.text):
            if asked & {stem(t) for t in tokens(match.group())}:
                for number in dict.fromkeys(numbers_in(match.group())):
                    if _is_plain(number) and Decimal(number) > _SMALL:
                        yield _Value(number, Decimal(number), note)


def _both(a: _Value, b: _Value) -> tuple[Note, ...]:
    return (a.note,) if a.note is b.note else (a.note, b.note)


def _is_plain(number: str) -> bool:
    try:
        return Decimal(number).is_finite()
    except InvalidOperation:
        return False
