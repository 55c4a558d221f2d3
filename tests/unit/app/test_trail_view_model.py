from __future__ import annotations

from dataclasses import replace

from app.ui.trail_view_model import build_steps
from memory.records import Kind, Moment


def page(n: int, window: str | None, text: str = "") -> Moment:
    at_us = 1_800_000_000_000_000 + n * 60_000_000
    return Moment(
        id=f"p{n}", kind=Kind.SCREENSHOT, started_us=at_us, ended_us=at_us, text=text, zone="UTC", window=window
    )


def test_pages_of_one_window_are_one_step_that_opens_the_page_looked_at_or_the_last() -> None:
    pages = [page(0, "Hotels"), page(1, "Astor"), page(2, "Astor"), page(3, None, "\nPaid\n120 EUR")]
    steps = build_steps(pages, pages[1])
    assert [(step.moment.id, step.title, step.is_here) for step in steps] == [
        ("p0", "Hotels", False),
        ("p1", "Astor", True),
        ("p3", "Paid", False),
    ]
    assert steps[1].spoken(2, 3) == "Step 2 of 3, the one on show: Astor, 08:01:00"
    assert build_steps(pages, pages[0])[1].moment.id == "p2"


def test_a_page_without_a_title_is_called_by_its_largest_words() -> None:
    lines = [
        {"text": text, "box": [[0, top], [90, top], [90, top + height], [0, top + height]]}
        for text, top, height in (("Activities", 0, 12), ("Quinta da Ponte", 20, 30), ("x", 60, 50))
    ]
    unnamed = replace(page(0, None, "Activities"), details={"lines": lines})
    assert build_steps([unnamed], unnamed)[0].title == "Quinta da Ponte"
