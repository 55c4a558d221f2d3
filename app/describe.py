"""A picture in words, for people who do not see it: kind, place, guesses of what it shows, colours, layout, its text.

Role: a pure function over a moment's record. It says what is known, and says of a guess that it is one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from memory.records import Kind, Moment

_KINDS = {Kind.PHOTO: "Photo", Kind.SCREENSHOT: "Screenshot", Kind.SCENE: "Video scene"}
_MOST_CHARS = 300
_SURE = 0.7  # share from which a guess is called likely


def describe(moment: Moment) -> str:
    """Describe the picture of a moment in a few sentences; empty for what is no picture."""
    if moment.kind not in _KINDS:
        return ""
    details = moment.details
    parts = [
        _what(moment),
        _guesses(details.get("tags") or ()),
        _colours(details.get("colours") or ()) if moment.kind is not Kind.SCREENSHOT else "",
        _words(moment.text, details.get("lines") or (), details.get("size_px")),
    ]
    return " ".join(part for part in parts if part)


def _what(moment: Moment) -> str:
    words = _KINDS[moment.kind]
    size = moment.details.get("size_px")
    if moment.kind is Kind.PHOTO and size:
        words = f"{'Upright' if size[1] > size[0] else 'Square' if size[1] == size[0] else 'Wide'} photo"
    if moment.app:
        words += f" of {moment.app}"
    if moment.window:
        words += f", window “{moment.window}”"
    if moment.place is not None:
        words += f", taken in {moment.place.name}"
    return f"{words}."


def _guesses(tags: Sequence[Sequence[Any]]) -> str:
    likely = [str(word) for word, share in tags if share >= _SURE]
    maybe = [str(word) for word, share in tags if share < _SURE]
    told = [f"Probably shows: {', '.join(likely)}." if likely else "", f"Perhaps: {', '.join(maybe)}." if maybe else ""]
    return " ".join(part for part in told if part)


def _colours(colours: Sequence[Sequence[Any]]) -> str:
    names = [str(name) for name, _share in colours]
    return f"Mostly {' and '.join(names)}." if names else ""


def _words(text: str, lines: Sequence[Any], size: Sequence[int] | None) -> str:
    """The text in it: how many lines, where they stand, and how they begin."""
    words = " ".join(text.split())
    if not words:
        return ""
    shown = words if len(words) <= _MOST_CHARS else words[:_MOST_CHARS].rsplit(" ", 1)[0] + " …"
    count = f"{len(lines)} lines of text" if len(lines) > 1 else "Text"
    return f"{count}{_where(lines, size)}: {shown}"


def _where(lines: Sequence[Any], size: Sequence[int] | None) -> str:
    """Which third of the height all lines stand in; empty where they are spread."""
    if not lines or not size or not size[1]:
        return ""
    thirds = {min(2, int(3 * sum(y for _x, y in line["box"]) / len(line["box"]) / size[1])) for line in lines}
    return (" at the top", " in the middle", " at the bottom")[thirds.pop()] if len(thirds) == 1 else ""
