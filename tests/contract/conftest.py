from __future__ import annotations

import json

import numpy as np
import pytest

from models.protocols import FloatArray
from tests.support.shared_data import SHARED_DATA

TALKS = SHARED_DATA / "talks"


@pytest.fixture(scope="session")
def talk() -> tuple[FloatArray, str]:
    """(audio at 16 kHz, the words said) of a short conversation."""
    soundfile = pytest.importorskip("soundfile")
    paths = sorted(TALKS.glob("*.flac"))
    if not paths:
        pytest.skip("the talks of the development data are not here")
    audio, rate_hz = soundfile.read(paths[2], dtype="float32")
    assert rate_hz == 16_000
    segments = json.loads(paths[2].with_suffix(".json").read_text("utf-8"))["segments"]
    return np.ascontiguousarray(audio), " ".join(segment["text"] for segment in segments)
