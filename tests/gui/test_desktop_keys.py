"""Keys of the desktop, on a real X server with a person at its keyboard, and of a portal on a real bus."""

from __future__ import annotations

import shutil
import time

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.ui.desktop_keys import DesktopKeys
from ingest.keys import HeldKeys, Key, NoKeys
from ingest.x11_keys import X11Keys, require_x11
from tests.support.session_bus import open_session_bus
from tests.support.shortcuts_portal import ShortcutsPortal
from tests.support.ui_desk import Desk
from tests.support.ui_xvfb import open_display

LIMIT_S = 20.0


def test_a_key_is_heard_whatever_has_the_keyboard_and_is_given_back() -> None:
    with open_display("400x300x24") as display:
        pressed: list[str] = []
        name = display.environment["DISPLAY"]
        keys = X11Keys({"remember": Key("m", ""), "pause": Key("p", "")}, pressed.append, display=name)
        assert keys.start() == ()
        other = X11Keys({"pause": Key("p", "")}, pressed.append, display=name)
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
        again = X11Keys({"remember": Key("m", "")}, pressed.append, display=name)
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
        keys = X11Keys({"pause": Key("p", ""), "odd": Key("ydiaeresis", "")}, lambda _name: None, display=name)
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


def test_on_wayland_the_portal_gives_the_keys_and_takes_them_back(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    if shutil.which("dbus-daemon") is None:
        pytest.skip("no dbus-daemon here")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    with open_session_bus() as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        portal, keys, refused = ShortcutsPortal(trigger="Meta+M"), DesktopKeys(), []
        keys.refused.connect(refused.append)
        try:
            with qtbot.waitSignal(keys.changed), qtbot.waitSignal(keys.changed):
                keys.obey("on")
            qtbot.waitUntil(lambda: bool(keys.rows()))
            assert keys.rows() == (("Meta+M", "Remember this"),)
            with qtbot.waitSignal(keys.remember_wanted):
                portal.press("remember")
            portal.take_back()
            qtbot.waitUntil(lambda: bool(refused))
            assert not keys.is_on
            assert keys.rows() == ()
            assert "taken its keys back" in refused[0].message
        finally:
            keys.stop()
            portal.close()


def test_the_sheet_shows_what_the_desktop_gave(desk: Desk) -> None:
    sheet = desk.window.sheet
    sheet.show_desktop_keys((("Meta+M", "Remember this"),))
    assert sheet.accessibleDescription().endswith("Meta+M: Remember this")
    assert any(label.text() == "Meta+M" for label in sheet.findChildren(QLabel))
    sheet.show_desktop_keys(())
    assert "Meta+M" not in sheet.accessibleDescription()
