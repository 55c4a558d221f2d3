from __future__ import annotations

import math
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recall.followed import Followed, read_followed
from recall.times import TimeRange

NOW = datetime(2026, 10, 14, 20, 0, tzinfo=UTC)


def read(question: str, *, heard: bool = True) -> Followed:
    def holds(_range: TimeRange) -> bool:
        return heard

    return read_followed(question, now=NOW, speakers=["Ana", "Ben Okri"], holds=holds)


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("What did I miss while I was following the conversation about dogs?", "dogs"),
        ("What did I miss while I was following the conversation about the holiday in Portugal?",
         "the holiday in Portugal"),
        ("What was said beside the soup recipe conversation?", "the soup recipe"),
        ("While I followed the dogs, what did I miss?", "dogs"),
        ("I was listening to the talk about taxes. What did the others say?", "taxes"),
        ("Tell me what I missed while chatting about the new flat", "the new flat"),
        ("What did I miss in the other conversation while following the one about football?", "football"),
    ],
)  # fmt: skip
def test_the_topic_is_what_the_conversation_was_about(question: str, topic: str) -> None:
    followed = read(question)
    assert followed.topic == topic
    assert not followed.people
    assert not followed.away


def test_a_person_takes_part_and_the_topic_stays_the_topic() -> None:
    followed = read("What did I miss while I was talking to Ana about the boiler?")
    assert (followed.people, followed.terms) == (("Ana",), ("boiler",))
    assert read("What did I miss while Ben Okri was speaking?").people == ("Ben Okri",)
    assert read("What did I miss while following the conversation about Ana?").people == ()
    assert read("What did I miss while talking with my sister?").partner == "my sister"


def test_a_direction_in_degrees_is_an_azimuth_and_a_side_is_none() -> None:
    by_degrees = read("What did I miss while following the conversation at 216 degrees?")
    assert by_degrees.azimuth_rad == pytest.approx(math.radians(216))
    assert by_degrees.names_something
    by_side = read("What did I miss while I listened to the people at my left?")
    assert by_side.side == "left"
    assert not by_side.names_something


def test_who_was_away_followed_nothing() -> None:
    away = read("What did I miss while I was away from 2 to 4 pm?")
    assert away.away
    assert [(t.since.hour, t.until.hour) for t in away.times] == [(14, 16)]
    assert read("What did I miss from 2 to 4 pm?").away
    assert not read("What did I miss while following the conversation about being away?").away


def test_a_time_in_which_nothing_was_heard_counts_only_for_who_was_away() -> None:
    for question in ("What did I miss while I was away from 2 to 3 am?", "What did I miss from 2 to 3 am?"):
        away = read(question, heard=False)
        assert (away.away, [t.since.hour for t in away.times]) == (True, [2])
    dinner = read("What did I miss while I followed the talk about the dinner tonight?", heard=False)
    assert (dinner.away, dinner.times, dinner.topic) == (False, (), "the dinner tonight")


def test_a_time_the_memory_never_heard_belongs_to_the_topic() -> None:
    question = "What did I miss while following the conversation about the dinner tonight?"
    assert [t.since.day for t in read(question).times] == [14]
    assert read(question, heard=False).times == ()
    assert read(question, heard=False).topic == "the dinner tonight"


@given(st.text(max_size=120))
def test_any_question_can_be_read(text: str) -> None:
    followed = read(f"What did I miss while {text}")
    assert set(followed.terms) == set(followed.terms) - {""}
    assert bool(followed.terms) == bool(followed.topic)
