from __future__ import annotations

import pytest

from app.ui.marks import find_boxes, marked_html
from memory.records import Kind, Moment

LINES = [
    {"text": "abcd", "box": [[10, 20], [50, 20], [50, 40], [10, 40]]},
    {"text": "efghij", "box": [[10, 60], [70, 60], [70, 80], [10, 80]]},
]


def picture(**details: object) -> Moment:
    return Moment(id="p", kind=Kind.PHOTO, started_us=0, ended_us=0, text="abcd\nefghij", details=details)


def test_words_are_marked_and_escaped() -> None:
    assert marked_html("a<b>\nc", ((1, 4),), "#fff") == ('a<span style="background-color:#fff">&lt;b&gt;</span><br/>c')


@pytest.mark.parametrize("spans", [((0, 99),), ((2, 3), (0, 1)), ()])
def test_spans_that_do_not_fit_lose_no_words(spans: tuple[tuple[int, int], ...]) -> None:
    html = marked_html("abcd", spans, "#fff")
    assert "".join(sign for sign in html.split("</span>")[-1] if sign.isalpha()).endswith("d")


def test_a_word_is_found_in_its_line_of_the_picture() -> None:
    moment = picture(size_px=[100, 100], lines=LINES)
    assert find_boxes(moment, ((5, 8),)) == [pytest.approx((0.10, 0.60, 0.40, 0.80))]
    assert find_boxes(moment, ((2, 7),)) == [
        pytest.approx((0.30, 0.20, 0.50, 0.40)),
        pytest.approx((0.10, 0.60, 0.30, 0.80)),
    ]


@pytest.mark.parametrize("details", [{}, {"lines": LINES}, {"size_px": [0, 0], "lines": LINES}, {"size_px": [9, 9]}])
def test_without_boxes_nothing_is_marked(details: dict[str, object]) -> None:
    assert find_boxes(picture(**details), ((0, 4),)) == []
