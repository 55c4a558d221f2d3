from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QTextBrowser
from pytestqt.qtbot import QtBot

from app.ui.ask_view_model import Phase
from app.ui.example_button import ExampleButton
from models.errors import WeightsMissing
from recall.follow_up import Turn
from tests.support.ui_desk import WAIT_MS, Desk, ask, wait_phase
from tests.support.ui_fakes import Script

QUESTION = "When is the dentist?"


def shown(desk: Desk) -> str:
    return desk.window.work.asking.view.answer.body.toPlainText().replace("\xa0", " ")


def link_point(body: QTextBrowser, words: str) -> QPoint:
    cursor = body.document().find(words, 0, QTextDocument.FindFlag.FindCaseSensitively)
    assert not cursor.isNull()
    cursor.setPosition(cursor.selectionStart() + 1)
    return body.cursorRect(cursor).center()


def test_the_latest_moments_are_shown_first(desk: Desk) -> None:
    view = desk.window.work.asking.view
    assert view.isVisible()
    assert view.heading.text() == "Latest moments"
    assert desk.window.work.asking.cards.card(0).id == "n1"  # type: ignore[union-attr]
    assert desk.window.work.asking.cards.rowCount() == 9


def test_typing_searches_once_it_rests_and_asks_nothing(qtbot: QtBot, desk: Desk) -> None:
    qtbot.keyClicks(desk.window.line, "dentist")
    wait_phase(qtbot, desk, Phase.FOUND)
    qtbot.waitUntil(lambda: "warm" in desk.engine.calls, timeout=WAIT_MS)  # who types may ask
    assert [call for call in desk.engine.calls if call != "warm"] == ["search dentist"]
    card = desk.window.work.asking.cards.card(0)
    assert card is not None
    assert [card.snippet[a:b].lower() for a, b in card.marks] == ["dentist"]
    assert "Press Enter" in shown(desk)


def test_evidence_comes_first_then_the_answer_streams_then_citations_lead_to_cards(
    qtbot: QtBot, open_desk: Callable[..., Desk]
) -> None:
    desk = open_desk(script=Script(hold_answer=threading.Event()))
    ask(qtbot, desk, QUESTION)
    qtbot.waitUntil(lambda: "The appointment is on" in shown(desk), timeout=WAIT_MS)
    model = desk.window.work.asking.model
    assert model.phase is Phase.WRITING
    assert desk.window.work.asking.cards.rowCount() == 4
    assert "Perhaps this, word for word" in shown(desk)
    assert not model.citations
    desk.script.hold_answer.set()  # type: ignore[union-attr]
    wait_phase(qtbot, desk, Phase.ANSWERED)
    assert "on the same day [3]." in shown(desk)
    assert "Perhaps this" not in shown(desk)
    body = desk.window.work.asking.view.answer.body
    qtbot.mouseClick(body.viewport(), Qt.MouseButton.LeftButton, pos=link_point(body, "[2]"))
    assert desk.window.work.asking.view.cards.current_moment() == "s2"
    card = desk.window.work.asking.cards.card(desk.window.work.asking.cards.find("s2"))  # type: ignore[arg-type]
    assert card is not None
    assert card.cited == (2,)


@pytest.mark.parametrize("is_own", [True, False])
def test_an_answer_on_its_way_does_not_bring_back_what_was_forgotten_meanwhile(
    qtbot: QtBot, open_desk: Callable[..., Desk], is_own: bool
) -> None:
    desk = open_desk(script=Script(hold_answer=threading.Event()))
    asking, work = desk.window.work.asking, desk.window.work
    ask(qtbot, desk, QUESTION)
    qtbot.waitUntil(lambda: "The appointment is on" in shown(desk), timeout=WAIT_MS)
    if is_own:
        asking.delete("s2")
    else:  # by the command line
        desk.engine.forget(["s2"])
        work.memory_changed.emit(frozenset({"s2"}))
    qtbot.waitUntil(lambda: asking.cards.find("s2") is None, timeout=WAIT_MS)
    desk.script.hold_answer.set()  # type: ignore[union-attr]
    qtbot.wait(300)
    assert asking.cards.find("s2") is None
    assert "14:30" not in shown(desk)
    assert "The appointment" not in shown(desk)
    assert not asking.model.citations


