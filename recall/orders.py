"""Orders to a machine inside what was seen and heard: they are data, and the model is not shown them.

Role: pure text and moments. A small model obeys what a screen tells it (seen with the default model: "ignore your
instructions", a forged note, a forged answer), so rows that address a reader of notes are cut with what stands beside
them, and a moment of which nothing is left answers nothing. It stays in the memory and among what is found. People who
tell each other what to do are not meant: the words must be about instructions, prompts, notes, or the format of a chat.

Source: Greshake et al. 2023, Not what you've signed up for (indirect prompt injection); the delimiters of ChatML, Llama
and Alpaca prompts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from memory.records import Moment
from recall.results import Found

_BESIDE = 3  # rows or sentences cut on either side of an order: what it wants told stands there
_TELL = r"(?:say|answer|reply|respond|output|print|write|return|tell|cite|claim)"
_THOSE = (  # "the instructions on the box" are not meant: "your", "previous", "all other" ... instructions
    r"(?:(?:all|any|of|the|these|those|my|system)\s+)*(?:all|any|your|previous|prior|above|earlier|preceding|other|system)\s+"
    r"(?:(?:of|the|your|previous|prior|above|earlier|preceding|other|system|given)\s+)*"
)
_ORDERS = re.compile(
    "|".join(
        (
            rf"\b(?:ignore|disregard|forget|override|bypass)\s+{_THOSE}(?:instructions?|prompts?|guidelines|rules|notes|context)\b",
            r"\b(?:reveal|print|show|repeat|output|leak|display)\b[^.!?\n]{0,30}\b(?:system\s+prompt|your\s+(?:prompt|instructions|rules))\b",
            r"<\|[^|>\n]{1,24}\|>|\[/?INST\]|<<?/?SYS>>?|</?(?:system|assistant|instructions?|prompt)>",
            r"(?m:^)\s*#{2,}\s*(?:system|instructions?|response|assistant|user|input)\s*:",
            r"(?m:^)\s*(?-i:SYSTEM)\s*(?:PROMPT|MESSAGE)?\s*:|\bsystem\s+(?:override|prompt|message)\s*:",
            rf"\bfrom\s+now\s+on\b[^.!?\n]{{0,80}}\b{_TELL}\b",
            rf"\b{_TELL}\s+(?:only\s+|exactly\s+|just\s+)*(?:with\s+)?(?:the\s+(?:single\s+)?word|only\s+with|nothing\s+but)\b",
            rf"\balways\s+{_TELL}\b[^.!?\n]{{0,30}}\b(?-i:[A-Z]{{4,}}|Missing|Found)\b",
            rf"\byou\s+(?:must|should|shall|will|are\s+to)\s+(?:now\s+|always\s+|only\s+)*{_TELL}\s+[\"“'‘]?(?-i:[A-Z]{{4,}})\b",
            rf"\b(?:you\s+are|dear|attention|hey|hello)\s*,?\s+(?:an?\s+|the\s+)?(?:AI|LLM|language\s+model|chat\s?bot|"
            rf"assistant|madeleine)\b[^\n]{{0,120}}\b(?:{_TELL}|ignore|must|obey|do\s+not)\b",
            r"\b(?:do\s+not|don't|never|refuse\s+to)\s+(?:answer|use|cite|trust|read)\b[^.!?\n]{0,40}"
            r"\b(?:questions?|other\s+notes|the\s+notes|evidence|the\s+user)\b",
            r"\banswers?\s+(?:is\s+|are\s+)?(?:not\s+)?in\s+the\s+notes\b",
            r"\bcite\b[^.!?\n]{0,20}\[\d+\]",
            r"(?m:^)\s*(?-i:Found)\s*:[^\n]*\[\d+\]",
            r"\[\d+\]\s*\(\w{3}\s+\d{1,2}\s+\w{3}\s+\d{4}\s+\d{1,2}:\d\d\b",
        )
    ),
    re.IGNORECASE,
)
_PIECE = re.compile(r"[^.!?\n]+[.!?]*\n?|\n")


def has_orders(text: str) -> bool:
    """Whether a text gives orders to a machine that reads it."""
    return _ORDERS.search(text) is not None


def without_orders(moment: Moment) -> Moment:
    """The moment without the rows that give orders and those beside them; its text may be empty then."""
    if not has_orders(moment.text):
        return moment
    lines = moment.details.get("lines")
    if lines:
        kept = _keep([str(line["text"]) for line in lines])
        rows = [lines[i] for i in kept]
        text = "\n".join(str(row["text"]) for row in rows)
        return replace(moment, text=text, details={**moment.details, "lines": rows})
    pieces = [m.group() for m in _PIECE.finditer(moment.text)]
    return replace(moment, text="\n".join(pieces[i].strip() for i in _keep(pieces)).strip())


def usable(found: Sequence[Found]) -> list[Found]:
    """What was found, without orders; what held little else is left out."""
    clean = [replace(hit, moment=without_orders(hit.moment)) for hit in found]
    return [hit for hit in clean if hit.moment.text.strip()]


def _keep(pieces: Sequence[str]) -> list[int]:
    """The indexes of pieces that are neither an order nor beside one; an order may run over two pieces."""
    ordering = {i for i, piece in enumerate(pieces) if has_orders(piece)}
    for i in range(len(pieces) - 1):
        if not ordering & {i, i + 1} and has_orders(f"{pieces[i]} {pieces[i + 1]}"):
            ordering |= {i, i + 1}
    return [i for i in range(len(pieces)) if all(abs(i - order) > _BESIDE for order in ordering)]
