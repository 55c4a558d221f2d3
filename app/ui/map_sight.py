"""Which part of the world a map shows: from degrees to pixels and back, zoom and pan; Mercator's projection.

Role: mathematics only. The world is a square of side 1, x to the east from the 180th meridian, y to the south from
about 85 degrees north. Source: Snyder 1987, "Map Projections: A Working Manual", USGS 1395, equations 7-1 and 7-2.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

MOST_LAT_DEG = 85.0511  # where the square ends: atan(sinh(pi))
_NEAREST_PX = 4_000_000.0  # the world's width at the largest zoom: 10 m a pixel at the equator
_MARGIN = 0.12
_LEAST_SPAN = 3e-4  # of the world: one place alone is shown with some 10 km around it
_EQUATOR_M = 40_075_017.0  # WGS 84


def to_world(lat: float, lon: float) -> tuple[float, float]:
    """Degrees to the square; what is nearer to a pole than 85 degrees lies on its edge."""
    lat = max(-MOST_LAT_DEG, min(MOST_LAT_DEG, lat))
    y = math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))
    return lon / 360 + 0.5, 0.5 - y / (2 * math.pi)


def to_world_all(lat: NDArray[np.float64], lon: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The same of many positions: float64 (positions,) each."""
    phi = np.radians(np.clip(lat, -MOST_LAT_DEG, MOST_LAT_DEG))
    return lon / 360 + 0.5, 0.5 - np.log(np.tan(np.pi / 4 + phi / 2)) / (2 * np.pi)


def to_degrees(x: float, y: float) -> tuple[float, float]:
    """The square to latitude and longitude in degrees."""
    lat = 2 * math.atan(math.exp((0.5 - y) * 2 * math.pi)) - math.pi / 2
    return math.degrees(lat), (x - 0.5) * 360


@dataclass(frozen=True, slots=True)
class MapPoint:
    """One place: its name, where it is (degrees), how much there is of it, and whether the name is the user's own."""

    name: str
    lat: float
    lon: float
    n_moments: int
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class MapSight:
    """What is in sight.

    Attributes:
        width, height: Of the widget, logical pixels.
        x, y: Middle of what is in sight, in the world's square.
        world_px: How many pixels wide the world is.
    """

    width: int = 400
    height: int = 300
    x: float = 0.5
    y: float = 0.4
    world_px: float = 400.0

    def px_of(self, lat: float, lon: float) -> tuple[float, float]:
        """Where a position lies in the widget."""
        x, y = to_world(lat, lon)
        return self.width / 2 + (x - self.x) * self.world_px, self.height / 2 + (y - self.y) * self.world_px

    def degrees_at(self, px: float, py: float) -> tuple[float, float]:
        """Latitude and longitude under a point of the widget."""
        return to_degrees(
            self.x + (px - self.width / 2) / self.world_px, self.y + (py - self.height / 2) / self.world_px
        )

    def meters_per_px(self) -> float:
        """How far a pixel is in the middle of what is in sight."""
        lat, _lon = to_degrees(self.x, self.y)
        return _EQUATOR_M * math.cos(math.radians(lat)) / self.world_px

    def zoomed(self, factor: float, px: float | None = None, py: float | None = None) -> MapSight:
        """Larger or smaller; what is under a point (the middle where none is given) stays there."""
        px = self.width / 2 if px is None else px
        py = self.height / 2 if py is None else py
        across, down = px - self.width / 2, py - self.height / 2
        world_px = self._limit(self.world_px * factor)
        x = self.x + across / self.world_px - across / world_px
        y = self.y + down / self.world_px - down / world_px
        return replace(self, world_px=world_px, x=x, y=y)._kept_in()

    def panned(self, px: float, py: float) -> MapSight:
        """Moved by so many pixels."""
        return replace(self, x=self.x + px / self.world_px, y=self.y + py / self.world_px)._kept_in()

    def resized(self, width: int, height: int) -> MapSight:
        """The same middle in a widget of another size."""
        other = replace(self, width=max(1, width), height=max(1, height))
        return replace(other, world_px=other._limit(self.world_px))._kept_in()

    def whole(self) -> MapSight:
        """All of the inhabited world."""
        return self.fitted([(72.0, -170.0), (-56.0, 180.0)], margin=0.0)

    def centred(self, lat: float, lon: float) -> MapSight:
        """A position in the middle, at the same zoom."""
        x, y = to_world(lat, lon)
        return replace(self, x=x, y=y)._kept_in()

    def fitted(self, positions: Iterable[tuple[float, float]], margin: float = _MARGIN) -> MapSight:
        """All these positions (degrees) in sight, with some room around them."""
        points = [to_world(lat, lon) for lat, lon in positions]
        if not points:
            return self
        left, right = min(x for x, _y in points), max(x for x, _y in points)
        top, bottom = min(y for _x, y in points), max(y for _x, y in points)
        across, down = max(right - left, _LEAST_SPAN), max(bottom - top, _LEAST_SPAN)
        world_px = min(self.width / across, self.height / down) * (1 - 2 * margin)
        fitted = replace(self, x=(left + right) / 2, y=(top + bottom) / 2, world_px=self._limit(world_px))
        return fitted._kept_in()

    def _limit(self, world_px: float) -> float:
        return min(_NEAREST_PX, max(float(self.width), self.height * 0.9, world_px))

    def _kept_in(self) -> MapSight:
        """The edge of the world does not come into sight unless all of it does."""
        across, down = self.width / 2 / self.world_px, self.height / 2 / self.world_px
        x = 0.5 if across >= 0.5 else min(1 - across, max(across, self.x))
        y = 0.5 if down >= 0.5 else min(1 - down, max(down, self.y))
        return replace(self, x=x, y=y)
