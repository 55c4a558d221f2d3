"""Questions whose answer lies in several moments, as "What has Melanie painted?" and "Which events did we plan?".

Role: rules over the question's words, and how the parts that were found are put together. A small model names the first
part it reads and stops; so each note is read on its own (``recall.reader``), and what each adds is told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from recall.results import Citation
from recall.words import content_words, stem, tokens

_PLURAL = re.compile(
    r"\b(?:what|which)\s+(?:(?:are|were|kinds?|types?|sorts?|of|other|all|some|the|two|three|different|new)\s+)*"
    r"(?:[a-z-]+\s+){0,2}?(?P<noun>[a-z]{3,}(?:s|people|children))\b(?:\s|\?)",
    re.IGNORECASE,
)
_NO_PLURAL = re.compile(r"(?:ss|us|is)$|^(?:has|does|was|its|yes|always|across|news)$", re.IGNORECASE)
_SO_FAR = re.compile(
    r"\b(?:what|which|where|who|whom)\b[^?]*\b(?:has|have|had)\s+(?:\w+\s+){1,4}?(?:\w+ed|been|done|made|taken|gone|seen"
    r"|read|written|met|bought|given|got|gotten|won|had|found|told)\b",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"^(?:list|name)\b|\ball (?:the|of the)\b|\b(?:what|who) are\b|\bwhich of\b|\bwhat else\b", re.IGNORECASE
)
_N_PARTS = 5
_NEW_AT_LEAST = 0.5  # of a part's words, beside the question's, that no part before it said


@dataclass(frozen=True, slots=True)
class Part:
    """What one moment gives: a sentence without its number, and its citation."""

    text: str
    citation: Citation


def asks_for_several(text: str) -> bool:
    """Whether a question asks for more than one thing, or for all that happened so far."""
    if _LIST.search(text) or _SO_FAR.search(text):
        return True
    found = _PLURAL.search(text)
    return found is not None and not _NO_PLURAL.search(found["noun"])


def put_together(question: str, parts: Sequence[Part]) -> tuple[str, tuple[Citation, ...]]:
    """Join the parts that each say something new, beside the question's own words too, numbered anew.

    Returns:
        "She painted a lake [1]. She painted a horse [2].", and the citations; ("", ()) without parts.
    """
    asked = {stem(t) for t in content_words(question)}
    said: set[str] = set()
    kept: list[Part] = []
    for part in parts:
        own = {stem(t) for t in content_words(part.text)} - asked
        if len(kept) < _N_PARTS and own and len(own - said) >= _NEW_AT_LEAST * len(own):
            kept.append(part)
            said |= {stem(t) for t in tokens(part.text)}
    text = " ".join(f"{part.text} [{n}]." for n, part in enumerate(kept, 1))
    return text, tuple(Citation(n, p.citation.moment, p.citation.quote) for n, p in enumerate(kept, 1))
