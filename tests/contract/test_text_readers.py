"""What every reader of text in pictures promises, on the fake and on the real one."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from models.ocr import READS, READS_NOT, RapidTextReader
from models.protocols import ImageArray, TextReader
from tests.support.models_fakes import FixedTextReader
from tests.support.models_weights import get_model, get_weights

LINES = ("Booking LX 4711 to Lisbon on 14 May", "Passenger: Anna Keller, seat 12A", "Total price 1,249.50 CHF")


def _draw(size_px: int) -> ImageArray:
    pillow = pytest.importorskip("PIL.Image")
    from PIL import ImageDraw, ImageFont

    image = pillow.new("RGB", (900, 60 + 50 * len(LINES)), "white")
    draw = ImageDraw.Draw(image)
    for index, line in enumerate(LINES):
        draw.text((40, 40 + 50 * index), line, fill=(50, 50, 50), font=ImageFont.load_default(size_px))
    return np.asarray(image)


@pytest.fixture(params=["fake", "rapidocr"], scope="module")
def reader(request: pytest.FixtureRequest) -> Iterator[TextReader]:
    if request.param == "fake":
        yield FixedTextReader(LINES)
        return
    real = RapidTextReader(get_weights("rapidocr"), get_model("rapidocr"))
    yield real
    real.unload()


@pytest.mark.parametrize("size_px", [11, 24])
def test_lines_come_in_reading_order_with_boxes(reader: TextReader, size_px: int) -> None:
    assert isinstance(reader, TextReader)
    image = _draw(size_px)
    lines = reader.read(image)
    assert [line.text.replace(" ", "") for line in lines] == [line.replace(" ", "") for line in LINES]
    tops = [line.box_px[0][1] for line in lines]
    assert tops == sorted(tops)
    for line in lines:
        assert 0.5 <= line.confidence <= 1
        assert all(-2 <= x <= image.shape[1] + 2 and -2 <= y <= image.shape[0] + 2 for x, y in line.box_px)
        (left, top), _, (right, bottom), _ = line.box_px
        assert left < right
        assert top < bottom


@pytest.mark.parametrize("size_px", [11, 24])
def test_a_drawn_page_is_read_letter_by_letter(reader: TextReader, size_px: int) -> None:
    lines = reader.read_screen(_draw(size_px))
    assert [line.text.replace(" ", "") for line in lines] == [line.replace(" ", "") for line in LINES]


def test_empty_and_tiny_pictures_give_nothing() -> None:
    real = RapidTextReader(get_weights("rapidocr"), get_model("rapidocr"))
    assert real.read(np.full((400, 600, 3), 255, dtype=np.uint8)) == ()
    assert real.read_screen(np.full((400, 600, 3), 255, dtype=np.uint8)) == ()
    assert real.read_screen(np.zeros((1, 1, 3), dtype=np.uint8)) == ()
    assert real.read(np.zeros((1, 1, 3), dtype=np.uint8)) == ()
    assert real.read(np.full((20, 3000, 3), 200, dtype=np.uint8)) == ()


def test_tall_picture_is_read_in_bands_and_each_line_once() -> None:
    pillow = pytest.importorskip("PIL.Image")
    from PIL import ImageDraw, ImageFont

    said = [f"Message number {1000 + index}" for index in range(40)]
    image = pillow.new("RGB", (500, 5000), "white")
    for index, line in enumerate(said):
        ImageDraw.Draw(image).text((30, 20 + 124 * index), line, fill=(40, 40, 40), font=ImageFont.load_default(16))
    real = RapidTextReader(get_weights("rapidocr"), get_model("rapidocr"))
    lines = real.read(np.asarray(image))
    assert [line.text for line in lines] == said
    tops = [line.box_px[0][1] - lines[0].box_px[0][1] for line in lines]
    assert tops == pytest.approx([124 * index for index in range(40)], abs=4)


def test_picture_of_another_form_is_refused() -> None:
    real = RapidTextReader(get_weights("rapidocr"), get_model("rapidocr"))
    with pytest.raises(ValueError, match="uint8"):
        real.read(np.zeros((10, 10), dtype=np.uint8))
    assert not real.is_loaded


def test_unloads_and_loads_again(reader: TextReader) -> None:
    reader.unload()
    assert not reader.is_loaded
    assert len(reader.read(_draw(24))) == len(LINES)


def test_the_letters_that_are_said_to_be_read_are_those_of_the_recognizer() -> None:
    from onnxruntime import InferenceSession

    model = get_model("rapidocr")
    network = next(file.name for file in model.files if "_rec_" in file.name)
    told = InferenceSession(get_weights("rapidocr").require(model) / network).get_modelmeta().custom_metadata_map
    known = set(told["character"])
    samples = {
        "Latin": "aZßéñøłğțű", "Greek": "αβΩ", "Chinese": "永你東", "Japanese": "あカ語",
        "Cyrillic": "жДя", "Arabic": "عبد", "Hebrew": "עלם", "Korean": "한국", "Thai": "กขค", "Indian": "नमस",
    }  # fmt: skip
    assert {name for name, letters in samples.items() if set(letters) <= known} == set(READS)
    assert all(not set(samples[name]) & known for name in READS_NOT)
