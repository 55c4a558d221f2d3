"""Small seeded rooms for tests of spatial hearing: image sources, voices that are no words, known truth.

Source of the room: Allen and Berkley 1979, "Image method for efficiently simulating small-room acoustics".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RATE_HZ = 16_000
CIRCLE_4 = [(0.045, 0.0, 0.0), (0.0, 0.045, 0.0), (-0.045, 0.0, 0.0), (0.0, -0.045, 0.0)]
CIRCLE_6 = [(0.0463 * np.cos(a), 0.0463 * np.sin(a), 0.0) for a in np.arange(6) * np.pi / 3]
LINE_4 = [(-0.075, 0.0, 0.0), (-0.025, 0.0, 0.0), (0.025, 0.0, 0.0), (0.075, 0.0, 0.0)]


@dataclass(frozen=True, slots=True)
class Scene:
    """A simulated recording and its truth.

    Attributes:
        audio: float32 (channels, samples).
        images: float32 (talkers, samples), each talker as heard at the first microphone.
        azimuths_rad: Where they stand.
    """

    audio: NDArray[np.float32]
    images: NDArray[np.float32]
    azimuths_rad: NDArray[np.float64]


def voice(seed: int, seconds: float, *, pitch_hz: float = 120.0) -> NDArray[np.float32]:
    """Something as sparse and lively as speech: gliding harmonics under moving formants, syllables and pauses."""
    rng = np.random.default_rng(seed)
    n = int(seconds * RATE_HZ)
    knots = int(seconds * 5) + 2
    at = np.linspace(0, knots - 1, n)
    syllables = np.interp(at, np.arange(knots), rng.random(knots) ** 2 * (rng.random(knots) > 0.3))
    glide = pitch_hz * 2 ** np.interp(at, np.arange(knots), rng.normal(0, 0.25, knots))
    phase = 2 * np.pi * np.cumsum(glide) / RATE_HZ
    formants = [np.interp(at, np.arange(knots), rng.uniform(*band, knots)) for band in ((300, 800), (900, 2300))]
    out = np.zeros(n)
    for harmonic in range(1, int(5000 / pitch_hz)):
        gain = sum(1 / (1 + ((harmonic * glide - formant) / 150) ** 2) for formant in formants) + 0.02
        out += gain * np.cos(harmonic * phase + rng.uniform(0, 2 * np.pi)) / harmonic**0.3
    hiss = np.interp(at, np.arange(knots), rng.random(knots) ** 4)
    out = out * syllables + 0.3 * hiss * np.diff(rng.normal(0, 1, n + 1))
    return (0.05 * out / np.sqrt(np.mean(out**2))).astype(np.float32)


def room_responses(
    positions_m: Sequence[Sequence[float]],
    azimuth_rad: float,
    *,
    distance_m: float = 1.4,
    rt60_s: float = 0.0,
    room_m: tuple[float, float, float] = (5.4, 4.6, 2.7),
    elevation_rad: float = 0.26,
) -> NDArray[np.float64]:
    """Impulse responses (channels, taps) from a talker to each microphone; without echoes where ``rt60_s`` is 0."""
    room = np.array(room_m)
    centre = np.array([room[0] / 2 + 0.13, room[1] / 2 - 0.21, 0.85])
    towards = np.array(
        [
            np.cos(azimuth_rad) * np.cos(elevation_rad),
            np.sin(azimuth_rad) * np.cos(elevation_rad),
            np.sin(elevation_rad),
        ]
    )
    source = centre + distance_m * towards
    microphones = centre + np.asarray(positions_m, dtype=np.float64)
    sources, gains = _images(source, room, rt60_s)
    n_taps = int((rt60_s * 0.7 + 0.03) * RATE_HZ)
    out = np.zeros((len(microphones), n_taps))
    for channel, microphone in enumerate(microphones):
        distance = np.linalg.norm(sources - microphone, axis=1)
        _add_taps(out[channel], distance / 343.0 * RATE_HZ, gains / distance)
    return out


def _images(
    source: NDArray[np.float64], room: NDArray[np.float64], rt60_s: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    if rt60_s <= 0:
        return source[None], np.ones(1)
    surface = 2 * (room[0] * room[1] + room[1] * room[2] + room[0] * room[2])
    absorption = min(0.99, 0.161 * float(np.prod(room)) / (surface * rt60_s))  # Sabine
    reflection = np.sqrt(1 - absorption)
    reach = np.ceil(rt60_s * 0.7 * 343.0 / (2 * room)).astype(int) + 1
    axes = []
    for axis in range(3):
        n, flip = np.meshgrid(np.arange(-reach[axis], reach[axis] + 1), (0, 1), indexing="ij")
        axes.append(((1 - 2 * flip) * source[axis] + 2 * n * room[axis], np.abs(2 * n - flip)))
    x, y, z = (place.ravel() for place, _ in axes)
    i, j, k = (bounces.ravel() for _, bounces in axes)
    places = np.stack([grid.ravel() for grid in np.meshgrid(x, y, z, indexing="ij")], axis=1)
    bounces = sum(grid for grid in np.meshgrid(i, j, k, indexing="ij"))
    near = np.linalg.norm(places - source, axis=1) < (rt60_s * 0.7 + 0.05) * 343.0
    return places[near], (reflection ** np.ravel(bounces))[near]


def _add_taps(response: NDArray[np.float64], delays: NDArray[np.float64], gains: NDArray[np.float64]) -> None:
    half = 16
    inside = delays < len(response) - half - 1
    whole = np.floor(delays[inside]).astype(int)
    rest = delays[inside] - whole
    offsets = np.arange(-half, half + 1)
    lobes = np.sinc(offsets[None] - rest[:, None]) * np.hanning(2 * half + 3)[1:-1][None]
    index = whole[:, None] + offsets[None]
    fits = index >= 0
    np.add.at(response, index[fits], (lobes * gains[inside, None])[fits])


def scene(
    positions_m: Sequence[Sequence[float]],
    azimuths_deg: Sequence[float],
    *,
    seconds: float = 8.0,
    rt60_s: float = 0.0,
    snr_db: float = 30.0,
    seed: int = 0,
    turns: Sequence[Sequence[tuple[float, float]]] | None = None,
) -> Scene:
    """Talkers around an array.

    Args:
        positions_m: The microphones.
        azimuths_deg: A talker at each.
        seconds: Length.
        rt60_s: Reverberation; 0 is free field.
        snr_db: Of sensor noise, against all talkers together.
        seed: Of voices and noise.
        turns: For each talker the spans in which it speaks; all the time by default.
    """
    rng = np.random.default_rng(seed + 1000)
    n = int(seconds * RATE_HZ)
    audio = np.zeros((len(positions_m), n))
    images = np.zeros((len(azimuths_deg), n))
    for index, azimuth in enumerate(azimuths_deg):
        dry = voice(seed * 17 + index, seconds, pitch_hz=100 * 1.35**index)
        if turns is not None:
            time = np.arange(n) / RATE_HZ
            dry = dry * np.any([(time >= start) & (time < end) for start, end in turns[index]], axis=0)
        responses = room_responses(positions_m, np.deg2rad(azimuth), rt60_s=rt60_s)
        size = 1 << (n + responses.shape[1]).bit_length()
        wet = np.fft.irfft(np.fft.rfft(dry, size)[None] * np.fft.rfft(responses, size, axis=1), size, axis=1)[:, :n]
        audio += wet
        images[index] = wet[0]
    noise = rng.normal(0, 1, audio.shape) * np.sqrt(np.mean(audio**2)) * 10 ** (-snr_db / 20)
    scale = 0.5 / max(np.abs(audio).max(), 1e-9)
    return Scene(
        ((audio + noise) * scale).astype(np.float32), (images * scale).astype(np.float32), np.deg2rad(azimuths_deg)
    )


def si_sdr_db(estimate: NDArray[np.float32], reference: NDArray[np.float32]) -> float:
    """Scale-invariant signal-to-distortion ratio (Le Roux et al. 2019, "SDR: half-baked or well done?", eq. 3)."""
    n = min(len(estimate), len(reference))
    e = estimate[:n].astype(np.float64)
    r = reference[:n].astype(np.float64)
    target = (e @ r) / (r @ r + 1e-20) * r
    return float(10 * np.log10((target @ target + 1e-20) / ((e - target) @ (e - target) + 1e-20)))


def error_deg(estimates_rad: Sequence[float], truth_rad: Sequence[float]) -> NDArray[np.float64]:
    """For each true azimuth the distance to the nearest estimate, degrees."""
    apart = np.abs((np.asarray(truth_rad)[:, None] - np.asarray(estimates_rad)[None] + np.pi) % (2 * np.pi) - np.pi)
    return np.rad2deg(apart.min(axis=1))
