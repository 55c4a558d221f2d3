"""Packing: what was found becomes numbered notes within a token budget, best last.

Role: chooses and trims; asks no model. Small readers answer better from fewer, trimmed lines (papers.md, conclusion
4), and read the last lines best (papers.md 1.27). An utterance brings the one before and after it along: the answer
to a question is often the next thing that was said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from memory.records import Kind, Moment
from recall.names import similarity
from recall.pages import rows_in_sections
from recall.question import Asked, Question
from recall.results import Found
from recall.time_words import with_dates
from recall.totals import find_total_rows
from recall.words import stem, tokens

N_BEST = 5  # moments that are packed with what is around them
N_AROUND = 2  # of these, how many bring their neighbours
_LINE_WORDS = 26  # words a page's line is cut to
_SHOWN_LINES = 16  # lines of a page at most
_HAS_NUMBER = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Note:
    """One numbered line of evidence in a prompt.

    Attributes:
        n: The number it is cited by, from 1.
        moment: What it shows.
        text: The words shown, trimmed.
        score: Of the moment, or of the one it was brought along by.
    """

    n: int
    moment: Moment
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Pack:
    """Notes in the order they are printed, and the printed text."""

    notes: tuple[Note, ...]
    text: str

    def note(self, n: int) -> Note | None:
        """The note of a number."""
        return next((note for note in self.notes if note.n == n), None)


def pack(
    question: Question,
    found: Sequence[Found],
    *,
    neighbours: Callable[[Moment], Sequence[Moment]],
    to_local: Callable[[int, str], datetime],
    count_tokens: Callable[[str], int],
    budget: int,
) -> Pack:
    """Pack the best of what was found.

    Args:
        question: Decides which lines of a page matter.
        found: Ranked, best first.
        neighbours: The moments just before and after an utterance, itself included, in order.
        to_local: UTC microseconds and a zone to a local time.
        count_tokens: The model's own count.
        budget: Most tokens the printed notes may take.
    """
    chosen: dict[str, tuple[Moment, float]] = {}
    groups: list[list[str]] = []  # ids printed together, best group first
    left = budget
    for rank, hit in enumerate(found[:N_BEST]):
        around = list(neighbours(hit.moment)) if rank < N_AROUND and hit.moment.kind is Kind.UTTERANCE else [hit.moment]
        fresh = [m for m in around if m.id not in chosen]
        cost = sum(count_tokens(_line(0, m, _shown(question, m, to_local), to_local)) for m in fresh)
        if cost > left and hit.moment in fresh:
            fresh, cost = (
                [hit.moment],
                count_tokens(_line(0, hit.moment, _shown(question, hit.moment, to_local), to_local)),
            )
        if cost > left:
            continue
        left -= cost
        for m in fresh:
            chosen[m.id] = (m, hit.score)
        groups.append([m.id for m in fresh])
    return _print(question, [g for g in groups if g], chosen, to_local)


def _shown(question: Question, moment: Moment, to_local: Callable[[int, str], datetime]) -> str:
    """The trimmed words; of what was said or noted, with the dates that "yesterday" and "last week" mean."""
    text = trim(question, moment)
    if moment.kind not in (Kind.UTTERANCE, Kind.NOTE):
        return text
    return with_dates(text, to_local(moment.started_us, moment.zone))


def trim(question: Question, moment: Moment) -> str:
    """Keep the lines of a page that matter; a short text stays whole.

    These are its head, the lines with words of the question or of the kind asked for, and their neighbours.
    """
    lines = rows_in_sections(moment, question.terms)
    if moment.kind is Kind.UTTERANCE or len(lines) <= _SHOWN_LINES // 2:
        return _cut(" / ".join(lines) if len(lines) > 1 else " ".join(moment.text.split()), 160)
    weight = _weigh_rows(question, lines)
    spread = [
        max(weight[i], 0.8 * max(weight[max(0, i - 2) : i] + weight[i + 1 : i + 2], default=0.0))
        for i in range(len(lines))
    ]
    best = sorted(range(len(lines)), key=lambda i: (-spread[i], i))[:_SHOWN_LINES]
    if "total" in question.terms and (totals := find_total_rows(lines)):
        best = [*range(min(2, len(lines))), *_naming(question, lines), totals[0], totals[0] + 1]
    return " / ".join(_cut(lines[i], _LINE_WORDS) for i in sorted(set(best)) if i < len(lines))


def _weigh_rows(question: Question, lines: Sequence[str]) -> list[float]:
    wanted = {stem(t) for t in question.terms}
    amount = question.asked in (Asked.HOW_MUCH, Asked.HOW_MANY, Asked.WHEN, Asked.HOW_LONG)
    weights = []
    for index, line in enumerate(lines):
        hits = len(wanted & {stem(t) for t in tokens(line)})
        weights.append(3.0 * hits + (0.5 if amount and _HAS_NUMBER.search(line) else 0.0) + (1.0 if index < 3 else 0.0))
    return weights


def _naming(question: Question, lines: Sequence[str]) -> list[int]:
    """The rows that hold a name of the question."""
    return [i for i, line in enumerate(lines) if any(similarity(name, line) >= 0.7 for name in question.names)]


def _cut(text: str, n_words: int) -> str:
    words = text.split()
    return text if len(words) <= n_words else " ".join(words[:n_words]) + " …"


def _print(
    question: Question,
    groups: Sequence[Sequence[str]],
    chosen: dict[str, tuple[Moment, float]],
    to_local: Callable[[int, str], datetime],
) -> Pack:
    notes: list[Note] = []
    lines: list[str] = []
    for group in reversed(groups):
        for moment_id in group:
            moment, score = chosen[moment_id]
            note = Note(len(notes) + 1, moment, _shown(question, moment, to_local), score)
            notes.append(note)
            lines.append(_line(note.n, moment, note.text, to_local))
    return Pack(tuple(notes), "\n".join(lines))


def _line(n: int, moment: Moment, text: str, to_local: Callable[[int, str], datetime]) -> str:
    at = to_local(moment.started_us, moment.zone)
    when = at.strftime("%a %-d %b %Y %H:%M")
    return f"[{n}] ({when}, {_source(moment)}) {text}"


def _source(moment: Moment) -> str:
    if moment.kind is Kind.UTTERANCE:
        return f"{moment.speaker} said" if moment.speaker else "heard"
    parts = [str(moment.kind)]
    if moment.app:
        parts.append(moment.app)
    if moment.place is not None:
        parts.append(moment.place.name)
    return " ".join(parts)
