"""What screen capture needs of a screen: records and a protocol. No display library here.

Role: the seam between the recorder of screens and whoever shows it one (X11, or a drawn screen in a test).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from models.protocols import ImageArray


class NoScreen(Exception):
    """No screen can be looked at.

    Attributes:
        hint: What the user can do, one sentence; may be empty.
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class ScreenRefused(NoScreen):
    """The screen may not be looked at, because the user does not want it: it is not tried again by itself."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels of the whole desktop; ``right`` and ``bottom`` are the first pixels outside."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def is_empty(self) -> bool:
        """Whether it has no pixel."""
        return self.right <= self.left or self.bottom <= self.top

    @property
    def size(self) -> int:
        """Its pixels."""
        return 0 if self.is_empty else (self.right - self.left) * (self.bottom - self.top)

    def cut(self, other: Box) -> Box:
        """What both have; may be empty."""
        return Box(
            max(self.left, other.left),
            max(self.top, other.top),
            min(self.right, other.right),
            min(self.bottom, other.bottom),
        )

    def move(self, across: int, down: int) -> Box:
        """The same rectangle somewhere else."""
        return Box(self.left + across, self.top + down, self.right + across, self.bottom + down)

    def without(self, other: Box) -> list[Box]:
        """What is left of it beside another: up to four rectangles."""
        shared = self.cut(other)
        if shared.is_empty:
            return [self]
        parts = [
            Box(self.left, self.top, self.right, shared.top),
            Box(self.left, shared.bottom, self.right, self.bottom),
            Box(self.left, shared.top, shared.left, shared.bottom),
            Box(shared.right, shared.top, self.right, shared.bottom),
        ]
        return [part for part in parts if not part.is_empty]


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """One window on the desktop.

    Attributes:
        app: The application's own name for its class, "firefox".
        title: What its title bar says.
        box: Where it is, its frame included.
        hides: What of it certainly hides what lies below; empty where it may be seen through.
        is_active: Whether it has the keyboard.
        is_own: Whether it is one of Madeleine's.
        is_placed: Whether it is where its box is; else it may be anywhere in there, seen or not.
    """

    id: int
    app: str
    title: str
    box: Box
    hides: tuple[Box, ...] = ()
    is_active: bool = False
    is_own: bool = False
    is_placed: bool = True


@dataclass(frozen=True, slots=True)
class Monitor:
    """One monitor; ``name`` is the connector's ("DP-1")."""

    name: str
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What is where on the desktop at one moment.

    Attributes:
        windows: Those that are mapped, the topmost first.
        is_locked: Whether the session is locked or a screen saver runs.
        idle_s: Seconds since the last key or pointer movement.
        veto: Why nothing at all may be kept now, where what tells the windows cannot tell enough; else empty.
        is_partial: Whether there are monitors beside these, on which a window may be just as well.
        n_changes: Where changes are told and counted: two looks with another number had something between them.
    """

    monitors: tuple[Monitor, ...]
    windows: tuple[Window, ...]
    is_locked: bool = False
    idle_s: float = 0.0
    veto: str = ""
    is_partial: bool = False
    n_changes: int = 0

    @property
    def active(self) -> Window | None:
        """The window with the keyboard."""
        return next((window for window in self.windows if window.is_active), None)

    def main_window(self, box: Box) -> Window | None:
        """The window that a monitor is about: the active one where it is seen there, else the largest to be seen.

        None as well where several monitors are, and nobody tells which of them a window is on.
        """
        is_only = len(self.monitors) == 1 and not self.is_partial
        known = [window for window in self.windows if window.is_placed or is_only]
        seen = {window.id: self.seen_px(window, box) for window in known}
        active = self.active
        if active is not None and seen.get(active.id):
            return active
        largest = max(known, key=lambda window: seen[window.id], default=None)
        return largest if largest is not None and seen[largest.id] else None

    def seen(self, window: Window, box: Box) -> list[Box]:
        """The parts of a window that can be seen inside a box."""
        parts = [window.box.cut(box)]
        for above in self.windows:
            if above.id == window.id:
                break
            for hidden in above.hides:
                parts = [left for part in parts for left in part.without(hidden)]
        return [part for part in parts if not part.is_empty]

    def seen_px(self, window: Window, box: Box) -> int:
        """How many pixels of a window can be seen inside a box."""
        return sum(part.size for part in self.seen(window, box))


class Screen(Protocol):
    """All monitors of a session."""

    def has_news(self) -> bool:
        """Whether windows, titles or the keyboard's place may have changed since the last ``look``; costs little."""
        ...

    def has_paint(self) -> bool:
        """Whether something was painted since the last ``grab``; True where that cannot be known. Costs little."""
        ...

    def look(self) -> View:
        """Read what is where.

        Raises:
            NoScreen: the display is gone.
        """
        ...

    def grab(self) -> ImageArray:
        """The picture of the whole desktop: uint8 (height, width, 3), RGB.

        Raises:
            NoScreen: it cannot be had.
        """
        ...

    def close(self) -> None:
        """Let go of the display."""
        ...


def bounds(boxes: Iterable[Box]) -> Box:
    """The smallest rectangle around some; empty for none."""
    found = list(boxes)
    if not found:
        return Box(0, 0, 0, 0)
    return Box(
        min(box.left for box in found),
        min(box.top for box in found),
        max(box.right for box in found),
        max(box.bottom for box in found),
    )
