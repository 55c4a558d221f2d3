"""The X11 desktop: which windows are where, what they are called, and the picture of it all.

Role: the one door to python-xlib. It reads and listens; it draws nothing, sends no keys and decides nothing. The
picture comes from Pillow, which speaks to the display by itself.
Source: ICCCM 4.1.2 (WM_CLASS, WM_NAME), EWMH 1.5 (_NET_WM_NAME, _NET_ACTIVE_WINDOW, _NET_WM_OPAQUE_REGION).
"""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from ingest.screen import Box, Monitor, NoScreen, View, Window
from models.protocols import ImageArray

log = logging.getLogger(__name__)
_OWN = "madeleine"
_DEEPEST = 3  # a window manager's frame holds the client's window one or two levels down
_OPAQUE_DEPTH = 24
_MOST_NEWS = 10_000


@dataclass(frozen=True, slots=True)
class _Client:
    """What does not change about a window: the X window that carries its name, its class, and whether it is ours."""

    handle: Any
    app: str
    is_own: bool


class X11Screen:
    """One X display.

    Args:
        name: Of the display (":0"); that of the environment by default.
        is_locked: Whether the desktop says that its session is locked.
        on_close: Called when the screen is closed.

    Raises:
        NoScreen: there is no X11 display, or it cannot be looked at.
    """

    def __init__(
        self,
        name: str | None = None,
        *,
        is_locked: Callable[[], bool] = lambda: False,
        on_close: Callable[[], None] = lambda: None,
    ) -> None:
        self._name = name or os.environ.get("DISPLAY") or ""
        self._is_locked = is_locked
        self._on_close = on_close
        if not self._name:
            raise NoScreen("There is no screen here.", hint="Start Madeleine inside your desktop.")
        if name is None and os.environ.get("WAYLAND_DISPLAY"):
            raise NoScreen(
                "An X11 program sees only some windows of a Wayland session.", hint="Unset DISPLAY or WAYLAND_DISPLAY."
            )
        from Xlib import X, display
        from Xlib.error import ConnectionClosedError, DisplayError, XError

        self._errors: tuple[type[Exception], ...] = (
            XError,
            DisplayError,
            ConnectionClosedError,
            OSError,
            EOFError,
            ValueError,
        )
        try:
            self._display = display.Display(self._name)
        except self._errors as error:
            raise NoScreen("The screen cannot be reached.", hint="Start Madeleine inside your desktop.") from error
        # Windows come and go while they are read: the errors of those that went are expected, and told by None.
        self._display.set_error_handler(lambda *_error: None)
        self._root = self._display.screen().root
        self._root.change_attributes(event_mask=X.SubstructureNotifyMask | X.PropertyChangeMask | X.StructureNotifyMask)
        self._clients: dict[int, _Client] = {}
        self._is_viewable = X.IsViewable
        self._input_only = X.InputOnly
        self._property_change = X.PropertyChangeMask
        self._atoms: dict[str, int] = {}
        self._has_news = self._has_paint = True
        self._damage: Any = None
        self._damage_event = 0
        self._watch_paint()

    def has_news(self) -> bool:
        """Whether something on the desktop changed since the last ``look``."""
        try:
            self._take_events()
        except self._errors:
            return True  # ``look`` says what is wrong
        return self._has_news

    def has_paint(self) -> bool:
        """Whether something was painted since the last ``grab``; always where the display does not tell."""
        try:
            self._take_events()
        except self._errors:
            return True
        return self._has_paint or self._damage is None

    def _take_events(self) -> None:
        for _ in range(min(_MOST_NEWS, self._display.pending_events())):
            event = self._display.next_event()
            if self._damage is not None and event.type == self._damage_event:
                self._has_paint = True
            else:
                self._has_news = True

    def _watch_paint(self) -> None:
        """Ask to be told when something was painted. Source: X Damage extension 1.1, report level "non-empty"."""
        if not self._display.has_extension("DAMAGE"):
            return
        from Xlib.ext import damage

        self._display.damage_query_version()
        self._damage = self._root.damage_create(damage.DamageReportNonEmpty)
        self._damage_event = self._display.extension_event.DamageNotify

    def look(self) -> View:
        """Read what is where.

        Raises:
            NoScreen: the display is gone.
        """
        try:
            self._take_events()
            self._has_news = False
            windows = tuple(self._list_windows())
            is_saving, idle_s = self._read_saver()
            return View(
                monitors=self._list_monitors(),
                windows=windows,
                is_locked=is_saving or self._is_locked(),
                idle_s=idle_s,
            )
        except self._errors as error:
            raise NoScreen("The screen cannot be read any more.") from error

    def grab(self) -> ImageArray:
        """The whole desktop as uint8 (height, width, 3), RGB.

        Raises:
            NoScreen: it cannot be had.
        """
        from PIL import ImageGrab

        try:
            if self._damage is not None:  # before the picture: what is painted meanwhile is news again
                self._display.damage_subtract(self._damage, 0, 0)
                self._display.sync()
                self._take_events()
                self._has_paint = False
            picture = ImageGrab.grab(xdisplay=self._name)
            return np.asarray(picture if picture.mode == "RGB" else picture.convert("RGB"))
        except self._errors as error:
            raise NoScreen("The screen gives no picture.") from error

    def close(self) -> None:
        """Let go of the display."""
        self._on_close()
        with contextlib.suppress(*self._errors):
            self._display.close()

    # windows -------------------------------------------------------------------------------------------------------
    def _list_windows(self) -> Iterator[Window]:
        """Those that are mapped, the topmost first; what has neither class nor title counts as well, for it hides."""
        children = self._root.query_tree().children
        active = self._find_active()
        for top in reversed(children):
            window = self._read_window(top, active)
            if window is not None:
                yield window
        gone = self._clients.keys() - {child.id for child in children}
        for number in gone:
            del self._clients[number]

    def _read_window(self, top: Any, active: set[int]) -> Window | None:
        attributes, shape = _quiet(top.get_attributes), _quiet(top.get_geometry)
        if attributes is None or shape is None or attributes.map_state != self._is_viewable:
            return None
        if attributes.win_class == self._input_only:
            return None
        client = self._find_client(top)
        edge = 2 * shape.border_width
        box = Box(shape.x, shape.y, shape.x + shape.width + edge, shape.y + shape.height + edge)
        return Window(
            id=top.id,
            app=client.app,
            title=self._read_title(client.handle),
            box=box,
            hides=self._find_hides(top, client.handle, box, shape.depth),
            is_active=top.id in active or client.handle.id in active,
            is_own=client.is_own,
        )

    def _find_client(self, top: Any) -> _Client:
        known = self._clients.get(top.id)
        if known is not None and known.app:
            return known
        handle, named = self._find_named(top)
        instance, app = named or ("", "")
        is_own = self._read_number(handle, "_NET_WM_PID") == os.getpid() or _OWN in (instance.lower(), app.lower())
        client = _Client(handle, app or instance, is_own)
        _quiet(lambda: handle.change_attributes(event_mask=self._property_change))
        self._clients[top.id] = client
        return client

    def _find_named(self, top: Any) -> tuple[Any, tuple[str, str] | None]:
        """The window that says which application it is of: itself, or what a window manager has framed."""
        level = [top]
        for _ in range(_DEEPEST):
            for window in level:
                named = _quiet(window.get_wm_class)
                if named:
                    return window, (str(named[0]), str(named[1]))
            trees = [_quiet(window.query_tree) for window in level]
            level = [child for tree in trees if tree is not None for child in tree.children]
        return top, None

    def _read_title(self, window: Any) -> str:
        found = self._read_property(window, "_NET_WM_NAME")
        if isinstance(found, bytes):
            return found.decode("utf-8", "replace").strip()
        old = _quiet(window.get_wm_name)
        if isinstance(old, bytes):
            old = old.decode("utf-8", "replace")
        return str(old or "").strip()

    def _find_hides(self, top: Any, client: Any, box: Box, depth: int) -> tuple[Box, ...]:
        """What certainly hides what is below: all of an opaque window, or the part that a window says is opaque."""
        if self._read_property(client, "_NET_WM_WINDOW_OPACITY") is not None or self._is_shaped(top):
            return ()
        if depth <= _OPAQUE_DEPTH:
            return (box,)
        region = self._read_property(client, "_NET_WM_OPAQUE_REGION")
        if region is None or isinstance(region, bytes):
            return ()
        numbers = [int(number) for number in region]
        parts = [Box(x, y, x + w, y + h) for x, y, w, h in zip(*[iter(numbers)] * 4, strict=False)]
        return tuple(box.cut(part.move(box.left, box.top)) for part in parts)

    def _is_shaped(self, top: Any) -> bool:
        extents = _quiet(top.shape_query_extents) if self._display.has_extension("SHAPE") else None
        return extents is not None and bool(extents.bounding_shaped)

    def _find_active(self) -> set[int]:
        """The active window by the window manager, and what has the keyboard, with all that is around it."""
        found = self._read_number(self._root, "_NET_ACTIVE_WINDOW")
        active = {found} if found else set()
        if not active:
            focus = self._display.get_input_focus().focus
            while hasattr(focus, "query_tree") and focus.id != self._root.id:
                active.add(focus.id)
                tree = _quiet(focus.query_tree)
                if tree is None:
                    break
                focus = tree.parent
        return active

    def _read_number(self, window: Any, name: str) -> int:
        found = self._read_property(window, name)
        return 0 if found is None or isinstance(found, bytes) or not len(found) else int(found[0])

    def _read_property(self, window: Any, name: str) -> Any:
        atom = self._atoms.setdefault(name, self._display.get_atom(name))
        found = _quiet(lambda: window.get_full_property(atom, 0))
        return None if found is None else found.value

    # the rest ------------------------------------------------------------------------------------------------------
    def _list_monitors(self) -> tuple[Monitor, ...]:
        listed = _quiet(self._root.xrandr_get_monitors) if self._display.has_extension("RANDR") else None
        monitors = tuple(
            Monitor(
                str(self._display.get_atom_name(one.name)),
                Box(one.x, one.y, one.x + one.width_in_pixels, one.y + one.height_in_pixels),
            )
            for one in (listed.monitors if listed is not None else ())
            if one.width_in_pixels and one.height_in_pixels
        )
        if monitors:
            return monitors
        shape = self._root.get_geometry()
        return (Monitor("screen", Box(0, 0, shape.width, shape.height)),)

    def _read_saver(self) -> tuple[bool, float]:
        """Whether the screen saver is on, and seconds since the last input. Source: X Screen Saver extension 1.1."""
        told = _ask_saver(self._display)
        return (False, 0.0) if told is None else (told.state == 1, told.idle / 1000.0)


def _quiet(read: Callable[[], Any]) -> Any:
    """Read something of a window that may be gone by now: None then."""
    from Xlib.error import XError

    try:
        return read()
    except XError:
        return None


def _ask_saver(opened: Any) -> Any:
    """What the screen saver of a display tells, or None."""
    has_saver = opened.has_extension("MIT-SCREEN-SAVER")
    return _quiet(opened.screen().root.screensaver_query_info) if has_saver else None


def read_idle_s() -> float | None:
    """Seconds since the last key or pointer movement on this X display; None where that is not told.

    An X server below a Wayland session sees only what goes to its own windows, so nothing is told there.
    """
    name = os.environ.get("DISPLAY")
    if not name or os.environ.get("WAYLAND_DISPLAY"):
        return None
    from Xlib import display
    from Xlib.error import ConnectionClosedError, DisplayError, XError

    try:
        with contextlib.closing(display.Display(name)) as opened:
            told = _ask_saver(opened)
            return None if told is None else float(told.idle) / 1000.0
    except (XError, DisplayError, ConnectionClosedError, OSError, EOFError, ValueError):
        return None
