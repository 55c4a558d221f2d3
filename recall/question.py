"""Understanding a question by rules: its times, people, kinds of source and the words that carry it.

Role: text in, a frozen ``Question`` out, in well under a millisecond. No model, no database, no clock; what the memory
knows (its speakers, how far back it reaches) is given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from memory.records import Kind, Moment
from recall.anchors import Anchor
from recall.feedback import question_key
from recall.holidays import NAMES
from recall.negation import find_unwanted
from recall.reckon import read_reckoning
from recall.results import AnchorTold, Interpreted
from recall.times import TimeRange, find_times
from recall.words import STOP_WORDS, content_words, fold, tokens


class Asked(StrEnum):
    """What kind of thing is asked for; decides what counts as an answer at once."""

    WHEN = "when"
    WHO = "who"
    WHERE = "where"
    HOW_MUCH = "how_much"
    HOW_MANY = "how_many"
    HOW_LONG = "how_long"
    YES_NO = "yes_no"
    WHAT = "what"


KIND_WORDS = {
    Kind.PHOTO: ("photo", "photograph", "picture", "pictures", "photos", "snapshot"),
    Kind.SCREENSHOT: (
        "screenshot",
        "screenshots",
        "screen",
        "page",
        "website",
        "window",
        "webpage",
        "slide",
        "browser",
    ),
    Kind.NOTE: ("note", "notes"),
}
_ASKED = (
    (Asked.WHEN, r"^(?:\w+ )?when\b"),
    (Asked.WHEN, r"\bwhen (?:is|was|are|were|did|does|do|will|has|have|should|can)\b|\buntil when\b"),
    (Asked.WHEN, r"\b(?:what|which) (?:time|day|date|month|year|weekday)\b"),
    (Asked.HOW_MUCH, r"\bhow (?:much|expensive)\b"),
    (
        Asked.HOW_MUCH,
        r"\bwhat (?:is|was|were|are|'s)?\s*(?:the )?(?:\w+ ){0,3}(?:price|cost|total|amount|fee|rent|budget)\b",
    ),
    (Asked.HOW_LONG, r"\bhow long\b"),
    (Asked.HOW_MANY, r"\bhow many\b|\bhow often\b|\bwhat (?:\w+ ){0,3}(?:number|percentage|share)\b"),
    (Asked.WHO, r"\bwho(?:se|m)?\b"),
    (Asked.WHERE, r"\bwhere\b|\b(?:what|which) (?:city|country|place|street|address|room|restaurant|town)\b"),
    (Asked.YES_NO, r"^(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\b"),
)
_ASKED_PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _ASKED)
_FLAGS = (
    ("first", re.compile(r"\bfirst\b", re.IGNORECASE)),
    ("last", re.compile(r"\b(?:last\s+time|latest|most\s+recent(?:ly)?)\b|\bdid\s+\w+\s+last\b", re.IGNORECASE)),
    ("how_often", re.compile(r"\bhow\s+(?:often|many\s+times)\b", re.IGNORECASE)),
    ("list", re.compile(r"^(?:list|name|show\s+me)\b|\b(?:all|which)\s+of\s+the\b|\ball\s+the\b", re.IGNORECASE)),
)
_NAME = re.compile(
    r"(?:\d+\s+)?\b[A-ZÄÖÜÀ-Þ][\w'’&./-]*(?:\s+(?:[A-ZÄÖÜÀ-Þ][\w'’&./-]*|\(\w+\)|&|(?:of|de|da|do|dos|du|del|di|la|le|van|von|the)\b(?=\s+[A-Z])))*"
)
# Numbers that tell one thing from another of its kind: "line 728", not "500 flyers".
_NUMBERED = re.compile(
    r"\b(?:line|bus|tram|train|flight|route|room|apartment|flat|house|platform|gate|hall|seat|coach|ticket|invoice|order|number"
    r"|no\.|page|issue|job|account|case|file|form|model|contract|receipt)\s+(?:number\s+|no\.?\s+)?(\d{2,})\b",
    re.IGNORECASE,
)
_BETWEEN_WORDS = r"(?:['’]s?)?\W+"  # of a name: ``tokens`` cuts the ending of "Grandma's garden"
_ROLES = frozenset({"me", "i", "you", "assistant", "user", "speaker", "unknown"})
_CALENDAR = frozenset(
    "january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question, understood.

    Attributes:
        text: As it was asked, white space tidied.
        asked: The kind of thing it asks for.
        times: Ranges its words name, in order; empty when none.
        people: Speakers of the memory that it names, as the memory spells them.
        places, apps: Places and applications of the memory that it names, as the memory spells them.
        names: Other proper names and codes it contains, as written ("WATSON'S", "RX-4471").
        kinds: Kinds of source it names.
        terms: Content words for the lexical index, times and wrapping words cut.
        semantic: The text for the embedder: names of people replaced, for they mislead every embedder.
        without_people, without_kinds: Speakers and kinds of source that it leaves out.
        anchor: The event that it counts its time from, once that was found.
        ignored: What the user took out of what was understood.
        widened: It names times, but the memory holds nothing in any of them: they then count for nothing.
        asked_us: When it was asked.
        key: What verdicts on its evidence are kept under, see ``recall.feedback``.
    """

    text: str
    asked: Asked
    times: tuple[TimeRange, ...]
    people: tuple[str, ...]
    places: tuple[str, ...]
    apps: tuple[str, ...]
    names: tuple[str, ...]
    kinds: tuple[Kind, ...]
    terms: tuple[str, ...]
    semantic: str
    without_people: tuple[str, ...] = ()
    without_kinds: tuple[Kind, ...] = ()
    anchor: Anchor | None = None
    ignored: tuple[str, ...] = ()
    widened: bool = False
    asked_us: int = 0
    key: str = ""

    def leaves_out(self, moment: Moment) -> bool:
        """Whether a moment is what the question does not want."""
        return moment.kind in self.without_kinds or (
            moment.speaker is not None and moment.speaker in self.without_people
        )

    def anchored(self, anchor: Anchor, *, holds: Callable[[TimeRange], bool]) -> Question:
        """The question with the time that its event gives; unchanged where the memory holds nothing then."""
        if not holds(anchor.range):
            return self
        if not anchor.is_measured:
            return replace(self, times=(anchor.range,), anchor=anchor)
        rest = self.text.replace(anchor.text, " ")
        return replace(
            self,
            times=(anchor.range,),
            anchor=anchor,
            terms=tuple(t for t in self.terms if t in content_words(rest)),
            semantic=self.semantic.replace(anchor.text, " "),
        )

    def ignoring(self, keys: Collection[str]) -> Question:
        """The question without what the user took out of it; a key that fits nothing does nothing.

        Args:
            keys: "when", "who:NAME", "where:PLACE", "app:NAME", "kind:KIND", "not:NAME" and "not:KIND".
        """
        if not keys:
            return self
        when = "when" in keys
        return replace(
            self,
            times=() if when else self.times,
            anchor=None if when else self.anchor,
            widened=self.widened and not when,
            people=tuple(p for p in self.people if f"who:{p}" not in keys),
            places=tuple(p for p in self.places if f"where:{p}" not in keys),
            apps=tuple(a for a in self.apps if f"app:{a}" not in keys),
            kinds=tuple(k for k in self.kinds if f"kind:{k}" not in keys),
            without_people=tuple(p for p in self.without_people if f"not:{p}" not in keys),
            without_kinds=tuple(k for k in self.without_kinds if f"not:{k}" not in keys),
            ignored=tuple(sorted(keys)),
        )

    def interpreted(self) -> Interpreted:
        """What was understood, as the contract shows it."""
        return Interpreted(
            since_us=min((t.since_us for t in self.times), default=None),
            until_us=max((t.until_us for t in self.times), default=None),
            kinds=self.kinds,
            people=self.people,
            places=self.places,
            apps=self.apps,
            terms=self.terms,
            widened=self.widened,
            without_people=self.without_people,
            without_kinds=self.without_kinds,
            asks=_asks(self),
            anchor=AnchorTold(self.anchor.text, self.anchor.moment, self.anchor.told) if self.anchor else None,
            ignored=self.ignored,
        )


