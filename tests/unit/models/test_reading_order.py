from __future__ import annotations

import random

from models.protocols import TextLine
from models.reading_order import sort_lines


def _line(text: str, x: float, y: float, *, width: float | None = None, height: float = 20) -> TextLine:
    right, bottom = x + (width or 9 * len(text)), y + height
    return TextLine(text, ((x, y), (right, y), (right, bottom), (x, bottom)), 0.9)


def _order(lines: list[TextLine]) -> list[str]:
    mixed = list(lines)
    random.Random(0).shuffle(mixed)
    return [line.text for line in sort_lines(mixed)]


def test_no_lines() -> None:
    assert sort_lines([]) == ()


def test_label_and_price_stay_on_one_row() -> None:
    receipt = [
        _line("Milk", 20, 100),
        _line("1.20", 400, 103),
        _line("Bread", 20, 130),
        _line("2.40", 400, 128),
        _line("Eggs", 20, 160),
        _line("3.10", 400, 161),
        _line("TOTAL", 20, 200, height=34),
        _line("6.70", 380, 206),
    ]
    assert _order(receipt) == [line.text for line in receipt]


def test_columns_of_running_text_are_read_one_after_the_other() -> None:
    left = [_line(f"left column running text {i}", 20, 100 + 30 * i) for i in range(6)]
    right = [_line(f"right column running text {i}", 420, 104 + 30 * i) for i in range(6)]
    title, foot = _line("The title over both columns of the page", 100, 20), _line("page 3", 300, 400)
    assert _order([title, *left, *right, foot]) == [line.text for line in (title, *left, *right, foot)]


def test_chat_on_both_sides_is_read_in_time() -> None:
    chat = [
        _line("Are you coming on Friday then?", 20, 100),
        _line("Yes, I shall be there at ten", 500, 150),
        _line("Bring the papers with you please", 20, 200),
        _line("I will, and the keys of the flat", 500, 250),
        _line("Thank you, see you there at ten", 20, 300),
        _line("Until Friday, sleep well tonight", 500, 350),
    ]
    assert _order(chat) == [line.text for line in chat]


def test_slightly_turned_page_keeps_its_rows() -> None:
    rows = [[_line(f"r{row}c{col}", 20 + 150 * col, 100 + 40 * row + 5 * col) for col in range(5)] for row in range(4)]
    flat = [line for row in rows for line in row]
    assert _order(flat) == [line.text for line in flat]
