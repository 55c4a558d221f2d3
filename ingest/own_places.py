"""The user's own places: names for circles on the map ("home", "Grandma's garden"), which go before names of towns.

Role: records of the home's file ``places.json``, and the search for the nearest one that covers a position. It knows no
moment.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from ingest.errors import BadInput
from memory.home import explained, write_whole

FILE_NAME = "places.json"
RADIUS_M = 150.0  # a house and its garden, and what a phone's position is off
MOST_RADIUS_M = 50_000.0
_EARTH_M = 6_371_000.0


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """A circle with a name: degrees (WGS 84) and metres.

    Attributes:
        networks: Names of wireless networks that tell a computer that it is there.
        is_excluded: Whether nothing is kept there: no sound, no screen, no photo that was taken there.
    """

    name: str
    lat: float
    lon: float
    radius_m: float = RADIUS_M
    networks: tuple[str, ...] = ()
    is_excluded: bool = False

    def covers(self, lat: float, lon: float) -> bool:
        """Whether a position lies within it."""
        return self.distance_m(lat, lon) <= self.radius_m

    def to_json(self) -> dict[str, object]:
        """Its fields; those that only excluded places have are left out where they say nothing."""
        told = asdict(self)
        return {key: value for key, value in told.items() if value or key not in ("networks", "is_excluded")}

    def distance_m(self, lat: float, lon: float) -> float:
        """How far a position is from its middle. Source: the haversine formula."""
        first, second = math.radians(self.lat), math.radians(lat)
        up, across = math.sin((second - first) / 2), math.sin(math.radians(lon - self.lon) / 2)
        return 2 * _EARTH_M * math.asin(min(1.0, math.sqrt(up**2 + math.cos(first) * math.cos(second) * across**2)))


def check_place(
    name: str, lat: float, lon: float, radius_m: float, networks: Sequence[str] = (), is_excluded: bool = False
) -> OwnPlace:
    """Make a place of what a person wrote.

    Raises:
        BadInput: it has no name, or is nowhere on Earth, or too large, or a network has no name.
    """
    name = " ".join(name.split())
    if not name or len(name) > 100:
        raise BadInput("A place needs a name of 1 to 100 letters.", hint="Like: places add Home 52.52 13.40")
    if not (math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
        raise BadInput(f"{lat}, {lon} is nowhere on Earth.", hint="Latitude is -90 to 90, longitude -180 to 180.")
    if not 1 <= radius_m <= MOST_RADIUS_M:
        raise BadInput(f"A radius of {radius_m:g} m is no place.", hint=f"Write 1 to {MOST_RADIUS_M:g} metres.")
    if not all(isinstance(one, str) and one for one in networks) or not isinstance(is_excluded, bool):
        raise BadInput("A network is told by its name.", hint="Like: places exclude Clinic --network Clinic-Guest")
    return OwnPlace(name, lat, lon, radius_m, tuple(dict.fromkeys(networks)), is_excluded)


def find_own(places: Sequence[OwnPlace], lat: float, lon: float) -> OwnPlace | None:
    """The place that covers a position; of several the smallest, then the nearest."""
    covering = [place for place in places if place.covers(lat, lon)]
    return min(covering, key=lambda place: (place.radius_m, place.distance_m(lat, lon)), default=None)


def load_places(home: Path) -> list[OwnPlace]:
    """Read them; none where there are none.

    Raises:
        BadInput: the file is damaged.
    """
    path = home / FILE_NAME
    try:
        return [check_place(**told) for told in json.loads(path.read_text(encoding="utf-8"))]
    except FileNotFoundError:
        return []
    except (ValueError, TypeError) as error:
        raise BadInput(f"The file of places {path} is not valid.", hint="Correct it, or move it away.") from error


def save_places(home: Path, places: Sequence[OwnPlace]) -> None:
    """Write them whole or not at all, mode 0600.

    Raises:
        MemoryFault: the disk is full or the home cannot be used.
    """
    path = home / FILE_NAME
    with explained(path):
        write_whole(path, json.dumps([place.to_json() for place in places], indent=2, ensure_ascii=False))
