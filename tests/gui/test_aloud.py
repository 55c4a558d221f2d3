"""What a screen reader is told: news as they come, tabs that are tabs, names of lists to choose from, links by Tab."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.ui.aloud import Crier, announce, give_role
from app.ui.ask_view_model import Phase
from app.ui.main_window import MainWindow
from app.ui.pages import Pages
from app.ui.rich_text import RichText
from tests.support.ui_desk import Desk, ask, wait_phase

TEXT = '<p>It is <b>7340</b> <a href="moment:a" title="Photo, noon">[1]</a> and <a href="moment:b">[2]</a>.</p>'


def access_of(widget: QWidget) -> QAccessible:
    return QAccessible.queryAccessibleInterface(widget)


def test_news_are_said_once_in_the_window_they_are_of(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    crier, inner = Crier(window), QWidget(window)
    announce(inner, "  Recording\n sound ")
    assert crier.said == "Recording sound"
    announce(inner, " ")
    assert crier.said == "Recording sound"
    assert access_of(crier).role() == QAccessible.Role.Notification
    assert access_of(crier).text(QAccessible.Text.Name) == "Recording sound"
    announce(QWidget(), "nobody is there to say it")


def test_an_answer_is_said_and_why_there_is_none(qtbot: QtBot, desk: Desk) -> None:
    ask(qtbot, desk, "When does the dentist have time?")
    wait_phase(qtbot, desk, Phase.ANSWERED)
    said = desk.window.crier.said
    assert said.startswith("Answer: ")
    assert "[1]" not in said
    assert "source" in said


def test_a_tab_is_a_tab_and_the_tab_key_stops_at_the_one_on_show(window: MainWindow) -> None:
    pages: Pages = window.work.pages
    pages.show_page("timeline")
    for page in pages:
        tab, access = pages.tab(page.key), access_of(pages.tab(page.key))
        assert access.role() == QAccessible.Role.PageTab
        assert bool(access.state().selected) is (page.key == "timeline")
        assert bool(tab.focusPolicy() & Qt.FocusPolicy.TabFocus) is (page.key == "timeline")
    access = access_of(pages.tab("people"))
    access.actionInterface().doAction(access.actionInterface().pressAction())
    assert pages.current.key == "people"


def test_keys_that_were_in_a_page_are_in_the_next_one(window: MainWindow) -> None:
    work = window.work
    work.asking.focus_content()
    assert work.asking.isAncestorOf(window.focusWidget())
    for page in work.pages:
        window.commands.run(f"go-{page.key}")
        focus = window.focusWidget()
        assert page.isAncestorOf(focus) or focus is work.pages.tab(page.key), page.key
    work.focus_line()
    window.commands.run("go-timeline")
    assert window.line.hasFocus()
    assert window.crier.said == "Timeline"


def test_a_question_gives_the_keys_back(qtbot: QtBot, desk: Desk) -> None:
    notice, cards = desk.window.notice, desk.window.work.asking.view.cards
    desk.window.work.asking.focus_content()
    assert cards.hasFocus()
    qtbot.keyClick(cards, Qt.Key.Key_Delete)
    assert notice.dismiss.hasFocus()
    desk.window.step_back()
    assert cards.hasFocus()
    desk.window.sheet.toggle()
    qtbot.keyClick(desk.window.sheet, Qt.Key.Key_Control)
    assert desk.window.sheet.isVisible(), "Ctrl hushes a screen reader"
    assert "Ask the question" in desk.window.sheet.accessibleDescription()
    qtbot.keyClick(desk.window.sheet, Qt.Key.Key_Space)
    assert cards.hasFocus()


def test_every_list_to_choose_from_has_a_label(qtbot: QtBot, window: MainWindow) -> None:
    for page in window.work.pages:
        window.commands.run(f"go-{page.key}")
        qtbot.wait(50)
        for choice in window.findChildren(QComboBox):
            if choice.isVisible():
                labels = [each for each in window.findChildren(QLabel) if each.buddy() is choice]
                assert [each.text() for each in labels] == [choice.accessibleName()]


def test_a_text_is_read_by_caret_and_tab_goes_from_link_to_link(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    crier, text = Crier(window), RichText("Words")
    text.setParent(window)
    after = RichText("After")
    after.setParent(window)
    assert not text.focusPolicy() & Qt.FocusPolicy.TabFocus, "nothing to read yet"
    text.show_html(TEXT)
    after.show_html("<p>after</p>")
    window.show()
    window.activateWindow()
    text.setFocus()
    qtbot.waitUntil(text.hasFocus)
    access = access_of(text)
    assert access.role() == QAccessible.Role.EditableText
    assert access.state().readOnly
    chosen: list[str] = []
    text.chosen.connect(chosen.append)
    said: list[str] = []
    for _ in range(2):
        qtbot.keyClick(text, Qt.Key.Key_Tab)
        qtbot.keyClick(text, Qt.Key.Key_Return)
        said.append(crier.said)
    assert chosen == ["moment:a", "moment:b"]
    assert said == ["Photo, noon", "Photo, noon"], "the second has no tool tip"
    qtbot.keyClick(text, Qt.Key.Key_Tab)
    assert after.hasFocus()
    qtbot.keyClick(after, Qt.Key.Key_Backtab)
    qtbot.keyClick(text, Qt.Key.Key_Tab)
    assert text.textCursor().selectedText() == "[1]", "from the first one again"


@pytest.mark.parametrize("n", [200])
def test_roles_come_and_go_with_their_widgets(qtbot: QtBot, n: int) -> None:
    for _ in range(n):
        label = QLabel("words")
        give_role(label, QAccessible.Role.Paragraph)
        assert access_of(label).text(QAccessible.Text.Name) == "words"
        label.deleteLater()
    qtbot.wait(10)
