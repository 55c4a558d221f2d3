"""The Wayland desktop: pictures through the desktop's portal, windows by what tells them, joined in the safe direction.

Role: one ``Screen`` of two independent parts. What the picture is of, no one tells; so a picture is only handed out
when no window has come, gone or been renamed for long enough that it cannot show anything older than that, and a
window whose place is not known counts as being everywhere.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from ingest.pipewire_frames import LATEST_S, Frame, PipeWireFrames
from ingest.screen import Box, Monitor, NoScreen, ScreenRefused, View, Window, bounds
from ingest.screencast import ScreenCast
from ingest.wayland_windows import OpenWindow, ToplevelList, WindowList
from models.protocols import ImageArray

OWN_NAMES = ("madeleine", "org.madeleine.madeleine")
NO_FRONT = "no window had the keyboard, as on a locked screen"
NO_PICTURE = "the desktop has not given a picture yet"
STOPPED = "The desktop has ended the watching of the screen."
# What a compositor has painted reaches us this late: its own limit, and twice a frame at 10 Hz for what lies between.
SURE_S = LATEST_S + 0.2
_MOST_WAIT_S = 4.0
_LOOK_S = 0.05


@dataclass(frozen=True, slots=True)
class _Watched:
    """One monitor: where its picture lies in the picture of all, and who gives it."""

    monitor: Monitor
    frames: PipeWireFrames


class WaylandScreen:
    """All monitors that the user has granted.

    Args:
        cast: The desktop's leave; it is ended with this.
        windows: Who tells the windows; ended with this as well.
        outputs: Whether the monitors are still what they were; ended with this too, where it is another.
        is_locked: Whether the session is locked.
        on_close: Called when it is closed.

    Raises:
        NoScreen: no picture can be had.
    """

    def __init__(
        self,
        cast: ScreenCast,
        windows: WindowList,
        *,
        outputs: ToplevelList,
        is_locked: Callable[[], bool] = lambda: False,
        on_close: Callable[[], None] = lambda: None,
    ) -> None:
        self._cast, self._windows, self._outputs = cast, windows, outputs
        self._is_locked = is_locked
        self._closings = contextlib.ExitStack()
        self._closings.callback(on_close)
        self._closings.callback(cast.close)
        self._closings.callback(outputs.close)
        self._closings.callback(windows.close)
        self._watched: list[_Watched] = []
        self._seen_changes = self._seen_painted = -1
        self._changed_s = time.monotonic()
        self._n_changes = windows.n_changes
        self._n_outputs = outputs.n_outputs
        try:
            self._open()
        except BaseException:
            self.close()
            raise

    def _open(self) -> None:
        left = 0
        for number, stream in enumerate(self._cast.streams, 1):
            frames = PipeWireFrames(self._cast.open_remote(), stream.node)
            self._closings.callback(frames.close)
            width, height = frames.size
            monitor = Monitor(str(number), Box(left, 0, left + width, height))
            self._watched.append(_Watched(monitor, frames))
            left += width

    def has_news(self) -> bool:
        """Whether the windows may have changed since the last ``look``."""
        try:
            self._hear()
        except NoScreen:
            return True  # ``look`` says what is wrong
        return self._n_changes != self._seen_changes

    def has_paint(self) -> bool:
        """Whether something was painted since the last ``grab``."""
        return self._count_painted() != self._seen_painted

    def look(self) -> View:
        """Which windows there are.

        Raises:
            NoScreen: the desktop, PipeWire or a monitor is gone.
            ScreenRefused: the user has ended it.
        """
        if self._cast.is_closed():
            raise ScreenRefused(STOPPED)
        opened = self._windows.list_windows()
        self._hear()
        self._seen_changes = self._n_changes
        everywhere = bounds(watched.monitor.box for watched in self._watched)
        windows = tuple(_place(one, everywhere) for one in opened if not one.is_minimized)
        return View(
            monitors=tuple(watched.monitor for watched in self._watched),
            windows=windows,
            is_locked=self._is_locked(),
            veto=self._find_veto(windows),
            n_changes=self._n_changes,
        )

    def _find_veto(self, windows: Sequence[Window]) -> str:
        """Why nothing at all may be kept now; empty where something may."""
        if not any(window.is_active for window in windows):
            return NO_FRONT
        if any(watched.frames.find_newest() is None for watched in self._watched):
            return NO_PICTURE
        return ""

    def grab(self) -> ImageArray:
        """The newest pictures, beside each other, once they surely show no window that is not open any more.

        That is about a second after a change. Where something changes meanwhile nothing is waited for: the next
        ``look`` tells it, and such a picture is dropped.

        Raises:
            NoScreen: there is none.
        """
        until_s = time.monotonic() + _MOST_WAIT_S
        while True:
            self._hear()
            self._seen_painted = self._count_painted()
            frames = [frame for watched in self._watched if (frame := watched.frames.find_newest()) is not None]
            is_sure = all(frame.since_s >= self._changed_s + SURE_S for frame in frames)
            if len(frames) == len(self._watched) and (is_sure or self._n_changes != self._seen_changes):
                return _join(frames)
            if time.monotonic() > until_s:
                raise NoScreen("The desktop gives no picture of what it shows now.")
            time.sleep(_LOOK_S)

    def close(self) -> None:
        """End it all."""
        self._closings.close()

    def _hear(self) -> None:
        """Take in what was told of windows and monitors.

        Raises:
            NoScreen: a monitor came, went or changed, or nobody tells any more.
        """
        self._windows.take_in()
        self._outputs.take_in()
        if self._outputs.n_outputs != self._n_outputs:
            raise NoScreen("The monitors are not what they were.")
        if self._windows.n_changes != self._n_changes:
            self._n_changes = self._windows.n_changes
            self._changed_s = time.monotonic()

    def _count_painted(self) -> int:
        return sum(watched.frames.n_painted for watched in self._watched)


def _place(one: OpenWindow, everywhere: Box) -> Window:
    """A window whose place nobody tells: it may be seen anywhere, and hides nothing."""
    return Window(
        id=one.number,
        app=one.app,
        title=one.title,
        box=everywhere,
        is_active=one.is_active,
        is_own=one.app.casefold() in OWN_NAMES,
        is_placed=False,
    )


def _join(frames: Sequence[Frame]) -> ImageArray:
    """Pictures beside each other: uint8 (height of the highest, all widths, 3)."""
    if len(frames) == 1:
        return frames[0].pixels
    height = max(frame.pixels.shape[0] for frame in frames)
    joined = np.zeros((height, sum(frame.pixels.shape[1] for frame in frames), 3), np.uint8)
    left = 0
    for frame in frames:
        rows, columns = frame.pixels.shape[:2]
        joined[:rows, left : left + columns] = frame.pixels
        left += columns
    return joined