def test_abstention_is_said_in_words(qtbot: QtBot, desk: Desk) -> None:
    ask(qtbot, desk, "Who won the lottery?")
    wait_phase(qtbot, desk, Phase.ABSTAINED)
    assert "I don't know: nothing in the memory says this." in shown(desk)
    assert desk.window.work.asking.view.heading.text() == "Nothing close to this was found"


def test_an_error_is_said_in_words_with_its_hint_and_the_evidence_stays(
    qtbot: QtBot, open_desk: Callable[..., Desk]
) -> None:
    error = WeightsMissing("/a/path is not there.", hint="Run madeleine models pull.", model="Qwen", task="chat")
    desk = open_desk(script=Script(ask_error=error))
    ask(qtbot, desk, QUESTION)
    wait_phase(qtbot, desk, Phase.FAILED)
    assert "“Answers in sentences” (Qwen) is not here yet." in shown(desk)
    assert "there is evidence and quotes, but no answer in sentences" in shown(desk)
    assert "/a/path" not in shown(desk)
    assert desk.window.work.asking.cards.rowCount() == 4
    desk.window.work.asking.view.answer.body.chosen.emit("remedy:models")
    settings = desk.window.work.settings
    qtbot.waitUntil(lambda: settings.isVisible() and settings.is_built, timeout=WAIT_MS)


