"""What a model is asked of one event, and what of its reply stands: words in, words out.

Role: chooses the moments that are shown, builds the prompt and the grammar, reads the reply. No model, no database. A
reply can be written of the words of the notes only, a summary is the notes it points at; what is written is checked
all the same (``Lent.is_borne``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from memory.records import Kind, Moment
from models.protocols import Message

RULES = 2  # count up when prompt or checks change: every event is then read anew
MOST_SHOWN = 8
PREFILL = "Title:"
_LETTERS = 160  # of a note
_LEAST_WORDS = 4  # shorter ones ("Oh, really?") say nothing by themselves
_MOST_WORDS = 6  # of a title
_QUOTED_LETTERS = 140  # of a note in a summary
PICTURES = frozenset((Kind.PHOTO, Kind.SCENE))
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_BETWEEN = ("of", "the", "in", "at", "for", "with", "on", "to", "a")
_PARTS = re.compile(r"\s*,\s*|\s+and\s+")
_REPLY = re.compile(r"^\s*(?P<title>[^\n]*)\nSummary: (?P<summary>[^\n]+)")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n")
_SYSTEM = (
    "You name one event of a person's memory from notes. Write a title that says what it was about, in one to five "
    "words that stand in the notes; the first notes often say it. Copy the name of a place or a heading whole. "
    "Then copy the sentence that says most about it. Leave out small talk."
)
_EXAMPLES = (
    (
        "- Paul said: So, about the summer fair.\n"
        "- Ines said: My phone is nearly empty.\n"
        "- Paul said: The tent for forty people is booked from Friday on.\n"
        "- Ines said: The band wants to be paid in cash.",
        "Title: Summer fair\nSummary: The tent for forty people is booked from Friday on.",
    ),
    (
        "- Photo: HOTEL ASTOR / Booking 8841-K / 2 nights / Total 214.00\n- Photo: Breakfast 7 to 10",
        "Title: Hotel Astor\nSummary: Total 214.00",
    ),
    (
        "- Screen (Mail, Inbox): Inbox / The inspector comes on Tuesday\n"
        "- Screen (Writer, boiler_inspection.odt): boiler inspection / Who lets him in?\n"
        "- Screen (Chat, Ines): Ines / Did you feed the cat?",
        "Title: Boiler inspection\nSummary: The inspector comes on Tuesday",
    ),
)


@dataclass(frozen=True, slots=True)
class Lent:
    """What recall can judge and is lent for it.

    Attributes:
        is_order: Whether a moment tells its reader what to write.
        is_borne: Whether a moment holds all of some words.
    """

    is_order: Callable[[Moment], bool]
    is_borne: Callable[[str, Moment], bool]


@dataclass(frozen=True, slots=True)
class Shown:
    """What a model is shown of an event.

    Attributes:
        moments: In order of time.
        central: Ids of those nearest in meaning to the event as a whole: a summary is one of their sentences.
    """

    moments: tuple[Moment, ...]
    central: frozenset[str]

    @property
    def words(self) -> list[str]:
        """All words that a title can be made of."""
        told = (part for m in self.moments for part in (_one_line(m.text, _LETTERS), m.window or ""))
        return list(dict.fromkeys(form for part in told for word in _WORD.findall(part) for form in _forms(word)))

    @property
    def is_enough(self) -> bool:
        """Whether there is anything to name it by.

        Of what was photographed and not talked of a sign or the head of a receipt tells more: the rules' title.
        """
        kinds = {m.kind for m in self.moments}
        is_told = Kind.UTTERANCE in kinds or not kinds & PICTURES
        return is_told and bool(self.words and self.sentences())

    def less(self) -> Shown:
        """The same without one that says least."""
        gone = next((m for m in reversed(self.moments) if m.id not in self.central), self.moments[-1])
        return Shown(tuple(m for m in self.moments if m is not gone), self.central)

    def sentences(self) -> list[tuple[str, Moment]]:
        """All sentences that can be a summary."""
        return [(sentence, m) for m in self.moments if m.id in self.central for sentence in _sentences(m)]


@dataclass(frozen=True, slots=True)
class Wording:
    """What stands of a reply; empty where nothing does."""

    title: str
    summary: str


def choose(moments: Sequence[Moment], vectors: Mapping[str, NDArray[np.float32]], lent: Lent) -> Shown:
    """What a model is shown of an event.

    The first words and the first and last picture, for a beginning says what it is about, a sign where one is and a
    receipt what it was; then those nearest in meaning to all.

    Args:
        moments: Of one event, in order of time.
        vectors: Unit vectors (parts, dims) of their own words, as far as there are any.
        lent: Moments that give orders are left out.
    """
    told = [m for m in moments if len(m.text.split()) >= _LEAST_WORDS and not lent.is_order(m)]
    told = list({_key(m): m for m in reversed(told)}.values())[::-1]  # the same again is told once
    seen = [m for m in told if m.kind in PICTURES]
    said = [m for m in told if m.kind not in PICTURES]
    rows = {m.id: vectors[m.id][0] for m in told if m.id in vectors}
    centre = np.sum(list(rows.values()), axis=0) if rows else None
    near = {m.id: float(rows[m.id] @ centre) if centre is not None and m.id in rows else -1.0 for m in told}
    best = sorted(told, key=lambda m: -near[m.id])
    ids = list(dict.fromkeys(m.id for m in (*said[:1], *seen[:1], *seen[-1:], *best)))[:MOST_SHOWN]
    shown = [m for m in told if m.id in ids]
    central = sorted(shown, key=lambda m: -near[m.id])[: max(2, len(shown) // 2)]
    return Shown(tuple(shown), frozenset(m.id for m in central))


def build_beginning() -> list[Message]:
    """The messages that all prompts begin with: no word of the user's."""
    messages = [Message("system", _SYSTEM)]
    for notes, reply in _EXAMPLES:
        messages += [Message("user", notes), Message("assistant", reply)]
    return messages


