"""Trial 16: one talker heard in every direction is one utterance; two people who say the same words stay two."""

from __future__ import annotations

from collections import Counter, defaultdict
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from tests.support.e2e_files import STAND_UP, load_truth
from tests.support.e2e_process import Day, Madeleine
from tests.support.hearing_room import CIRCLE_4, RATE_HZ, room_responses

LUNCH = "2026-10-14_12-35-00 lunch.flac"
CLIP_S = 14.0
ONE_DEG, OTHER_DEG = 60.0, 220.0
BEHIND_S = 0.4  # the second person says it a little later
HIGHER = 0.84  # and in a higher and quicker voice


def plain(text: str) -> list[str]:
    return ["".join(c for c in word if c.isalnum()) for word in text.lower().split()]


def share_said(text: str, where: str) -> float:
    """How much of a text stands in another, word by word in order, 0 to 1."""
    one, other = plain(text), plain(where)
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return sum(b.size for b in blocks) / max(1, len(one))


def test_beam_dedup_two_conversations_at_once(day: Day) -> None:
    """The sample day's lunch: 37 sentences of four people, of whom two often speak at once."""
    (truth,) = [r for r in load_truth()["recordings"].values() if r["name"] == LUNCH]  # type: ignore[attr-defined]
    said = [segment for talk in truth["conversations"] for segment in talk["segments"]]
    moments = [m for m in day.madeleine.list_moments() if Path(m.get("source", "")).name == LUNCH]
    streams: dict[int, list[str]] = defaultdict(list)
    for moment in moments:
        streams[moment["audio"]["stream"]].append(moment["text"])
    told = {stream: " ".join(texts) for stream, texts in streams.items()}
    n_said = sum(len(plain(segment["text"])) for segment in said)
    n_told = sum(len(plain(text)) for text in told.values())
    assert 0.8 <= n_told / n_said <= 1.1
    assert len(moments) / len(said) <= 1.1
    homes = Counter(sum(share_said(segment["text"], text) >= 0.7 for text in told.values()) for segment in said)
    assert homes[2] == 0
    assert homes[1] >= 0.8 * len(said)


def in_room(dry: NDArray[np.float64], azimuth_deg: float, n_samples: int) -> NDArray[np.float64]:
    """A voice from a direction, as four microphones hear it in a room."""
    responses = room_responses(CIRCLE_4, np.deg2rad(azimuth_deg), rt60_s=0.35)
    size = 1 << (len(dry) + responses.shape[1]).bit_length()
    wet = np.fft.irfft(np.fft.rfft(dry, size)[None] * np.fft.rfft(responses, size, axis=1), size, axis=1)
    return wet[:, :n_samples]


@pytest.fixture
def heard(madeleine: Madeleine, tmp_path: Path) -> dict[str, list[dict[str, Any]]]:
    """The utterances of a clip: alone and dry, alone in a room, and said by two people in that room."""
    clip, _rate_hz = soundfile.read(STAND_UP, frames=int(CLIP_S * RATE_HZ))
    late = np.concatenate([np.zeros(int(BEHIND_S * RATE_HZ)), clip])
    quicker = np.interp(np.arange(0, len(late) - 1, 1 / HIGHER), np.arange(len(late)), late)
    n_samples = max(len(clip), len(quicker))
    one, other = in_room(clip, ONE_DEG, n_samples), in_room(quicker, OTHER_DEG, n_samples)
    noise = 1e-4 * np.random.default_rng(16).standard_normal(one.shape)
    sounds = {"dry": clip[None], "alone": one + noise, "both": one + other + noise}
    for name, sound in sounds.items():
        soundfile.write(tmp_path / f"{name}.flac", 0.4 * (sound / np.abs(sound).max()).T, RATE_HZ)
    ran = madeleine("import", "--json", "--array", "circle4_45mm", *(tmp_path / f"{name}.flac" for name in sounds))
    assert ran.code == 0, ran.err
    moments = madeleine.list_moments()
    return {name: [m for m in moments if Path(m["source"]).stem == name] for name in sounds}


def test_beam_dedup_one_talker_and_two(heard: dict[str, list[dict[str, Any]]]) -> None:
    n_words = {name: sum(len(plain(m["text"])) for m in moments) for name, moments in heard.items()}
    assert n_words["dry"] > 20
    assert {m["audio"]["stream"] for m in heard["alone"]} == {0}
    assert abs(heard["alone"][0]["audio"]["azimuth_deg"] - ONE_DEG) < 8
    assert 0.8 <= n_words["alone"] / n_words["dry"] <= 1.1
    assert len(heard["alone"]) <= max(len(heard["dry"]) + 1, 1.1 * len(heard["dry"]))
    azimuths = sorted({round(m["audio"]["azimuth_deg"]) for m in heard["both"]})
    assert all(min(abs(a - ONE_DEG), abs(a - OTHER_DEG)) < 10 for a in azimuths)
    assert 1.6 <= n_words["both"] / n_words["dry"] <= 2.2
    dry = " ".join(m["text"] for m in heard["dry"])
    for stream in {m["audio"]["stream"] for m in heard["both"]}:
        text = " ".join(m["text"] for m in heard["both"] if m["audio"]["stream"] == stream)
        assert share_said(dry, text) >= 0.7
