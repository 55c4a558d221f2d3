"""Two things asked for in one breath ("the name and the password"): what the answer left out is read off the page.

Role: text only, after the check. A small model names the first and stops; where the page that it cites has a row
labelled with the other ("Password: ..."), that row is told behind it, word for word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from memory.records import Kind, Moment
from recall.question import Question
from recall.results import Citation
from recall.words import stem, tokens

_PAIR = re.compile(
    r"\b(?:what|which|when|who)\b[^?]*?\b(?:the|my|our|its|his|her|their)\s+(?P<one>[\w-]+)\s+and\s+"
    r"(?:(?:the|my|our|its|his|her|their)\s+)?(?P<other>[\w-]+)\b",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"^\s*(?P<label>[^:\n]{2,40}?)\s*:\s*(?P<value>\S.*)$")
_N_LABEL_WORDS = 4


def add_other(text: str, question: Question, citations: Sequence[Citation], moments: Mapping[str, Moment]) -> str:
    """Add the rows of cited pages that tell what was asked for and is not told yet.

    Args:
        text: A checked answer, each sentence with its citations.
        question: As understood.
        citations: Of the text, by their numbers.
        moments: The cited moments by id.
    """
    asked = _PAIR.search(question.text)
    if asked is None:
        return text
    for noun in (asked["one"], asked["other"]):
        if stem(noun.lower()) in {stem(t) for t in tokens(text)}:
            continue
        row = next(((r, c.n) for c in citations if (r := _row(moments[c.moment], noun)) and r not in text), None)
        if row is not None:
            text = f"{text} {row[0].rstrip('. ')} [{row[1]}]."
    return text


def _row(moment: Moment, noun: str) -> str:
    """The row of a page whose label names a thing; empty where there is none, or more than one."""
    if moment.kind is Kind.UTTERANCE:
        return ""
    rows = []
    for line in moment.text.splitlines():
        labelled = _LABELLED.match(line)
        label = tokens(labelled["label"]) if labelled else []
        if len(label) <= _N_LABEL_WORDS and stem(noun.lower()) in {stem(t) for t in label}:
            rows.append(" ".join(line.split()))
    return rows[0] if len(rows) == 1 else ""
