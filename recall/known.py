"""Facts that a question asks for by name: their evidence comes first, what holds now before what does not any more.

Role: from a question's words to the facts of ``memory.facts`` whose subject and side it names, and nothing else.
A fact is never an answer: it says which moments state it, and which of them is the newest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from memory.claim_book import ClaimBook
from memory.facts import TIME, Fact, Standing, gather, to_key
from memory.records import Kind
from recall.computed import Computed
from recall.conflicts import asks_past
from recall.question import Question
from recall.results import Citation, Found
from recall.time_words import tell_day
from recall.words import STOP_WORDS, stem, tokens

_MOST_WORDS = 7  # of a subject
_MOST_FACTS = 6
_MOST_VALUES = 3
_ONE_EVENT_US = 30 * 86_400_000_000  # told further apart, "the meeting" may be another one
_ME = re.compile(r"\b(?:my|our)\b", re.IGNORECASE)
_I = re.compile(r"\b(?:I|we|me)\b")
_NOTE_KEYS = ("me", "user")  # who writes notes, and who talks to an assistant
_TIME = r"\bwhen\b|\b(?:what|which)\s+(?:time|day|date)\b"
# How each side is asked for; words of these say nothing more about the subject.
_SIDES: dict[str, re.Pattern[str]] = {
    relation: re.compile(pattern, re.IGNORECASE)
    for relation, pattern in {
        "phone number": r"\b(?:phone|telephone|mobile|cell|call|reach)\b|\bnumber\b",
        "work phone number": r"\b(?:work|office)\b.*\b(?:phone|number)\b",
        "email address": r"\be-?mail\b",
        "work email address": r"\bwork\b.*\be-?mail\b",
        "address": r"\baddress\b",
        "birthday": r"\bbirthday\b",
        "lives in": r"\bwhere\b.*\b(?:lives?|living)\b|\b(?:city|town|country)\b.*\blives?\b",
        "works at": r"\bwhere\b.*\bworks?\b|\bwho\b.*\bworks?\s+for\b",
        "works as": r"\bwhat\b.*\bworks?\s+as\b|\b(?:job|profession)\b",
        "is allergic to": r"\ballerg\w+",
        "amount": r"\bhow\s+much\b|\bwhat\s+(?:is|'s)\b",
        "expires": r"\bexpires?\b|\bvalid\b|\bruns?\s+out\b",
        "time": _TIME,
    }.items()
}
_SAYS_NO_MORE = frozenset(
    """
    phone telephone call reach number email e-mail mail address birthday live living city town country job profession
    allergic allergy much cost price amount expire valid run time day date name current now currently scheduled schedule
    set have get still right
    """.split()
)
_KIND_OF_PHONE = re.compile(r"\b(mobile|cell|home)\s+(?:phone|telephone|number|is)\b", re.IGNORECASE)
# What is not so, what is to be, and what is another: no fact tells that.
_OTHERWISE = re.compile(
    r"\b(?:not|never|no\s+longer|any\s?more|should|shall|would|could|might|must|ought|other|another|else|except|without)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)
_OF_TIME = frozenset({TIME, "birthday", "expires"})
_OF_ME = frozenset({"lives in", "works at", "works as", "is allergic to"})  # asked for by "I" alone
_Local = Callable[[int, str], datetime]


@dataclass(frozen=True, slots=True)
class Known:
    """Facts that one question asks for.

    Attributes:
        facts: In order of the time they were first told; all of one thing and one side.
        asked_us: When it is asked.
    """

    facts: tuple[Fact, ...]
    asked_us: int

    @property
    def holding(self) -> list[Fact]:
        """Those that hold when it is asked."""
        return [f for f in self.facts if f.standing(self.asked_us) in (Standing.CURRENT, Standing.DISPUTED)]

    @property
    def evidence(self) -> list[str]:
        """Moments that state them, the newest of what holds first."""
        ordered = [*reversed(self.holding), *(f for f in reversed(self.facts) if f not in self.holding)]
        return list(dict.fromkeys(f.claims[-1].moment for f in ordered))[:_MOST_FACTS]


def find_known(question: Question, book: ClaimBook, *, me: Collection[str] = ()) -> Known | None:
    """Find the facts that a question asks for; None where it asks for more than a fact tells, or for what was.

    Args:
        question: As understood.
        book: Where claims are.
        me: Names under which the user speaks.
    """
    if asks_past(question) or question.without_people or question.without_kinds or question.anchor is not None:
        return None
    if _OTHERWISE.search(question.text):
        return None
    sides = [relation for relation, pattern in _SIDES.items() if pattern.search(question.text)]
    if TIME in sides:  # "When is Ana's call?" asks for no number
        sides = [relation for relation in sides if relation in _OF_TIME]
    if not sides:
        return None
    claims = book.find_claims(_iter_subjects(question.text, me))
    facts = [f for f in gather(claims) if f.relation in sides and _says_all(question, f, me)]
    abouts = {f.about for f in facts}
    if len(abouts) != 1:
        return None  # nothing, or two things are called so
    return Known(tuple(facts), question.asked_us)


def _iter_subjects(text: str, me: Collection[str]) -> Iterator[str]:
    """Runs of the question's words that a subject may be called by; "my" also as the user's own name."""
    variants = [text, *(_ME.sub(f"{name}'s", text) for name in me if _ME.search(text))]
    for variant in variants:
        words = to_key(variant).split()
        for start in range(len(words)):
            for stop in range(start + 1, min(len(words), start + _MOST_WORDS) + 1):
                yield " ".join(words[start:stop])
    if _ME.search(text) or _I.search(text):
        yield from map(to_key, (*me, *_NOTE_KEYS))


def _says_all(question: Question, fact: Fact, me: Collection[str]) -> bool:
    """Whether subject and side say all that the question does: what is left over would be another thing."""
    if not _is_then(question, fact) or not _is_whose(question, fact, me):
        return False
    own = tokens(f"{fact.subject} {fact.relation}")
    if "work" in own:
        own.append("office")
    told = {stem(w) for w in own} | {stem(w) for name in me for w in tokens(name)} | _qualifiers(fact)
    asked = {stem(w) for w in tokens(_without_times(question)) if w not in STOP_WORDS and w not in _SAYS_NO_MORE}
    return asked <= told | {stem(w) for w in _SAYS_NO_MORE}


def _qualifiers(fact: Fact) -> set[str]:
    """Words that tell one value from another of its side, where those who told it said them of it."""
    words = {"new"} if any(claim.is_change for claim in fact.claims) else set()
    if fact.relation == "phone number":
        quotes = " ".join(claim.quote for claim in fact.claims)
        words |= {match[1].lower() for match in _KIND_OF_PHONE.finditer(quotes)}
    return {stem(word) for word in words}


def _is_then(question: Question, fact: Fact) -> bool:
    """Whether the days that the question names are that of the fact; only an appointment has one."""
    if not question.times:
        return True
    if fact.relation != TIME or not fact.value_key[:1].isdigit():
        return False
    day = date.fromisoformat(fact.value_key.split(" ")[0])
    return all(
        t.since.date() <= day < t.until.date() and t.since.time() == t.until.time() == time() for t in question.times
    )


def _is_whose(question: Question, fact: Fact, me: Collection[str]) -> bool:
    """Whether a thing is the user's where the question says so: "the rent" is whose who tells of it."""
    mine = {to_key(name) for name in (*me, *_NOTE_KEYS)}
    asks_mine = _ME.search(question.text) or any(f" {key} " in f" {to_key(question.text)} " for key in map(to_key, me))
    if not asks_mine:  # "What number can I call?" asks for somebody else's
        return to_key(fact.subject) not in mine or fact.relation in _OF_ME
    if not fact.subject.casefold().startswith("the "):
        return True
    return any(to_key(c.teller) in mine or (c.kind is Kind.NOTE and not c.teller) for c in fact.claims)


