"""An answer at once: the very words of the best evidence that fit what was asked for.

Role: picks by rule, in well under a millisecond a moment; writes nothing of its own. A date for when, an amount for how
much, else the sentences around the answer. The model's sentence replaces or confirms it later; where it is certain, no
model is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from memory.records import Kind, Moment
from recall.fits import Fitted, holds_kind, question_stems
from recall.pages import rows_in_sections
from recall.question import Asked, Question
from recall.results import Quote
from recall.time_words import TimeWords, find_time_words, tell_day
from recall.totals import find_total_rows
from recall.words import SHARED_PICTURE, STOP_WORDS, stem, tokens

_N_CHARS = 240  # of a quote: some two sentences of speech
_NEARLY = 1.5  # in the unit of ``recall.fits``, where the score of what was found counts 7.5
_RECKONED = re.compile(
    r"\b(?:more|less|fewer|older|younger|longer|in total|total (?:of|number|amount|cost)|altogether|combined|average"
    r"|between|difference|since|before|after|first|last|second|third|fourth|start(?:ed)?|begin|began)\b",
    re.IGNORECASE,
)
_DID = re.compile(r"^(?:\w+ )?when (?:did|was|were|had)\b", re.IGNORECASE)
_CARRIED_AT_LEAST = 0.9
_MARGIN_AT_LEAST = 1.5
_COVERED_AT_LEAST = 0.7
# For when, of people who are named, whose own words were looked for: of 73 such quotes on LoCoMo 68 are right, of those
# that pass the bars above 24 of 25 (``benchmarks/quotes.py``).
_WHEN_CARRIED, _WHEN_MARGIN, _WHEN_COVERED = 0.4, 0.75, 0.5
_AMOUNT = re.compile(
    r"(?:(?:[€$£¥]|\b(?:RM|EUR|USD|GBP))\s?)\d[\d.,]*\d|\d[\d.,]*(?:\s?(?:[€$£%]|(?:euros?|dollars?|pounds?|cents?|percent)\b))"
)
_CLOCK = re.compile(
    r"\b(?:until |at |by |from )?(?:[0-2]?\d[:.][0-5]\d(?:\s?[ap]\.?m\b)?|\d{1,2}\s?[ap]\.?m\b|\d{1,2} o'clock"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|noon\b|midnight\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Words:
    """Words that answer, and whether they are just the thing asked for."""

    text: str
    exact: bool


def find_quote(
    question: Question, fitted: Sequence[Fitted], *, carried: float = 0.0, local: Callable[[int, str], datetime]
) -> Quote | None:
    """Pick the words that answer.

    Args:
        question: Says what kind of thing is asked for.
        fitted: What was found, the best fitting first.
        carried: The probability that what was found carries an answer.
        local: UTC microseconds and a zone to a local time.

    Returns:
        The words, or None where nothing was found that could answer.
    """
    if not fitted:
        return None
    best = _of_the_kind(question, fitted)
    words = _words(question, best.hit.moment, local)
    if words is None:
        return None
    certain = words.exact and best is fitted[0] and _is_certain(question, fitted, carried)
    return Quote.of(words.text, best.hit.moment, certain=certain)


def _of_the_kind(question: Question, fitted: Sequence[Fitted]) -> Fitted:
    """The best that holds the kind of thing asked for, where one is nearly as good as the very best; else that one."""
    near = (f for f in fitted if f.value >= fitted[0].value - _NEARLY)
    return next((f for f in near if holds_kind(question.asked, f.hit.moment.text)), fitted[0])


def _words(question: Question, moment: Moment, local: Callable[[int, str], datetime]) -> _Words | None:
    """The words of a moment that answer; None where it only asks, or holds no time where one is asked for."""
    if moment.kind is not Kind.UTTERANCE and "\n" in moment.text:
        return _of_page(question, moment)
    pieces = _pieces(moment.text)
    best = _best_piece(question, pieces)
    if pieces[best].endswith("?"):
        return None
    if question.asked is Asked.WHEN:
        return _date(question, pieces[best], moment, local(moment.started_us, moment.zone))
    if question.asked is Asked.HOW_MUCH:
        amounts = list(dict.fromkeys(m.group().strip(" .,") for m in _AMOUNT.finditer(pieces[best])))
        if len(amounts) == 1:
            return _Words(amounts[0], True)
    return _Words(_stretch(moment.text, pieces, best), _answers_wholly(question, pieces[best]))


def _of_page(question: Question, moment: Moment) -> _Words | None:
    """The row of a page with most words of the question; of a total, the row that tells it."""
    page = rows_in_sections(moment, question.terms)
    if "total" in question.terms and (totals := find_total_rows(page)):
        return _Words(page[totals[0]], True)
    row = page[_best_piece(question, page)]
    if not holds_kind(question.asked, row):
        return None
    return _Words(row, _answers_wholly(question, row))


def _answers_wholly(question: Question, piece: str) -> bool:
    """Whether a piece holds the kind of thing asked for and every word of the question."""
    if question.asked in (Asked.WHAT, Asked.YES_NO) or not holds_kind(question.asked, piece):
        return False
    wanted = question_stems(question)
    return bool(wanted) and wanted <= {stem(t) for t in tokens(piece)}


def _pieces(text: str) -> list[str]:
    """Sentences, and the description of a shared picture as one of its own."""
    parts = re.split(r"\n+|(?<=[.!?])\s+|(?=\[shares a )", text.strip())
    return [part.strip() for part in parts if part.strip()] or [text.strip()]


def _best_piece(question: Question, pieces: Sequence[str]) -> int:
    wanted = question_stems(question)

    def value(index: int) -> float:
        piece = pieces[index]
        said = {stem(t) for t in tokens(piece) if t not in STOP_WORDS}
        score = len(wanted & said) + min(1.0, 0.2 * len(said - wanted))
        score += 1.5 * (question.asked is not Asked.WHAT and holds_kind(question.asked, piece))
        return score - 1.5 * piece.endswith("?") - 0.5 * bool(SHARED_PICTURE.match(piece))

    return max(range(len(pieces)), key=lambda i: (value(i), -i))


def _stretch(text: str, pieces: Sequence[str], best: int) -> str:
    """The best piece with what follows and then what stands before it, as far as a quote's length goes."""
    starts, at = [], 0
    for piece in pieces:
        at = text.index(piece, at)
        starts.append(at)
        at += len(piece)
    first = last = best
    while last + 1 < len(pieces) and starts[last + 1] + len(pieces[last + 1]) - starts[first] <= _N_CHARS:
        last += 1
    while first > 0 and starts[last] + len(pieces[last]) - starts[first - 1] <= _N_CHARS:
        first -= 1
    return text[starts[first] : starts[last] + len(pieces[last])]


