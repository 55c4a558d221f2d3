"""What the readers of claims share: sentences that state something, who "my" is, and how a claim is put together.

Role: words in, small records out; no database, no model. Precision goes before recall: a sentence that supposes, asks,
doubts, denies or tells what another said is not read at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from memory.facts import to_key
from memory.records import Claim, Kind, Moment

# A full stop ends a sentence unless it belongs to a title, an initial or a time of day.
_ENDS = re.compile(
    r"(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bSt)(?<!\bNo)(?<!\bMrs)(?<!\bProf)(?<!\b[A-Z])(?<!\b[ap]\.m)[.!?…]+[\"”’)]*\s+|\n+"
)
# Anywhere before it: what follows is supposed, doubted, or told by another.
_SUPPOSED = re.compile(
    r"\b(?:if|unless|whether|when|whenever|maybe|perhaps|probably|possibly|might|could|would|should|suppos\w+|pretend\w*"
    r"|imagin\w+|apparently|allegedly|i\s+(?:think|guess|hope|wish|doubt|believe|wonder)|not\s+sure|no\s+idea"
    r"|for\s+example|e\.g\.|let's\s+say|says?|said|told|tells|asks?|asked|claims?|claimed|according|jok\w+|kidding"
    r"|dream\w*|story|movie|film|novel|character|game|wrong|forgot\w*|not\s+true)\b|\b(?:i|we|you|he|she|they)'d\b"
    r"|[\"“”«»]",
    re.IGNORECASE,
)
# In its own clause: it is not so, or not any more.
_DENIED = re.compile(
    r"\b(?:used\s+to|was|were|had|been|isn't|aren't|wasn't|weren't|never|not|no\s+longer|nobody|none|neither|nor"
    r"|almost|nearly|until|till)\b|n't\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,;:–—]\s|\s-\s|\b(?:but|and|so|because)\s")
_MACHINES = frozenset({"assistant", "system", "ai"})
ME = "me"  # who writes a note
NAME = r"(?:[A-ZÀ-Þ][\w’'-]*[\w]\.?)(?:\s+(?:(?:de|da|van|von|der|del|la|le)\s+)?[A-ZÀ-Þ][\w-]+){0,2}"
_NO_NAMES = frozenset(
    """
    i i'm i've it it's that that's this these those he she they we you the a an my our your his her their there here
    what who where when why how which and but so or if as well oh yes no ok okay hey hi hello thanks thank please sorry
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december today tomorrow yesterday christmas easter god let everyone everybody nobody
    someone somebody nothing everything something one another then now also actually because since while after before
    both only even still just however anyway honestly basically by meanwhile later finally first second remember note
    update reminder dear luckily fortunately unfortunately obviously clearly currently recently really interestingly
    surprisingly sadly hopefully right well fine great sure with from for in on at of to about
    """.split()
)
WHOSE = rf"\b(?P<whose>[Mm]y|[Oo]ur|{NAME}['’]s)\s+(?P<new>new\s+)?"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence that states something.

    Attributes:
        text: White space tidied, without the stop at its end.
        quote: As it stands in the moment.
        moment: Where it stands.
        teller: Whom "I" and "my" mean, or "" where that is not known.
        told_at: The local time of the moment.
    """

    text: str
    quote: str
    moment: Moment
    teller: str
    told_at: datetime


def iter_sentences(moment: Moment, told_at: datetime) -> Iterator[Sentence]:
    """Sentences of a moment that state something; none of what a machine said."""
    teller = moment.speaker or ""
    if teller.casefold() in _MACHINES:
        return
    if moment.kind is Kind.NOTE and not teller:
        teller = ME
    start = 0
    ends = [match.span() for match in _ENDS.finditer(moment.text)]
    for _stop, following in [*ends, (len(moment.text), len(moment.text))]:
        whole = moment.text[start:following].strip()
        start = following
        text = " ".join(whole.split())
        if text and not text.rstrip('"”’)').endswith("?"):
            yield Sentence(text.rstrip(" .!…"), whole, moment, teller, told_at)


def is_stated(text: str, start: int, end: int) -> bool:
    """Whether a part of a sentence states something: it is not supposed, doubted, denied or told by another.

    Args:
        text: The sentence.
        start: Where the statement begins in it.
        end: Where it ends; what follows up to the next comma may deny it too.
    """
    before = [match.end() for match in _CLAUSE.finditer(text, 0, start)]
    following = _CLAUSE.search(text, end)
    clause = text[before[-1] if before else 0 : following.start() if following else len(text)]
    return _SUPPOSED.search(text[:end]) is None and _SUPPOSED.search(clause) is None and _DENIED.search(clause) is None


def whose(owner: str) -> str:
    """How what belongs to somebody is named: "Ana's"; of who writes "my"."""
    return "my" if owner.casefold() in (ME, "user") else f"{owner}'s"


def iter_stated(pattern: re.Pattern[str], sentence: Sentence) -> Iterator[re.Match[str]]:
    """What a pattern finds in a sentence, where it is stated."""
    return (match for match in pattern.finditer(sentence.text) if is_stated(sentence.text, *match.span()))


def find_owner(words: str, sentence: Sentence) -> str | None:
    """Whose: of "my" and "our" the teller, of "Ana's" Ana; None where it cannot be told.

    Args:
        words: "my", "our" or a name with its ending.
        sentence: Where they stand.
    """
    if words.casefold() in ("my", "our"):
        return sentence.teller or None
    return trim_name(re.sub(r"['’]s?$", "", words))


def trim_name(words: str) -> str | None:
    """A name without the words that open its sentence ("Then Ana"); None where none is left that can be one."""
    parts = words.split()
    while len(parts) > 1 and parts[0].casefold() in _NO_NAMES:
        parts = parts[1:]
    name = " ".join(parts)
    return name if is_name(name) else None


def is_name(words: str) -> bool:
    """Whether capitalised words can be a name: none of them is a day, a pronoun or a word that opens a sentence."""
    parts = words.split()
    return bool(parts) and len(words) > 1 and not words.isupper() and not {p.casefold() for p in parts} & _NO_NAMES


def build_claim(
    sentence: Sentence,
    subject: str,
    relation: str,
    value: str,
    *,
    value_key: str | None = None,
    about: tuple[str, ...] = (),
    is_change: bool = False,
    until_us: int | None = None,
) -> Claim:
    """Put a claim together.

    Args:
        sentence: Where it stands.
        subject: Whom or what it is about.
        relation: Which of its sides.
        value: As it was said.
        value_key: As it is compared, where that is not just its words.
        about: What beside subject and relation tells it from claims that may be true at the same time.
        is_change: It says itself that something changed.
        until_us: When what it tells is over.
    """
    value = value.strip(" ,;:.")
    return Claim(
        moment=sentence.moment.id, subject=subject, subject_key=to_key(subject), relation=relation,
        about="|".join((to_key(subject), relation, *(to_key(words) for words in about))), value=value,
        value_key=to_key(value) if value_key is None else value_key, quote=sentence.quote, is_change=is_change,
        until_us=until_us,
    )  # fmt: skip
