"""Questions over a generated month that only the time of a page answers: what was open while somebody spoke.

Role: reads the month that was made and adds to it; no chance is used, so that the month's other questions stay as they
are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from _month_life import Asked, Kept, Month

from memory.records import Kind
from recall.words import content_words, stem

SCREENS = "page open when somebody spoke"
_HELD = timedelta(minutes=10)
_N_WORDS = 7


def with_screens(month: Month) -> Month:
    """The month with two such questions for each event in which a page was open: in the very words, and about it."""
    said = {one.id: _stems(one.text) for one in month.kept if one.kind is Kind.UTTERANCE}
    often = Counter(word for words in said.values() for word in words)
    asked: list[Asked] = []
    for page, spoken in _pairs(month):
        words = " ".join(spoken.text.split()[:_N_WORDS])
        rare = sorted(content_words(spoken.text), key=lambda word: (often[stem(word)], word))[:2]
        for query in (
            f"Which page did I have open when {spoken.speaker} said “{words}”?",
            f"What was on my screen when {spoken.speaker} talked about {' and '.join(rare)} on {spoken.at:%A %-d %B}?",
        ):
            number = f"s{len(asked):03d}"
            at = month.kept[-1].at
            asked.append(Asked(id=number, query=query, kind=SCREENS, evidence=(page.id,), asked_at=at))
    return replace(month, asked=(*month.asked, *asked))


def _pairs(month: Month) -> Iterator[tuple[Kept, Kept]]:
    """For each event: its longest utterance of a named person, said once in the month, and the page open then."""
    texts = Counter(one.text for one in month.kept)
    for happening in month.happenings:
        best: tuple[Kept, Kept] | None = None
        page: Kept | None = None
        for one in month.kept:
            if one.kind is Kind.SCREENSHOT:
                page = one
            if page is None or not page.event == one.event == happening.id or one.at - page.at >= _HELD:
                continue
            is_fit = one.speaker and texts[one.text] == 1
            if is_fit and (best is None or len(one.text) > len(best[1].text)):
                best = page, one
        if best is not None:
            yield best


def _stems(text: str) -> set[str]:
    return {stem(word) for word in content_words(text)}