def _asks(question: Question) -> tuple[str, ...]:
    """What is asked for, and what is to be reckoned."""
    asks = [] if question.asked is Asked.WHAT else [str(question.asked)]
    reckoning = read_reckoning(question.text)
    if reckoning is not None:
        asks.append(str(reckoning.kind))
    asks += [name for name, pattern in _FLAGS if pattern.search(question.text)]
    return tuple(dict.fromkeys(asks))


def understand(
    text: str,
    *,
    now: datetime,
    speakers: Collection[str] = (),
    places: Collection[str] = (),
    apps: Collection[str] = (),
    holds: Callable[[TimeRange], bool] = lambda _range: True,
) -> Question:
    """Understand a question.

    Args:
        text: The question or query.
        now: The aware time it is asked at, in the user's zone.
        speakers: Names that occur in the memory.
        places: Names of places that occur in the memory ("Lisbon, Portugal").
        apps: Names of applications that occur in the memory.
        holds: Whether the memory holds anything in a range; a yearless range moves to earlier years until it does.
    """
    asked_text = " ".join(text.split())
    unwanted = find_unwanted(asked_text, speakers=speakers, kind_words=KIND_WORDS)
    tidy = unwanted.text
    times = tuple(_settle(t, holds) for t in find_times(tidy, now))
    people = _find_people(tidy, speakers)
    return Question(
        text=asked_text,
        asked=_what_is_asked(tidy),
        times=times,
        people=people,
        places=find_known_names(tidy, places),
        apps=find_known_names(tidy, apps),
        names=_find_names(tidy, people),
        kinds=_find_kinds(tidy),
        terms=tuple(content_words(_without_relative_times(tidy, times))),
        semantic=_without_people(tidy, people),
        without_people=unwanted.people,
        without_kinds=unwanted.kinds,
        widened=bool(times) and not any(holds(t) for t in times),
        asked_us=round(now.timestamp() * 1e6),
        key=question_key(asked_text, now),
    )


