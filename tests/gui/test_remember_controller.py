"""What is let go is let go at once: nothing that is queued, and nothing that a shutdown would cancel."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.ui.remember_controller import RememberController
from app.ui.task_runner import TaskRunner
from ingest.spoken import Heard
from tests.support.ui_desk import WAIT_MS

S = WAIT_MS / 1000


class Spoken:
    """Listens until it is stopped, and then takes its time."""

    def __init__(self) -> None:
        self.began, self.goes_on = threading.Event(), threading.Event()
        self.dropped: list[str] = []

    def listen(self, *, is_stopped: Callable[[], bool], report: object) -> Heard:
        self.began.set()
        while not is_stopped():
            threading.Event().wait(0.01)
        self.goes_on.wait(S)
        return Heard("said", 1.0, True)

    def drop(self, key: str) -> None:
        self.dropped.append(key)


@pytest.fixture
def spoken() -> Spoken:
    return Spoken()


@pytest.fixture
def controller(qtbot: QtBot, spoken: Spoken) -> Iterator[RememberController]:
    runner = TaskRunner()
    made = RememberController(runner, runner)
    engine: Any = SimpleNamespace(spoken=spoken)
    made.set_engine(engine)
    yield made
    spoken.goes_on.set()
    assert runner.shutdown()
    runner.deleteLater()


def test_what_is_let_go_while_it_is_listened_does_not_outlive_the_end(
    spoken: Spoken, controller: RememberController
) -> None:
    controller.listen()
    assert spoken.began.wait(S)
    controller.let_go(["before"])
    assert spoken.dropped == ["before"]
    spoken.goes_on.set()
    assert controller._runner.shutdown()
    assert spoken.dropped == ["before", "said"]


def test_what_was_heard_and_not_yet_told_is_let_go_as_well(spoken: Spoken, controller: RememberController) -> None:
    controller.listen()
    assert spoken.began.wait(S)
    spoken.goes_on.set()
    controller.stop()
    assert controller._runner.shutdown()  # it is heard, and nobody was told
    assert spoken.dropped == []
    controller.let_go([])
    assert spoken.dropped == ["said"]


def test_what_is_wanted_stays_although_the_program_ends(spoken: Spoken, controller: RememberController) -> None:
    spoken.goes_on.set()
    controller.listen()
    assert spoken.began.wait(S)
    assert controller._runner.shutdown()
    assert spoken.dropped == []