def _without_times(question: Question) -> str:
    """The words of a question without those that name a day."""
    text = question.text
    for start, end in sorted((t.span for t in question.times), reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return text


def put_known_first(known: Known, found: Sequence[Found], ranked: Sequence[Found]) -> list[Found]:
    """Put the evidence of facts first, what holds before what does not any more; the others follow as they were.

    Args:
        known: What is asked for.
        found: What is close to the question, best first.
        ranked: All that was weighed.
    """
    weighed = {f.moment.id: f for f in ranked}
    first = [weighed[m] for m in known.evidence if m in weighed]
    best = max((f.score for f in (*first, *found)), default=0.0)
    led = [replace(f, score=best, signals={**f.signals, "fact": 1.0}) for f in first]
    ids = {f.moment.id for f in led}
    return [*led, *(f for f in found if f.moment.id not in ids)]


def tell_known(known: Known, *, local: _Local) -> Computed | None:
    """Tell the value that holds and what it was before, or what people told differently; None where there is but one.

    Args:
        known: What is asked for.
        local: UTC microseconds and a zone to a local time.
    """
    holding = known.holding
    replaced = [f for f in known.facts if f.standing(known.asked_us) is Standing.SUPERSEDED]
    if not holding or len(holding) + len(replaced) < 2:
        return None
    if len(holding) > 1:
        chosen = holding[-_MOST_VALUES:]
        return None if _may_be_others(chosen) else _tell_disputed(chosen, local)
    chosen = [holding[0], *sorted(replaced, key=lambda f: -f.since_us)][:_MOST_VALUES]
    if _may_be_others(chosen):
        return None
    days = [tell_day(_told_at(f, local).date()) for f in chosen]
    value = chosen[0].value
    text = f"{value[0].upper()}{value[1:]}, as of {days[0]} [1]."
    for n, (fact, day) in enumerate(zip(chosen[1:], days[1:], strict=True), 2):
        text += f" Before, on {day}: {fact.value} [{n}]."
    return Computed(text, _cite(chosen))


def _may_be_others(facts: Sequence[Fact]) -> bool:
    """Whether "the meeting" may be one and then another: what is told of an event so far apart is not put together."""
    told = [fact.claims[-1].told_us for fact in facts]
    is_any = any(fact.relation == TIME and fact.subject.casefold().startswith("the ") for fact in facts)
    return is_any and max(told) - min(told) > _ONE_EVENT_US


def _tell_disputed(facts: Sequence[Fact], local: _Local) -> Computed:
    told = []
    for n, fact in enumerate(facts, 1):
        by = f"{fact.claims[-1].teller}, " if fact.claims[-1].teller else ""
        told.append(f"{fact.value} ({by}{tell_day(_told_at(fact, local).date())}) [{n}]")
    return Computed(f"It was told differently: {'; '.join(told)}.", _cite(facts))


def _told_at(fact: Fact, local: _Local) -> datetime:
    return local(fact.claims[-1].told_us, fact.claims[-1].zone)


def _cite(facts: Sequence[Fact]) -> tuple[Citation, ...]:
    return tuple(Citation(n, f.claims[-1].moment, f.claims[-1].quote) for n, f in enumerate(facts, 1))
