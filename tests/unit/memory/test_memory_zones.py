from __future__ import annotations

from datetime import UTC, date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory.zones import date_words, parse_zone, to_local_date

NOON_US = 1_683_547_200_000_000  # 2023-05-08T12:00:00Z


@pytest.mark.parametrize(
    ("zone", "offset_h"),
    [("UTC", 0), ("Z", 0), ("+02:00", 2), ("-0530", -5.5), ("UTC+3", 3), ("Europe/Berlin", 2), ("Asia/Kolkata", 5.5)],
)
def test_zones_are_names_or_offsets(zone: str, offset_h: float) -> None:
    from datetime import datetime

    moment = datetime(2023, 5, 8, 12, tzinfo=UTC).astimezone(parse_zone(zone))
    assert moment.utcoffset() == timedelta(hours=offset_h)


@given(st.text(max_size=20))
def test_an_unknown_zone_is_utc_and_never_an_error(zone: str) -> None:
    assert to_local_date(NOON_US, zone).year == 2023


@given(st.integers(-(2**63), 2**63 - 1))
def test_no_time_is_too_far_away(time_us: int) -> None:
    assert date.min <= to_local_date(time_us, "Asia/Tokyo") <= date.max


def test_both_sides_of_a_summer_time_change() -> None:
    day_us = 86_400_000_000
    march_26_us = 1_679_785_200_000_000  # 2023-03-26T00:00+01:00, a day of 23 hours in Berlin
    assert to_local_date(march_26_us, "Europe/Berlin") == date(2023, 3, 26)
    assert to_local_date(march_26_us + day_us - 3_600_000_001, "Europe/Berlin") == date(2023, 3, 26)
    assert to_local_date(march_26_us + day_us - 3_600_000_000, "Europe/Berlin") == date(2023, 3, 27)


def test_a_date_is_said_as_people_say_it() -> None:
    assert date_words(date(2023, 5, 8)) == "8 may 2023 monday"
