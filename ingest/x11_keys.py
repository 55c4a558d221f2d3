"""Keys that work in every program of an X11 desktop.

Role: asks the display for a few keys and tells when one is pressed. It reads no other keys and sees no text; it decides
nothing. Source: Xlib manual, XGrabKey; a key is asked for with and without Caps Lock and Num Lock, which count as
modifiers.
"""

from __future__ import annotations

import contextlib
import logging
import os
import select
import sys
import threading
from collections.abc import Callable, Mapping
from typing import Any

from ingest.keys import HeldKeys, Key, NoKeys

log = logging.getLogger(__name__)
_JOIN_S = 2.0


def require_x11(display: str | None = None) -> str:
    """Name of the X11 display on which keys can be asked for.

    Raises:
        NoKeys: there is none, or its keys would only work over some windows.
    """
    if sys.platform in ("darwin", "win32"):
        raise NoKeys("Keys for every program are asked for on X11 (Linux) only by this version.")
    if display is None and os.environ.get("WAYLAND_DISPLAY"):
        raise NoKeys("A Wayland desktop lets no program have keys of its own by the way this version knows (X11).")
    name = display or os.environ.get("DISPLAY")
    if not name:
        raise NoKeys("There is no desktop here that could give keys.")
    return name


class X11Keys:
    """Keys of one display, from ``start`` to ``stop``.

    Args:
        wanted: A name for each key, and the key.
        on_press: Told the name, on a thread of this object.
        display: That of the environment by default.
    """

    def __init__(
        self, wanted: Mapping[str, Key], on_press: Callable[[str], None], *, display: str | None = None
    ) -> None:
        self._wanted = dict(wanted)
        self._on_press = on_press
        self._name = display
        self._names: dict[int, str] = {}
        self._wake: tuple[int, int] | None = None
        self._thread: threading.Thread | None = None
        self._display: Any = None

    @property
    def triggers(self) -> dict[str, str]:
        """See ``Keys``."""
        return {name: self._wanted[name].usual for name in self._names.values()}

    def start(self) -> tuple[str, ...]:
        """See ``Keys``: those that another program has already are not given."""
        name = require_x11(self._name)
        from Xlib import X, display
        from Xlib.error import ConnectionClosedError, DisplayError, XError

        self._errors: tuple[type[Exception], ...] = (XError, DisplayError, ConnectionClosedError, OSError, EOFError)
        try:
            self._display = display.Display(name)
            taken = self._grab(X)
        except self._errors as error:
            raise NoKeys("The display cannot be reached.") from error
        self._press, self._release = X.KeyPress, X.KeyRelease
        self._wake = os.pipe()
        self._thread = threading.Thread(target=self._run, name="desktop-keys", daemon=True)
        self._thread.start()
        return taken

    def stop(self) -> None:
        """Give the keys back."""
        thread, self._thread = self._thread, None
        if thread is None or self._wake is None:
            return
        os.write(self._wake[1], b".")
        thread.join(_JOIN_S)
        for end in self._wake:
            os.close(end)
        with contextlib.suppress(*self._errors):
            self._display.close()

    def _grab(self, x: Any) -> tuple[str, ...]:
        from Xlib import XK
        from Xlib.error import BadAccess, CatchError

        root, taken = self._display.screen().root, []
        for name, key in self._wanted.items():
            code = self._display.keysym_to_keycode(XK.string_to_keysym(key.letter))
            if not code:  # this keyboard has no such letter, and 0 would ask for every key there is
                taken.append(name)
                continue
            refused = CatchError(BadAccess)
            variants = [
                x.ControlMask | x.Mod1Mask | locks for locks in (0, x.LockMask, x.Mod2Mask, x.LockMask | x.Mod2Mask)
            ]
            for modifiers in variants:
                root.grab_key(code, modifiers, True, x.GrabModeAsync, x.GrabModeAsync, onerror=refused)
            self._display.sync()
            if refused.get_error() is not None:
                taken.append(name)
                for modifiers in variants:  # some may have been given
                    root.ungrab_key(code, modifiers)
                self._display.sync()
            else:
                self._names[code] = name
        return tuple(taken)

    def _run(self) -> None:
        assert self._wake is not None
        held = HeldKeys()
        try:
            while True:
                ready, _, _ = select.select([self._display.fileno(), self._wake[0]], [], [])
                if self._wake[0] in ready:
                    return
                for _ in range(self._display.pending_events()):
                    event = self._display.next_event()
                    if event.type == self._release:
                        held.release(event.detail, event.time)
                    elif (
                        event.type == self._press
                        and event.detail in self._names
                        and held.press(event.detail, event.time)
                    ):
                        self._on_press(self._names[event.detail])
        except self._errors as error:
            log.warning("the keys of the desktop are gone: %s", type(error).__name__)