def test_escape_stops_an_answer_and_nothing_comes_after(qtbot: QtBot, open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(script=Script(hold_answer=threading.Event()))
    ask(qtbot, desk, QUESTION)
    wait_phase(qtbot, desk, Phase.WRITING)
    qtbot.keyClick(desk.window, Qt.Key.Key_Escape)
    assert desk.window.work.asking.model.phase is Phase.STOPPED
    desk.script.hold_answer.set()  # type: ignore[union-attr]
    ask(qtbot, desk, "Who won the lottery?")
    wait_phase(qtbot, desk, Phase.ABSTAINED)
    assert "appointment" not in shown(desk)


def test_a_late_answer_is_dropped(qtbot: QtBot, open_desk: Callable[..., Desk]) -> None:
    slow = threading.Event()
    desk = open_desk(script=Script(hold_search={"receipt total": slow}))
    qtbot.keyClicks(desk.window.line, "receipt total")
    qtbot.waitUntil(lambda: "search receipt total" in desk.engine.calls, timeout=WAIT_MS)
    desk.window.line.clear()
    qtbot.keyClicks(desk.window.line, "insurance")
    qtbot.waitUntil(lambda: desk.window.work.asking.cards.rowCount() == 1, timeout=WAIT_MS)
    slow.set()
    qtbot.wait(150)
    assert desk.window.work.asking.model.question == "insurance"
    assert desk.window.work.asking.cards.card(0).id == "u3"  # type: ignore[union-attr]


def test_a_question_typed_before_the_memory_is_open_is_asked_then(qtbot: QtBot, open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(wait=False)
    ask(qtbot, desk, QUESTION)
    wait_phase(qtbot, desk, Phase.ANSWERED)
    assert desk.window.work.asking.view.isVisible()


def test_chips_say_what_was_understood(qtbot: QtBot, desk: Desk) -> None:
    ask(qtbot, desk, "What did Anna say yesterday about the dentist?")
    wait_phase(qtbot, desk, Phase.ANSWERED)
    assert desk.window.work.asking.view.chips.texts() == ["when Yesterday", "who Anna"]
    assert desk.window.work.asking.view.chips.isVisible()


def test_a_chip_is_taken_out_and_brought_back(qtbot: QtBot, desk: Desk) -> None:
    question = "What did Anna say yesterday about the dentist?"
    ask(qtbot, desk, question)
    wait_phase(qtbot, desk, Phase.ANSWERED)
    view = desk.window.work.asking.view
    qtbot.mouseClick(view.chips, Qt.MouseButton.LeftButton, pos=view.chips.cross_point(1).toPoint())
    qtbot.waitUntil(lambda: view.chips.texts() == ["when Yesterday", "left out Anna"], timeout=WAIT_MS)
    assert f"ask {question} -who:Anna" in desk.engine.calls
    wait_phase(qtbot, desk, Phase.ANSWERED)
    view.chips.setFocus()
    qtbot.keyClick(view.chips, Qt.Key.Key_Right)
    qtbot.keyClick(view.chips, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: view.chips.texts() == ["when Yesterday", "who Anna"], timeout=WAIT_MS)


def test_a_chip_that_was_taken_out_comes_back_with_undo(qtbot: QtBot, desk: Desk) -> None:
    ask(qtbot, desk, "What did Anna say yesterday about the dentist?")
    wait_phase(qtbot, desk, Phase.ANSWERED)
    view = desk.window.work.asking.view
    view.chips.setFocus()
    qtbot.keyClick(view.chips, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: view.chips.texts() == ["who Anna", "left out the time"], timeout=WAIT_MS)
    wait_phase(qtbot, desk, Phase.ANSWERED)
    assert not desk.window.notice.isVisible(), "a chip offers it already"
    qtbot.keyClick(desk.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: view.chips.texts() == ["when Yesterday", "who Anna"], timeout=WAIT_MS)


def test_undo_of_a_chip_or_a_verdict_leaves_the_answer_of_another_question_alone(qtbot: QtBot, desk: Desk) -> None:
    work, asking = desk.window.work, desk.window.work.asking
    ask(qtbot, desk, "What did Anna say yesterday about the dentist?")
    wait_phase(qtbot, desk, Phase.ANSWERED)
    asking.controller.judge("u1", 1)
    qtbot.waitUntil(lambda: not work.undo.is_empty and desk.engine.calls.count("judge u1 1") == 1, timeout=WAIT_MS)
    wait_phase(qtbot, desk, Phase.ANSWERED)
    asking.view.chips.setFocus()
    qtbot.keyClick(asking.view.chips, Qt.Key.Key_Delete)
    wait_phase(qtbot, desk, Phase.ANSWERED)
    assert not work.notice.isVisible(), "what was offered would do nothing any more"
    ask(qtbot, desk, "When is the dentist?")
    wait_phase(qtbot, desk, Phase.ANSWERED)
    n_asked = len([call for call in desk.engine.calls if call.startswith("ask ")])
    work.undo.undo()
    work.undo.undo()
    qtbot.waitUntil(lambda: "judge u1 0" in desk.engine.calls, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not work.runner.is_busy("question"), timeout=WAIT_MS)
    assert asking.model.phase is Phase.ANSWERED
    assert len([call for call in desk.engine.calls if call.startswith("ask ")]) == n_asked


def test_a_time_is_changed_from_its_chip(qtbot: QtBot, desk: Desk) -> None:
    question = "What did Anna say yesterday about the dentist?"
    ask(qtbot, desk, question)
    wait_phase(qtbot, desk, Phase.ANSWERED)
    view = desk.window.work.asking.view
    menu = view.chips.build_menu()
    next(action for action in menu.actions() if action.text() == "Wider").trigger()
    wait_phase(qtbot, desk, Phase.ANSWERED)
    assert f"ask {question} -when [72 h]" in desk.engine.calls
    qtbot.waitUntil(lambda: view.chips.texts()[0].startswith("when Wed"), timeout=WAIT_MS)
    assert view.chips.texts()[1:] == ["who Anna", "left out the time"]
    menu.deleteLater()


def test_a_chip_of_a_search_searches_again(qtbot: QtBot, desk: Desk) -> None:
    qtbot.keyClicks(desk.window.line, "dentist Anna")
    wait_phase(qtbot, desk, Phase.FOUND)
    view = desk.window.work.asking.view
    assert view.chips.texts() == ["who Anna"]
    view.chips.removed.emit("who:Anna")
    wait_phase(qtbot, desk, Phase.FOUND)
    assert desk.engine.calls[-1] == "search dentist Anna -who:Anna"
    qtbot.waitUntil(lambda: view.chips.texts() == ["left out Anna"], timeout=WAIT_MS)


def test_a_question_goes_on_from_the_one_before_until_one_starts_afresh(qtbot: QtBot, desk: Desk) -> None:
    ask(qtbot, desk, QUESTION)
    wait_phase(qtbot, desk, Phase.ANSWERED)
    panel = desk.window.work.asking.view.answer
    assert panel.going_on_words.text() == f"You can go on from: “{QUESTION}”"
    ask(qtbot, desk, "What did Anna say about the dentist?")
    wait_phase(qtbot, desk, Phase.ANSWERED)
    first, second = desk.engine.turns
    assert first is None
    assert second == Turn(QUESTION, ("u1", "s2", "n1"))
    qtbot.mouseClick(panel.afresh, Qt.MouseButton.LeftButton)
    assert not panel.going_on.isVisible()
    ask(qtbot, desk, QUESTION)
    wait_phase(qtbot, desk, Phase.ANSWERED)
    assert desk.engine.turns[-1] is None


def test_what_one_might_ask_next_is_asked_with_a_click(qtbot: QtBot, desk: Desk) -> None:
    ask(qtbot, desk, QUESTION)
    wait_phase(qtbot, desk, Phase.ANSWERED)
    panel = desk.window.work.asking.view.answer
    buttons = [b for b in panel.next.findChildren(ExampleButton) if b.isVisible()]
    assert buttons[0].text() == "Who said that?"
    qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "ask Who said that?" in desk.engine.calls, timeout=WAIT_MS)
    assert desk.window.line.text() == "Who said that?"
    assert desk.engine.turns[-1] == Turn(QUESTION, ("u1", "s2", "n1"))
    qtbot.waitUntil(lambda: not desk.window.work.asking.model.is_busy, timeout=WAIT_MS)


def test_an_example_is_asked_with_a_click(qtbot: QtBot, desk: Desk) -> None:
    button = desk.window.work.asking.view.answer.examples.findChildren(type(desk.window.ask_button))[0]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    wait_phase(qtbot, desk, Phase.ABSTAINED)
    assert desk.window.line.text() == button.text()


def test_an_empty_line_shows_the_latest_again(qtbot: QtBot, desk: Desk) -> None:
    ask(qtbot, desk, QUESTION)
    wait_phase(qtbot, desk, Phase.ANSWERED)
    qtbot.keyClick(desk.window, Qt.Key.Key_Escape)
    wait_phase(qtbot, desk, Phase.IDLE)
    assert desk.window.line.text() == ""
    qtbot.waitUntil(lambda: desk.window.work.asking.cards.rowCount() == 9, timeout=WAIT_MS)


@pytest.mark.parametrize("markup", ["<b>bold</b>", "<img src='x'>", "<a href='moment:u1'>"])
def test_markup_from_the_memory_is_shown_as_text(qtbot: QtBot, desk: Desk, markup: str) -> None:
    ask(qtbot, desk, QUESTION)
    wait_phase(qtbot, desk, Phase.ANSWERED)
    desk.window.work.asking.model.text = f"It said {markup}."
    desk.window.work.asking.view.show_model(desk.window.work.asking.model)
    assert f"It said {markup}." in shown(desk)
