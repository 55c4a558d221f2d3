"""``capture --screen`` while the desktop still asks its user."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from app.commands.screening import screening
from app.commands.terminal import Terminal
from ingest.screen import Screen, ScreenRefused
from tests.support.app_engine import build_fake_engine

LONGEST_S = 10.0


def test_ctrl_c_ends_the_question_of_the_desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stopped, was_cancelled = threading.Event(), list[bool]()

    def ask(_home: Path, *, is_cancelled: Callable[[], bool]) -> Screen:
        stopped.set()  # Ctrl-C, while the dialog is open
        until_s = time.monotonic() + LONGEST_S
        while not is_cancelled() and time.monotonic() < until_s:
            time.sleep(0.01)
        was_cancelled.append(is_cancelled())
        raise ScreenRefused("Nobody answered.")

    monkeypatch.setattr("app.screens.open_live", ask)
    with (
        closing(build_fake_engine(tmp_path / "home")) as engine,
        pytest.raises(KeyboardInterrupt),
        screening(engine, tmp_path / "home", Terminal(json_wanted=False), stopped),
    ):
        pass
    assert was_cancelled == [True]
