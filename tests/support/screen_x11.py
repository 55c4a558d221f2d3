"""Real windows on a real X server, arranged by a test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.support.own_window import PROGRAM, OwnWindow
from tests.support.ui_xvfb import Display


@contextmanager
def open_window(
    display: Display, app: str, title: str, text: str, *, place: tuple[int, int, int, int]
) -> Iterator[OwnWindow]:
    """Open one; left, top, width, height in pixels. The last one opened gets the keyboard."""
    with display.run(PROGRAM, app, title, text, *place, takes_input=True) as process:
        window = OwnWindow(process)
        display.focus(title)
        yield window
