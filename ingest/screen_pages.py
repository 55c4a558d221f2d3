"""A picture of the screen as a page: the address it shows.

Role: geometry and text of lines in, facts of the page out. No pixels.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from models.protocols import TextLine

# A host with a known ending or a scheme before it, as an address bar shows it. Recognizers read "https:/" and spaces
# around dots at times; these are put right.
_ADDRESS = re.compile(
    r"(?:https?:?/{1,2}|www\.)?[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*"
    r"\.[a-z]{2,18}(?::\d{2,5})?(?:[/?#][^\s]*)?",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"^https?:?/{1,2}", re.IGNORECASE)
_FILE_ENDINGS = frozenset("py txt md pdf png jpg jpeg webp doc docx xls xlsx csv json toml html sh js css cpp".split())
_BAR_SHARE = 0.25  # an address bar lies in the uppermost quarter of its window
_BAR_LINES = 12


def find_address(lines: Sequence[TextLine], window_px: Sequence[int] | None) -> str | None:
    """The address in the bar of a browser, or None.

    Args:
        lines: What was read, boxes in pixels of the picture.
        window_px: Where the window is in the picture: left, top, right, bottom; all of it where that is not known.
    """
    if not lines:
        return None
    bottom = max(y for line in lines for _x, y in line.box_px)
    left, top, right, low = (0, 0, float("inf"), bottom) if window_px is None else window_px
    limit = top + _BAR_SHARE * (low - top)
    inside = [line for line in lines if _is_inside(line, left, top, right, limit)]
    inside.sort(key=lambda line: line.box_px[0][1])
    for line in inside[:_BAR_LINES]:
        found = _read_address(line.text)
        if found:
            return found
    return None


def _is_inside(line: TextLine, left: float, top: float, right: float, bottom: float) -> bool:
    x, y = (sum(point[axis] for point in line.box_px) / 4 for axis in (0, 1))
    return left <= x <= right and top <= y <= bottom


def _read_address(text: str) -> str | None:
    """A line that is nothing but an address, with what icons before it were read as."""
    words = text.split()
    for word in words if len(words) <= 3 else ():
        match = _ADDRESS.fullmatch(word)
        if match is None or "@" in word:
            continue
        host = _SCHEME.sub("", word).partition("/")[0].partition(":")[0]
        has_scheme, ending = host != word and bool(_SCHEME.match(word)), host.rpartition(".")[2].lower()
        if has_scheme or word.lower().startswith("www.") or (ending not in _FILE_ENDINGS and ending.isalpha()):
            return _SCHEME.sub("https://" if word.lower().startswith("https") else "http://", word)
    return None
