"""What a system tells of its desktop in its own units, and how that lies in the picture of all monitors.

Role: records, and the one place that turns a system's coordinates (points, magnified pixels) into pixels of the
picture. It asks nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.screen import Box, Monitor, Window, bounds


@dataclass(frozen=True, slots=True)
class ToldScreen:
    """One monitor.

    Attributes:
        box: Where it is, in the units in which the system tells where windows are.
        size_px: Width and height of its picture.
    """

    name: str
    box: Box
    size_px: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldDesktop:
    """All windows, the topmost first, in the system's units; and whether somebody is there."""

    windows: tuple[Window, ...]
    is_locked: bool = False
    idle_s: float = 0.0


class Layout:
    """Monitors as they lie in the picture: beside each other, whatever stands where on the desk."""

    def __init__(self, screens: Sequence[ToldScreen]) -> None:
        self._screens = tuple(screens)
        left, monitors = 0, []
        for screen in screens:
            width, height = screen.size_px
            monitors.append(Monitor(screen.name, Box(left, 0, left + width, height)))
            left += width
        self.monitors = tuple(monitors)

    def place(self, window: Window) -> Window:
        """A window as it lies in the picture; one over several monitors gets the box around its parts."""
        return replace(window, box=bounds(self._parts([window.box])), hides=tuple(self._parts(window.hides)))

    def _parts(self, boxes: Iterable[Box]) -> list[Box]:
        return [
            _move(part, screen.box, monitor.box)
            for box in boxes
            for screen, monitor in zip(self._screens, self.monitors, strict=True)
            if not (part := box.cut(screen.box)).is_empty
        ]


def _move(part: Box, told: Box, pixels: Box) -> Box:
    """From the system's units into pixels; a part of a pixel counts as a whole one."""
    across = (pixels.right - pixels.left) / (told.right - told.left)
    down = (pixels.bottom - pixels.top) / (told.bottom - told.top)
    return Box(
        pixels.left + int((part.left - told.left) * across),
        pixels.top + int((part.top - told.top) * down),
        pixels.left - int((told.left - part.right) * across // 1),
        pixels.top - int((told.top - part.bottom) * down // 1),
    )
