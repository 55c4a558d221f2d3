from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from app.ui.player import Player
from app.ui.task_runner import Lane, TaskRunner
from models.priority import BEHIND
from models.protocols import CancelToken
from tests.support.ui_desk import WAIT_MS
from tests.support.ui_fakes import FakeSound


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[TaskRunner]:
    runner = TaskRunner()
    yield runner
    assert runner.shutdown()
    runner.deleteLater()


def test_work_runs_elsewhere_and_is_heard_on_the_gui_thread(qtbot: QtBot, runner: TaskRunner) -> None:
    heard: list[tuple[int, int]] = []
    here = threading.get_ident()
    runner.submit(
        Lane.IO,
        lambda _c, _r: threading.get_ident(),
        on_result=lambda there: heard.append((there, threading.get_ident())),
    )
    qtbot.waitUntil(lambda: len(heard) == 1, timeout=WAIT_MS)
    assert heard[0][0] != here
    assert heard[0][1] == here
    assert QThread.currentThread() is runner.thread()


def test_errors_are_heard(qtbot: QtBot, runner: TaskRunner) -> None:
    heard: list[BaseException] = []

    def work(_cancel: object, _report: object) -> None:
        raise ValueError("secret words")

    runner.submit(Lane.ASK, work, on_error=heard.append)
    qtbot.waitUntil(lambda: len(heard) == 1, timeout=WAIT_MS)
    assert isinstance(heard[0], ValueError)


def test_a_failure_is_logged_without_its_words(
    qtbot: QtBot, runner: TaskRunner, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[BaseException] = []

    def work(_cancel: object, _report: object) -> None:
        raise ValueError("the words of a memory")

    runner.submit(Lane.ASK, work, on_error=heard.append)
    qtbot.waitUntil(lambda: len(heard) == 1, timeout=WAIT_MS)
    assert "ValueError" in caplog.text
    assert "the words of a memory'" not in caplog.text
    assert "ValueError: the words" not in caplog.text


def test_only_the_latest_of_a_slot_is_heard(qtbot: QtBot, runner: TaskRunner) -> None:
    heard: list[int] = []
    hold = threading.Event()

    def slow(_cancel: object, report: object) -> int:
        hold.wait(10)
        return 1

    runner.submit(Lane.ASK, slow, on_result=heard.append, slot="q")
    runner.submit(Lane.ASK, lambda _c, _r: 2, on_result=heard.append, slot="q")
    qtbot.waitUntil(lambda: heard == [2], timeout=WAIT_MS)
    hold.set()
    qtbot.wait(100)
    assert heard == [2]


def test_a_stopped_request_is_heard_as_cancelled(qtbot: QtBot, runner: TaskRunner) -> None:
    heard: list[str] = []

    def work(cancel: object, _report: object) -> None:
        while True:
            cancel.raise_if_cancelled()  # type: ignore[attr-defined]
            time.sleep(0.005)

    runner.submit(Lane.INGEST, work, on_cancelled=lambda: heard.append("cancelled"), slot="import")
    assert runner.is_busy("import")
    runner.stop("import")
    qtbot.waitUntil(lambda: heard == ["cancelled"], timeout=WAIT_MS)
    assert not runner.is_busy("import")


def test_streams_are_coalesced_and_end_with_the_latest(qtbot: QtBot, runner: TaskRunner) -> None:
    reports: list[object] = []
    results: list[int] = []

    def work(_cancel: object, report: object) -> int:
        report("evidence")  # type: ignore[operator]
        end = time.monotonic() + 0.5
        n = 0
        while time.monotonic() < end:
            n += 1
            report(n)  # type: ignore[operator]
            time.sleep(0.0002)
        return n

    runner.submit(Lane.ASK, work, on_report=reports.append, on_result=results.append)
    qtbot.waitUntil(lambda: len(results) == 1, timeout=WAIT_MS)
    assert reports[0] == "evidence"
    assert reports[-1] == results[0]
    assert len(reports) <= 1 + 0.5 * 20 + 4
    numbers = [each for each in reports if isinstance(each, int)]
    assert numbers == sorted(numbers)


def test_five_thousand_results_arrive(qtbot: QtBot, runner: TaskRunner) -> None:
    heard: list[int] = []
    for n in range(5000):
        runner.submit(Lane.STORE, lambda _c, _r, n=n: n, on_result=heard.append)
    qtbot.waitUntil(lambda: len(heard) == 5000, timeout=60_000)
    assert heard == list(range(5000))


def test_five_thousand_signals_are_emitted(qtbot: QtBot) -> None:
    player = Player(sound=FakeSound())
    heard: list[str] = []
    player.failed.connect(heard.append)
    for _ in range(5000):
        player.failed.emit("no")
    assert len(heard) == 5000


def test_shutdown_is_limited_in_time_and_refuses_new_work(qtbot: QtBot) -> None:
    runner = TaskRunner()
    hold = threading.Event()
    heard: list[object] = []
    runner.submit(Lane.IO, lambda _c, _r: hold.wait(10), on_result=heard.append)
    start = time.monotonic()
    assert not runner.shutdown(0.1)
    assert time.monotonic() - start < 2
    assert runner.submit(Lane.IO, lambda _c, _r: 1, on_result=heard.append) == 0
    hold.set()
    assert runner.shutdown(5)
    qtbot.wait(20)
    assert heard == []
    runner.deleteLater()


def test_what_was_accepted_to_be_kept_is_done_at_the_end_although_it_was_not_begun(qtbot: QtBot) -> None:
    runner = TaskRunner()
    kept: list[str] = []

    def hold(cancel: CancelToken, _report: object) -> None:
        while not cancel.is_cancelled:
            time.sleep(0.005)

    for _ in range(2):
        runner.submit(Lane.REMEMBER, hold)
    runner.submit(Lane.REMEMBER, lambda _c, _r: kept.append("note"), to_the_end=True)
    runner.submit(Lane.REMEMBER, lambda _c, _r: kept.append("other work"))
    assert runner.shutdown(5)
    assert kept == ["note"]
    runner.deleteLater()


def test_neither_a_long_download_nor_a_silent_folder_holds_up_pictures(qtbot: QtBot, runner: TaskRunner) -> None:
    hold, heard = threading.Event(), list[str]()
    for lane in (Lane.FETCH, Lane.WATCH, Lane.BEHIND, Lane.BEHIND):
        runner.submit(lane, lambda _c, _r: hold.wait(WAIT_MS / 1000))
    runner.submit(Lane.IO, lambda _c, _r: "picture", on_result=heard.append)
    qtbot.waitUntil(lambda: heard == ["picture"], timeout=WAIT_MS)
    hold.set()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a nice value of each thread")
def test_what_computes_stands_behind_the_window_and_what_records_does_not(qtbot: QtBot, runner: TaskRunner) -> None:
    heard: dict[Lane, int] = {}

    def work(_cancel: object, _report: object) -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    for lane in Lane:
        runner.submit(lane, work, on_result=lambda stands, lane=lane: heard.update({lane: stands}))
    qtbot.waitUntil(lambda: len(heard) == len(Lane), timeout=WAIT_MS)
    window = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    assert {lane for lane, stands in heard.items() if stands == window} >= {Lane.CAPTURE, Lane.SWITCH, Lane.STOP}
    assert {heard[lane] for lane in (Lane.ASK, Lane.IO, Lane.INGEST, Lane.BEHIND)} == {max(window, BEHIND)}
