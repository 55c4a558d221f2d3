"""Enrolment with real voices: one person is learned, two are refused."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile

from ingest.enrol import listen
from ingest.errors import BadInput
from models.voices import ResemblyzerVoices
from tests.support.e2e_files import write_speech
from tests.support.ingest_files import write_wav
from tests.support.models_fakes import ToneVoices
from tests.support.models_weights import get_model, get_weights
from tests.support.shared_data import SHARED_DATA

TALK = SHARED_DATA / "talks" / "dogs-boiler-A.flac"


@pytest.mark.weights
def test_one_person_is_learned_and_two_are_refused(tmp_path: Path) -> None:
    if not TALK.is_file():
        pytest.skip("the talks of the development data are not here")
    voices = ResemblyzerVoices(get_weights("resemblyzer"), get_model("resemblyzer"))
    audio, rate_hz = soundfile.read(TALK, dtype="float32")
    said = json.loads(TALK.with_suffix(".json").read_text("utf-8"))["segments"]
    own, other = (
        np.concatenate(
            [audio[int(s["start_s"] * rate_hz) : int(s["end_s"] * rate_hz)] for s in said if s["talker"] == t]
        )
        for t in ("A1", "A2")
    )
    soundfile.write(tmp_path / "own.wav", own, rate_hz)
    sample = listen(tmp_path / "own.wav", voices)
    assert sample.seconds > 10
    alike = voices.embed([own[: 4 * rate_hz], other[: 4 * rate_hz]]) @ sample.vector
    assert alike[0] > 0.85 > alike[1]
    with pytest.raises(BadInput, match="More than one person"):
        listen(TALK, voices)


def test_a_file_without_speech_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no speech"):
        listen(write_wav(tmp_path / "hum.wav", 8.0), ToneVoices())


def test_too_little_speech_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"0\.\d s of speech, too little") as caught:
        listen(write_speech(tmp_path / "short.wav", duration_s=2.0), ToneVoices())
    assert "twenty seconds" in caught.value.hint
