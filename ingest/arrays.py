"""Microphone arrays: a preset's name or a geometry file, checked before a recording is tied to it.

Role: text in, positions out. Azimuth is counted counter-clockwise from the x axis of these positions.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.errors import BadArray

_MAX_FILE_BYTES = 2**20
_MAX_MICROPHONES = 64
_MAX_EXTENT_M = 20.0
_MIN_SPACING_M = 1e-4


@dataclass(frozen=True, slots=True)
class Array:
    """Where the microphones are: (x, y, z) in metres, one a channel, in the order of the channels."""

    name: str
    positions_m: tuple[tuple[float, float, float], ...]

    def to_json(self) -> dict[str, Any]:
        """What is stored with a session."""
        return {"name": self.name, "positions_m": [list(position) for position in self.positions_m]}


def circle(n_microphones: int, radius_m: float) -> tuple[tuple[float, float, float], ...]:
    """Positions on a circle, counter-clockwise, the first on the x axis."""
    angles_rad = (2 * math.pi * index / n_microphones for index in range(n_microphones))
    return tuple((radius_m * math.cos(angle), radius_m * math.sin(angle), 0.0) for angle in angles_rad)


def line(n_microphones: int, spacing_m: float) -> tuple[tuple[float, float, float], ...]:
    """Positions on the x axis around the origin."""
    return tuple((spacing_m * (index - (n_microphones - 1) / 2), 0.0, 0.0) for index in range(n_microphones))


PRESETS: Mapping[str, Array] = {
    preset.name: preset
    for preset in (
        Array("circle4", circle(4, 0.045)),
        Array("circle6", circle(6, 0.045)),
        Array("line4", line(4, 0.05)),
        Array("stereo", line(2, 0.2)),
    )
}


def load_array(told: str) -> Array:
    """Read a preset's name, the path of a geometry file, or the geometry itself as JSON.

    Raises:
        BadArray: there is no such preset or file, or it holds no geometry.
    """
    if told in PRESETS:
        return PRESETS[told]
    if told.lstrip().startswith("{"):
        return _parse(told, "array")
    path = Path(told).expanduser()
    try:
        if path.stat().st_size > _MAX_FILE_BYTES:
            raise BadArray(f"“{path.name}” is too large to be the geometry of an array.", hint=_HINT)
        return _parse(path.read_text(encoding="utf-8-sig"), path.stem)
    except FileNotFoundError as error:
        raise BadArray(
            f"There is no array preset and no file “{told}”.", hint=f"Presets: {', '.join(PRESETS)}."
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadArray(f"“{path.name}” cannot be read as the geometry of an array.", hint=_HINT) from error


_HINT = 'It looks like {"positions_m": [[0.045, 0, 0], [0, 0.045, 0]]}, one microphone a channel, in metres.'


def _parse(text: str, name: str) -> Array:
    try:
        told = json.loads(text)
        positions = tuple(_position(row) for row in told["positions_m"])
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise BadArray(f"The geometry “{name}” has no list of positions in metres.", hint=_HINT) from error
    if not 1 <= len(positions) <= _MAX_MICROPHONES:
        raise BadArray(f"The geometry “{name}” has {len(positions)} microphones.", hint=_HINT)
    for index, position in enumerate(positions):
        if any(math.dist(position, other) < _MIN_SPACING_M for other in positions[:index]):
            raise BadArray(f"The geometry “{name}” puts two microphones at one place.", hint=_HINT)
    return Array(name, positions)


def _position(row: Any) -> tuple[float, float, float]:
    x, y, z = (float(value) for value in (*row, 0.0)[:3]) if 2 <= len(row) <= 3 else (math.nan,) * 3
    if not all(math.isfinite(value) and abs(value) <= _MAX_EXTENT_M for value in (x, y, z)):
        raise ValueError("no position in a room")
    return x, y, z
