"""An answer at once: the very words of the best evidence that fit what was asked for.

Role: picks a sentence or a line by rule, in well under a millisecond a moment; writes nothing of its own. The model's
sentence replaces or confirms it later.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from memory.records import Kind, Moment
from recall.check import numbers_in
from recall.pages import rows
from recall.question import Asked, Question
from recall.results import Found, Quote
from recall.totals import find_total_rows
from recall.words import stem, tokens

_N_LOOKED_AT = 5
_WHEN = re.compile(
    r"\b(?:\d{1,2}[:.]\d\d|\d{4}-\d\d-\d\d|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today"
    r"|tomorrow|tonight|noon|midnight|o'clock|jan(?:uary)?|feb(?:ruary)?|march|april|may|june|july|aug(?:ust)?|sept(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|next (?:week|month|year)|last (?:week|month|year))\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=[a-z,;:] )[A-Z][a-z]+")


def find_quote(question: Question, found: Sequence[Found]) -> Quote | None:
    """Pick the words that answer.

    Args:
        question: Says what kind of thing is asked for.
        found: Ranked, best first.

    Returns:
        The words, or None where nothing of the right kind stands in the first few moments.
    """
    best: tuple[float, Quote] | None = None
    wanted = {stem(t) for t in question.terms}
    for rank, hit in enumerate(found[:_N_LOOKED_AT]):
        whole = {stem(t) for t in tokens(hit.moment.text)}
        for piece in _pieces(question, hit.moment):
            near = len(wanted & {stem(t) for t in tokens(piece)})
            if (
                piece.endswith("?")
                or not _fits(question, piece)
                or (near == 0 and hit.moment.kind is not Kind.UTTERANCE)
            ):
                continue
            score = hit.score + 0.25 * near - 0.1 * rank
            if best is None or score > best[0]:
                certain = (
                    bool(wanted) and wanted <= whole and near >= len(wanted) - 1 and question.asked is not Asked.WHAT
                )
                best = (score, Quote(piece, hit.moment.id, certain))
    return best[1] if best else None


def _pieces(question: Question, moment: Moment) -> list[str]:
    """Sentences of what was said; rows of a page, of which only the total's where a total is asked for."""
    if moment.kind is Kind.UTTERANCE:
        return [p.strip() for p in re.split(r"\n|(?<=[.!?])\s+", moment.text) if p.strip()]
    page = rows(moment)
    if "total" in question.terms and (totals := find_total_rows(page)):
        return [page[totals[0]]]
    return list(page)


def _fits(question: Question, piece: str) -> bool:
    if question.asked is Asked.WHEN:
        return _WHEN.search(piece) is not None
    if question.asked in (Asked.HOW_MUCH, Asked.HOW_MANY, Asked.HOW_LONG):
        return bool(numbers_in(piece))
    if question.asked is Asked.WHO:
        return _NAME.search(" " + piece) is not None or piece[:1].isupper()
    return True
