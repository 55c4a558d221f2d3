from __future__ import annotations

import errno
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from app.errors import BadSettings
from app.ui.words import (
    Remedy,
    breakable,
    error_words,
    flat,
    interpreted_words,
    left_words,
    length_words,
    range_words,
    reason_words,
    snippet,
    source_words,
    to_zone,
    when_words,
)
from ingest.errors import BadInput
from memory.errors import DatabaseDamaged
from memory.records import Kind, Moment, Place, TimeSource
from models.errors import WeightsMissing
from recall.results import Interpreted, Reason
from tests.support.ui_fakes import NOW_US, at_us


@pytest.fixture(autouse=True)
def _berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    yield
    monkeypatch.undo()
    time.tzset()


def moment(at: str, zone: str = "Europe/Berlin", **more: object) -> Moment:
    start = at_us(at, zone if "/" in zone else "UTC")
    return Moment(
        **{"id": "m", "kind": Kind.NOTE, "started_us": start, "ended_us": start, "text": "", "zone": zone} | more
    )  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("at", "zone", "words"),
    [
        ("2026-11-20 00:05:00", "Europe/Berlin", "Today, 00:05"),
        ("2026-11-19 23:59:00", "Europe/Berlin", "Yesterday, 23:59"),
        ("2026-03-03 10:24:00", "Europe/Berlin", "Tuesday 3 March, 10:24"),
        ("2025-12-31 10:24:00", "Europe/Berlin", "Wed 31 December 2025, 10:24"),
        ("2026-11-14 11:05:00", "Europe/Lisbon", "Saturday 14 November, 11:05 (Lisbon time)"),
        ("2026-11-14 11:05:00", "+05:30", "Saturday 14 November, 16:35 (UTC+05:30)"),
        ("2026-11-14 11:05:00", "Europe/Paris", "Saturday 14 November, 11:05"),
    ],
)
def test_times_are_said_in_the_moments_own_zone(at: str, zone: str, words: str) -> None:
    assert when_words(moment(at, zone), NOW_US) == words


def test_a_guessed_time_is_said_to_be_about() -> None:
    assert when_words(moment("2026-11-20 08:50:00", time_source=TimeSource.FILE), NOW_US) == "Today, about 08:50"


@pytest.mark.parametrize("name", ["Nowhere/Land", "../etc/passwd", "+99:99", "a" * 500])
def test_an_unknown_zone_does_no_harm(name: str) -> None:
    assert to_zone(name) is UTC
    assert when_words(replace(moment("2026-11-20 08:50:00"), zone=name), NOW_US) == "Today, 07:50 (UTC)"


def test_sources_are_named() -> None:
    start = "2026-11-20 08:50:00"
    assert source_words(moment(start, kind=Kind.UTTERANCE, speaker="Anna")) == "Anna"
    assert source_words(moment(start, kind=Kind.UTTERANCE)) == "A voice"
    assert source_words(moment(start, kind=Kind.SCREENSHOT, app="Firefox")) == "Firefox"
    assert source_words(moment(start, kind=Kind.PHOTO, place=Place("Lisbon"))) == "Lisbon"
    assert source_words(moment(start, kind=Kind.PHOTO)) == "Photo"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0:00"), (6.4, "0:06"), (59.6, "1:00"), (750, "12:30"), (3723, "1:02:03"), (-1, "0:00")],
)
def test_lengths_read_like_a_clock(seconds: float, words: str) -> None:
    assert length_words(seconds) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, ""),
        (3, "a few seconds left"),
        (41, "about 50 seconds left"),
        (55, "about a minute left"),
        (61, "about a minute left"),
        (600, "about 10 minutes left"),
        (7200, "about 2 hours left"),
        (9000, "about 2.5 hours left"),
    ],
)
def test_time_left_is_said_roughly(seconds: float | None, words: str) -> None:
    assert left_words(seconds) == words


def test_ranges_of_days() -> None:
    day = at_us("2026-11-19 00:00:00")
    next_day = at_us("2026-11-20 00:00:00")
    assert range_words(day, next_day, NOW_US) == "Yesterday"
    assert range_words(at_us("2026-11-16 00:00:00"), next_day, NOW_US) == "Monday 16 November to Yesterday"
    assert range_words(day, None, NOW_US) == "since Yesterday"
    assert range_words(None, next_day, NOW_US) == "until Yesterday"
    assert range_words(None, None, NOW_US) == ""


def test_what_was_understood_becomes_chips() -> None:
    understood = Interpreted(people=("Anna",), places=("Lisbon",), kinds=(Kind.PHOTO,), apps=("Slack",), widened=True)
    assert interpreted_words(understood, NOW_US) == (
        ("when", "nothing then, so any time"),
        ("who", "Anna"),
        ("where", "Lisbon"),
        ("app", "Slack"),
        ("kind", "Photo"),
    )


@pytest.mark.parametrize("reason", [None, *Reason])
def test_every_reason_is_said(reason: Reason | None) -> None:
    words = reason_words(reason)
    assert words.message.startswith("I don't know")
    assert words.hint


def test_errors_carry_their_hint_and_unknown_ones_hide_their_content() -> None:
    known = error_words(BadInput("It is open elsewhere.", hint="Close it."))
    assert (known.message, known.hint) == ("It is open elsewhere.", "Close it.")
    assert error_words(OSError(errno.ENOSPC, "no space")).message == "The disk is full."
    missing = error_words(WeightsMissing("/a/path", hint="Run `this`.", model="MiniLM", task="embed"))
    assert missing.message == "“Finds by meaning” (MiniLM) is not here yet."
    assert (missing.remedy, "`" in missing.hint) == (Remedy.MODELS, False)
    assert error_words(DatabaseDamaged("x")).remedy is Remedy.FOLDER
    assert "settings" in error_words(BadSettings("x", hint="y")).message
    unknown = error_words(ValueError("secret words"))
    assert "secret" not in unknown.message + unknown.hint
    assert "ValueError" in unknown.hint


def test_a_long_text_is_cut_around_its_first_match() -> None:
    text = "one " * 200 + "needle" + " two" * 200
    cut, spans = snippet(text, ((800, 806),), limit=200)
    assert len(cut) <= 204
    assert [cut[a:b] for a, b in spans] == ["needle"]
    assert cut.startswith("… ")
    assert cut.endswith("…")


@settings(deadline=None)
@given(st.text(max_size=400), st.data())
def test_marked_words_stay_marked(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    cut, spans = snippet(text, ((start, end),), limit=120)
    for a, b in spans:
        assert 0 <= a <= b <= len(cut)
        flat = "".join(" " if sign.isspace() else sign for sign in text)
        assert cut[a:b] in flat[start:end]
    if end > start and end - start < 60:
        assert spans
        assert cut[spans[0][0] : spans[0][1]] == flat[start:end]


def test_names_of_applications_are_one_line_and_long_ones_can_be_broken() -> None:
    assert flat("a\n\n b\tc ") == "a b c"
    assert breakable("Firefox and friends") == "Firefox and friends"
    long = breakable("W" * 500)
    assert long.replace("\N{ZERO WIDTH SPACE}", "") == "W" * 500
    assert max(map(len, long.split("\N{ZERO WIDTH SPACE}"))) <= 12
