"""The dates of an answer, told with the doubt that is in the words: "14 July 2023 (the Friday before 15 July 2023)".

Role: text only, after the check. A small model likes to give the day of the talk where "last Friday" was said; the
words are read again here, against the moment's own time, and the date is mended.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from memory.records import Kind, Moment
from recall.question import Asked, Question
from recall.results import Citation
from recall.time_words import TimeWords, find_time_words
from recall.words import content_words, stem, tokens

_CITED = re.compile(r"(?P<said>[^\[\]]+?)(?P<cite>\s*(?:\[\d+\])+)")
_PIECE = re.compile(r"[^.!?\n]+[.!?]*")


def with_doubt(
    text: str,
    question: Question,
    citations: Sequence[Citation],
    *,
    moments: Mapping[str, Moment],
    local: Mapping[str, datetime],
) -> str:
    """Tell what relative words of the cited moments mean, where a question asks when.

    Args:
        text: A checked answer, each sentence with its citations.
        question: As understood.
        citations: Of the text, by their numbers.
        moments: The cited moments by id.
        local: The local time of each by id.
    """
    if question.asked is not Asked.WHEN:
        return text
    by_number = {f"[{c.n}]": c.moment for c in citations}

    def mend(match: re.Match[str]) -> str:
        cited = [by_number[n] for n in re.findall(r"\[\d+\]", match["cite"]) if n in by_number]
        for moment_id in cited:
            moment, at = moments[moment_id], local[moment_id]
            words = _time_told(question, moment, at)
            if words is not None and (said := _mend(match["said"], words, at)) is not None:
                return said + match["cite"]
        return match.group()

    return _CITED.sub(mend, text)


def _time_told(question: Question, moment: Moment, at: datetime) -> TimeWords | None:
    """The one time that the sentence nearest to the question names, in words counted from when they were said."""
    if moment.kind not in (Kind.UTTERANCE, Kind.NOTE):
        return None
    wanted = {stem(t) for t in content_words(question.text)}
    pieces = [m.group() for m in _PIECE.finditer(moment.text)]
    told = [(len(wanted & {stem(t) for t in tokens(p)}), -i, find_time_words(p, at)) for i, p in enumerate(pieces)]
    timed = [row for row in told if row[2]]
    if not timed:
        return None
    _hits, _index, words = max(timed, key=lambda row: row[:2])
    return words[0] if len(words) == 1 and not words[0].absolute else None


def _mend(said: str, words: TimeWords, at: datetime) -> str | None:
    """The sentence with the time as it was told; None where it says so already, or tells another time."""
    if words.told.lower() in said.lower():
        return None
    dates = [w for w in find_time_words(said, at) if w.absolute]
    if len(dates) != 1:
        return None
    (date,) = dates
    if words.first <= date.first and date.last <= words.last:
        more = words.told.split(", that is")[0]
        return f"{said} ({more})" if "before" in more or "week" in more or "about" in more else None
    if date.first == date.last == at.date():
        start = re.sub(r"\b(?:on|in|at)\s+$", "", said[: date.span[0]])
        lead = "in " if re.match(r"\d{4}$|[A-Z][a-z]+ \d{4}$", words.told) else "on " if words.told[0].isdigit() else ""
        return f"{start}{lead}{words.told}{said[date.span[1] :]}"
    return None
