"""Why there is no answer: nothing was recording then, it is not read yet, or it is not in the memory.

Role: looks at the time that was asked for, the gaps, and what still waits to be read. It decides only which no is said,
and whether a time in which nothing was recording can be asked about at all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from memory.jobs import Job
from memory.records import Moment
from memory.store import Memory, Scope
from recall.question import Question
from recall.results import Found, Reason
from recall.time_words import find_time_words
from recall.times import local_time, to_us

_COVERED_AT_LEAST = 0.9
_LIVE = "live"  # the stage of a recording that goes on; its ``file_us`` is its start


@dataclass(frozen=True, slots=True)
class _Span:
    """A stretch of time that was asked for, half open, UTC microseconds; None is without an end."""

    since_us: int | None
    until_us: int | None

    def scope(self) -> Scope:
        return Scope(since_us=self.since_us, until_us=self.until_us)


def why_not(memory: Memory, question: Question, scope: Scope, now: datetime) -> Reason:
    """Say which kind of no it is.

    Args:
        memory: Is looked up.
        question: Its times count.
        scope: Limits of the caller; its times count where the question names none.
        now: Nothing can have been recorded after it.
    """
    spans = _asked(question, scope)
    empty = [span for span in spans if _is_past(span, now) and not _holds(memory, span)]
    is_empty = bool(spans) and len(empty) == len(spans)
    if is_empty and all(memory.list_gaps(span.scope()) for span in spans):
        return Reason.NOT_RECORDING
    left = memory.jobs.list_jobs(("queued", "running", "failed"))
    # what waits for a model has no words yet, but where it waits only for the one that finds by meaning
    if any(_may_hold(job, spans) for job in left if job.state != "failed" or job.stage != "embed"):
        return Reason.NOT_INDEXED_YET
    return Reason.NOT_RECORDING if is_empty else Reason.NOT_IN_MEMORY


def lies_in_gaps(memory: Memory, question: Question, found: Sequence[Found], now: datetime) -> bool:
    """Whether the question is about a time in which, by the gaps, nothing was recording, and nothing tells of it.

    What was said at other times may still tell of that time ("last Friday", a date); then the model may read it.
    """
    spans = [_Span(t.since_us, t.until_us) for t in question.times]
    if not spans or not all(_is_past(span, now) and _is_gap(memory, span) for span in spans):
        return False
    return not any(_tells_of(hit.moment, question, local_time) for hit in found)


def _asked(question: Question, scope: Scope) -> list[_Span]:
    if question.times:
        return [_Span(t.since_us, t.until_us) for t in question.times]
    if scope.since_us is None and scope.until_us is None:
        return []
    return [_Span(scope.since_us, scope.until_us)]


def _is_past(span: _Span, now: datetime) -> bool:
    return span.since_us is None or span.since_us <= to_us(now)


def _holds(memory: Memory, span: _Span) -> bool:
    return next(iter(memory.iter_moments(span.scope(), limit=1)), None) is not None


def _is_gap(memory: Memory, span: _Span) -> bool:
    """Whether gaps cover nearly all of a stretch, and nothing was kept in it."""
    if span.since_us is None or span.until_us is None or _holds(memory, span):
        return False
    covered, at_us = 0, span.since_us
    for gap in memory.list_gaps(span.scope()):
        start_us, end_us = max(gap.started_us, at_us), min(gap.ended_us, span.until_us)
        covered += max(0, end_us - start_us)
        at_us = max(at_us, end_us)
    return covered >= _COVERED_AT_LEAST * (span.until_us - span.since_us)


def _tells_of(moment: Moment, question: Question, local: Callable[[int, str], datetime]) -> bool:
    told = find_time_words(moment.text, local(moment.started_us, moment.zone))
    return any(w.first <= t.until.date() and w.last >= t.since.date() for w in told for t in question.times)


def _may_hold(job: Job, spans: Sequence[_Span]) -> bool:
    """Whether a file that waits may hold what was kept in the time asked for; where no time is told, any may.

    A file that was last written before a time began holds nothing of it.
    """
    at_us, file_us = job.payload.get("at_us"), job.payload.get("file_us")
    begins_us = at_us if at_us is not None else file_us if job.stage == _LIVE else None
    for span in spans:
        ended = file_us is not None and job.stage != _LIVE and span.since_us is not None and file_us < span.since_us
        if at_us is not None:
            ended = False
        later = begins_us is not None and span.until_us is not None and begins_us >= span.until_us
        if not ended and not later:
            return True
    return not spans
