"""What a system tells of its desktop in its own units, and how that lies in the picture of all monitors.

Role: records, and the one place that turns a system's coordinates (points, magnified pixels) into pixels of the
picture, and the pictures of monitors into one. It asks nobody.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ingest.screen import Box, Monitor, Window, bounds
from models.protocols import ImageArray


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


def join_pictures(pictures: Sequence[ImageArray]) -> ImageArray:
    """Pictures of monitors beside each other: uint8 (height of the highest, all widths, 3), RGB."""
    if len(pictures) == 1:
        return pictures[0]
    height = max((picture.shape[0] for picture in pictures), default=0)
    joined = np.zeros((height, sum(picture.shape[1] for picture in pictures), 3), np.uint8)
    left = 0
    for picture in pictures:
        rows, columns = picture.shape[:2]
        joined[:rows, left : left + columns] = picture
        left += columns
    return joined


def is_ours(process: int, app: str) -> bool:
    """Whether a window is one of Madeleine's, as a child of hers sees it: by its process and its program's name."""
    return process in (os.getpid(), os.getppid()) or app.casefold() == "madeleine"
