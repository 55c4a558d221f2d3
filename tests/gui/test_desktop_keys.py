"""Keys of the desktop, on a real X server with a person at its keyboard."""

from __future__ import annotations

import time

import pytest

from ingest.x11_keys import NoKeys, X11Keys, require_x11
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
        keys.stop()
        again = X11Keys({"remember": "m"}, pressed.append, display=name)
        assert again.start() == (), "it was given back"
        again.stop()


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
