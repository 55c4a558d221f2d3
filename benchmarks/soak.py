"""An hour of random actions in the window: nothing may crash, warn, raise, hang or grow.

    .venv/bin/python benchmarks/soak.py [--minutes 60] [--sample DIR] [--seed 1]

Somebody who presses everything: buttons, commands, keys, wheels, typed words, questions, imports, forgetting, other
sizes, light and dark. Told each minute: resident memory, widgets, Python objects, threads, open files; at the end what
was warned or raised, and how much each grew from the first quarter to the last. The memory is a copy of ``--sample``
(the sample day, made where it is not given).

Role: what it may not press is what reaches outside the copy (fetching and removing weights, file dialogs, quitting).
"""

from __future__ import annotations

import argparse
import collections
import faulthandler
import gc
import os
import random
import statistics
import sys
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

if not os.environ.get("DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from _common import print_table, provide_sample_day, read_resident_mb, working_folder
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QFileDialog,
    QLineEdit,
    QMenu,
    QPushButton,
    QWidget,
)

NEVER = ("fetch", "pull", "remove", "measure", "check", "quit", "import", "folder", "export", "open the", "delete")
WORDS = "booking apartment boxes dentist total fair stand Friday cat receipt What did who said when the".split()
QUESTIONS = ("What was the total of the receipt?", "Which booking number was on the page?", "Who needs boxes?")
STUCK_S = 120.0
MEASURED = ("resident MB", "widgets", "Python objects", "threads", "open files")


class Troubles:
    """Everything that was warned, raised or written by Qt, counted by its words."""

    def __init__(self) -> None:
        self.seen: collections.Counter[str] = collections.Counter()
        qInstallMessageHandler(self._on_message)
        sys.excepthook = self._on_error
        threading.excepthook = lambda args: self.note(f"{args.thread}: {args.exc_value!r}")
        sys.unraisablehook = lambda args: self.note(f"unraisable: {args.exc_value!r} in {args.object!r}")

    def note(self, words: str) -> None:
        """Count one."""
        if not self.seen[words]:
            print(f"! {words}", flush=True)
        self.seen[words] += 1

    def _on_message(self, kind: QtMsgType, _context: object, words: str) -> None:
        # Offscreen's own, and a machine without a sound server: the window says that itself.
        is_of_machine = words.startswith(("This plugin does not support", "PulseAudioService"))
        if kind != QtMsgType.QtDebugMsg and not is_of_machine:
            self.note(f"{kind.name}: {words}")

    def _on_error(self, _kind: object, error: BaseException, trace: Any) -> None:
        self.note("".join(traceback.format_exception(error)[-6:]) if trace else repr(error))


