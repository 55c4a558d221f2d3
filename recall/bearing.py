"""Questions a memory cannot decide: what to do, and what somebody would do. What was said that bears on it is told.

Role: rules over the question's words, and the choice of sentences; no model. A small one invents what it recommends,
and calls everything likely: of ten suppositions on LoCoMo it affirmed all, six of them wrongly. So nothing is decided;
the words that a person would decide by stand there with their sources.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from memory.records import Kind, Moment
from recall.computed import Computed
from recall.fits import FIRST_PERSON, Fitted, is_about, question_stems
from recall.question import Question
from recall.results import Citation
from recall.time_words import tell_day
from recall.words import SENTENCE, SHARED_PICTURE, STOP_WORDS, stem, tokens
from recall.yes_no import asks_yes_or_no

# "What should I bring?" may well have been said; "Did Ana have any tips?" asks what was.
_ADVICE = re.compile(
    r"\b(?:can|could|would|will)\s+you\s+(?:please\s+)?"
    r"(?:recommend|suggest|advise|help\s+me\s+(?:choose|pick|decide))\b"
    r"|(?:^|[.,;!?]\s+|\bdo\s+you\s+have\s+|\bgive\s+me\s+)(?:any|some)\s+(?:\w+\s+)?"
    r"(?:suggestions?|recommendations?|advice|tips|ideas)\b"
    r"|(?:^|[.,;!?]\s+)should\s+(?:i|we)\b|\bdo\s+you\s+think\b|\bcould\s+there\s+be\b",
    re.IGNORECASE,
)
# Narrower than what supposes: "could she swim?" and "should he bring wine?" may well have been said.
_WOULD = re.compile(r"\b(?:would|might|likely|probably)\b", re.IGNORECASE)
_WISH = re.compile(r"\b(?:wondering|looking for|any (?:tips|ideas|advice|suggestions))\b", re.IGNORECASE)
_CANNOT_KNOW = "I can't know what would be; this bears on it."
_MOST = 3
_LOOKED_THROUGH = 8
_N_SURE = 2  # of the best, these need share no word with the question
_LEAST_WORDS = 4  # a shorter sentence says nothing by itself
_NEW = 0.5  # of a sentence's words, that none before it said


@dataclass(frozen=True, slots=True)
class _Sentence:
    """One statement, and how well it bears on the question."""

    moment: Moment
    text: str
    value: float


def asks_advice(text: str) -> bool:
    """Whether a question asks what to do or what to think, and not what was."""
    return bool(_ADVICE.search(text))


def asks_supposition(question: Question) -> bool:
    """Whether yes or no is asked of what somebody would do or might be."""
    return asks_yes_or_no(question) and bool(question.people) and bool(_WOULD.search(question.text))


def find_bearing(
    question: Question,
    fitted: Sequence[Fitted],
    *,
    me: Collection[str] = (),
    local: Callable[[int, str], datetime],
) -> Computed | None:
    """Tell what bears on a question that the memory cannot decide.

    Args:
        question: As understood.
        fitted: What was found, best first.
        me: Names under which the user speaks.
        local: UTC microseconds and a zone to a local time.

    Returns:
        None where the question is of another kind, or where nothing bears on it.
    """
    is_advice = asks_advice(question.text)
    if not is_advice and not asks_supposition(question):
        return None
    may_tell = _is_mine(me) if is_advice else lambda moment: is_about(question, moment) > 0
    chosen = _choose(question, [f for f in fitted[:_LOOKED_THROUGH] if may_tell(f.hit.moment)], needs_word=is_advice)
    if not chosen:
        return None
    told = [_tell(each, n, local, is_mine=is_advice) for n, each in enumerate(chosen, 1)]
    begin = "I don't give advice; this is what the memory holds on it." if is_advice else _CANNOT_KNOW
    text = f"{begin} {' '.join(told)}"
    return Computed(text, tuple(Citation(n, each.moment.id, each.text) for n, each in enumerate(chosen, 1)))


def _is_mine(me: Collection[str]) -> Callable[[Moment], bool]:
    own = {name.lower() for name in me} | {"me", "user"}
    return lambda moment: moment.kind is not Kind.UTTERANCE or (moment.speaker or "me").lower() in own


def _choose(question: Question, fitted: Sequence[Fitted], *, needs_word: bool) -> list[_Sentence]:
    wanted = question_stems(question)
    chosen: list[_Sentence] = []
    said: set[str] = set()
    for n, each in enumerate(fitted):
        best = max(_sentences(each.hit.moment, wanted), key=lambda s: s.value, default=None)
        if best is None or (best.value < 1 and (needs_word or n >= _N_SURE)):
            continue
        stems = {stem(t) for t in tokens(best.text) if t not in STOP_WORDS}
        if len(chosen) < _MOST and len(stems - said) >= _NEW * len(stems):
            chosen.append(best)
            said |= stems
    return chosen


def _sentences(moment: Moment, wanted: set[str]) -> Iterator[_Sentence]:
    """The statements of a moment; what is said in the first person counts a little more, what is wished for less."""
    for match in SENTENCE.finditer(SHARED_PICTURE.sub(" ", moment.text)):
        text = match.group().strip()
        if text.endswith("?") or len(tokens(text)) < _LEAST_WORDS:
            continue
        shared = len(wanted & {stem(t) for t in tokens(text)})
        is_wish = bool(_WISH.search(text) or asks_advice(text))
        yield _Sentence(moment, text, shared + (0.5 if FIRST_PERSON.search(text) else 0.0) - (1.5 if is_wish else 0.0))


def _tell(each: _Sentence, n: int, local: Callable[[int, str], datetime], *, is_mine: bool) -> str:
    day = tell_day(local(each.moment.started_us, each.moment.zone).date())
    who = "" if is_mine or not each.moment.speaker else f"{each.moment.speaker}, "
    return f"{who}{day}: “{each.text.rstrip('.')}” [{n}]."
