"""What a question wants reckoned: an order, a stretch of time, a first or last time, a number of times, a list.

Role: rules over the words of a question; text in, a frozen ``Reckoning`` out. It finds nothing and counts nothing: that
is ``recall.happened`` and ``recall.counted``. What is not clearly one of these shapes is none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Reckon(StrEnum):
    """What is to be computed; the names stand in ``interpreted.asks``."""

    ORDER = "order"  # which of two came first (or last)
    AGO = "how_long_ago"
    BETWEEN = "how_long_between"
    FIRST = "first"
    LAST = "last"
    COUNT = "how_many"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What is to be computed of what.

    Attributes:
        kind: What.
        phrases: What happened, in the question's words: two for an order and a stretch between, else one.
        unit: "day", "week", "month" or "year" where the question names one, else "".
        later: Of an order, whether the later one is asked for.
    """

    kind: Reckon
    phrases: tuple[str, ...]
    unit: str = ""
    later: bool = False


_LONG = r"(?:how\s+(?:many\s+(?P<unit>day|week|month|year)s?|long|much\s+time))"
_DAY_THAT = r"(?:the\s+(?:day|date|time|moment|week)\s+(?:that\s+|when\s+)?)?"
_ANY_EVENT = re.compile(
    r"\b(?:which|what|who|whom|did|do|does|was|were|is|are|had|has|have|events?|things?|happen(?:ed)?|came?|comes?"
    r"|occurred|one|of\s+the(?:se|m)?|the\s+two)\b",
    re.IGNORECASE,
)
_CLASS = re.compile(  # "which book did I ...": the alternatives are what that is
    r"^(?:which|what)\s+(?:\w+\s+)?(?=(?:did|was|were|had|have|has|is|are|do|happened|came|started?)\b)", re.IGNORECASE
)
_IT = re.compile(r"\b(?:it|them)\b", re.IGNORECASE)
_OBJECT = re.compile(r"\b((?:my|the|a|an|our)\s+[\w'’-]+(?:\s+[\w'’-]+)*?)(?:\s+to\s+\w+)?$", re.IGNORECASE)
_END = r"\s*[?.!]*\s*$"


def _rule(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern + _END, re.IGNORECASE)


_ORDER = _rule(
    r"^(?P<head>(?:which|what|who)\b.*?)\b(?P<which>first|earlier|last|later)\b\s*[,:;-]?\s+(?P<a>[^?]+?),?\s+or\s+(?P<b>[^?]+?)"
)
_BETWEEN = (
    _rule(rf"^{_LONG}\s[^?]*?\bbetween\s+{_DAY_THAT}(?P<a>.+?)\s+and\s+{_DAY_THAT}(?P<b>.+?)"),
    _rule(rf"^{_LONG}\s+(?:before|after)\s+(?P<a>.+?)\s+did\s+(?P<b>.+?)"),
    _rule(rf"^{_LONG}\s+(?:had|have|has)\s+(?:passed|gone\s+by)\s+since\s+(?P<a>.+?)\s+when\s+(?P<b>.+?)"),
    _rule(rf"^{_LONG}\s+ago\s+did\s+(?P<a>.+?)\s+when\s+(?P<b>.+?)"),
    _rule(rf"^{_LONG}\s+did\s+it\s+take\s+for\s+(?P<b>.+?)\s+after\s+(?P<a>.+?)"),
    _rule(rf"^{_LONG}\s+had\s+(?P<a>\S+\s+been\s+.+?)\s+when\s+(?P<b>.+?)"),
)
_AGO = (
    _rule(rf"^{_LONG}\s+ago\s+(?:did|was|were|had)\s+(?P<a>.+?)"),
    _rule(
        rf"^{_LONG}\s+(?:(?:have|has|had|is)\s+)?(?:passed|gone\s+by|elapsed|been|it\s+been|it)\s+since\s+{_DAY_THAT}(?P<a>.+?)"
    ),
)
_ONCE = (
    _rule(
        r"^when\s+(?:did|have|has|had)\s+(?P<who>.+?)\s+(?<!\bmy )(?<!\bhis )(?<!\bher )"
        r"(?<!\bour )(?<!\bthe )(?<!\btheir )(?<!\byour )(?P<which>last|first)\s+(?P<a>.+?)"
    ),
    _rule(
        r"^when\s+(?:was|were)\s+(?P<who>(?:the|my|our|a)\s+.+?|[A-Z]\S+)\s+(?P<which>last|first)\s+(?P<a>\w+ed\b.*?)"
    ),
    _rule(r"^when\s+(?:was|is)\s+the\s+(?P<which>last|first)\s+time\s+(?:that\s+|when\s+)?(?P<a>.+?)"),
    _rule(r"^when\s+did\s+(?P<a>.+?)\s+for\s+the\s+(?P<which>last|first)\s+time"),
)
_COUNT = (
    _rule(r"^how\s+(?:many\s+times|often)\s+(?:did|have|has|had|was|were)\s+(?P<a>.+?)"),
    _rule(r"^how\s+many\s+(?P<a>\w[\w -]{1,30}\s(?:did|have|has)\s+(?:i|we)\s+photograph(?:ed)?\b.*?)"),
    _rule(r"^how\s+many\s+(?P<a>(?:photos?|pictures?|photographs?|screenshots?|notes?)\b.*?)"),
)
_LIST = (
    _rule(
        r"^(?:please\s+)?(?:list|show(?:\s+me)?|give\s+me|find|name)\s+(?:all|every|each)\s+(?:of\s+)?(?:the\s+|my\s+)?(?P<a>.+?)"
    ),
    _rule(r"^(?:on\s+)?(?:which|what)\s+(?:days|dates)\s+(?:did|have|has|had)\s+(?P<a>.+?)"),
)


