"""The Wayland desktop: pictures through the desktop's portal, windows by what tells them, joined in the safe direction.

Role: one ``Screen`` of two independent parts. What the picture is of, no one tells; so a picture is only handed out
when no window has come, gone or been renamed for long enough that it cannot show anything older than that, and a
window whose place is not known counts as being everywhere.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from ingest.desktop_told import Layout, ToldScreen, join_pictures
from ingest.pipewire_frames import LATEST_S, PipeWireFrames
from ingest.screen import Box, NoScreen, ScreenRefused, View, Window, bounds
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
        self._frames: list[PipeWireFrames] = []
        self._layout = Layout(())
        self._tells_places = True
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
        screens = []
        for number, stream in enumerate(self._cast.streams, 1):
            frames = PipeWireFrames(self._cast.open_remote(), stream.node)
            self._closings.callback(frames.close)
            self._frames.append(frames)
            box = stream.box
            is_told = box in self._windows.monitors and box is not None and box.size == frames.size[0] * frames.size[1]
            screens.append(ToldScreen(str(number), box if is_told and box else Box(0, 0, *frames.size), frames.size))
            self._tells_places = self._tells_places and is_told
        self._layout = Layout(screens)

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
        windows = tuple(self._place(one) for one in opened if not one.is_minimized)
        return View(
            monitors=self._layout.monitors,
            windows=windows,
            is_locked=self._is_locked(),
            veto=self._find_veto(windows),
            is_partial=self._outputs.n_monitors > len(self._frames),
            n_changes=self._n_changes,
        )

    def _find_veto(self, windows: Sequence[Window]) -> str:
        """Why nothing at all may be kept now; empty where something may."""
        if not any(window.is_active for window in windows):
            return NO_FRONT
        if any(frames.find_newest() is None for frames in self._frames):
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
            newest = [frame for frames in self._frames if (frame := frames.find_newest()) is not None]
            is_sure = all(frame.since_s >= self._changed_s + SURE_S for frame in newest)
            if len(newest) == len(self._frames) and (is_sure or self._n_changes != self._seen_changes):
                return join_pictures([frame.pixels for frame in newest])
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
        return sum(frames.n_painted for frames in self._frames)

    def _place(self, one: OpenWindow) -> Window:
        """A window whose place nobody tells may be seen anywhere; what it hides, nobody tells at all."""
        is_placed = self._tells_places and one.box is not None
        window = Window(
            id=one.number,
            app=one.app,
            title=one.title,
            box=one.box or Box(0, 0, 0, 0),
            is_active=one.is_active,
            is_own=one.app.casefold() in OWN_NAMES,
            is_placed=is_placed,
        )
        if is_placed:
            return self._layout.place(window)
        return replace(window, box=bounds(monitor.box for monitor in self._layout.monitors))
