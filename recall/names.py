"""Does a text hold a name? Names are misread by OCR and misheard by recognizers, so they are compared letter by letter.

Role: pure text. A question about a name that none of the evidence holds is about something else: that is decided
here, by rule, before a model is asked (small models gladly answer for another shop, person or hotel).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np

from recall.words import fold, tokens

# Similarity from which a name counts as held. Long names share words ("… HARDWARE TRADING": .82 on dev receipts, the
# right shop 1.0).
_ALIKE_LONG = 0.86
_ALIKE = 0.8
_LONG_LETTERS = 10
_SHORT_LETTERS = 6  # shorter names must stand there as whole words
_LEGAL_FORMS = re.compile(
    r"\b(?:sdn\.?\s*bhd|s/b|s\.b|sb|bhd|berhad|plt|ltd|limited|inc|llc|llp|gmbh|ag|kg|plc|corp|co|pty|pte|bv|sa|srl|spa|oy|ab|m|kl)\b\.?"
)


def similarity(name: str, text: str) -> float:
    """How well a name stands somewhere in a text, 0 to 1; spaces and signs do not count.

    Source: Sellers 1980, The theory and computation of evolutionary distances (approximate substring matching);
    one row a letter of the name, vectorized over the text.
    """
    pattern, field = _letters(_without_legal_form(name)), _letters(text)
    if not pattern or not field:
        return 0.0
    if pattern in field:
        return 1.0
    codes = np.frombuffer(field.encode("utf-32-le"), dtype=np.uint32)
    index = np.arange(len(codes) + 1)
    row = np.zeros(len(codes) + 1, dtype=np.int64)
    for letter in pattern:
        nearest = np.empty_like(row)
        nearest[0] = row[0] + 1
        nearest[1:] = np.minimum(row[:-1] + (codes != ord(letter)), row[1:] + 1)
        row = np.minimum.accumulate(nearest - index) + index
    return max(0.0, 1.0 - float(row.min()) / len(pattern))


def holds(name: str, text: str) -> bool:
    """Whether a text holds a name; short names must stand there as whole words."""
    letters = _letters(_without_legal_form(name))
    if len(letters) < _SHORT_LETTERS:
        words = r"\W+".join(re.escape(word) for word in tokens(_without_legal_form(name))) or re.escape(fold(name))
        return re.search(rf"(?<!\w){words}(?!\w)", fold(text)) is not None
    alike = _ALIKE_LONG if len(letters) >= _LONG_LETTERS else _ALIKE
    return similarity(name, text) >= alike and _numbers_agree(name, text)


def missing(names: Iterable[str], text: str) -> tuple[str, ...]:
    """The names that a text does not hold."""
    return tuple(name for name in names if not holds(name, text))


def _numbers_agree(name: str, text: str) -> bool:
    """Numbers in a name must agree exactly: hall 7 is not hall 8."""
    digits = re.findall(r"\d+", name)
    return all(re.search(rf"(?<!\d){d}(?!\d)", text) for d in digits)


def _without_legal_form(name: str) -> str:
    folded = fold(name)
    shorter = _LEGAL_FORMS.sub(" ", folded)
    return shorter if len(_letters(shorter)) >= 3 else folded


def _letters(text: str) -> str:
    return "".join(c for c in fold(text) if c.isalnum())
