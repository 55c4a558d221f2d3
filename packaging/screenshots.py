"""Renders the window's views into PNG files, for the README and for looking at what was changed.

    python packaging/screenshots.py --home DIR [--out docs] [--question TEXT]
    python packaging/screenshots.py --fake [--out DIR]

``--home`` opens a real memory through the real engine; ``--fake`` uses the small engine of the tests. Both themes are
rendered. It runs without a display (offscreen).
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

if TYPE_CHECKING:
    from app.engine import Engine
    from app.ui.main_window import MainWindow
    from app.ui.theme import Theme


def main() -> int:
    """Parse the arguments and render."""
    parser = argparse.ArgumentParser(description="Render the window's views into PNG files.")
    parser.add_argument("--home", type=Path, help="data folder of a real memory")
    parser.add_argument("--fake", action="store_true", help="use the small engine of the tests")
    parser.add_argument("--out", type=Path, default=Path("docs"), help="folder for the pictures")
    parser.add_argument("--question", default="When is the dentist?", help="what to ask")
    parser.add_argument("--size", default="1280x800", help="size of the window")
    parser.add_argument("--limit-s", type=float, default=180.0, help="longest wait for an answer")
    options = parser.parse_args()
    if not options.fake and options.home is None:
        parser.error("give --home DIR or --fake")
    if options.fake:
        os.environ["TZ"] = "Europe/Berlin"
        time.tzset()
    from app.ui.main import build_application
    from app.ui.theme import DARK, LIGHT

    build_application()
    with tempfile.TemporaryDirectory() as folder:
        for theme in (LIGHT, DARK):
            _render(_factory(options, Path(folder)), theme, options)
    return 0


def _factory(options: argparse.Namespace, folder: Path) -> Callable[[], Engine]:
    if options.fake:
        from tests.support.ui_fakes import FakeEngine, write_media

        write_media(folder)
        return lambda: FakeEngine(folder)
    from app.compose import build_engine
    from app.paths import default_models

    return lambda: build_engine(options.home, models=default_models())


def _render(factory: Callable[[], Engine], theme: Theme, options: argparse.Namespace) -> None:
    from app.ui.ask_view_model import Phase
    from app.ui.main import grab
    from app.ui.main_window import MainWindow

    clock = {}
    if options.fake:
        from tests.support.ui_fakes import now_us

        clock = {"now_us": now_us}
    window = MainWindow(factory, home_label="memory", theme=theme, **clock)
    width, height = map(int, options.size.split("x"))
    window.resize(width, height)
    window.start()

    def save(name: str) -> None:
        _settle(window)
        grab(window, options.out / f"{name}-{theme.name}.png")

    _wait(lambda: window.is_furnished, options.limit_s)
    _wait(lambda: window.work.asking.model.n_moments is not None, options.limit_s)
    save("latest")
    window.line.setText(options.question)
    window.line.returnPressed.emit()
    done = (Phase.ANSWERED, Phase.ABSTAINED, Phase.FAILED)
    _wait(lambda: window.work.asking.model.phase in done, options.limit_s)
    save("answer")
    if window.work.asking.model.cards.cards:
        window.work.asking.open_moment(window.work.asking.model.cards.cards[0].id)
        save("moment")
        window.work.asking.close_moment()
    picture = next((card for card in window.work.asking.model.cards.cards if card.has_picture), None)
    if picture:
        window.work.asking.open_moment(picture.id)
        save("picture")
    window.close()


def _wait(until: Callable[[], bool], limit_s: float) -> None:
    from PySide6.QtCore import QCoreApplication

    end = time.monotonic() + limit_s
    while not until():
        if time.monotonic() > end:
            raise TimeoutError("the view did not come")
        QCoreApplication.processEvents()
        time.sleep(0.005)


def _settle(window: MainWindow) -> None:
    """Let pictures and waveforms arrive."""
    from PySide6.QtCore import QCoreApplication

    end = time.monotonic() + 0.6
    while time.monotonic() < end:
        QCoreApplication.processEvents()
        time.sleep(0.005)
    window.repaint()


if __name__ == "__main__":
    raise SystemExit(main())
