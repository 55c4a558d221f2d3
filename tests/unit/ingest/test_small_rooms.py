"""Times, places, arrays and utterances: the small rooms of ingest."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.arrays import list_presets, load_array
from ingest.errors import BadArray
from ingest.places import Places
from ingest.times import from_iso, from_name, from_us, offset_name, zone_info
from ingest.utterances import build_utterances
from models.protocols import Segment, Word


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2026-11-20_14-03-05.wav", "2026-11-20T14:03:05+01:00"),
        ("IMG_20260704_150607.jpg", "2026-07-04T15:06:07+02:00"),
        ("Screenshot 2026-11-20 at 14.03.05.png", "2026-11-20T14:03:05+01:00"),
        ("memo 2026-11-20T140305.m4a", "2026-11-20T14:03:05+01:00"),
        ("2026-11-20 14.03.ogg", "2026-11-20T14:03:00+01:00"),
        ("IMG-20261120-WA0003.jpg", "2026-11-20T12:00:00+01:00"),
        ("2026-02-30.txt", None),
        ("000000011813.jpg", None),
        ("scan 123420261120.png", None),
        ("invoice.pdf", None),
    ],
)
def test_names_tell_times(name: str, expected: str | None) -> None:
    when = from_name(name, "Europe/Berlin")
    assert (None if when is None else from_us(when.us, when.zone).isoformat()) == expected


@given(st.datetimes(timezones=st.timezones()))
def test_iso_times_keep_instant_and_offset(when) -> None:
    if when.utcoffset().total_seconds() % 60:
        return  # offsets with seconds ended in 1972
    us, zone = from_iso(when.isoformat(), "UTC")
    assert from_us(us, zone).isoformat() == when.isoformat()


@given(st.text(max_size=40))
def test_any_text_is_a_time_or_none(text: str) -> None:
    found = from_iso(text, "UTC")
    assert found is None or zone_info(found[1]) is not None


def test_unknown_zones_are_utc() -> None:
    assert from_us(0, "Mars/Olympus").isoformat() == "1970-01-01T00:00:00+00:00"
    assert from_us(0, "+99:99").isoformat() == "1970-01-01T00:00:00+00:00"
    assert offset_name(zone_info("-03:30").utcoffset(None)) == "-03:30"


@pytest.fixture(scope="module")
def places() -> Places:
    return Places()


@pytest.mark.parametrize(
    ("lat", "lon", "name"),
    [
        (38.72, -9.14, "Lisbon, Portugal"),
        (43.468, 11.882, "Arezzo, Italy"),
        (52.45, 13.3, "Berlin, Germany"),
        (52.39, 13.06, "Potsdam, Germany"),
        (-33.86, 151.21, "Sydney, Australia"),
        (-17.8, 179.99, "Levuka, Fiji"),
        (-40.0, -120.0, "40.00° S, 120.00° W"),
    ],
)
def test_positions_have_names(places: Places, lat: float, lon: float, name: str) -> None:
    place = places.find_place(lat, lon)
    assert place is not None
    assert (place.name, place.lat, place.lon) == (name, lat, lon)


@pytest.mark.parametrize(("lat", "lon"), [(91, 0), (0, 181), (float("nan"), 0), (0, float("inf"))])
def test_what_is_no_position_has_no_place(places: Places, lat: float, lon: float) -> None:
    assert places.find_place(lat, lon) is None


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_every_position_on_earth_has_a_place(places: Places, lat: float, lon: float) -> None:
    assert places.find_place(lat, lon).name


def test_presets_and_files_and_json_are_arrays(tmp_path: Path) -> None:
    assert "circle4_45mm" in list_presets()
    assert all(load_array(name).positions_m for name in list_presets())
    circle = load_array("circle4")
    assert np.linalg.norm(circle.positions_m, axis=1) == pytest.approx([0.045] * 4)
    (tmp_path / "mine.json").write_text('{"positions_m": [[0, 0, 0], [0.1, 0, 0]]}')
    mine = load_array(str(tmp_path / "mine.json"))
    assert mine.positions_m == ((0, 0, 0), (0.1, 0, 0))
    assert load_array(json.dumps(mine.to_json())) == mine


@pytest.mark.parametrize(
    "told",
    [
        "no_such_array",
        '{"positions_m": []}',
        '{"positions_m": [[0, 0, 0], [0, 0, 0]]}',
        '{"positions_m": [[0, 0, NaN]]}',
        '{"positions_m": [[0]]}',
        '{"positions_m": "four"}',
        '{"positions": [[0, 0, 0]]}',
        '{"positions_m": [[1000, 0, 0]]}',
        "{",
    ],
)
def test_what_is_no_array_is_refused_with_an_example(told: str) -> None:
    with pytest.raises(BadArray) as caught:
        load_array(told)
    assert "circle4" in caught.value.hint or "positions_m" in caught.value.hint


def speak(*pieces: tuple[str, float], start_s: float = 0.0) -> Segment:
    """A segment of words of 0.3 s; a number after a word is the pause behind it."""
    words, at_s = [], start_s
    for text, pause_s in pieces:
        words.append(Word(" " + text, at_s, at_s + 0.3, 0.9))
        at_s += 0.3 + pause_s
    return Segment("".join(word.text for word in words), start_s, at_s, tuple(words))


def test_sentences_with_a_pause_are_utterances() -> None:
    found = build_utterances([speak(("Hello", 0), ("there.", 0.5), ("How", 0), ("are", 0), ("you?", 0))])
    assert [utterance.text for utterance in found] == ["Hello there.", "How are you?"]
    assert (found[0].start_s, found[0].end_s) == (0.0, pytest.approx(0.6))
    assert found[1].start_s == pytest.approx(1.1)


def test_a_sentence_over_two_segments_is_one_utterance() -> None:
    found = build_utterances([speak(("The", 0), ("boiler", 0)), speak(("man", 0), ("comes.", 0), start_s=0.7)])
    assert [utterance.text for utterance in found] == ["The boiler man comes."]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("costs|4|,000|euros", "costs 4,000 euros"),
        ("at|9|:30|on|10|-12", "at 9:30 on 10-12"),
        ("a|deep|-sea|fish", "a deep-sea fish"),
        ("I|don|'t|take|20|%", "I don't take 20%"),
        ("it|is|-5|today", "it is -5 today"),
        ("yes|-|no", "yes - no"),
    ],
)
def test_what_was_cut_at_punctuation_is_one_word_again(words: str, text: str) -> None:
    said = tuple(Word(word, i * 0.2, i * 0.2 + 0.2, 0.9) for i, word in enumerate(words.split("|")))
    assert [u.text for u in build_utterances([Segment(text, 0.0, 2.0, said)])] == [text]


def test_a_long_pause_ends_an_utterance_anywhere() -> None:
    found = build_utterances([speak(("The", 0), ("boiler", 2.0), ("man", 0))])
    assert [utterance.text for utterance in found] == ["The boiler", "man"]


def test_segments_without_word_times_are_cut_at_sentences() -> None:
    found = build_utterances([Segment("One two three. " * 12, 0.0, 36.0)])
    assert len(found) > 1
    assert found[-1].end_s == pytest.approx(36.0)


@given(
    st.lists(st.tuples(st.text("ab.?! ", min_size=1, max_size=5), st.floats(0, 3)), max_size=150),
)
def test_no_word_is_lost_and_time_runs_forward(pieces: list[tuple[str, float]]) -> None:
    found = build_utterances([speak(*pieces)])
    assert "".join("".join(u.text.split()) for u in found) == "".join("".join(text.split()) for text, _ in pieces)
    assert all(a.end_s <= b.start_s + 1e-9 for a, b in itertools.pairwise(found))
    assert all(u.end_s - u.start_s <= 31 for u in found)
