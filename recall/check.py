"""Is what an answer says in the notes it cites? Numbers, names and quotes are looked up before anything is shown.

Role: pure text. A claim that fails is mended by citing the note that does hold it, or dropped (papers.md, issue of
trust: "never lies"). Number words and digits are the same number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from recall.names import holds
from recall.pack import Note, Pack
from recall.results import Citation
from recall.words import STOP_WORDS, content_words, fold, stem, tokens

_SENTENCE = re.compile(r"[^\[\]]+?((?:\s*\[\d+\])+)\s*\.?")
_CURRENCY = re.compile(r"[€$£¥]|\b(?:EUR|USD|GBP|CHF|JPY|RM|MYR|euros?|dollars?|pounds?)\b")
_SAME_CURRENCY = {"€": "eur", "euro": "eur", "$": "usd", "dollar": "usd", "£": "gbp", "pound": "gbp", "rm": "myr"}
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {"hundred": 100, "thousand": 1000}


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
    """Cut an answer into sentences with their citations; words without a citation are no claim."""
    claims = []
    for match in _SENTENCE.finditer(text):
        words = text[match.start() : match.start(1)].strip(" .")
        if words:
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
        for text in dict.fromkeys((claim.text, _without_currency(claim.text))):
            carriers = _carriers(Claim(text, claim.cited), packed, question, local)
            if carriers:
                kept.append((text, carriers))
                break
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


def _without_currency(text: str) -> str:
    """The claim without the currency that a model likes to add to a bare sum."""
    return " ".join(_CURRENCY.sub(" ", text).split())


def _carriers(claim: Claim, packed: Pack, question: str, local: dict[str, datetime]) -> list[Note]:
    cited = [note for n in claim.cited if (note := packed.note(n)) is not None]
    hard = _hard_facts(claim.text, question)
    for candidates in (cited[:1], cited):
        if candidates and not _unheld(claim.text, hard, candidates, local):
            return candidates
    others = [n for n in packed.notes if not _unheld(claim.text, hard, [n], local)] if any(hard) else []
    said = {stem(w) for w in content_words(claim.text)}
    others.sort(key=lambda n: (-len(said & {stem(w) for w in tokens(n.text)}), -n.score))
    return others[:1]


def _hard_facts(text: str, question: str) -> tuple[list[str], list[str]]:
    """Numbers and names of a claim that the question did not bring itself."""
    asked = numbers_in(question)
    numbers = [n for n in numbers_in(text) if n not in asked]
    question_words = set(tokens(question))
    names = []
    for match in re.finditer(r"(?<=[\w,;:] )[A-ZÀ-Þ][\w'’-]+", text):
        word = match.group()
        if fold(word) not in STOP_WORDS and not set(tokens(word)) <= question_words:
            names.append(word)
    return numbers, names


def _unheld(claim: str, hard: tuple[list[str], list[str]], notes: Sequence[Note], local: dict[str, datetime]) -> bool:
    """Whether a claim says a number, a name or a currency that the notes do not hold."""
    numbers, names = hard
    text = "\n".join(
        " ".join((n.moment.text, n.text, n.moment.speaker or "", n.moment.place.name if n.moment.place else ""))
        for n in notes
    )
    dates = " ".join(local[n.moment.id].strftime("%A %a %-d %B %b %Y %-H:%M %H:%M") for n in notes)
    there = set(numbers_in(text)) | set(numbers_in(dates))
    if any(number not in there for number in numbers):
        return True
    if _currencies(claim) - _currencies(text):
        return True
    return any(not holds(name, text + "\n" + dates) for name in names)


def _currencies(text: str) -> set[str]:
    """The currencies a text names, each under one spelling."""
    return {_SAME_CURRENCY.get(word.lower().rstrip("s"), word.lower()) for word in _CURRENCY.findall(text)}


def numbers_in(text: str) -> list[str]:
    """Numbers of a text in one spelling: "1,250.00", "twenty five" and "25th" become "1250", "25", "25"."""
    found = [_plain(m.group()) for m in _NUMBER.finditer(text)]
    total, current, running, scaled = 0, 0, False, False
    for word in [*re.findall(r"[a-z]+", text.lower()), "."]:
        if word in _UNITS or word in _TENS:
            current += _UNITS.get(word, _TENS.get(word, 0))
            running, scaled = True, False
        elif word in _SCALES and running:
            scaled = True
            current = max(1, current) * _SCALES[word]
            if word == "thousand":
                total, current = total + current, 0
        elif not (word == "and" and scaled):
            if running:
                found.append(str(total + current))
            total, current, running, scaled = 0, 0, False, False
    return found


def _plain(number: str) -> str:
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", number):
        number = number.replace(",", "")
    number = number.replace(",", ".")
    return re.sub(r"\.0+$", "", number) if number.count(".") == 1 else number


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
