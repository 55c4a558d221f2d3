"""Recording through the window: the real desk on a replayed microphone, the real engine on fakes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.consent import Source
from app.recording import RecordingDesk
from app.ui.capture_state import Keeping
from app.ui.capture_view_model import Face
from app.ui.main_window import MainWindow
from app.ui.pause_controller import QUARTER
from app.ui.task_runner import Lane
from app.ui.theme import LIGHT
from ingest.devices import Device
from ingest.recorder_status import State
from ingest.spool import Spool
from tests.support.app_engine import build_fake_engine
from tests.support.capture_fakes import DESK, LAPTOP, ReplayedMicrophones, noise
from tests.support.ui_desk import WAIT_MS, settle_home
from tests.support.ui_fakes import FakeSound
from tests.unit.ingest.test_bearing import clap

LEFT, CTRL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier


class Studio:
    """A window that records from replayed microphones."""

    def __init__(self, home: Path, *devices: Device) -> None:
        self.home = settle_home(home)
        self.microphones = ReplayedMicrophones(*devices)
        self.window = MainWindow(
            lambda: build_fake_engine(home),
            home_label="test",
            sound=FakeSound(),
            theme=LIGHT,
            desk_factory=lambda engine: RecordingDesk(engine, home, self.microphones),
        )

    @property
    def state(self) -> State:
        return self.window.work.capturing.capture_model.look.status.state


@pytest.fixture
def open_studio(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., Studio]]:
    studios: list[Studio] = []

    def build(*devices: Device) -> Studio:
        studio = Studio(tmp_path / "home", *devices)
        studios.append(studio)
        studio.window.resize(1200, 760)
        studio.window.start()
        qtbot.waitExposed(studio.window)
        qtbot.waitUntil(studio.window.record_button.isEnabled, timeout=WAIT_MS)
        return studio

    yield build
    for studio in studios:
        studio.window.close()
        studio.window.deleteLater()


def choose(qtbot: QtBot, studio: Studio) -> None:
    qtbot.keyClick(studio.window, Qt.Key.Key_R, CTRL)
    qtbot.waitUntil(studio.window.work.capturing.capture_bar.start.isVisible, timeout=WAIT_MS)


def start(qtbot: QtBot, studio: Studio) -> None:
    choose(qtbot, studio)
    qtbot.keyClick(studio.window.work.capturing.capture_bar.start, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: studio.microphones.live is not None, timeout=WAIT_MS)


def test_from_the_button_to_words_that_can_be_searched(qtbot: QtBot, open_studio: Callable[..., Studio]) -> None:
    studio = open_studio(DESK, LAPTOP)
    work, bar = studio.window.work, studio.window.work.capturing.capture_bar
    choose(qtbot, studio)
    assert [bar.devices.itemText(n) for n in range(bar.devices.count())] == ["Desk array", "Laptop pair"]
    bar.devices.setCurrentIndex(1)
    assert bar.layouts.itemText(0) == "2 microphones, places unknown"
    qtbot.mouseClick(bar.start, LEFT)
    qtbot.waitUntil(lambda: studio.microphones.live is not None, timeout=WAIT_MS)
    live = studio.microphones.live
    assert live is not None
    assert (live.device, live.n_channels) == (LAPTOP, 2)
    live.hear(noise(3.0, 2))
    qtbot.waitUntil(lambda: studio.state is State.RECORDING, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: work.capturing.capture_model.look.status.recorded_s > 0.9, timeout=WAIT_MS)
    assert bar.title.text() == "Recording"
    assert "Laptop pair · 2 microphones" in bar.detail.text()
    assert "2 microphones" in bar.meters.accessibleName()
    assert studio.window.record_button.text() == "Stop"
    qtbot.mouseClick(bar.stop, LEFT)
    qtbot.waitUntil(lambda: work.capturing.capture_model.look.n_recordings == 1, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: bar.title.text().startswith("Written down: "), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: bool(work.asking.model.n_moments), timeout=WAIT_MS)
    assert work.asking.isVisible()
    assert studio.window.record_button.text() == "Record"


def test_without_a_microphone_it_says_so_and_finds_one_that_is_plugged_in(
    qtbot: QtBot, open_studio: Callable[..., Studio]
) -> None:
    studio = open_studio()
    bar = studio.window.work.capturing.capture_bar
    qtbot.mouseClick(studio.window.record_button, LEFT)
    qtbot.waitUntil(bar.again.isVisible, timeout=WAIT_MS)
    assert bar.title.text() == "There is no microphone"
    assert "Everything else works" in bar.detail.text()
    assert studio.window.work.empty_view.title.text() == "Your memory is empty"
    studio.microphones.plug(DESK)
    qtbot.mouseClick(bar.again, LEFT)
    qtbot.waitUntil(bar.start.isVisible, timeout=WAIT_MS)
    studio.microphones.unplug(DESK)
    qtbot.mouseClick(bar.start, LEFT)
    qtbot.waitUntil(lambda: "There is no microphone" in bar.detail.text(), timeout=WAIT_MS)
    qtbot.mouseClick(bar.dismiss, LEFT)
    assert not bar.isVisible()


def test_pause_lets_go_of_the_microphone_and_goes_on(qtbot: QtBot, open_studio: Callable[..., Studio]) -> None:
    studio = open_studio(DESK)
    bar = studio.window.work.capturing.capture_bar
    start(qtbot, studio)
    qtbot.waitUntil(bar.pause.isVisible, timeout=WAIT_MS)
    qtbot.mouseClick(bar.pause, LEFT)
    qtbot.waitUntil(lambda: studio.state is State.PAUSED, timeout=WAIT_MS)
    assert (bar.title.text(), bar.pause.text()) == ("Paused", "Go on")
    qtbot.mouseClick(bar.pause, LEFT)
    qtbot.waitUntil(lambda: studio.state is not State.PAUSED, timeout=WAIT_MS)
    assert studio.microphones.n_opened == 2


def test_incognito_pause_and_stop_wait_neither_for_the_test_of_the_microphones_nor_for_a_device(
    qtbot: QtBot, open_studio: Callable[..., Studio]
) -> None:
    studio, release = open_studio(DESK), threading.Event()
    window, work, panel = studio.window, studio.window.work, studio.window.work.welcome.view.check
    start(qtbot, studio)
    qtbot.waitUntil(work.capturing.capture_bar.stop.isVisible, timeout=WAIT_MS)
    assert window.commands.run("welcome")
    qtbot.waitUntil(lambda: panel.devices.count() == 1, timeout=WAIT_MS)
    qtbot.mouseClick(panel.listen, LEFT)
    qtbot.waitUntil(lambda: studio.microphones.n_opened == 2, timeout=WAIT_MS)
    for _ in range(2):  # a device that does not answer
        work.runner.submit(Lane.CAPTURE, lambda _cancel, _report: release.wait(WAIT_MS / 1000))
    try:
        engine = work.engine
        assert engine is not None
        work.capturing.toggle_incognito()
        qtbot.waitUntil(lambda: engine.incognito.is_on, timeout=WAIT_MS // 2)
        work.capturing.pauses.begin(QUARTER)
        qtbot.waitUntil(lambda: engine.pause.is_on, timeout=WAIT_MS // 2)
        desk = work.capturing.capture.desk if work.capturing.capture is not None else None
        assert desk is not None
        work.capturing.toggle_recording()
        qtbot.waitUntil(lambda: desk.status().state is State.OFF, timeout=WAIT_MS // 2)
    finally:
        release.set()


def test_to_withdraw_the_consent_stops_what_runs_and_what_is_about_to(
    qtbot: QtBot, open_studio: Callable[..., Studio], monkeypatch: pytest.MonkeyPatch
) -> None:
    studio, release = open_studio(DESK), threading.Event()
    work, box = studio.window.work, studio.window.work.welcome.view.boxes[Source.MICROPHONE]
    start(qtbot, studio)
    qtbot.waitUntil(work.capturing.capture_bar.stop.isVisible, timeout=WAIT_MS)
    box.setChecked(False)
    qtbot.waitUntil(lambda: studio.state is State.OFF, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not work.capturing.capture_model.is_busy, timeout=WAIT_MS)
    box.setChecked(True)
    qtbot.waitUntil(lambda: Source.MICROPHONE in work.welcome.consents, timeout=WAIT_MS)
    choose(qtbot, studio)
    desk = work.capturing.capture.desk if work.capturing.capture is not None else None
    assert desk is not None
    begin = desk.start

    def start_late(*told: Any, **options: Any) -> None:
        release.wait(WAIT_MS / 1000)
        begin(*told, **options)

    monkeypatch.setattr(desk, "start", start_late)
    qtbot.keyClick(work.capturing.capture_bar.start, Qt.Key.Key_Space)
    assert work.capturing.capture_model.is_busy
    box.setChecked(False)
    release.set()
    qtbot.waitUntil(lambda: studio.microphones.n_opened == 2, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: desk.status().state is State.OFF, timeout=WAIT_MS)


def test_a_pause_for_a_while_says_until_when_and_is_ended_by_going_on(
    qtbot: QtBot, open_studio: Callable[..., Studio]
) -> None:
    studio = open_studio(DESK)
    bar = studio.window.work.capturing.capture_bar
    start(qtbot, studio)
    qtbot.waitUntil(bar.pause_for.isVisible, timeout=WAIT_MS)
    bar.lengths.aboutToShow.emit()
    morning = bar.lengths.actions()[-1]
    assert morning.text() in ("Until 06:00", "Until tomorrow, 06:00")
    bar.lengths.actions()[0].trigger()
    qtbot.waitUntil(lambda: studio.state is State.PAUSED and "until" in bar.title.text(), timeout=WAIT_MS)
    assert bar.pause.text() == "Go on"
    assert not bar.pause_for.isVisible()
    qtbot.keyClick(studio.window, Qt.Key.Key_G, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: studio.state is not State.PAUSED, timeout=WAIT_MS)
    assert not studio.window.work.capturing.pauses.is_on


def test_the_compass_points_to_where_sound_comes_from(qtbot: QtBot, open_studio: Callable[..., Studio]) -> None:
    studio = open_studio(DESK)
    bar = studio.window.work.capturing.capture_bar
    choose(qtbot, studio)
    bar.layouts.setCurrentIndex(
        next(n for n in range(bar.layouts.count()) if "circle of 45 mm" in bar.layouts.itemText(n))
    )
    qtbot.mouseClick(bar.start, LEFT)
    qtbot.waitUntil(lambda: studio.microphones.live is not None and bar.compass.isVisible(), timeout=WAIT_MS)
    live = studio.microphones.live
    assert live is not None
    from_the_left = clap("circle4_45mm", 90)
    for _ in range(8):
        live.hear(from_the_left)
        qtbot.wait(100)
    qtbot.waitUntil(lambda: bar.compass.words().startswith("left"), timeout=WAIT_MS)
    assert "Sound comes from: left" in bar.compass.accessibleDescription()


def test_a_microphone_that_goes_is_red_with_its_reason(qtbot: QtBot, open_studio: Callable[..., Studio]) -> None:
    studio = open_studio(DESK)
    bar = studio.window.work.capturing.capture_bar
    start(qtbot, studio)
    studio.microphones.unplug(DESK)
    qtbot.waitUntil(lambda: studio.state is State.FAILING, timeout=WAIT_MS)
    assert bar.title.text() == "Nothing is being kept"
    assert "stopped giving sound" in bar.detail.text()
    assert bar.property("role") == "trouble"


def test_closing_while_it_records_keeps_everything_for_the_next_start(
    qtbot: QtBot, open_studio: Callable[..., Studio]
) -> None:
    studio = open_studio(DESK)
    start(qtbot, studio)
    live = studio.microphones.live
    assert live is not None
    live.hear(noise(2.0, 4))
    qtbot.waitUntil(lambda: studio.window.work.capturing.capture_model.look.status.recorded_s > 0.9, timeout=WAIT_MS)
    studio.window.close()
    assert studio.window.ended_in_time
    assert not live.is_active()
    assert studio.window.work.capturing.capture_model.face is Face.RUNNING  # nobody said that it had been written down
    left = len(Spool(studio.home).list_keys())
    again = open_studio(DESK)
    qtbot.waitUntil(lambda: bool(again.window.work.asking.model.n_moments), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: Spool(studio.home).list_keys() == [], timeout=WAIT_MS)
    assert left <= 1  # it may have been written down in the time that closing allows


def test_a_window_without_a_desk_has_no_record_button(qtbot: QtBot, open_desk: Callable[..., object]) -> None:
    desk = open_desk()
    assert not desk.window.record_button.isVisible()  # type: ignore[attr-defined]


def test_a_look_that_fails_claims_nothing_and_a_bearing_that_fails_costs_only_itself(
    qtbot: QtBot, open_studio: Callable[..., Studio], monkeypatch: pytest.MonkeyPatch
) -> None:
    studio = open_studio(DESK)
    start(qtbot, studio)
    capture, bar = studio.window.work.capturing.capture, studio.window.work.capturing.capture_bar
    assert capture is not None
    assert studio.microphones.live is not None
    studio.microphones.live.hear(noise(1.0, 4))
    qtbot.waitUntil(lambda: bar.title.text() == "Recording", timeout=WAIT_MS)

    def fail(*_of: object) -> None:
        raise ValueError("what was said")

    monkeypatch.setattr(capture.desk, "find_bearing", fail)
    capture.show_bearing(True)
    qtbot.waitUntil(lambda: capture.model.look.n_bearings > 0, timeout=WAIT_MS)
    assert capture.model.look.bearing_rad is None
    with monkeypatch.context() as broken:
        broken.setattr("app.ui.capture_controller.read_look", fail)
        qtbot.waitUntil(lambda: bar.title.text() == "Nothing is being kept", timeout=WAIT_MS)
        assert bar.detail.text().startswith("Something went wrong inside Madeleine. ")
        assert studio.window.presence.state.keeping is Keeping.FAILING
    studio.microphones.live.hear(noise(1.0, 4))
    qtbot.waitUntil(lambda: bar.title.text() == "Recording", timeout=WAIT_MS)
