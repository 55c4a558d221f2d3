"""Points: what was said, in the words it was said in, the weighty first.

Role: lines in, points out, by rules only. Utterances that were cut in the middle are joined, a question goes with its
answer, fillers and small talk are left out; no word is added, so a point never says what nobody said.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from recall.check import numbers_in
from recall.leaks import Line, confidence, containment
from recall.missed_results import Point
from recall.times import MONTHS, WEEKDAYS
from recall.words import STOP_WORDS, fold, tokens

_FILLERS = re.compile(
    r"(?:(?<=[,.!?…])|^)\s*\b(?:u+h+m*|u+m+|e+r+m*|h+m+|ah+|well|okay|ok|so|i mean|you know|like)\b[,.…]+(?=\s|$)",
    re.IGNORECASE,
)
_SMALL = frozenset(
    "yes yeah yep no nope ok okay right sure thanks thank great good nice perfect well oh ah uh um hmm hello hi bye "
    "sorry lovely fine really exactly absolutely course wow cool alright maybe".split()
)
_DATES = (frozenset(WEEKDAYS) | frozenset(MONTHS) - {"may", "march"}) | frozenset(
    "today tonight tomorrow weekend morning afternoon evening noon midnight o'clock deadline birthday".split()
)
_HOURS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_PATTERNS = {
    "request": r"please|(?:can|could|would|will) you|don['’]t forget|remember to|remind|make sure"
    r"|(?:ask|tell|call) \w+|bring|send|you (?:should|must|have to|need to)|(?:has|have|had) to"
    r"|needs? (?:a|the|to)|wants? (?:a|the|us|you|to)",
    "date": r"\d{1,2}(?:st|nd|rd|th)|\w+(?:teenth|tieth) of|(?:first|second|third|fourth|fifth|sixth|seventh|eighth"
    rf"|ninth|tenth|twelfth) of|(?:at|until|till|by|before|after) (?:\d{{1,2}}|noon|{_HOURS})",
    "decision": r"decided|agreed|moved to|postponed|cancell?ed|confirmed|booked|let['’]s|let us|instead|will be|was cut"
    r"|we(?:['’]ll| will| should| cannot| can['’]t)|i(?:['’]ll| will| can)",
}
_FOUND = {name: re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE) for name, pattern in _PATTERNS.items()}
_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[A-ZÀ-Þ\d\"“'‘])")
_LONG_WORDS = 20  # an utterance of more words is told sentence by sentence
_NAME = re.compile(r"(?<=[\w,;:] )[A-ZÀ-Þ][\w'’-]+")
_END = re.compile(r"[.!?…][\"'”’)]*$")
_ANSWER_US = 6_000_000  # an answer begins within so long after its question
_JOIN_US = 2_500_000  # a sentence cut by a pause goes on within so long
_MOST_CHARS = 320
_SAME = 0.8
_UNSURE = 0.75  # mean probability of a line's words: on the development rooms nearly all below were misheard somewhere


@dataclass(frozen=True, slots=True)
class _Draft:
    lines: tuple[Line, ...]
    text: str
    weight: float
    is_sure: bool


def build_points(lines: Sequence[Line], *, me: Collection[str] = (), n_most: int = 30) -> list[Point]:
    """Make the points of one direction.

    Args:
        lines: What it said, in order of time, each with its own words only.
        me: Names by which the user is addressed.
        n_most: At most so many; the lightest are left out.

    Returns:
        Points by falling weight, then by time; those that may be misheard behind all others.
    """
    drafts: list[_Draft] = []
    for group in _grouped(lines):
        text = tidy(" ".join(line.text for line in group))
        said_before = any(containment(text, draft.text) >= _SAME for draft in drafts)
        if is_worth_telling(text) and not said_before:
            drafts.append(_Draft(tuple(group), text, weigh(text, me=me), is_sure=_is_sure(group)))
    heaviest = sorted(drafts, key=lambda d: (not d.is_sure, -d.weight, d.lines[0].moment.started_us))[:n_most]
    return [
        Point(d.text, tuple(dict.fromkeys(line.moment.id for line in d.lines)), is_sure=d.is_sure) for d in heaviest
    ]


def tidy(text: str) -> str:
    """A line as a sentence: fillers cut, first letter large, a full stop at its end."""
    text = " ".join(_FILLERS.sub(" ", " ".join(text.split())).split()).strip(" ,;-–")
    if not text:
        return ""
    text = text[0].upper() + text[1:]
    return text if _END.search(text) else text + "."


def is_worth_telling(text: str) -> bool:
    """Whether a line says anything: a number, a name or two words that are neither small talk nor grammar."""
    content = [w for w in tokens(text) if w not in STOP_WORDS and w not in _SMALL]
    return len(content) >= 2 or bool(numbers_in(text)) or bool(names_in(text)) or bool(_DATES & set(content))


def names_in(text: str) -> list[str]:
    """Capitalised words inside a sentence that are no words of grammar."""
    return [w for w in _NAME.findall(text) if fold(w) not in STOP_WORDS and fold(w) not in _SMALL and len(w) > 1]


def weigh(text: str, *, me: Collection[str] = ()) -> float:
    """Weigh a line: what is said to the user, a request, a date, a number, a decision, a name, in this order."""
    words = set(tokens(text))
    names = [w for w in names_in(text) if fold(w) not in WEEKDAYS and fold(w) not in MONTHS]
    return (
        5.0 * any(set(tokens(name)) <= words for name in me if tokens(name))
        + 3.0 * bool(_FOUND["request"].search(text))
        + 2.5 * (bool(words & _DATES) or bool(_FOUND["date"].search(text)))
        + 2.0 * bool(numbers_in(text))
        + 1.5 * bool(_FOUND["decision"].search(text))
        + 1.0 * bool(names)
    )


def _is_sure(group: Sequence[Line]) -> bool:
    """Whether the recognizer was sure of each of the lines; a list that tells nothing is believed."""
    told = [c for line in group if (c := confidence(line.moment)) is not None]
    return min(told, default=1.0) >= _UNSURE


def _grouped(lines: Sequence[Line]) -> list[list[Line]]:
    """Join what belongs together: halves of a sentence, a question and its answer."""
    groups: list[list[Line]] = []
    for line in (piece for whole in lines for piece in _sentences(whole)):
        if groups and _goes_on(groups[-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _goes_on(group: Sequence[Line], line: Line) -> bool:
    last = group[-1]
    if sum(len(part.text) for part in group) + len(line.text) > _MOST_CHARS:
        return False
    apart_us = line.moment.started_us - last.moment.ended_us
    if last.text.rstrip().endswith("?"):
        return apart_us <= _ANSWER_US and not line.text.rstrip().endswith("?") and len(group) == 1
    is_same_voice = line.moment.stream == last.moment.stream and line.moment.speaker == last.moment.speaker
    is_open = not _END.search(last.text.rstrip())
    return is_same_voice and is_open and apart_us <= _JOIN_US and line.text[:1].islower()


def _sentences(line: Line) -> list[Line]:
    """A long utterance sentence by sentence."""
    if len(line.text.split()) <= _LONG_WORDS:
        return [line]
    return [Line(line.moment, text) for text in _SENTENCE.split(line.text) if text.strip()]
