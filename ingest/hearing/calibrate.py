"""Is the array what its geometry says? Dead, clipped, inverted, doubled and swapped microphones, wrong distances.

Role: looks at a stretch of recording before it is separated, says what is wrong in words, and tells which channels can
be used. What no recording can tell: a permutation that only turns or mirrors a symmetric array (two opposite
microphones of a circle of four exchanged, a linear array reversed) leaves every distance right and only the azimuths
wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ingest.hearing.geometry import MicArray
from ingest.hearing.srp import SRP_STFT, block_maxima, onset_weight, steered_power
from ingest.hearing.stft import RATE_HZ, ComplexArray, FloatArray

Kind = Literal["dead", "clipped", "inverted", "doubled", "swapped", "wrong_geometry"]

DEAD_DB = -90.0  # below full scale: less than the noise of any microphone at 16 bits
DEAD_BELOW_OTHERS_DB = 35.0  # microphones of one array differ by a few decibels, not by this
CLIPPED_SHARE = 1e-3  # of the samples at the ceiling, in runs
DOUBLED_DB = -45.0  # what a copy leaves over; neighbours in an array differ by their own noise and by high frequencies
SWAP_GAIN = 1.12  # how much clearer the picture must get to believe in a swap
SCALES = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.12, 1.25, 1.4, 1.6, 2.0)
SCALE_GAIN = 1.08
AGREEMENT_FLOOR = 0.55  # of what the pairs show one by one, the geometry must explain this part together


@dataclass(frozen=True, slots=True)
class Issue:
    """Something wrong with the array.

    Attributes:
        kind: What it is.
        channels: Which microphones, counted from 0.
        message: In words for a person, microphones counted from 1.
    """

    kind: Kind
    channels: tuple[int, ...]
    message: str


@dataclass(frozen=True, slots=True)
class Calibration:
    """What was found, and what can be used.

    Attributes:
        issues: Empty where all is well.
        usable: Channels to go on with, in order.
        flipped: Those of them whose polarity must be turned.
    """

    issues: tuple[Issue, ...]
    usable: tuple[int, ...]
    flipped: tuple[int, ...]

    def apply(self, audio: FloatArray, array: MicArray) -> tuple[FloatArray, MicArray]:
        """The usable channels, polarity put right, and the array they make.

        Where the order or the distances cannot be believed, directions cannot either; that is the caller's to decide
        (``issues``): the audio stays as it is.
        """
        kept = list(self.usable)
        signs = np.array([-1.0 if channel in self.flipped else 1.0 for channel in kept], dtype=np.float32)
        return audio[kept] * signs[:, None], MicArray.from_positions(array.positions_m[kept])


def check(audio: FloatArray, array: MicArray) -> Calibration:
    """Look for broken microphones and a wrong geometry.

    Args:
        audio: float32 (channels, samples), 16 kHz; ten seconds with speech tell most. Broken channels are seen in any
            sound, swaps and distances only where somebody speaks.
        array: What the geometry says.
    """
    issues: list[Issue] = []
    dead = _find_dead(audio)
    clipped = _find_clipped(audio, dead)
    alive = [channel for channel in range(len(audio)) if channel not in dead]
    doubled = _find_doubled(audio, alive)
    sound = [channel for channel in alive if channel not in clipped and channel not in doubled]
    inverted = _find_inverted(audio, sound)
    issues += [Issue("dead", (c,), f"Microphone {c + 1} gives no sound.") for c in dead]
    issues += [Issue("clipped", (c,), f"Microphone {c + 1} is overdriven: lower its gain.") for c in clipped]
    issues += [
        Issue("doubled", (original, c), f"Microphones {original + 1} and {c + 1} carry the same signal.")
        for c, original in doubled.items()
    ]
    issues += [Issue("inverted", (c,), f"Microphone {c + 1} is wired with reversed polarity.") for c in inverted]
    # An overdriven channel is better than none; a dead or doubled one is not.
    usable = tuple(sound if len(sound) >= 2 else [c for c in alive if c not in doubled] or alive or [0])
    calibration = Calibration((), usable, tuple(inverted))
    if len(usable) >= 3:
        issues += _check_geometry(*calibration.apply(audio, array), usable)
    return Calibration(tuple(issues), usable, tuple(inverted))


def _find_dead(audio: FloatArray) -> list[int]:
    level_db = 10 * np.log10(np.mean(audio.astype(np.float64) ** 2, axis=1) + 1e-20)
    return np.flatnonzero((level_db < DEAD_DB) | (level_db < np.median(level_db) - DEAD_BELOW_OTHERS_DB)).tolist()


def _find_clipped(audio: FloatArray, dead: Sequence[int]) -> list[int]:
    found = []
    for channel, samples in enumerate(audio):
        if channel in dead:
            continue
        ceiling = float(np.abs(samples).max())
        top = np.abs(samples) >= 0.999 * ceiling
        # Two samples in a row at the very top: a clean wave touches its peak once.
        runs = top[1:] & top[:-1]
        if runs.mean() > CLIPPED_SHARE:
            found.append(channel)
    return found


def _find_doubled(audio: FloatArray, alive: Sequence[int]) -> dict[int, int]:
    """Channels that are copies, each with its original."""
    copies: dict[int, int] = {}
    for first, second in combinations(alive, 2):
        if first in copies or second in copies:
            continue
        x, y = audio[first].astype(np.float64), audio[second].astype(np.float64)
        rest = y - (x @ y) / (x @ x + 1e-20) * x
        if 10 * np.log10((rest @ rest + 1e-20) / (y @ y + 1e-20)) < DOUBLED_DB:
            copies[second] = first
    return copies


def _find_inverted(audio: FloatArray, sound: Sequence[int]) -> list[int]:
    """Channels that move against most others at low frequencies, where a small array hears one pressure."""
    if len(sound) < 3:
        return []
    spectra = SRP_STFT.forward(audio[list(sound)])
    freqs = SRP_STFT.freqs_hz()
    low = spectra[:, (freqs >= 90) & (freqs <= 500)].reshape(len(sound), -1)
    low = low / (np.sqrt(np.mean(np.abs(low) ** 2, axis=1, keepdims=True)) + 1e-20)
    correlation = (low @ low.conj().T).real / low.shape[1]
    _, vectors = np.linalg.eigh(correlation)
    leading = vectors[:, -1]
    minority = leading > 0 if (leading > 0).sum() < (leading < 0).sum() else leading < 0
    clear = np.abs(leading) > 0.3 / np.sqrt(len(sound))
    return [channel for channel, flip in zip(sound, minority & clear, strict=True) if flip]


def _check_geometry(audio: FloatArray, array: MicArray, names: Sequence[int]) -> list[Issue]:
    spectra = SRP_STFT.forward(audio[:, : 20 * RATE_HZ])
    weight = onset_weight(spectra, SRP_STFT.hop / RATE_HZ)
    frames = _loud_frames(spectra, weight)
    if len(frames) < 30:
        return []
    spectra, weight = np.ascontiguousarray(spectra[:, :, frames]), weight[:, frames]
    straight = _clarity(spectra, weight, array)
    swaps = {
        (i, j): _clarity(spectra, weight, _swapped(array, i, j)) for i, j in combinations(range(array.n_channels), 2)
    }
    (first, second), best = max(swaps.items(), key=lambda item: item[1])
    scales = {scale: _clarity(spectra, weight, MicArray(array.positions_m * scale)) for scale in SCALES}
    scale, scaled = max(scales.items(), key=lambda item: item[1])
    if best > SWAP_GAIN * straight and best >= scaled:
        alike = [(names[i], names[j]) for i, j in swaps if _is_mirrored(array, (i, j), (first, second))]
        words = ", or ".join(f"{one + 1} and {other + 1}" for one, other in alike)
        named = tuple(dict.fromkeys(channel for pair in alike for channel in pair))
        return [Issue("swapped", named, f"Microphones {words}{',' * (len(alike) > 1)} seem to be exchanged.")]
    if scale != 1.0 and scaled > SCALE_GAIN * straight:
        return [Issue("wrong_geometry", (), f"The microphones seem {scale:g} times as far apart as the geometry says.")]
    if straight < AGREEMENT_FLOOR * _pairwise_clarity(spectra, weight, array):
        return [Issue("wrong_geometry", (), "The recording does not fit the geometry of the array.")]
    return []


def _swapped(array: MicArray, first: int, second: int) -> MicArray:
    order = np.arange(array.n_channels)
    order[[first, second]] = second, first
    return MicArray(array.positions_m[order])


def _is_mirrored(array: MicArray, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two swaps leave the same distances, so that no recording can tell which of them it was."""
    first, second = (_swapped(array, *pair).positions_m for pair in (one, other))
    apart = [np.linalg.norm(places[:, None] - places[None], axis=-1) for places in (first, second)]
    return bool(np.allclose(apart[0], apart[1], atol=1e-3))


