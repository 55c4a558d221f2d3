"""Claims about what belongs to somebody or something: numbers, addresses, birthdays, prices, until when it is valid.

Role: rules over one sentence. Each relation has a pattern of its own for what its value may be; what does not look like
one is left. Codes and passwords are not read: a second copy of them would help nobody.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from memory.facts import to_key
from memory.records import Claim
from reflect.claim_words import WHOSE, Sentence, build_claim, find_owner, iter_stated, whose

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_NTH = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = rf"(?i:(?:{_NTH}\s+(?:of\s+)?{_MONTH}|{_MONTH}\s+{_NTH})(?:,?\s+\d{{4}})?\b)"
_PHONE = r"\+?\(?\d(?:[ ()/.-]{0,2}\d){5,14}(?![\w-])"
_EMAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_CAPITAL = r"[A-ZÀ-Þ][\w’'-]"
_TOWN = rf"(?:,\s*(?:\d{{4,6}}\s+)?{_CAPITAL}+(?:\s+{_CAPITAL}*)*)*"
_STREET = rf"(?:\d+[a-z]?,?(?:\s+{_CAPITAL}+){{1,4}}|{_CAPITAL}+(?:\s+{_CAPITAL}+)*\s+\d+[a-z]?\b){_TOWN}"
_MONEY = (
    r"(?:[€$£¥]\s?\d[\d.,]*|\d[\d.,]*\s?(?:€|£|\$|(?i:euros?|dollars?|pounds?|francs?)\b|(?:EUR|USD|GBP|CHF)\b))"
    r"(?:\s+(?:a|per|each|every)\s+(?:night|day|week|month|year|person|hour))?"
)
_THEIRS = rf"(?:{WHOSE}|\b(?i:the)\s+(?P<new_one>new\s+)?|^)"
_IS = r"(?:\s+(?i:is|has\s+changed\s+to|changed\s+to)|\s*[:=])\s+(?P<now>now\s+)?(?:on\s+)?"


@dataclass(frozen=True, slots=True)
class _Trait:
    """One side of somebody: how it is said, and how values are compared."""

    pattern: re.Pattern[str]
    key: Callable[[str], str]


def _digits(value: str) -> str:
    return re.sub(r"\D", "", value)


def _day_of_year(value: str) -> str:
    """Read "14 March", "March 14th" and "14 March 1988" as one day."""
    month = re.search(_MONTH, value, re.IGNORECASE)
    day = re.search(r"\d{1,2}", value)
    return f"{month.group()[:3].lower()} {int(day.group())}" if month and day else to_key(value)


def _full_day(value: str) -> str:
    year = re.search(r"\d{4}", value)
    return f"{_day_of_year(value)} {year.group() if year else ''}".strip()


def _trait(noun: str, value: str, key: Callable[[str], str] = to_key) -> _Trait:
    return _Trait(re.compile(rf"{WHOSE}(?i:{noun}){_IS}(?P<value>{value})"), key)


_TRAITS = {
    "phone number": _trait(
        r"(?:(?:mobile|cell|home)\s+)?(?:phone|telephone|mobile|cell)(?:\s+number)?|number", _PHONE, _digits
    ),
    "work phone number": _trait(r"(?:work|office)\s+(?:phone\s+)?(?:number|phone)", _PHONE, _digits),
    "email address": _trait(r"(?:personal\s+|private\s+)?e-?mail(?:\s+address)?", _EMAIL, str.casefold),
    "work email address": _trait(r"work\s+e-?mail(?:\s+address)?", _EMAIL, str.casefold),
    "address": _trait(r"(?:home\s+|postal\s+)?address", _STREET),
    "birthday": _trait("birthday", _DATE, _day_of_year),
}
_REFERENCE = re.compile(
    rf"{_THEIRS}(?P<what>(?i:booking|reservation|confirmation|order|customer|membership|policy|invoice|flight|tracking|case))"
    r"\s+(?i:number|reference|code|no\.?|ref\.?)(?:\s+(?i:for|of)\s+(?P<thing>[^:=,;]{2,50}?))?"
    r"(?:\s+is|\s*[:=])\s+(?P<value>(?=[A-Z0-9-]*\d)[A-Z0-9][A-Z0-9-]{3,19})(?![\w.,:/-]*\d)"
)
_COST = re.compile(
    rf"{_THEIRS}(?P<what>(?i:rent|salary|budget|deposit|tuition|subscription|membership(?:\s+fee)?|entrance\s+fee|entry\s+fee"
    r"|monthly\s+fee|insurance|allowance|mortgage|ticket\s+price))"
    r"(?:\s+(?i:for|of)\s+(?P<thing>(?:the\s+|my\s+|our\s+)?[\w’'-]+(?:\s+[\w’'-]+){0,3}?))?\s+"
    r"(?P<verb>(?i:is|comes\s+to|(?:goes|went|has\s+gone)\s+(?:up|down)\s+to|rose\s+to|changed\s+to))\s+"
    rf"(?P<now>(?i:now)\s+)?(?P<value>{_MONEY})"
)
_EXPIRES = re.compile(
    rf"{_THEIRS}(?P<what>(?:[a-z-]+\s+){{0,3}}?[a-z-]+)\s+(?P<now>now\s+)?(?:expires|runs\s+out|is\s+valid\s+until)\s+(?:on\s+)?"
    rf"(?P<value>{_DATE})"
)


def read_traits(sentence: Sentence) -> Iterator[Claim]:
    """Claims of a sentence about what belongs to somebody."""
    yield from _read_owned(sentence)
    yield from _read_references(sentence)
    yield from _read_costs(sentence)
    yield from _read_ends(sentence)


def _read_owned(sentence: Sentence) -> Iterator[Claim]:
    for relation, trait in _TRAITS.items():
        for match in iter_stated(trait.pattern, sentence):
            owner = find_owner(match["whose"], sentence)
            if owner is not None:
                key = trait.key(match["value"])
                yield build_claim(sentence, owner, relation, match["value"], value_key=key, is_change=_is_change(match))


def _read_references(sentence: Sentence) -> Iterator[Claim]:
    """Numbers of bookings and orders; there may be many of a kind, so none takes another's place."""
    for match in iter_stated(_REFERENCE, sentence):
        owner = find_owner(match["whose"], sentence) if match["whose"] else ""
        subject = owner and (match["thing"] or owner) if match["whose"] else match["thing"]
        if subject:
            relation = f"{match['what'].lower()} number"
            yield build_claim(sentence, subject, relation, match["value"], about=(match["value"],))


