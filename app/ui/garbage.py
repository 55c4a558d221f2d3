"""Cyclic garbage is collected in the GUI thread alone, a little at a time.

Role: Python collects in whichever thread happens to allocate. A Qt object that is only reachable through a cycle (a
timer, a menu, a dialog with a lambda that knows it) would then be destroyed in a lane, which Qt does not survive
("QObject: Timers cannot be stopped from another thread", then a crash). Source: Qt's manual, "Threads and QObjects";
Python's manual, module gc.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_MS = 500


class GuiGarbage(QObject):
    """Takes the collector over for as long as it lives.

    Args:
        parent: Lives in the GUI thread; when it goes, Python collects by itself again.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.collect_some)
        self._timer.start()
        self.destroyed.connect(gc.enable)

    @staticmethod
    def settle() -> None:
        """Count what is there now as staying, so that no later pass looks at it; called once the window stands."""
        gc.collect()
        gc.freeze()

    def collect_some(self) -> None:
        """Collect the oldest generation that is due by Python's own thresholds, with the younger ones."""
        due = [n > limit > 0 for n, limit in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        if due[0]:
            gc.collect(2 if due[2] else 1 if due[1] else 0)
