from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.calendars import Appointment, read_calendar
from ingest.recurrence import iter_starts, parse_rule
from memory.records import CALENDAR, Kind
from memory.store import Memory
from tests.support.ingest_files import build_importer

LATE_US = 1_830_000_000_000_000  # 2027-12-28
HEAD, TAIL = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "END:VCALENDAR\r\n"


def event(*lines: str) -> str:
    return "\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT", ""])


def read(*events: str, zone: str = "Europe/Berlin") -> list[Appointment]:
    return list(read_calendar(HEAD + "".join(events) + TAIL, zone=zone, until_us=LATE_US))


def local(appointment: Appointment) -> str:
    at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=appointment.started_us)
    return at.astimezone(ZoneInfo(appointment.zone)).isoformat()


def test_an_appointment_has_its_zone_words_and_length() -> None:
    (found,) = read(
        event(
            "UID:a1", "DTSTART;TZID=America/New_York:20261014T093000", "DURATION:PT1H30M",
            "SUMMARY:Call with\\, the bank", "LOCATION:Room 5", "DESCRIPTION:Bring the\\npapers and a very long",
            "  line that is folded", "BEGIN:VALARM", "SUMMARY:Not this", "END:VALARM",
        )
    )  # fmt: skip
    assert local(found) == "2026-10-14T09:30:00-04:00"
    assert found.ended_us - found.started_us == 5_400_000_000
    assert found.text == "Call with, the bank\nRoom 5\nBring the\npapers and a very long line that is folded"


def test_times_without_a_zone_are_the_users_and_utc_is_utc() -> None:
    told = read(
        event("UID:1", "DTSTART:20261014T093000", "SUMMARY:a"),
        event("UID:2", "DTSTART:20261014T073000Z", "SUMMARY:b"),
        event("UID:3", "DTSTART;TZID=/maker.org/2005/Europe/Lisbon:20261014T083000", "SUMMARY:c"),
        event("UID:4", "DTSTART;VALUE=DATE:20261014", "SUMMARY:d"),
    )
    assert len({a.started_us for a in told[:3]}) == 1
    assert local(told[3]) == "2026-10-14T00:00:00+02:00"
    assert told[3].ended_us - told[3].started_us == 86_400_000_000


def test_a_series_keeps_its_hour_when_the_clocks_change_and_leaves_out_what_it_says() -> None:
    told = read(
        event(
            "UID:s", "DTSTART;TZID=Europe/Berlin:20261016T090000", "DTEND;TZID=Europe/Berlin:20261016T093000",
            "RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE;TZID=Europe/Berlin:20261023T090000", "SUMMARY:Standup",
        ),
        event(
            "UID:s", "RECURRENCE-ID;TZID=Europe/Berlin:20261030T090000", "DTSTART;TZID=Europe/Berlin:20261030T110000",
            "SUMMARY:Standup, later",
        ),
    )  # fmt: skip
    assert [local(a) for a in told] == [
        "2026-10-16T09:00:00+02:00", "2026-11-06T09:00:00+01:00", "2026-10-30T11:00:00+01:00",
    ]  # fmt: skip
    assert len({a.key for a in told}) == 3


@pytest.mark.parametrize(
    ("rule", "dates"),
    [
        ("FREQ=DAILY;INTERVAL=3;COUNT=3", ["2026-01-30", "2026-02-02", "2026-02-05"]),
        ("FREQ=WEEKLY;BYDAY=MO,FR;COUNT=3", ["2026-01-30", "2026-02-02", "2026-02-06"]),
        ("FREQ=MONTHLY;COUNT=3", ["2026-01-30", "2026-03-30", "2026-04-30"]),
        ("FREQ=MONTHLY;BYDAY=-1FR;COUNT=3", ["2026-01-30", "2026-02-27", "2026-03-27"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2", ["2026-01-30", "2026-02-27"]),
        ("FREQ=YEARLY;BYMONTH=3;BYDAY=2SU;COUNT=2", ["2026-03-08", "2027-03-14"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3", ["2026-01-31", "2026-02-28", "2026-03-31"]),
    ],
)
def test_rules_give_the_dates_that_they_name(rule: str, dates: list[str]) -> None:
    parsed = parse_rule(rule, None)
    assert parsed is not None
    found = iter_starts(datetime(2026, 1, 30, 9), parsed, before=datetime(2030, 1, 1))
    assert [at.date().isoformat() for at in found] == dates


@pytest.mark.parametrize(
    ("start", "rule", "n_dates"),
    [
        ("20261001T090000", "FREQ=DAILY;UNTIL=20261003T070000Z", 3),
        ("20200101T090000", "FREQ=DAILY", 1000),
        ("20260101T090000", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", 1),
        ("20260101T090000", "FREQ=HOURLY", 1),
    ],
)
def test_an_end_is_included_and_an_endless_or_empty_rule_ends(start: str, rule: str, n_dates: int) -> None:
    assert len(read(event("UID:u", f"DTSTART:{start}", f"RRULE:{rule}", "SUMMARY:x"))) == n_dates


def test_what_is_cancelled_or_has_no_title_or_time_is_left_out() -> None:
    assert not read(
        event("UID:1", "DTSTART:20261014T093000", "SUMMARY:a", "STATUS:CANCELLED"),
        event("UID:2", "DTSTART:20261014T093000"),
        event("UID:3", "DTSTART:99999999T999999", "SUMMARY:c"),
    )


@settings(max_examples=60)
@given(st.text(alphabet="BEGINVEVENTDTSTARTRULE:;=,0123456789TZ\r\n -", max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    read(event("UID:1", "DTSTART:20261014T093000", "SUMMARY:a", text))


def test_an_imported_calendar_is_notes_with_a_span_and_its_copy_goes(tmp_path: Path) -> None:
    path = tmp_path / "mine.ics"
    series = event("UID:s", "DTSTART:20261016T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=3", "SUMMARY:Choir")
    path.write_text(HEAD + series + TAIL, newline="")
    with Memory.open(tmp_path / "home", use_chroma=False) as memory:
        importer = build_importer(memory)
        report = importer.import_paths([path])
        assert (report.imported, report.moments, report.failed) == (1, 3, ())
        rows = list(memory.iter_moments())
        assert {(m.kind, m.app, m.window, m.text) for m in rows} == {(Kind.NOTE, CALENDAR, "Choir", "Choir")}
        assert {m.ended_us - m.started_us for m in rows} == {3_600_000_000}
        kept = [p for p in (tmp_path / "home" / "media").rglob("*") if p.is_file()]
        assert kept == []
        path.write_text(HEAD + series.replace("Choir", "Choir in the church") + TAIL, newline="")
        importer.import_paths([path])
        assert {m.text for m in memory.iter_moments()} == {"Choir in the church"}
        assert importer.import_paths([path]).duplicates == 1
        path.write_text(HEAD + TAIL, newline="")
        assert "no appointments" in importer.import_paths([path]).failed[0].error
        importer.close()
