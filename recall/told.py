"""An answer without a model: the quoted words, who said them and when, and the citation.

Role: text only. Used where the quote is certain, and where a model's sentence did not stand.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from memory.records import Kind, Moment
from recall.check import best_quote
from recall.results import Citation, Quote
from recall.time_words import tell_day


def tell(quote: Quote, moment: Moment, *, local: Callable[[int, str], datetime]) -> tuple[str, tuple[Citation, ...]]:
    """Tell what a moment says in its own words.

    Args:
        quote: The words that answer.
        moment: Where they stand.
        local: UTC microseconds and a zone to a local time.

    Returns:
        A sentence that ends in "[1]", and its citation.
    """
    words = " ".join(quote.text.split()).rstrip(". ")
    at = local(moment.started_us, moment.zone)
    cited = Citation(1, moment.id, quote.text if quote.text in moment.text else best_quote(moment.text, quote.text))
    if moment.kind is not Kind.UTTERANCE:
        return f"{words} [1].", (cited,)
    who = moment.speaker or "Heard"
    return f"{who}, {tell_day(at.date())}: {words} [1].", (cited,)
