"""Rows of a page, and the headings they stand under."""

from __future__ import annotations

from memory.records import Kind, Moment, moment_id
from recall.pages import rows_in_sections

TIMETABLE = (
    "Central Station", "728 Port to Hill", "First bus 6:10", "Last bus 23:40", "734 Mill to Park", "Last bus 21:55",
)  # fmt: skip


def page(*lines: str) -> Moment:
    return Moment(
        id=moment_id("t", "1"), kind=Kind.PHOTO, started_us=0, ended_us=1, zone="UTC", text="\n".join(lines), source="t"
    )


def test_rows_below_a_named_heading_tell_it() -> None:
    assert rows_in_sections(page(*TIMETABLE), ["last", "bus", "734"]) == (
        "Central Station", "728 Port to Hill", "728: First bus 6:10", "728: Last bus 23:40", "734 Mill to Park",
        "734: Last bus 21:55",
    )  # fmt: skip


def test_a_page_without_the_named_heading_or_without_another_stays_as_it_is() -> None:
    assert rows_in_sections(page(*TIMETABLE), ["last", "bus"]) == TIMETABLE
    assert rows_in_sections(page(*TIMETABLE), ["bus", "999"]) == TIMETABLE
    assert rows_in_sections(page(*TIMETABLE[:4]), ["bus", "728"]) == TIMETABLE[:4]
