from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from memory.records import Kind, Moment
from memory.store import Memory, Scope
from recall.on_screen import put_first, tell_seen
from recall.results import Found
from recall.retrieve import Retriever, search
from recall.times import local_time

NOON_US = int(datetime(2026, 10, 14, 12, 0, tzinfo=UTC).timestamp()) * 1_000_000
NOW = datetime(2026, 10, 20, 9, 0, tzinfo=UTC)
MINUTE_US = 60_000_000
BOOKING = (
    (0, "Search", "Hotels in Porto\n23 places to stay"),
    (2, "Casa do Rio", "Casa do Rio\nDouble room 66.00 EUR a night"),
    (5, "Pay", "Card number\nTotal 66.00 EUR"),
    (6, "Booking confirmed", "Your room in the Casa do Rio is booked\nBooking number 7340"),
    (8, "News", "Rain on Sunday"),
    (90, "News", "Trains are late"),
)


def shot(minute: float, window: str, text: str, *, lasts: float = 0, **details: object) -> Moment:
    at_us = NOON_US + round(minute * MINUTE_US)
    return Moment(
        id=f"m{minute}", kind=Kind.SCREENSHOT, started_us=at_us, ended_us=at_us + round(lasts * MINUTE_US), text=text,
        zone="UTC", app="Firefox", window=window, details=details,
    )  # fmt: skip


def said(minute: float, speaker: str, text: str) -> Moment:
    at_us = NOON_US + round(minute * MINUTE_US)
    return Moment(
        id=f"u{minute}", kind=Kind.UTTERANCE, started_us=at_us, ended_us=at_us + 4_000_000, text=text, zone="UTC",
        speaker=speaker, session="talk", ordinal=round(minute),
    )  # fmt: skip


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with Memory.open(tmp_path / "home") as memory:
        yield memory


def find(memory: Memory, question: str) -> Sequence[str]:
    seen = Retriever(memory, None).find_seen(
        Retriever(memory, None).understand(question, now=NOW), scope=Scope(), now=NOW
    )
    return [] if seen is None else [m.id for m in seen.pages]


@pytest.mark.parametrize(
    "question",
    ["How did I book the room in the Casa do Rio?", "Which pages led me to the booking of the room in Casa do Rio?"],
)
def test_how_something_was_booked_are_the_pages_that_led_there(memory: Memory, question: str) -> None:
    memory.write_moments([shot(*page) for page in BOOKING])
    assert find(memory, question) == ["m0", "m2", "m5", "m6"]


@pytest.mark.parametrize(
    "question",
    [
        "How did I book the flight to Reykjavik?",  # no page tells of it
        "How did I read that trains are late?",  # nothing that one does on pages
        "How much did I pay for the room?",
        "How did Ana book the room?",
    ],
)
def test_without_such_a_way_nothing_is_told(memory: Memory, question: str) -> None:
    memory.write_moments([shot(*page) for page in BOOKING])
    assert find(memory, question) == []


def test_a_way_is_told_in_order_and_each_page_cited_with_words_that_stand_in_it(memory: Memory) -> None:
    memory.write_moments([shot(*page) for page in BOOKING])
    retriever = Retriever(memory, None)
    question = retriever.understand("How did I book the room in the Casa do Rio?", now=NOW)
    seen = retriever.find_seen(question, scope=Scope(), now=NOW)
    assert seen is not None
    told = tell_seen(seen, question, local=local_time)
    assert told.text == (
        "On 14 October 2026 by way of “Search” in Firefox at 12:00 [1], “Casa do Rio” in Firefox at 12:02 [2], "
        "“Pay” in Firefox at 12:05 [3] and then “Booking confirmed” in Firefox at 12:06 [4]."
    )
    texts = {m.id: m.text for m in seen.pages}
    assert all(c.quote and c.quote in texts[c.moment] for c in told.citations)
    result = search(retriever, question.text, scope=Scope(), limit=10, now=NOW)
    assert [f.moment.id for f in result.found][:4] == ["m6", "m5", "m2", "m0"]


@pytest.mark.parametrize(
    ("minute", "pages"),
    [
        (20, ["m10", "m15"]),  # both monitors
        (13, ["m10"]),  # the other page came later
        (60, ["m10"]),  # of the other nothing was there any more
        (100, []),  # the screen showed nothing
    ],
)
def test_what_was_open_when_somebody_spoke_is_what_was_there_then(
    memory: Memory, minute: float, pages: list[str]
) -> None:
    memory.write_moments(
        [
            shot(10, "Budget", "Budget of the kitchen\nTiles 900 EUR", lasts=70, monitor="left"),
            shot(15, "Mail", "Inbox\nNewsletter", lasts=20, monitor="right"),
            said(1, "Ana", "Good morning to all of you."),
            said(minute, "Ana", "The tiles will be delivered on Friday."),
        ]
    )
    question = "Which page did I have open when Ana said that the tiles will be delivered on Friday?"
    assert find(memory, question) == pages
    assert find(memory, "Which page did I have open when Tom talked about the holiday in Norway?") == []


def test_an_imported_page_is_taken_to_stay_for_ten_minutes(memory: Memory) -> None:
    memory.write_moments([shot(0, "Budget", "Tiles 900 EUR"), said(8, "Ana", "Let us take the blue tiles.")])
    assert find(memory, "What was on my screen when Ana spoke about the blue tiles?") == ["m0"]


def test_pages_that_answer_by_their_time_stand_first_and_once(memory: Memory) -> None:
    memory.write_moments([shot(*page) for page in BOOKING])
    retriever = Retriever(memory, None)
    question = retriever.understand("How did I book the room in the Casa do Rio?", now=NOW)
    seen = retriever.find_seen(question, scope=Scope(), now=NOW)
    found = [Found(moment=memory.get_moment(m), score=s) for m, s in (("m90", 0.9), ("m6", 0.5))]
    assert [f.moment.id for f in put_first(seen, found, 5)] == ["m6", "m5", "m2", "m0", "m90"]
    assert put_first(None, found, 5) == found
