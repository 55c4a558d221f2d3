"""What a command says does not run into the line that tells where the work stands."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable

import pytest

from app.commands.terminal import Terminal


class Screen(io.StringIO):
    """A terminal: both outputs stand on it in the order they came."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    "tell",
    [
        lambda terminal: terminal.write("done"),
        lambda terminal: terminal.say("done"),
        lambda terminal: terminal.line({}),
        lambda terminal: terminal.result({}),
    ],
)
def test_the_progress_goes_before_anything_else_is_said(
    monkeypatch: pytest.MonkeyPatch, tell: Callable[[Terminal], None]
) -> None:
    screen = Screen()
    monkeypatch.setattr(sys, "stdout", screen)
    monkeypatch.setattr(sys, "stderr", screen)
    terminal = Terminal(json_wanted=False)
    terminal.progress("1 of 20 events")
    tell(terminal)
    tell(terminal)
    before, said = screen.getvalue().split("1 of 20 events")
    assert (before, said[:4], said.count("\r\033[K")) == ("\r\033[K", "\r\033[K", 1)
