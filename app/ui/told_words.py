"""Sentences of the rooms below, in the language of the window.

Role: what the rooms below say is English, for the command line, for scripts and for the disk: a reason that was noted
with a failed file is read by this version and by others. Here such a sentence is known again by its template, the
template is translated by Qt's own tools, and the parts (names, numbers) are filled in as they were. A sentence that is
not known is shown as it stands. See docs/decisions/0014-words-from-below.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from app.ui.told_files import FILES
from app.ui.words import translate

KNOWN = tuple(map(str, FILES))
_STRICT, _LENIENT = "why", "reason"
_PART = re.compile(r"\{(\w+)\}")
_BETWEEN = re.compile(r"(?<=[.!?]) (?=[A-Z“])")


def told_words(told: str) -> str:
    """Say it in the language of the window; of several sentences those that are known."""
    if find_template(told) is not None:
        return _say(told)
    return " ".join(map(_say, _BETWEEN.split(told)))


@lru_cache(maxsize=512)
def find_template(told: str) -> tuple[str, Mapping[str, str]] | None:
    """Know a sentence again.

    Args:
        told: As the rooms below said it.

    Returns:
        Its template and the parts of it by their names; None where it is not known.
    """
    for template, pattern in _patterns():
        found = pattern.fullmatch(told)
        if found is not None and (_STRICT not in found.groupdict() or find_template(found[_STRICT]) is not None):
            return template, found.groupdict()
    return None


def _say(sentence: str) -> str:
    found = find_template(sentence)
    if found is None:
        return sentence
    template, parts = found
    words = translate("told", template)
    if words == template:  # the window speaks English
        return sentence
    return words.format(**{name: _say_part(name, part) for name, part in parts.items()})


def _say_part(name: str, part: str) -> str:
    return told_words(part) if name in (_STRICT, _LENIENT) else part


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Those with the most words of their own first: “is empty” before “{why}”."""
    by_words = sorted(KNOWN, key=lambda template: -len(_PART.sub("", template)))
    return tuple((template, _to_pattern(template)) for template in by_words)


def _to_pattern(template: str) -> re.Pattern[str]:
    pieces = _PART.split(template)  # words and names of parts take turns
    return re.compile(
        "".join(f"(?P<{piece}>.+?)" if at % 2 else re.escape(piece) for at, piece in enumerate(pieces)), re.DOTALL
    )
