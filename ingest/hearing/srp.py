"""Where sound comes from, block by block: steered response power with phase transform, on the onsets of sound.

Source: DiBiase 2000, "A high-accuracy, low-latency technique for talker localization in reverberant environments",
eq. 7.10 (SRP-PHAT). Two things make it sharp in rooms. The winner of each short block is counted instead of averaging
the maps: speech is sparse, so in most short blocks one talker leads. And a cell weighs only as much as it stands above
the decaying tail of what came before, for the direct sound arrives first (the precedence effect; Huang, Ohnishi and
Sugie 1997, "Sound localization in reverberant environment based on the model of the precedence effect").
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ingest.hearing.geometry import MicArray
from ingest.hearing.stft import RATE_HZ, ComplexArray, FloatArray, Stft

# Frames of 32 ms every 8 ms, two to a block: short enough to catch onsets before the first reflections swamp them.
SRP_STFT = Stft(512, 128)
SRP_BLOCK = 2
BLOCK_S = SRP_BLOCK * SRP_STFT.hop / RATE_HZ

LOW_HZ = 300.0  # below it a hand-sized array hears hardly any difference between its microphones
HIGH_HZ = 7000.0  # spatial aliases above 3 kHz do no harm: they do not line up over the whole band
TAIL_RT60_S = 0.6  # decay assumed for the tail; an upper middle of living rooms
TAIL_GAIN = 2.0  # a cell must stand 3 dB above the tail to count at all


def steered_power(
    spectra: ComplexArray,
    array: MicArray,
    azimuths_rad: FloatArray,
    *,
    weight: FloatArray | None = None,
    block: int = 1,
    low_hz: float = LOW_HZ,
    high_hz: float = HIGH_HZ,
) -> FloatArray:
    """SRP-PHAT of each block of frames at each azimuth.

    Args:
        spectra: complex64 (channels, bins, frames), of at least two channels.
        array: The microphones.
        azimuths_rad: float32 (directions,).
        weight: float32 (bins, frames), how much each cell counts, 0 to 1; None for all alike.
        block: Frames that are summed before looking.
        low_hz: Lowest frequency used.
        high_hz: Highest frequency used.

    Returns:
        float32 (directions, blocks); ``block`` where all microphone pairs agree with full weight in all cells.
    """
    n_channels, n_bins, n_frames = spectra.shape
    freqs = np.linspace(0, RATE_HZ / 2, n_bins, dtype=np.float32)
    band = (freqs >= low_hz) & (freqs <= high_hz)
    first, second = np.triu_indices(n_channels, 1)
    n_blocks = n_frames // block
    used = spectra[:, band, : n_blocks * block]
    unit = used / (np.abs(used) + 1e-12)
    cells = None if weight is None else weight[band, : n_blocks * block]
    delays = array.delays_s(azimuths_rad)
    power = np.zeros((len(delays), n_blocks), dtype=np.float32)
    for one, other in zip(first, second, strict=True):
        cross = unit[one] * unit[other].conj()
        if cells is not None:
            cross *= cells
        cross = cross.reshape(len(cross), n_blocks, block).sum(axis=2)
        lag = delays[:, one] - delays[:, other]
        phase = (2 * np.pi * lag[:, None] * freqs[band]).astype(np.float32)
        power += np.cos(phase) @ cross.real - np.sin(phase) @ cross.imag
    return np.asarray(power / np.float32(max(1, len(first) * int(band.sum()))), dtype=np.float32)


def onset_weight(spectra: ComplexArray, frame_s: float, *, carried: FloatArray | None = None) -> FloatArray:
    """How far each cell stands above the reverberant tail of what came before.

    Args:
        spectra: complex64 (channels, bins, frames).
        frame_s: Seconds between frames.
        carried: float32 (bins,), the tail at the end of the audio before this one; updated in place.

    Returns:
        float32 (bins, frames), 0 where the tail explains the cell, towards 1 at an onset.
    """
    power = np.mean(spectra.real**2 + spectra.imag**2, axis=0)
    decay = np.float32(10 ** (-6.0 * frame_s / TAIL_RT60_S))
    tail = np.zeros(power.shape[0], dtype=np.float32) if carried is None else carried
    tails = np.empty_like(power.T)
    for frame, now in enumerate(np.ascontiguousarray(power.T)):
        tails[frame] = tail
        tail = decay * np.maximum(tail, now)
    if carried is not None:
        carried[:] = tail
    weight: FloatArray = np.maximum(power - TAIL_GAIN * tails.T, 0) / (power + 1e-14)
    return weight


def block_maxima(power: FloatArray) -> tuple[NDArray[np.intp], FloatArray]:
    """The direction that leads in each block, and by how much it stands above the mean of all.

    Args:
        power: float32 (directions, blocks).

    Returns:
        Index of the azimuth and its prominence, each (blocks,).
    """
    winners = power.argmax(axis=0)
    prominence = power[winners, np.arange(power.shape[1])] - power.mean(axis=0)
    return winners, np.maximum(prominence, 0).astype(np.float32)


def refine(power: FloatArray, winners: NDArray[np.intp], grid_rad: FloatArray) -> NDArray[np.float64]:
    """Azimuth of each block's maximum between grid points: the top of a parabola through three of them."""
    n = len(grid_rad)
    step = float(grid_rad[1] - grid_rad[0])
    columns = np.arange(len(winners))
    is_circle = n * step > 2 * np.pi - step / 2
    below = (winners - 1) % n if is_circle else np.maximum(winners - 1, 0)
    above = (winners + 1) % n if is_circle else np.minimum(winners + 1, n - 1)
    low, top, high = power[below, columns], power[winners, columns], power[above, columns]
    curve = np.maximum(2 * top - low - high, 1e-9)
    inside = (below != winners) & (above != winners)
    shift = np.where(inside, np.clip((high - low) / (2 * curve), -0.5, 0.5), 0.0)
    return np.asarray(grid_rad[winners] + shift * step, dtype=np.float64)
