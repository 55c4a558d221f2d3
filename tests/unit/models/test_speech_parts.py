from __future__ import annotations

import itertools

import numpy as np
import pytest

from models.protocols import FloatArray, Segment, Word
from models.vad import RATE_HZ, find_speech
from models.weights import WeightsFolder, load_catalogue
from models.whisper import WhisperTranscriber, compression_of, iter_stretches


def _noise(duration_s: float, level: float) -> FloatArray:
    return (np.random.default_rng(0).standard_normal(round(duration_s * RATE_HZ)) * level).astype(np.float32)


def test_stretches_are_the_whole_audio_in_order() -> None:
    audio = _noise(100, 0.2)
    stretches = list(iter_stretches(audio, stretch_s=30))
    assert stretches[0][0] == 0
    assert stretches[-1][1] == len(audio)
    assert all(left[1] == right[0] for left, right in itertools.pairwise(stretches))
    assert all(0 < end - start <= 30 * RATE_HZ for start, end in stretches)


def test_short_audio_is_one_stretch_and_empty_audio_none() -> None:
    assert list(iter_stretches(_noise(5, 0.1), stretch_s=600)) == [(0, 5 * RATE_HZ)]
    assert list(iter_stretches(np.zeros(0, dtype=np.float32), stretch_s=600)) == []


@pytest.mark.parametrize("level", [0.0, 0.02, 0.3])
def test_silence_and_noise_are_no_speech(level: float) -> None:
    assert find_speech(_noise(5, level)) == ()


def test_loops_compress_and_speech_does_not() -> None:
    assert compression_of("and then he goes home again " * 12) > 2.4
    assert compression_of("The boiler man comes on Friday at ten, so somebody has to be at home.") < 2.4


def _segment(text: str, *, logprob: float = -0.3, sure: float = 0.9, silent: float = 0.0) -> Segment:
    return Segment(text, 0.0, 1.0, (Word(text, 0.0, 1.0, sure),), logprob, silent, "en")


@pytest.mark.parametrize(
    ("segment", "invented"),
    [
        (_segment("Thank you."), False),
        (_segment("Thank you.", sure=0.3), True),
        (_segment("Thanks for watching!", silent=0.8), True),
        (_segment("The boiler man comes on Friday.", sure=0.4), False),
        (_segment("The boiler man comes on Friday.", sure=0.4, silent=0.9), True),
        (_segment("so so so so " * 20), True),
        (_segment("mumble", logprob=-1.6), True),
        (_segment(""), True),
    ],
)
def test_what_the_recognizer_doubts_is_dropped(segment: Segment, invented: bool, tmp_path: object) -> None:
    transcriber = WhisperTranscriber(WeightsFolder(tmp_path), load_catalogue().models["whisper-base"])
    assert transcriber.is_invented(segment) is invented


def test_audio_of_another_form_is_refused(tmp_path: object) -> None:
    transcriber = WhisperTranscriber(WeightsFolder(tmp_path), load_catalogue().models["whisper-base"])
    with pytest.raises(ValueError, match="float32"):
        transcriber.transcribe(np.zeros((2, 100), dtype=np.float32))
    assert not transcriber.is_loaded