def _read_costs(sentence: Sentence) -> Iterator[Claim]:
    for match in iter_stated(_COST, sentence):
        subject = _name_thing(match, sentence)
        if subject is not None:
            subject += f" for {match['thing']}" if match["thing"] else ""
            is_change = _is_change(match) or not match["verb"].lower().startswith(("is", "comes"))
            yield build_claim(sentence, subject, "amount", match["value"], is_change=is_change)


def _read_ends(sentence: Sentence) -> Iterator[Claim]:
    """Until when something is valid."""
    for match in iter_stated(_EXPIRES, sentence):
        subject = _name_thing(match, sentence)
        if subject is not None:
            key = _full_day(match["value"])
            yield build_claim(sentence, subject, "expires", match["value"], value_key=key, is_change=_is_change(match))


def _name_thing(match: re.Match[str], sentence: Sentence) -> str | None:
    """What it is and whose: "Ana's rent", "the rent"; None where it cannot be told whose."""
    what = " ".join(match["what"].lower().split())
    if not match["whose"]:
        return f"the {what}"
    owner = find_owner(match["whose"], sentence)
    return None if owner is None else f"{whose(owner)} {what}"


def _is_change(match: re.Match[str]) -> bool:
    """Whether the words themselves say that something else was true before."""
    found = match.groupdict()
    return any(found.get(word) for word in ("new", "new_one", "now")) or "changed" in match.group()
