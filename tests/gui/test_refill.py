"""Lists to choose from that are filled anew under one's hands: never another one than was chosen."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.parting_list import PartingList
from app.ui.people_view_model import Detail, Entry
from app.ui.person_panel import PersonPanel
from app.ui.place_panel import PlacePanel
from app.ui.theme import LIGHT
from app.ui.who_line import WhoLine
from memory.clues import Clue, ClueKind, PlaceSum, Spot
from memory.records import Kind, Moment, Voice


def build_entry(clue: Clue, title: str, n_moments: int, about: Voice | PlaceSum) -> Entry:
    return Entry(clue=clue, title=title, n_moments=n_moments, seconds=5.0, last_us=2, about=about)


def voice(key: str, n_moments: int) -> Entry:
    about = Voice(
        id=key, name=key.title(), n_moments=n_moments, seconds=5.0, n_sessions=1, first_us=1, last_us=2, n_samples=0
    )
    return build_entry(Clue(ClueKind.VOICE, key), key.title(), n_moments, about)


def test_join_means_the_voice_that_was_chosen_whatever_comes_meanwhile(qtbot: QtBot) -> None:
    panel = PersonPanel(LIGHT)
    qtbot.addWidget(panel)
    anna, detail = voice("anna", 3), Detail(is_read=True)
    joined: list[str] = []
    panel.joined.connect(joined.append)
    panel.show_voice(anna, detail, [voice("bob", 1), voice("carl", 1)], 9)
    panel.others.setCurrentIndex(1)
    panel.show_voice(anna, detail, [voice("bob", 2), voice("carl", 1), voice("dora", 1)], 9)
    panel.join.click()
    assert joined == ["carl"]
    panel.show_voice(anna, detail, [voice("bob", 2), voice("dora", 1)], 9)
    assert not panel.join.isEnabled()
    panel.join.click()
    assert joined == ["carl"], "the one that was chosen is gone: it is not another"
    panel.others.setCurrentIndex(1)
    panel.join.click()
    assert joined == ["carl", "dora"]
    panel.show_voice(voice("carl", 1), detail, [anna, voice("bob", 2)], 9)
    assert panel.others.currentData() == "anna"
    assert panel.join.isEnabled()


def test_words_are_taken_out_for_the_voice_that_was_chosen(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parting = PartingList(parent)
    said = [Moment(id="m", kind=Kind.UTTERANCE, started_us=0, ended_us=1, text="words", zone="UTC")]
    parting.show_utterances(said, 1, [voice("bob", 1), voice("carl", 1)], 9)
    parent.show()
    parting.list.item(0).setCheckState(parting.list.item(0).checkState().Checked)
    parting.whose.setCurrentIndex(2)
    parting.show_utterances(said, 1, [voice("bob", 1), voice("aron", 1), voice("carl", 1)], 9)
    assert parting.whose.currentData() == "carl"
    assert parting.take.isEnabled()
    parting.show_utterances(said, 1, [voice("bob", 1), voice("aron", 1)], 9)
    assert not parting.take.isEnabled()
    parting.whose.setCurrentIndex(0)
    assert parting.take.isEnabled()
    assert parting.whose.currentData() is None


def test_a_name_is_for_the_spot_that_was_chosen(qtbot: QtBot) -> None:
    panel = PlacePanel()
    qtbot.addWidget(panel)
    about = PlaceSum(name="Porto", n_moments=4, first_us=0, last_us=1, lat=41.15, lon=-8.61)
    porto = build_entry(Clue(ClueKind.PLACE, "Porto"), "Porto", 4, about)
    kept: list[tuple[float, float]] = []
    panel.kept.connect(lambda _name, at, _radius_m: kept.append(at))
    quay, hill, bridge = Spot(41.1401, -8.6101, 3), Spot(41.1502, -8.6202, 1), Spot(41.16, -8.63, 5)
    panel.show_place(porto, Detail(spots=[quay, hill], is_read=True), None)
    panel.choose_spot(1)
    moved = Spot(41.15021, -8.62021, 2)
    panel.show_place(porto, Detail(spots=[bridge, quay, moved], is_read=True), None)
    panel.name.setText("Hill")
    panel.save.click()
    assert kept == [(moved.lat, moved.lon)]
    panel.show_place(porto, Detail(spots=[bridge, quay], is_read=True), None)
    assert not panel.save.isEnabled()
    assert not panel.home.isEnabled()
    panel.name.returnPressed.emit()
    assert len(kept) == 1
    panel.choose_spot(0)
    panel.save.click()
    assert kept[1] == (bridge.lat, bridge.lon)


def test_the_line_of_names_keeps_who_was_chosen(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    line = WhoLine(parent)
    line.show_others([("v1", "Ana"), ("v2", "Emma")])
    parent.show()
    line.open_line("")
    line.others.setCurrentIndex(1)
    line.show_others([("v3", "Rui"), ("v1", "Ana"), ("v2", "Emma")])
    assert line.others.currentData() == "v2"
    line.show_others([("v3", "Rui"), ("v1", "Ana")])
    assert not line.join.isEnabled()
