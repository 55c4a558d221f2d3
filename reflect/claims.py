"""From a moment to what it claims: the readers of single relations, one after the other.

Role: pure; no database, no model. What is not surely stated is not claimed: a wrong fact is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

from memory.facts import to_key
from memory.records import CALENDAR, Claim, Kind, Moment
from memory.zones import parse_zone
from reflect.claim_people import read_people
from reflect.claim_tastes import read_tastes
from reflect.claim_times import FindDays, read_times
from reflect.claim_traits import read_traits
from reflect.claim_words import Sentence, iter_sentences

RULES = 4  # count up when rules change: every moment is then read anew
PAID = "paid"
_MOST_LETTERS = 20_000
_UNSURE = (
    0.75  # mean probability of the recognizer's words, as in recall.points: below it nearly all lines were misheard
)
# A bill is not a receipt: what it asks for was not paid yet, and who gave it is not who is billed.
_TO_BE_PAID = re.compile(
    r"\b(?:bill(?:ed)? to|due date|(?:amount|payment) due|(?:please|total to|to be) pa(?:y|id))\b", re.I
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Paper(Protocol):
    """A receipt: who gave it, what was paid, when, and the words that say so."""

    @property
    def company(self) -> str:
        """Who gave it."""

    @property
    def total(self) -> str:
        """What was paid, as it is written."""

    @property
    def day(self) -> date | None:
        """The date it bears."""

    @property
    def quote(self) -> str:
        """The words with the total."""


ReadPaper = Callable[[Moment], Paper | None]


@dataclass(frozen=True, slots=True)
class Readers:
    """What recall can read and is lent for it: days in words, and receipts."""

    find_days: FindDays
    read_paper: ReadPaper


def read_claims(moment: Moment, readers: Readers) -> list[Claim]:
    """All that a moment claims.

    Args:
        moment: With its words.
        readers: Lent by who puts the rooms together.
    """
    if not moment.text.strip() or moment.app == CALENDAR or _is_misheard(moment):
        return []
    told_at = (_EPOCH + timedelta(microseconds=moment.started_us)).astimezone(parse_zone(moment.zone))
    claims: dict[tuple[str, str], Claim] = {}
    for sentence in iter_sentences(replace(moment, text=moment.text[:_MOST_LETTERS]), told_at):
        for claim in _read_sentence(sentence, readers):
            claims.setdefault((claim.about, claim.value_key), claim)
    is_picture = moment.kind in (Kind.PHOTO, Kind.SCREENSHOT, Kind.SCENE)
    paper = readers.read_paper(moment) if is_picture and not _TO_BE_PAID.search(moment.text) else None
    if paper is not None:
        claim = _to_claim(moment, paper)
        claims[claim.about, claim.value_key] = claim
    return list(claims.values())


def _read_sentence(sentence: Sentence, readers: Readers) -> Iterator[Claim]:
    yield from read_traits(sentence)
    yield from read_people(sentence)
    yield from read_times(sentence, readers.find_days)
    yield from read_tastes(sentence)


def _is_misheard(moment: Moment) -> bool:
    """Whether the recognizer was not sure of its words, and nobody corrected them."""
    words = moment.details.get("words")
    if moment.kind is not Kind.UTTERANCE or moment.original is not None or not words:
        return False
    shares = [float(word[3]) for word in words if len(word) > 3]
    return bool(shares) and sum(shares) / len(shares) < _UNSURE


def _to_claim(moment: Moment, paper: Paper) -> Claim:
    """What a receipt says was paid; another receipt of the same shop is another fact."""
    on = f" on {paper.day.day} {paper.day:%B %Y}" if paper.day else ""
    return Claim(
        moment=moment.id, subject=paper.company, subject_key=to_key(paper.company), relation=PAID,
        about="|".join((to_key(paper.company), PAID, paper.day.isoformat() if paper.day else moment.id, paper.total)),
        value=f"{paper.total}{on}", value_key=to_key(paper.total), quote=paper.quote,
    )  # fmt: skip
