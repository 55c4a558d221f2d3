from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory.records import Kind
from recall.question import Asked, understand
from recall.times import TimeRange
from tests.support.app_memory import NOW


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("When is the boiler inspection?", Asked.WHEN),
        ("What time does the train leave?", Asked.WHEN),
        ("Until when can I cancel?", Asked.WHEN),
        ("How much is the rent?", Asked.HOW_MUCH),
        ("What was the total on the receipt?", Asked.HOW_MUCH),
        ("How long is the walk?", Asked.HOW_LONG),
        ("How many rooms are there?", Asked.HOW_MANY),
        ("Who called?", Asked.WHO),
        ("Where are the keys?", Asked.WHERE),
        ("Which restaurant was it?", Asked.WHERE),
        ("Did Ana call?", Asked.YES_NO),
        ("What is in the parcel?", Asked.WHAT),
    ],
)
def test_tells_what_is_asked_for(text: str, asked: Asked) -> None:
    assert understand(text, now=NOW).asked is asked


def test_a_number_that_tells_a_thing_from_its_kind_is_a_name_and_an_amount_is_not() -> None:
    assert understand("When does the last bus of line 728 leave?", now=NOW).names == ("728",)
    assert understand("Who lives in apartment number 12?", now=NOW).names == ("12",)
    assert understand("Who wanted 500 flyers for 20 euros?", now=NOW).names == ()


def test_finds_people_of_the_memory_and_keeps_them_from_the_embedder() -> None:
    question = understand("What did Ana Lopez's brother tell Ben?", now=NOW, speakers=["Ana Lopez", "Ben", "Carla"])
    assert question.people == ("Ana Lopez", "Ben")
    assert "Ana" not in question.semantic
    assert "Ben" not in question.semantic
    assert question.names == ()


def test_places_and_applications_of_the_memory_are_found_where_they_are_written_as_names() -> None:
    known = {
        "places": ["Lisbon, Portugal", "São Paulo, Brazil", "Reading, England"],
        "apps": ["Slack", "Visual Studio"],
    }
    question = understand("Which museum did I see in Lisbon or São Paulo?", now=NOW, **known)
    assert question.places == ("Lisbon, Portugal", "São Paulo, Brazil")
    assert question.interpreted().places == question.places
    assert understand("What did I read in Slack?", now=NOW, **known).apps == ("Slack",)
    assert understand("Was I reading about visual arts in a slack week?", now=NOW, **known).apps == ()
    assert understand("Was I reading?", now=NOW, **known).places == ()


def test_times_that_hold_nothing_are_given_up_and_it_is_said() -> None:
    question = understand("What did we plan in March 2019?", now=NOW, holds=lambda _span: False)
    assert question.interpreted().widened
    assert not understand("What did we plan in March 2019?", now=NOW, holds=lambda _span: True).interpreted().widened
    assert not understand("What did we plan?", now=NOW, holds=lambda _span: False).interpreted().widened


def test_a_role_is_no_person() -> None:
    assert understand("What did the assistant tell me?", now=NOW, speakers=["assistant", "me"]).people == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("What was the total on the receipt from WATSON'S?", ("WATSON'S",)),
        ("When was invoice GP-2026-0381 paid?", ("GP-2026-0381",)),
        ("When does the bus leave Santa Apolónia?", ("Santa Apolónia",)),
        ("What did we say on Monday in March?", ()),
        ("Which colours are on the map?", ()),
    ],
)
def test_finds_names_and_codes_but_no_calendar_words(text: str, names: tuple[str, ...]) -> None:
    found = understand(text, now=NOW).names
    assert len(found) == len(names)
    assert all(wanted in name for name, wanted in zip(found, names, strict=True))


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Which photo shows the cat?", (Kind.PHOTO,)),
        ("What is on the slide?", (Kind.SCREENSHOT,)),
        ("What do my notes say?", (Kind.NOTE,)),
        ("When is the dentist?", ()),
    ],
)
def test_finds_kinds_of_source(text: str, kinds: tuple[Kind, ...]) -> None:
    assert understand(text, now=NOW).kinds == kinds


def test_relative_times_leave_the_terms_and_dates_stay() -> None:
    assert understand("What did we decide about the boiler last week?", now=NOW).terms == ("decide", "boiler")
    assert "march" in understand("What was the plan of March 2023?", now=NOW).terms


def test_a_month_without_a_year_moves_to_the_year_the_memory_holds() -> None:
    def holds(span: TimeRange) -> bool:
        return span.since.year == 2023

    question = understand("What did we plan in March?", now=NOW, holds=holds)
    assert [t.since.year for t in question.times] == [2023]
    assert question.interpreted().since_us == question.times[0].since_us


def test_a_month_that_is_nowhere_held_stays_the_latest_one() -> None:
    question = understand("What did we plan in March?", now=NOW, holds=lambda _span: False)
    assert [t.since.year for t in question.times] == [2026]


@pytest.mark.parametrize("text", ["", "   ", "?", "¿¡", "\x00", "🙂🙂", "THE", "a" * 10_000])
def test_odd_questions_are_understood_as_little(text: str) -> None:
    question = understand(text, now=NOW)
    assert question.text == " ".join(text.split())
    assert question.times == ()


@given(st.text(max_size=200), st.lists(st.text(max_size=12), max_size=3))
def test_no_words_make_it_fail(text: str, speakers: list[str]) -> None:
    question = understand(text, now=NOW, speakers=speakers)
    assert set(question.people) <= set(speakers)
    assert len(set(question.terms)) == len(question.terms)


def test_interpreted_spans_all_times() -> None:
    question = understand("Compare 8 May 2023 with 11 August 2023", now=NOW)
    interpreted = question.interpreted()
    assert datetime.fromtimestamp((interpreted.since_us or 0) / 1e6, NOW.tzinfo).date().isoformat() == "2023-05-08"
    assert datetime.fromtimestamp((interpreted.until_us or 0) / 1e6, NOW.tzinfo).date().isoformat() == "2023-08-12"
    assert replace(question, times=()).interpreted().since_us is None
