from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.describe import describe
from app.ui.cards_view_model import build_card
from ingest.colours import name_colours
from memory.records import Kind, Moment, Place
from recall.results import Found


def picture(kind: Kind = Kind.PHOTO, text: str = "", **parts: Any) -> Moment:
    details = parts.pop("details", {})
    return Moment(id="m1", kind=kind, started_us=10**15, ended_us=10**15, text=text, details=details, **parts)


def test_a_photo_is_described_from_what_is_known_and_guesses_are_called_guesses() -> None:
    details = {
        "size_px": [300, 400],
        "tags": [["dog", 0.94], ["kitchen", 0.4]],
        "colours": [["white", 0.5], ["brown", 0.2]],
        "lines": [{"text": "Open", "box": [[0, 10], [9, 10], [9, 20], [0, 20]], "confidence": 0.9}],
    }
    told = describe(picture(text="Open", place=Place("Lisbon, Portugal"), details=details))
    assert told == (
        "Upright photo, taken in Lisbon, Portugal. Probably shows: dog. Perhaps: kitchen. Mostly white and brown."
        " Text at the top: Open"
    )


def test_a_screen_tells_its_window_and_the_beginning_of_long_text() -> None:
    told = describe(picture(Kind.SCREENSHOT, "word " * 200, app="Firefox", window="Trains"))
    assert told.startswith("Screenshot of Firefox, window “Trains”. ")
    assert told.endswith("word …")
    assert len(told) < 400


def test_what_is_no_picture_has_no_description() -> None:
    assert describe(picture(Kind.NOTE, "words")) == ""


def test_a_screen_reader_hears_the_description_of_a_card() -> None:
    moment = picture(details={"tags": [["dog", 0.9]]})
    card = build_card(Found(moment=moment, score=1.0, signals={}, matched=()), 10**15)
    assert "Probably shows: dog." in card.spoken_name


@pytest.mark.parametrize(
    ("colour", "name"),
    [
        ((250, 250, 250), "white"),
        ((5, 5, 9), "black"),
        ((120, 120, 124), "grey"),
        ((220, 20, 20), "red"),
        ((240, 230, 20), "yellow"),
        ((20, 160, 40), "green"),
        ((20, 40, 220), "blue"),
        ((120, 70, 20), "brown"),
        ((230, 30, 200), "pink"),
    ],
)
def test_colours_have_everyday_names(colour: tuple[int, int, int], name: str) -> None:
    image = np.empty((90, 130, 3), np.uint8)
    image[:] = colour
    image[:10] = 255 - np.array(colour)
    assert name_colours(image)[0][0] == name
