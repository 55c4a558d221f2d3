"""Trial 15: ten minutes in which nobody speaks give no words; a voice that is barely there is still written down."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray
from scipy.signal import lfilter, sosfilt

from tests.support.e2e_files import SAMPLE_DAY
from tests.support.e2e_process import Madeleine

RATE_HZ = 16_000
ROOM_TONE_DB = (-80, -70, -60, -50, -40, -30)
Sound = NDArray[np.float64]


def room_tone(rng: np.random.Generator, seconds: float) -> Sound:
    """Noise that falls with frequency, peak 1."""
    tone: Sound = lfilter([1.0], [1.0, -0.95], rng.standard_normal(int(seconds * RATE_HZ)))
    return tone / np.abs(tone).max()


def fan(rng: np.random.Generator, seconds: float) -> Sound:
    """Blades at 110 Hz with overtones, slowly beating, in the air they move."""
    at = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    hum = sum(np.sin(2 * np.pi * 110 * k * at + k) / k for k in range(1, 8))
    return (0.3 * hum + room_tone(rng, seconds)) * (1 + 0.2 * np.sin(2 * np.pi * 0.7 * at))


def keyboard(rng: np.random.Generator, seconds: float) -> Sound:
    """Key strokes: short bursts, five or six a second."""
    sound = 0.003 * room_tone(rng, seconds)
    for start in (np.cumsum(rng.exponential(0.18, int(seconds * 6))) * RATE_HZ).astype(int):
        n = min(1600, len(sound) - start)
        if n > 0:
            sound[start : start + n] += rng.uniform(0.3, 1) * (
                rng.standard_normal(n) * np.exp(-np.arange(n) / rng.uniform(60, 300))
            )
    return sound


def music(rng: np.random.Generator, seconds: float) -> Sound:
    """A piano that wanders through a major scale in two voices."""
    sound = np.zeros(int(seconds * RATE_HZ))
    at_s = 0.0
    while at_s < seconds - 0.1:
        length_s = float(rng.choice([0.25, 0.5, 1.0]))
        start = int(at_s * RATE_HZ)
        at = np.arange(min(int(1.3 * length_s * RATE_HZ), len(sound) - start)) / RATE_HZ
        for octave in (0, -12):
            pitch_hz = 262 * 2 ** ((rng.choice([0, 2, 4, 5, 7, 9, 11, 12]) + octave) / 12)
            tone = sum(np.sin(2 * np.pi * pitch_hz * k * at) / k**1.3 for k in range(1, 9))
            sound[start : start + len(at)] += tone * np.minimum(1, 30 * at) * np.exp(-1.5 * at)
        at_s += length_s
    return sound


def wordless(seconds: float) -> Sound:
    """All of them in turn, a fifth of the time each: room tone in six levels, fan, music, keys, digital zeros."""
    rng = np.random.default_rng(15)
    part = seconds / 5
    tones = [room_tone(rng, part / len(ROOM_TONE_DB)) * 10 ** (db / 20) for db in ROOM_TONE_DB]
    loud = [0.4 * sound / np.abs(sound).max() for sound in (fan(rng, part), music(rng, part), keyboard(rng, part))]
    return np.concatenate([*tones, *loud, np.zeros(int(part * RATE_HZ))])


def whispered(voice: Sound) -> Sound:
    """The same mouth without vocal cords: each frame's spectrum envelope (cepstrum, 1.5 ms) filled with noise."""
    rng = np.random.default_rng(3)
    frame, hop = 512, 128
    window = np.hanning(frame)
    out = np.zeros(len(voice) + frame)
    for start in range(0, len(voice) - frame, hop):
        spectrum = np.abs(np.fft.rfft(voice[start : start + frame] * window)) + 1e-6
        cepstrum = np.fft.irfft(np.log(spectrum))
        cepstrum[24:-24] = 0
        phase = rng.uniform(0, 2 * np.pi, len(spectrum))
        out[start : start + frame] += window * np.fft.irfft(np.exp(np.fft.rfft(cepstrum).real + 1j * phase))
    return out[: len(voice)]


def imported_words(madeleine: Madeleine, path: Path, sound: Sound, *options: str) -> str:
    """Import a sound, one channel a row; everything that was written down."""
    soundfile.write(path, np.atleast_2d(sound).T, RATE_HZ)
    ran = madeleine("import", "--json", *options, path)
    assert ran.code == 0, ran.err
    told = madeleine("timeline", "--json").json
    return " ".join(
        moment["text"] for day in told["days"] for moment in day["moments"] if moment["kind"] == "utterance"
    )


def test_silence_invents_nothing(madeleine: Madeleine, tmp_path: Path) -> None:
    assert imported_words(madeleine, tmp_path / "ten minutes.flac", wordless(600.0)) == ""


def test_silence_invents_nothing_in_any_direction(madeleine: Madeleine, tmp_path: Path) -> None:
    """The same from a place in front of an array, so that it has a direction."""
    sound = wordless(60.0)
    rng = np.random.default_rng(4)
    channels = np.stack([np.roll(sound, lag) for lag in (0, 1, 3, 2)]) + rng.normal(0, 1e-4, (4, len(sound)))
    assert imported_words(madeleine, tmp_path / "array.flac", channels, "--array", "circle4_45mm") == ""


def test_whispered_and_distant_speech_is_still_kept(madeleine: Madeleine, tmp_path: Path) -> None:
    voice, _rate_hz = soundfile.read(SAMPLE_DAY / "2026-10-14_09-30-00 stand-up.flac", frames=20 * RATE_HZ)
    voice = voice if voice.ndim == 1 else voice[:, 0]
    rng = np.random.default_rng(5)
    muffled = sosfilt([[0.28, 0.28, 0.0, 1.0, -0.44, 0.0]], voice)  # air and distance take the treble
    distant = 10 ** (-34 / 20) * muffled + 2e-4 * rng.standard_normal(len(voice))
    whisper = 0.1 * whispered(voice) / np.abs(voice).max() + 1e-3 * rng.standard_normal(len(voice))
    heard = imported_words(madeleine, tmp_path / "distant.flac", distant)
    assert len(heard.split()) > 20
    both = imported_words(madeleine, tmp_path / "whispered.flac", whisper)
    assert len(both.split()) > len(heard.split()) + 10
