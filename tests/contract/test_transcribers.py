"""What every transcriber promises, on the fake and on the real one."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pytest

from models.protocols import Cancelled, CancelToken, FloatArray, Transcriber
from models.whisper import WhisperOptions, WhisperTranscriber
from tests.support.models_fakes import ScriptedTranscriber
from tests.support.models_weights import get_model, get_weights

RATE_HZ = 16_000


@pytest.fixture(
    params=[
        "fake",
        pytest.param("whisper-tiny.en", marks=pytest.mark.weights),
        pytest.param("whisper-base", marks=pytest.mark.weights),
    ],
    scope="module",
)
def transcriber(request: pytest.FixtureRequest) -> Iterator[Transcriber]:
    if request.param == "fake":
        yield ScriptedTranscriber(["the boiler man comes on friday", "dogs like it here", "that is all"])
        return
    real = WhisperTranscriber(get_weights(request.param), get_model(request.param))
    yield real
    real.unload()


def test_speaks_the_protocol(transcriber: Transcriber) -> None:
    assert isinstance(transcriber, Transcriber)


def test_segments_and_words_are_in_order_of_time(transcriber: Transcriber, talk: tuple[FloatArray, str]) -> None:
    audio, _ = talk
    done: list[float] = []
    segments = list(transcriber.transcribe(audio, report=done.append))
    assert segments
    starts = [segment.start_s for segment in segments]
    assert starts == sorted(starts)
    assert done == sorted(done)
    for segment in segments:
        assert 0 <= segment.start_s < segment.end_s <= len(audio) / RATE_HZ + 0.5
        assert segment.language == "en"
        assert " ".join(word.text for word in segment.words).split() == segment.text.split()
        assert all(0 <= word.probability <= 1 for word in segment.words)


def test_silence_gives_nothing(transcriber: Transcriber) -> None:
    assert list(transcriber.transcribe(np.zeros(20 * RATE_HZ, dtype=np.float32))) == []
    assert list(transcriber.transcribe(np.zeros(0, dtype=np.float32))) == []


def test_cancel_stops_between_segments(transcriber: Transcriber, talk: tuple[FloatArray, str]) -> None:
    cancel = CancelToken()
    segments = transcriber.transcribe(talk[0], cancel=cancel)
    next(segments)
    cancel.cancel()
    with pytest.raises(Cancelled):
        list(segments)


def test_unloads_and_loads_again(transcriber: Transcriber, talk: tuple[FloatArray, str]) -> None:
    transcriber.unload()
    assert not transcriber.is_loaded
    assert next(transcriber.transcribe(talk[0])).text


@pytest.mark.weights
@pytest.mark.parametrize("kind", ["noise", "hum", "clicks", "steps"])
def test_noise_gives_no_words(kind: str) -> None:
    random = np.random.default_rng(0)
    times_s = np.arange(30 * RATE_HZ) / RATE_HZ
    audio = {
        "noise": random.standard_normal(len(times_s)) * 0.05,
        "hum": 0.3 * np.sin(2 * np.pi * 50 * times_s),
        "clicks": (random.random(len(times_s)) > 0.9998) * 0.8,
        "steps": np.where(np.sin(2 * np.pi * 0.5 * times_s) > 0.9, random.standard_normal(len(times_s)) * 0.2, 0),
    }[kind]
    real = WhisperTranscriber(get_weights("whisper-base"), get_model("whisper-base"))
    assert list(real.transcribe(audio.astype(np.float32))) == []


@pytest.mark.weights
def test_word_errors_on_a_real_talk_are_few(talk: tuple[FloatArray, str]) -> None:
    audio, said = talk
    real = WhisperTranscriber(get_weights("whisper-base"), get_model("whisper-base"))
    heard = " ".join(segment.text for segment in real.transcribe(audio))
    assert _word_error_rate(said, heard) < 0.12


@pytest.mark.weights
def test_stretches_of_long_audio_lose_and_double_nothing(talk: tuple[FloatArray, str]) -> None:
    audio, said = talk
    twice = np.concatenate([audio, np.zeros(RATE_HZ, dtype=np.float32), audio])
    real = WhisperTranscriber(
        get_weights("whisper-base"), get_model("whisper-base"), WhisperOptions(beam_size=1, stretch_s=15)
    )
    segments = list(real.transcribe(twice))
    assert _word_error_rate(f"{said} {said}", " ".join(segment.text for segment in segments)) < 0.2
    ends = [segment.end_s for segment in segments]
    assert ends == sorted(ends)
    assert len(twice) / RATE_HZ - 4 < ends[-1] <= len(twice) / RATE_HZ + 0.5


def _word_error_rate(said: str, heard: str) -> float:
    """Edits a word of the reference (Levenshtein distance over words without punctuation)."""
    left, right = (re.sub(r"[^a-z0-9' ]", "", text.lower().replace("-", " ")).split() for text in (said, heard))
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        diagonal, row[0] = row[0], i
        for j, b in enumerate(right, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (a != b))
    return row[-1] / len(left)
