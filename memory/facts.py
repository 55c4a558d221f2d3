"""From claims to facts: the same said twice is one fact, a newer value takes an older one's place, both stay told.

Role: pure functions over ``Claim``; nothing is kept. A fact holds from when it was told until something took its place,
and in between it is what was known: two times of one fact, as in bitemporal stores (Snodgrass; Zep, arXiv 2501.13956).
Who reads a fact reads its evidence: every claim keeps the moment and the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from memory.records import Claim, Kind

TIME = "time"  # the relation of appointments: what is told again may be another one of its kind
CANCELLED = "cancelled"  # the value of one that is not to be
_WORDS = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"['’]s?(?!\w)")
_LEADING = re.compile(r"^(?:(?:the|a|an|my|our)\s+)+")


class Source(StrEnum):
    """How sure the words themselves are."""

    WRITTEN = "written"
    HEARD = "heard"  # a recognizer wrote them down
    READ = "read"  # text recognition read them off a picture


class Standing(StrEnum):
    """Whether a fact holds."""

    CURRENT = "current"
    SUPERSEDED = "superseded"
    DISPUTED = "disputed"  # others told it differently, and nothing says who is right
    OVER = "over"  # the time that it is about is past


@dataclass(slots=True, kw_only=True)
class Fact:
    """One value of one side of one thing, with all that says so.

    Attributes:
        since_us: When it was first told.
        until_us: When something took its place, or when what it tells is over; None while it holds.
        replaced_by: The value that took its place, or None.
        claims: Its evidence, in order of time; never empty.
    """

    subject: str
    relation: str
    value: str
    about: str
    value_key: str
    since_us: int
    claims: list[Claim] = field(default_factory=list)
    until_us: int | None = None
    replaced_by: str | None = None
    is_disputed: bool = False

    def standing(self, now_us: int) -> Standing:
        """Whether it holds at a time."""
        if self.replaced_by is not None:
            return Standing.SUPERSEDED
        if self.until_us is not None and self.until_us <= now_us:
            return Standing.OVER
        return Standing.DISPUTED if self.is_disputed else Standing.CURRENT

    @property
    def source(self) -> Source:
        """The surest of its sources."""
        every = {source_of(claim.kind) for claim in self.claims}
        return next(source for source in Source if source in every)


def to_key(words: str) -> str:
    """Words as they are compared: small letters, no possessive endings, signs and articles."""
    plain = _POSSESSIVE.sub("", words.casefold())
    return _LEADING.sub("", " ".join(_WORDS.findall(plain)))


def source_of(kind: Kind) -> Source:
    """How the words of a moment came."""
    if kind is Kind.NOTE:
        return Source.WRITTEN
    return Source.HEARD if kind is Kind.UTTERANCE else Source.READ


def gather(claims: Iterable[Claim]) -> list[Fact]:
    """Put claims together to facts.

    Args:
        claims: In order of the time they were told; all of those that share an ``about`` must be there.

    Returns:
        Facts in order of the time they were first told.
    """
    by_about: dict[str, list[Fact]] = {}
    facts: list[Fact] = []
    for claim in claims:
        earlier = by_about.setdefault(claim.about, [])
        open_ones = [fact for fact in earlier if _is_open(fact, claim)]
        same = next((fact for fact in open_ones if _says_same(fact, claim)), None)
        fact = same or _begin(claim)
        if same is None:
            earlier.append(fact)
            facts.append(fact)
        fact.claims.append(claim)
        for other in open_ones:
            if other is not fact:
                _settle(other, fact, claim)
    return facts


def _begin(claim: Claim) -> Fact:
    return Fact(
        subject=claim.subject, relation=claim.relation, value=claim.value, about=claim.about,
        value_key=claim.value_key, since_us=claim.told_us, until_us=claim.until_us,
    )  # fmt: skip


def _is_open(fact: Fact, claim: Claim) -> bool:
    """Whether a fact still held when a claim was told."""
    return fact.replaced_by is None and (fact.until_us is None or fact.until_us > claim.told_us)


def _says_same(fact: Fact, claim: Claim) -> bool:
    """Whether two values are one: of a time also where one leaves the hour out, or which half of the day."""
    if fact.value_key == claim.value_key or claim.relation != TIME:
        return fact.value_key == claim.value_key
    (day, *clock), (other_day, *other_clock) = fact.value_key.split(" ", 1), claim.value_key.split(" ", 1)
    if day != other_day or not clock or not other_clock:
        return day == other_day
    (hour, minute), (other_hour, other_minute) = _hour(clock[0]), _hour(other_clock[0])
    is_loose = "o'clock" in clock[0] + other_clock[0]
    return minute == other_minute and (hour == other_hour or (is_loose and hour % 12 == other_hour % 12))


def _hour(clock: str) -> tuple[int, int]:
    """Read "15:00" and "3 o'clock" as numbers."""
    hour, _, minute = clock.removesuffix(" o'clock").partition(":")
    return int(hour), int(minute or 0)


def _settle(old: Fact, new: Fact, claim: Claim) -> None:
    """The newer value takes the older one's place, or both are told: two people who disagree cannot both be right.

    What somebody said before about the same thing is taken back by the same person; of appointments only by words that
    say so, for there may be two of a kind. "The rent" is another one where another tells of it: nobody else's words
    take its place. What is cancelled is so until the time at which it was to be.
    """
    last = old.claims[-1]
    has_said_both = claim.teller == last.teller and (claim.teller != "" or claim.kind is last.kind is Kind.NOTE)
    is_anyones = any(subject.casefold().startswith("the ") for subject in (old.subject, claim.subject))
    says_so = claim.is_change and (has_said_both or not is_anyones)
    if says_so or (has_said_both and claim.relation != TIME):
        if new.value_key == CANCELLED and claim.relation == TIME and len(new.claims) == 1:
            new.until_us = old.until_us
        old.replaced_by = new.value
        old.until_us = claim.told_us
        old.is_disputed = False
    else:
        old.is_disputed = new.is_disputed = True
