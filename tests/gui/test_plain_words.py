"""Words of the memory with tags in them are shown as they are, and make Qt load nothing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QTextDocument
from PySide6.QtGui import Qt as QtText
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.ui.around_panel import AroundPanel
from app.ui.around_rows import Row as AroundRow
from app.ui.capture_bar import CaptureBar
from app.ui.empty_view import EmptyView
from app.ui.import_bar import ImportBar
from app.ui.map_sight import MapPoint
from app.ui.plain_tip import plain_tip
from app.ui.remember_dialog import RememberDialog
from app.ui.row_list import Row, RowList
from app.ui.sample_button import SampleButton
from app.ui.screen_bar import ScreenBar
from app.ui.theme import LIGHT
from app.ui.trail_strip import TrailStrip
from app.ui.trail_view_model import Step
from app.ui.world_map import WorldMap
from memory.records import Kind, Moment
from tests.support.ui_desk import Desk

TAGS = '<b>Bob</b> & <img src="file:///etc/hostname">'


def shown(tip: str) -> str:
    """What Qt shows of a tooltip."""
    document = QTextDocument()
    if QtText.mightBeRichText(tip):
        document.setHtml(tip)
    else:
        document.setPlainText(tip)
    return document.toPlainText()


def test_a_tip_is_what_was_written_and_plain_words_are_left_alone() -> None:
    for words in (TAGS, "Anna's, 5", "a\n<b>b</b>", "&lt;b&gt;", "a &lt; b", "1 < 2 > 0", "<!doctype x"):
        assert shown(plain_tip(words)) == words
    assert plain_tip("Anna's, 5") == "Anna's, 5"


def test_labels_of_memory_words_are_plain(desk: Desk) -> None:
    people = desk.window.work.people.view
    panel, timeline = people.panel, desk.window.work.timeline.view
    labels = [people.merged, people.empty, panel.heading, panel.amount, panel.hint, timeline.words, timeline.hint]
    bars = (ImportBar(LIGHT), CaptureBar(LIGHT), ScreenBar(LIGHT), RememberDialog(LIGHT), EmptyView(LIGHT))
    for bar in bars:
        names = ("title", "subtitle", "detail", "told", "text")
        labels += [label for name in names if isinstance(label := getattr(bar, name, None), QLabel)]
    labels.append(desk.window.work.asking.view.answer.status)
    assert len(labels) == 17
    assert [label.textFormat() for label in labels] == [Qt.TextFormat.PlainText] * 17


def test_tips_of_memory_words_show_the_tags(qtbot: QtBot) -> None:
    moment = Moment(id="m", kind=Kind.UTTERANCE, started_us=0, ended_us=1, text=TAGS, zone="UTC")
    sample, around, trail = SampleButton(LIGHT), AroundPanel(LIGHT), TrailStrip(LIGHT)
    rows, world = RowList("rows"), WorldMap(LIGHT)
    for widget in (sample, around, trail, rows, world):
        qtbot.addWidget(widget)
    sample.show_sample(moment)
    around.show_rows([AroundRow(title=TAGS, detail="x", spoken=TAGS, moment=moment)], lambda *_: None)
    trail.show_steps([Step(moment, TAGS, "08:00", True), Step(moment, TAGS, "08:01", False)], lambda *_: None)
    rows.show_rows([Row("k", "x", TAGS)])
    world.resize(400, 300)
    world.show_places([MapPoint(TAGS, 38.7, -9.1, 2)], None, [])
    at = QPointF(world.sight.px_of(38.7, -9.1)[0], world.sight.px_of(38.7, -9.1)[1])
    move = QMouseEvent(
        QEvent.Type.MouseMove, at, at, Qt.MouseButton.NoButton, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(world, move)
    tips = [sample.toolTip(), around.list.item(0).toolTip(), trail.list.item(0).toolTip()]
    tips.append(rows.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole))
    assert [shown(tip) for tip in tips] == [TAGS] * 4
    assert shown(world.toolTip()) == f"{TAGS}: 2 moments"
