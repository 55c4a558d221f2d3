"""Microphone arrays: where the microphones are, and how a far source arrives at them.

Role: positions and steering vectors only; nothing here looks at audio.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ingest.hearing.stft import ComplexArray, FloatArray

SPEED_OF_SOUND = 343.0  # metres a second in dry air at 20 °C (ISO 9613-1)

# Mouths are above a table array: seen from 1.0 to 1.7 m they stand 8 to 25 degrees up. A linear array cannot see
# elevation and takes it for a turn towards broadside; assuming the middle of the range halves that error.
TALKER_ELEVATION_RAD = float(np.deg2rad(15.0))

Shape = Literal["single", "linear", "planar", "spatial"]


@dataclass(frozen=True, slots=True, eq=False)
class MicArray:
    """An array of microphones, its centre moved to the origin.

    Attributes:
        positions_m: float64 (channels, 3), metres, in the order of the channels.
    """

    positions_m: NDArray[np.float64]

    @classmethod
    def from_positions(cls, positions_m: ArrayLike) -> MicArray:
        """Build an array from positions.

        Args:
            positions_m: (channels, 2) or (channels, 3), metres.

        Raises:
            ValueError: The positions are not finite, not 2 or 3 numbers each, or two microphones share a place.
        """
        positions = np.asarray(positions_m, dtype=np.float64)
        if positions.ndim != 2 or positions.shape[1] not in (2, 3) or not len(positions):
            raise ValueError("Positions must be one (x, y) or (x, y, z) in metres per microphone.")
        if not np.isfinite(positions).all():
            raise ValueError("Positions must be finite numbers of metres.")
        if positions.shape[1] == 2:
            positions = np.hstack([positions, np.zeros((len(positions), 1))])
        gaps = np.linalg.norm(positions[:, None] - positions[None], axis=2) + np.eye(len(positions))
        if gaps.min() < 1e-4:
            raise ValueError("Two microphones are at the same place.")
        return cls(positions - positions.mean(axis=0))

    @property
    def n_channels(self) -> int:
        """How many microphones."""
        return len(self.positions_m)

    @property
    def aperture_m(self) -> float:
        """Largest distance between two microphones."""
        return float(np.linalg.norm(self.positions_m[:, None] - self.positions_m[None], axis=2).max())

    @property
    def shape(self) -> Shape:
        """How many dimensions the microphones span (a thousandth of the aperture counts as flat)."""
        if self.n_channels == 1:
            return "single"
        spread = np.linalg.svd(self.positions_m, compute_uv=False)
        rank = int((spread > 1e-3 * spread[0]).sum())
        shapes: tuple[Shape, Shape, Shape] = ("linear", "planar", "spatial")
        return shapes[rank - 1]

    @property
    def is_ambiguous(self) -> bool:
        """Whether azimuths come in pairs that sound alike: front and back of a line (or of an upright plane)."""
        spread = np.linalg.svd(self.positions_m[:, :2], compute_uv=False)
        return self.n_channels < 3 or bool(spread[1] < 1e-3 * spread[0])

    @property
    def axis_rad(self) -> float:
        """Azimuth of the line through the microphones; for other arrays of their longest extent."""
        _, _, directions = np.linalg.svd(self.positions_m[:, :2])
        x, y = directions[0]
        return float(np.arctan2(y, x) % np.pi)

    def grid_rad(self, step_rad: float) -> FloatArray:
        """Azimuths to look at: the full circle, or one half of it where front and back sound alike.

        Of the two mirror images an ambiguous array reports the one counter-clockwise from its axis (0 to pi for a line
        along x); which of the two it really is, cannot be heard.
        """
        if self.is_ambiguous:
            return (self.axis_rad + np.arange(0, np.pi + step_rad / 2, step_rad)).astype(np.float32)
        return np.arange(0, 2 * np.pi - step_rad / 2, step_rad).astype(np.float32)

    def delays_s(self, azimuths_rad: ArrayLike, elevation_rad: float = TALKER_ELEVATION_RAD) -> NDArray[np.float64]:
        """When a plane wave arrives at each microphone, against the centre.

        Returns:
            float64 (directions, channels), seconds; negative where the microphone is nearer to the source.
        """
        azimuths = np.atleast_1d(np.asarray(azimuths_rad, dtype=np.float64))
        towards = np.stack(
            [
                np.cos(azimuths) * np.cos(elevation_rad),
                np.sin(azimuths) * np.cos(elevation_rad),
                np.full_like(azimuths, np.sin(elevation_rad)),
            ],
            axis=1,
        )
        delays: NDArray[np.float64] = -(towards @ self.positions_m.T) / SPEED_OF_SOUND
        return delays

    def steering(
        self, azimuths_rad: ArrayLike, freqs_hz: FloatArray, *, elevation_rad: float = TALKER_ELEVATION_RAD
    ) -> ComplexArray:
        """Far-field steering vectors d = exp(-j 2 pi f tau).

        Source: Van Trees 2002, "Optimum Array Processing", eq. 2.28.

        Returns:
            complex64 (directions, bins, channels), each entry of modulus 1.
        """
        delays = self.delays_s(azimuths_rad, elevation_rad)
        phase = -2j * np.pi * freqs_hz[None, :, None].astype(np.float64) * delays[:, None, :]
        return np.asarray(np.exp(phase), dtype=np.complex64)


def angle_between(first_rad: ArrayLike, second_rad: ArrayLike) -> NDArray[np.float64]:
    """The smaller angle between azimuths, radians, 0 to pi; broadcasts."""
    difference = np.asarray(first_rad, dtype=np.float64) - np.asarray(second_rad, dtype=np.float64)
    return np.asarray(np.abs((difference + np.pi) % (2 * np.pi) - np.pi))
