"""Which conversation a question says was followed: its topic, people, direction and time, by rules.

Role: text in, a frozen ``Followed`` out. "What did I miss while I was talking to Ana about the boiler?" was a talk with
Ana, its topic is the boiler. No memory, no model, no clock.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from recall.question import understand
from recall.times import TimeRange
from recall.words import STOP_WORDS, content_words

_WHILE = re.compile(
    r"\b(?:while|whilst|when|as|during|beside|besides|next to|apart from|other than|instead of|because)\b(?P<rest>.*)",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"^\W*(?:so\s+)?what(?:'s| is| was| else| all)?\b.*?\b(?:miss|missed|missing|beside|meanwhile)\b", re.IGNORECASE
)
_MISSED = re.compile(
    r"\bwhat\b.*\b(?:did|have|had|'ve|’ve|was)\s+(?:i|we)\b.*\bmiss(?:ed|ing)?\b"
    r"|\bdid\s+(?:i|we)\s+miss\s+(?:any|some)thing\b"
    r"|\bwhat\b.*\b(?:else|meanwhile|beside)\b.*\bwhile\s+(?:i|we)\b",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"\b(?:about|regarding|concerning)\s+(?P<topic>.+)", re.IGNORECASE)
_ABOUT_LOOSE = re.compile(
    r"\b(?:conversation|discussion|talk|chat|talking|speaking|meeting)\s+(?:on|of|over)\s+(?P<topic>.+)", re.IGNORECASE
)
_ASKED_AFTER = re.compile(
    r"[\s,;:–-]*\b(?:what|who|tell me|which)\b"
    r"(?=.*\b(?:miss|missed|missing|happened|others?|else|beside|meanwhile)\b).*$",
    re.IGNORECASE,
)
_PARTNER = re.compile(r"\b(?:with|to)\s+(?P<partner>(?:my|our|the)\s+\w+)\s*$", re.IGNORECASE)
_AWAY = re.compile(
    r"\b(?:away|gone|absent|asleep|elsewhere|(?:was|were|went|stepped|been)\s+out|left the room|outside"
    r"|not\s+(?:there|here|listening|in the room)|wasn['’]t\s+(?:there|here|listening|in the room))\b",
    re.IGNORECASE,
)
_DEGREES = re.compile(
    r"(?:\b(?:at|from|around|near|of)\s+)?(?<![\d.])(?P<deg>\d{1,3}(?:\.\d+)?)\s*(?:°|deg(?:rees?)?\b)", re.IGNORECASE
)
_SIDE = re.compile(
    r"\b(?:(?:at|on|to|from)\s+(?:my|the)\s+(?P<side>left|right)(?:\s+(?:hand\s+)?side)?|in\s+(?P<front>front)\s+of\s+me"
    r"|(?P<behind>behind)\s+me|(?:at|on|to|in)\s+(?:my|the)\s+(?P<back>back))\b",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^\W*(?:(?:i|we|me|us)\b)?\W*(?:(?:was|were|am|are|is|'m|have been|had been|did|paid|kept|only|just|busy)\b\s*)*"
    r"(?:(?:following|followed|listening|listened|hearing|heard|talking|talked|speaking|spoke|chatting|chatted|attending|"
    r"attended|focusing|focused|concentrating|paying|attention|joining|joined|having|had|discussing|discussed|in|into|with|"
    r"to|at|on|the|a|an|my|our|that|this|conversation|discussion|chat|talk|meeting|between)\b\s*)*",
    re.IGNORECASE,
)
_TRAIL = re.compile(r"\s+(?:conversation|discussion|talk|chat)s?$", re.IGNORECASE)
_WRAPPING = frozenset(
    "miss missed missing follow following followed conversation conversations discussion chat meeting listening "
    "listened talking speaking chatting attending hearing heard people person someone somebody else meanwhile happened "
    "happening room table beside while during whilst away gone".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What a question says of the conversation that was followed.

    Attributes:
        topic: Words of its topic as they were asked ("the car repair"); empty when none.
        terms: The content words of the topic.
        partner: Somebody without a name of whom the topic is only the word ("my sister"); empty when none.
        people: Speakers of the memory that took part, as the memory spells them.
        azimuth_rad: Direction told in degrees, counter-clockwise from the array's x axis.
        side: A direction told by the user's body ("left"), which no array knows.
        times: When, where the memory holds something then, or where the user was away.
        away: No conversation was followed: the user was not there.
    """

    topic: str = ""
    terms: tuple[str, ...] = ()
    partner: str = ""
    people: tuple[str, ...] = ()
    azimuth_rad: float | None = None
    side: str | None = None
    times: tuple[TimeRange, ...] = ()
    away: bool = False

    @property
    def names_something(self) -> bool:
        """Whether a conversation can be looked for."""
        return bool(self.terms or self.people) or self.azimuth_rad is not None