class Monkey:
    """Presses anything.

    Args:
        window: The window.
        folder: Where it writes notes to import.
        seed: Of its dice.
    """

    def __init__(self, window: Any, folder: Path, seed: int) -> None:
        self._window, self._folder, self._dice = window, folder, random.Random(seed)
        self._n_notes = 0
        self.counts: collections.Counter[str] = collections.Counter()
        self._ways: tuple[tuple[float, Callable[[], object]], ...] = (
            (30, self._press_button), (14, self._press_key), (10, self._type), (8, self._turn_page), (8, self._wheel),
            (8, self._click_somewhere), (6, self._command), (3, self._resize), (2, self._theme), (1.5, self._bring_in),
            (0.4, self._ask), (0.6, self._forget),
        )  # fmt: skip

    def act(self) -> None:
        """One action."""
        weights, ways = zip(*self._ways, strict=True)
        way = self._dice.choices(ways, weights)[0]
        self.counts[way.__name__.strip("_")] += 1
        way()
        for widget in QApplication.topLevelWidgets():  # what pops up is looked at and put away
            if isinstance(widget, QDialog | QMenu) and widget.isVisible() and self._dice.random() < 0.5:
                widget.close()

    def _widgets(self, kind: type[QWidget]) -> list[QWidget]:
        return [
            each for each in self._window.findChildren(kind)
            if each.isVisible() and each.isEnabled() and not each.visibleRegion().isEmpty()
        ]  # fmt: skip

    def _press_button(self) -> None:
        buttons = [b for b in self._widgets(QAbstractButton) if isinstance(b, QAbstractButton) and self._may(b)]
        if buttons:
            QTest.mouseClick(self._dice.choice(buttons), Qt.MouseButton.LeftButton)

    @staticmethod
    def _may(button: QAbstractButton) -> bool:
        words = f"{button.text()} {button.accessibleName()} {button.toolTip()}".lower()
        has_menu = isinstance(button, QPushButton) and button.menu() is not None
        return not has_menu and not any(word in words for word in NEVER)

    def _press_key(self) -> None:
        keys = "Down Up Left Right Tab Backtab Space Home End PageDown PageUp Escape Plus Minus G M N F Return".split()
        target = QApplication.focusWidget() or self._window
        if isinstance(target, QAbstractButton) and not self._may(target):
            return
        QTest.keyClick(target, getattr(Qt.Key, f"Key_{self._dice.choice(keys)}"))

    def _type(self) -> None:
        lines = [self._window.line, *(each for each in self._widgets(QLineEdit) if self._dice.random() < 0.2)]
        QTest.keyClicks(self._dice.choice(lines), self._dice.choice(WORDS) + " ")
        if self._dice.random() < 0.3:
            self._window.line.clear()

    def _turn_page(self) -> None:
        self._window.work.pages.show_page(self._dice.choice([page.key for page in self._window.work.pages]))

    def _wheel(self) -> None:
        target = self._dice.choice(self._widgets(QWidget) or [self._window])
        at, turn = QPointF(target.rect().center()), self._dice.choice((-120, 120, -480, 480))
        event = QWheelEvent(
            at, QPointF(target.mapToGlobal(at.toPoint())), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton,
            self._dice.choice((Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier)),
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(target, event)

    def _click_somewhere(self) -> None:
        targets = [each for each in self._widgets(QWidget) if not isinstance(each, QAbstractButton)]
        target = self._dice.choice(targets or [self._window])
        at = QPoint(self._dice.randrange(max(1, target.width())), self._dice.randrange(max(1, target.height())))
        click = QTest.mouseDClick if self._dice.random() < 0.2 else QTest.mouseClick
        click(target, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)

    def _command(self) -> None:
        actions = [
            each for each in self._window.actions()
            if each.isEnabled() and each.text() and not any(word in each.text().lower() for word in NEVER)
        ]  # fmt: skip
        if actions:
            self._dice.choice(actions).trigger()

    def _resize(self) -> None:
        self._window.resize(self._dice.randrange(640, 1700), self._dice.randrange(480, 1000))

    def _theme(self) -> None:
        from app.ui.theme import DARK, LIGHT

        self._window._dress(self._dice.choice((DARK, LIGHT)))
        self._window.work.set_theme(self._window.theme)

    def _bring_in(self) -> None:
        self._n_notes += 1
        note = self._folder / f"note-{self._n_notes}.txt"
        note.write_text(f"Note {self._n_notes}: {' '.join(self._dice.choices(WORDS, k=12))}.\n")
        self._window.work.imports.add([note])

    def _ask(self) -> None:
        self._window.work.ask_now(self._dice.choice(QUESTIONS))

    def _forget(self) -> None:
        cards = self._window.work.asking.model.cards
        moments = [card.id for card in cards.cards]
        if moments:
            self._window.work.questions.confirm_forget(self._dice.choice(moments))


def main() -> int:
    """Run it; the exit code says whether there was trouble."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--sample", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with working_folder(None) as folder:
        return run(options, folder)


def run(options: argparse.Namespace, folder: Path) -> int:
    """Open the window, act until the time is over, close it."""
    from app.ui.garbage import GuiGarbage
    from app.ui.main import build_application
    from app.ui.main_window import MainWindow
    from app.ui.theme import LIGHT

    application, troubles = build_application(), Troubles()
    garbage = GuiGarbage(application)
    QFileDialog.getOpenFileNames = staticmethod(lambda *_a, **_k: ([], ""))  # type: ignore[method-assign,assignment]
    QFileDialog.getExistingDirectory = staticmethod(lambda *_a, **_k: "")  # type: ignore[method-assign,assignment]
    window = MainWindow(build_factory(options.sample, folder), home_label="soak", theme=LIGHT)
    window.furnished.connect(garbage.settle)
    window.start()
    until(application, lambda: window.is_furnished and window.work.asking.model.n_moments is not None, 120)
    monkey, began_s, next_s = Monkey(window, folder, options.seed), time.monotonic(), 0.0
    measured: list[tuple[float, ...]] = []
    while (passed_s := time.monotonic() - began_s) < options.minutes * 60:
        faulthandler.dump_traceback_later(STUCK_S, exit=True)
        monkey.act()
        until(application, lambda: False, monkey._dice.uniform(0.0, 0.15))
        if passed_s >= next_s:
            measured.append(measure(application))
            next_s += min(60.0, options.minutes * 60 / 20)
            told = zip(MEASURED, measured[-1], strict=True)
            print(f"{passed_s / 60:5.1f} min  " + "  ".join(f"{name} {value:,.0f}" for name, value in told), flush=True)
    faulthandler.cancel_dump_traceback_later()
    window.close()
    ended = window.ended_in_time
    tell(measured, monkey, troubles)
    print(f"{sum(monkey.counts.values())} actions, {len(troubles.seen)} troubles, closed in time: {ended}")
    return bool(troubles.seen) or not ended


def build_factory(sample: Path | None, folder: Path) -> Callable[[], Any]:
    """What opens a copy of the sample day."""
    from app.compose import build_engine
    from app.paths import default_models

    home = folder / "home"
    provide_sample_day(home, sample)
    return lambda: build_engine(home, models=default_models())


def until(application: QApplication, wanted: Callable[[], bool], limit_s: float) -> None:
    """Let the window work."""
    end_s = time.monotonic() + limit_s
    while not wanted() and time.monotonic() < end_s:
        application.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # a real event loop does this by itself
        time.sleep(0.002)


def measure(application: QApplication) -> tuple[float, ...]:
    """What must not grow."""
    gc.collect()
    open_files = len(os.listdir("/proc/self/fd"))
    return (
        read_resident_mb(),
        len(application.allWidgets()),
        len(gc.get_objects()),
        threading.active_count(),
        open_files,
    )


def tell(measured: list[tuple[float, ...]], monkey: Monkey, troubles: Troubles) -> None:
    """The table of growth, and every trouble."""
    quarter = max(1, len(measured) // 4)
    rows = []
    for name, values in zip(MEASURED, zip(*measured, strict=True), strict=True):
        begin, end = statistics.median(values[quarter : 2 * quarter] or values), statistics.median(values[-quarter:])
        rows.append((name, begin, end, end - begin, max(values)))
    print_table(("", "second quarter", "last quarter", "grown by", "most"), rows)
    print_table(("done", "times"), monkey.counts.most_common())
    for words, n in troubles.seen.most_common():
        print(f"{n} times: {words}")


if __name__ == "__main__":
    sys.exit(main())
