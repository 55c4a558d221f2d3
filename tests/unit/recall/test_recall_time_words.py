from __future__ import annotations

import itertools
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recall.time_words import find_time_words, with_dates

SAID_AT = datetime(2023, 7, 15, 13, 51, tzinfo=ZoneInfo("Europe/Lisbon"))  # a Saturday
PHRASES = st.sampled_from(
    [
        "last Friday",
        "next month",
        "four years ago",
        "yesterday",
        "in March",
        "two weeks ago",
        "on 31 June",
        "last summer",
    ]
)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("We met last Friday.", "the Friday before 15 July 2023, that is 14 July 2023"),
        ("The move is next month.", "August 2023"),
        ("I came four years ago.", "2019"),
        ("I went yesterday and liked it.", "14 July 2023"),
        ("It was last week.", "the week before 15 July 2023"),
        ("The race was last weekend.", "the weekend before 15 July 2023"),
        ("We won two months ago.", "about May 2023"),
        ("I've had them for 3 years now.", "since 2020"),
        ("I got good news on Friday.", "the Friday before 15 July 2023, that is 14 July 2023"),
        ("The play is on Friday.", "the Friday after 15 July 2023, that is 21 July 2023"),
        ("The plumber comes on Friday at nine.", "the Friday after 15 July 2023, that is 21 July 2023"),
        ("Dentist on Friday", "the Friday after 15 July 2023, that is 21 July 2023"),
        ("Ask him on Friday whether we need it.", "the Friday after 15 July 2023, that is 21 July 2023"),
        ("I'm meeting her on Friday.", "the Friday after 15 July 2023, that is 21 July 2023"),
        ("I've been to the museum on Friday.", "the Friday before 15 July 2023, that is 14 July 2023"),
        ("We painted the hall on Friday.", "the Friday before 15 July 2023, that is 14 July 2023"),
        ("It was fun. On Friday they put up the tent.", "the Friday before 15 July 2023, that is 14 July 2023"),
        ("Last year we went to Rome.", "2022"),
        ("Call me in three days.", "18 July 2023"),
        ("I've been learning Spanish for the past three months.", "since about April 2023"),
        ("I met her on Valentine's Day.", "14 February 2023"),
        ("It was cheap last Black Friday.", "25 November 2022"),
        ("I went there two days after Easter.", "11 April 2023"),
    ],
)
def test_times_in_words_are_read_against_the_time_they_were_said(text: str, told: str) -> None:
    (words,) = find_time_words(text, SAID_AT)
    assert (words.told, words.absolute) == (told, False)


@pytest.mark.parametrize("text", ["He comes on Fridays.", "We meet on Friday evenings.", "Every Friday I swim."])
def test_what_happens_again_and_again_has_no_day(text: str) -> None:
    assert find_time_words(text, SAID_AT) == []


@pytest.mark.parametrize(
    "text",
    [
        "Let's meet on Friday.", "I've got a dentist appointment on Friday.", "It needs to be finished on Friday.",
        "The parcel should be delivered on Friday.", "I have to put the bins out on Friday.", "We get paid on Friday.",
        "I'm invited to a wedding on Friday.", "Can you cut the grass on Friday?", "Fred comes on Friday.",
        "Parcel expected on Friday", "Flu shot on Friday", "She told me the play is on Friday.",
        "I need it done on Friday.", "Dad said he's coming on Friday.", "I've also got a meeting on Friday.",
    ],
)  # fmt: skip
def test_what_only_looks_like_the_past_is_to_come(text: str) -> None:
    (words,) = find_time_words(text, SAID_AT)
    assert words.first > SAID_AT.date()


@pytest.mark.parametrize(
    "text",
    [
        "I met Anna, who is my cousin, on Friday.", "My sister is glad that we went to the zoo on Friday.",
        "I hope you liked what came on Friday.", "We sat next to the window on Friday.", "I couldn't sleep on Friday.",
        "The dog dug up the roses on Friday.", "Tom put the bins out on Friday.", "I cut my finger on Friday.",
        "The plan that we made on Friday is good.", "He was expected on Friday.", "Anna's painting was sold on Friday.",
    ],
)  # fmt: skip
def test_what_was_stays_the_past_beside_words_that_look_ahead(text: str) -> None:
    (words,) = find_time_words(text, SAID_AT)
    assert words.last < SAID_AT.date()


def test_a_date_is_itself_and_gets_no_brackets() -> None:
    (words,) = find_time_words("The dentist is on 3 November 2023.", SAID_AT)
    assert words.absolute
    assert with_dates("The dentist is on 3 November 2023.", SAID_AT) == "The dentist is on 3 November 2023."
    assert with_dates("I went yesterday.", SAID_AT) == "I went yesterday (14 July 2023)."


def test_a_slashed_date_is_read_where_it_can_mean_one_day_only() -> None:
    assert [w.told for w in find_time_words("It came on 1/20 and left on 22/3, or on 3/4.", SAID_AT)] == [
        "20 January 2023",
        "22 March 2023",
    ]


def test_what_is_no_date_is_left_alone() -> None:
    assert find_time_words("on 31 June", SAID_AT) == []


@given(
    st.lists(st.one_of(PHRASES, st.text(max_size=20)), max_size=8),
    st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1)),
)
def test_expressions_stand_in_order_and_apart_whatever_the_text(parts: list[str], at: datetime) -> None:
    text = " ".join(parts)
    found = find_time_words(text, at.replace(tzinfo=SAID_AT.tzinfo))
    assert all(one.span[1] <= other.span[0] for one, other in itertools.pairwise(found))
    assert all(words.first <= words.last and words.told for words in found)
    assert all(0 <= words.span[0] < words.span[1] <= len(text) for words in found)
