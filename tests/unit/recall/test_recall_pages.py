"""Rows of a page, and the headings they stand under."""

from __future__ import annotations

from dataclasses import replace

from memory.records import Kind, Moment, moment_id
from recall.pages import rows, rows_in_sections

TIMETABLE = (
    "Central Station", "728 Port to Hill", "First bus 6:10", "Last bus 23:40", "734 Mill to Park", "Last bus 21:55",
)  # fmt: skip


def page(*lines: str) -> Moment:
    return Moment(
        id=moment_id("t", "1"), kind=Kind.PHOTO, started_us=0, ended_us=1, zone="UTC", text="\n".join(lines), source="t"
    )


def seen(*lines: tuple[str, float, float]) -> Moment:
    """A page with boxes: text, left edge and top edge of lines 20 pixels high."""
    found = [
        {"text": text, "box": [[x, y], [x + 10 * len(text), y], [x + 10 * len(text), y + 20], [x, y + 20]]}
        for text, x, y in lines
    ]
    return replace(page(*(text for text, _x, _y in lines)), details={"lines": found})


def test_running_text_is_read_downwards_and_what_stands_beside_it_across() -> None:
    letter = seen(
        ("Inbox", 0, 0), ("we confirm the repair of your boiler. Our technician", 200, 0),
        ("Spam  3", 0, 30), ("Nuno Faria will ring at the door before it", 200, 30),
        ("is ten.", 200, 60), ("Kind regards", 200, 90),
    )  # fmt: skip
    assert rows(letter) == (
        "we confirm the repair of your boiler.", "Our technician Nuno Faria will ring at the door before it is ten.",
        "Inbox", "Spam  3", "Kind regards",
    )  # fmt: skip


def test_the_rows_of_a_table_keep_their_amounts() -> None:
    bill = seen(
        ("Replacement of the pressure sensor in the boiler", 0, 0), ("60.00", 700, 0),
        ("VAT", 0, 30), ("13.80", 700, 30),
    )  # fmt: skip
    assert rows(bill) == ("Replacement of the pressure sensor in the boiler  60.00", "VAT  13.80")


def test_rows_below_a_named_heading_tell_it_and_those_of_the_other_are_left_out() -> None:
    assert rows_in_sections(page(*TIMETABLE), ["last", "bus", "734"]) == (
        "Central Station", "734 Mill to Park", "734: Last bus 21:55",
    )  # fmt: skip
    assert rows_in_sections(page(*TIMETABLE), ["last", "bus", "728"]) == (
        "Central Station", "728 Port to Hill", "728: First bus 6:10", "728: Last bus 23:40",
    )  # fmt: skip


def test_a_page_without_the_named_heading_or_without_another_stays_as_it_is() -> None:
    assert rows_in_sections(page(*TIMETABLE), ["last", "bus"]) == TIMETABLE
    assert rows_in_sections(page(*TIMETABLE), ["bus", "999"]) == TIMETABLE
    assert rows_in_sections(page(*TIMETABLE[:4]), ["bus", "728"]) == TIMETABLE[:4]


def test_numbers_of_a_receipt_are_no_headings() -> None:
    shop = ("99 MART", "09:04 569319", "08 X 2.95", "Total 23.60")
    assert rows_in_sections(page(*shop), ["total", "99", "mart"]) == shop
    items = ("Order", "4831 Tyre", "2101 Bell", "Total 30.00")
    assert rows_in_sections(page(*items), ["price", "4831"]) == items
