"""What the timeline shows: the stretch of time in sight, the tiles that were read of it, lanes, and what is chosen.

Role: a plain class, no widgets, no memory, no clock. Tiles come from the controller; what is painted is put together
from them only when they change.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, tzinfo
from enum import StrEnum

from app.ui.timeline_scale import (
    DAY_US,
    HOUR_US,
    Scale,
    TileKey,
    tile_span_us,
)
from memory.records import Kind
from memory.timeline import Band, GapSpan, Mark, Tile, tell_once

MOST_TILES = 160  # kept; one holds a few hundred small records
_MOST_ROWS = 5


class Lane(StrEnum):
    """The lanes from top to bottom."""

    EVENTS = "events"
    VOICES = "voices"
    SCREENS = "screens"
    PICTURES = "pictures"
    NOTES = "notes"


KINDS: dict[Lane, tuple[Kind, ...]] = {
    Lane.EVENTS: (),
    Lane.VOICES: (Kind.UTTERANCE,),
    Lane.SCREENS: (Kind.SCREENSHOT,),
    Lane.PICTURES: (Kind.PHOTO, Kind.SCENE),
    Lane.NOTES: (Kind.NOTE,),
}
LANES = tuple(Lane)


class Phase(StrEnum):
    """How far the page is."""

    OPENING = "opening"
    EMPTY = "empty"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Heap:
    """Many moments in a short time, shown as a number."""

    lane: Lane
    started_us: int
    ended_us: int
    n: int


Item = Mark | Band | GapSpan | Heap


@dataclass(frozen=True, slots=True)
class Row:
    """One speaker or direction of the lane of voices."""

    key: str
    azimuth_rad: float | None
    is_rest: bool = False


@dataclass(frozen=True, slots=True)
class LaneContent:
    """What a lane holds in the tiles in sight, in order of time."""

    marks: tuple[Mark, ...] = ()
    heaps: tuple[Heap, ...] = ()
    bands: tuple[Band, ...] = ()
    journeys: tuple[Band, ...] = ()
    gaps: tuple[GapSpan, ...] = ()
    rows: tuple[Row, ...] = ()
    most: int = 1  # moments in the fullest heap


def lane_of(item: Item) -> Lane:
    """The lane an item stands in."""
    if isinstance(item, Heap):
        return item.lane
    if isinstance(item, Mark):
        return next(lane for lane, kinds in KINDS.items() if item.kind in kinds)
    if isinstance(item, GapSpan):
        return gap_lane(item)
    return Lane.EVENTS


def gap_lane(gap: GapSpan) -> Lane:
    """What a gap is missing from: pictures of the screen, or sound."""
    return Lane.SCREENS if gap.source.startswith("screen") else Lane.VOICES


def row_key(mark: Mark) -> str:
    """Who speaks, else from where (to 30 degrees), else nothing that could be told apart."""
    if mark.who:
        return mark.who
    if mark.azimuth_rad is not None:
        return f"@{round(mark.azimuth_rad / 0.5236) % 12}"
    return ""


class TimelineViewModel:
    """State of the page."""

    def __init__(self) -> None:
        self.phase = Phase.OPENING
        self.zone: tzinfo = UTC
        self.now_us = 0
        self.bounds: tuple[int, int] | None = None
        self.scale = Scale(0, DAY_US, 1000)
        self.lane = Lane.VOICES
        self.chosen: Item | None = None
        self.hovered: Item | None = None
        self.span: tuple[int, int] | None = None
        self.is_placed = False
        self._journeys: tuple[Band, ...] = ()
        self._tiles: OrderedDict[TileKey, Tile] = OrderedDict()
        self._stale: set[TileKey] = set()
        self._contents: dict[Lane, LaneContent] = {}
        self._composed: tuple[TileKey, ...] = ()

    # the memory --------------------------------------------------------------------------------------------------
    def take_bounds(self, bounds: tuple[int, int] | None, now_us: int) -> None:
        """When the memory begins and ends; the first time its last days are brought into sight."""
        self.bounds, self.now_us = bounds, now_us
        self.phase = Phase.EMPTY if bounds is None else Phase.READY
        if bounds is not None and not self.is_placed:
            self.is_placed = True
            last = min(bounds[1], max(now_us, bounds[0]))  # appointments may lie ahead
            length = min(max(last - bounds[0], 2 * HOUR_US), 7 * DAY_US)
            self.scale = self.scale.fitted(last - length, last)

    def take_tiles(self, tiles: Iterable[tuple[TileKey, Tile]]) -> None:
        """What was read."""
        for key, tile in tiles:
            self._tiles[key] = tile
            self._tiles.move_to_end(key)
            self._stale.discard(key)
        while len(self._tiles) > MOST_TILES:
            self._stale.discard(self._tiles.popitem(last=False)[0])
        self._composed = ()

    def take_journeys(self, journeys: Iterable[Band]) -> None:
        """Runs of days away from home, over the events in their time."""
        self._journeys = tuple(journeys)
        self._composed = ()

    def make_stale(self) -> None:
        """The memory has changed: what is shown stays until it is read again."""
        self._stale = set(self._tiles)

    def forget(self, ids: frozenset[str]) -> None:
        """Take moments out at once, and what may hold their words."""
        self.make_stale()
        for key, tile in self._tiles.items():
            marks = {kind: tuple(mark for mark in marks if mark.id not in ids) for kind, marks in tile.marks.items()}
            self._tiles[key] = replace(tile, marks=marks, bands=())
        self._journeys = ()
        self._composed = ()
        for name in ("chosen", "hovered"):
            item = getattr(self, name)
            if isinstance(item, Band) or (isinstance(item, Mark) and item.id in ids):
                setattr(self, name, None)

    def wanted(self) -> list[TileKey]:
        """Tiles to be read, the most urgent first."""
        if self.phase is not Phase.READY:
            return []
        in_sight, near = self.scale.tiles(), self.scale.tiles(beside=1)
        order = dict.fromkeys((*in_sight, *near))
        return [key for key in order if key not in self._tiles or key in self._stale]

    @property
    def is_complete(self) -> bool:
        """Whether everything in sight has been read."""
        return all(key in self._tiles for key in self.scale.tiles())

    # what is painted ---------------------------------------------------------------------------------------------
    def content(self, lane: Lane) -> LaneContent:
        """What a lane shows."""
        self._compose()
        return self._contents[lane]

    def _compose(self) -> None:
        keys = tuple(sorted(self.scale.tiles()))
        if keys == self._composed and self._contents:
            return
        self._composed = keys
        tiles = [tile for key in keys for tile in self._covering(key)]
        self._contents = {lane: _compose_lane(lane, tiles) for lane in LANES}
        since_us, until_us = (tile_span_us(keys[0])[0], tile_span_us(keys[-1])[1]) if keys else (0, 0)
        journeys = tuple(j for j in self._journeys if j.started_us < until_us and j.ended_us > since_us)
        self._contents[Lane.EVENTS] = replace(self._contents[Lane.EVENTS], journeys=journeys)

    def _covering(self, key: TileKey) -> list[Tile]:
        """A tile, or until it is there what other levels know of its time."""
        tile = self._tiles.get(key)
        if tile is not None:
            self._tiles.move_to_end(key)
            return [tile]
        since_us, until_us = tile_span_us(key)
        by_distance: dict[int, list[Tile]] = {}
        for (level, _n), other in self._tiles.items():
            if other.since_us < until_us and other.until_us > since_us:
                by_distance.setdefault(abs(level - key[0]), []).append(other)
        return [_cut(each, since_us, until_us) for each in by_distance[min(by_distance)]] if by_distance else []

    def count_in_sight(self) -> int:
        """How many moments begin in what is in sight, to the bucket."""
        left, right = self.scale.left_us, self.scale.right_us
        n = 0
        for key in self.scale.tiles():
            tile = self._tiles.get(key)
            for counts in tile.counts.values() if tile else ():
                for bucket, each in counts:
                    at_us = tile.since_us + bucket * tile.bucket_us if tile else 0
                    n += each if left <= at_us < right else 0
        return n

    def items(self, lane: Lane) -> list[Item]:
        """What a lane shows in sight, in order of time: what a screen reader goes through."""
        content = self.content(lane)
        left, right = self.scale.left_us, self.scale.right_us
        every: list[Item] = [*content.journeys, *content.bands, *content.marks, *content.heaps, *content.gaps]
        return sorted(
            (item for item in every if item.started_us < right and item.ended_us >= left),
            key=lambda item: (item.started_us, item.ended_us),
        )

    # choosing ----------------------------------------------------------------------------------------------------
    def choose(self, item: Item | None) -> None:
        """Choose an item and bring it into sight."""
        self.chosen = item
        if item is None:
            return
        self.lane = lane_of(item)
        self.show(item.started_us, item.ended_us)

    def show(self, started_us: int, ended_us: int) -> None:
        """Bring a time into sight, moving no more than is needed."""
        scale = self.scale
        margin = scale.span_us * 0.12
        if ended_us - started_us > scale.span_us - 2 * margin:
            ended_us = started_us
        if started_us < scale.left_us + margin or ended_us > scale.right_us - margin:
            self.scale = scale.centred((started_us + ended_us) / 2)

    def anchor_us(self, lane: Lane) -> tuple[int, str]:
        """Where a step in a lane starts from."""
        chosen = self.chosen
        if chosen is not None and lane_of(chosen) is lane:
            return chosen.started_us, chosen.id if isinstance(chosen, Mark | Band) else ""
        middle = round(self.scale.left_us + self.scale.span_us / 2)
        return (chosen.started_us if chosen is not None else middle), ""

    def heap_at(self, lane: Lane, at_us: int) -> Heap | None:
        """The number that stands for a time."""
        heaps = self.content(lane).heaps
        place = bisect_right(heaps, at_us, key=lambda heap: heap.started_us) - 1
        return heaps[place] if place >= 0 and at_us < heaps[place].ended_us else None

    @property
    def asked_span(self) -> tuple[int, int]:
        """The time that a question would be about: what was marked, else what is in sight."""
        return self.span or (round(self.scale.left_us), round(self.scale.right_us))


def _compose_lane(lane: Lane, tiles: list[Tile]) -> LaneContent:
    if lane is Lane.EVENTS:
        bands = {band.id: band for tile in tiles for band in tile.bands}
        return LaneContent(bands=tuple(sorted(bands.values(), key=lambda band: (band.started_us, band.ended_us))))
    marks: dict[str, Mark] = {}
    heaps: list[Heap] = []
    for tile in tiles:
        piled: Counter[int] = Counter()
        for kind in KINDS[lane]:
            if kind in tile.marks:
                marks |= {mark.id: mark for mark in tile.marks[kind]}
            else:
                piled.update(dict(tile.counts.get(kind, ())))
        for bucket in sorted(piled):
            at_us = tile.since_us + bucket * tile.bucket_us
            heaps.append(Heap(lane, at_us, at_us + tile.bucket_us, piled[bucket]))
    gaps = {(g.started_us, g.source): g for tile in tiles for g in tile.gaps if gap_lane(g) is lane}
    ordered = tuple(tell_once(sorted(marks.values(), key=lambda mark: (mark.started_us, mark.ended_us))))
    return LaneContent(
        marks=ordered,
        heaps=tuple(sorted(heaps, key=lambda heap: heap.started_us)),
        gaps=tuple(gaps[key] for key in sorted(gaps)),
        rows=_rows(ordered) if lane is Lane.VOICES else (),
        most=max((heap.n for heap in heaps), default=1),
    )


def _rows(marks: Iterable[Mark]) -> tuple[Row, ...]:
    """Who speaks most, in order of their names; all others share the last row."""
    counted: Counter[str] = Counter()
    azimuths: dict[str, float | None] = {}
    for mark in marks:
        key = row_key(mark)
        counted[key] += 1
        azimuths.setdefault(key, mark.azimuth_rad)
    top = [key for key, _n in counted.most_common(_MOST_ROWS if len(counted) <= _MOST_ROWS else _MOST_ROWS - 1)]
    rows = [Row(key, azimuths[key]) for key in sorted(top)]
    return tuple(rows) if len(top) == len(counted) else (*rows, Row("", None, is_rest=True))


def _cut(tile: Tile, since_us: int, until_us: int) -> Tile:
    """The part of a tile of another level that lies in a stretch of time."""
    counts = {
        kind: tuple(
            (b, n) for b, n in counts if since_us <= tile.since_us + b * tile.bucket_us < until_us
        )
        for kind, counts in tile.counts.items()
    }  # fmt: skip
    return replace(tile, counts=counts)
