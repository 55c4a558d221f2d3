from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recall.times import TimeRange, find_times, local_time, to_us

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 10, 14, 20, 0, tzinfo=BERLIN)  # a Wednesday


def only(text: str, now: datetime = NOW) -> TimeRange:
    spans = find_times(text, now)
    assert len(spans) == 1, [(s.since, s.until) for s in spans]
    return spans[0]


def days(text: str, now: datetime = NOW) -> tuple[str, str]:
    """First day and the day after the last one."""
    span = only(text, now)
    assert span.since.time() == span.until.time() == datetime.min.time()
    return span.since.date().isoformat(), span.until.date().isoformat()


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("What did I do today?", "2026-10-14", "2026-10-15"),
        ("What did we eat at Christmas?", "2025-12-25", "2025-12-26"),
        ("Where was I on Easter Sunday 2024?", "2024-03-31", "2024-04-01"),
        ("What did I buy last Black Friday?", "2025-11-28", "2025-11-29"),
        ("When did I call the bank on Monday 28 September?", "2026-09-28", "2026-09-29"),
        ("When did I call the bank on Monday, the 28th of September?", "2026-09-28", "2026-09-29"),
        ("What did we say yesterday?", "2026-10-13", "2026-10-14"),
        ("Who called the day before yesterday?", "2026-10-12", "2026-10-13"),
        ("What did Ana say last Tuesday?", "2026-10-13", "2026-10-14"),
        ("What did Ana say last Wednesday?", "2026-10-07", "2026-10-08"),
        ("What did we decide on Thursday?", "2026-10-08", "2026-10-09"),
        ("What happened last week?", "2026-10-05", "2026-10-12"),
        ("What happened this week?", "2026-10-12", "2026-10-19"),
        ("Where was I last weekend?", "2026-10-10", "2026-10-12"),
        ("What did I pay last month?", "2026-09-01", "2026-10-01"),
        ("What did I pay this month?", "2026-10-01", "2026-11-01"),
        ("Where did we go last year?", "2025-01-01", "2026-01-01"),
        ("Where did we go in 2024?", "2024-01-01", "2025-01-01"),
        ("What did we plan in March?", "2026-03-01", "2026-04-01"),
        ("What did we plan in December?", "2025-12-01", "2026-01-01"),
        ("What did we plan in March 2023?", "2023-03-01", "2023-04-01"),
        ("the trip of May 2023", "2023-05-01", "2023-06-01"),
        ("photos from late May 2023", "2023-05-20", "2023-06-01"),
        ("photos from early May 2023", "2023-05-01", "2023-05-13"),
        ("photos from mid May 2023", "2023-05-10", "2023-05-23"),
        ("Where was I on 8 May 2023?", "2023-05-08", "2023-05-09"),
        ("Where was I on May 8th, 2023?", "2023-05-08", "2023-05-09"),
        ("Where was I on the 8th of May 2023?", "2023-05-08", "2023-05-09"),
        ("Where was I on 2023-05-08?", "2023-05-08", "2023-05-09"),
        ("What did I do on 3 November?", "2025-11-03", "2025-11-04"),
        ("What did I do on 3 October?", "2026-10-03", "2026-10-04"),
        ("the Sunday before 11 August 2023", "2023-08-06", "2023-08-07"),
        ("the week before 11 August 2023", "2023-08-04", "2023-08-11"),
        ("the weekend before 11 August 2023", "2023-08-05", "2023-08-07"),
        ("two weeks before 11 August 2023", "2023-07-25", "2023-08-01"),
        ("three days ago", "2026-10-11", "2026-10-12"),
        ("a week ago", "2026-10-04", "2026-10-11"),
        ("in the last 3 days", "2026-10-11", "2026-10-15"),
        ("last summer", "2026-06-01", "2026-09-01"),
        ("last winter", "2025-12-01", "2026-03-01"),
        ("summer 2022", "2022-06-01", "2022-09-01"),
    ],
)
def test_words_become_days(text: str, since: str, until: str) -> None:
    assert days(text) == (since, until)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("What did I do yesterday morning?", "2026-10-13 05:00", "2026-10-13 12:00"),
        ("What did I hear last night?", "2026-10-13 20:00", "2026-10-14 04:00"),
        ("this evening", "2026-10-14 17:00", "2026-10-15 00:00"),
        ("on Monday afternoon", "2026-10-12 12:00", "2026-10-12 18:00"),
        ("between 2 and 4 pm", "2026-10-14 14:00", "2026-10-14 16:00"),
        ("from 9:30 to 11 am", "2026-10-14 09:30", "2026-10-14 11:00"),
        ("around 3 pm", "2026-10-14 14:50", "2026-10-14 15:20"),
        ("at 12 am", "2026-10-13 23:50", "2026-10-14 00:20"),
    ],
)
def test_words_become_hours(text: str, since: str, until: str) -> None:
    span = only(text)
    assert (f"{span.since:%Y-%m-%d %H:%M}", f"{span.until:%Y-%m-%d %H:%M}") == (since, until)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("yesterday", "2025-12-31", "2026-01-01"),
        ("last week", "2025-12-22", "2025-12-29"),
        ("last month", "2025-12-01", "2026-01-01"),
        ("last year", "2025-01-01", "2026-01-01"),
        ("on 31 December", "2025-12-31", "2026-01-01"),
        ("in December", "2025-12-01", "2026-01-01"),
    ],
)
def test_new_years_day_looks_back_into_the_old_year(text: str, since: str, until: str) -> None:
    assert days(text, datetime(2026, 1, 1, 9, 0, tzinfo=BERLIN)) == (since, until)


