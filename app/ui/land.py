"""The outline of the land, read from ``assets/map`` and made ready to be painted.

Role: called in a lane; paths may be made on any thread, no widget is touched. Nothing is fetched: the outline is ours.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF

from app.ui.map_sight import to_world_all

LAND = Path(__file__).resolve().parents[2] / "assets" / "map" / "land.json"


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of land in the world's square (see ``map_sight``), and the box around it."""

    path: QPainterPath
    box: QRectF


def read_land(path: Path = LAND) -> list[Piece]:
    """Read the outline; nothing where the file is missing, for places can be shown without it."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except OSError:
        return []
    unit = float(told["unit_deg"])
    return [_build_piece(rings, unit) for rings in told["polygons"]]


def _build_piece(rings: list[list[int]], unit: float) -> Piece:
    path = QPainterPath()  # odd and even: the rings after the first are lakes
    for ring in rings:
        steps = np.array(ring, np.float64).reshape(-1, 2)
        xs, ys = to_world_all(*(np.cumsum(steps, axis=0) * unit).T[::-1])
        path.addPolygon(QPolygonF(list(map(QPointF, xs.tolist(), ys.tolist()))))
        path.closeSubpath()
    return Piece(path, path.boundingRect())
