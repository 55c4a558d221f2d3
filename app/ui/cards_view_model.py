"""The evidence as cards: what each one says, which words are marked, which answer cites it.

Role: prepares what the list shows. A plain class: no widgets, no engine, no clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.describe import describe
from app.ui.marks import find_quote
from app.ui.words import count_words, detail_words, kind_words, snippet, source_words, when_words
from memory.records import Kind, Moment
from recall.results import Citation, Found


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One moment as it is shown.

    Attributes:
        source: Who spoke, which app, where.
        detail: The window's title or the place; may be empty.
        marks: (start, end) character spans of ``snippet`` to mark.
        matched: The same as spans of the moment's whole text.
        cited: Numbers of the citations that point here.
    """

    moment: Moment
    when: str
    source: str
    detail: str
    snippet: str
    marks: tuple[tuple[int, int], ...]
    matched: tuple[tuple[int, int], ...] = ()
    cited: tuple[int, ...] = ()

    @property
    def id(self) -> str:
        """The moment's id."""
        return self.moment.id

    @property
    def has_sound(self) -> bool:
        """Whether there is something to play."""
        return has_sound(self.moment)

    @property
    def has_picture(self) -> bool:
        """Whether there is something to see."""
        return has_picture(self.moment)

    @property
    def spoken_name(self) -> str:
        """The whole card in one sentence, for a screen reader."""
        told = describe(self.moment)
        if told:  # a picture: what it probably shows, its colours and its text, for those who do not see it
            return f"{self.when}. {told}"
        parts = (kind_words(self.moment.kind), self.source, self.detail, self.when, self.snippet)
        return ", ".join(part for part in parts if part)


def has_sound(moment: Moment) -> bool:
    """Whether a moment has a stretch of sound."""
    is_heard = moment.kind in (Kind.UTTERANCE, Kind.SCENE, Kind.NOTE) and not moment.details.get("silent")
    return is_heard and moment.media is not None and moment.media.duration_s > 0


def has_picture(moment: Moment) -> bool:
    """Whether a moment has a picture."""
    return moment.shown is not None


def build_card(found: Found, now_us: int) -> Card:
    """Prepare the card of a found moment."""
    text, marks = snippet(found.moment.text, found.matched)
    return Card(
        moment=found.moment,
        when=when_words(found.moment, now_us),
        source=source_words(found.moment),
        detail=detail_words(found.moment),
        snippet=text,
        marks=marks,
        matched=found.matched,
    )


def _mark_quotes(card: Card, quotes: Sequence[str]) -> Card:
    """In a picture the words that carry an answer count more than those that were asked with."""
    spans = {span for quote in quotes for span in find_quote(card.moment, quote)} if card.has_picture else set()
    if not spans:
        return card
    matched = tuple(sorted(spans))
    text, marks = snippet(card.moment.text, matched)
    return replace(card, matched=matched, snippet=text, marks=marks)


class CardsViewModel:
    """The cards on show, in order."""

    def __init__(self) -> None:
        self.cards: list[Card] = []

    def replace(self, found: Iterable[Found], now_us: int) -> None:
        """Show other moments."""
        self.cards = [build_card(each, now_us) for each in found]

    def add_missing(self, found: Iterable[Found], now_us: int) -> bool:
        """Append moments that are not shown yet; say whether there were any."""
        known = {card.id for card in self.cards}
        new = [build_card(each, now_us) for each in found if each.moment.id not in known]
        self.cards += new
        return bool(new)

    def cite(self, citations: Sequence[Citation]) -> None:
        """Write the citation numbers on the cards they point to, and mark in pictures what was cited."""
        numbers: dict[str, list[int]] = {}
        quotes: dict[str, list[str]] = {}
        for citation in citations:
            numbers.setdefault(citation.moment, []).append(citation.n)
            quotes.setdefault(citation.moment, []).append(citation.quote)
        self.cards = [
            replace(_mark_quotes(card, quotes.get(card.id, ())), cited=tuple(numbers.get(card.id, ())))
            for card in self.cards
        ]

    def reword(self, moments: Mapping[str, Moment]) -> bool:
        """Show what moments say of themselves now (who speaks, where); says whether anything reads otherwise."""
        before = self.cards
        self.cards = [
            replace(card, moment=now, source=source_words(now), detail=detail_words(now))
            if (now := moments.get(card.id)) is not None and now != card.moment
            else card
            for card in before
        ]
        return any(a is not b for a, b in zip(before, self.cards, strict=True))

    def remove(self, ids: Iterable[str]) -> None:
        """Take forgotten moments away."""
        gone = set(ids)
        self.cards = [card for card in self.cards if card.id not in gone]

    def find(self, moment: str) -> int | None:
        """Row of a moment, or None when it is not on show."""
        return next((row for row, card in enumerate(self.cards) if card.id == moment), None)

    def count_words(self) -> str:
        """How many cards there are, in words."""
        return count_words(len(self.cards))
