"""What every voice embedder promises, on the fake and on the real one."""

from __future__ import annotations

import json
from collections.abc import Iterator

import numpy as np
import pytest

from models.protocols import Cancelled, CancelToken, FloatArray, VoiceEmbedder
from models.voices import ResemblyzerVoices
from tests.support.models_fakes import ToneVoices
from tests.support.models_weights import get_model, get_weights
from tests.support.shared_data import SHARED_DATA

REAL = pytest.param("resemblyzer", marks=pytest.mark.weights)


@pytest.fixture(params=["fake", REAL], scope="module")
def voices(request: pytest.FixtureRequest) -> Iterator[VoiceEmbedder]:
    if request.param == "fake":
        yield ToneVoices()
        return
    real = ResemblyzerVoices(get_weights("resemblyzer"), get_model("resemblyzer"))
    yield real
    real.unload()


def hum(pitch_hz: float, length_s: float, level: float = 0.1) -> FloatArray:
    time_s = np.arange(round(length_s * 16_000)) / 16_000
    return np.asarray(level * sum(np.sin(2 * np.pi * pitch_hz * n * time_s) / n for n in range(1, 9)), np.float32)


def test_rows_are_unit_vectors_in_order_whatever_the_length(voices: VoiceEmbedder) -> None:
    clips = [hum(110, 4.0), hum(220, 0.3), np.zeros(16_000, np.float32), np.zeros(0, np.float32), hum(110, 4.0)]
    rows = voices.embed(clips)
    assert isinstance(voices, VoiceEmbedder)
    assert rows.shape == (5, voices.n_dims)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-3)
    np.testing.assert_allclose(rows[0], rows[4], atol=1e-5)
    assert rows[0] @ rows[1] < 0.95


def test_level_does_not_matter(voices: VoiceEmbedder) -> None:
    loud, soft = voices.embed([hum(110, 2.0), hum(110, 2.0, level=0.001)])
    assert loud @ soft > 0.99


def test_batch_gives_what_single_clips_give(voices: VoiceEmbedder) -> None:
    clips = [hum(100 + 10 * n, 1 + 0.3 * n) for n in range(12)]
    alone = np.concatenate([voices.embed([clip]) for clip in clips[:4]])
    np.testing.assert_allclose(voices.embed(clips)[:4], alone, atol=1e-4)


def test_nothing_gives_no_rows_and_a_cancelled_call_stops(voices: VoiceEmbedder) -> None:
    assert voices.embed([]).shape == (0, voices.n_dims)
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        voices.embed([hum(110, 2.0)], cancel=cancel)


@pytest.mark.weights
def test_tells_the_two_people_of_a_talk_apart() -> None:
    soundfile = pytest.importorskip("soundfile")
    path = SHARED_DATA / "talks" / "car-recipe-A.flac"
    if not path.is_file():
        pytest.skip("the talks of the development data are not here")
    audio, _rate_hz = soundfile.read(path, dtype="float32")
    said = json.loads(path.with_suffix(".json").read_text("utf-8"))["segments"]
    clips = [audio[round(s["start_s"] * 16_000) : round(s["end_s"] * 16_000)] for s in said]
    rows = ResemblyzerVoices(get_weights("resemblyzer"), get_model("resemblyzer")).embed(clips)
    alike = rows @ rows.T
    is_same = np.array([[a["talker"] == b["talker"] for a in said] for b in said])
    assert alike[is_same].min() > alike[~is_same].max() + 0.1
