"""Turns a sentence into speech with Debian's `flite`. Knows nothing of rooms or files of the sample day."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray
from scipy.signal import resample_poly
from story import SAMPLE_RATE_HZ


class MissingToolError(RuntimeError):
    """A program or library that the maker needs is not installed; the message names the package."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A flite voice; `pitch_percent` above 100 raises pitch and formants, `stretch` slows the speech."""

    flite_name: str
    pitch_percent: int = 100
    stretch: float = 1.0


# Whisper base misread flite's rms at its own pitch ("half past" became "F-Pest"); raised by 12 % it read it right.
VOICES = {
    "slt": Voice("slt", stretch=1.03),
    "awb": Voice("awb", stretch=1.03),
    "rms": Voice("rms", pitch_percent=112, stretch=1.06),
    "kal16": Voice("kal16", stretch=1.0),
}

_LEVEL_RMS = 0.06
_EDGE_LEVEL = 0.01  # of the peak: what counts as the silence around a sentence


def speak(voice_name: str, text: str) -> NDArray[np.float64]:
    """Speech of one sentence.

    Args:
        voice_name: A key of `VOICES`.
        text: One or two English sentences, numbers written as words.

    Returns:
        float64 (samples,), 16 kHz, root mean square 0.06, silence at both ends removed.

    Raises:
        MissingToolError: flite is not installed or lacks the voice.
    """
    if shutil.which("flite") is None:
        raise MissingToolError("The program flite is missing. Install it: apt-get install flite")
    voice = VOICES[voice_name]
    with tempfile.TemporaryDirectory() as folder:
        wav = Path(folder) / "line.wav"
        command = [
            "flite",
            "-voice",
            voice.flite_name,
            "--setf",
            f"duration_stretch={voice.stretch * voice.pitch_percent / 100}",
        ]
        done = subprocess.run([*command, "-t", text, "-o", str(wav)], capture_output=True, text=True, check=False)
        if done.returncode != 0 or not wav.is_file():
            raise MissingToolError(f"flite could not speak with the voice {voice.flite_name}: {done.stderr.strip()}")
        samples, rate_hz = soundfile.read(wav, dtype="float64")
    return _level(_trim(_to_rate(samples, rate_hz, voice.pitch_percent)))


def _to_rate(samples: NDArray[np.float64], rate_hz: int, pitch_percent: int) -> NDArray[np.float64]:
    up, down = SAMPLE_RATE_HZ * 100, rate_hz * pitch_percent
    return np.asarray(samples if up == down else resample_poly(samples, *_lowest_terms(up, down)))


def _lowest_terms(up: int, down: int) -> tuple[int, int]:
    common = int(np.gcd(up, down))
    return up // common, down // common


def _trim(samples: NDArray[np.float64]) -> NDArray[np.float64]:
    loud = np.flatnonzero(np.abs(samples) > _EDGE_LEVEL * np.abs(samples).max())
    return samples[loud[0] : loud[-1] + 1]


def _level(samples: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(samples * (_LEVEL_RMS / np.sqrt(np.mean(samples**2))))
