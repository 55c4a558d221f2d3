"""How well a moment answers a question: what it adds, whose it is, and whether it holds the kind of thing asked for.

Role: pure functions from a question and a found moment to numbers of 0 to 1 (or -1 to 1), and one weighted sum. What
was found says what a moment is *about*; this says whether it *answers*. Used to choose the words quoted at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields

from memory.records import Kind, Moment
from recall.check import numbers_in
from recall.question import Asked, Question
from recall.results import Found
from recall.words import ASKING_WORDS, SENTENCE, SHARED_PICTURE, STOP_WORDS, stem, tokens

FIRST_PERSON = re.compile(r"\b(?:i|i'm|i've|i'd|i'll|me|my|mine|myself|we|we're|we've|our|ours|us)\b", re.IGNORECASE)
SECOND_PERSON = re.compile(r"\b(?:you|you're|you've|you'd|you'll|your|yours|yourself)\b", re.IGNORECASE)
WHEN = re.compile(
    r"\b(?:\d{1,2}[:.]\d\d|\d{4}-\d\d-\d\d|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday"
    r"|today|tomorrow|tonight|noon|midnight|o'clock|ago|jan(?:uary)?|feb(?:ruary)?|march|april|may|june|july|aug(?:ust)?"
    r"|sept(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
    r"|(?:next|last|this) (?:week|weekend|month|year|summer|winter|spring|fall)"
    r"|(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=[\w,;:] )[A-Z][a-z]+")
_TITLE = re.compile(r"[\"“][^\"”]{2,60}[\"”]|(?<=[\w,;:] )[A-Z][\w'’]+(?: [A-Z][\w'’]+)+")
_PLACE = re.compile(r"\b(?:in|at|to|from|near|on|behind|under|by|visit(?:ed|ing)?)\b(?: the| a| my| our)? \w+")
_ASKS_TITLE = re.compile(
    r"\b(?:name|named|called|titled?|book|movie|film|song|band|game|series|show|brand|company|artist|author)s?\b",
    re.IGNORECASE,
)
_ASKS_WHY = re.compile(r"\b(?:why|reason|cause|motivat\w*|inspir\w*|purpose)\b", re.IGNORECASE)
_WHY = re.compile(
    r"\b(?:because|since|so that|reason|that's why|due to|inspir\w*|motivat\w*"
    r"|to (?:help|make|get|give|show|remember))\b",
    re.IGNORECASE,
)
_ASKS_FEELING = re.compile(
    r"\b(?:feel\w*|felt|emotion\w*|react\w*|attitude|think|thought|opinion|describe\w*)\b", re.IGNORECASE
)
_FEELING = re.compile(
    r"\b(?:feel\w*|felt|love\w*|happ\w+|excit\w+|proud|sad|scared|nervous|glad|amaz\w+|awesome|grateful|thankful|relax\w*|peaceful"
    r"|stress\w*|tough|hard|great|wonderful|awe|joy\w*|fun|special|incredible|thrill\w+|worr\w+|upset|calm\w*)\b",
    re.IGNORECASE,
)
_ASKS_PICTURE = re.compile(r"\b(?:photo|picture|image|share[ds]?|show(?:ed|s|n)?)\b", re.IGNORECASE)
_MUCH_NEW = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class FitWeights:
    """What each sign counts; fitted on the dev questions by listwise softmax."""

    score: float = 7.5
    covered: float = 1.2
    covered_around: float = 0.6
    new: float = 0.8
    asks: float = -1.2
    short: float = -0.3
    own: float = 0.9
    other: float = -0.8
    replies: float = 1.75
    kind: float = 1.15
    title: float = 1.25
    why: float = 0.6
    feeling: float = -0.2
    picture: float = -0.7


SIGNS = tuple(f.name for f in fields(FitWeights))


def signs(question: Question, hit: Found, before: Moment | None, best_score: float) -> dict[str, float]:
    """The signs that a moment answers.

    Args:
        question: As understood.
        hit: A moment that was found.
        before: What was said just before it in the same conversation.
        best_score: The score of the first of what was found.
    """
    text = hit.moment.text
    wanted = question_stems(question)
    said = {stem(t) for t in tokens(text) if t not in STOP_WORDS}
    earlier = {stem(t) for t in tokens(before.text)} if before else set()
    asked_before = before is not None and "?" in before.text[-80:]
    subject = is_about(question, hit.moment)
    return {
        "score": hit.score / best_score if best_score else 0.0,
        "covered": _share(wanted & said, wanted),
        "covered_around": _share(wanted & (said | earlier), wanted),
        "new": min(1.0, len(said - wanted) / _MUCH_NEW),
        "asks": _share_asking(text),
        "short": float(len(said - wanted) < 2),
        "own": float(subject > 0),
        "other": float(subject < 0),
        "replies": _share(wanted & earlier, wanted) if asked_before else 0.0,
        "kind": float(holds_kind(question.asked, text)),
        "title": float(bool(_ASKS_TITLE.search(question.text)) and bool(_TITLE.search(text))),
        "why": float(bool(_ASKS_WHY.search(question.text)) and bool(_WHY.search(text))),
        "feeling": float(bool(_ASKS_FEELING.search(question.text)) and bool(_FEELING.search(text))),
        "picture": float(bool(_ASKS_PICTURE.search(question.text)) and bool(SHARED_PICTURE.search(text))),
    }


def fit(values: Mapping[str, float], weights: FitWeights) -> float:
    """The weighted sum of the signs."""
    return float(sum(getattr(weights, name) * values[name] for name in SIGNS))


@dataclass(frozen=True, slots=True)
class Fitted:
    """A moment that was found and how well it answers."""

    hit: Found
    value: float


def rank(
    question: Question,
    found: Sequence[Found],
    *,
    before: Callable[[Moment], Moment | None],
    weights: FitWeights | None = None,
) -> list[Fitted]:
    """Order what was found by how well it answers.

    Args:
        question: As understood.
        found: Ranked by what it is about, best first.
        before: What was said just before an utterance in its conversation.
        weights: What the signs count.
    """
    best_score = max((hit.score for hit in found), default=0.0)
    fitted = [Fitted(h, fit(signs(question, h, before(h.moment), best_score), weights or FitWeights())) for h in found]
    return sorted(fitted, key=lambda f: -f.value)


def question_stems(question: Question) -> set[str]:
    """The stems that an answer's surroundings should hold: content words without people and words that only ask."""
    people = {t for person in question.people for t in tokens(person)}
    return {stem(t) for t in question.terms if t not in ASKING_WORDS and t not in people}


