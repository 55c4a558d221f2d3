"""What a question does not want: "not from Anna", "except photos", "nobody but Tom said".

Role: rules over words; which people and kinds of source are meant is given. The words of the negation are cut from the
text, so that nothing else is read into them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from memory.records import Kind
from recall.words import tokens

_NOT = re.compile(
    r"[,;(]?\s*(?:\b(?:but|and)\s+)?\b(?:not|except(?:ing)?|excluding|exclude|leaving\s+out|other\s+than|apart\s+from"
    r"|aside\s+from|besides|but\s+no|without|no)\s+"
    r"(?P<links>(?:(?:for|from|by|with|of|in|the|any|those|ones|what|as|said|my|our)\s+)*)",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*(?:,|\bor\b|\band\b|\bnor\b)\s*(?:the\s+|any\s+|from\s+|by\s+)*", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Unwanted:
    """What is left out, and the text without the words that say so."""

    text: str
    people: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()


def find_unwanted(text: str, *, speakers: Collection[str], kind_words: Mapping[Kind, Collection[str]]) -> Unwanted:
    """Find the people and kinds of source that a question leaves out.

    Args:
        text: The question, white space tidied.
        speakers: Names that occur in the memory.
        kind_words: The words for each kind of source.
    """
    people: list[str] = []
    kinds: list[Kind] = []
    at = 0
    kept = ""
    for match in _NOT.finditer(text):
        if match.start() < at:
            continue
        end = _read_list(text, match.end(), speakers, kind_words, people, kinds, is_bare=not match["links"])
        if end > match.end():
            kept += text[at : match.start()] + " "
            at = end
    kept += text[at:]
    tidy = re.sub(r"\s+([?.!,])", r"\1", " ".join(kept.split()))
    return Unwanted(tidy, tuple(dict.fromkeys(people)), tuple(dict.fromkeys(kinds)))


def _read_list(
    text: str,
    at: int,
    speakers: Collection[str],
    kind_words: Mapping[Kind, Collection[str]],
    people: list[str],
    kinds: list[Kind],
    *,
    is_bare: bool,
) -> int:
    """Read names and kinds one after the other, "Anna or Tom"; returns where they end (``at`` where none stands).

    A bare "not Anna" is a negation of hers only at the end of a clause: "Why did not Anna come?" asks about Anna.
    """
    end = at
    while match := _WORD.match(text, at):
        last, named = match.end(), _name_at(text, at, speakers)
        kind = next((k for k, words in kind_words.items() if set(tokens(match.group())) & set(words)), None)
        if named is not None:
            last = named[1]
            if is_bare and not re.match(r"\s*(?:[?.!,;)]|$|\bor\b|\band\b)", text[last:]):
                break
            people.append(named[0])
        elif kind is not None:
            kinds.append(kind)
        else:
            break
        end = last
        more = _AND.match(text, end)
        if more is None:
            break
        at = more.end()
    return end


def _name_at(text: str, at: int, speakers: Collection[str]) -> tuple[str, int] | None:
    """The speaker whose whole or first name stands here, and where it ends."""
    for speaker in sorted(speakers, key=len, reverse=True):
        for name in dict.fromkeys((speaker, speaker.split()[0] if speaker.split() else speaker)):
            if name and re.match(rf"{re.escape(name)}\b", text[at:], re.IGNORECASE) and text[at].isupper():
                return speaker, at + len(name)
    return None
