from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from models.protocols import ImageArray, TextLine
from models.screen_lines import cut_line, find_layout
from models.screen_text import ScreenText, find_words


def draw(*lines: tuple[int, int, str], size_px: int = 13, is_dark: bool = False, width: int = 600) -> ImageArray:
    """Lines at x, y on a plain ground."""
    ground, ink = ((30, 31, 34), (214, 216, 220)) if is_dark else ((255, 255, 255), (30, 30, 30))
    image = Image.new("RGB", (width, 300), ground)
    pen = ImageDraw.Draw(image)
    for x, y, text in lines:
        pen.text((x, y), text, font=ImageFont.load_default(size_px), fill=ink)
    return np.asarray(image)


class Counting:
    """A recognizer that names each crop by its width and counts what it was asked."""

    def __init__(self, *, confidence: float = 0.9) -> None:
        self.asked: list[ImageArray] = []
        self._confidence = confidence

    def __call__(self, crops: Sequence[ImageArray]) -> list[tuple[str, float]]:
        self.asked += crops
        return [(f"w{crop.shape[1]}", self._confidence) for crop in crops]


def nothing(_image: ImageArray) -> tuple[TextLine, ...]:
    return ()


def test_lines_are_found_apart_light_and_dark_tight_and_small() -> None:
    for is_dark in (False, True):
        for size_px, step in ((11, 13), (12, 14), (24, 28)):
            texts = [(20, 10 + n * step, f"gypsy jug {n}, $ minimal: (kind) min") for n in range(8)]
            lines = find_layout(draw(*texts, size_px=size_px, is_dark=is_dark)).lines
            assert len(lines) == 8, (is_dark, size_px)
            tops = sorted(top for _left, top, _right, _bottom in lines)
            assert all(abs(top - (10 + n * step)) <= size_px * 0.6 for n, top in enumerate(tops))


def test_columns_stay_apart_and_words_of_a_line_together() -> None:
    layout = find_layout(draw((20, 40, "one line of words"), (320, 40, "another column")))
    assert len(layout.lines) == 2
    assert layout.pictures == ()


def test_cells_of_a_table_stay_apart_however_near_its_grid_is() -> None:
    image = draw(*[(20 + 60 * column, 20 + 24 * row, "950.29") for column in range(3) for row in range(6)]).copy()
    (right,) = {box[2] for box in find_layout(image).lines if box[0] < 60}
    image[10:180, right + 4] = 90
    image[10:180, right + 64] = 90
    assert len(find_layout(image).lines) == 18


def test_borders_are_no_lines_and_a_photo_is_a_picture() -> None:
    image = draw((20, 20, "a caption")).copy()
    image[60:61, 10:590] = 0
    image[60:250, 10:11] = 0
    image[90:250, 100:400] = np.random.default_rng(1).integers(0, 255, (160, 300, 3), dtype=np.uint8)
    layout = find_layout(image)
    assert len(layout.lines) == 1
    ((left, top, right, bottom),) = layout.pictures
    assert abs(left - 100) < 6
    assert (abs(top - 90) < 6, abs(right - 400) < 6, abs(bottom - 250) < 6) == (True, True, True)


def test_a_line_gives_the_same_pixels_wherever_it_stands_and_whatever_is_near() -> None:
    alone = draw((20, 40, "The same line"))
    moved = draw((131, 90, "The same line"), (20, 76, "jugs and quays above"), (20, 104, "Tall letters below"))
    (box,) = find_layout(alone).lines
    crops = [cut_line(moved, other) for other in find_layout(moved).lines]
    assert any(np.array_equal(cut_line(alone, box), crop) for crop in crops)


def test_only_what_is_new_on_the_screen_is_read() -> None:
    recognize = Counting()
    reader = ScreenText(recognize, nothing)
    page = [(20, 20 + 22 * n, f"line {'x' * n} of a page") for n in range(8)]
    first = reader.read(draw(*page))
    assert (len(first), len(recognize.asked)) == (8, 8)
    assert reader.read(draw(*page)) == first
    scrolled = [(x, y - 22, text) for x, y, text in page[1:]]
    reader.read(draw(*scrolled, (20, 174, "one new line")))
    assert len(recognize.asked) == 9
    reader.read(draw(*page))  # shown again
    assert len(recognize.asked) == 9


def test_boxes_are_where_the_lines_are_and_words_where_the_words_are() -> None:
    image = draw((40, 60, "three long words"))
    (line,) = ScreenText(lambda crops: [("three long words", 0.9) for _ in crops], nothing).read(image)
    (left, top), _, (right, bottom), _ = line.box_px
    assert 30 <= left <= 40 < right <= 160
    assert 50 <= top <= 62 < bottom <= 84
    assert len(line.words) == 3
    inked = np.flatnonzero((image[60:80, :, 0] < 128).any(axis=0))
    assert abs(line.words[0][0] - inked[0]) <= 1
    assert abs(line.words[2][1] - 1 - inked[-1]) <= 1
    assert line.words[0][1] < line.words[1][0]


def test_what_is_hardly_read_and_has_no_letter_is_left_out() -> None:
    image = draw((40, 60, "words"))
    assert ScreenText(Counting(confidence=0.4), nothing).read(image) == ()
    assert ScreenText(lambda crops: [("—·", 0.99) for _ in crops], nothing).read(image) == ()
    assert find_words(np.full((20, 60, 3), 255, np.uint8), "two words") == ()


def test_empty_and_wild_pictures_are_no_trouble() -> None:
    reader = ScreenText(Counting(), nothing)
    assert reader.read(np.full((300, 400, 3), 17, np.uint8)) == ()
    noise = np.random.default_rng(2).integers(0, 255, (300, 400, 3), dtype=np.uint8)
    reader.read(noise)
    reader.read(np.zeros((5, 5, 3), np.uint8))
