"""When an answer counts as right: one rule for every benchmark that compares words with a gold answer.

Role: pure text. Right is what passes one of three checks. *Exact*: the gold's words stand in what was said, in order.
*Token F1*: at least one half. *Key words*: each number of the gold and at least two thirds of its content words (by
stem) are said; a date's month counts as a word. Numbers in words and in digits are the same number. A gold that names
several acceptable answers ("29 days. 30 days is also acceptable.") is met by any of them.
"""

from __future__ import annotations

import re
from collections import Counter

from recall.check import numbers_in
from recall.words import STOP_WORDS, stem, tokens

F1_AT_LEAST = 0.5
WORDS_AT_LEAST = 2 / 3
_CITATION = re.compile(r"\s*\[\d+\]")
_ALSO = re.compile(r"\s*(?:,? ?\bor\b|\.)\s+(?=[^.]*\bacceptable\b)", re.IGNORECASE)
_MONTHS = re.compile(r"\b(jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)(?:\w*)\b", re.IGNORECASE)


def is_right(gold: str, said: str) -> bool:
    """Whether what was said holds the gold answer; the numbers of citations say nothing."""
    said = _CITATION.sub(" ", said)
    return any(_is_right(part, said) for part in acceptable(gold))


def acceptable(gold: str) -> list[str]:
    """The answers that a gold text allows."""
    parts = [re.sub(r"\(.*?\)|\b(?:is|are) also acceptable\b", " ", part) for part in _ALSO.split(gold)]
    return [part.strip(" .") for part in parts if part.strip(" .")] or [gold]


def token_f1(gold: str, said: str) -> float:
    """F1 of the words, stop words cut. Source: SQuAD's evaluation, Rajpurkar et al. 2016."""
    wanted, there = Counter(_words(gold)), Counter(_words(said))
    shared = sum((wanted & there).values())
    if not shared:
        return 0.0
    precision, recall = shared / sum(there.values()), shared / sum(wanted.values())
    return 2 * precision * recall / (precision + recall)


def _is_right(gold: str, said: str) -> bool:
    needle, field = " ".join(_plain(gold)), " ".join(_plain(said))
    if needle and f" {needle} " in f" {field} ":
        return True
    return token_f1(gold, said) >= F1_AT_LEAST or _key_words(gold, said)


def _key_words(gold: str, said: str) -> bool:
    numbers = set(numbers_in(_parted(gold)))
    if not numbers <= set(numbers_in(_parted(said))):
        return False
    wanted = {w for w in _words(gold) if not w.isdigit()}
    if not wanted:
        return bool(numbers)
    return len(wanted & set(_words(said))) >= WORDS_AT_LEAST * len(wanted)


def _plain(text: str) -> list[str]:
    return [stem(t) for t in tokens(_parted(text))]


def _words(text: str) -> list[str]:
    return [stem(t) for t in tokens(_MONTHS.sub(lambda m: m[1][:3], _parted(text))) if t not in STOP_WORDS]


def _parted(text: str) -> str:
    """Numbers parted from the words they run into ("10July" is 10 July), ordinals made plain."""
    text = re.sub(r"(\d)(?:st|nd|rd|th)\b", r"\1", text)
    return re.sub(r"(\d)([A-Za-z]{3,})", r"\1 \2", text)
