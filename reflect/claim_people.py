"""Claims about people: what those near them are called, where they live and work, what they must not eat.

Role: rules over one sentence. Somebody may have two sisters, so a name takes another's place only where there is one of
a kind and the words say "new" or the same person says it anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from memory.records import Claim
from reflect.claim_words import NAME, WHOSE, Sentence, build_claim, find_owner, is_name, iter_stated, trim_name

_ROLES = (
    "dentist|doctor|gp|landlord|landlady|boss|manager|teacher|therapist|vet|lawyer|accountant|hairdresser|plumber"
    "|electrician|neighbou?r|sister|brother|mother|mom|mum|father|dad|wife|husband|partner|girlfriend|boyfriend|fiancée?"
    "|daughter|son|cousin|aunt|uncle|grandmother|grandma|grandfather|grandpa|niece|nephew|dog|cat|puppy|kitten|parrot"
    "|rabbit|hamster|horse"
)
_ONE_AT_A_TIME = frozenset("dentist doctor gp landlord landlady boss wife husband girlfriend boyfriend".split())
_ROLE = rf"{WHOSE}(?P<role>(?i:{_ROLES}))"
_NAMED = (
    re.compile(
        rf"{_ROLE}(?:['’]s\s+name\s+is|\s+is\s+(?:called|named)|\s+(?:called|named),?)\s+(?P<now>now\s+)?(?P<value>{NAME})"
    ),
    re.compile(rf"{_ROLE}\s+is\s+(?P<now>now\s+)?(?P<value>(?:Dr|Mr|Mrs|Ms|Prof)\.?\s+{NAME})"),
)
_OPENS = r"(?:^|[,;]\s+|\b(?i:and|but|so|well|because)\s+)"
_STILL = r"(?:(?P<now>now)\s+|(?:still|currently|actually)\s+)?"
_PLACE = rf"(?P<value>{NAME}(?:,\s*{NAME})?)(?=[,;]|$|\s+(?:now|and|with|near|since|for|these\s+days|again)\b)"
_SEASONS = re.compile(r"\b(?:Christmas|Easter|Thanksgiving|Halloween|Ramadan|Spring|Summer|Winter|Autumn|Fall)\b")
_AT = {
    "lives in": re.compile(
        rf"{_OPENS}(?:(?P<me>I|[Ww]e)\s+{_STILL}live|(?P<name>{NAME})\s+(?:now\s+)?lives)"
        rf"\s+in\s+{_PLACE}"
    ),
    "works at": re.compile(
        rf"{_OPENS}(?:(?P<me>I)\s+{_STILL}work|(?P<name>{NAME})\s+(?:now\s+)?works)\s+(?:at|for)\s+{_PLACE}"
    ),
}
_I_AM = rf"{_OPENS}(?:(?P<me>I)(?:['’]m|\s+am)|(?P<name>{NAME})(?:\s+is|['’]s))\s+"
_CLAUSE_ENDS = r"(?=\s*(?:$|[,;]|\b(?:so|too|but|since|because|now|and|as\s+well)\b))"
_IS = {
    "is allergic to": re.compile(
        rf"{_I_AM}(?:(?:also|really|very|severely)\s+)?allergic\s+to\s+"
        r"(?P<value>[a-z]+(?:\s+[a-z]+){0,5}?)(?=\s*(?:$|[,;]|\b(?:so|too|but|since|because|as\s+well)\b))"
    ),
    "eats": re.compile(rf"{_I_AM}{_STILL}(?:a\s+)?(?P<value>vegetarian|vegan|pescatarian){_CLAUSE_ENDS}"),
    "works as": re.compile(
        rf"{_OPENS}(?:(?P<me>I)\s+{_STILL}work|(?P<name>{NAME})\s+works)\s+as\s+an?\s+"
        r"(?P<value>[a-z-]+(?:\s+[a-z-]+)?)(?=\s*(?:$|[,;]|\b(?:at|in|for|and|now|here)\b))"
    ),
}
_MANY = frozenset({"is allergic to"})


def read_people(sentence: Sentence) -> Iterator[Claim]:
    """Claims of a sentence about people."""
    yield from _read_names(sentence)
    yield from _read_places(sentence)
    yield from _read_states(sentence)


def _read_names(sentence: Sentence) -> Iterator[Claim]:
    for match in (m for pattern in _NAMED for m in iter_stated(pattern, sentence)):
        owner = find_owner(match["whose"], sentence)
        if owner is None or not is_name(match["value"]):
            continue
        role = match["role"].lower()
        about = () if role in _ONE_AT_A_TIME else (match["value"],)
        is_change = bool(match["new"] or match["now"])
        yield build_claim(sentence, owner, f"{role}'s name", match["value"], about=about, is_change=is_change)


def _read_places(sentence: Sentence) -> Iterator[Claim]:
    for relation, pattern in _AT.items():
        for match in iter_stated(pattern, sentence):
            owner, value = _find_subject(match, sentence), match["value"]
            if owner and is_name(value) and not _SEASONS.search(value):
                yield build_claim(sentence, owner, relation, value, is_change=bool(match["now"]))


def _read_states(sentence: Sentence) -> Iterator[Claim]:
    for relation, pattern in _IS.items():
        for match in iter_stated(pattern, sentence):
            owner = _find_subject(match, sentence)
            if owner:
                about = (match["value"],) if relation in _MANY else ()
                yield build_claim(sentence, owner, relation, match["value"], about=about)


def _find_subject(match: re.Match[str], sentence: Sentence) -> str | None:
    """Who it is: of "I" the teller, else who is named."""
    return sentence.teller if match["me"] else trim_name(match["name"])
