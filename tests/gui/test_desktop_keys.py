"""Keys of the desktop, on a real X server with a person at its keyboard."""

from __future__ import annotations

import time

import pytest

from ingest.x11_keys import HeldKeys, NoKeys, X11Keys, require_x11
from tests.support.ui_xvfb import open_display

LIMIT_S = 20.0


def test_a_key_is_heard_whatever_has_the_keyboard_and_is_given_back() -> None:
    with open_display("400x300x24") as display:
        pressed: list[str] = []
        name = display.environment["DISPLAY"]
        keys = X11Keys({"remember": "m", "pause": "p"}, pressed.append, display=name)
        assert keys.start() == ()
        other = X11Keys({"pause": "p"}, pressed.append, display=name)
        assert other.start() == ("pause",), "another program has it"
        other.stop()
        until_s = time.monotonic() + LIMIT_S
        while pressed[-1:] != ["remember"] and time.monotonic() < until_s:
            display.press("key", "ctrl+alt+m")
            time.sleep(0.1)
        display.press("key", "m")
        assert set(pressed) == {"remember"}
        del pressed[:]
        display.press("keydown", "ctrl", "keydown", "alt", "keydown", "m", "sleep", "1.2", "keyup", "m", "sleep", "0.2")
        display.press("key", "m", "sleep", "0.2", "keyup", "alt", "keyup", "ctrl")
        assert pressed == ["remember"] * 2, "a key that is held is pressed once"
        keys.stop()
        again = X11Keys({"remember": "m"}, pressed.append, display=name)
        assert again.start() == (), "it was given back"
        again.stop()


def test_a_key_that_is_half_taken_or_not_on_the_keyboard_takes_nothing() -> None:
    from Xlib import XK, X
    from Xlib.display import Display
    from Xlib.error import BadAccess, CatchError

    with open_display("400x300x24") as shown:
        name = shown.environment["DISPLAY"]
        other = Display(name)
        root, code = other.screen().root, other.keysym_to_keycode(XK.string_to_keysym("p"))
        root.grab_key(code, X.ControlMask | X.Mod1Mask | X.LockMask, True, X.GrabModeAsync, X.GrabModeAsync)
        other.sync()
        keys = X11Keys({"pause": "p", "odd": "ydiaeresis"}, lambda _name: None, display=name)
        assert keys.start() == ("pause", "odd")
        refused = CatchError(BadAccess)
        for each in (code, other.keysym_to_keycode(XK.string_to_keysym("q"))):
            root.grab_key(
                each, X.ControlMask | X.Mod1Mask, True, X.GrabModeAsync, X.GrabModeAsync, onerror=refused
            )  # fmt: skip
        other.sync()
        assert refused.get_error() is None
        keys.stop()
        other.close()


def test_a_held_key_is_told_from_one_pressed_again() -> None:
    held = HeldKeys()
    assert held.press(58, 2**32 - 10)
    assert not held.press(58, 600), "repeated without a release"
    held.release(58, 640)
    assert not held.press(58, 640), "repeated as a release and a press of one moment"
    held.release(58, 700)
    assert held.press(33, 705), "another key"
    assert held.press(58, 850)
    assert held.press(58, 4000), "its release was lost"


def test_where_the_desktop_gives_none_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    monkeypatch.setenv("DISPLAY", ":0")
    with pytest.raises(NoKeys, match="Wayland") as caught:
        require_x11()
    assert "tray" in caught.value.hint
    monkeypatch.delenv("WAYLAND_DISPLAY")
    monkeypatch.delenv("DISPLAY")
    with pytest.raises(NoKeys, match="no desktop"):
        require_x11()