def read_reckoning(text: str) -> Reckoning | None:
    """Read what a question wants reckoned.

    Args:
        text: The question, white space tidied.

    Returns:
        None where it is an ordinary question.
    """
    return next(_readings(text), None)


def _readings(text: str) -> Iterator[Reckoning]:
    if match := _ORDER.match(text):
        yield _order(match)
    for rule in _BETWEEN:
        if match := rule.match(text):
            phrases = _it_named(match["a"], match["b"])
            yield Reckoning(Reckon.BETWEEN, phrases, (match["unit"] or "").lower())
    for rule in _AGO:
        if match := rule.match(text):
            yield Reckoning(Reckon.AGO, (match["a"],), (match["unit"] or "").lower())
    for rule in _ONCE:
        if match := rule.match(text):
            who = match.groupdict().get("who") or ""
            yield Reckoning(Reckon(match["which"].lower()), (f"{who} {match['a']}".strip(),))
    for kind, rules in ((Reckon.COUNT, _COUNT), (Reckon.LIST, _LIST)):
        for rule in rules:
            if match := rule.match(text):
                yield Reckoning(kind, (match["a"],))


def _it_named(one: str, other: str) -> tuple[str, str]:
    """Put what one phrase is about for the "it" of the other: "I bought my racket" and "I received it"."""
    for first, second in ((one, other), (other, one)):
        thing = _OBJECT.search(first)
        if thing and _IT.search(second) and not _IT.search(first):
            named = _IT.sub(thing[1].replace("\\", ""), second, count=1)
            return (one, named) if second == other else (named, other)
    return one, other


def _order(match: re.Match[str]) -> Reckoning:
    """Give both alternatives what the head says of them: "did I finish reading" + "The Nightingale"."""
    head = " ".join(_ANY_EVENT.sub(" ", _CLASS.sub("", match["head"])).split())
    later = match["which"].lower() in ("last", "later")
    return Reckoning(Reckon.ORDER, tuple(f"{head} {match[side]}".strip() for side in "ab"), later=later)


def alternatives(text: str) -> tuple[str, str] | None:
    """The two of an order as the question writes them, to be told in the answer."""
    match = _ORDER.match(text)
    return (match["a"].strip(), match["b"].strip()) if match else None
