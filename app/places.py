"""The user's own places: add, list, remove; what was taken there gets the name at once.

Role: the verbs behind ``madeleine places``. The names are kept in the home and used by the next import as well.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from app.errors import Exit, UserError
from ingest.own_places import OwnPlace, check_place, load_places, save_places
from ingest.places import Places
from memory.store import Memory

_BATCH = 500


class PlaceDesk:
    """Keeps own places and gives their names to what was taken there."""

    def __init__(self, home: Path, memory: Memory, places: Places, on_change: Callable[[], None]) -> None:
        self._home = home
        self._memory = memory
        self._places = places
        self._on_change = on_change

    def list_places(self) -> list[OwnPlace]:
        """All of them, by name."""
        return sorted(load_places(self._home), key=lambda place: place.name.casefold())

    def add(self, name: str, lat: float, lon: float, radius_m: float) -> int:
        """Add one, or move the one of that name; returns how many moments have another place now.

        Raises:
            BadInput: it has no name, or is nowhere on Earth.
        """
        place = check_place(name, lat, lon, radius_m)
        others = [other for other in load_places(self._home) if other.name.casefold() != place.name.casefold()]
        return self._change([*others, place])

    def remove(self, name: str) -> int:
        """Take one away; what was taken there is named after the nearest town again.

        Raises:
            UserError: there is none of that name.
        """
        places = load_places(self._home)
        others = [other for other in places if other.name.casefold() != name.strip().casefold()]
        if len(others) == len(places):
            hint = "`madeleine places list` shows them."
            raise UserError(f"There is no place “{name}”.", hint=hint, code=Exit.NOT_FOUND)
        return self._change(others)

    def _change(self, places: list[OwnPlace]) -> int:
        """Save first: what a crash leaves unnamed is named when a place is added or removed again."""
        save_places(self._home, places)
        self._places.own = tuple(places)
        changed = []
        n_changed = 0
        for moment in self._memory.iter_moments():
            place = moment.place
            if place is None or place.lat is None or place.lon is None or moment.source is None:
                continue
            found = self._places.find_place(place.lat, place.lon)
            if found is not None and found.name != place.name:
                changed.append(replace(moment, place=replace(place, name=found.name)))
            if len(changed) >= _BATCH:
                n_changed += len(self._memory.write_moments(changed).updated)
                changed = []
        n_changed += len(self._memory.write_moments(changed).updated)
        self._on_change()
        return n_changed
