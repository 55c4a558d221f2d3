"""Renders the window's views into PNG files, for the documentation and for looking at what was changed.

    python packaging/screenshots.py --home DIR                 docs/window.png, docs/missed.png and docs/timeline.png
    python packaging/screenshots.py --home DIR --all OUT       every view, light and dark
    QT_SCALE_FACTOR=2 python packaging/screenshots.py ...      the same as on a screen at 200 %

``--home`` is a real memory that holds the sample day, opened through the real engine. What would change it (recording,
an empty memory) is drawn on small engines of the tests in a folder of their own. It runs without a display (offscreen).
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

CHECKOUT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(CHECKOUT), str(CHECKOUT / "packaging" / "setup")]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

if TYPE_CHECKING:
    from app.engine import Engine
    from app.ui.main_window import MainWindow
    from app.ui.theme import Theme

DOCS = CHECKOUT / "docs"
QUESTION = "Which booking number does Quinta da Ponte have?"
MISSED = "What did I miss while I was following the conversation about the new apartment?"
NOWHERE = "What did I miss while I was away from 2 to 3 am?"
PLAYED_S = 41.0  # both directions speak then


class Camera:
    """Draws one window in one theme.

    Args:
        theme: Light or dark.
        out: Folder of the pictures; a picture is named after its view and the theme.
        options: The arguments of the program.
    """

    def __init__(self, theme: Theme, out: Path, options: argparse.Namespace) -> None:
        self._theme, self._out, self._options = theme, out, options

    @property
    def home(self) -> Path:
        """The memory of the sample day."""
        home: Path = self._options.home
        return home

    @contextmanager
    def unopened(self, factory: Callable[[], Engine], **more: Any) -> Iterator[MainWindow]:
        """A window on a memory that cannot be opened."""
        window = self._build(factory, more)
        try:
            self.wait(lambda: window.is_furnished and window.empty_view.retry.isVisible())
            yield window
        finally:
            window.close()

    @contextmanager
    def window(self, factory: Callable[[], Engine], **more: Any) -> Iterator[MainWindow]:
        """A window on a memory, until the block is left."""
        window = self._build(factory, more)
        try:
            self.wait(lambda: window.is_furnished and window.work.asking.model.n_moments is not None)
            yield window
        finally:
            window.close()

    def _build(self, factory: Callable[[], Engine], more: dict[str, Any]) -> MainWindow:
        from app.ui.main_window import MainWindow
        from tests.support.ui_fakes import FakeSound

        window = MainWindow(factory, home_label="memory", theme=self._theme, **{"sound": FakeSound(), **more})
        window.resize(*map(int, self._options.size.split("x")))
        window.start()
        return window

    def wait(self, until: Callable[[], bool]) -> None:
        """Let the window work until something is so.

        Raises:
            TimeoutError: It did not come.
        """
        end = time.monotonic() + self._options.limit_s
        while not until():
            if time.monotonic() > end:
                raise TimeoutError("the view did not come")
            _process()

    def take(self, window: MainWindow, name: str, path: Path | None = None) -> None:
        """Let pictures and waveforms arrive, then save what is seen."""
        from app.ui.main import grab

        end = time.monotonic() + 0.6
        while time.monotonic() < end:
            _process()
        grab(window, path or self._out / f"{name}-{self._theme.name}.png")


def main() -> int:
    """Parse the arguments and render."""
    parser = argparse.ArgumentParser(description="Render the window's views into PNG files.")
    parser.add_argument("--home", type=Path, required=True, help="data folder of a memory of the sample day")
    parser.add_argument("--all", type=Path, metavar="OUT", help="every view in both themes, into this folder")
    parser.add_argument("--size", default="1280x800", help="size of the window")
    parser.add_argument("--language", default="en", help="what the window speaks: en, de")
    parser.add_argument("--limit-s", type=float, default=300.0, help="longest wait for a view")
    options = parser.parse_args()
    from app.ui.main import build_application
    from app.ui.theme import DARK, LIGHT

    build_application(options.language)
    with tempfile.TemporaryDirectory() as folder:
        spool = Path(folder) / "spool"
        if options.all is None:
            with _sample_day(Camera(LIGHT, DOCS, options), spool) as (camera, window):
                _take_answer(camera, window, DOCS / "window.png")
                _take_missed(camera, window, DOCS / "missed.png")
                _take_timeline(camera, window, DOCS / "timeline.png")
            return 0
        for theme in (LIGHT, DARK):
            with _sample_day(Camera(theme, options.all, options), spool) as (camera, window):
                _take_questions(camera, window)
                _take_page_of_missed(camera, window)
                _take_timeline(camera, window)
                _take_people(camera, window)
                _take_library(camera, window)
            _take_recording(camera, Path(folder) / theme.name)
            _take_troubles(camera, Path(folder) / theme.name)
    return 0


@contextmanager
def _sample_day(camera: Camera, spool: Path) -> Iterator[tuple[Camera, MainWindow]]:
    """The window as ``make run`` opens it; whatever it would record goes elsewhere."""
    from app.recording import RecordingDesk
    from tests.support.capture_fakes import ReplayedMicrophones

    def build_desk(engine: Engine) -> RecordingDesk:
        return RecordingDesk(engine, spool, ReplayedMicrophones())

    with camera.window(_real_engine(camera.home), examples=_examples(), desk_factory=build_desk) as window:
        camera.wait(window.record_button.isEnabled)
        yield camera, window


def _real_engine(home: Path) -> Callable[[], Engine]:
    from app.compose import build_engine
    from app.paths import default_models

    return lambda: build_engine(home, models=default_models())


def _examples() -> list[str]:
    from sample import list_examples  # of packaging/setup

    questions: list[str] = list_examples()
    return questions


def _take_timeline(camera: Camera, window: MainWindow, path: Path | None = None) -> None:
    """The whole day with the card of one photo; then seconds of a talk."""
    from PySide6.QtCore import QPoint
    from PySide6.QtTest import QTest

    from app.ui.timeline_view_model import Lane

    page = window.work.timeline
    window.notice.put_away()
    window.work.pages.show_page(page.key)
    camera.wait(lambda: page.model.is_placed and page.model.is_complete and not page.model.wanted())
    strip = page.view.strip
    strip.setFocus()
    page.show_everything()
    camera.wait(lambda: page.model.is_complete and bool(page.model.items(Lane.EVENTS)))
    camera.wait(lambda: strip.pictures.n_read >= len(page.model.items(Lane.PICTURES)) // 2)
    photo = strip.rect_of(page.model.items(Lane.PICTURES)[0])
    assert photo is not None
    QTest.mouseMove(strip, photo.center().toPoint())
    camera.take(window, "timeline", path)
    if path is not None:
        return
    said = page.model.items(Lane.VOICES)
    QTest.mouseMove(strip, QPoint(4, 4))
    strip.look_closer(said[len(said) // 2])
    strip.zoom(0.12)
    camera.wait(lambda: page.model.is_complete)
    camera.take(window, "timeline-seconds")


def _take_people(camera: Camera, window: MainWindow) -> None:
    """Voices, the map of places, applications, and the words of one voice to part."""
    from app.ui.people_view_model import Tab

    page = window.work.people
    window.notice.put_away()
    window.work.pages.show_page(page.key)
    camera.wait(lambda: page.model.is_read)
    for tab in (Tab.APPS, Tab.PLACES, Tab.PEOPLE):
        page.controller.show_tab(tab)
        camera.wait(lambda: page.model.chosen is None or page.model.detail.is_read)
        camera.take(window, f"people-{tab}")
    page.controller.begin_parting()
    camera.wait(lambda: page.model.unlike is not None)
    camera.take(window, "people-part")
    page.controller.end_parting()


def _take_library(camera: Camera, window: MainWindow) -> None:
    """What came in and what takes space; the settings from top to bottom."""
    library, settings = window.work.library, window.work.settings
    window.work.pages.show_page(library.key)
    camera.wait(lambda: library.space.report is not None)
    camera.take(window, "library")
    library.cards.show_widget(library.space.rules)
    camera.take(window, "library-space")
    window.work.pages.show_page(settings.key)
    camera.wait(lambda: settings.is_built and bool(settings.model_controller.states))
    camera.take(window, "settings")
    for name, widget in (("models", settings.models), ("privacy", settings.privacy)):
        settings.cards.area.verticalScrollBar().setValue(widget.y())
        camera.take(window, f"settings-{name}")


def _take_answer(camera: Camera, window: MainWindow, path: Path | None = None) -> None:
    from app.ui.ask_view_model import Phase

    window.line.setText(QUESTION)
    window.line.returnPressed.emit()
    model = window.work.asking.model
    camera.wait(lambda: model.phase in (Phase.ANSWERED, Phase.ABSTAINED, Phase.FAILED))
    camera.take(window, "answer", path)


def _take_missed(camera: Camera, window: MainWindow, path: Path | None = None) -> None:
    """The page of what was missed while it plays."""
    page = window.work.missing
    window.line.setText(MISSED)
    window.line.returnPressed.emit()
    camera.wait(lambda: not page.model.is_busy)
    sound = window.work.player._sound  # a fake that is told where it is
    page.controller.play(1, PLAYED_S)
    camera.wait(lambda: page.controller.is_playing)
    sound.tell(PLAYED_S)  # type: ignore[attr-defined]
    camera.take(window, "missed", path)


def _take_questions(camera: Camera, window: MainWindow) -> None:
    asking = window.work.asking
    camera.take(window, "latest")
    _take_answer(camera, window)
    pictures = [card for card in asking.model.cards.cards if card.has_picture]
    for name, cards in (("moment", asking.model.cards.cards), ("picture", pictures)):
        if cards:
            asking.open_moment(cards[0].id)
            camera.take(window, name)
            asking.close_moment()
    _take_talk(camera, window)
    window.sheet.toggle()
    camera.take(window, "keys")
    window.sheet.toggle()


def _take_talk(camera: Camera, window: MainWindow) -> None:
    """A sentence of a talk: the word that is heard, what lies around it, and the line to correct it."""
    from memory.records import Kind

    page, engine = window.work.timeline, window.work.engine
    said = [m for m in engine.memory.iter_moments() if m.kind is Kind.UTTERANCE and m.stream] if engine else []
    if not said:
        return
    view, moment = page.moment_view, said[len(said) // 3]
    window.work.pages.show_page(page.key)
    page.controller.opened.emit(moment)
    camera.wait(lambda: view.around.isVisible() and bool(view.sound.wave.peaks))
    view.text.follow(moment.id, (moment.ended_us - moment.started_us) / 2e6)
    camera.take(window, "talk")
    view.correct.click()
    camera.take(window, "talk-correct")
    page.close_moment()
    window.work.pages.show_page(window.work.asking.key)


def _take_page_of_missed(camera: Camera, window: MainWindow) -> None:
    page = window.work.missing
    window.line.clear()
    window.work.pages.show_page(page.key)
    camera.wait(lambda: bool(page.model.recordings))
    camera.take(window, "missed-start")
    page.controller.choose(page.model.recordings[-1].id)
    camera.wait(lambda: not page.model.is_busy)
    camera.take(window, "missed-choosing")
    _take_missed(camera, window)
    window.work.ask_now(NOWHERE)
    camera.wait(lambda: not page.model.is_busy)
    camera.take(window, "missed-nothing")


def _take_recording(camera: Camera, home: Path) -> None:
    """An empty memory that records from a replayed microphone, until it is unplugged."""
    from app.consent import Source
    from app.recording import RecordingDesk
    from tests.support.app_engine import build_fake_engine
    from tests.support.capture_fakes import DESK, ReplayedMicrophones, noise

    microphones = ReplayedMicrophones()

    def build_desk(engine: Engine) -> RecordingDesk:
        return RecordingDesk(engine, home, microphones)

    with camera.window(lambda: build_fake_engine(home), desk_factory=build_desk) as window:
        work, bar = window.work, window.work.capturing.capture_bar
        camera.wait(window.record_button.isEnabled)
        camera.take(window, "welcome")
        window.work.welcome.view.boxes[Source.MICROPHONE].click()
        window.work.welcome.view.done.click()
        camera.take(window, "empty")
        work.capturing.toggle_recording()
        camera.wait(bar.again.isVisible)
        camera.take(window, "record-none")
        microphones.plug(DESK)
        bar.again.click()
        camera.wait(bar.start.isVisible)
        camera.take(window, "record-choose")
        bar.start.click()
        camera.wait(lambda: microphones.live is not None)
        assert microphones.live is not None
        microphones.live.hear((noise(6.0) * [1.0, 0.4, 0.1, 0.7]).astype("int16"))
        camera.wait(lambda: work.capturing.capture_model.look.status.recorded_s > 5.9)
        camera.take(window, "record-on")
        microphones.unplug(DESK)
        camera.wait(lambda: work.capturing.capture_model.is_red)
        camera.take(window, "record-red")


def _take_troubles(camera: Camera, folder: Path) -> None:
    """What a person meets when something is in the way: a memory in use, settings nobody can read, no models yet."""
    from app.compose import build_engine
    from memory.home import HomeLock, make_dir

    home, models = folder / "troubled", folder / "no-models"
    make_dir(home)
    lock = HomeLock(home / "lock")
    lock.acquire()
    with camera.unopened(lambda: build_engine(home, models=models), home=home) as window:
        camera.take(window, "trouble-in-use")
    lock.release()
    (home / "settings.json").write_text("{", encoding="utf-8")
    with camera.unopened(lambda: build_engine(home, models=models), home=home) as window:
        camera.take(window, "trouble-settings")
        window.empty_view.remedy.click()
        camera.wait(lambda: window.work.asking.model.n_moments is not None)
        window.work.welcome.view.done.click()
        note, broken = folder / "note.txt", folder / "broken.jpg"
        note.write_text("The plumber comes on Friday at nine.", encoding="utf-8")
        broken.write_bytes(b"\xff\xd8\xff")
        window.work.imports.add([note, broken])
        camera.wait(lambda: window.work.imports.is_idle)
        window.line.setText("When does the plumber come?")
        window.line.returnPressed.emit()
        camera.wait(lambda: not window.work.asking.model.is_busy)
        camera.take(window, "trouble-no-model")
        window.work.pages.show_page(window.work.library.key)
        camera.wait(lambda: bool(window.work.library.controller.files.failed))
        camera.take(window, "trouble-failed")


def _process() -> None:
    from PySide6.QtCore import QCoreApplication

    QCoreApplication.processEvents()
    time.sleep(0.005)


if __name__ == "__main__":
    raise SystemExit(main())
