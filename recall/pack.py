"""Packing: what was found becomes numbered notes within a token budget, best last.

Role: chooses and trims; asks no model. Small readers answer better from trimmed lines (papers.md, conclusion 4), and
read the last lines best (papers.md 1.27). What ranks lower is cut to the sentences that matter, so that more moments
fit: one answer in three on LoCoMo needs several (``benchmarks/packing.py``). A short utterance brings those around it
along: the answer to a question is often the next thing that was said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from memory.records import Kind, Moment
from recall.names import similarity
from recall.pages import rows_in_sections
from recall.question import Asked, Question
from recall.results import Found
from recall.time_words import with_dates
from recall.totals import find_total_rows
from recall.words import stem, tokens

N_BEST = 12  # moments that are packed, as far as the budget goes
N_AROUND = 2  # of these, how many bring their neighbours
_SHORT_WORDS = 20  # an utterance of at most so many words needs what was said around it to be understood
_N_WORDS = (160, 160, 60, 60, 40, 40, 30)  # shown of a text by its rank; of all that follow, as of the last
_NEIGHBOUR_WORDS = 40
_LINE_WORDS = 26  # words a page's line is cut to
_SHOWN_LINES = 16  # lines of a page at most
_WORDS_A_LINE = 8  # what a page's line has, about
_HAS_NUMBER = re.compile(r"\d")
_ITEM = re.compile(r"\b(\d{1,3})(?:st|nd|rd|th)\b")
_N_ITEM = 100.0  # an item that is counted to comes before all else
_SENTENCE_END = re.compile(r"(?<=[a-z)”\"][.!?])\s+")


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
    chosen: dict[str, Note] = {}
    groups: list[list[str]] = []  # ids printed together, best group first
    left = budget

    def note(moment: Moment, n_words: int, score: float) -> Note:
        return Note(0, moment, _shown(question, moment, n_words, to_local), score)

    for rank, hit in enumerate(found[:N_BEST]):
        own = note(hit.moment, _N_WORDS[min(rank, len(_N_WORDS) - 1)], hit.score)
        around = neighbours(hit.moment) if rank < N_AROUND and _needs_context(hit.moment) else [hit.moment]
        group = [own if m.id == hit.moment.id else note(m, _NEIGHBOUR_WORDS, hit.score) for m in around]
        fresh = [n for n in group if n.moment.id not in chosen]
        for notes in (fresh, [own] if own in fresh else []):
            cost = sum(count_tokens(_line(n, to_local)) for n in notes)
            if cost <= left:
                left -= cost
                chosen |= {n.moment.id: n for n in notes}
                groups.append([n.moment.id for n in notes])
                break
    return _print([g for g in groups if g], chosen, to_local)


def alone(note: Note, to_local: Callable[[int, str], datetime]) -> Pack:
    """A pack of one note, numbered 1."""
    return _print([[note.moment.id]], {note.moment.id: note}, to_local)


def _needs_context(moment: Moment) -> bool:
    return moment.kind is Kind.UTTERANCE and len(moment.text.split()) <= _SHORT_WORDS


def _shown(question: Question, moment: Moment, n_words: int, to_local: Callable[[int, str], datetime]) -> str:
    """The trimmed words; of what was said or noted, with the dates that "yesterday" and "last week" mean."""
    text = trim(question, moment, n_words)
    if moment.kind not in (Kind.UTTERANCE, Kind.NOTE):
        return text
    return with_dates(text, to_local(moment.started_us, moment.zone))


def trim(question: Question, moment: Moment, n_words: int = _N_WORDS[0]) -> str:
    """Keep what matters; a short text stays whole.

    Of a page these are its head, the lines with words of the question or of the kind asked for, and their neighbours;
    of speech the sentences with words of the question and their neighbours, at most ``n_words``. A page that may show
    few words shows few lines.
    """
    lines = rows_in_sections(moment, question.terms)
    if moment.kind is Kind.UTTERANCE or len(lines) <= _SHOWN_LINES // 2:
        return _trim_sentences(question, lines, n_words)
    weight = _weigh_rows(question, lines)
    spread = [
        max(weight[i], 0.8 * max(weight[max(0, i - 2) : i] + weight[i + 1 : i + 2], default=0.0))
        for i in range(len(lines))
    ]
    n_lines = min(_SHOWN_LINES, n_words // _WORDS_A_LINE)
    best = sorted(range(len(lines)), key=lambda i: (-spread[i], i))[:n_lines]
    if "total" in question.terms and (totals := find_total_rows(lines)):
        best = [*range(min(2, len(lines))), *_naming(question, lines), totals[0], totals[0] + 1]
    return " / ".join(_cut(lines[i], _LINE_WORDS) for i in sorted(set(best)) if i < len(lines))


def _trim_sentences(question: Question, lines: Sequence[str], n_words: int) -> str:
    """The sentences with most words of the question, and what stands beside them, in their order.

    Of a numbered list also the item that the question counts to ("the 7th job in the list").
    """
    between = " / " if len(lines) > 1 else " "
    if sum(len(line.split()) for line in lines) <= n_words:
        return between.join(" ".join(line.split()) for line in lines)
    pieces = [_cut(p, n_words - 1) for line in lines for p in _SENTENCE_END.split(line) if p.strip()]
    wanted = {stem(t) for t in question.terms}
    hits: list[float] = [len(wanted & {stem(t) for t in tokens(piece)}) for piece in pieces]
    value = [own + 0.5 * max(hits[max(0, i - 1) : i] + hits[i + 1 : i + 2], default=0) for i, own in enumerate(hits)]
    item = _ITEM.search(question.text)
    kept: set[int] = set()
    for index in sorted(range(len(pieces)), key=lambda i: (-value[i] - _N_ITEM * _is_item(item, pieces[i]), i)):
        if sum(len(pieces[i].split()) for i in (*kept, index)) <= n_words:
            kept.add(index)
    return between.join(pieces[i] for i in sorted(kept))


def _is_item(asked: re.Match[str] | None, piece: str) -> bool:
    return asked is not None and re.match(rf"\W*{asked[1]}[.):]", piece) is not None


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


def _print(groups: Sequence[Sequence[str]], chosen: dict[str, Note], to_local: Callable[[int, str], datetime]) -> Pack:
    order = [chosen[moment_id] for group in reversed(groups) for moment_id in group]
    notes = tuple(replace(note, n=n) for n, note in enumerate(order, 1))
    return Pack(notes, "\n".join(_line(note, to_local) for note in notes))


def _line(note: Note, to_local: Callable[[int, str], datetime]) -> str:
    at = to_local(note.moment.started_us, note.moment.zone)
    return f"[{note.n}] ({at.strftime('%a %-d %b %Y %H:%M')}, {_source(note.moment)}) {note.text}"


def _source(moment: Moment) -> str:
    if moment.kind is Kind.UTTERANCE:
        return f"{moment.speaker} said" if moment.speaker else "heard"
    parts = [str(moment.kind)]
    if moment.app:
        parts.append(moment.app)
    if moment.place is not None:
        parts.append(moment.place.name)
    return " ".join(parts)
