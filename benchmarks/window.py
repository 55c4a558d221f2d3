"""What the window costs: how long its thread is held while much goes on, memory and processor time while it rests.

    .venv/bin/python benchmarks/window.py [--only rest,held] [--home DIR] [--sample DIR] [--seconds 120]

rest: the window on a memory of 100,000 moments (made as ``latency.py`` makes it; ``--home`` keeps it), no model loaded:
resident memory once it is open, after every page was walked through, and after a search; processor time of half a
minute with nothing to do. held: the window on a copy of ``--sample`` (a memory of the sample day; made where it is not
given) imports a recording and 500 drawn screenshots while somebody scrolls, zooms, types and asks. A heartbeat in the
GUI thread tells how long the thread did not come back to its loop: on the clock, and in its own processor time (which
a busy machine does not lengthen).

Role: the window as ``madeleine app`` opens it, on the display or offscreen, in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if not os.environ.get("DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from _common import DATA, print_table, provide_sample_day, read_resident_mb, working_folder

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from app.ui.main_window import MainWindow

N_SCREENS = 500
BEAT_MS = 5
REST_S = 30.0
QUESTIONS = ("What was the total of the receipt?", "Which booking number was on the page?", "Who spoke about the fair?")


def main() -> int:
    """Measure in children, print tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="rest,held")
    parser.add_argument("--home", type=Path, help="folder of the memory of 100,000 moments, kept for the next run")
    parser.add_argument("--sample", type=Path, help="a memory of the sample day; it is copied")
    parser.add_argument("--seconds", type=float, default=120.0, help="how long somebody works while it imports")
    parser.add_argument("--child", choices=("rest", "held"))
    options = parser.parse_args()
    if options.child:
        print(json.dumps({"rest": rest, "held": held}[options.child](options)), flush=True)
        return 0
    with working_folder(options.home) as folder:
        if "rest" in options.only:
            print_rest(folder)
        if "held" in options.only:
            print_held(folder, options)
    return 0


def run_child(what: str, home: Path, *more: str) -> dict[str, float]:
    """Measure in a process of its own."""
    command = [sys.executable, __file__, "--child", what, "--home", str(home), *more]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result


def print_rest(folder: Path) -> None:
    """Memory and processor time of the window at rest."""
    home = folder / "synthetic-100000"
    if not (home / "built.txt").is_file():
        from latency import build_home

        build_home(home, 100_000)
    found = run_child("rest", home)
    rows = [
        ("resident MB, memory open", found["open_mb"], "350", "220"),
        ("resident MB, every page seen", found["walked_mb"], "350", "220"),
        ("resident MB, after a search (with the model of vectors)", found["searched_mb"], "", ""),
        ("resident MB, put to rest again (as after some minutes)", found["rested_mb"], "350", "220"),
        ("an empty window", found["empty_mb"], "", ""),
        ("% of a core at rest", found["idle_share"] * 100, "1", "0.2"),
    ]
    print_table(("the window, 100,000 moments", "", "must", "aim"), rows)


def print_held(folder: Path, options: argparse.Namespace) -> None:
    """How long the GUI thread is held."""
    home = folder / "held"
    shutil.rmtree(home, ignore_errors=True)
    provide_sample_day(home, options.sample)
    found = run_child("held", home, "--seconds", str(options.seconds))
    rows = [
        (f"{what}, ms", *(found[f"{key}_{share}"] for share in ("p95", "p99", "most")), "100", "33")
        for what, key in (("on the clock", "wall"), ("processor time of the thread", "cpu"))
    ]
    n, beats = int(found["imported"]), int(found["beats"])
    print_table((f"GUI thread held ({n} files read, {beats:,} beats)", "p95", "p99", "most", "must", "aim"), rows)


# the window ------------------------------------------------------------------------------------------------------
def open_window(home: Path) -> tuple[QApplication, MainWindow, Callable[[Callable[[], bool], float], None]]:
    """Open the window as the program does, and a way to let it work until something is so."""
    from PySide6.QtCore import QEventLoop, QTimer

    from app.paths import default_models
    from app.serving import open_served_engine
    from app.ui.garbage import GuiGarbage
    from app.ui.main import build_application
    from app.ui.main_window import MainWindow

    application = build_application()  # whoever drops it ends it
    GuiGarbage(application)
    window = MainWindow(lambda: open_served_engine(home, default_models()), home_label="memory")
    window.resize(1280, 800)
    window.furnished.connect(GuiGarbage.settle)
    window.start()

    # Made once: a frame that the looking thread holds would otherwise let it destroy them, in its own thread.
    loop, look, end = QEventLoop(application), QTimer(application), QTimer(application)
    wanted: list[Callable[[], bool]] = []
    end.setSingleShot(True)
    end.timeout.connect(loop.quit)
    look.timeout.connect(lambda: wanted[-1]() and loop.quit())

    def wait(until: Callable[[], bool], limit_s: float) -> None:
        wanted[:] = [until]
        end.start(int(limit_s * 1000))
        look.start(100)
        loop.exec()
        end.stop()

    wait(lambda: window.is_furnished and window.work.asking.model.n_moments is not None, 60)
    return application, window, wait


