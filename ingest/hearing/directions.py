"""How many talkers there are and where: peaks of the histogram of block-wise SRP-PHAT maxima.

Source: histograms of per-block azimuths, counted by their peaks, as in Pavlidi et al. 2013, "Real-time multiple sound
source localization and counting using a circular microphone array", section IV. Ours counts local maxima that have a
valley between them and stand above the floor that diffuse sound and reverberation leave everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.hearing.activity import Span, energetic_frames, frames_of_spans
from ingest.hearing.geometry import MicArray, angle_between
from ingest.hearing.srp import BLOCK_S, SRP_BLOCK, SRP_STFT, block_maxima, onset_weight, refine, steered_power
from ingest.hearing.stft import RATE_HZ, FloatArray

GRID_STEP_RAD = float(np.deg2rad(2.0))
VALLEY_REACH_RAD = float(np.deg2rad(40.0))  # peaks farther apart are two whatever lies between


@dataclass(frozen=True, slots=True)
class Direction:
    """A place somebody speaks from.

    Attributes:
        azimuth_rad: Counter-clockwise from x, 0 to 2 pi.
        share: Of all weighted blocks with speech, how many it leads, 0 to 1.
    """

    azimuth_rad: float
    share: float


@dataclass(frozen=True, slots=True)
class Sightings:
    """Where sound came from, one row a block.

    Attributes:
        time_s: Middle of each block, float64 (blocks,).
        azimuth_rad: Leading azimuth, float64 (blocks,).
        weight: How clearly it leads, float32 (blocks,); 0 where nobody speaks.
    """

    time_s: NDArray[np.float64]
    azimuth_rad: NDArray[np.float64]
    weight: FloatArray

    def between(self, start_s: float, end_s: float) -> Sightings:
        """The blocks of a stretch of time."""
        inside = (self.time_s >= start_s) & (self.time_s < end_s)
        return Sightings(self.time_s[inside], self.azimuth_rad[inside], self.weight[inside])


@dataclass(frozen=True, slots=True, kw_only=True)
class Peaks:
    """How peaks of the histogram become directions.

    Attributes:
        width_rad: Standard deviation of the kernel that smooths the histogram.
        gate_rad: No two directions are nearer to each other.
        valley: Between two peaks the histogram must fall below this part of the smaller one.
        min_height: A peak must reach this part of the highest, both measured above twice the floor (the median of the
            histogram over all azimuths).
        min_share: And its blocks this part of all.
    """

    width_rad: float = float(np.deg2rad(2.5))
    gate_rad: float = float(np.deg2rad(8.0))
    valley: float = 0.7
    min_height: float = 0.12
    min_share: float = 0.06


def sight(audio: FloatArray, array: MicArray, *, speech_s: Sequence[Span] | None = None) -> Sightings:
    """Look where sound comes from, block by block.

    Args:
        audio: float32 (channels, samples), 16 kHz, two channels at least.
        array: The microphones.
        speech_s: When somebody speaks, as a voice detector found it; by default an energy gate decides. Without a gate
            noise alone would give directions too.
    """
    spectra = SRP_STFT.forward(audio)
    grid = array.grid_rad(GRID_STEP_RAD)
    weight = onset_weight(spectra, SRP_STFT.hop / RATE_HZ)
    power = steered_power(spectra, array, grid, weight=weight, block=SRP_BLOCK)
    winners, prominence = block_maxima(power)
    azimuths = refine(power, winners, grid)
    n_frames = spectra.shape[2]
    active = energetic_frames(spectra) if speech_s is None else frames_of_spans(speech_s, SRP_STFT, n_frames)
    n_blocks = power.shape[1]
    spoken = active[: n_blocks * SRP_BLOCK].reshape(n_blocks, SRP_BLOCK).any(axis=1)
    offset_s = (SRP_STFT.frame / 2 - (SRP_STFT.frame - SRP_STFT.hop)) / RATE_HZ
    times: NDArray[np.float64] = np.arange(n_blocks, dtype=np.float64) * BLOCK_S + offset_s
    return Sightings(times, azimuths, (prominence * spoken).astype(np.float32))


def find_directions(
    sightings: Sightings, array: MicArray, *, peaks: Peaks | None = None, known_rad: Sequence[float] = ()
) -> tuple[Direction, ...]:
    """Count the talkers and place them.

    Args:
        sightings: Where sound came from.
        array: The microphones.
        peaks: How to read the histogram.
        known_rad: Where talkers were found before; within ``gate_rad`` of them half the evidence is enough.

    Returns:
        Directions by falling share; empty where nothing was said.
    """
    peaks = peaks or Peaks()
    total = float(sightings.weight.sum())
    if total <= 0:
        return ()
    grid = array.grid_rad(float(np.deg2rad(1.0))).astype(np.float64)
    apart = angle_between(sightings.azimuth_rad[None, :], grid[:, None])
    density = np.exp(-0.5 * (apart / peaks.width_rad) ** 2) @ sightings.weight.astype(np.float64)
    floor = 2 * float(np.median(density))
    tops = _separate_tops(density, grid, peaks, is_circle=not array.is_ambiguous)
    top_height = max(float(density.max()) - floor, 1e-9)
    found = []
    for top in tops:
        near = angle_between(sightings.azimuth_rad, grid[top]) <= _reach(grid, tops, top, peaks)
        share = float(sightings.weight[near].sum()) / total
        is_known = any(angle_between(grid[top], azimuth) <= peaks.gate_rad for azimuth in known_rad)
        ask = 0.5 if is_known else 1.0
        if (density[top] - floor) / top_height >= ask * peaks.min_height and share >= ask * peaks.min_share:
            centre = _centre_of(sightings, float(grid[top]), peaks.width_rad)
            found.append(Direction(centre, share))
    return tuple(sorted(found, key=lambda direction: -direction.share))


def _reach(grid: NDArray[np.float64], tops: Sequence[int], top: int, peaks: Peaks) -> float:
    """Half way to the next peak, at most three kernel widths."""
    others = [float(angle_between(grid[top], grid[other])) / 2 for other in tops if other != top]
    return min([3 * peaks.width_rad, *others])


def _separate_tops(
    density: NDArray[np.float64], grid: NDArray[np.float64], peaks: Peaks, *, is_circle: bool
) -> list[int]:
    """Local maxima, highest first, each with a valley towards every higher one near it."""
    before = np.roll(density, 1)
    after = np.roll(density, -1)
    if not is_circle:
        before[0] = after[-1] = -1.0
    candidates = np.flatnonzero((density >= before) & (density > after))
    kept: list[int] = []
    for top in sorted(candidates.tolist(), key=lambda index: -float(density[index])):
        if all(_are_two(density, grid, peaks, top, other) for other in kept):
            kept.append(top)
    return kept


def _are_two(density: NDArray[np.float64], grid: NDArray[np.float64], peaks: Peaks, top: int, higher: int) -> bool:
    apart = float(angle_between(grid[top], grid[higher]))
    if apart < peaks.gate_rad:
        return False
    if apart > VALLEY_REACH_RAD:
        return True
    n = len(grid)
    steps = (higher - top) % n
    path = (top + np.arange(steps + 1)) % n if steps <= n // 2 else (higher + np.arange(n - steps + 1)) % n
    return bool(density[path].min() <= peaks.valley * density[top])


def _centre_of(sightings: Sightings, start_rad: float, width_rad: float) -> float:
    """Mean shift to the middle of the peak (Gaussian kernel, three steps)."""
    centre = start_rad
    for _ in range(3):
        offset = (sightings.azimuth_rad - centre + np.pi) % (2 * np.pi) - np.pi
        kernel = sightings.weight * np.exp(-0.5 * (offset / width_rad) ** 2)
        centre += float((kernel * offset).sum() / (kernel.sum() + 1e-12))
    return float(centre % (2 * np.pi))
