"""The screen of macOS and Windows: pictures through Qt, windows by the system, both asked of a process of our own.

Role: a ``Screen`` over ``app/ui/screen_agent.py``. It imports no Qt, so that the command line can use it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np

from ingest import child
from ingest.desktop_told import Layout, ToldScreen
from ingest.screen import Box, NoScreen, View, Window
from models.protocols import ImageArray

_ANSWER_S = 10.0
_LOOK_EVERY_S = 0.5  # nobody tells that something changed, so it is looked at


class QtScreen:
    """All monitors.

    Args:
        on_close: Called when it is closed.

    Raises:
        NoScreen: there is none, or it may not be looked at.
    """

    def __init__(self, *, on_close: Callable[[], None] = lambda: None) -> None:
        self._on_close = on_close
        self._child = child.start("app.ui.screen_agent", takes_requests=True)
        self._layout = Layout(())
        self._seen: View | None = None
        self._looked_s = float("-inf")
        try:
            self.look()
        except BaseException:
            self.close()
            raise

    def has_news(self) -> bool:
        """Whether windows changed since the last ``look``; asked twice a second."""
        if time.monotonic() - self._looked_s < _LOOK_EVERY_S:
            return False
        before = self._seen
        try:
            after = self.look()
        except NoScreen:
            return True  # the next ``look`` says what is wrong
        return before is None or (before.windows, before.monitors) != (after.windows, after.monitors)

    def has_paint(self) -> bool:
        """That is not told."""
        return True

    def look(self) -> View:
        """What is where.

        Raises:
            NoScreen: the system does not tell it any more.
        """
        head, _body = self._ask("look")
        self._layout = Layout([ToldScreen(s["name"], Box(*s["box"]), tuple(s["size_px"])) for s in head["screens"]])
        windows = (self._layout.place(_read_window(told)) for told in head["windows"])
        self._looked_s = time.monotonic()
        self._seen = View(
            monitors=self._layout.monitors,
            windows=tuple(window for window in windows if not window.box.is_empty),
            is_locked=bool(head["is_locked"]),
            idle_s=float(head["idle_s"]),
        )
        return self._seen

    def grab(self) -> ImageArray:
        """All monitors beside each other: uint8 (height of the highest, all widths, 3), RGB.

        Raises:
            NoScreen: there is no picture, or the monitors are not those that were looked at.
        """
        head, body = self._ask("grab")
        height, width = head["shape"][:2]
        boxes = [monitor.box for monitor in self._layout.monitors]
        if (width, height) != (max(box.right for box in boxes), max(box.bottom for box in boxes)):
            raise NoScreen("The monitors are not what they were.")
        return np.frombuffer(body, np.uint8).reshape(height, width, 3)

    def close(self) -> None:
        """End the child."""
        self._on_close()
        child.end(self._child)

    def _ask(self, what: str) -> tuple[dict[str, Any], bytes]:
        """One question; a child that does not answer in time is ended."""
        assert self._child.stdin is not None
        try:
            self._child.stdin.write(what.encode() + b"\n")
            self._child.stdin.flush()
            head, body = child.read_message(self._child, _ANSWER_S)
        except (OSError, EOFError, ValueError) as error:
            raise NoScreen("The screen cannot be read.", hint="Start Madeleine inside your desktop.") from error
        if "error" in head:
            raise NoScreen(str(head["error"]), hint=str(head["hint"]))
        return head, body


def _read_window(told: dict[str, Any]) -> Window:
    box, hides = Box(**told["box"]), tuple(Box(**part) for part in told["hides"])
    return Window(**{**told, "box": box, "hides": hides})
