"""Microphone arrays: a preset's name or a geometry file, checked before a recording is tied to it.

Role: text in, positions out. Azimuth is counted counter-clockwise from the x axis of these positions.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.errors import BadArray

PRESET_FOLDER = Path(__file__).resolve().parent.parent / "assets" / "arrays"
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


def list_presets(folder: Path = PRESET_FOLDER) -> list[str]:
    """Names of the arrays that come with Madeleine."""
    return sorted(path.stem for path in folder.glob("*.json"))


def load_array(told: str, *, folder: Path = PRESET_FOLDER) -> Array:
    """Read a preset's name, the path of a geometry file, or the geometry itself as JSON.

    Args:
        told: What the user wrote. A preset may be cut short where only one begins so ("circle4").
        folder: Where the presets lie.

    Raises:
        BadArray: there is no such preset or file, or it holds no geometry.
    """
    if told.lstrip().startswith("{"):
        return _parse(told, "array")
    presets = [name for name in list_presets(folder) if name == told] or [
        name for name in list_presets(folder) if told and name.startswith(told)
    ]
    path = folder / f"{presets[0]}.json" if len(presets) == 1 else Path(told).expanduser()
    try:
        if path.stat().st_size > _MAX_FILE_BYTES:
            raise BadArray(f"“{path.name}” is too large to be the geometry of an array.", hint=_HINT)
        return _parse(path.read_text(encoding="utf-8-sig"), path.stem)
    except FileNotFoundError as error:
        raise BadArray(
            f"There is no array preset and no file “{told}”.", hint=f"Presets: {', '.join(list_presets(folder))}."
        ) from error
    except (OSError, ValueError) as error:
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
    return Array(str(told.get("name") or name)[:80], positions)


def _position(row: Any) -> tuple[float, float, float]:
    x, y, z = (float(value) for value in (*row, 0.0)[:3]) if 2 <= len(row) <= 3 else (math.nan,) * 3
    if not all(math.isfinite(value) and abs(value) <= _MAX_EXTENT_M for value in (x, y, z)):
        raise ValueError("no position in a room")
    return x, y, z