def _loud_frames(spectra: ComplexArray, weight: FloatArray) -> NDArray[np.intp]:
    level = np.mean(np.abs(spectra) ** 2, axis=0)
    onset_level = (level * weight).sum(axis=0)
    n_best = min(300, len(onset_level) // 4)
    return np.sort(np.argsort(onset_level)[-n_best:])


def _clarity(spectra: ComplexArray, weight: FloatArray, array: MicArray) -> float:
    grid = array.grid_rad(float(np.deg2rad(4.0)))
    _, prominence = block_maxima(steered_power(spectra, array, grid, weight=weight))
    return float(prominence.mean())


def _pairwise_clarity(spectra: ComplexArray, weight: FloatArray, array: MicArray) -> float:
    """What each pair would show by itself with the delay that suits it best: the most any geometry can explain."""
    total = []
    for first, second in combinations(range(array.n_channels), 2):
        gap = float(np.linalg.norm(array.positions_m[first] - array.positions_m[second]))
        pair = MicArray.from_positions([[-gap / 2 * 2.0, 0, 0], [gap / 2 * 2.0, 0, 0]])
        grid = pair.grid_rad(float(np.deg2rad(3.0)))
        power = steered_power(spectra[[first, second]], pair, grid, weight=weight)
        total.append(power.max(axis=0) - power.mean(axis=0))
    return float(np.mean(total))
