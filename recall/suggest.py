"""What one might ask next: from what the last answer names, and from one's own earlier questions.

Role: pure; a handful of short questions that the memory can be expected to say something about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime

from memory.records import Kind, Moment
from recall.results import Answer
from recall.time_words import tell_day
from recall.words import content_words, stem

_N_SUGGESTED = 3
_NAME = re.compile(r"(?<=[a-zà-þ,;] )[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)*")
_CALENDAR = re.compile(
    r"^(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)


def suggest(
    answer: Answer, cited: Sequence[Moment], history: Sequence[str], *, local: Callable[[int, str], datetime]
) -> tuple[str, ...]:
    """Suggest what to ask next.

    Args:
        answer: The last one; none is suggested after a no.
        cited: The moments that it cites, in order.
        history: The user's earlier questions, the newest last.
        local: UTC microseconds and a zone to a local time.
    """
    if answer.abstained or not cited:
        return ()
    first = cited[0]
    at = local(first.started_us, first.zone)
    out: list[str] = []
    if first.kind is Kind.UTTERANCE and first.speaker and first.speaker not in answer.text:
        out.append("Who said that?")
    out += [f"What else is known about {name}?" for name in _names(answer)]
    if first.kind is Kind.UTTERANCE and first.speaker:
        out.append(f"What else did {first.speaker} say on {tell_day(at.date())}?")
    if first.place is not None:
        out.append(f"What else was at {first.place.name}?")
    out.append(f"What happened on {tell_day(at.date())}?")
    near = _near(answer.question, history)
    out[1:1] = [near] if near else []
    return tuple(dict.fromkeys(words for words in out if words != answer.question))[:_N_SUGGESTED]


def _names(answer: Answer) -> list[str]:
    """Names in the answer that the question did not have."""
    plain = re.sub(r"\s*\[\d+\]", "", answer.text)
    found = [m.group() for m in _NAME.finditer(plain)]
    return [n for n in dict.fromkeys(found) if n not in answer.question and not _CALENDAR.match(n)]


def _near(question: str, history: Sequence[str]) -> str | None:
    """The newest earlier question that shares a word with this one."""
    words = {stem(w) for w in content_words(question)}
    for earlier in reversed(history):
        if earlier != question and words & {stem(w) for w in content_words(earlier)}:
            return earlier
    return None
