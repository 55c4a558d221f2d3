"""Is what an answer says in the notes it cites? Numbers, names and quotes are looked up before anything is shown.

Role: pure text. A claim that fails is mended by citing the note that does hold it, or dropped (papers.md, issue of
trust: "never lies"). What counts as held is ``recall.held``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from recall.held import facts_in, is_held, without_currency
from recall.numerals import numbers_in
from recall.pack import Note, Pack
from recall.results import Citation
from recall.words import content_words, stem, tokens
from recall.workings import asks_to_work_out, work_out

__all__ = ["Checked", "Claim", "best_quote", "check", "numbers_in", "split_claims"]

_UNFINISHED = re.compile(r"\b(?:by|of|with|to|for|the|an?|and|or|in|on|at|from|is|was|that)$", re.IGNORECASE)
_SENTENCE = re.compile(r"[^\[\]]+?((?:\s*\[\d+\])+)\s*\.?")


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of an answer and the notes it cites."""

    text: str
    cited: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """An answer after checking: its text with renumbered citations; empty when no claim stood."""

    text: str
    citations: tuple[Citation, ...]
    n_dropped: int


def split_claims(text: str) -> list[Claim]:
    """Cut an answer into sentences with their citations; words without a citation, or without an end, are no claim."""
    claims = []
    for match in _SENTENCE.finditer(text):
        words = text[match.start() : match.start(1)].strip(" .")
        if words and not _UNFINISHED.search(words):
            claims.append(Claim(words, tuple(int(n) for n in re.findall(r"\d+", match.group(1)))))
    return claims


def check(answer: str, packed: Pack, question: str, *, local: dict[str, datetime]) -> Checked:
    """Check every claim; cite what carries it; drop what nothing carries.

    Args:
        answer: As generated, with [n] citations.
        packed: The notes that were shown.
        question: Its own names and numbers may be repeated.
        local: Local time of each note's moment by id; its date may be told.
    """
    kept: list[tuple[str, list[Note]]] = []
    claims = split_claims(answer)
    for claim in claims:
        for text in dict.fromkeys((claim.text, without_currency(claim.text))):
            carriers = _carriers(Claim(text, claim.cited), packed, question, local)
            if carriers:
                kept.append((text, carriers))
                break
        else:
            kept.extend(_worked_out(claim, packed, question, local))
    numbers: dict[str, int] = {}
    citations: list[Citation] = []
    sentences = []
    for text, carriers in kept:
        for note in carriers:
            if note.moment.id not in numbers:
                numbers[note.moment.id] = len(numbers) + 1
                citations.append(
                    Citation(
                        numbers[note.moment.id], note.moment.id, best_quote(note.moment.text, f"{text} {question}")
                    )
                )
        sentences.append(f"{text} " + "".join(f"[{numbers[n.moment.id]}]" for n in carriers) + ".")
    return Checked(" ".join(sentences), tuple(citations), len(claims) - len(kept))


def _worked_out(claim: Claim, packed: Pack, question: str, local: dict[str, datetime]) -> list[tuple[str, list[Note]]]:
    """The claim with its working, where its one number that no note holds comes of two that notes hold."""
    cited = [note for n in claim.cited if (note := packed.note(n)) is not None]
    if not cited or not asks_to_work_out(question):
        return []
    facts = facts_in(claim.text, question, local[cited[0].moment.id])
    if len(facts.numbers) != 1:
        return []
    for pool in (cited, packed.notes):
        worked = work_out(facts.numbers[0], pool, question)
        if worked and is_held(replace(facts, numbers=()), claim.text, worked.notes, local):
            return [(f"{claim.text} ({worked.text})", list(worked.notes))]
    return []


def _carriers(claim: Claim, packed: Pack, question: str, local: dict[str, datetime]) -> list[Note]:
    cited = [note for n in claim.cited if (note := packed.note(n)) is not None]
    nearest = (cited or packed.notes)[:1]
    if not nearest:
        return []
    facts = facts_in(claim.text, question, local[nearest[0].moment.id])
    said = {stem(w) for w in content_words(claim.text)}

    def holds_less(note: Note) -> tuple[int, float]:
        return -len(said & {stem(w) for w in tokens(note.text)}), -note.score

    best_first = sorted(cited, key=holds_less)  # of a question and its reply the one that says it
    for candidates in (best_first[:1], cited):
        if candidates and is_held(facts, claim.text, candidates, local):
            return candidates
    others = [n for n in packed.notes if is_held(facts, claim.text, [n], local)] if facts else []
    return sorted(others, key=holds_less)[:1]


def best_quote(text: str, about: str, *, n_chars: int = 240) -> str:
    """The stretch of a moment's own words that fits best: a whole short text, else its best line or sentence."""
    tidy = text.strip()
    if len(tidy) <= n_chars and "\n" not in tidy:
        return tidy
    wanted = {stem(w) for w in content_words(about)}
    numbers = set(numbers_in(about))
    pieces = [p.strip() for p in re.split(r"\n|(?<=[.!?])\s+", tidy) if p.strip()] or [tidy]
    best = max(pieces, key=lambda p: len(wanted & {stem(w) for w in tokens(p)}) + 2 * len(numbers & set(numbers_in(p))))
    return best[:n_chars]
