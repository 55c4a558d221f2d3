"""The user's own places: add, list, rename, exclude, remove; what was taken there gets the name at once.

Role: the verbs behind ``madeleine places``. The names are kept in the home and used by the next import as well.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path

from app.errors import Exit, UserError
from ingest.own_places import OwnPlace, check_place, find_own, load_places, save_places
from ingest.places import Places
from memory.records import Moment
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
        known = load_places(self._home)
        before = next((other for other in known if other.name.casefold() == place.name.casefold()), place)
        moved = replace(place, networks=before.networks, is_excluded=before.is_excluded)
        return self._change([*(other for other in known if other is not before), moved])

    def exclude(self, name: str, networks: Sequence[str] = (), *, is_excluded: bool = True) -> OwnPlace:
        """Keep nothing at a place from now on, or keep it again; what was kept before stays.

        Args:
            name: Of the place.
            networks: Wireless networks that tell a computer that it is there, beside those that are known.
            is_excluded: Whether nothing is kept there.

        Raises:
            UserError: there is none of that name.
            BadInput: a network has no name.
        """
        place, others = self._part(name)
        told = asdict(place) | {"networks": (*place.networks, *networks), "is_excluded": is_excluded}
        changed = check_place(**told)
        save_places(self._home, [*others, changed])
        self._places.own = (*others, changed)
        return changed

    def rename(self, name: str, new: str, *, radius_m: float | None = None) -> int:
        """Call one otherwise, or let it reach farther; returns how many moments have another place now.

        Raises:
            UserError: there is none of that name, or another one has the new name.
            BadInput: the new name or the radius is not usable.
        """
        place, others = self._part(name)
        told = asdict(place) | {"name": new, "radius_m": place.radius_m if radius_m is None else radius_m}
        changed = check_place(**told)
        if any(other.name.casefold() == changed.name.casefold() for other in others):
            raise UserError(f"There is a place “{changed.name}” already.", hint="Take another name.")
        return self._change([*others, changed])

    def remove(self, name: str) -> int:
        """Take one away; what was taken there is named after the nearest town again.

        Raises:
            UserError: there is none of that name.
        """
        return self._change(self._part(name)[1])

    def _part(self, name: str) -> tuple[OwnPlace, list[OwnPlace]]:
        """The place of a name, and the others."""
        wanted = " ".join(name.split()).casefold()
        places = load_places(self._home)
        found = next((place for place in places if place.name.casefold() == wanted), None)
        if found is None:
            hint = "`madeleine places list` shows them."
            raise UserError(f"There is no place “{name}”.", hint=hint, code=Exit.NOT_FOUND)
        return found, [place for place in places if place is not found]

    def _change(self, places: list[OwnPlace]) -> int:
        """Save first: what a crash leaves unnamed is named when a place is added or removed again."""
        save_places(self._home, places)
        self._places.own = tuple(places)
        renamed = self._find_renamed(places)
        n_changed = 0
        for first in range(0, len(renamed), _BATCH):
            part = dict(renamed[first : first + _BATCH])
            n_changed += len(self._memory.change_moments(part, partial(_named, names=part)).updated)
        self._on_change()
        return n_changed

    def _find_renamed(self, places: Sequence[OwnPlace]) -> list[tuple[str, str]]:
        """Moments whose place is called otherwise now: ids and names.

        Own places are looked for everywhere, for that is cheap. The town of a position is looked up only under a name
        that is none of a town: one lookup tells it of each name.
        """
        of_towns: dict[str, bool] = {}
        renamed = []
        for moment, name, lat, lon in self._memory.clues.iter_located():
            mine = find_own(places, lat, lon)
            if mine is None and name not in of_towns:
                town = self._places.find_place(lat, lon)
                of_towns[name] = town is not None and town.name == name
            if mine is None and not of_towns[name]:
                town = self._places.find_place(lat, lon)
                wanted = name if town is None else town.name
            else:
                wanted = name if mine is None else mine.name
            if wanted != name:
                renamed.append((moment, wanted))
        return renamed


def _named(moment: Moment, *, names: Mapping[str, str]) -> Moment:
    """The moment with its place called otherwise; one that has lost its place meanwhile as it is."""
    return moment if moment.place is None else replace(moment, place=replace(moment.place, name=names[moment.id]))