def build_notes(shown: Shown) -> str:
    """The moments, one a line."""
    return "\n".join(f"- {_line(moment)}" for moment in shown.moments)


def build_grammar(shown: Shown) -> str:
    """GBNF of a reply: a title of words of the notes, and a sentence as it stands in one of them.

    Source: llama.cpp grammars/README.md (GBNF).
    """
    between = " | ".join(f'" {word}"' for word in _BETWEEN)
    more = "()"
    for _ in range(_MOST_WORDS - 1):
        more = f'((", " | " and " | ({between})? " ") word {more})?'
    sentences = " | ".join(map(_quote, dict.fromkeys(sentence for sentence, _moment in shown.sentences())))
    return (
        f'root ::= " " word {more} "\\nSummary: " sentence\n'
        f"word ::= {' | '.join(map(_quote, shown.words))}\n"
        f"sentence ::= {sentences}\n"
    )


def read_reply(reply: str, shown: Shown, lent: Lent) -> Wording:
    """What of a reply stands: parts of the title that one moment holds, and the notes it points at."""
    match = _REPLY.match(reply)
    if match is None:
        return Wording("", "")
    parts = [part.strip() for part in _PARTS.split(match["title"]) if part.strip()]
    kept = [part for part in dict.fromkeys(parts) if any(lent.is_borne(part, m) for m in shown.moments)]
    by = next((moment for sentence, moment in shown.sentences() if sentence == match["summary"]), None)
    return Wording(_join(kept), "" if by is None else _quoted(match["summary"], by))


def _join(parts: Sequence[str]) -> str:
    title = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""
    return title[:1].upper() + title[1:]


def _line(moment: Moment) -> str:
    text = _one_line(moment.text, _LETTERS)
    if moment.kind is Kind.UTTERANCE:
        return f"{moment.speaker or 'Someone'} said: {text}"
    if moment.kind is Kind.SCREENSHOT:
        where = ", ".join(part for part in (moment.app, moment.window) if part)
        return f"Screen ({where[:_LETTERS]}): {text}" if where else f"Screen: {text}"
    return f"{'Note' if moment.kind is Kind.NOTE else 'Photo'}: {text}"


def _sentences(moment: Moment) -> list[str]:
    """What of a moment can be its event's summary: sentences of speech and notes, rows of pictures and screens."""
    told = (" ".join(sentence.split()) for sentence in _SENTENCE.split(moment.text))
    return [s for s in told if len(s.split()) >= _LEAST_WORDS and len(s) <= _QUOTED_LETTERS]


def _quoted(sentence: str, moment: Moment) -> str:
    by = f"{moment.speaker}: " if moment.kind is Kind.UTTERANCE and moment.speaker else ""
    return f"{by}“{sentence}”"


def _one_line(text: str, most: int) -> str:
    words = " / ".join(" ".join(line.split()) for line in text.splitlines() if line.strip())
    return words if len(words) <= most else words[: most - 1].rsplit(" ", 1)[0] + "…"


def _key(moment: Moment) -> str:
    return " ".join(_WORD.findall(moment.text.casefold()))


def _forms(word: str) -> tuple[str, ...]:
    """As it stands, small, and with a capital: "BELLA", "bella", "Bella"."""
    return word, word.lower(), word[:1].upper() + word[1:].lower()


def _quote(word: str) -> str:
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'