def is_about(question: Question, moment: Moment) -> int:
    """Whether what was said is about the person asked about: 1 it is, -1 it is about another, 0 cannot be told.

    The first person is the speaker, the second the one spoken to; a person named counts as spoken about.
    """
    if not question.people or moment.kind is not Kind.UTTERANCE or moment.speaker is None:
        return 0
    named = any(re.search(rf"\b{re.escape(p.split()[0])}\b", moment.text) for p in question.people)
    own, others = len(FIRST_PERSON.findall(moment.text)), len(SECOND_PERSON.findall(moment.text))
    if moment.speaker in question.people:
        return 1 if own >= others or own > 0 else 0
    if named and own == 0:
        return 1
    if others > own:
        return 1
    return -1 if own > others else 0


def holds_kind(asked: Asked, text: str) -> bool:
    """Whether a text holds the kind of thing asked for; True where any words may answer."""
    if asked is Asked.WHEN:
        return WHEN.search(text) is not None
    if asked in (Asked.HOW_MUCH, Asked.HOW_MANY, Asked.HOW_LONG):
        return (
            bool(numbers_in(text)) or re.search(r"\b(?:couple|few|several|half|once|twice|every)\b", text) is not None
        )
    if asked is Asked.WHO:
        return _NAME.search(text) is not None or re.search(r"\bmy \w+", text) is not None
    if asked is Asked.WHERE:
        return _PLACE.search(text) is not None
    return True


def _share(part: set[str], whole: set[str]) -> float:
    return len(part) / len(whole) if whole else 0.0


def _share_asking(text: str) -> float:
    sentences = [s for s in SENTENCE.findall(SHARED_PICTURE.sub(" ", text)) if s.strip()]
    return sum(s.rstrip().endswith("?") for s in sentences) / len(sentences) if sentences else 0.0
