"""Qt objects in cycles are destroyed in the GUI thread, whatever other threads allocate."""

from __future__ import annotations

import gc
import threading
import weakref

from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from app.ui.garbage import GuiGarbage
from tests.support.ui_desk import WAIT_MS


class Ring(QObject):
    """Reachable only through itself."""

    def __init__(self) -> None:
        super().__init__()
        self.timer = QTimer()
        self.me = self
        self.timer.start(10_000)


def allocate_much() -> None:
    rings = []
    for _ in range(200_000):
        ring: list[object] = []
        ring.append(ring)
        rings.append(ring)


def test_a_cycle_of_qt_objects_goes_in_the_gui_thread(qtbot: QtBot) -> None:
    owner = QObject()
    garbage = GuiGarbage(owner)
    gone_in: list[threading.Thread] = []
    weakref.finalize(Ring(), lambda: gone_in.append(threading.current_thread()))
    lane = threading.Thread(target=allocate_much)
    lane.start()
    lane.join()
    assert not gone_in
    garbage.collect_some()  # the lane made it due
    gc.collect()  # it may have grown old meanwhile
    assert gone_in == [threading.main_thread()]
    owner.deleteLater()
    qtbot.waitUntil(gc.isenabled, timeout=WAIT_MS)


def test_what_stands_is_not_looked_at_again(qtbot: QtBot) -> None:
    owner = QObject()
    GuiGarbage(owner)
    try:
        GuiGarbage.settle()
        assert gc.get_freeze_count() > 1000
    finally:
        gc.unfreeze()
        owner.deleteLater()
        qtbot.waitUntil(gc.isenabled, timeout=WAIT_MS)
