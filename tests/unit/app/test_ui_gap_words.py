"""Reasons of gaps, which are written down in English, are known to the window by what the recorders really say."""

from __future__ import annotations

from app import incognito, pause, screens
from app.ui import gap_words as words
from ingest import handover, recorder, screen_book, screen_privacy, screen_recorder, whereabouts

SAID = [
    recorder.LOST, recorder.DEAD, recorder.OVERRUN, recorder.SLEPT, recorder.HALTED, recorder.MISSING, recorder.FULL,
    recorder.STALLED, recorder.DISK, incognito.INCOGNITO, pause.PAUSED, whereabouts.HERE, screen_recorder.PAUSED,
    screen_recorder.LOCKED, screen_recorder.LOST, screen_recorder.UNSURE, screen_recorder.DISK, whereabouts.UNKNOWN,
    screen_recorder.REFUSED, handover.DAMAGED, handover.ENDED, screens.ENDED, screen_book.BLANK, screen_book.FROZEN,
    screen_privacy.HIDDEN, screen_privacy.OWN,
]  # fmt: skip


def test_each_reason_is_known() -> None:
    assert [reason for reason in SAID if reason not in words._KNOWN] == []
    assert words.cause_words("another reason") == "another reason"


def test_who_can_do_something_is_told_what() -> None:
    for reason in (recorder.LOST, recorder.DEAD, recorder.FULL, recorder.STALLED, recorder.DISK, screen_recorder.DISK):
        assert words.help_words(reason)
    assert words.help_words(recorder.SLEPT) == ""
