"""The window notices that it is used, and what goes on by the way ends."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.ui.around_rows import build_rows
from app.ui.attention import Attention
from memory.records import Event, EventWords
from recall.around import Around


def test_keys_and_clicks_are_noticed_and_go_on(qtbot: QtBot) -> None:
    line = QLineEdit()
    qtbot.addWidget(line)
    line.show()
    qtbot.waitExposed(line)
    noticed: list[bool] = []
    attention = Attention(lambda: noticed.append(True), line)
    attention.watch(line.windowHandle())
    noticed.clear()
    qtbot.keyClick(line.windowHandle(), Qt.Key.Key_A)
    attention._told_s = float("-inf")
    qtbot.mouseClick(line.windowHandle(), Qt.MouseButton.LeftButton)
    assert len(noticed) == 2
    qtbot.mouseClick(line.windowHandle(), Qt.MouseButton.LeftButton)
    assert len(noticed) == 2  # at most twice a second


def test_an_event_that_the_model_named_says_so() -> None:
    words = EventWords(title="Hedge", summary="", producer="m", rules=1, made_of=("a",))
    event = Event(
        id="e", local_date="2026-10-13", started_us=0, ended_us=60_000_000, zone="UTC", title="Hedge", summary="",
        reason="", moments=("a", "b"), words=words,
    )  # fmt: skip
    _heading, row = build_rows(Around(event=event), "UTC")
    assert row.detail == "00:00 – 00:01 · named by the language model"
    assert row.spoken.endswith("in words of 1 of its 2 moments.")
    by_rule = replace(event, title="Fence", words=replace(words, title="", summary="“The hedge is cut.”"))
    _heading, row = build_rows(Around(event=by_rule), "UTC")
    assert row.detail == "00:00 – 00:01"
    assert "language model" not in row.spoken
