"""The trail of a page as steps to show: what each is called, when it was, and which one is looked at.

Role: prepares what the film strip shows. A plain function: no widgets, no engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from app.ui.words import source_words, to_local
from memory.records import Kind, Moment
from recall.trails import iter_steps

_LETTERS = 4  # a heading has so many; signs and icons are large too


@dataclass(frozen=True, slots=True)
class Step:
    """One step: pages of one window that followed each other.

    Attributes:
        moment: The page that is opened: the one looked at where it is of this step, else the last.
        title: Of its window, else its address, else the largest words on it.
        at: When it began, as on a clock.
        is_here: Whether it holds the page that is looked at.
    """

    moment: Moment
    title: str
    at: str
    is_here: bool

    def spoken(self, n: int, n_all: int) -> str:
        """The step in words, for who does not see it."""
        here = ", the one on show" if self.is_here else ""
        return f"Step {n} of {n_all}{here}: {self.title}, {self.at}"


def build_steps(pages: Sequence[Moment], here: Moment) -> list[Step]:
    """The steps of a trail, or the versions of a picture.

    Args:
        pages: In order of time.
        here: The page or picture that is looked at.
    """
    steps = []
    for group in iter_steps(pages):
        shown = next((page for page in group if page.id == here.id), None)
        page = shown or group[-1]
        named = page.window or page.details.get("address") or _file_name(page)
        title = named or _find_heading(page) or source_words(page)
        at = f"{to_local(group[0].started_us, group[0].zone):%H:%M:%S}"
        steps.append(Step(page, str(title), at, shown is not None))
    return steps


def _file_name(page: Moment) -> str:
    """What a picture that is no page was called where it lay: versions are told apart by it."""
    return "" if page.kind is Kind.SCREENSHOT else PurePath(str(page.details.get("path", ""))).name


def _find_heading(page: Moment) -> str:
    """The line in the largest letters; the first line where no boxes are known."""
    lines = [line for line in page.details.get("lines") or () if sum(c.isalpha() for c in line["text"]) >= _LETTERS]
    if not lines:
        return next((line.strip() for line in page.text.splitlines() if line.strip()), "")
    return str(max(lines, key=lambda line: line["box"][2][1] - line["box"][0][1])["text"])
