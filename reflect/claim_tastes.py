"""Claims about what somebody likes, hates, prefers, and which of a kind is the favourite.

Role: rules over one sentence. Only what holds in general is a taste: a bare noun ("coffee") or doing something
("swimming"); "I love the colours" and "I like that" are about what lies there, and are left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from memory.facts import to_key
from memory.records import Claim
from reflect.claim_words import NAME, Sentence, build_claim, find_owner, is_stated

_REALLY = r"(?:(?:really|absolutely|just|totally|still|also|always|actually|simply|definitely|do|truly|both)\s+){0,2}"
_LIKES = {
    **dict.fromkeys(("like", "love", "adore", "enjoy"), "likes"),
    **dict.fromkeys(("hate", "detest", "dislike"), "dislikes"),
    "prefer": "prefers",
}
_VERB = re.compile(
    rf"(?:^|[,;]\s+|\b(?i:and|but|so|because|yeah|well)\s+)I\s+{_REALLY}"
    r"(?:(?P<verb>like|love|adore|enjoy|hate|detest|dislike|prefer)|(?P<neg>(?:don't|do\s+not|can't|cannot)\s+(?:like|stand|bear)))"
    r"\s+(?P<rest>[^,;:()–—]+)"
)
_FAVOURITE = re.compile(
    rf"\b(?P<whose>[Mm]y|{NAME}['’]s)\s+(?P<new>new\s+)?(?P<word>favou?rite)\s+(?P<kind>[a-z]+(?:\s+[a-z]+)?)\s+is\s+(?P<value>[^,;:()–—]+)"
)
# What may follow the thing and leave it the same.
_TAIL = re.compile(
    r"\s+(?:(?:because|since|so|as|though|although|too|very\s+much|so\s+much|a\s+lot|the\s+most|more|most|anyway|these\s+days)\b.*"
    r"|(?:and|but)\s+(?:I|we|you|they|he|she|it|that|this|my|the|there|also|always)\b.*)$",
    re.IGNORECASE,
)
_OWN_NO = re.compile(r"don't|do\s+not|can't|cannot")
_OVER = re.compile(r"\s+(?:to|over|rather\s+than|instead\s+of)\s+")
_LEFT = frozenset(
    """
    it its it's that this these those them him her you your yours us me my our his their one ones how what when where
    why who which whose the a an to being having seeing hearing knowing both all everything something anything nothing
    some any such everyone everybody someone people things thing stuff getting making looking working going doing taking
    if so or but as about no not each every another other others in on at for with from of up into by out off around
    through time times way ways idea than then just lot lots kind kinds totally really
    went ran got did saw came took gave told knew thought felt was were had made said cried called asked tried
    """.split()
)
_NO_FAVOURITE = (_LEFT - {"the"}) | {"probably", "definitely", "still"}
_REASON = re.compile(r"\s+(?:because|since|and|but|when|so|which|though)\b.*$")
_MOST_WORDS = 5
_WORD = re.compile(r"[a-zà-ÿ][a-zà-ÿ'’-]*|[A-ZÀ-Þ][\w'’-]*")


def read_tastes(sentence: Sentence) -> Iterator[Claim]:
    """Claims of a sentence about what somebody likes."""
    for match in _VERB.finditer(sentence.text):
        if not sentence.teller or not is_stated(*_around(sentence.text, match)):
            continue
        relation = "dislikes" if match["neg"] else _LIKES[match["verb"]]
        thing, _, than = _cut(match["rest"], is_choice=relation == "prefers")
        if thing:
            value = f"{thing} to {than}" if than else thing
            key = "likes" if relation == "prefers" else relation
            yield build_claim(sentence, sentence.teller, relation, value, value_key=key, about=(value,))
    yield from _read_favourites(sentence)


def _around(text: str, match: re.Match[str]) -> tuple[str, int, int]:
    """The sentence and where the liking stands in it, without its own "don't", which denies nothing but that."""
    own = _OWN_NO.sub(lambda no: "-" * len(no.group()), match.group())
    return text[: match.start()] + own, match.start(), match.end()


def _cut(rest: str, *, is_choice: bool) -> tuple[str, str, str]:
    """The thing, and what it is preferred to; empty where it is not told in general."""
    first, *others = _OVER.split(rest, maxsplit=1) if is_choice else [rest]
    thing = _tidy(first)
    than = _tidy(others[0]) if others else ""
    return (thing, "to", than) if thing and (than or not others) else ("", "", "")


def _tidy(words: str) -> str:
    """A bare noun or a doing, of a few words; empty where it is about something at hand."""
    parts = _TAIL.sub("", f" {words.strip()}").split()
    if not 1 <= len(parts) <= _MOST_WORDS or {to_key(p) for p in parts} & _LEFT or not all(map(_WORD.fullmatch, parts)):
        return ""
    return " ".join(parts)


def _read_favourites(sentence: Sentence) -> Iterator[Claim]:
    for match in _FAVOURITE.finditer(sentence.text):
        owner = find_owner(match["whose"], sentence)
        value = _REASON.sub("", re.sub(r"^(?:the|a|an)\s+", "", match["value"].strip()))
        parts = value.split()
        if owner is None or not is_stated(sentence.text, *match.span("whose")):
            continue
        if 1 <= len(parts) <= _MOST_WORDS and not {parts[0], parts[0].lower()} & _NO_FAVOURITE:
            yield build_claim(sentence, owner, f"favourite {match['kind']}", value, is_change=bool(match["new"]))