@pytest.mark.parametrize(("day", "hours"), [(30, 23), (31, 24)])
def test_the_day_the_clocks_go_forward_has_23_hours(day: int, hours: int) -> None:
    span = only("yesterday", datetime(2026, 3, day, 9, 0, tzinfo=BERLIN))
    assert span.until_us - span.since_us == hours * 3_600_000_000


def test_the_day_the_clocks_go_back_has_25_hours() -> None:
    span = only("yesterday", datetime(2026, 10, 26, 9, 0, tzinfo=BERLIN))
    assert span.until_us - span.since_us == 25 * 3_600_000_000


def test_days_are_those_of_the_zone_of_now() -> None:
    night = datetime(2026, 10, 14, 1, 0, tzinfo=ZoneInfo("Pacific/Auckland"))
    assert only("today", night).since_us == to_us(datetime(2026, 10, 13, 11, 0, tzinfo=UTC))


def test_a_date_without_a_year_says_so_and_can_move_back() -> None:
    span = only("in March")
    assert span.yearless
    assert (span.a_year_earlier().since.year, span.a_year_earlier().until.year) == (2025, 2025)
    assert not only("in March 2026").yearless


def test_leap_day_moves_to_the_last_day_of_february() -> None:
    span = only("on 29 February", datetime(2024, 5, 1, tzinfo=BERLIN))
    assert span.a_year_earlier().since.date().isoformat() == "2023-02-28"


@pytest.mark.parametrize("text", ["at 25:99", "", "When is the dentist?", "Who may 'march' in?"])
def test_what_is_no_time_gives_none(text: str) -> None:
    assert find_times(text, NOW) == []


def test_a_day_that_is_not_in_the_calendar_is_no_day_but_its_month_stands() -> None:
    assert days("on 31 February 2023") == ("2023-02-01", "2023-03-01")


def test_two_times_come_in_the_order_of_the_text() -> None:
    spans = find_times("Compare last Tuesday with 8 May 2023.", NOW)
    assert [s.since.date().isoformat() for s in spans] == ["2026-10-13", "2023-05-08"]
    assert [s.span for s in spans] == sorted(s.span for s in spans)


def test_spans_point_at_the_words() -> None:
    text = "What did we say yesterday morning at home?"
    span = only(text)
    assert text[slice(*span.span)] == "yesterday morning"


_PIECES = st.sampled_from(
    "last this next the of before ago yesterday tomorrow day week weekend month year monday sunday march may feb "
    "summer winter 2023 1999 29 31 0 999 a few couple several two in on at between and 12 am pm 24:00 morning "
    "night since "
    "2023-02-30".split()
)
_PHRASES = st.lists(_PIECES, max_size=8).map(" ".join)
_TIMES = st.datetimes(datetime(1971, 1, 1), datetime(2090, 1, 1), timezones=st.sampled_from([UTC, BERLIN]))


@given(_PHRASES | st.text(max_size=60), _TIMES)
def test_no_words_make_it_fail_and_every_range_goes_forward(text: str, now: datetime) -> None:
    spans = find_times(text, now)
    for before, after in pairwise(spans):
        assert before.span[1] <= after.span[0]
    for span in spans:
        assert span.since.tzinfo is now.tzinfo
        assert span.since_us < span.until_us
        assert 0 <= span.span[0] < span.span[1] <= len(text)


@given(st.integers(-(10**15), 4 * 10**15))
def test_microseconds_survive_the_way_to_local_time_and_back(moment_us: int) -> None:
    assert to_us(local_time(moment_us, "Europe/Berlin")) == moment_us
    assert local_time(moment_us, "+05:30").utcoffset() == timedelta(hours=5, minutes=30)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("What did I miss yesterday from 2 to 4 pm?", "2026-10-13T14:00", "2026-10-13T16:00"),
        ("What did I miss from 2 to 4 pm yesterday?", "2026-10-13T14:00", "2026-10-13T16:00"),
        ("What did I miss on 3 October between 9 and 11 am?", "2026-10-03T09:00", "2026-10-03T11:00"),
        ("What did I miss between 9 and 11 am on Monday?", "2026-10-12T09:00", "2026-10-12T11:00"),
        ("What did I miss from 14:00 to 15:30 on 3 October?", "2026-10-03T14:00", "2026-10-03T15:30"),
        ("What did Ana say yesterday at 14:30?", "2026-10-13T14:20", "2026-10-13T14:50"),
        ("What did I miss from 9:00 to 10:00?", "2026-10-14T09:00", "2026-10-14T10:00"),
        ("What did I miss from 10 to 2 pm yesterday?", "2026-10-13T10:00", "2026-10-13T14:00"),
        ("What did I miss from 11 pm to 2 am yesterday?", "2026-10-13T23:00", "2026-10-14T02:00"),
    ],
)
def test_hours_beside_a_day_are_hours_of_that_day(text: str, since: str, until: str) -> None:
    span = only(text)
    assert (f"{span.since:%Y-%m-%dT%H:%M}", f"{span.until:%Y-%m-%dT%H:%M}") == (since, until)


def test_hours_of_another_sentence_stay_apart_from_a_day() -> None:
    assert len(find_times("What did Ana say yesterday about the train at 9 am?", NOW)) == 2
