"""People, places and applications through the window, on a real memory of spoken lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QListView, QWidget
from pytestqt.qtbot import QtBot

from app.engine import Engine
from app.ui.main_window import MainWindow
from app.ui.people_page import PeoplePage
from app.ui.people_view_model import Tab
from app.ui.theme import LIGHT
from memory.records import Kind, Moment, Place, Voiceprint
from tests.support.app_engine import build_fake_engine
from tests.support.app_memory import NOW, noted, said
from tests.support.memory_samples import hash_vector
from tests.support.ui_desk import WAIT_MS
from tests.support.ui_fakes import FakeSound
from tests.support.ui_room import keep

NOW_US = int(NOW.timestamp()) * 1_000_000
ENTER, LEFT = Qt.Key.Key_Return, Qt.MouseButton.LeftButton


class Desk:
    """A window on a real memory, turned to its people."""

    def __init__(self, window: MainWindow, engine: Engine, sound: FakeSound, qtbot: QtBot) -> None:
        self.window, self.engine, self.sound, self._qtbot = window, engine, sound, qtbot

    @property
    def page(self) -> PeoplePage:
        return self.window.work.people

    def wait(self, until: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(until, timeout=WAIT_MS)

    def titles(self) -> list[str]:
        return [entry.title for entry in self.page.model.entries]

    def show(self, tab: Tab) -> None:
        self._qtbot.mouseClick(self.page.view.tabs[tab], LEFT)
        self.wait(lambda: self.page.model.tab is tab and self.page.model.detail.is_read)

    def choose(self, title: str) -> None:
        """Choose an entry by the keys of the list."""
        entries = self.page.view.list
        entries.setFocus()
        self._qtbot.keyClick(entries, Qt.Key.Key_Home)
        for _ in range(self.titles().index(title)):
            self._qtbot.keyClick(entries, Qt.Key.Key_Down)
        self.wait(lambda: self.page.view.panel.heading.text() == title and self.page.model.detail.is_read)

    def shown(self) -> list[str]:
        return [card.moment.text for card in self.page.model.cards.cards]

    def voice_of(self, text: str) -> tuple[str | None, str | None]:
        moment = next(m for m in self.engine.memory.iter_moments() if m.text == text)
        return moment.voice, moment.speaker


def fill(engine: Engine) -> None:
    """Two voices in two talks each, one sentence of the second under the first; photos and pages."""
    memory = engine.memory
    sound = keep(memory, 20.0)

    def spoke(who: str, day: int, n: int) -> Moment:
        moment = said(f"{who} says {day} {n}", at=f"2026-10-{day} 09:30", n=n, session=f"{who}{day}")
        return replace(moment, media=replace(sound, offset_s=2.0 * n, duration_s=1.5 + n))

    low = [spoke("low", day, n) for day in (12, 13) for n in range(3)]
    high = [spoke("high", day, n) for day in (12, 13) for n in range(2)]
    stray = replace(spoke("high", 11, 0), text="high strays")
    prints = [
        Voiceprint(moment=m.id, producer="p", seconds=2.0, vector=hash_vector(m.text.split()[0]))
        for m in [*low, *high, stray]
    ]
    memory.write_moments([*low, *high, stray], voiceprints=prints)
    memory.voices.assign([(None, [m.id for m in [*low, stray]]), (None, [m.id for m in high])])
    lisbon = Place("Lisbon, Portugal", 38.72, -9.14)
    memory.write_moments(
        [
            *(replace(noted(f"photo {n}", at=f"2026-10-1{n} 18:00", kind=Kind.PHOTO), place=lisbon, source="s" * 64)
              for n in range(3)),
            replace(
                noted("port wine", at="2026-10-09 18:00", kind=Kind.PHOTO),
                place=Place("Porto, Portugal", 41.15, -8.61),
                source="s" * 64,
            ),
            replace(noted("a page", at="2026-10-14 10:00", kind=Kind.SCREENSHOT), app="Firefox"),
        ]
    )  # fmt: skip


def turn_wheel(widget: QWidget, at: QPointF, notches: int) -> None:
    event = QWheelEvent(
        at, QPointF(widget.mapToGlobal(at)), QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    engine, sound = build_fake_engine(tmp_path / "home"), FakeSound()
    fill(engine)
    window = MainWindow(lambda: engine, home_label="test", sound=sound, now_us=lambda: NOW_US, theme=LIGHT)
    window.resize(1200, 780)
    window.start()
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: window.is_furnished and window.work.engine is not None, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.work.asking.model.n_moments is not None, timeout=WAIT_MS)
    qtbot.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    desk = Desk(window, engine, sound, qtbot)
    desk.wait(lambda: desk.page.model.detail.is_read)
    yield desk
    window.close()
    window.deleteLater()


def test_a_voice_is_heard_and_named_and_every_page_says_so(qtbot: QtBot, desk: Desk) -> None:
    person = desk.page.view.panel.person
    assert desk.titles() == ["Voice 1", "Voice 2"]
    assert person.isVisible()
    qtbot.mouseClick(person.samples[0], LEFT)
    desk.wait(lambda: desk.sound.calls == ["open"])
    assert person.samples[0].accessibleName().startswith("Hold: low says 1")
    assert {s.moment.session for s in person.samples[:2] if s.moment is not None} <= {"low12", "low13"}
    qtbot.mouseClick(person.samples[0], LEFT)
    assert desk.sound.calls[-1] == "pause"

    asking = desk.window.work.asking
    assert "Ana" not in {card.source for card in asking.model.cards.cards}
    qtbot.keyClicks(person.name, "Ana")
    qtbot.keyClick(person.name, ENTER)
    desk.wait(lambda: desk.titles() == ["Ana", "Voice 2"])
    desk.wait(lambda: "Ana" in {card.source for card in asking.model.cards.cards})
    assert desk.page.view.panel.heading.text() == "Ana"
    desk.wait(lambda: {card.source for card in desk.page.model.cards.cards} == {"Ana"})
    assert desk.voice_of("low says 12 0") == ("v1", "Ana")
    desk.choose("Voice 2")
    qtbot.mouseClick(person.own, LEFT)
    desk.wait(lambda: "me" in desk.titles())
    person.name.clear()
    qtbot.mouseClick(person.save, LEFT)
    desk.wait(lambda: "Voice 2" in desk.titles())


def test_two_voices_are_joined_and_that_is_undone(qtbot: QtBot, desk: Desk) -> None:
    view = desk.page.view
    qtbot.mouseClick(view.panel.person.join, LEFT)
    desk.wait(view.merged.isVisible)
    assert desk.titles() == ["Voice 1"]
    assert view.merged.text() == "Voice 2 and Voice 1 are one voice now."
    assert desk.voice_of("high says 12 0")[0] == "v1"
    qtbot.mouseClick(view.undo, LEFT)
    desk.wait(lambda: not view.merged.isVisible())
    assert desk.titles() == ["Voice 1", "Voice 2"]
    assert desk.voice_of("high says 12 0")[0] == "v2"
    qtbot.mouseClick(view.panel.person.join, LEFT)
    desk.wait(view.merged.isVisible)
    qtbot.mouseClick(view.settle, LEFT)
    desk.wait(lambda: not view.merged.isVisible())
    assert desk.titles() == ["Voice 1"]


def test_what_somebody_else_said_is_taken_out_by_keyboard(qtbot: QtBot, desk: Desk) -> None:
    panel = desk.page.view.panel
    panel.person.part.setFocus()
    qtbot.keyClick(panel.person.part, Qt.Key.Key_Space)
    parting = panel.parting
    desk.wait(parting.list.hasFocus)
    assert parting.list.item(0).text().startswith("high strays")  # it sounds least like the voice
    assert not parting.take.isEnabled()
    qtbot.keyClick(parting.list, ENTER)
    desk.wait(lambda: desk.sound.calls == ["open"])
    qtbot.keyClick(parting.list, Qt.Key.Key_Space)
    assert (parting.take.isEnabled(), parting.take.text()) == (True, "Take out 1")
    parting.whose.setCurrentText("Voice 2")
    qtbot.mouseClick(parting.take, LEFT)
    desk.wait(lambda: desk.voice_of("high strays") == ("v2", None))
    desk.wait(lambda: panel.strip.isVisible() and "high strays" not in desk.shown() and len(desk.shown()) == 6)
    qtbot.mouseClick(panel.person.part, LEFT)
    desk.wait(lambda: parting.isVisible())
    qtbot.keyClick(desk.window, Qt.Key.Key_Escape)
    desk.wait(lambda: not parting.isVisible())


def test_a_day_narrows_the_moments_and_one_opens_and_comes_back(qtbot: QtBot, desk: Desk) -> None:
    panel = desk.page.view.panel
    assert len(desk.shown()) == 7
    panel.strip.setFocus()
    qtbot.keyClick(panel.strip, Qt.Key.Key_Left)
    qtbot.keyClick(panel.strip, ENTER)
    desk.wait(lambda: len(desk.shown()) == 3)
    assert panel.tally.text() == "13 October 2026"
    assert "3 moments" in panel.strip.accessibleDescription()
    panel.cards.select(0)
    qtbot.keyClick(panel.cards, ENTER)
    desk.wait(desk.page.moment_view.isVisible)
    qtbot.keyClick(desk.window, Qt.Key.Key_Escape)
    desk.wait(panel.cards.isVisible)
    qtbot.keyClick(desk.window, Qt.Key.Key_Escape)
    desk.wait(lambda: len(desk.shown()) == 7)
    qtbot.mouseClick(panel.timeline, LEFT)
    desk.wait(desk.window.work.timeline.isVisible)


def test_forgetting_a_voice_asks_first_and_leaves_the_words(qtbot: QtBot, desk: Desk) -> None:
    person = desk.page.view.panel.person
    qtbot.mouseClick(person.forget, LEFT)
    assert desk.window.notice.message.text() == "Forget the voice of Voice 1?"
    assert len(desk.titles()) == 2
    qtbot.mouseClick(desk.window.notice.act, LEFT)
    desk.wait(lambda: desk.titles() == ["Voice 2"])
    assert desk.voice_of("low says 12 0") == (None, None)


def test_a_place_is_chosen_on_the_map_and_called_home(qtbot: QtBot, desk: Desk) -> None:
    desk.show(Tab.PLACES)
    world, panel = desk.page.view.map, desk.page.view.panel
    assert desk.titles() == ["Lisbon, Portugal", "Porto, Portugal"]
    (porto,) = [point for point in world.points if point.name.startswith("Porto")]
    qtbot.mouseClick(world, LEFT, pos=QPoint(*map(round, world.sight.px_of(porto.lat, porto.lon))))
    desk.wait(lambda: panel.heading.text() == "Porto, Portugal" and desk.shown() == ["port wine"])
    qtbot.mouseClick(panel.place.home, LEFT)
    desk.wait(lambda: panel.heading.text() == "Home")
    assert [place.name for place in desk.engine.places.list_places()] == ["Home"]
    desk.wait(lambda: {card.source for card in desk.page.model.cards.cards} == {"Home"})
    panel.place.name.clear()
    qtbot.keyClicks(panel.place.name, "Quinta")
    panel.place.radius.setCurrentIndex(1)
    qtbot.mouseClick(panel.place.save, LEFT)
    desk.wait(lambda: panel.heading.text() == "Quinta")
    assert [(place.name, place.radius_m) for place in desk.engine.places.list_places()] == [("Quinta", 500.0)]
    qtbot.mouseClick(panel.place.exclude, LEFT)
    desk.wait(lambda: [place.is_excluded for place in desk.engine.places.list_places()] == [True])
    desk.wait(lambda: [place.is_excluded for place in desk.page.model.own] == [True])
    assert panel.place.exclude.isChecked()
    qtbot.mouseClick(panel.place.remove, LEFT)
    desk.wait(lambda: desk.titles() == ["Lisbon, Portugal", "Porto, Portugal"])


def test_the_map_is_moved_and_zoomed_by_keys_wheel_and_drag(qtbot: QtBot, desk: Desk) -> None:
    desk.show(Tab.PLACES)
    world = desk.page.view.map
    desk.wait(lambda: bool(world._land))
    world.setFocus()
    first = world.sight
    qtbot.keyClick(world, Qt.Key.Key_Plus)
    assert world.sight.world_px > first.world_px
    before_x = world.sight.x
    qtbot.keyClick(world, Qt.Key.Key_Right)
    assert world.sight.x > before_x
    qtbot.keyClick(world, ENTER)
    assert world.sight.meters_per_px() < 100
    assert "Lisbon, Portugal: 3 moments." in world.accessibleDescription()
    middle = world.rect().center()
    where = world.sight.degrees_at(middle.x(), middle.y())
    qtbot.mousePress(world, LEFT, pos=middle)
    qtbot.mouseMove(world, middle + QPoint(40, 0))
    qtbot.mouseRelease(world, LEFT, pos=middle + QPoint(40, 0))
    assert world.sight.degrees_at(middle.x() + 40, middle.y()) == pytest.approx(where, abs=1e-6)
    turn_wheel(world, QPointF(middle), -10)
    world.grab()
    qtbot.keyClick(world, Qt.Key.Key_Home)
    assert world.sight.world_px == pytest.approx(first.world_px)


def test_applications_are_listed_and_a_question_is_begun(qtbot: QtBot, desk: Desk) -> None:
    desk.show(Tab.APPS)
    assert desk.titles() == ["Firefox"]
    assert desk.shown() == ["a page"]
    assert not desk.page.view.panel.person.isVisible()
    qtbot.mouseClick(desk.page.view.panel.ask, LEFT)
    assert desk.window.work.asking.isVisible()
    assert desk.window.line.text() == "What did I read in Firefox?"
    assert desk.window.line.hasFocus()


def test_the_line_narrows_the_list(qtbot: QtBot, desk: Desk) -> None:
    qtbot.keyClicks(desk.window.line, "voice 2")
    desk.wait(lambda: desk.titles() == ["Voice 2"])
    desk.wait(lambda: desk.page.view.panel.heading.text() == "Voice 2")
    qtbot.keyClick(desk.window.line, Qt.Key.Key_Down)
    desk.wait(desk.page.view.list.hasFocus)


def test_every_control_has_a_name(desk: Desk) -> None:
    desk.show(Tab.PLACES)
    desk.show(Tab.PEOPLE)
    spoken = (QAbstractButton, QLineEdit, QComboBox, QListView)
    own: list[QWidget] = [w for w in desk.page.view.findChildren(QWidget) if isinstance(w, spoken)]
    assert [type(w).__name__ for w in own if not w.accessibleName()] == []


def test_a_name_is_taken_back_by_the_notice_and_by_its_key(qtbot: QtBot, desk: Desk) -> None:
    person, notice, stack = desk.page.view.panel.person, desk.window.notice, desk.window.work.undo
    qtbot.keyClicks(person.name, "Ana")
    qtbot.keyClick(person.name, ENTER)
    desk.wait(lambda: desk.titles() == ["Ana", "Voice 2"])
    desk.wait(notice.isVisible)
    assert notice.message.text() == "“Voice 1” is called “Ana” now."
    qtbot.mouseClick(notice.act, LEFT)
    desk.wait(lambda: desk.titles() == ["Voice 1", "Voice 2"])
    assert stack.is_empty
    qtbot.keyClicks(person.name, "Eva")
    qtbot.keyClick(person.name, ENTER)
    desk.wait(lambda: "Eva" in desk.titles() and not stack.is_empty)
    desk.page.view.list.setFocus()
    qtbot.keyClick(desk.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    desk.wait(lambda: "Eva" not in desk.titles())


def test_a_place_that_is_kept_late_is_chosen_among_the_places_only(desk: Desk) -> None:
    desk.show(Tab.PLACES)
    controller, model = desk.page.controller, desk.page.model
    controller.keep_place("Home", (41.15, -8.61), 150.0)
    model.tab = Tab.PEOPLE  # it was left before the store answered
    desk.wait(lambda: any(place.name == "Home" for place in model.own))
    assert model.chosen is not None
    assert model.chosen.title == "Voice 1"
    desk.show(Tab.PLACES)
    desk.wait(lambda: desk.page.view.panel.heading.text() == "Home")


def test_what_is_read_of_a_voice_that_went_never_comes_late_to_the_next(desk: Desk) -> None:
    page = desk.page
    dropped: list[str] = []
    drop = page.controller._runner.drop
    page.controller._runner.drop = lambda slot: dropped.append(slot) or drop(slot)  # type: ignore[method-assign,func-returns-value]
    desk.engine.voices.forget("v1", later=True)
    page.controller.load()
    desk.wait(lambda: desk.titles() == ["Voice 2"])
    assert {"people-unlike", "people-more"} <= set(dropped)