def asks_what_was_missed(text: str) -> bool:
    """Whether a question asks what ran beside something, rather than for a fact."""
    return _MISSED.search(" ".join(text.split())) is not None


def read_followed(
    text: str,
    *,
    now: datetime,
    speakers: Collection[str] = (),
    holds: Callable[[TimeRange], bool] = lambda _range: True,
) -> Followed:
    """Read what was followed.

    Args:
        text: The question.
        now: The aware time it is asked at, in the user's zone.
        speakers: Names that occur in the memory.
        holds: Whether the memory heard anything in a range; a time it never heard is taken as part of the topic.
    """
    clause = _clause_of(" ".join(text.split()).strip(" ?!."))
    named = understand(clause, now=now, speakers=(), holds=holds).times
    held = tuple(t for t in named if holds(t))
    followed = _read(clause, held, now=now, speakers=speakers)
    if named and not held:
        unheard = _read(clause, named, now=now, speakers=speakers)
        return unheard if unheard.away else followed  # away when nothing was heard: that is the answer
    return followed


def _read(clause: str, times: Sequence[TimeRange], *, now: datetime, speakers: Collection[str]) -> Followed:
    """Read what was followed, of whose words some are times."""
    rest = clause
    for span in sorted(times, key=lambda t: -t.span[0]):
        rest = rest[: span.span[0]] + " " + rest[span.span[1] :]
    degrees, side = _DEGREES.search(rest), _SIDE.search(rest)
    rest = _SIDE.sub(" ", _DEGREES.sub(" ", rest)).strip()
    about = _ABOUT.search(rest) or _ABOUT_LOOSE.search(rest)
    companions = rest[: about.start()] if about else rest
    people = understand(companions, now=now, speakers=speakers).people
    partner = None if about or people else _PARTNER.search(rest)
    topic = _tidy_topic(about["topic"] if about else _without_people(companions, people))
    is_away = about is None and (bool(_AWAY.search(clause)) or (bool(times) and not people and not content_of(topic)))
    topic = "" if is_away or not content_of(topic) else topic
    return Followed(
        topic=topic,
        terms=tuple(content_of(topic)),
        partner=partner["partner"] if partner and not is_away else "",
        people=people,
        azimuth_rad=None if degrees is None else math.radians(float(degrees["deg"]) % 360.0),
        side=None if side is None else next(word.lower() for word in side.groups() if word),
        times=tuple(times),
        away=is_away,
    )


def content_of(text: str) -> list[str]:
    """Content words of a topic, without those that only say that there was a conversation."""
    return [word for word in content_words(text) if word not in _WRAPPING]


def _clause_of(text: str) -> str:
    """The part that tells what was followed: behind "while", or all but the asking."""
    match = _WHILE.search(text)
    clause = match["rest"] if match and match["rest"].strip() else _ASKED.sub(" ", text)
    sentences = [_ASKED_AFTER.sub("", sentence) for sentence in re.split(r"(?<=[a-z])[.?!]\s+", clause)]
    return next((sentence.strip() for sentence in sentences if sentence.strip()), "")


def _tidy_topic(text: str) -> str:
    """Cut the words around a topic, not those inside it."""
    bare = _LEAD.sub("", " ".join(text.split()), count=1) if not _begins_with_article(text) else " ".join(text.split())
    bare = _TRAIL.sub("", bare.strip(" ,;:"))
    words = bare.split()
    while words and words[-1].lower().strip(",") in STOP_WORDS:
        words.pop()
    return " ".join(words)


def _begins_with_article(text: str) -> bool:
    """Whether a topic stands by itself ("the car repair"), as it does behind "about"."""
    words = text.split()
    return bool(words) and words[0].lower() in {"the", "a", "an", "my", "our"} and not _LEAD.fullmatch(text)


def _without_people(text: str, people: Collection[str]) -> str:
    for person in people:
        for name in dict.fromkeys((person, person.split()[0])):
            text = re.sub(rf"\b{re.escape(name)}\b(?:['’]s)?", " ", text, flags=re.IGNORECASE)
    return text