def rest(options: argparse.Namespace) -> dict[str, float]:
    """Open, look at every page, rest, search."""
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QMainWindow

    from app.ui.main import build_application
    from models.loading import give_back

    application = build_application()
    empty = QMainWindow()
    empty.show()
    application.processEvents()
    found = {"empty_mb": read_resident_mb()}
    empty.close()
    _application, window, wait = open_window(options.home)
    wait(lambda: False, 3)
    found["open_mb"] = read_resident_mb()
    for page in window.work.pages:
        window.work.pages.show_page(page.key)
        wait(lambda: False, 2)
    window.work.pages.show_page("ask")
    found["walked_mb"] = read_resident_mb()
    wait(lambda: False, 3)
    began_s, began_cpu_s = time.monotonic(), time.process_time()
    wait(lambda: False, REST_S)
    found["idle_share"] = (time.process_time() - began_cpu_s) / (time.monotonic() - began_s)
    QTest.keyClicks(window.line, "the garden meeting")
    wait(lambda: False, 6)
    found["searched_mb"] = read_resident_mb()
    engine = window.work.engine
    assert engine is not None
    engine._rooms.memory.rest(0.0)
    for backend in engine._rooms.backends:
        backend.unload()
    give_back()
    found["rested_mb"] = read_resident_mb()
    window.close()
    return found


class Heart:
    """Beats in the GUI thread and notes how long it did not."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self.gaps: list[tuple[float, float]] = []  # seconds on the clock and of the thread, beyond the beat
        self._last = (time.perf_counter(), time.thread_time())
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = (time.perf_counter(), time.thread_time())
        self.gaps.append((max(0.0, now[0] - self._last[0] - BEAT_MS / 1000), now[1] - self._last[1]))
        self._last = now

    def stop(self) -> dict[str, float]:
        """The figures in milliseconds."""
        self._timer.stop()
        out: dict[str, float] = {"beats": len(self.gaps)}
        for key, at in (("wall", 0), ("cpu", 1)):
            ordered = sorted(gap[at] * 1000 for gap in self.gaps)
            out |= {f"{key}_p95": ordered[int(len(ordered) * 0.95)], f"{key}_p99": ordered[int(len(ordered) * 0.99)]}
            out[f"{key}_most"] = ordered[-1]
        return out


def held(options: argparse.Namespace) -> dict[str, float]:
    """Import a recording and screenshots while somebody works."""
    _application, window, wait = open_window(options.home)
    folder = options.home.parent / "held-files"
    draw_screens(folder)
    dice = random.Random(5)
    wait(lambda: False, 2)
    window.work.imports.add([*sorted((DATA / "scenes").glob("*.flac"))[:1], folder])
    heart = Heart()
    end_s = time.monotonic() + options.seconds
    while time.monotonic() < end_s:
        work_a_little(window, dice)
        wait(lambda: False, dice.uniform(0.05, 0.3))
    progress = window.work.import_model.progress
    found = heart.stop() | {"imported": progress.n_done if progress else 0}
    window.work.imports.stop()
    window.close()
    return found


def draw_screens(folder: Path) -> None:
    """Screenshots that differ, drawn beforehand."""
    from _screens import KINDS, draw_sheet
    from PIL import Image

    folder.mkdir(parents=True, exist_ok=True)
    if len(list(folder.iterdir())) >= N_SCREENS:
        return
    pages = [Image.fromarray(draw_sheet(kind, seed=n, size_px=14).pixels) for kind in KINDS for n in (1, 2)]
    for n in range(N_SCREENS):
        page = pages[n % len(pages)].copy()
        page.paste((n % 250, (n * 7) % 250, 90), (10 + n % 300, 10, 60 + n % 300, 30))
        page.save(folder / f"screen-{n:03d}.png")


def work_a_little(window: MainWindow, dice: random.Random) -> None:
    """One thing that a person does."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    work = window.work
    what = dice.random()
    if what < 0.05:
        work.pages.show_page(dice.choice([page.key for page in work.pages]))
    elif what < 0.25:
        work.pages.show_page("timeline")
        strip = work.timeline.view.strip
        strip.zoom(dice.choice((0.8, 1.25)), dice.uniform(200, 1000))
    elif what < 0.5:
        work.timeline.view.strip.pan(dice.choice((-120, -40, 40, 120)))
    elif what < 0.75:
        work.pages.show_page("ask")
        keys = (Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Up)
        QTest.keyClick(work.asking.view.cards, dice.choice(keys))
    elif what < 0.97:
        QTest.keyClicks(window.line, dice.choice("abdegmnort "))
    else:
        work.pages.show_page("ask")
        window.line.setText(dice.choice(QUESTIONS))
        window.line.returnPressed.emit()


if __name__ == "__main__":
    sys.exit(main())
