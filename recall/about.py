"""Who is it about? Each sentence of a conversation is tied to the one who speaks, to the one spoken to, or to neither.

Role: rules over the words of one utterance, so that "who painted it, she or he?" is looked up before a model is asked
and after it has answered. Most questions without an answer ask about the wrong person. "I", "my" and a sentence without
a subject are the speaker's; "you", "your", a question, and what sounds or looks good are the other's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from memory.records import Kind, Moment
from recall.words import SENTENCE, STOP_WORDS, stem, tokens

_FIRST = re.compile(
    r"\b(?:i|i'm|i've|i'd|i'll|im|me|my|mine|myself|we|we're|we've|we'd|we'll|our|ours|us)\b", re.IGNORECASE
)
_SECOND = re.compile(r"\b(?:you|you're|you've|you'd|you'll|your|yours|yourself)\b", re.IGNORECASE)
_REACTION = re.compile(
    r"\b(?:congrat\w*|way to go|good luck|well done|glad (?:to hear|you|it)|sorry to hear|proud of)\b"
    r"|\b(?:that|this|it|those|these|he|she|they)(?:'s|\s+\w+)*\s+(?:sound|look)s?\b|\bhow about\b",
    re.IGNORECASE,
)
_APOSTROPHES = str.maketrans("’", "'")


@dataclass(frozen=True, slots=True)
class Attributed:
    """One sentence: its stems, and whose it is (1 the speaker's, -1 the other's, 0 cannot be told)."""

    stems: frozenset[str]
    whose: int


def attribute(text: str) -> list[Attributed]:
    """Tie each sentence of an utterance to the speaker or to the one spoken to."""
    sentences = []
    for match in SENTENCE.finditer(text.translate(_APOSTROPHES)):
        stems = frozenset(stem(t) for t in tokens(match.group()) if t not in STOP_WORDS)
        if stems:
            sentences.append(Attributed(stems, _whose(match.group())))
    return sentences


def _whose(sentence: str) -> int:
    own, others = len(_FIRST.findall(sentence)), len(_SECOND.findall(sentence))
    if sentence.rstrip().endswith("?"):
        return -1 if others or not own else 0
    if others > own or (_REACTION.search(sentence) and not own):
        return -1
    if own > others:
        return 1
    return 0 if others else 1


def shares(moment: Moment, people: Sequence[str], wanted: frozenset[str]) -> tuple[float, float]:
    """How much of what is asked for an utterance says of the people asked about, and of others.

    Args:
        moment: An utterance; of anything else both are told alike.
        people: Who the question is about; none: both alike.
        wanted: Stems of the question.

    Returns:
        Shares of ``wanted``, 0 to 1 each.
    """
    theirs: set[str] = set()
    others: set[str] = set()
    if not people or moment.kind is not Kind.UTTERANCE or moment.speaker is None:
        both = wanted & {stem(t) for t in tokens(moment.text)}
        return _share(both, wanted), _share(both, wanted)
    asked_about = moment.speaker in people
    both_asked = len(people) > 1
    for sentence in attribute(moment.text):
        hit = wanted & sentence.stems
        if both_asked or sentence.whose == 0:
            theirs |= hit
            others |= hit
        elif (sentence.whose > 0) == asked_about:
            theirs |= hit
        else:
            others |= hit
    return _share(theirs, wanted), _share(others, wanted)


def _share(part: set[str] | frozenset[str], whole: frozenset[str]) -> float:
    return len(part) / len(whole) if whole else 0.0
