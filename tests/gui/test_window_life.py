from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QLineEdit, QProgressBar, QWidget
from pytestqt.qtbot import QtBot

from app.settings import load_settings
from app.ui.main_window import MainWindow
from app.ui.remember_dialog import RememberDialog
from app.ui.theme import CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT, Theme, find_theme
from memory.errors import HomeLocked
from tests.support.ui_desk import WAIT_MS, Desk
from tests.support.ui_fakes import FakeEngine, FakeSound, Script, now_us


def test_the_window_is_painted_before_the_memory_is_opened(qtbot: QtBot, media: object) -> None:
    painted: list[bool] = []
    hold = threading.Event()

    def factory() -> FakeEngine:
        painted.append(window.isVisible())
        hold.wait(10)
        return FakeEngine(media)  # type: ignore[arg-type]

    window = MainWindow(factory, home_label="x", sound=FakeSound(), now_us=now_us, theme=LIGHT)  # type: ignore[arg-type]
    window.start()
    qtbot.waitUntil(lambda: painted == [True], timeout=WAIT_MS)
    assert window.empty_view.title.text() == "Opening the memory…"
    refuse_to_remember(window)
    hold.set()
    qtbot.waitUntil(lambda: window.work.engine is not None, timeout=WAIT_MS)
    window.close()
    window.deleteLater()


def refuse_to_remember(window: MainWindow) -> None:
    """Nothing can be remembered yet: no note is asked for that would be lost, and whoever waits is told."""
    assert not window.commands.get("remember").is_enabled()
    window.aside.ask()
    assert window.findChild(RememberDialog) is None
    told: list[str] = []
    window.work.remembering.unheard.connect(lambda error: told.append(str(error)))
    window.work.remembering.seen.connect(lambda: told.append("seen"))
    window.work.remembering.listen()
    window.work.remembering.remember("the kettle")
    assert told == ["Opening the memory…", "seen"]
    assert window.notice.message.text() == "Opening the memory…"


