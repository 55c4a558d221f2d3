"""Places spoken lines in a room and renders what the microphones hear (image-source method).

Returns samples and the truth about them; writes no files.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter
from story import SAMPLE_RATE_HZ, SEED, Conversation, Recording
from voices import MissingToolError, speak

_PEAK = 0.4
_EAR_HEIGHT_M = 1.2
_ARRAY_HEIGHT_M = 0.9  # on the table
_PINK_POLE = 0.95  # one-pole low-pass: room tone falls with frequency


def render(recording: Recording) -> tuple[NDArray[np.float64], dict[str, Any]]:
    """Sound and truth of one recording.

    Returns:
        Samples, float64 (samples, channels), -1 to 1, 16 kHz; and the truth: array, conversations with segments
        (talker, azimuth_deg, start_s, end_s, text), facts and questions.

    Raises:
        MissingToolError: pyroomacoustics or flite is not installed.
    """
    dry, conversations, duration_s = _lay_out(recording)
    wet = _in_room(recording, dry, duration_s)
    speech_rms = float(np.sqrt(np.mean(wet**2)))
    noise = _room_tone(wet.shape, np.random.default_rng(SEED))
    mixed = wet + noise * speech_rms * 10 ** (-recording.snr_db / 20)
    mixed *= _PEAK / np.abs(mixed).max()
    truth = {
        "name": recording.file,
        "fs": SAMPLE_RATE_HZ,
        "rt60": recording.rt60_s,
        "array": _array_truth(recording),
        "conversations": conversations,
        "questions": [[question, list(words)] for question, words in recording.questions],
        "snr_db": recording.snr_db,
        "duration_s": round(len(mixed) / SAMPLE_RATE_HZ, 3),
    }
    return mixed, truth


def _lay_out(
    recording: Recording,
) -> tuple[dict[str, list[tuple[int, NDArray[np.float64]]]], list[dict[str, Any]], float]:
    placed: dict[str, list[tuple[int, NDArray[np.float64]]]] = defaultdict(list)
    truths: list[dict[str, Any]] = []
    end_s = 0.0
    for conversation in recording.conversations:
        segments = _speak_lines(recording, conversation, placed)
        end_s = max(end_s, segments[-1]["end_s"])
        azimuths = sorted({segment["azimuth_deg"] for segment in segments})
        truths.append(
            {
                "topic": conversation.topic,
                "ask": conversation.ask,
                "azimuth_deg": round(sum(azimuths) / len(azimuths), 1),
                "segments": segments,
                "facts": [list(words) for words in conversation.facts],
            }
        )
    return placed, truths, end_s + recording.tail_s


def _speak_lines(
    recording: Recording, conversation: Conversation, placed: dict[str, list[tuple[int, NDArray[np.float64]]]]
) -> list[dict[str, Any]]:
    segments: list[dict[str, Any]] = []
    at_s = conversation.start_s
    for line in conversation.lines:
        seat = recording.seats[line.talker]
        samples = speak(seat.voice, line.text)
        at_s += line.gap_s if segments else 0.0
        end_s = at_s + len(samples) / SAMPLE_RATE_HZ
        placed[line.talker].append((round(at_s * SAMPLE_RATE_HZ), samples))
        segments.append(
            {
                "talker": line.talker,
                "azimuth_deg": seat.azimuth_deg,
                "start_s": round(at_s, 2),
                "end_s": round(end_s, 2),
                "text": line.text,
            }
        )
        at_s = end_s
    return segments


def _in_room(
    recording: Recording, dry: dict[str, list[tuple[int, NDArray[np.float64]]]], duration_s: float
) -> NDArray[np.float64]:
    try:
        import pyroomacoustics
    except ImportError as error:
        raise MissingToolError("pyroomacoustics is missing. Install it: pip install '.[samples]'") from error
    length = round(duration_s * SAMPLE_RATE_HZ)
    absorption, max_order = pyroomacoustics.inverse_sabine(recording.rt60_s, recording.room_m)
    room = pyroomacoustics.ShoeBox(
        recording.room_m, fs=SAMPLE_RATE_HZ, materials=pyroomacoustics.Material(absorption), max_order=max_order
    )
    # Off the middle of the room: in the exact middle, echoes of opposite walls arrive together.
    centre = np.array([recording.room_m[0] * 0.47, recording.room_m[1] * 0.44, _ARRAY_HEIGHT_M])
    room.add_microphone_array((np.array(recording.positions_m) + centre).T)
    for talker, pieces in dry.items():
        seat = recording.seats[talker]
        angle_rad = np.deg2rad(seat.azimuth_deg)
        place = centre + seat.distance_m * np.array([np.cos(angle_rad), np.sin(angle_rad), 0.0])
        place[2] = _EAR_HEIGHT_M
        track = np.zeros(length)
        for start, samples in pieces:
            track[start : start + len(samples)] += samples
        room.add_source(place, signal=track)
    room.simulate()
    return np.asarray(room.mic_array.signals[:, :length].T)


def _room_tone(shape: tuple[int, ...], random: np.random.Generator) -> NDArray[np.float64]:
    tone = lfilter([1.0], [1.0, -_PINK_POLE], random.standard_normal(shape), axis=0)
    return np.asarray(tone / np.sqrt(np.mean(tone**2)))


def _array_truth(recording: Recording) -> dict[str, Any]:
    positions = np.array(recording.positions_m)
    return {
        "kind": "circular" if len(positions) > 1 else "single",
        "mics": len(positions),
        "radius_m": float(np.linalg.norm(positions, axis=1).max()),
        "positions_m": positions.tolist(),
    }
