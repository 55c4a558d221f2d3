"""Word times of utterances and silences of sounds, without a window."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.ui.silences import find_silences
from app.ui.spoken_words import read_words
from memory.records import Kind, Media, Moment

HEARD = [["It", 10.0, 10.2, 0.9], ["costs", 10.2, 10.6, 0.9], ["4", 10.6, 11.0, 0.9], [",000", 11.0, 11.5, 0.9],
         ["euros.", 12.0, 12.5, 0.9]]  # fmt: skip
SAID = Moment(
    id="u", kind=Kind.UTTERANCE, started_us=0, ended_us=2_500_000, text="It costs 4,000 euros.",
    media=Media("a", ".wav", 10.0, 2.5), details={"words": HEARD},
)  # fmt: skip


def test_words_have_the_times_that_were_heard_from_the_start_of_the_moment() -> None:
    spoken = read_words(SAID)
    assert spoken.is_measured
    assert [SAID.text[word.start : word.end] for word in spoken.words] == ["It", "costs", "4,000", "euros."]
    assert [word.start_s for word in spoken.words] == pytest.approx([0.0, 0.2, 0.6, 2.0])
    assert spoken.words[2].end_s == pytest.approx(1.5)
    assert spoken.at(1.8) is spoken.words[2]
    assert spoken.of(SAID.text.index("000")) is spoken.words[2]


def test_a_corrected_text_keeps_the_times_of_the_words_it_shares() -> None:
    spoken = read_words(replace(SAID, text="It only costs 5,000 Euros!"))
    at = {word.start: word for word in spoken.words}
    assert at[8].start_s == pytest.approx(0.2)  # "costs"
    assert at[20].start_s == pytest.approx(2.0)  # "Euros!"
    assert at[3].start_s == pytest.approx(0.2)  # "only": no time is left between "It" and "costs"
    assert at[14].start_s == pytest.approx(0.6)  # "5,000" has the time that "4,000" had


def test_without_times_the_length_is_shared_by_letters() -> None:
    spoken = read_words(replace(SAID, text="aaaa bb cc", details={}))
    assert not spoken.is_measured
    assert [(word.start_s, word.end_s) for word in spoken.words] == [
        pytest.approx((0.0, 1.25)), pytest.approx((1.25, 1.875)), pytest.approx((1.875, 2.5)),
    ]  # fmt: skip
    assert read_words(replace(SAID, text="", details={})).at(1.0) is None


def test_a_pause_is_what_is_far_below_the_speech_around_it() -> None:
    speech, pause, short = [0.5] * 40, [0.01] * 20, [0.01] * 6
    peaks = speech + pause + speech + short + speech
    (found,) = find_silences(peaks, len(peaks) * 0.05)
    assert found == pytest.approx((2.1, 2.9))
    noisy = [0.5] * 40 + [0.06] * 20 + [0.5] * 40
    assert find_silences(noisy, 5.0) == ()
    assert find_silences([0.0] * 100, 5.0) == ()
    assert find_silences([], 5.0) == ()
