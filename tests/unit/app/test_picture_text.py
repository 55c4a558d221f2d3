from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage

from app.ui.card_pictures import find_part, mark_part
from app.ui.marks import find_boxes, find_quote
from app.ui.picture_text import PictureText
from memory.records import Kind, Moment


def line(text: str, left: float, top: float, right: float, bottom: float, **more: object) -> dict[str, object]:
    return {"text": text, "box": [[left, top], [right, top], [right, bottom], [left, bottom]], **more}


def picture(*lines: dict[str, object], text: str | None = None) -> Moment:
    words = "\n".join(str(each["text"]) for each in lines) if text is None else text
    details = {"size_px": [200, 100], "lines": list(lines)}
    return Moment(id="p", kind=Kind.PHOTO, started_us=0, ended_us=0, text=words, details=details)


RECEIPT = picture(
    line("Total", 20, 40, 60, 50),
    line("5.30", 160, 41, 190, 51),
    line("Thank you", 20, 60, 110, 70, words=[[20, 65], [80, 110]]),
)


def test_a_word_is_where_the_reader_saw_it_and_not_where_its_letters_would_put_it() -> None:
    assert find_boxes(RECEIPT, ((17, 20),)) == [pytest.approx((0.40, 0.6, 0.55, 0.7))]
    assert find_boxes(RECEIPT, ((11, 16),)) == [pytest.approx((0.10, 0.6, 0.325, 0.7))]


def test_a_tilted_line_gives_a_tilted_part_and_a_box_that_is_not_higher_than_it() -> None:
    tilted = {"text": "abcd", "box": [[0, 0], [200, 40], [200, 60], [0, 20]]}
    part = PictureText(picture(tilted)).parts(2, 4)[0]
    assert [x for x, _y in part] == pytest.approx([0.5, 1.0, 1.0, 0.5])
    assert [y for _x, y in part] == pytest.approx([0.2, 0.4, 0.6, 0.4])
    assert find_boxes(picture(tilted), ((2, 4),)) == [pytest.approx((0.5, 0.2, 1.0, 0.6))]


def test_a_point_finds_its_row_first_and_then_the_nearest_place_between_two_characters() -> None:
    text = PictureText(RECEIPT)
    assert text.find_stop((0.101, 0.45)) == 0
    assert text.find_stop((0.87, 0.45)) == text.text.index("5.30") + 2
    assert text.find_stop((0.5, 0.99)) == text.text.index("you") + 2
    assert text.holds((0.2, 0.45))
    assert not text.holds((0.5, 0.45))


def test_what_stands_in_one_row_is_copied_as_one() -> None:
    text = PictureText(RECEIPT)
    assert text.copy(0, len(text.text)) == "Total\t5.30\nThank you"
    assert text.copy(2, 8) == "tal\t5."
    assert text.copy(3, 3) == ""


def test_steps_by_word_and_line_stay_in_the_text() -> None:
    text = PictureText(RECEIPT)
    assert text.find_word(13) == (11, 16)
    assert [text.step_word(0, 1), text.step_word(12, -1), text.step_word(20, 1)] == [5, 11, 20]
    assert text.step_line(2, -1) == 0
    assert text.step_line(len(text.text), 1) == len(text.text)
    assert text.step_line(0, 1) == text.text.index("5.30")


def test_lines_that_are_not_those_of_the_text_have_no_place() -> None:
    assert PictureText(picture(line("abc", 0, 0, 9, 9), text="another text")).lines == ()


@pytest.mark.parametrize(
    ("quote", "words"), [("Total  5.30", ["Total", "5.30"]), ("thank YOU", ["Thank you"]), ("Total 6.30", [])]
)
def test_a_quote_is_found_whole_or_not_at_all(quote: str, words: list[str]) -> None:
    assert [RECEIPT.text[start:end] for start, end in find_quote(RECEIPT, quote)] == words


def test_a_card_shows_the_part_where_most_words_stand_together() -> None:
    boxes = [(0.0, 0.0, 0.1, 0.02), (0.80, 0.80, 0.85, 0.82), (0.82, 0.85, 0.9, 0.87)]
    part = find_part(1280, 800, boxes)
    assert QRect(0, 0, 1280, 800).contains(part)
    assert part.contains(QRect(1024, 640, 64, 16))
    assert part.contains(QRect(1050, 680, 102, 16))
    assert not part.contains(QRect(0, 0, 64, 16))


def test_a_part_stays_within_pictures_of_any_shape() -> None:
    for width, height in ((10, 2000), (2000, 10), (30, 30)):
        assert QRect(0, 0, width, height).contains(find_part(width, height, [(0.9, 0.9, 1.0, 1.0)]))


def test_the_words_are_marked_in_the_part() -> None:
    white = QImage(400, 300, QImage.Format.Format_RGB32)
    white.fill(QColor("white"))
    shown = mark_part(white, [(0.4, 0.4, 0.6, 0.45)])
    inside, outside = shown.pixelColor(120, 84), shown.pixelColor(2, 2)
    assert outside == QColor("white")
    assert inside.blue() < 220
