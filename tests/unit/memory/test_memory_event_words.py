from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from memory.records import Event, EventWords, Moment
from memory.store import Memory
from tests.support.memory_samples import DAY_US, MAY_8_2023_US, build_utterance

DAY = "2023-05-08"
LATE_US = MAY_8_2023_US + 9 * DAY_US


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with Memory.open(tmp_path, use_chroma=False) as opened:
        yield opened


def cut(memory: Memory, *groups: list[Moment], day: str = DAY) -> None:
    events = [
        Event(
            id=f"e-{rows[0].id}", local_date=day, started_us=rows[0].started_us, ended_us=rows[-1].ended_us, zone="UTC",
            title="By rule", summary="Of rules", reason="", moments=tuple(r.id for r in rows),
        )
        for rows in groups
    ]  # fmt: skip
    memory.events.put_days({day: events}, settled=memory.events.list_stale())


def put(memory: Memory, *, title: str = "Zanzibarium", summary: str = "", rules: int = 1) -> None:
    (waiting,) = memory.events.list_unworded(rules=rules, until_us=LATE_US, limit=1)
    words = EventWords(title=title, summary=summary, producer="m", rules=rules, made_of=waiting.moments[:1])
    assert memory.events.put_words(waiting.number, words)


def titles(memory: Memory) -> list[str]:
    assert [band.title for band in memory.timeline.read_tile(MAY_8_2023_US, 1_000_000, 200).bands] == [
        event.title for event in memory.events.list_events()
    ]
    return [event.title for event in memory.events.list_events()]


def talk(n: int = 3, first: int = 0) -> list[Moment]:
    return [build_utterance(f"line {i}", ordinal=i) for i in range(first, first + n)]


def test_a_models_words_are_shown_with_who_made_them_of_what(memory: Memory) -> None:
    rows = talk()
    memory.write_moments(rows)
    cut(memory, rows)
    put(memory)
    (event,) = memory.events.list_events()
    assert (event.title, event.summary) == ("Zanzibarium", "Of rules")
    assert event.words is not None
    assert (event.words.producer, event.words.made_of) == ("m", (rows[0].id,))
    assert titles(memory) == ["Zanzibarium"]
    assert memory.events.list_unworded(rules=1, until_us=LATE_US, limit=9) == []
    assert len(memory.events.list_unworded(rules=2, until_us=LATE_US, limit=9)) == 1
    assert memory.events.drop_words() == 1
    assert titles(memory) == ["By rule"]


def test_what_came_to_nothing_keeps_the_rules_words_and_is_not_tried_again(memory: Memory) -> None:
    rows = talk()
    memory.write_moments(rows)
    cut(memory, rows)
    put(memory, title="")
    (event,) = memory.events.list_events()
    assert (event.title, event.words) == ("By rule", None)
    cut(memory, rows)
    assert memory.events.list_unworded(rules=1, until_us=LATE_US, limit=9) == []


def test_a_day_cut_anew_keeps_the_words_of_the_events_that_are_the_same(memory: Memory) -> None:
    rows, more = talk(), talk(2, first=10)
    memory.write_moments([*rows, *more])
    cut(memory, rows)
    put(memory)
    cut(memory, rows, more)
    assert titles(memory) == ["Zanzibarium", "By rule"]
    cut(memory, [*rows, *more])
    assert titles(memory) == ["By rule"]


@pytest.mark.parametrize("change", ["forget", "correct", "reindex"])
def test_the_words_go_with_any_of_the_moments_and_leave_no_byte(memory: Memory, change: str) -> None:
    rows = talk()
    memory.write_moments(rows)
    cut(memory, rows)
    put(memory, summary="Quokkas everywhere")
    if change == "forget":
        memory.forget([rows[2].id])
    elif change == "correct":
        memory.write_moments([replace(rows[2], text="other words")])
    else:
        memory.events.mark_all_stale()
    assert memory.events.list_events() == []
    rows = [row for row in rows if row.id in memory.find_moments([r.id for r in rows])]
    cut(memory, rows)
    assert titles(memory) == ["By rule"]
    if change == "forget":
        kept = b"".join(path.read_bytes() for path in memory.home.root.rglob("*") if path.is_file())
        assert b"Zanzibarium" not in kept
        assert b"Quokkas" not in kept


def test_words_for_an_event_that_was_cut_anew_meanwhile_are_not_put(memory: Memory) -> None:
    rows = talk()
    memory.write_moments(rows)
    cut(memory, rows)
    (waiting,) = memory.events.list_unworded(rules=1, until_us=LATE_US, limit=1)
    memory.write_moments([replace(rows[0], text="other words")])
    cut(memory, rows)
    words = EventWords(title="Of old words", summary="", producer="m", rules=1, made_of=())
    assert not memory.events.put_words(waiting.number, words)
    assert titles(memory) == ["By rule"]


def test_what_the_user_cared_for_comes_first_then_the_newest(memory: Memory) -> None:
    groups = [[row] for row in talk(4)]
    memory.write_moments([row for rows in groups for row in rows])
    cut(memory, *groups)
    memory.feedback.judge("a question", groups[1][0].id, 1, at_us=1)
    memory.feedback.judge("a question", groups[0][0].id, -1, at_us=1)
    waiting = memory.events.list_unworded(rules=1, until_us=groups[3][0].ended_us, limit=9)
    assert [w.moments[0] for w in waiting] == [groups[n][0].id for n in (1, 2, 0)]  # the last may still go on