def _settle(span: TimeRange, holds: Callable[[TimeRange], bool]) -> TimeRange:
    """Move a yearless range to the latest year (of the last ten) in which the memory holds something."""
    if not span.yearless:
        return span
    candidate = span
    for _ in range(10):
        if holds(candidate):
            return candidate
        candidate = candidate.a_year_earlier()
    return span


def _what_is_asked(text: str) -> Asked:
    for asked, pattern in _ASKED_PATTERNS:
        if pattern.search(text):
            return asked
    return Asked.WHAT


def _find_people(text: str, speakers: Collection[str]) -> tuple[str, ...]:
    words = set(tokens(text))
    capitalised = {w for m in re.finditer(r"\b[A-ZÀ-Þ]\w+", text) for w in tokens(m.group())}
    found = []
    for speaker in speakers:
        parts = tokens(speaker)
        if (
            parts
            and parts[0] not in _ROLES
            and (all(p in words for p in parts) or (parts[0] in capitalised and len(parts[0]) > 2))
        ):
            found.append(speaker)
    return tuple(sorted(found))


def find_known_names(text: str, known: Collection[str]) -> tuple[str, ...]:
    """Names, up to a comma or bracket, whose words stand in the text one after the other and not all in small letters.

    "the visual studio" is a studio and "what's up" no application.
    """
    found = []
    for name in known:
        words = tokens(re.split(r"[,(]", name)[0])
        match = re.search(_BETWEEN_WORDS.join(map(re.escape, words)) + r"(?!\w)", fold(text)) if words else None
        if match and (match.start() == 0 or not text[match.start() - 1].isalnum()):
            written = text[match.start() : match.end()].replace("’", "'")
            if written != written.lower() or not written.isascii():
                found.append(name)
    return tuple(sorted(found))


def _find_names(text: str, people: Sequence[str]) -> tuple[str, ...]:
    """Proper names: capitalised runs that do not just begin the sentence, all-caps runs, codes, numbers of things."""
    known = {w for person in people for w in tokens(person)}
    found: list[str] = []
    for match in _NAME.finditer(text):
        words = match.group().strip(" .,?!'’").split()
        while words and (fold(words[0]) in STOP_WORDS or (match.start() == 0 and not _is_name_like(words[0]))):
            words = words[1:]
        while words and fold(words[-1]) in STOP_WORDS:
            words = words[:-1]
        name = " ".join(words)
        parts = set(tokens(name))
        if {p for p in parts if not p.isdigit()} - known - _CALENDAR - STOP_WORDS:
            found.append(name)
    found += (match.group(1) for match in _NUMBERED.finditer(text))
    return tuple(dict.fromkeys(found))


def _is_name_like(word: str) -> bool:
    """Whether a sentence's first word is a name and not just a capital: "IKEA", "X-200", or a run of capitals."""
    return (word.isupper() and len(word) > 1) or any(c.isdigit() for c in word)


def _find_kinds(text: str) -> tuple[Kind, ...]:
    words = set(tokens(text))
    return tuple(kind for kind, names in KIND_WORDS.items() if words & set(names))


def _without_relative_times(text: str, times: Sequence[TimeRange]) -> str:
    """Cut the words of relative times ("last week"): they are never said in the moment itself. Dates stay."""
    for span in sorted(times, key=lambda t: -t.span[0]):
        words = text[span.span[0] : span.span[1]]
        if not re.search(rf"\d{{4}}|{'|'.join(_CALENDAR)}|{NAMES}", words.lower()):
            text = text[: span.span[0]] + " " + text[span.span[1] :]
    return text


def _without_people(text: str, people: Sequence[str]) -> str:
    """Put I/my for the people's names: who is asked about says it of themselves.

    R@10 of MiniLM alone on LoCoMo: .326 with the names, .611 with they/their, .656 with I/my.
    """
    for person in people:
        for name in dict.fromkeys((person, person.split()[0])):
            text = re.sub(rf"\b{re.escape(name)}(?:'s|’s)", "my", text)
            text = re.sub(rf"\b{re.escape(name)}\b", "I", text)
    return text