def test_a_memory_that_cannot_be_opened_is_said_in_words_and_tried_again(qtbot: QtBot, media: object) -> None:
    tries: list[int] = []
    is_free = threading.Event()

    def factory() -> FakeEngine:
        tries.append(1)
        if not is_free.is_set():
            raise HomeLocked("Another Madeleine (process 7) has this memory open.", hint="Close it and try again.")
        return FakeEngine(media)  # type: ignore[arg-type]

    window = MainWindow(factory, home_label="x", sound=FakeSound(), now_us=now_us, theme=LIGHT)  # type: ignore[arg-type]
    window.start()
    qtbot.waitUntil(window.empty_view.retry.isVisible, timeout=WAIT_MS)
    assert window.empty_view.title.text() == "Another Madeleine has this memory open."
    assert "it opens here by itself" in window.empty_view.text.text()
    window.work.opening.again.setInterval(1)
    window.work.opening.again.start()
    qtbot.waitUntil(lambda: len(tries) > 2, timeout=WAIT_MS)
    assert window.empty_view.retry.isVisible(), "a look that finds it still closed changes nothing on show"
    window.work.opening.again.setInterval(WAIT_MS)
    qtbot.waitUntil(lambda: not window.work.runner.is_busy("open"), timeout=WAIT_MS)
    is_free.set()
    qtbot.mouseClick(window.empty_view.retry, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(window.work.asking.view.isVisible, timeout=WAIT_MS)
    window.close()
    window.deleteLater()


def test_what_was_in_the_way_is_gone_and_the_memory_opens_by_itself(qtbot: QtBot, media: object) -> None:
    tries: list[int] = []

    def factory() -> FakeEngine:
        tries.append(1)
        if len(tries) == 1:
            raise HomeLocked("It is open.")
        return FakeEngine(media)  # type: ignore[arg-type]

    window = MainWindow(factory, home_label="x", sound=FakeSound(), now_us=now_us, theme=LIGHT)  # type: ignore[arg-type]
    window.start()
    qtbot.waitUntil(window.empty_view.retry.isVisible, timeout=WAIT_MS)
    window.work.opening.again.start(1)
    qtbot.waitUntil(window.work.asking.view.isVisible, timeout=WAIT_MS)
    window.close()
    window.deleteLater()


def test_who_presses_try_again_while_it_opens_by_itself_does_not_lock_it_out(qtbot: QtBot, media: object) -> None:
    tries: list[int] = []
    hold = threading.Event()

    def factory() -> FakeEngine:
        tries.append(1)
        if len(tries) != 2:  # the second try opens it, and holds its lock from then on
            raise HomeLocked("It is open.")
        hold.wait(10)
        return FakeEngine(media)  # type: ignore[arg-type]

    window = MainWindow(factory, home_label="x", sound=FakeSound(), now_us=now_us, theme=LIGHT)  # type: ignore[arg-type]
    window.start()
    qtbot.waitUntil(window.empty_view.retry.isVisible, timeout=WAIT_MS)
    window.work.opening.again.start(1)
    qtbot.waitUntil(lambda: len(tries) == 2, timeout=WAIT_MS)
    qtbot.mouseClick(window.empty_view.retry, Qt.MouseButton.LeftButton)
    hold.set()
    qtbot.waitUntil(window.work.asking.view.isVisible, timeout=WAIT_MS)
    assert len(tries) == 2
    window.close()
    window.deleteLater()


def test_damaged_settings_are_put_aside_only_when_the_user_says_so(qtbot: QtBot, media: object, tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text("{not json")

    def factory() -> FakeEngine:
        load_settings(tmp_path)
        return FakeEngine(media)  # type: ignore[arg-type]

    window = MainWindow(
        factory, home_label="x", sound=FakeSound(), now_us=now_us, theme=LIGHT, home=tmp_path  # type: ignore[arg-type]
    )  # fmt: skip
    window.start()
    qtbot.waitUntil(window.empty_view.remedy.isVisible, timeout=WAIT_MS)
    assert window.empty_view.title.text() == "The settings of this memory cannot be read."
    qtbot.mouseClick(window.empty_view.remedy, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(window.work.asking.view.isVisible, timeout=WAIT_MS)
    assert (tmp_path / "settings.damaged-1.json").read_text() == "{not json"
    window.close()
    window.deleteLater()


def test_closing_stops_work_ends_threads_and_closes_the_memory(qtbot: QtBot, open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(script=Script(hold_answer=threading.Event()))
    qtbot.keyClicks(desk.window.line, "dentist?")
    qtbot.keyClick(desk.window.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "ask dentist?" in desk.engine.calls, timeout=WAIT_MS)
    qtbot.keyClick(desk.window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert desk.engine.closed
    assert desk.window.ended_in_time
    assert not [each.name for each in threading.enumerate() if each.name.startswith("lane-")]


def test_every_control_has_an_accessible_name(desk: Desk) -> None:
    controls = (QAbstractButton, QLineEdit, QAbstractScrollArea, QProgressBar)
    mute = [
        f"{type(each).__name__} {each.objectName()}"
        for each in desk.window.findChildren(QWidget)
        if (isinstance(each, controls) or each.focusPolicy() != Qt.FocusPolicy.NoFocus)
        and not each.objectName().startswith("qt_")
        and not each.accessibleName()
    ]
    assert mute == []


def test_cards_speak_for_themselves(desk: Desk) -> None:
    spoken = desk.window.work.asking.cards.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Note, Note, Today, 12:15, Ask the dentist")


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_text_stands_out_from_its_ground(theme: object) -> None:
    pairs = (("text", "ground"), ("text", "card"), ("soft", "ground"), ("soft", "card"), ("accent", "card"),
             ("accent", "tint"), ("soft", "tint"), ("on_accent", "accent"), ("text", "mark"), ("trouble", "card"),
             ("text", "trouble_tint"), ("soft", "trouble_tint"))  # fmt: skip
    weak = {pair: round(contrast(getattr(theme, pair[0]), getattr(theme, pair[1])), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("theme", [CONTRAST_LIGHT, CONTRAST_DARK])
def test_high_contrast_is_seven_to_one_for_all_that_is_read_or_told_apart(theme: Theme) -> None:
    grounds = ("ground", "card", "raised", "tint")
    pairs = [(ink, ground) for ink in ("text", "soft", "accent", "trouble") for ground in grounds]
    pairs += [("on_accent", "accent"), ("on_accent", "accent_hover"), ("card", "trouble"), ("text", "mark")]
    pairs += [(ink, "trouble_tint") for ink in ("text", "soft", "trouble")]
    pairs += [("line", ground) for ground in ("ground", "card")] + [("wave", "card")]
    colours = {pair: (getattr(theme, pair[0]), getattr(theme, pair[1])) for pair in pairs}
    colours |= {("voice", colour): (colour, theme.card) for colour in theme.voices}
    weak = {pair: round(contrast(*each), 2) for pair, each in colours.items() if contrast(*each) < 7.0}
    assert weak == {}


def test_the_desktop_may_ask_for_contrast(desk: Desk) -> None:
    assert find_theme(Qt.ColorScheme.Dark, has_contrast=True) is CONTRAST_DARK
    assert find_theme(Qt.ColorScheme.Light, has_contrast=True) is CONTRAST_LIGHT
    assert find_theme(Qt.ColorScheme.Light) is LIGHT
    desk.window.set_appearance("contrast-dark")
    assert desk.window.palette().window().color().name() == CONTRAST_DARK.ground


def contrast(one: str, other: str) -> float:
    """Contrast ratio of WCAG 2.2."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("size", [(800, 600), (640, 480), (1600, 1000)])
def test_nothing_is_wider_than_the_window(qtbot: QtBot, desk: Desk, size: tuple[int, int]) -> None:
    desk.window.resize(*size)
    qtbot.wait(50)
    assert (desk.window.width(), desk.window.height()) == size
    for each in (desk.window.menu_button, desk.window.ask_button, desk.window.work.asking.view.cards):
        right = each.mapTo(desk.window, each.rect().topRight()).x()
        assert right <= size[0]


def test_the_desktop_may_turn_dark_while_it_runs(qtbot: QtBot, open_desk: Callable[..., Desk]) -> None:
    window = open_desk().window
    window._on_scheme(Qt.ColorScheme.Dark)
    assert window.palette().window().color().name() == DARK.ground
    window._on_scheme(Qt.ColorScheme.Light)
    assert window.palette().window().color().name() == LIGHT.ground


def test_the_menu_tells_how_photos_are_found_and_what_is_missing(qtbot: QtBot, desk: Desk) -> None:
    actions = desk.window.menu_button.menu().actions()
    next(action for action in actions if action.text() == "How photos are found").trigger()
    assert desk.window.notice.message.text() == "Photos are found by guesses.\nText is read in Latin letters."
    assert desk.window.notice.hint.text() == "Run: make clip"


def test_models_that_idle_are_put_away_now_and_then(qtbot: QtBot, desk: Desk) -> None:
    desk.window.work._idle_look.setInterval(1)
    qtbot.waitUntil(lambda: "unload" in desk.engine.calls, timeout=WAIT_MS)


def test_titles_of_pages_are_shortened_where_they_would_be_cut(qtbot: QtBot, desk: Desk) -> None:
    pages = desk.window.work.pages
    qtbot.waitUntil(lambda: pages.tab("people").isVisible(), timeout=WAIT_MS)
    desk.window.resize(1280, 800)
    qtbot.waitUntil(lambda: pages.tab("people").text() == "People and places", timeout=WAIT_MS)
    desk.window.resize(640, 480)
    qtbot.waitUntil(lambda: pages.tab("people").text() == "People", timeout=WAIT_MS)
    assert pages.tab("people").accessibleName() == "People and places"
    for page in pages:
        tab = pages.tab(page.key)
        assert tab.fontMetrics().horizontalAdvance(tab.text()) < tab.width()


QUIT_WHILE_HIDDEN = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from app.ui import main
from tests.support.ui_fakes import FakeEngine
from tests.support.ui_media import write_media

application = main.build_application()
write_media(Path(sys.argv[1]))

def look():
    for window in application.topLevelWidgets():
        if getattr(window, "is_furnished", False) and window.work.engine is not None and window.isVisible():
            window.hide()
            QTimer.singleShot(100, window.presence.quit)

timer = QTimer()
timer.timeout.connect(look)
timer.start(20)
raise SystemExit(main.run(lambda: FakeEngine(Path(sys.argv[1])), home_label="memory"))
"""


def test_quitting_while_the_window_is_in_the_tray_ends_the_program(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", QUIT_WHILE_HIDDEN, str(tmp_path)], timeout=30, cwd=Path(__file__).parents[2], check=False
    )
    assert ended.returncode == 0