def _date(question: Question, piece: str, moment: Moment, said_at: datetime) -> _Words | None:
    """The time that the best piece names, else another of the moment, else the day it was told of what happened."""
    for text in (piece, moment.text):
        if times := find_time_words(text, said_at):
            return _Words(_tell(text, times[0]), len(times) == 1)
        if clock := _CLOCK.search(text):
            return _Words(clock.group(), _answers_wholly(question, text))
    return _Words(tell_day(said_at.date()), False) if _DID.match(question.text) else None


def _tell(piece: str, words: TimeWords) -> str:
    said = piece[words.span[0] : words.span[1]]
    return said if words.absolute else f"{said}: {words.told}"


def _is_certain(question: Question, fitted: Sequence[Fitted], carried: float) -> bool:
    """Whether no model need be asked: what was found fits clearly better than the rest and holds the question's words.

    Calibrated on the dev conversations (``benchmarks/quotes.py``). What must be reckoned is never certain.
    """
    best = fitted[0].hit.moment
    if _RECKONED.search(question.text):
        return False
    if best.kind is not Kind.UTTERANCE and "total" in question.terms and question.names:
        return True
    if question.asked not in (Asked.WHEN, Asked.HOW_MUCH, Asked.HOW_LONG):
        return False
    bars = _CARRIED_AT_LEAST, _MARGIN_AT_LEAST, _COVERED_AT_LEAST
    if question.asked is Asked.WHEN and question.people:
        bars = _WHEN_CARRIED, _WHEN_MARGIN, _WHEN_COVERED
    least_carried, least_margin, least_covered = bars
    wanted = question_stems(question)
    margin = fitted[0].value - fitted[1].value if len(fitted) > 1 else fitted[0].value
    covered = len(wanted & {stem(t) for t in tokens(best.text)}) >= least_covered * len(wanted)
    return covered and margin >= least_margin and (carried >= least_carried or best.kind is not Kind.UTTERANCE)
