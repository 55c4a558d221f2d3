"""The screen through Qt, as on macOS and Windows, tried on X11, where another way tells the same."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from app.qt_screen import QtScreen
from ingest.screen import NoScreen
from ingest.x11 import X11Screen
from tests.support.screen_x11 import open_window
from tests.support.ui_xvfb import Display, open_display

LIMIT_S = 30.0


@pytest.fixture
def display(monkeypatch: pytest.MonkeyPatch) -> Iterator[Display]:
    with open_display("1001x700x24") as opened:  # rows that Qt pads
        for name in ("DISPLAY", "QT_QPA_PLATFORM"):
            monkeypatch.setenv(name, opened.environment[name])
        monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
        yield opened


def test_qt_gives_the_picture_and_the_system_tells_the_windows(display: Display) -> None:
    with (
        open_window(display, "vault", "Pässe – Tresor", "secret", place=(100, 100, 400, 200)),
        open_window(display, "notes", "Today", "plumber", place=(50, 50, 600, 400)) as notes,
    ):
        through_qt, through_x = QtScreen(), X11Screen(display.environment["DISPLAY"])
        try:
            until_s = time.monotonic() + LIMIT_S
            while len(through_qt.look().windows) < 2:
                assert time.monotonic() < until_s
            time.sleep(0.6)
            assert not through_qt.has_news()
            assert replace(through_qt.look(), idle_s=0.0) == replace(through_x.look(), idle_s=0.0)
            assert np.array_equal(through_qt.grab(), through_x.grab())
            notes.show("Tomorrow", "electrician")
            while not through_qt.has_news():
                assert time.monotonic() < until_s
                time.sleep(0.1)
            assert "Tomorrow" in [window.title for window in through_qt.look().windows]
            through_qt._child.kill()
            with pytest.raises(NoScreen, match="cannot be read"):
                through_qt.look()
        finally:
            through_qt.close()
            through_x.close()


def test_a_display_that_is_none_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setenv("DISPLAY", "")
    with pytest.raises(NoScreen, match="no screen here"):
        QtScreen()
